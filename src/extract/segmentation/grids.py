"""Rows of cells as they stand in a text dump, before anyone knows what their columns mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.offsets import CharSpan
from extract.records import Grid
from extract.segmentation.lines import Line, trimmed
from extract.segmentation.numbering import MAX_TITLE, numbered

_TITLE = re.compile(r"\s*(?:\d{4}\s*年度?.{2,40}(?:支出|报告|自评|评价)|.{0,40}(?:自评|评价|总结)(?:报告|表))\s*$")
_Rows = tuple[tuple[tuple[CharSpan | None, ...], ...], int]  #: rows, and the last line they stand on
LONG = 16  #: characters from which a cell is told in words rather than named


def find_grids(text: str, lines: tuple[Line, ...]) -> tuple[Grid, ...]:
    """The stretches of ``lines`` that are tables, in text order."""
    grids, position = [], 0
    while position < len(lines):
        found = _row_grid(text, lines, position) or _cell_grid(text, lines, position)
        if found is None:
            position += 1
            continue
        rows, last = found
        span = CharSpan(lines[position].start, lines[last].end)
        grids.append(Grid(rows=rows, span=span, caption=_caption(lines, position)))
        position = last + 1
    return tuple(grids)


def _caption(lines: tuple[Line, ...], first: int) -> str:
    """The last written lines above a grid, where its title and 单位：万元 stand."""
    above = [line.text.strip() for line in lines[max(0, first - 4) : first] if not line.blank]
    return " ".join(piece for piece in above[-2:] if len(piece) <= MAX_TITLE)


def _has_inner_tab(line: Line) -> bool:
    return "\t" in line.text.strip(" \r").lstrip("\t").rstrip() or line.text.strip(" \r").count("\t") > 1


def _row_grid(text: str, lines: tuple[Line, ...], first: int) -> _Rows | None:
    """Tab-separated rows: at least two lines with tabs between cells, blank lines aside."""
    if not _has_inner_tab(lines[first]) or lines[first].blank:
        return None
    rows, last, position, tabbed = [], first, first, 0
    while position < len(lines) and position - last <= 2:
        line = lines[position]
        if _has_inner_tab(line) and not line.blank:
            rows.append(_tab_cells(text, line))
            last, tabbed = position, tabbed + 1
        elif not line.blank:
            break
        position += 1
    return (tuple(rows), last) if tabbed >= 2 else None


def _tab_cells(text: str, line: Line) -> tuple[CharSpan | None, ...]:
    cells, start = [], line.start
    for piece in line.text.split("\t"):
        cells.append(trimmed(text, start, start + len(piece)))
        start += len(piece) + 1
    return tuple(cells)


def _cell_grid(text: str, lines: tuple[Line, ...], first: int) -> _Rows | None:
    """One cell a line, each begun by a tab; a cell may go on over lines without one, a blank line parts rows."""
    if not _opens_cell(lines[first]):
        return None
    cells = _cells_below(text, lines, first)
    if len(cells) < 4:
        return None
    rows: list[tuple[CharSpan | None, ...]] = []
    row: list[_RawCell] = []
    for cell in cells:
        if row and cell.blank_before and not _answers(row, cell):
            rows.append(tuple(c.span for c in row))
            row = []
        row.append(cell)
    rows.append(tuple(c.span for c in row))
    return tuple(rows), cells[-1].last_line


@dataclass(frozen=True, slots=True)
class _RawCell:
    span: CharSpan | None
    last_line: int
    blank_before: bool

    @property
    def length(self) -> int:
        return 0 if self.span is None else self.span.end - self.span.start


def _opens_cell(line: Line) -> bool:
    return line.text.startswith("\t") and not _has_inner_tab(line)


def _answers(row: list[_RawCell], cell: _RawCell) -> bool:
    """Whether a long cell behind blank lines is the answer to the one long cell before it."""
    long_cells = sum(c.length > LONG for c in row)
    return cell.length > LONG and row[-1].length > LONG and long_cells == 1


def _cells_below(text: str, lines: tuple[Line, ...], first: int) -> list[_RawCell]:
    cells: list[_RawCell] = []
    opened, blank_before, blank, last = first, False, False, first
    for line in lines[first + 1 :]:
        if _opens_cell(line):
            cells.append(_raw_cell(text, lines, opened, last, blank_before))
            opened, blank_before, last = line.number, blank, line.number
            blank = False
        elif line.blank:
            blank = True
        elif line.text.startswith("\t") or _ends_grid(line, lines[opened]):
            break
        else:
            last, blank = line.number, False
    last = _last_of_cell(lines, opened, last)
    cells.append(_raw_cell(text, lines, opened, last, blank_before))
    return cells


def _raw_cell(text: str, lines: tuple[Line, ...], first: int, last: int, blank_before: bool) -> _RawCell:
    return _RawCell(trimmed(text, lines[first].start, lines[last].end), last, blank_before)


def _ends_grid(line: Line, opener: Line) -> bool:
    """A title, or a heading 一、 that is no item of the open cell, ends the table."""
    heading = numbered(line.text)
    outermost = heading is not None and heading.rank == 1
    return bool(_TITLE.match(line.text)) or (outermost and numbered(opener.text.strip()) is None and not opener.blank)


def _last_of_cell(lines: tuple[Line, ...], opened: int, last: int) -> int:
    """The last cell of a table ends at the first blank line, as nothing behind it says where it stops."""
    for line in lines[opened + 1 : last + 1]:
        if line.blank:
            return line.number - 1
    return last
