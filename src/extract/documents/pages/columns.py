"""Rows of a page → its lines in reading order: of two columns of text the left one first.

Two columns are told by a gutter: a strip of white that runs down between long lines, row after row. Short words that
stand apart in one row, as in a signature or an aligned list, make none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.documents.pages.lines import Line

_LEAST_ROWS = 5
_LEAST_LENGTH = 9  #: characters of the lines beside a gutter, on average
_LEAST_SHARE = 0.6  #: of the rows of two columns, how many must be written on both sides


class Region(NamedTuple):
    """Rows that are read from above, one line each or parted by gaps; ``column`` is 0 for the whole width."""

    column: int
    rows: tuple[tuple[Line, ...], ...]


def regions_of(rows: Sequence[tuple[Line, ...]]) -> list[Region]:
    """``rows`` of a page in reading order: across the page, or parted by a gutter."""
    regions: list[Region] = []
    plain: list[tuple[Line, ...]] = []
    for band, gutter in _bands(rows):
        if gutter is None:
            plain += band
            continue
        if plain:
            regions.append(Region(0, tuple(plain)))
            plain = []
        sides = [[tuple(run for run in row if (run.left < gutter) == (side == 1)) for row in band] for side in (1, 2)]
        regions += [Region(side, tuple(row for row in rows if row)) for side, rows in enumerate(sides, 1)]
    if plain:
        regions.append(Region(0, tuple(plain)))
    return regions


def _bands(rows: Sequence[tuple[Line, ...]]) -> Iterator[tuple[list[tuple[Line, ...]], float | None]]:
    """Rows that follow each other, with the gutter that runs through them."""
    start = 0
    while start < len(rows):
        gutter = _gutter_at(rows, start)
        end = start + 1
        while gutter is not None and end < len(rows) and _is_clear(rows[end], gutter):
            end += 1
        if gutter is not None and not _are_columns(rows[start:end], gutter):
            gutter, end = None, start + 1
        yield list(rows[start:end]), gutter
        start = end


def _gutter_at(rows: Sequence[tuple[Line, ...]], start: int) -> float | None:
    """The middle of the white strip that parts the row at ``start`` and those below; None if it is not parted."""
    if len(rows[start]) != 2:
        return None
    left, right = rows[start][0].right, rows[start][1].left
    for row in rows[start + 1 : start + _LEAST_ROWS]:
        for run in row:
            if run.right < right and run.left < left:
                left = max(left, run.right)
            elif run.left > left:
                right = min(right, run.left)
    return (left + right) / 2 if right - left > 0.8 * rows[start][0].size else None


def _is_clear(row: tuple[Line, ...], gutter: float) -> bool:
    return all(run.right <= gutter or run.left >= gutter for run in row) and len(row) <= 2


def _are_columns(band: Sequence[tuple[Line, ...]], gutter: float) -> bool:
    both = [row for row in band if len(row) == 2 and row[0].right <= gutter <= row[1].left]
    if len(both) < _LEAST_ROWS or len(both) < _LEAST_SHARE * len(band):
        return False
    return all(sum(len(row[side].text) for row in both) >= _LEAST_LENGTH * len(both) for side in (0, 1))
