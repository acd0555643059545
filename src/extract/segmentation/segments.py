"""A document's text as segments: headings, sentences and cells in reading order, each under its headings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from extract.offsets import CharSpan, Pieces, cut, joined
from extract.records import Cell, Document, Grid, Segment, SegmentKind, Table
from extract.segmentation.captions import is_caption
from extract.segmentation.grids import find_grids
from extract.segmentation.lines import Line, lines_of, lines_within, paragraphs_of, trimmed
from extract.segmentation.numbering import MAX_TITLE, SectionPath, label_inside, label_title, numbered
from extract.segmentation.openers import Opener, opener_of, openers
from extract.segmentation.periods import later_period
from extract.segmentation.sentences import find_sentences
from extract.segmentation.tables import build_tables

_ENDS_PARAGRAPH = re.compile(r"[。！？!?；;：:.”）)]\s*$")
_JOINS_FROM = 18  #: a line shorter than this is not one that a page's end cut
_TITLE = re.compile(r"(?:报告|表|总结|说明)(?:[(（][^()（）]{1,12}[)）])?$")
_SENTENCES = re.compile(r"[^。；]{16,}[。；].{4,}", re.S)  #: two sentences, the first of them no mere title
_COLONS = ("：", ":")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页.{0,12})\s*")


def segment_document(document: Document) -> Document:
    """``document`` with its segments and tables."""
    text = document.text
    lines = lines_of(text)
    grids = find_grids(text, lines) if document.grids is None else document.grids
    tables = tuple(_all_tables(text, grids))
    prose = _Prose(text, openers(text, _outside(lines, grids)), document.year)
    return replace(document, segments=tuple(_segments(prose, lines, grids, tables)), tables=tables)


class _Prose(NamedTuple):
    """What reading the text outside tables takes."""

    text: str
    openers: dict[int, Opener]
    year: str | None  #: that the document reports on


def _outside(lines: tuple[Line, ...], grids: tuple[Grid, ...]) -> list[Line]:
    """The lines that belong to no grid."""
    ends = [grid.span.end for grid in grids]
    starts = [grid.span.start for grid in grids]
    return [line for line in lines if bisect_right(starts, line.start) == bisect_right(ends, line.start)]


def _all_tables(text: str, grids: tuple[Grid, ...]) -> Iterator[Table]:
    index = 1
    for grid in grids:
        for table in build_tables(text, grid, index):
            yield table
            index += 1


def _segments(
    prose: _Prose, lines: tuple[Line, ...], grids: tuple[Grid, ...], tables: tuple[Table, ...]
) -> Iterator[Segment]:
    path, paragraph, position, opens_list = SectionPath(), 0, 0, False
    pending = list(tables)
    starts = [line.start for line in lines]
    for grid in [*grids, None]:
        until = bisect_left(starts, grid.span.start) if grid else len(lines)
        for block in _paragraphs(prose, lines[position:until]):
            paragraph += 1
            opener = prose.openers.get(block[0].start, Opener())
            path, made = _prose_segments(prose, opener, block, path, paragraph, opens_list)
            opens_list = bool(made) and (made[-1].kind is SegmentKind.HEADING or _ends_in_colon(prose.text, block))
            yield from made
        if grid is None:
            return
        while pending and pending[0].span.start < grid.span.end:
            table = pending.pop(0)
            told = _told_alone(prose.text, table)
            for cell in table.cells:
                paragraph += 1
                if not told or cell not in told:
                    yield from _cell_segments(prose.text, cell, path.titles, paragraph)
                    continue
                for block in _cell_paragraphs(prose.text, cell):
                    opener = opener_of(block[0].of(prose.text))
                    path, made = _prose_segments(prose, opener, block, path, paragraph, opens_list)
                    yield from made
        position = bisect_left(starts, grid.span.end)


def _ends_in_colon(text: str, block: Pieces) -> bool:
    return block[-1].of(text).endswith(_COLONS)


def _paragraphs(prose: _Prose, lines: tuple[Line, ...]) -> Iterator[Pieces]:
    """Lines that read as one: a line that a page's end cut goes on in the next written one."""
    block: list[CharSpan] = []
    for line in lines:
        span = trimmed(prose.text, line.start, line.end)
        if span is None or _PAGE_NUMBER.fullmatch(line.text):
            continue
        begins = span.start in prose.openers or is_caption(line.text)
        if block and (begins or not _line_goes_on(prose, block[-1])):
            yield tuple(block)
            block = []
        block.append(span)
    if block:
        yield tuple(block)


