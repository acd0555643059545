"""A report's text as what a person would type into an office program: paragraphs, and tables with merged cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from extract.annotation.markup import parse_markup
from extract.lexicons import default_units
from extract.offsets import joined
from extract.records import Grid
from extract.segmentation.grids import find_grids
from extract.segmentation.lines import lines_of

_LEVEL = re.compile(r"[一二三]级指标|[一二]级|绩效指标|指标类型|评价内容|项目")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页.{0,12})\s*")
_HEADERS = 3  #: rows at the top where a column's name may stand


class TypedCell(NamedTuple):
    text: str
    row: int
    column: int
    rows: int = 1  #: that it covers
    columns: int = 1


class TypedTable(NamedTuple):
    cells: tuple[TypedCell, ...]
    rows: int
    columns: int


Part = str | TypedTable


def text_of(annotated: str, name: str) -> str:
    """The text of an annotated report."""
    return parse_markup(annotated, name=name, units=default_units()).text


def typed_parts(text: str) -> tuple[Part, ...]:
    """Paragraphs and tables of a report's text in reading order."""
    lines = lines_of(text)
    grids = find_grids(text, lines)
    starts, ends = [grid.span.start for grid in grids], [grid.span.end for grid in grids]
    parts: list[Part] = []
    written = 0
    for line in lines:
        begun = bisect_right(starts, line.start)
        while written < begun:
            parts.append(_typed_table(text, grids[written]))
            written += 1
        outside = begun == bisect_right(ends, line.start)
        if outside and line.text.strip() and not _PAGE_NUMBER.fullmatch(line.text):
            parts.append(line.text.strip())
    return (*parts, *(_typed_table(text, grid) for grid in grids[written:]))


def _typed_table(text: str, grid: Grid) -> TypedTable:
    width = max(len(row) for row in grid.rows)
    places = [[_words(text, row, column) for column in range(width)] for row in grid.rows]
    owners = _owners(grid, places, width)
    cells = [
        TypedCell(places[row][column], row, column, *_extent(owners, row, column))
        for row in range(len(places))
        for column in range(width)
        if owners[row][column] == (row, column)
    ]
    return TypedTable(tuple(cells), len(places), width)


def _words(text: str, row: tuple[tuple[object, ...] | None, ...], column: int) -> str:
    pieces = row[column] if column < len(row) else None
    return joined(text, pieces).strip() if pieces else ""  # type: ignore[arg-type]


def _owners(grid: Grid, places: list[list[str]], width: int) -> list[list[tuple[int, int]]]:
    """For each place the first place of the cell that covers it: its own, or a merged one's to the left or above."""
    rows = grid.rows
    owners = [[(row, column) for column in range(width)] for row in range(len(rows))]
    levels = set(_level_columns(places))
    for row in range(len(rows)):
        for column in range(width):
            pieces = rows[row][column] if column < len(rows[row]) else None
            left = rows[row][column - 1] if 0 < column < len(rows[row]) + 1 else None
            above = rows[row - 1][column] if row and column < len(rows[row - 1]) else None
            if pieces and pieces == left:
                owners[row][column] = owners[row][column - 1]
            elif (pieces and pieces == above) or (
                pieces is None and column in levels and _goes_on(places, row, column)
            ):
                owners[row][column] = owners[row - 1][column]
    return _rectangular(owners)


def _level_columns(places: list[list[str]]) -> Iterator[int]:
    """The columns that name a level of indicators, where a blank place below a name means the same level."""
    for column in range(len(places[0])):
        if any(_LEVEL.fullmatch(row[column]) for row in places[:_HEADERS]):
            yield column


def _goes_on(places: list[list[str]], row: int, column: int) -> bool:
    """Whether the blank level at a place is that of the row above: figures stand in both rows, and the level above."""
    figures = [any(any(c.isdigit() for c in cell) for cell in places[line]) for line in (row - 1, row)]
    return row > 0 and all(figures) and not any(places[row][:column])


def _rectangular(owners: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """The same without cells that cover no rectangle: office programs know none; their places stand alone."""
    covered: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, line in enumerate(owners):
        for column, owner in enumerate(line):
            covered.setdefault(owner, []).append((row, column))
    for owner, places in covered.items():
        rows, columns = {row for row, _ in places}, {column for _, column in places}
        if len(places) != len(rows) * len(columns) or owner not in places:
            for row, column in places:
                owners[row][column] = (row, column)
    return owners


def _extent(owners: list[list[tuple[int, int]]], row: int, column: int) -> tuple[int, int]:
    down = sum(1 for line in range(row, len(owners)) if owners[line][column] == (row, column))
    across = sum(1 for place in owners[row][column:] if place == (row, column))
    return down, across
