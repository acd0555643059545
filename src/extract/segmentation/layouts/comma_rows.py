"""Rows with commas or slashes between cells, as spreadsheets export them or people type them.

Quoted cells may hold commas, doubled quotes and line breaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.offsets import CharSpan
from extract.segmentation.layouts.written import LONG, Row, Written, is_header
from extract.segmentation.lines import Line, trimmed

_FEWEST_COMMAS = 3
_FEWEST_ROWS = 3
_ROWS_THAT_TELL = 20  #: from which it is decided whether they are rows at all
_MOST_LINES = 40  #: that one row with quoted line breaks may take
_QUOTED = r'"(?P<quoted>(?:[^"]|"")*)"(?=[,，]|\s*$)'
_COMMA = re.compile(rf"{_QUOTED}|(?P<plain>[^,]*)")
_SLASH, _SPACED_SLASH = re.compile(r"(?P<plain>[^/／]*)"), re.compile(r"(?P<plain>(?:[^/／]|(?<!\s)[/／])*)")
_PARTS_SPACED = re.compile(r"\s[/／]")
_FEWEST_NAMED = 3  #: cells of a header that slashes part
_STOPS = ("。", "；", ";")
_PROSE = re.compile(r"[，。；：;:]")


def comma_rows(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least three rows one below the other with the same number of cells, four or more."""
    if lines[first].text.count(",") < _FEWEST_COMMAS:
        return None
    rows, _ = _rows_below(text, lines, first, _ROWS_THAT_TELL)
    width, times = Counter(len(row) for row in rows).most_common(1)[0]
    if times < _FEWEST_ROWS or width <= _FEWEST_COMMAS or len(rows[0]) != width or _is_prose(text, rows):
        return None
    rows, last = _rows_below(text, lines, first, len(lines))
    return Written(tuple(rows), last)


def slash_rows(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """A header whose columns slashes part, and at least two rows of as many cells.

    Where spaces stand before those of the header, a slash without one is a cell's own: 4次/年.
    """
    style = _SPACED_SLASH if _PARTS_SPACED.search(lines[first].text) else _SLASH
    header = _cells(text, CharSpan(lines[first].start, lines[first].end + 1), style)
    if len(header) < _FEWEST_NAMED or not is_header([_words(text, [cell]) for cell in header]):
        return None
    rows = [header]
    for line in lines[first + 1 :]:
        row = _cells(text, CharSpan(line.start, line.end + 1), style)
        if line.blank or len(row) != len(header):
            break
        rows.append(row)
    return Written(tuple(rows), first + len(rows) - 1) if len(rows) >= _FEWEST_ROWS else None


def _rows_below(text: str, lines: tuple[Line, ...], first: int, most: int) -> tuple[list[Row], int]:
    """The rows from a line on, up to ``most`` of them, and the last line they stand on."""
    rows: list[Row] = []
    position, last = first, first
    while position < len(lines) and len(rows) < most:
        end = _end_of_row(lines, position)
        span = CharSpan(lines[position].start, lines[end].end + 1)
        if lines[position].blank or span.of(text).count(",") < _FEWEST_COMMAS:
            break
        rows.append(_cells(text, span, _COMMA))
        last, position = end, end + 1
    return rows, last


def _end_of_row(lines: tuple[Line, ...], position: int) -> int:
    """The line on which the quotes that a line opens are closed; its own line when they never are."""
    quotes = 0
    for line in lines[position : position + _MOST_LINES]:
        quotes += line.text.count('"')
        if quotes % 2 == 0:
            return line.number
    return position


def _is_prose(text: str, rows: Sequence[Row]) -> bool:
    """Whether commas part the clauses of sentences: rows end in stops, or many cells are words with stops in them."""
    cells = [cell for row in rows for cell in row if cell]
    if any(text[cell[0].start - 1 : cell[0].start] == '"' for cell in cells):
        return False
    ended = sum(_words(text, row).endswith(_STOPS) for row in rows)
    told = sum(_PROSE.search(words) is not None for cell in cells if len(words := _words(text, [cell])) > LONG / 2)
    return 2 * ended >= len(rows) or 4 * told > len(cells)


def _words(text: str, row: Sequence[tuple[CharSpan, ...] | None]) -> str:
    return "".join(piece.of(text) for cell in row if cell for piece in cell)


def _cells(text: str, row: CharSpan, style: re.Pattern[str]) -> Row:
    cells = []
    words = text[row.start : row.end - 1].rstrip("\r")
    position = 0
    while position <= len(words):
        match = style.match(words, position)
        if match is None:
            break
        group = "quoted" if match.groupdict().get("quoted") is not None else "plain"
        span = trimmed(text, row.start + match.start(group), row.start + match.end(group))
        cells.append((span,) if span else None)
        position = match.end() + 1
    return tuple(cells)
