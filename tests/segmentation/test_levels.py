"""Levels of an indicator tree: of headers, of names, and the file that knows them."""

from __future__ import annotations

import pytest

from extract.errors import LexiconError
from extract.segmentation.levels import header_level, is_total, name_levels, parse_levels

HEAD = "pattern\tlevel\tseen\n"


@pytest.mark.parametrize(
    ("header", "level"), [("一级指标", 1), ("二级 指标", 2), ("三级指标名称", 3), ("指标名称", None)]
)
def test_header_tells_the_level_of_its_names(header: str, level: int | None) -> None:
    assert header_level(header) == level


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("产出指标", {1}),
        ("产 出 指 标（50分）", {1}),
        ("质量指标", {2}),
        ("社会效益指标", {2}),
        ("成本指标", {1, 2}),
        ("满意度指标", {1, 2}),
        ("农产品抽检合格率", set()),
        ("受益农户满意度", set()),
    ],
)
def test_usual_names_tell_their_level(name: str, levels: set[int]) -> None:
    assert name_levels(name) == levels


@pytest.mark.parametrize(
    ("name", "total"), [("总分", True), ("合 计", True), ("总分（100分）", True), ("合计支出", False)]
)
def test_totals_stand_over_all_levels(name: str, total: bool) -> None:
    assert is_total(name) is total


def test_file_with_another_level_is_refused_at_its_line() -> None:
    with pytest.raises(LexiconError, match=r"levels\.tsv:2: level '3' is neither 1 nor 2"):
        parse_levels(f"{HEAD}产出\t3\there\n")
