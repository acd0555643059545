"""Headings as a tree, sentences, tables as text dumps have them, and lines that a page's end cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.records import Cell, ColumnKind, Document, Segment, SegmentKind
from extract.segmentation import segment_document
from tests.samples import sample_texts


def segmented(text: str) -> Document:
    return segment_document(Document(name="r.txt", text=text))


def segment_of(document: Document, words: str) -> Segment:
    """The one segment that holds ``words``."""
    (segment,) = [s for s in document.segments if words in s.span.of(document.text)]
    return segment


def section_of(text: str, words: str) -> tuple[str, ...]:
    return segment_of(segmented(text), words).section


def cells(text: str) -> dict[str, Cell]:
    """The written body cells of all tables, by their text."""
    tables = segmented(text).tables
    return {cell.span.of(text): cell for table in tables for cell in table.cells if cell.span and not cell.is_header}


TREE = """一、部门概况
（一）主要职能
1、负责水利
（1）建设堤防5处。
（2）管理河道3条。
2、负责供水
管网9公里。
（二）人员情况
在职33人。
二、绩效目标
新建堤防12公里。
"""


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("5处", ("部门概况", "主要职能", "负责水利")),
        ("3条", ("部门概况", "主要职能", "负责水利")),
        ("9公里", ("部门概况", "主要职能", "负责供水")),
        ("33人", ("部门概况", "人员情况")),
        ("12公里", ("绩效目标",)),
    ],
)
def test_headings_make_a_tree(words: str, section: tuple[str, ...]) -> None:
    assert section_of(TREE, words)[: len(section)] == section


def test_heading_lines_are_headings_and_the_rest_is_not() -> None:
    document = segmented(TREE)
    headings = [s.span.of(TREE) for s in document.segments if s.kind is SegmentKind.HEADING]
    assert {"一、部门概况", "（一）主要职能", "2、负责供水", "二、绩效目标"} <= set(headings)
    assert not any("33人" in heading for heading in headings)


@pytest.mark.parametrize("second", ["（二）安全情况", "(二)安全情况", "（2）安全情况", "（ 二 ）安全情况"])
def test_number_that_goes_on_in_another_style_keeps_its_level(second: str) -> None:
    text = f"三、完成情况\n（一）生产情况\n供水5处。\n{second}\n巡查9次。\n"
    assert section_of(text, "巡查9次") == ("完成情况", "安全情况")


def test_heading_and_sentence_on_one_line() -> None:
    text = "三、完成情况\n（一）生产情况。全年供水5处。\n"
    assert section_of(text, "供水5处") == ("完成情况", "生产情况")
    assert segment_of(segmented(text), "供水5处").span.of(text) == "全年供水5处。"


def test_text_before_any_heading_has_no_section() -> None:
    assert section_of("全年供水5处。\n一、概况\n", "供水5处") == ()


@pytest.mark.parametrize("label", ["总体绩效目标：", "年度目标：", "绩效目标:"])
def test_label_opens_a_section_of_its_own(label: str) -> None:
    assert section_of(f"{label}\n新建堤防12公里。\n", "12公里") == (label[:-1],)
    assert section_of(f"{label}新建堤防12公里。\n", "12公里") == (label[:-1],)


def test_next_heading_closes_a_labelled_section() -> None:
    text = "一、概况\n年度目标：\n新建堤防12公里。\n二、结果\n新建13公里。\n"
    assert section_of(text, "13公里") == ("结果",)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("完成5个。完成6个！完成7个？", ["完成5个。", "完成6个！", "完成7个？"]),
        ("一是完成5个；二是完成6个。", ["一是完成5个；", "二是完成6个。"]),
        ("面积1.26万亩，完成8.5%。", ["面积1.26万亩，完成8.5%。"]),
        ("他说：“完成5个。”后来完成6个。", ["他说：“完成5个。”", "后来完成6个。"]),
        ("完成5个\n\n完成6个", ["完成5个", "完成6个"]),
    ],
)
def test_sentences_end_where_people_end_them(text: str, sentences: list[str]) -> None:
    assert [s.span.of(text) for s in segmented(text).segments] == sentences


def test_line_that_a_page_end_cut_goes_on() -> None:
    text = "全年共新建和改造堤防12.6公里，覆盖沿河两岸的五个乡镇和街道，其中\n改造8公里，新建4.6公里。\n"
    assert segment_of(segmented(text), "12.6公里") == segment_of(segmented(text), "改造8公里")


@pytest.mark.parametrize("following", ["二、结果", "（一）结果", "年度目标：新建"])
def test_heading_never_joins_the_line_before(following: str) -> None:
    text = f"全年共新建和改造堤防12.6公里，覆盖沿河两岸的五个乡镇和街道\n{following}\n"
    assert "结果" not in segment_of(segmented(text), "12.6公里").span.of(text)
    assert "年度目标" not in segment_of(segmented(text), "12.6公里").span.of(text)


HEADER = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
TAB_ROWS = "\n".join(
    (
        "\t".join(HEADER),
        "产出指标\t数量指标\t新建堤防\t12公里\t12.6公里\t21\t20.5",
        "\t\t改造泵站\t3座\t4座\t11\t10.5",
        "改造涵洞\t6座\t7座\t12\t11.5",
        "",
    )
)


@pytest.mark.parametrize(
    ("cell", "kind", "names"),
    [
        ("12公里", ColumnKind.TARGET, ["产出指标", "数量指标", "新建堤防"]),
        ("12.6公里", ColumnKind.ACTUAL, ["新建堤防"]),
        ("21", ColumnKind.WEIGHT, ["新建堤防"]),
        ("20.5", ColumnKind.SCORE, ["新建堤防"]),
        ("3座", ColumnKind.TARGET, ["产出指标", "数量指标", "改造泵站"]),
        ("4座", ColumnKind.ACTUAL, ["改造泵站"]),
        ("6座", ColumnKind.TARGET, ["改造涵洞"]),
        ("7座", ColumnKind.ACTUAL, ["改造涵洞"]),
        ("11.5", ColumnKind.SCORE, ["改造涵洞"]),
    ],
)
def test_tab_rows_keep_their_columns_though_merged_cells_are_empty_or_left_out(
    cell: str, kind: ColumnKind, names: list[str]
) -> None:
    found = cells(TAB_ROWS)[cell]
    assert found.kind is kind
    assert all(name in found.row_header for name in names)
    assert found.column_header in HEADER


def test_rows_of_tab_rows_stay_apart() -> None:
    found = cells(TAB_ROWS)
    assert found["3座"].row == found["4座"].row != found["6座"].row


CELL_A_LINE = """\t一级指标
\t三级指标
\t年度指标值
\t实际完成值
\t分值
\t得分

