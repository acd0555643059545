"""A document's text as segments: headings, sentences and cells in text order, each under its headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from extract.records import Cell, Document, Grid, Segment, SegmentKind, Table
from extract.segmentation.grids import find_grids
from extract.segmentation.lines import Line, lines_of, paragraphs_within, trimmed
from extract.segmentation.numbering import MAX_TITLE, SectionPath, label_title, numbered
from extract.segmentation.sentences import find_sentences
from extract.segmentation.tables import build_tables

_ENDS_PARAGRAPH = re.compile(r"[。！？!?；;：:.”）)]\s*$")
_JOINS_FROM = 18  #: a line shorter than this is not one that a page's end cut
_COLONS = ("：", ":")


def segment_document(document: Document) -> Document:
    """``document`` with its segments and tables."""
    text = document.text
    lines = lines_of(text)
    grids = find_grids(text, lines) if document.grids is None else document.grids
    tables = tuple(_all_tables(text, grids))
    return replace(document, segments=tuple(_segments(text, lines, grids, tables)), tables=tables)


def _all_tables(text: str, grids: tuple[Grid, ...]) -> Iterator[Table]:
    index = 1
    for grid in grids:
        for table in build_tables(text, grid, index):
            yield table
            index += 1


def _segments(
    text: str, lines: tuple[Line, ...], grids: tuple[Grid, ...], tables: tuple[Table, ...]
) -> Iterator[Segment]:
    path, paragraph, position, opens_list = SectionPath(), 0, 0, False
    pending = list(tables)
    starts = [line.start for line in lines]
    for grid in [*grids, None]:
        until = bisect_left(starts, grid.span.start) if grid else len(lines)
        for block in _paragraphs(lines[position:until]):
            paragraph += 1
            path, made = _prose_segments(text, block, path, paragraph, opens_list)
            opens_list = bool(made) and (
                made[-1].kind is SegmentKind.HEADING or block[-1].text.rstrip().endswith(_COLONS)
            )
            yield from made
        if grid is None:
            return
        while pending and pending[0].span.start < grid.span.end:
            for cell in sorted(
                (c for c in pending.pop(0).cells if c.span), key=lambda c: c.span.start if c.span else 0
            ):
                paragraph += 1
                yield from _cell_segments(text, cell, path.titles, paragraph)
        position = bisect_left(starts, grid.span.end)


def _paragraphs(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Lines that read as one: a line that a page's end cut goes on in the next written one."""
    block: list[Line] = []
    for line in lines:
        if line.blank:
            continue
        if block and (not _goes_on(block[-1]) or numbered(line.text) is not None or label_title(line.text)):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _goes_on(line: Line) -> bool:
    written = line.text.strip()
    return len(written) >= _JOINS_FROM and not _ENDS_PARAGRAPH.search(written)


def _prose_segments(
    text: str, block: list[Line], path: SectionPath, paragraph: int, opens_list: bool
) -> tuple[SectionPath, list[Segment]]:
    span = trimmed(text, block[0].start, block[-1].end)
    if span is None:
        return path, []
    heading = numbered(block[0].text)
    label = None if heading else label_title(block[0].text)
    if heading is not None:
        path = path.entered(heading, opens_list=opens_list)
        rest = block[0].text[heading.length :]
        inner = label_title(rest)
        path = path.labelled(inner) if inner and inner != heading.title else path
    elif label is not None:
        path = path.labelled(label)
    if _is_heading(span.of(text), heading is not None):
        return path, [Segment(kind=SegmentKind.HEADING, span=span, section=path.titles, paragraph=paragraph)]
    made = [
        Segment(kind=SegmentKind.SENTENCE, span=sentence, section=path.titles, paragraph=paragraph)
        for sentence in find_sentences(text, span)
    ]
    return path, made


def _is_heading(written: str, is_numbered: bool) -> bool:
    return is_numbered and len(written) <= MAX_TITLE and not re.search(r"[。；，,]|\d{2,}", written[3:])


def _cell_segments(text: str, cell: Cell, section: tuple[str, ...], paragraph: int) -> Iterator[Segment]:
    if cell.span is None:
        return
    path = SectionPath()
    for piece in paragraphs_within(text, cell.span):
        item = numbered(piece.of(text))
        if item is not None:
            path = path.entered(item)
        items = tuple(str(node.number) for node in path.open if node.number is not None)
        titles = tuple(dict.fromkeys((*section, *path.titles)))
        for sentence in find_sentences(text, piece):
            yield Segment(
                kind=SegmentKind.CELL, span=sentence, section=titles, items=items, cell=cell, paragraph=paragraph
            )
