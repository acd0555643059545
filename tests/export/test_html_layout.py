"""Text cut into lines, tables and runs: nothing lost, no mark cut."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.export.html.layout import Block, Line, Run, ShownTable, fragments_of, lay_out
from extract.extraction import extract
from extract.offsets import CharSpan
from extract.records import Cell, Claim, Document, Excluded, NumericKind, Segment, SegmentKind, Table

PIECES = [
    "计划",
    "完成",
    "764宗",
    "95%以上",
    "2020年",
    "\n",
    "\n\n",
    "\t",
    "\t指标\t年度指标值\t实际完成值\n",
    "12",
    "一、",
    "  ",
    "\r\n",
    "。",
]


def runs_of(blocks: list[Block]) -> list[Run]:
    found: list[Run] = []
    for block in blocks:
        if isinstance(block, Line):
            found += block.runs
        else:
            found += [run for row in block.rows for cell in row.cells if cell for run in cell.runs]
            found += [run for line in block.leftovers for run in line.runs]
    return found


def excluded(start: int, end: int) -> Excluded:
    return Excluded(span=CharSpan(start, end), reason=NumericKind.YEAR)


def table(*cells: tuple[int, int, int, int]) -> Table:
    """A table of (row, column, start, end)."""
    made = tuple(Cell(table=1, row=r, column=c, pieces=(CharSpan(s, e),)) for r, c, s, e in cells)
    return Table(index=1, span=CharSpan(min(c[2] for c in cells), max(c[3] for c in cells)), cells=made)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_written_character_is_shown_once_and_every_mark_whole(text: str) -> None:
    extraction = extract(text)
    fragments = fragments_of(extraction.document, extraction.claims, extraction.excluded)
    runs = runs_of(list(lay_out(extraction.document, fragments)))
    assert Counter("".join("".join(run.text for run in runs).split())) == Counter("".join(text.split()))
    shown = sorted((run.mark.span, run.first, run.text) for run in runs if run.mark)
    assert shown == sorted((f.mark.span, f.first, f.span.of(text)) for f in fragments)


def test_a_line_break_inside_a_mark_parts_no_line() -> None:
    (line,) = lay_out(
        Document(name="a", text="共76\n4宗。"),
        fragments_of(Document(name="a", text="共76\n4宗。"), (), [excluded(1, 6)]),
    )
    assert isinstance(line, Line)
    assert [run.text for run in line.runs] == ["共", "76\n4宗", "。"]


@pytest.mark.parametrize(
    ("why", "cells", "marks", "as_table"),
    [
        ("rows and columns", [(0, 0, 0, 2), (0, 1, 2, 4), (1, 0, 4, 6)], [(4, 6)], True),
        ("one row", [(0, 0, 0, 2), (0, 1, 2, 4)], [], False),
        ("one column", [(0, 0, 0, 2), (1, 0, 2, 4)], [], False),
        ("cells that overlap", [(0, 0, 0, 3), (0, 1, 2, 4), (1, 0, 4, 6)], [], False),
        ("a mark across two cells", [(0, 0, 0, 2), (0, 1, 2, 4), (1, 0, 4, 6)], [(1, 3)], False),
        ("a mark across the table's end", [(0, 0, 0, 2), (0, 1, 2, 4), (1, 0, 4, 6)], [(5, 8)], False),
    ],
)
def test_a_table_is_shown_as_one_only_where_it_can_be_followed(
    why: str, cells: list[tuple[int, int, int, int]], marks: list[tuple[int, int]], as_table: bool
) -> None:
    document = Document(name="a", text="甲一乙二丙三丁四", tables=(table(*cells),))
    blocks = list(lay_out(document, fragments_of(document, (), [excluded(*mark) for mark in marks])))
    assert isinstance(blocks[0], ShownTable) is as_table, why
    assert "".join(run.text for run in runs_of(blocks)) == document.text


def test_text_between_cells_is_shown_behind_the_table() -> None:
    document = Document(name="a", text="甲 乙\n脚注\n丙", tables=(table((0, 0, 0, 1), (0, 1, 2, 3), (1, 0, 7, 8)),))
    (shown,) = lay_out(document, [])
    assert isinstance(shown, ShownTable)
    assert [line.runs[0].text for line in shown.leftovers] == ["脚注"]


def test_a_nested_table_is_shown_once() -> None:
    outer = table((0, 0, 0, 1), (0, 1, 2, 3), (1, 0, 7, 8))
    inner = replace(table((0, 0, 2, 3), (1, 1, 4, 5)), index=2)
    document = Document(name="a", text="甲 乙\n脚注\n丙", tables=(outer, inner))
    assert [block.index for block in lay_out(document, []) if isinstance(block, ShownTable)] == [1]


def test_the_last_long_cell_of_a_row_takes_the_empty_places_behind_it() -> None:
    long = "很长的一段文字" * 3
    text = f"甲乙丙{long}"
    document = Document(name="a", text=text, tables=(table((0, 0, 0, 1), (0, 1, 1, 2), (0, 2, 2, 3), (1, 0, 3, 24)),))
    (shown,) = lay_out(document, [])
    assert isinstance(shown, ShownTable)
    assert [cell.columns for cell in shown.rows[1].cells if cell] == [3]


def test_of_numbers_that_overlap_the_first_stays() -> None:
    kept = fragments_of(
        Document(name="a", text="0123456789"), (), [excluded(4, 8), excluded(0, 2), excluded(2, 5), excluded(7, 9)]
    )
    assert [(fragment.span.start, fragment.span.end) for fragment in kept] == [(0, 2), (2, 5), (7, 9)]


def claim(*pieces: tuple[int, int]) -> Claim:
    """A claim on everything that ``pieces`` hold."""
    spans = tuple(CharSpan(*piece) for piece in pieces)
    (first, *_) = extract("完成764宗").claims
    segment = replace(first.segment, pieces=spans)
    return replace(first, segment=segment, quantity=first.quantity._replace(span=CharSpan(pieces[0][0], pieces[-1][1])))


def test_a_claim_that_a_line_break_cuts_is_one_mark() -> None:
    text = "20个工\n作日"
    (fragment,) = fragments_of(Document(name="a", text=text), [claim((0, 4), (5, 7))])
    assert fragment.span.of(text) == text


def test_a_claim_around_lines_of_another_cell_is_marked_piece_by_piece() -> None:
    text = "名称 甲甲\n20个工 乙12\n作日 丙丙"
    cells = (
        Cell(table=1, row=0, column=0, pieces=(CharSpan(0, 2),), is_header=True),
        Cell(table=1, row=0, column=1, pieces=(CharSpan(3, 5),), is_header=True),
        Cell(table=1, row=1, column=0, pieces=(CharSpan(6, 10), CharSpan(15, 17))),
        Cell(table=1, row=1, column=1, pieces=(CharSpan(11, 14), CharSpan(18, 20))),
    )
    document = Document(name="a", text=text, tables=(Table(index=1, span=CharSpan(0, 20), cells=cells),))
    fragments = fragments_of(document, [claim((6, 10), (15, 17)), claim((12, 14))])
    (shown,) = lay_out(document, fragments)
    assert isinstance(shown, ShownTable)
    left, right = shown.rows[1].cells
    assert left is not None
    assert right is not None
    assert [(run.text, run.first) for run in left.runs] == [("20个工", True), ("作日", False)]
    assert [(run.text, run.mark is None) for run in right.runs] == [("乙", True), ("12", False), ("丙丙", True)]


def test_a_number_set_aside_is_marked_by_the_pieces_of_its_segment() -> None:
    segment = Segment(kind=SegmentKind.SENTENCE, pieces=(CharSpan(0, 4), CharSpan(8, 10)))
    document = Document(name="a", text="2022乙乙乙 年度", segments=(segment,))
    kept = fragments_of(document, (), [excluded(0, 9)])
    assert [(fragment.span.of(document.text), fragment.first) for fragment in kept] == [("2022", True), ("年", False)]