\t产出指标
\t新建堤防
\t12公里
\t12.6公里
\t21
\t20.5

\t满意度指标
\t群众满意度
\t95%
\t96%
\t11
\t10.5
"""


@pytest.mark.parametrize(
    ("cell", "kind", "name"),
    [
        ("12公里", ColumnKind.TARGET, "新建堤防"),
        ("12.6公里", ColumnKind.ACTUAL, "新建堤防"),
        ("95%", ColumnKind.TARGET, "群众满意度"),
        ("96%", ColumnKind.ACTUAL, "群众满意度"),
        ("11", ColumnKind.WEIGHT, "群众满意度"),
        ("10.5", ColumnKind.SCORE, "群众满意度"),
    ],
)
def test_one_cell_a_line_makes_rows(cell: str, kind: ColumnKind, name: str) -> None:
    found = cells(CELL_A_LINE)[cell]
    assert (found.kind, name in found.row_header) == (kind, True)


@pytest.mark.parametrize(
    ("head", "row", "cell", "hint"),
    [
        ("项目\t年初预算（万元）\t执行数（万元）", "堤防\t985.93\t900.10", "985.93", "万元"),
        ("指标\t年度指标值\t实际完成值", "宣传次数（次）\t31\t32", "31", "次"),
        ("指标\t计量单位\t年度指标值\t实际完成值", "新建堤防\t公里\t31\t32", "31", "公里"),
        ("指标\t年度指标值\t分值\t得分", "新建堤防\t12公里\t31\t30", "31", "分"),
    ],
)
def test_unit_comes_from_header_name_or_a_column_of_its_own(head: str, row: str, cell: str, hint: str) -> None:
    assert cells(f"{head}\n{row}\n")[cell].unit_hint == hint


def test_caption_gives_the_unit_of_money() -> None:
    found = cells("收支情况表\n单位：万元\n项目\t年初预算数\t执行数\n堤防\t985.93\t900.10\n")
    assert found["985.93"].unit_hint == found["900.10"].unit_hint == "万元"


def test_comparison_sign_in_a_column_of_its_own_is_kept() -> None:
    found = cells("指标\t指标方向\t年度指标值\t实际完成值\n满意度\t≥\t95%\t96%\n新建堤防\t≥\t12公里\t13公里\n")
    assert found["95%"].operator == "≥"


#: what surrounds the words of a dump: bars of any width, commas and slashes between cells, page numbers, tags
FRAME = re.compile(r"</?p>|\[bookmark:[^\]]*\]|[|｜│┃/／,\"]|-{3,}|[-—–]\d+[-—–]")


@pytest.mark.parametrize("text", [*sample_texts().values(), TREE, TAB_ROWS, CELL_A_LINE])
def test_segments_hold_every_word_of_the_text_once(text: str) -> None:
    held, in_cells = [0] * len(text), [False] * len(text)
    for segment in segmented(text).segments:
        for piece in segment.pieces:
            for place in range(piece.start, piece.end):
                held[place] += 1
                in_cells[place] = segment.kind is SegmentKind.CELL
    assert max(held) == 1
    lost = "".join(
        c for n, c in enumerate(text) if not held[n] and not c.isspace() and not _parts_keyed_cells(text, n, in_cells)
    )
    assert FRAME.sub("", lost) == ""


def _parts_keyed_cells(text: str, place: int, in_cells: list[bool]) -> bool:
    """Whether a stop only parts two cells: in 泵站（座）：目标9，完成8 it is what a bar or a tab is elsewhere."""
    return text[place] in "：:，,；;" and in_cells[place - 1] and in_cells[place + 1]


@pytest.mark.parametrize("text", [TREE, TAB_ROWS, CELL_A_LINE])
def test_segments_stand_in_text_order_where_the_text_reads_line_by_line(text: str) -> None:
    starts = [segment.span.start for segment in segmented(text).segments]
    assert starts == sorted(starts)


@given(
    st.lists(
        st.sampled_from([*"一、（）()1。；：\t\n 元5个", "目标", "完成情况", "年度指标值", "实际完成值", "得分"])
    ).map("".join)
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_cut_into_segments_in_order(text: str) -> None:
    position = 0
    for segment in segmented(text).segments:
        assert position <= segment.span.start < segment.span.end <= len(text)
        assert segment.span.of(text).strip()
        position = segment.span.end
