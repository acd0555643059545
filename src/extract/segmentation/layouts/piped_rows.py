"""Rows with bars between cells, as in Markdown; a line of dashes under the header is left out."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.segmentation.layouts.written import Row, Written
from extract.segmentation.lines import Line, trimmed

_BAR = re.compile(r"[|｜│┃]")
_MOST_LINES = 40
_RULE = re.compile(r"[\s|｜│┃:：\-—─━┼├┤+=]+")


def piped_rows(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least two lines with two bars or more; blank lines and rules between them do not count.

    A row that a bar opens but none closes goes on in the lines below, as cells of several lines do.
    """
    if not _has_bars(lines[first]):
        return None
    rows: list[Row] = []
    framed = _opens_row(lines[first]) and _closes_row(lines[first])
    position, last = first, first
    while position < len(lines) and position - last <= 2:
        line = lines[position]
        if not _has_bars(line) and not (rows and _opens_row(line)):
            if not line.blank:
                break
            position += 1
            continue
        end = _end_of_row(lines, position) if framed else position
        if not _RULE.fullmatch(line.text):
            rows.append(_cells(text, line.start, lines[end].end))
        last, position = end, end + 1
    return Written(tuple(rows), last) if len(rows) >= 2 else None


def _opens_row(line: Line) -> bool:
    return _BAR.match(line.text.lstrip()) is not None


def _end_of_row(lines: tuple[Line, ...], position: int) -> int:
    """The line that closes the row with a bar; its own line when none does before a blank one."""
    for line in lines[position : position + _MOST_LINES]:
        if line.blank:
            return position
        if _closes_row(line):
            return line.number
    return position


def _closes_row(line: Line) -> bool:
    return _BAR.search(line.text.rstrip()[-1:]) is not None


def _has_bars(line: Line) -> bool:
    return len(_BAR.findall(line.text)) >= 2


def _cells(text: str, start: int, end: int) -> Row:
    """The cells between the bars of ``text[start:end]``; a bar at either end is the frame."""
    bars = [mark.start() for mark in _BAR.finditer(text, start, end)]
    edges = [start - 1, *bars, end]
    if trimmed(text, start, bars[0]) is None:
        edges.pop(0)
    if trimmed(text, bars[-1] + 1, end) is None:
        edges.pop()
    spans = [trimmed(text, left + 1, right) for left, right in pairwise(edges)]
    return tuple((span,) if span else None for span in spans)
