"""Tables as people type them: slashes, words before figures, quotes over lines, prose below, headers apart."""

from __future__ import annotations

import pytest

from extract.offsets import folded
from extract.records import Cell, ColumnKind
from tests.segmentation.test_segments import cells, section_of, segment_of, segmented


def place_of(cell: Cell) -> tuple[ColumnKind | None, str, str]:
    return cell.kind, cell.row_header.rsplit(" ", 1)[-1], cell.unit_hint


def test_slashes_part_cells_below_a_header() -> None:
    found = cells("收支表（金额单位：万元）\n项目/年初预算/执行数/结余\n泵站/310/301.5/8.5\n渠道/120/118.2/1.8\n")
    assert place_of(found["310"]) == (ColumnKind.OPENING, "泵站", "万元")
    assert place_of(found["118.2"]) == (ColumnKind.SPENT, "渠道", "万元")


def test_the_money_of_a_caption_is_not_the_unit_of_a_length() -> None:
    rows = cells("金额单位：万元\n项目名称\t河堤加固\n河堤长度\t12.5\n资金总额\t350.00\n")
    assert (rows["12.5"].unit_hint, rows["350.00"].unit_hint) == ("", "万元")


def test_half_width_commas_of_prose_are_no_table() -> None:
    text = "".join(f"({n})改造泵站{n}座,渠道{n}公里,堤防2处,都已完工;验收3次,合格率95%。\n" for n in range(1, 6))
    assert not segmented(text).tables


FIGURES = """泵站改造（座）：目标9，完成8，分值15，得分14
渠道管护（公里）：目标210，完成218.6，分值20，得分20
工期：分值15，得分15
"""


@pytest.mark.parametrize(
    ("words", "kind", "name", "unit"),
    [
        ("8", ColumnKind.ACTUAL, "泵站改造(座)", "座"),
        ("210", ColumnKind.TARGET, "渠道管护(公里)", "公里"),
        ("218.6", ColumnKind.ACTUAL, "渠道管护(公里)", "公里"),
    ],
)
def test_figures_behind_their_words_are_cells(words: str, kind: ColumnKind, name: str, unit: str) -> None:
    assert place_of(cells(FIGURES)[words]) == (kind, name, unit)


def test_sentences_with_colons_are_no_keyed_lines() -> None:
    text = "经济：税收860万元，增长5%。\n农业：粮食3.1万亩，油菜650亩。\n民生：改厕260户，危房31户。\n"
    assert not segmented(text).tables


SHEET = """"填报单位：清溪县水务局",,,"金额单位：万元",
"资金情况",,"年初预算数","全年执行数","得分"
,"年度资金总额","6,850.00","6,733.20","9.8"
"总体目标","预期目标",,"实际完成情况",
,"目标1：改造泵站12座，更换机组
31台。",,"改造泵站13座，更换机组32台。",
"任务分解","子项","预算","执行","备注"
,"泵站","3,520.00","3,256.00",
"（1）泵站。全年改造泵站13座，其中大型泵站2座。机组更换了32台，运行正常。",,,,
"（2）打算。2023年改造泵站7座，管护渠道9公里。机组检修安排在汛前进行。",,,,
"""


@pytest.mark.parametrize(
    ("words", "kind", "unit"),
    [
        ("6,850.00", ColumnKind.OPENING, "万元"),
        ("3,520.00", ColumnKind.ADJUSTED, "万元"),
        ("3,256.00", ColumnKind.SPENT, "万元"),
    ],
)
def test_unit_stated_once_above_holds_for_all_tables_of_a_sheet(words: str, kind: ColumnKind, unit: str) -> None:
    found = cells(SHEET)[words]
    assert (found.kind, found.unit_hint) == (kind, unit)


def test_quoted_cell_goes_on_over_lines() -> None:
    cell = segment_of(segmented(SHEET), "31台").cell
    assert cell is not None
    assert cell.kind is ColumnKind.TARGET


def test_sentences_that_fill_a_row_are_prose_under_their_own_numbers() -> None:
    assert segment_of(segmented(SHEET), "大型泵站2座").cell is None
    assert section_of(SHEET, "大型泵站2座") == ("泵站",)
    assert section_of(SHEET, "9公里") == ("打算",)


def test_unit_beside_a_name_is_no_rest_of_the_name_above() -> None:
    text = (
        "类别    指标名称      单位    年初目标    全年完成    得分\n"
        "数量    改造泵站      座      9           8           14\n"
        "        管护渠道      公里    210         218.6       20\n"
    )
    assert place_of(cells(text)["218.6"]) == (ColumnKind.ACTUAL, "管护渠道", "公里")


