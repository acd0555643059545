"""Rulings → the cells between them, tables as a person sees them.

Level and upright rulings that touch form one frame; its ys and xs part it into places. Places that no ruling parts are
one cell, which so is merged over rows and columns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.documents.pages.rulings import Ruling
from extract.records import Box

_SNAP = 3.0  #: points: rulings that lie nearer to each other are one
_OPEN = 12.0  #: points that level rulings reach beyond the upright ones where a table is open at its sides
_MOST_PLACES = 60_000  #: rows times columns of one page's table
_COVERED = 0.6  #: of a place's side: how much of it must be ruled to part it from its neighbour


class RuledCell(NamedTuple):
    """A cell by the rows and columns that it covers; ``bottom`` and ``right`` are the first behind it."""

    top: int
    left: int
    bottom: int
    right: int


class RuledTable(NamedTuple):
    xs: tuple[float, ...]  #: where columns begin, and the right side
    ys: tuple[float, ...]
    cells: tuple[RuledCell, ...]  #: in reading order

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, cell: RuledCell) -> Box:
        return (self.xs[cell.left], self.ys[cell.top], self.xs[cell.right], self.ys[cell.bottom])


def ruled_tables(rulings: Sequence[Ruling]) -> list[RuledTable]:
    """The tables of a page, from above; a frame around a single cell is none."""
    level = _joined(ruling for ruling in rulings if ruling.is_level)
    upright = _joined(ruling for ruling in rulings if not ruling.is_level)
    found = []
    for frame_level, frame_upright in _frames(level, upright):
        table = _table(frame_level, _closed(frame_level, frame_upright))
        if table is not None and len(table.cells) > 1:
            found.append(table)
    outer = [table for table in found if not any(_inside(table.box, other.box) for other in found if other != table)]
    return sorted(outer, key=lambda table: (table.ys[0], table.xs[0]))


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer[0] - _SNAP <= inner[0]
        and outer[1] - _SNAP <= inner[1]
        and inner[2] <= outer[2] + _SNAP
        and inner[3] <= outer[3] + _SNAP
        and inner != outer
    )


def _joined(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Rulings on one line that touch or overlap, as one."""
    made: list[Ruling] = []
    for group in _near(sorted(rulings, key=lambda ruling: ruling.at)):
        at = sum(ruling.at for ruling in group) / len(group)
        start, end = None, 0.0
        for ruling in sorted(group, key=lambda each: each.start):
            if start is None or ruling.start > end + _SNAP:
                if start is not None:
                    made.append(Ruling(group[0].is_level, at, start, end))
                start, end = ruling.start, ruling.end
            end = max(end, ruling.end)
        if start is not None:
            made.append(Ruling(group[0].is_level, at, start, end))
    return made


def _near(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    groups: list[list[Ruling]] = []
    for ruling in rulings:
        if groups and ruling.at - groups[-1][-1].at <= _SNAP / 2 and ruling.at - groups[-1][0].at <= _SNAP:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return groups


def _frames(level: list[Ruling], upright: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Rulings by what they are connected to, through crossings."""
    parent = list(range(len(level) + len(upright)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    heights = [ruling.at for ruling in level]  # sorted
    for number, line in enumerate(upright, len(level)):
        first = bisect_left(heights, line.start - _SNAP)
        last = bisect_right(heights, line.end + _SNAP)
        for place in range(first, last):
            if level[place].start - _SNAP <= line.at <= level[place].end + _SNAP:
                parent[root(number)] = root(place)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for number, ruling in enumerate([*level, *upright]):
        groups[root(number)][0 if ruling.is_level else 1].append(ruling)
    return [(ones, others) for ones, others in groups.values() if len(ones) > 1 and others]


def _closed(level: list[Ruling], upright: list[Ruling]) -> list[Ruling]:
    """``upright`` with the sides of a table that is left open there."""
    top, bottom = level[0].at, level[-1].at
    left, right = min(ruling.start for ruling in level), max(ruling.end for ruling in level)
    sides = []
    for side, reach in ((left, min(line.at for line in upright) - left), (right, right - max(r.at for r in upright))):
        ending = sum(abs((line.start if side == left else line.end) - side) <= _SNAP for line in level)
        if reach > _OPEN and ending > 1:
            sides.append(Ruling(False, side, top, bottom))
    return [*upright, *sides]


def _table(level: list[Ruling], upright: list[Ruling]) -> RuledTable | None:
    ys, xs = _positions(level), _positions(upright)
    if len(ys) < 2 or len(xs) < 2 or (len(ys) - 1) * (len(xs) - 1) > _MOST_PLACES:
        return None
    below = _walls(level, ys, xs)
    beside = _walls(upright, xs, ys)
    return RuledTable(xs, ys, _cells(len(ys) - 1, len(xs) - 1, below, beside))


def _positions(rulings: Sequence[Ruling]) -> tuple[float, ...]:
    groups: list[list[float]] = []
    for at in sorted(ruling.at for ruling in rulings):
        if groups and at - groups[-1][-1] <= _SNAP:
            groups[-1].append(at)
        else:
            groups.append([at])
    return tuple(sum(group) / len(group) for group in groups)


def _walls(rulings: Sequence[Ruling], across: tuple[float, ...], along: tuple[float, ...]) -> set[tuple[int, int]]:
    """(n, place): where a ruling at ``across[n]`` covers the place that begins at ``along[place]``."""
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for ruling in rulings:
        line = _nearest(across, ruling.at)
        first = max(bisect_right(along, ruling.start) - 1, 0)
        for place in range(first, len(along) - 1):
            if along[place] >= ruling.end:
                break
            covered[line, place] += min(ruling.end, along[place + 1]) - max(ruling.start, along[place])
    return {
        (line, place)
        for (line, place), length in covered.items()
        if length >= _COVERED * (along[place + 1] - along[place])
    }


def _nearest(positions: Sequence[float], at: float) -> int:
    place = bisect_left(positions, at)
    near = range(max(place - 1, 0), min(place + 1, len(positions)))
    return min(near, key=lambda n: abs(positions[n] - at))


def _cells(rows: int, columns: int, below: set[tuple[int, int]], beside: set[tuple[int, int]]) -> tuple[RuledCell, ...]:
    """The largest rectangles of places that nothing parts, grown to the right, then downwards."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < columns and (right, row) not in beside and (row, right) not in taken:
                right += 1
            bottom = row + 1
            while bottom < rows and _goes_down(bottom, column, right, below, beside):
                bottom += 1
            taken.update((r, c) for r in range(row, bottom) for c in range(column, right))
            cells.append(RuledCell(row, column, bottom, right))
    return tuple(cells)


def _goes_down(bottom: int, left: int, right: int, below: set[tuple[int, int]], beside: set[tuple[int, int]]) -> bool:
    """Whether the places in row ``bottom`` belong to the cell above, which covers ``[left, right)``."""
    if any((bottom, column) in below for column in range(left, right)):
        return False
    return not any((column, bottom) in beside for column in range(left + 1, right))
