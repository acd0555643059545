"""A caption ends the table above it, in every layout, and stays a segment of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.records import ColumnKind, SegmentKind
from extract.segmentation.captions import is_caption
from tests.segmentation.test_segments import cells, segmented

_Row = tuple[str, ...]
MONEY: tuple[_Row, ...] = (
    ("项目", "年初预算", "全年预算", "执行数", "执行率"),
    ("基本支出", "310", "320", "318.5", "99.53%"),
    ("项目支出", "150", "164", "160.2", "97.68%"),
)
MEASURES: tuple[_Row, ...] = (
    ("一级指标", "三级指标", "计量单位", "目标值", "实际完成", "分值", "得分"),
    ("产出指标", "改造泵站", "座", "12", "13", "8", "7.5"),
    ("效益指标", "受益农田", "亩", "4500", "4700", "9", "8.5"),
)
CAPTIONS = ("表二 指标", "表2：绩效指标", "附表三 指标完成情况", "表二  指标", "附表2-1 指标")


def spaced(row: _Row) -> str:
    return "".join(cell + " " * (20 - 2 * len(cell.encode("gbk")) // 2) for cell in row).rstrip()


LAYOUTS: dict[str, Callable[[_Row], str]] = {
    "tabs": "\t".join,
    "bars": " | ".join,
    "frame": lambda row: f"| {' | '.join(row)} |",
    "wide bars": "｜".join,
    "commas": ",".join,
    "spaces": " ".join,
    "columns of spaces": spaced,
    "slashes": "/".join,
}


def written(layout: str, caption: str, measures: tuple[_Row, ...] = MEASURES) -> str:
    tables = (("表一 资金（单位：万元）", MONEY), (caption, measures))
    return "".join(f"{title}\n" + "".join(f"{LAYOUTS[layout](row)}\n" for row in rows) for title, rows in tables)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("caption", CAPTIONS)
def test_table_below_a_caption_has_columns_of_its_own(layout: str, caption: str) -> None:
    text = written(layout, caption)
    found = cells(text)
    assert (found["320"].kind, found["320"].unit_hint) == (ColumnKind.ADJUSTED, "万元")
    assert (found["13"].kind, found["13"].unit_hint) == (ColumnKind.ACTUAL, "座")
    assert (found["8.5"].kind, found["8.5"].unit_hint) == (ColumnKind.SCORE, "分")
    assert found["12"].table != found["320"].table


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("caption", CAPTIONS)
def test_caption_is_a_heading_outside_the_tables(layout: str, caption: str) -> None:
    text = written(layout, caption)
    held = [s for s in segmented(text).segments if s.span.of(text) in caption]
    assert "".join("".join(s.span.of(text) for s in held).split()) == "".join(caption.split())
    assert {s.kind for s in held} == {SegmentKind.HEADING}


def test_caption_in_a_row_of_its_own_gives_the_unit_below_it() -> None:
    rows = [("表一 指标", "", "", ""), ("三级指标", "目标值", "实际完成", "得分"), ("改造泵站", "12座", "13座", "8")]
    rows += [("表二 资金（单位：万元）", "", "", ""), ("项目", "年初预算", "全年预算", "执行数")]
    rows += [("基本支出", "310", "320", "318.5")]
    assert cells("".join(",".join(row) + "\n" for row in rows))["318.5"].unit_hint == "万元"


def test_header_with_a_base_year_names_columns() -> None:
    header = ("三级指标", "单位", "2020年基数", "2021年目标", "实际完成", "增减", "得分")
    text = written("tabs", "表二 指标", (header, ("税收", "亿元", "11.4", "12.5", "13.1", "增14.91%", "8")))
    found = cells(text)
    kinds = [found[figure].kind for figure in ("11.4", "12.5", "13.1", "8")]
    assert kinds == [ColumnKind.BASELINE, ColumnKind.TARGET, ColumnKind.ACTUAL, ColumnKind.SCORE]


WORKS: tuple[_Row, ...] = (
    ("项目名称", "总投资（万元）", "年度计划投资（万元）", "完成投资（万元）", "完成率", "形象进度"),
    ("泵站扩建", "2275", "1300", "1180", "90.77%", "主体封顶"),
    ("渠道整治", "640", "610", "588.8", "96.52%", "竣工"),
)


def test_table_of_works_tells_planned_from_done() -> None:
    found = cells(written("frame", "表二 项目", WORKS))
    kinds = [(found[figure].kind, found[figure].unit_hint) for figure in ("2275", "1300", "1180", "90.77%")]
    assert [kind for kind, _ in kinds] == [ColumnKind.CONTEXT, ColumnKind.TARGET, ColumnKind.ACTUAL, ColumnKind.RATE]
    assert [unit for _, unit in kinds] == ["万元", "万元", "万元", "%"]


@pytest.mark.parametrize(
    "line",
    ["表二中的数字未经审计", "表2显示，支出下降。", "表彰先进12人", "表二 指标\t12", "表示满意", "代表三 人", "附表"],
)
def test_what_speaks_of_a_table_is_no_caption(line: str) -> None:
    assert not is_caption(line)
