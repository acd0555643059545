"""A document's text as segments: headings, sentences and cells in reading order, each under its headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from extract.offsets import CharSpan, Pieces, cut, joined
from extract.records import Cell, Document, Grid, Segment, SegmentKind, Table
from extract.segmentation.grids import find_grids
from extract.segmentation.lines import Line, lines_of, lines_within, paragraphs_of, trimmed
from extract.segmentation.numbering import MAX_TITLE, SectionPath, label_inside, label_title, numbered
from extract.segmentation.sentences import find_sentences
from extract.segmentation.tables import build_tables

_ENDS_PARAGRAPH = re.compile(r"[。！？!?；;：:.”）)]\s*$")
_JOINS_FROM = 18  #: a line shorter than this is not one that a page's end cut
_TITLE = re.compile(r"(?:报告|表|总结|说明)(?:[(（][^()（）]{1,12}[)）])?$")
_COLONS = ("：", ":")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页.{0,12})\s*")


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
        for block in _paragraphs(text, lines[position:until]):
            paragraph += 1
            path, made = _prose_segments(text, block, path, paragraph, opens_list)
            opens_list = bool(made) and (made[-1].kind is SegmentKind.HEADING or block[-1].of(text).endswith(_COLONS))
            yield from made
        if grid is None:
            return
        while pending and pending[0].span.start < grid.span.end:
            for cell in pending.pop(0).cells:
                paragraph += 1
                yield from _cell_segments(text, cell, path.titles, paragraph)
        position = bisect_left(starts, grid.span.end)


def _paragraphs(text: str, lines: tuple[Line, ...]) -> Iterator[Pieces]:
    """Lines that read as one: a line that a page's end cut goes on in the next written one."""
    block: list[CharSpan] = []
    for line in lines:
        span = trimmed(text, line.start, line.end)
        if span is None or _PAGE_NUMBER.fullmatch(line.text):
            continue
        if block and (not _goes_on(block[-1].of(text)) or numbered(line.text) or label_title(line.text)):
            yield tuple(block)
            block = []
        block.append(span)
    if block:
        yield tuple(block)


def _goes_on(line: str) -> bool:
    return len(line) >= _JOINS_FROM and not _ENDS_PARAGRAPH.search(line) and not _TITLE.search(line)


def _prose_segments(
    text: str, block: Pieces, path: SectionPath, paragraph: int, opens_list: bool
) -> tuple[SectionPath, list[Segment]]:
    first = block[0].of(text)
    heading = numbered(first)
    label = None if heading else label_title(first)
    if heading is not None:
        path = path.entered(heading, opens_list=opens_list)
        inner = label_title(first[heading.length :])
        path = path.labelled(inner) if inner and inner != heading.title else path
    elif label is not None:
        path = path.labelled(label)
    if _is_heading(joined(text, block), heading is not None):
        return path, [Segment(kind=SegmentKind.HEADING, pieces=block, section=path.titles, paragraph=paragraph)]
    made = []
    for sentence in _sentences(text, block):
        inner = label_inside(joined(text, sentence))
        path = path.labelled(inner) if inner is not None and inner != label else path
        made.append(Segment(kind=SegmentKind.SENTENCE, pieces=sentence, section=path.titles, paragraph=paragraph))
    return path, made


def _sentences(text: str, paragraph: Pieces) -> Iterator[Pieces]:
    reading = joined(text, paragraph)
    for sentence in find_sentences(reading, CharSpan(0, len(reading))):
        yield cut(paragraph, sentence.start, sentence.end)


def _is_heading(written: str, is_numbered: bool) -> bool:
    return is_numbered and len(written) <= MAX_TITLE and not re.search(r"[。；，,]|\d{2,}", written[3:])


def _cell_segments(text: str, cell: Cell, section: tuple[str, ...], paragraph: int) -> Iterator[Segment]:
    path = SectionPath()
    lines = [line for piece in cell.pieces for line in lines_within(text, piece)]
    for pieces in paragraphs_of(text, lines, lambda line: numbered(line) is not None):
        item = numbered(pieces[0].of(text))
        if item is not None:
            path = path.entered(item)
        items = tuple(str(node.number) for node in path.open if node.number is not None)
        titles = tuple(dict.fromkeys((*section, *path.titles)))
        for sentence in _sentences(text, pieces):
            yield Segment(
                kind=SegmentKind.CELL, pieces=sentence, section=titles, items=items, cell=cell, paragraph=paragraph
            )
