"""Rows with bars between cells, as in Markdown; a line of dashes under the header is left out."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.offsets import CharSpan
from extract.segmentation.layouts.written import Row, Written, is_header
from extract.segmentation.lines import Line, trimmed

_BAR = re.compile(r"[|｜│┃]")
_FEWEST_BARS = 2
_FEWEST_ROWS = 2
_MOST_GAP = 2
_MOST_LINES = 40
_RULE = re.compile(r"[\s|｜│┃:：\-—─━┼├┤+=]+")


def piped_rows(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least two lines with two bars or more (one between two headers); blank lines and rules do not count.

    A row that a bar opens but none closes goes on in the lines below, as cells of several lines do.
    """
    fewest = 1 if _parts_two_headers(lines[first]) else _FEWEST_BARS
    if _bars(lines[first]) < fewest:
        return None
    rows: list[CharSpan] = []
    framed = _opens_row(lines[first]) and _closes_row(lines[first])
    position, last = first, first
    while position < len(lines) and position - last <= _MOST_GAP:
        line = lines[position]
        if _bars(line) < fewest and not (rows and _opens_row(line)):
            if not line.blank:
                break
            position += 1
            continue
        end = _end_of_row(lines, position) if framed else position
        if not _RULE.fullmatch(line.text):
            rows.append(CharSpan(line.start, lines[end].end))
        last, position = end, end + 1
    return Written(_cells_of(text, rows), last) if len(rows) >= _FEWEST_ROWS else None


def _bars(line: Line) -> int:
    return len(_BAR.findall(line.text))


def _parts_two_headers(line: Line) -> bool:
    parts = [part.strip() for part in _BAR.split(line.text)]
    return len(parts) == 2 and all(parts) and is_header(parts)


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


def _cells_of(text: str, rows: list[CharSpan]) -> tuple[Row, ...]:
    """The cells between the bars of each row; bars that begin or end every row are the frame."""
    cells = [_between_bars(text, row) for row in rows]
    left = 1 if all(row[0] is None for row in cells) else 0
    right = 1 if all(row[-1] is None for row in cells) else 0
    return tuple(row[left : len(row) - right] for row in cells)


def _between_bars(text: str, row: CharSpan) -> Row:
    bars = [mark.start() for mark in _BAR.finditer(text, row.start, row.end)]
    spans = [trimmed(text, left + 1, right) for left, right in pairwise([row.start - 1, *bars, row.end])]
    return tuple((span,) if span else None for span in spans)
