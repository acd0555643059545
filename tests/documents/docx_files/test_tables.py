"""Tables of Word documents: their text, and the grid that says where each cell stands."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.documents.blocks import BlockCell, BlockTable, Paragraph, laid_out
from extract.offsets import hull, joined
from tests.documents.docx_files.builder import built, p, places, r, read, table, tbl, tc, tr, with_body

WIDE, DOWN, ON = '<w:gridSpan w:val="{}"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_cells_are_parted_by_tabs_and_rows_ended_by_line_feeds() -> None:
    document = read(with_body(p("前") + tbl(tr("甲", "乙"), tr("丙", "")) + p("后")))
    assert document.text == "前\n甲\t乙\n丙\t\n后"
    assert places(document) == [["甲", "乙"], ["丙", ""]]
    assert document.grids is not None
    assert document.grids[0].rows[1][1] is None
    assert document.grids[0].span.of(document.text) == "甲\t乙\n丙\t"


def test_last_row_of_a_document_is_ended_too() -> None:
    assert read(with_body(tbl(tr("甲", "乙"), tr("丙", "丁")))).text == "甲\t乙\n丙\t丁\n"


def test_cell_keeps_its_own_lines_and_turns_tabs_into_spaces() -> None:
    cell = tc(p("1.新建") + "<w:p><w:r><w:t>2.</w:t><w:tab/><w:t>维修</w:t><w:br/><w:t>3处</w:t></w:r></w:p>" + p())
    document = read(with_body(tbl(tr(cell, "乙")) + p("后")))
    assert document.text == "1.新建\n2. 维修\n3处\t乙\n后"
    assert places(document) == [["1.新建\n2. 维修\n3处", "乙"]]


MERGES = {
    "over columns": (
        (tr(tc("甲", WIDE.format(2)), "乙"), tr("丙", "丁", "戊")),
        "甲\t乙\n丙\t丁\t戊",
        [["甲", "甲", "乙"], ["丙", "丁", "戊"]],
    ),
    "over rows": (
        (tr(tc("甲", DOWN), "乙"), tr(tc("", ON), "丙"), tr(tc("丁", DOWN), "戊")),
        "甲\t乙\n\t丙\n丁\t戊",
        [["甲", "乙"], ["甲", "丙"], ["丁", "戊"]],
    ),
    "over both": (
        (tr(tc("甲", WIDE.format(2) + DOWN), "乙"), tr(tc("", WIDE.format(2) + ON), "丙")),
        "甲\t乙\n\t丙",
        [["甲", "甲", "乙"], ["甲", "甲", "丙"]],
    ),
    "what a lower part still holds is not shown": (
        (tr(tc("甲", DOWN), "乙"), tr(tc("旧", ON), "丙")),
        "甲\t乙\n\t丙",
        [["甲", "乙"], ["甲", "丙"]],
    ),
    "a lower part without an upper one is a cell": (
        (tr("甲", "乙"), tr(tc("丙", ON), "丁")),
        "甲\t乙\n丙\t丁",
        [["甲", "乙"], ["丙", "丁"]],
    ),
    "over columns in the old way": (
        (
            tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", '<w:hMerge w:val="continue"/>'), "乙"),
            tr("丙", "丁", "戊"),
        ),
        "甲\t乙\n丙\t丁\t戊",
        [["甲", "甲", "乙"], ["丙", "丁", "戊"]],
    ),
    "rows that begin further in or end early": (
        (tr("甲", "乙", "丙"), tr("丁").replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>')),
        "甲\t乙\t丙\n丁",
        [["甲", "乙", "丙"], ["", "丁", ""]],
    ),
    "empty merged cells": (
        (tr(tc("", DOWN + WIDE.format(2)), "乙"), tr(tc("", ON + WIDE.format(2)), "丙")),
        "\t乙\n\t丙",
        [["", "", "乙"], ["", "", "丙"]],
    ),
    "rows and cells in content controls": (
        (
            f"<w:sdt><w:sdtContent>{tr('甲', '乙')}</w:sdtContent></w:sdt>",
            f"<w:tr>{tc('丙')}<w:sdt><w:sdtContent>{tc('丁')}</w:sdtContent></w:sdt></w:tr>",
        ),
        "甲\t乙\n丙\t丁",
        [["甲", "乙"], ["丙", "丁"]],
    ),
}


@pytest.mark.parametrize(("rows", "text", "grid"), MERGES.values(), ids=MERGES)
def test_merged_cell_stands_once_in_the_text_and_everywhere_in_the_grid(rows, text, grid) -> None:
    document = read(with_body(tbl(*rows) + p("完。")))
    assert document.text == f"{text}\n完。"
    assert places(document) == grid


def test_merged_places_share_one_span() -> None:
    document = read(built(lambda word: table(word, [["甲", "", "乙"], ["", "", "丙"]], ((0, 0), (1, 1)))))
    assert document.grids is not None
    first = document.grids[0].rows[0][0]
    assert {span for row in document.grids[0].rows for span in row[:2]} == {first}


def test_nested_table_is_text_of_its_cell() -> None:
    inner = tbl(tr("项目", "金额"), tr("水渠", "12"))
    document = read(with_body(tbl(tr(tc(p("明细：") + inner + p("以上。")), "乙"), tr("丙", "丁")) + p("完。")))
    assert places(document) == [["明细：\n项目\t金额\n水渠\t12\n以上。", "乙"], ["丙", "丁"]]
    assert document.grids is not None
    assert len(document.grids) == 1


def test_frame_of_one_cell_is_no_table_and_what_it_holds_stands_outside() -> None:
    framed = tbl(tr(tc(p("一、概况") + tbl(tr("甲", "乙"), tr("丙", "丁")) + p("完。"))))
    document = read(with_body(framed))
    assert document.text == "一、概况\n甲\t乙\n丙\t丁\n完。"
    assert document.grids is not None
    assert [grid.caption for grid in document.grids] == ["一、概况"]


def test_table_without_words_gives_no_grid() -> None:
    document = read(with_body(p("前") + tbl(tr("", ""), tr("", "")) + p("后")))
    assert document.grids == ()
    assert document.text == "前\n\t\n\t\n后"


CAPTIONS = {
    "title and unit": (("附件1 绩效目标自评表", "单位：万元"), "附件1 绩效目标自评表 单位：万元"),
    "blank lines between": (("自评表", "", "单位：万元", ""), "自评表 单位：万元"),
    "the last two only": (("甲", "乙", "丙"), "乙 丙"),
    "a long paragraph is none": (("长" * 41, "单位：万元"), "单位：万元"),
    "nothing above": ((), ""),
}


@pytest.mark.parametrize(("above", "caption"), CAPTIONS.values(), ids=CAPTIONS)
def test_caption_is_what_stands_shortly_above(above: tuple[str, ...], caption: str) -> None:
    document = read(with_body("".join(map(p, above)) + tbl(tr("甲", "乙"), tr("丙", "丁"))))
    assert document.grids is not None
    assert document.grids[0].caption == caption


def test_rows_of_the_table_above_are_no_caption() -> None:
    one = tbl(tr("甲", "乙"), tr("丙", "丁"))
    document = read(with_body(p("表一") + one + p() + one))
    assert document.grids is not None
    assert [grid.caption for grid in document.grids] == ["表一", ""]


_words = st.text(alphabet=string.digits + "甲乙丙%，\n ", max_size=6)


@st.composite
def _tables(draw: st.DrawFn) -> BlockTable:
    """Any table whose cells may be merged over columns and downwards."""
    width, rows = draw(st.integers(1, 5)), list[tuple[BlockCell, ...]]()
    for _ in range(draw(st.integers(1, 5))):
        row, column = list[BlockCell](), 0
        while column < width:
            span = draw(st.integers(1, width - column))
            goes_on = bool(rows) and any(c.column == column and c.merges for c in rows[-1]) and draw(st.booleans())
            blocks = () if goes_on else tuple(map(Paragraph, draw(st.lists(_words, max_size=3))))
            row.append(BlockCell(blocks, column, span, goes_on or draw(st.booleans()), goes_on))
            column += span
        rows.append(tuple(row))
    return BlockTable(tuple(rows), width)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(_words.map(Paragraph), _tables()), min_size=1, max_size=5))
def test_every_span_slices_to_its_cell(blocks: list[Paragraph | BlockTable]) -> None:
    text, grids, _ = laid_out(blocks)
    cells = iter(grids)
    for block in blocks:
        shown = [] if isinstance(block, Paragraph) else [_shown(cell) for row in block.rows for cell in row]
        if not any(shown):
            continue
        grid = next(cells)
        assert isinstance(block, BlockTable)
        assert {len(row) for row in grid.rows} == {block.width}
        for row, placed in zip(block.rows, grid.rows, strict=True):
            for cell in row:
                cells_there = set(placed[cell.column : cell.column + cell.width])
                assert len(cells_there) == 1
                pieces = cells_there.pop()
                if not cell.goes_on:
                    assert (joined(text, pieces) if pieces else "") == _shown(cell)
                if pieces:
                    assert grid.span.holds(hull(pieces))
    assert next(cells, None) is None


def _shown(cell: BlockCell) -> str:
    return "\n".join(block.text for block in cell.blocks if isinstance(block, Paragraph)).strip()


def test_spans_count_code_points_beyond_the_basic_plane() -> None:
    document = read(with_body(f"<w:p>{r('𠀀𠀁')}</w:p>" + tbl(tr("𠀂甲", "乙"), tr("丙", "丁"))))
    assert places(document) == [["𠀂甲", "乙"], ["丙", "丁"]]
