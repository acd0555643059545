"""One cell a line without a gap, as a PDF gives a plain table: headers, then rows of a name and a figure a column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.segmentation.layouts.written import PLACEHOLDER, Row, Written, header_kind, is_figure
from extract.segmentation.lines import Line, trimmed

_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 8
_FEWEST_ROWS = 3
_MOST_TITLES = 2
_LONGEST_HEADER, _LONGEST_NAME = 14, 24
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_BROKEN = re.compile(r"\d[\d.,，]*%?")  #: a figure with a point too many is one, too
_NO_NAME = re.compile(r"[。；;，,：:|｜\t]")
_TURNED = 2  #: names of rows that name columns: the columns stand one below the other
_KNOWN = 3  #: headers that other layouts know better what to do with


def even_cells(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """Three rows at least of as many cells as there are headers, each a name and figures; titles may stand above."""
    for top in range(first, first + _MOST_TITLES + 1):
        if top >= len(lines) or not _may_head(lines[top].text.strip()):
            return None
        found = _table_from(text, lines, top)
        if found is not None:
            titles = [_cells(text, lines[place : place + 1]) for place in range(first, top)]
            return Written((*titles, *found.rows), found.last)
    return None


def _table_from(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    for width in range(_FEWEST_COLUMNS, _MOST_COLUMNS + 1):
        heads = [line.text.strip() for line in lines[first : first + width]]
        if len(heads) < width or not _may_head(heads[-1], own=True):
            return None
        rows = _rows_below(lines, first + width, width)
        if rows >= _FEWEST_ROWS:
            names = [lines[first + width * row].text.strip() for row in range(1, rows + 1)]
            turned = sum(header_kind(name) is not None for name in names) >= _TURNED
            return None if turned or _are_known(heads) else _written(text, lines, first, width, rows)
    return None


def _may_head(words: str, *, own: bool = False) -> bool:
    """Whether a line may be a header; a year heads a column and no names."""
    if not words or len(words) > _LONGEST_HEADER or _NO_NAME.search(words):
        return False
    return (own and _YEAR.fullmatch(words) is not None) or not is_figure(words)


def _are_known(heads: Sequence[str]) -> bool:
    known = [header_kind(head) for head in heads if _YEAR.fullmatch(head) is None]
    return sum(kind is not None for kind in known) >= _KNOWN


def _rows_below(lines: tuple[Line, ...], start: int, width: int) -> int:
    """How many rows of that width follow one another."""
    count = 0
    while _is_row([line.text.strip() for line in lines[start : start + width]], width):
        count += 1
        start += width
    return count


def _is_row(cells: Sequence[str], width: int) -> bool:
    if len(cells) < width or not cells[0] or len(cells[0]) > _LONGEST_NAME or _NO_NAME.search(cells[0]):
        return False
    return not is_figure(cells[0]) and all(map(_is_value, cells[1:]))


def _is_value(words: str) -> bool:
    return is_figure(words) or _BROKEN.fullmatch(words) is not None or PLACEHOLDER.fullmatch(words) is not None


def _written(text: str, lines: tuple[Line, ...], first: int, width: int, rows: int) -> Written:
    last = first + width * (rows + 1)
    table = (_cells(text, lines[place : place + width]) for place in range(first, last, width))
    return Written(tuple(table), lines[last - 1].number)


def _cells(text: str, lines: Sequence[Line]) -> Row:
    spans = (trimmed(text, line.start, line.end) for line in lines)
    return tuple(None if span is None else (span,) for span in spans)
