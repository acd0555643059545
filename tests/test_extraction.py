"""The whole way from text to findings, on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.export.jsonl import extraction_records, json_line
from extract.extraction import extract
from extract.records import Role
from tests.samples import SMALL_REPORT, sample_texts

_WORDS = (
    "一、 （一） 1、 绩效目标 完成情况 下一步打算 目标： 计划 实际 完成 年初预算 支出 同比增长 从 缩短至 编制 得分 "
    "满意度 年度指标值 实际完成值 分值 占 率 8.000.00 95% ≥ 12公里 764宗 3.5万元 三个 零死亡 5个工作日 2020年 第三 "
    "1:18 10-20% ， 。 ； ： （ ）"
)
REPORT_LIKE = st.lists(st.sampled_from([*_WORDS.split(), "\n", "\n\n", "\t", "\r\n", " "]), max_size=60).map("".join)


@given(st.one_of(REPORT_LIKE, st.text(max_size=120)))
@settings(max_examples=120, deadline=None)
def test_any_text_is_read_to_the_end(text: str) -> None:
    extraction = extract(text)
    position = 0
    for claim in extraction.claims:
        assert position <= claim.span.start < claim.span.end <= len(text)
        position = claim.span.end
    targets = {claim.id for claim in extraction.claims if claim.role is Role.TARGET}
    assert {pair.target.id for pair in extraction.pairs} == targets
    assert all(json_line(record) for record in extraction_records(extraction, everything=True))


@given(REPORT_LIKE)
@settings(max_examples=40, deadline=None)
def test_two_readings_are_one(text: str) -> None:
    assert extract(text) == extract(text)


@pytest.mark.parametrize("text", [SMALL_REPORT, *sample_texts().values()], ids=["small", *sample_texts()])
def test_carriage_returns_change_places_and_nothing_else(text: str) -> None:
    plain = extract(text)
    with_returns = extract(text.replace("\n", "\r\n"))
    assert [(c.role, c.slot, c.quantity.number, c.quantity.unit) for c in with_returns.claims] == [
        (c.role, c.slot, c.quantity.number, c.quantity.unit) for c in plain.claims
    ]
    assert [(f.rule, f.stated) for f in with_returns.findings] == [(f.rule, f.stated) for f in plain.findings]


def test_long_text_without_full_stops_is_read_to_the_end() -> None:
    text = "全年完成新建堤防12公里，占计划的105%，" * 300
    assert len(extract(text).claims) == 600
