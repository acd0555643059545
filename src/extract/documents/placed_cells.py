"""Cells with their places on a sheet, in a web page's table or a file of separated values: what is a table among them.

A sheet is no table yet. Its title, the unit of its amounts, notes and whole paragraphs stand in cells too. So the cells
are read in three steps: rows that follow each other without a gap make a region; rows of a region that hold a title
or prose are paragraphs; what is left are tables, whose merged cells keep their extent.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.documents.blocks import Block, BlockCell, BlockTable, Paragraph
from extract.errors import ReadError

MAX_PLACES = 500_000  #: rows times columns of one table
_LONG = 40  #: characters of a row's only cell from which on it is prose
_LABELLED = re.compile(r"[^：:]{1,20}[：:]")
_CAPTION = re.compile(r"(?:附?[表件]\s*[\d一二三四五六七八九十]|[（(]?(?:金额)?单位\s*[:：])|.*[。；]$", re.S)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """What stands in a cell, and the rows and columns that it covers, counted from 0."""

    row: int
    column: int
    blocks: tuple[Block, ...]
    height: int = 1
    width: int = 1

    @property
    def text(self) -> str:
        return "".join(_words(self.blocks))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a region: the cells that begin in it, and how many others reach into it from above."""

    number: int
    cells: tuple[PlacedCell, ...]
    reached: int

    @property
    def alone(self) -> PlacedCell | None:
        """The only cell of the row."""
        return self.cells[0] if len(self.cells) == 1 and not self.reached else None


def blocks_of_cells(
    cells: Sequence[PlacedCell], *, where: str, framed: frozenset[int] = frozenset()
) -> tuple[Block, ...]:
    """The paragraphs and tables that ``cells`` make; ``framed`` are empty rows that are drawn as part of a table.

    Raises:
        ReadError: if a table has more places than any report's.
    """
    made: list[Block] = []
    for region in regions(cells, framed):
        for part in _parts(region):
            alone = [row.alone for row in part]
            if all(alone):
                made += [block for cell in alone if cell for block in cell.blocks]
            elif len(part) == 1 and _is_labelled(part[0]):
                made += _labels(part[0].cells)
            else:
                made.append(_table(part, where))
    return tuple(made)


def regions(cells: Sequence[PlacedCell], framed: frozenset[int] = frozenset()) -> Iterator[list[_Row]]:
    """Rows that hold text and follow each other; an empty row parts them unless it is framed or a cell covers it."""
    region: list[_Row] = []
    covered = 0
    for row in _rows(cells):
        if region and not all(gap in framed for gap in range(max(region[-1].number + 1, covered), row.number)):
            yield region
            region = []
        covered = max([covered, *(cell.row + cell.height for cell in row.cells)])
        region.append(row)
    if region:
        yield region


def _rows(cells: Sequence[PlacedCell]) -> Iterator[_Row]:
    begun: dict[int, list[PlacedCell]] = {}
    for cell in cells:
        if cell.text.strip():
            begun.setdefault(cell.row, []).append(cell)
    reaching: list[PlacedCell] = []
    for number in sorted(begun):
        reaching = [cell for cell in reaching if cell.row + cell.height > number]
        beginning = sorted(begun[number], key=lambda cell: cell.column)
        yield _Row(number, tuple(beginning), len(reaching))
        reaching += [cell for cell in beginning if cell.height > 1]


# Titles and prose beside tables


def _parts(region: list[_Row]) -> Iterator[list[_Row]]:
    """A region cut where titles, labels and prose end and where a table does."""
    first = min(cell.column for row in region for cell in row.cells)
    width = max(cell.column + cell.width for row in region for cell in row.cells) - first
    kinds = [_is_line(row, first, width) for row in region]
    _keep_rows_inside(region, kinds)
    begin = 0
    for number, (kind, following) in enumerate(pairwise(kinds), 1):
        labelled = kind and (region[number - 1].alone is None or region[number].alone is None)
        if kind != following or labelled:
            yield region[begin:number]
            begin = number
    yield region[begin:]