def test_names_and_marks_one_below_the_other_are_columns() -> None:
    names = ("投入", "数量", "质量", "效益")
    text = "指标\n权重\n得分\n" + "".join(f"{name}\n2{n}\n1{n}.5\n" for n, name in enumerate(names))
    assert place_of(cells(text)["21"]) == (ColumnKind.WEIGHT, "数量", "分")
    assert place_of(cells(text)["13.5"]) == (ColumnKind.SCORE, "效益", "分")


def test_a_measure_with_its_own_pair_of_columns() -> None:
    text = "乡镇\t改造任务（座，调整后）\t改造完成（座）\n清溪镇\t12\t13\n白石乡\t21\t20\n"
    assert place_of(cells(text)["12"]) == (ColumnKind.TARGET, "清溪镇", "座")
    assert place_of(cells(text)["20"]) == (ColumnKind.ACTUAL, "白石乡", "座")


def test_words_with_spaces_go_on_behind_a_page_number() -> None:
    page = "二级指标 三级指标 年度指标值 实际完成值 得分\n数量 泵站 12座 13座 10\n质量 合格率 95% 96% 9\n"
    text = f"{page}\n- 3 -\n\n\n\n时效 工期 90天 85天 8\n"
    assert place_of(cells(text)["8"]) == (ColumnKind.SCORE, "工期", "分")


SINGLE = """项目资金

（万元）

年初预算数

全年预算数

全年执行数

执行率

得分

年度资金总额

3650

3720

3571

96%

9.6

其中：财政拨款

3200

3270

3121

95.44%

—
"""


def test_unit_below_a_word_belongs_to_it() -> None:
    found = cells(SINGLE)
    assert "项目资金\n\n（万元）" not in found
    assert place_of(found["3270"]) == (ColumnKind.ADJUSTED, "其中：财政拨款".replace("：", ":"), "万元")


def test_word_beside_the_headers_stands_over_none_of_them() -> None:
    found = cells(SINGLE)
    assert [found[figure].column_header for figure in ("3650", "3571", "96%")] == ["年初预算数", "全年执行数", "执行率"]
    assert found["96%"].unit_hint == "%"


LEVELS = """一级指标

二级指标

三级指标

年度指标值

实际完成值

分值

得分

偏差原因分析

产出

指标

数量指标

渠道长度

（公里）

≥62

64

5

4.5

满意度

指标

服务对象

满意度

农户满意度

≥90%

94%

11

10.5
"""


@pytest.mark.parametrize("level", ["产出\n\n指标", "产\n\n出\n\n指\n\n标", "产出指标"])
def test_level_below_a_column_of_reasons_begins_the_first_row(level: str) -> None:
    found = cells(LEVELS.replace("产出\n\n指标", level))
    assert (found["64"].row_header, found["64"].unit_hint) == ("产出指标 数量指标 渠道长度(公里)", "公里")
    assert found["94%"].row_header.startswith("满意度指标")
    assert found["4.5"].column_header == "得分"


NAMES_FIRST = """指标完成表
三级指标
预算执行率
改造泵站
单处成本（万元）
合计
年度指标值
100%
12座
≤110
实际完成值
96%
13座
105.24
分值
10
7
8
25
得分
9.6
6.5
7.5
23.6
二、下一步打算
2023年改造泵站9座。
"""


@pytest.mark.parametrize(
    ("words", "kind", "name", "unit"),
    [
        ("12座", ColumnKind.TARGET, "改造泵站", ""),
        ("105.24", ColumnKind.ACTUAL, "单处成本（万元）", "万元"),
        ("7.5", ColumnKind.SCORE, "单处成本（万元）", "分"),
        ("25", ColumnKind.WEIGHT, "合计", "分"),
    ],
)
def test_columns_listed_one_below_the_other_make_rows(words: str, kind: ColumnKind, name: str, unit: str) -> None:
    assert place_of(cells(NAMES_FIRST)[words]) == (kind, folded(name), unit)


def test_columns_of_unlike_length_are_no_table() -> None:
    text = NAMES_FIRST.replace("12座\n", "")
    assert "13座" not in cells(text) or cells(text)["13座"].row_header != "改造泵站"


def test_what_stands_below_listed_columns_is_prose() -> None:
    assert segment_of(segmented(NAMES_FIRST), "9座").section == ("下一步打算",)


def test_names_and_figures_on_lines_of_their_own_are_rows() -> None:
    found = cells("（一）库存\n单位：吨\n年初结存\n1850\n本年轮入\n624\n年末结存\n1862\n储备规模为1800吨。\n")
    assert place_of(found["624"]) == (None, "本年轮入", "吨")
    assert not segmented("年初结存\n1850\n本年轮入\n624\n轮换安排另行上报。\n").tables
