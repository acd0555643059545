"""Where a span of the text stands in the file it came from."""

from __future__ import annotations

import pytest

from extract.documents.blocks import BlockCell, BlockTable, Paragraph, laid_out
from extract.offsets import CharSpan
from extract.records import Box, Document, Origin, PageBox, Place, Stretch


def _line(text: str, *, page: int = 1, left: float = 100.0, top: float = 50.0, part: str = "") -> Paragraph:
    """A paragraph of one printed line whose characters are 10 points wide and 12 high."""
    edges = tuple((left + 10 * n, left + 10 * n + 10) for n in range(len(text)))
    box = (left, top, edges[-1][1], top + 12)
    return Paragraph(text, (Stretch(span=CharSpan(0, len(text)), page=page, box=box, edges=edges, part=part),))


def _document(*blocks: Paragraph | BlockTable) -> Document:
    text, grids, stretches = laid_out(blocks)
    return Document(name="d", text=text, grids=grids, stretches=stretches)


def _place(document: Document, words: str) -> Place:
    start = document.text.index(words)
    return document.place_of(CharSpan(start, start + len(words)))


@pytest.mark.parametrize(
    ("words", "box"),
    [("764宗", (120.0, 50.0, 160.0, 62.0)), ("供地", (100.0, 50.0, 120.0, 62.0)), ("亩", (130.0, 80.0, 140.0, 92.0))],
)
def test_box_holds_the_words_and_no_more(words: str, box: Box) -> None:
    document = _document(_line("供地764宗"), _line("618亩", top=80))
    assert _place(document, words) == Place(1, box)


def test_cells_keep_their_places_when_space_around_them_is_cut() -> None:
    row = (BlockCell((_line("  面积"),), 0, 1), BlockCell((_line("42.3", left=300),), 1, 1))
    document = _document(_line("表一"), BlockTable((row,), 2))
    assert _place(document, "面积").box == (120.0, 50.0, 140.0, 62.0)
    assert _place(document, "42.3").box == (300.0, 50.0, 340.0, 62.0)


def test_a_span_over_two_pages_is_placed_on_the_first() -> None:
    text = "完成43亩"
    one, two = _line(text[:3]).stretches[0], _line(text[3:], page=2, left=40).stretches[0].moved(3)
    document = Document(name="d", text=text, stretches=(one, two))
    assert document.place_of(CharSpan(2, 5)) == Place(1, (120.0, 50.0, 130.0, 62.0))
    assert document.boxes_of(CharSpan(2, 5)) == (
        PageBox(1, (120.0, 50.0, 130.0, 62.0)),
        PageBox(2, (40.0, 50.0, 60.0, 62.0)),
    )


def test_a_span_that_goes_on_in_the_next_printed_line_has_a_box_in_each() -> None:
    text = "完成面积43亩"
    one, two = _line(text[:5], left=400).stretches[0], _line(text[5:], top=70).stretches[0].moved(5)
    document = Document(name="d", text=text, stretches=(one, two))
    assert document.boxes_of(CharSpan(4, 7)) == (
        PageBox(1, (440.0, 50.0, 450.0, 62.0)),
        PageBox(1, (100.0, 70.0, 120.0, 82.0)),
    )
    assert document.boxes_of(CharSpan(5, 7)) == (PageBox(1, (100.0, 70.0, 120.0, 82.0)),)


def test_characters_of_a_line_that_runs_downwards_are_in_one_box() -> None:
    text = "完成43亩"
    parts = [
        Stretch(span=CharSpan(n, n + 1), page=1, box=(100.0, 50.0 + 10 * n, 112.0, 60.0 + 10 * n)) for n in range(3)
    ] + [Stretch(span=CharSpan(n, n + 1), page=1, box=(80.0, 20.0 + 10 * n, 92.0, 30.0 + 10 * n)) for n in (3, 4)]
    document = Document(name="d", text=text, stretches=tuple(parts))
    assert document.boxes_of(CharSpan(1, 5)) == (
        PageBox(1, (100.0, 60.0, 112.0, 80.0)),
        PageBox(1, (80.0, 50.0, 92.0, 70.0)),
    )


def test_what_was_recognised_in_a_picture_says_so() -> None:
    text = "完成43亩"
    document = Document(name="d", text=text, stretches=(Stretch(span=CharSpan(0, 5), page=3, origin=Origin.OCR),))
    assert document.place_of(CharSpan(2, 4)) == Place(3, None, "", Origin.OCR)


def test_a_cell_of_a_workbook_is_named() -> None:
    document = _document(_line("决算数"), _line("72", part="决算!B7"))
    assert _place(document, "72").part == "决算!B7"


def test_text_from_no_file_has_no_place() -> None:
    document = Document(name="d", text="供地764宗")
    assert document.place_of(CharSpan(2, 6)) == Place()
    assert document.boxes_of(CharSpan(2, 6)) == ()