def _keep_rows_inside(region: list[_Row], kinds: list[bool]) -> None:
    """Marks as rows of their table the titles of its sections: lines between rows that part no two tables."""
    tables = [number for number, is_line in enumerate(kinds) if not is_line]
    for above, below in pairwise(tables):
        lines = region[above + 1 : below]
        if lines and not (_parts_tables(lines) and not _holds_figures(region[below])):
            kinds[above + 1 : below] = [False] * len(lines)


def _parts_tables(lines: list[_Row]) -> bool:
    words = [row.alone.text.strip() if row.alone else "" for row in lines]
    return len(lines) > 1 or any(len(line) > _LONG or _CAPTION.match(line) for line in words)


def _holds_figures(row: _Row) -> bool:
    return any(_DIGIT.search(cell.text) for cell in row.cells[1:])


def _is_line(row: _Row, first: int, width: int) -> bool:
    """Whether a row is a title, a label or prose: one cell at the margin or over half the width, or only labels."""
    cell = row.alone
    if cell is None:
        return _is_labelled(row)
    at_margin = cell.column == first or 2 * cell.width >= width
    return cell.height == 1 and (at_margin or _LABELLED.match(cell.text.strip()) is not None)


def _is_labelled(row: _Row) -> bool:
    """Whether every cell names itself, or is named by the cell before: 填报日期： beside a date, 单位：万元."""
    if row.reached or any(cell.height > 1 or len(cell.text) > _LONG for cell in row.cells):
        return False
    texts = [cell.text.strip() for cell in row.cells]
    return all(
        _LABELLED.match(text) or (number and _is_label(texts[number - 1])) for number, text in enumerate(texts)
    ) and not all(_is_label(text) for text in texts)


def _is_label(text: str) -> bool:
    return text.endswith(("：", ":"))


def _labels(cells: Sequence[PlacedCell]) -> Iterator[Block]:
    """A line for each label with what it names."""
    before = Paragraph("")
    for cell in cells:
        for block in cell.blocks:
            if isinstance(block, Paragraph) and _is_label(before.text.strip()):
                moved = (stretch.moved(len(before.text)) for stretch in block.stretches)
                before = Paragraph(before.text + block.text, (*before.stretches, *moved))
                yield before
            elif not _is_label("".join(_words((block,))).strip()):
                yield block
            before = block if isinstance(block, Paragraph) else Paragraph("")
    if _is_label(before.text.strip()):
        yield before


# Tables


def _table(rows: list[_Row], where: str) -> BlockTable:
    """A table of ``rows``; columns in which no cell begins are none."""
    columns = sorted({cell.column for row in rows for cell in row.cells})
    if len(rows) * len(columns) > MAX_PLACES:
        raise too_large(where, len(rows), len(columns))
    reaching: list[PlacedCell] = []
    made = []
    for row in rows:
        reaching = [cell for cell in reaching if cell.row + cell.height > row.number]
        made.append(tuple(_row_cells(row, reaching, columns)))
        reaching += [cell for cell in row.cells if cell.height > 1]
    return BlockTable(tuple(made), len(columns))


def _row_cells(row: _Row, reaching: Sequence[PlacedCell], columns: list[int]) -> Iterator[BlockCell]:
    """The cells of a row from left to right, empty places among them."""
    places: list[PlacedCell | None] = [None] * len(columns)
    for cell in (*reaching, *row.cells):  # where two cells claim a place, the one that begins there has it
        begin, end = (bisect_left(columns, column) for column in (cell.column, cell.column + cell.width))
        places[begin:end] = [cell] * (end - begin)
    begin = 0
    while begin < len(places):
        here, end = places[begin], begin + 1
        while here is not None and end < len(places) and places[end] is here:
            end += 1
        if here is None:
            yield BlockCell((), begin, 1)
        else:
            goes_on = here.row < row.number
            yield BlockCell(() if goes_on else here.blocks, begin, end - begin, here.height > 1, goes_on)
        begin = end


def too_large(where: str, rows: int, columns: int) -> ReadError:
    return ReadError(
        f"{where}: a table of {rows:,} rows and {columns:,} columns; no report is like that, so it is not read; "
        "split it or delete what is not needed",
        zh=f"{where}：表格有 {rows:,} 行 {columns:,} 列，不像正常的报告，不予读取；请拆分或删去无关内容",
    )


def _words(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (words for row in block.rows for cell in row for words in _words(cell.blocks))