def _line_goes_on(prose: _Prose, line: CharSpan) -> bool:
    opener = prose.openers.get(line.start)
    words = line.of(prose.text)
    return _goes_on(words) and not is_caption(words) and (opener is None or opener.title is None)


def _goes_on(line: str) -> bool:
    return len(line) >= _JOINS_FROM and not _ENDS_PARAGRAPH.search(line) and not _TITLE.search(line)


def _prose_segments(
    prose: _Prose, opener: Opener, block: Pieces, path: SectionPath, paragraph: int, opens_list: bool
) -> tuple[SectionPath, list[Segment]]:
    text = prose.text
    path = _path_behind(opener, block[0].of(text), path, opens_list)
    made: list[Segment] = []
    if opener.number is not None and opener.number.apart:
        number, block = _cut_at(text, block, opener.number.length)
        made.append(Segment(kind=SegmentKind.HEADING, pieces=number, section=path.titles, paragraph=paragraph))
    words = joined(text, block)
    if opener.title or _is_heading(words, opener.number is not None) or is_caption(words):
        made.append(Segment(kind=SegmentKind.HEADING, pieces=block, section=path.titles, paragraph=paragraph))
        return path, made
    ahead, outside = None, None
    for sentence in _sentences(text, block):
        words = joined(text, sentence)
        inner = label_inside(words)
        if inner is not None and inner != opener.label:
            outside = outside or path
            path = path.labelled(inner)
        ahead = later_period(words, prose.year) or ahead
        section = path.labelled(ahead).titles if ahead else path.titles
        made.append(Segment(kind=SegmentKind.SENTENCE, pieces=sentence, section=section, paragraph=paragraph))
        if outside is not None and words.endswith("。"):
            path, outside = outside, None
    return path, made


def _cut_at(text: str, block: Pieces, length: int) -> tuple[Pieces, Pieces]:
    """The first ``length`` characters of a paragraph without the space behind them, and the rest."""
    words = joined(text, block)
    rest = len(words) - len(words[length:].lstrip())
    return cut(block, 0, len(words[:length].rstrip())), cut(block, rest, len(words))


def _path_behind(opener: Opener, first: str, path: SectionPath, opens_list: bool) -> SectionPath:
    """The path inside what a paragraph's first line opens."""
    if opener.title is not None:
        return path.titled(opener.title)
    if opener.label is not None:
        return path.labelled(opener.label)
    if opener.number is None:
        return path
    path = path.entered(opener.number, opens_list=opens_list)
    inner = label_title(first[opener.number.length :])
    return path.labelled(inner) if inner and inner != opener.number.title else path


def _sentences(text: str, paragraph: Pieces) -> Iterator[Pieces]:
    reading = joined(text, paragraph)
    for sentence in find_sentences(reading, CharSpan(0, len(reading))):
        yield cut(paragraph, sentence.start, sentence.end)


def _is_heading(written: str, is_numbered: bool) -> bool:
    return is_numbered and len(written) <= MAX_TITLE and not re.search(r"[。；，,]|\d{2,}", written[3:])


def _told_alone(text: str, table: Table) -> frozenset[Cell]:
    """Cells that fill a row alone with sentences: prose that a spreadsheet holds below its table."""
    in_row = Counter(cell.row for cell in table.cells)
    alone = (c for c in table.cells if in_row[c.row] == 1 and c.column == 0 and not c.row_header and not c.is_header)
    return frozenset(cell for cell in alone if _SENTENCES.search(joined(text, cell.pieces)))


def _cell_paragraphs(text: str, cell: Cell) -> Iterator[Pieces]:
    lines = [line for piece in cell.pieces for line in lines_within(text, piece)]
    return paragraphs_of(text, lines, lambda line: numbered(line) is not None)


def _cell_segments(text: str, cell: Cell, section: tuple[str, ...], paragraph: int) -> Iterator[Segment]:
    path, titles = SectionPath(), tuple(dict.fromkeys(section))
    items: tuple[str, ...] = ()
    for pieces in _cell_paragraphs(text, cell):
        item = numbered(pieces[0].of(text))
        if item is not None:
            path = path.entered(item)
            items = tuple(str(node.number) for node in path.open if node.number is not None)
            titles = tuple(dict.fromkeys((*section, *path.titles)))
        for sentence in _sentences(text, pieces):
            yield Segment(
                kind=SegmentKind.CELL, pieces=sentence, section=titles, items=items, cell=cell, paragraph=paragraph
            )
