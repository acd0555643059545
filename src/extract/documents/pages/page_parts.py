"""One page's characters and rulings → the tables and the rows of lines that stand on it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from extract.documents.pages.characters import Character
from extract.documents.pages.frames import Frame
from extract.documents.pages.lines import Line, lines_among, runs_among, turned_line
from extract.documents.pages.rulings import Ruling
from extract.documents.pages.tables import RuledCell, RuledTable, ruled_tables
from extract.records import Box

_PADDING = 8.0  #: points between a ruling and the text beside it, at most
_UPRIGHT_SHARE = 0.5


class PlacedCell(NamedTuple):
    """A cell by the rows and columns that it covers, with its lines; ``bottom`` and ``right`` are behind it."""

    top: int
    left: int
    bottom: int
    right: int
    lines: tuple[Line, ...]
    room: float = 0.0  #: the width that its text can take

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


class PlacedTable(NamedTuple):
    page: int
    xs: tuple[float, ...]
    rows: int
    cells: tuple[PlacedCell, ...]  #: in reading order
    box: Box
    ruled: bool = True


class PageParts(NamedTuple):
    """What stands on one page: tables from above, and outside them rows of lines, parted at wide gaps."""

    number: int  #: counted from 0
    frame: Frame
    tables: tuple[PlacedTable, ...]
    rows: tuple[tuple[Line, ...], ...]


def page_parts(number: int, frame: Frame, characters: Sequence[Character], rulings: Sequence[Ruling]) -> PageParts:
    """Tables and rows of one page."""
    tables = ruled_tables(rulings) if rulings else []
    inside, outside = _by_table(characters, tables)
    placed = tuple(
        _placed_table(number, table, inside[place]) for place, table in enumerate(tables) if _written(inside[place])
    )
    upright = [each for each in outside if not each.turned]
    rows = tuple(tuple(runs) for runs in runs_among(upright, number))
    return PageParts(number, frame, placed, rows)


def _written(characters: Sequence[Character]) -> bool:
    return any(not each.text.isspace() for each in characters)


def _by_table(
    characters: Sequence[Character], tables: Sequence[RuledTable]
) -> tuple[dict[int, list[Character]], list[Character]]:
    inside: dict[int, list[Character]] = defaultdict(list)
    outside = []
    for character in characters:
        x, y = (character.left + character.right) / 2, (character.top + character.bottom) / 2
        for place, table in enumerate(tables):
            left, top, right, bottom = table.box
            if left <= x <= right and top <= y <= bottom:
                inside[place].append(character)
                break
        else:
            outside.append(character)
    return inside, outside


def _placed_table(page: int, table: RuledTable, characters: Sequence[Character]) -> PlacedTable:
    owner = {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.top, cell.bottom)
        for column in range(cell.left, cell.right)
    }
    held: dict[RuledCell, list[Character]] = defaultdict(list)
    for character in characters:
        row = _place(table.ys, (character.top + character.bottom) / 2)
        column = _place(table.xs, (character.left + character.right) / 2)
        held[owner[row, column]].append(character)
    lines = {cell: _cell_lines(own, page) for cell, own in held.items()}
    gaps = [line.left - table.xs[cell.left] for cell, own in lines.items() for line in own]
    padding = min(max(min(gaps, default=0.0), 0.0), _PADDING)
    cells = tuple(
        PlacedCell(*cell, lines.get(cell, ()), table.xs[cell.right] - table.xs[cell.left] - 2 * padding)
        for cell in table.cells
    )
    return PlacedTable(page, table.xs, len(table.ys) - 1, cells, table.box)


def _place(edges: tuple[float, ...], at: float) -> int:
    return min(max(bisect_right(edges, at) - 1, 0), len(edges) - 2)


def _cell_lines(characters: Sequence[Character], page: int) -> tuple[Line, ...]:
    """The lines of a cell; text that is turned, as that of a side header can be, is one line."""
    turns = Counter(each.turned for each in characters)
    turn = max(turns, key=lambda each: turns[each])
    if turn and turns[turn] > _UPRIGHT_SHARE * len(characters):
        line = turned_line([each for each in characters if each.turned == turn], page, turn)
        return (line,) if line is not None else ()
    return tuple(lines_among((each for each in characters if not each.turned), page))
