"""One cell a line, each begun by a tab; a cell may go on over lines without one, and a blank line parts rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.offsets import CharSpan
from extract.segmentation.captions import is_caption
from extract.segmentation.layouts.tab_rows import has_inner_tab
from extract.segmentation.layouts.written import LONG, Row, Written
from extract.segmentation.lines import Line, trimmed
from extract.segmentation.numbering import numbered

_TITLE = re.compile(r"\s*(?:\d{4}\s*年度?.{2,40}(?:支出|报告|自评|评价)|.{0,40}(?:自评|评价|总结)(?:报告|表))\s*$")
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class _RawCell:
    span: CharSpan | None
    last_line: int
    blank_before: bool

    @property
    def length(self) -> int:
        return 0 if self.span is None else self.span.end - self.span.start


def tab_cells(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least four cells one below the other."""
    if not _opens_cell(lines[first]):
        return None
    cells = _cells_below(text, lines, first)
    if len(cells) < _FEWEST:
        return None
    rows: list[Row] = []
    row: list[_RawCell] = []
    for cell in cells:
        if row and cell.blank_before and not _answers(row, cell):
            rows.append(_row(row))
            row = []
        row.append(cell)
    return Written((*rows, _row(row)), cells[-1].last_line)


def _row(cells: list[_RawCell]) -> Row:
    return tuple((cell.span,) if cell.span else None for cell in cells)


def _opens_cell(line: Line) -> bool:
    return line.text.startswith("\t") and not has_inner_tab(line)


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
        elif line.text.startswith("\t") or _ends_table(line, lines[opened]):
            break
        else:
            last, blank = line.number, False
    cells.append(_raw_cell(text, lines, opened, _last_of_cell(lines, opened, last), blank_before))
    return cells


def _raw_cell(text: str, lines: tuple[Line, ...], first: int, last: int, blank_before: bool) -> _RawCell:
    return _RawCell(trimmed(text, lines[first].start, lines[last].end), last, blank_before)


def _ends_table(line: Line, opener: Line) -> bool:
    """A title, or a heading 一、 that is no item of the open cell, ends the table."""
    heading = numbered(line.text)
    outermost = heading is not None and heading.rank <= 1
    return (
        is_caption(line.text)
        or bool(_TITLE.match(line.text))
        or (outermost and numbered(opener.text.strip()) is None and not opener.blank)
    )


def _last_of_cell(lines: tuple[Line, ...], opened: int, last: int) -> int:
    """The last cell of a table ends at the first blank line, as nothing behind it says where it stops."""
    for line in lines[opened + 1 : last + 1]:
        if line.blank:
            return line.number - 1
    return last
