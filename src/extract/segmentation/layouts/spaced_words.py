"""Rows whose cells single spaces part, as plain text taken from a page: a header tells that they are rows."""

from __future__ import annotations

import re

from extract.segmentation.captions import is_caption
from extract.segmentation.layouts.written import LONG, NUMBER_CELL, Row, Written, header_kind, is_header
from extract.segmentation.lines import Line, trimmed

_FEWEST_HEADERS = 4
_MOST_GAP = 3
_MOST_PAGE_GAP = 6  #: the same where a page ends, with its number among them
_LONGEST_PROSE = 30  #: a single word longer than this is a sentence, and no row
_PAGE_NUMBER = re.compile(r"\s*[-—–]?\s*\d{1,4}\s*[-—–]?\s*")


def spaced_words(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """A line of four headers or more with spaces between, and the lines of words below it."""
    words = lines[first].text.split()
    known = sum(header_kind(word) is not None for word in words)
    if known < _FEWEST_HEADERS or not is_header(words) or "\t" in lines[first].text:
        return None
    rows: list[Row] = [_cells(text, lines[first])]
    last, page_ended = first, False
    for line in lines[first + 1 :]:
        if line.number - last > (_MOST_PAGE_GAP if page_ended else _MOST_GAP):
            break
        if line.blank or _PAGE_NUMBER.fullmatch(line.text):
            page_ended = page_ended or not line.blank
            continue
        if not _is_row(line):
            break
        rows.append(_cells(text, line))
        last, page_ended = line.number, False
    return Written(tuple(rows), last) if len(rows) >= 3 else None


def _is_row(line: Line) -> bool:
    words = line.text.split()
    if "\t" in line.text or is_caption(line.text) or any(len(word) > _LONGEST_PROSE for word in words):
        return False
    numbers = sum(NUMBER_CELL.fullmatch(word) is not None for word in words)
    return numbers >= 2 or is_header(words) or (len(words) <= 3 and all(len(word) <= LONG for word in words))


def _cells(text: str, line: Line) -> Row:
    spans = (trimmed(text, line.start + m.start(), line.start + m.end()) for m in re.finditer(r"\S+", line.text))
    return tuple((span,) for span in spans if span)
