"""Comma-separated rows, as spreadsheets export them: quoted cells may hold commas and doubled quotes."""

from __future__ import annotations

import re
from collections import Counter

from extract.segmentation.layouts.written import Row, Written
from extract.segmentation.lines import Line, trimmed

_FEWEST_COMMAS = 3
_FEWEST_ROWS = 3
_CELL = re.compile(r'"(?P<quoted>(?:[^"]|"")*)"(?=,|\s*$)|(?P<plain>[^,]*)')


def comma_rows(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least three lines one below the other with the same number of cells, four or more."""
    if lines[first].text.count(",") < _FEWEST_COMMAS:
        return None
    rows: list[Row] = []
    last = first
    for line in lines[first:]:
        if line.blank or line.text.count(",") < _FEWEST_COMMAS:
            break
        rows.append(_cells(text, line))
        last = line.number
    width, times = Counter(len(row) for row in rows).most_common(1)[0]
    if times < _FEWEST_ROWS or width <= _FEWEST_COMMAS or len(rows[0]) != width:
        return None
    return Written(tuple(rows), last)


def _cells(text: str, line: Line) -> Row:
    cells = []
    position = 0
    while position <= len(line.text):
        match = _CELL.match(line.text, position)
        if match is None:
            break
        group = "quoted" if match["quoted"] is not None else "plain"
        span = trimmed(text, line.start + match.start(group), line.start + match.end(group))
        cells.append((span,) if span else None)
        position = match.end() + 1
    return tuple(cells)
