"""Tab-separated rows: one line a row, merged cells empty or left out, header cells perhaps broken over lines."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from extract.offsets import CharSpan, joined
from extract.segmentation.captions import calls_table
from extract.segmentation.layouts.written import NUMBER_CELL, Row, Written, header_kind
from extract.segmentation.lines import Line, trimmed
from extract.segmentation.numbering import numbered

_MOST_GAP = 2  #: lines without a tab that may stand between two rows
_MOST_PAGE_GAP = 5  #: the same where a page ends, with its number among them
_PAGE_NUMBER = re.compile(r"\s*[-—–]?\s*\d{1,4}\s*[-—–]?\s*")
_SHORT = 8
_STOPS = re.compile(r"[：:。；;]")


def has_inner_tab(line: Line) -> bool:
    return "\t" in line.text.strip(" \r").lstrip("\t").rstrip() or line.text.strip(" \r").count("\t") > 1


def tab_rows(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least two lines with tabs between cells, blank lines and page numbers aside."""
    start = first
    if not has_inner_tab(lines[first]):
        if not _begins_header(lines, first):
            return None
        start = first + 1
    tabbed = _tabbed_lines(lines, start)
    if len(tabbed) < 2:
        return None
    rows = [_cells(text, line) for line in tabbed]
    if start != first:
        rows[0] = (_joined(rows[0][0], trimmed(text, lines[first].start, lines[first].end), before=True), *rows[0][1:])
    last = tabbed[-1].number
    return Written(tuple(_mended(text, lines, rows, tabbed)), last)


def _begins_header(lines: tuple[Line, ...], first: int) -> bool:
    """A short line whose word goes on in the first cell of a tabbed line: 一级 / 指标→二级."""
    line = lines[first].text.strip()
    if not 0 < len(line) <= _SHORT or first + 1 >= len(lines) or not has_inner_tab(lines[first + 1]):
        return False
    head = lines[first + 1].text.split("\t", 1)[0].strip()
    return bool(head) and header_kind(line) is None and header_kind(line + head) is not None


def _tabbed_lines(lines: tuple[Line, ...], start: int) -> list[Line]:
    """The tabbed lines of one table; what stands between them is blank, a page number, or the end of a cell."""
    tabbed: list[Line] = []
    last, page_ended = start, False
    for line in lines[start:]:
        if line.number - last > (_MOST_PAGE_GAP if page_ended else _MOST_GAP) + 1:
            break
        if has_inner_tab(line):
            tabbed.append(line)
            last, page_ended = line.number, False
        elif _PAGE_NUMBER.fullmatch(line.text):
            page_ended = True
        elif not line.blank and not _may_be_rest(line):
            break
    return tabbed


def _may_be_rest(line: Line) -> bool:
    """Whether a line without a tab may be the rest of a cell: a short word, no heading and no caption."""
    written = line.text.strip()
    told = numbered(written) is not None or _STOPS.search(written) is not None or calls_table(written)
    return len(written) <= _SHORT and not told


def _cells(text: str, line: Line) -> Row:
    cells, start = [], line.start
    for piece in line.text.split("\t"):
        span = trimmed(text, start, start + len(piece))
        cells.append((span,) if span else None)
        start += len(piece) + 1
    return tuple(cells)


def _joined(
    cell: tuple[CharSpan, ...] | None, span: CharSpan | None, *, before: bool = False
) -> tuple[CharSpan, ...] | None:
    pieces = (cell or ()), ((span,) if span else ())
    return (pieces[1] + pieces[0] if before else pieces[0] + pieces[1]) or None


def _mended(text: str, lines: tuple[Line, ...], rows: list[Row], tabbed: list[Line]) -> list[Row]:
    """Rows whose cells were broken over lines, joined again: their parts add up to the table's width."""
    counts = Counter(len(row) for row in rows)
    width = max(counts, key=lambda cells: (counts[cells] * cells, cells))
    out: list[Row] = []
    index = 0
    while index < len(rows):
        end = _end_of_broken(text, rows, tabbed, index, width)
        row = rows[index]
        for part in rows[index + 1 : end]:
            glued = (row[-1] or ()) + (part[0] or ())
            row = (*row[:-1], glued or None, *part[1:])
        tail = lines[tabbed[end - 1].number + 1] if tabbed[end - 1].number + 1 < len(lines) else None
        if tail is not None and _ends_cell(text, row, tail):
            row = (*row[:-1], _joined(row[-1], trimmed(text, tail.start, tail.end)))
        out.append(row)
        index = end
    return out


def _end_of_broken(text: str, rows: list[Row], tabbed: list[Line], index: int, width: int) -> int:
    """The row behind the last part of the row that begins at ``index``; the next row if it is whole."""
    total, end = len(rows[index]), index + 1
    while total < width and end < len(rows) and rows[end][0] is not None and rows[end - 1][-1] is not None:
        if tabbed[end].number != tabbed[end - 1].number + 1:
            break
        total += len(rows[end]) - 1
        end += 1
        if total == width:
            return end if _parts_fit(text, rows[index:end]) else index + 1
    return index + 1


def _parts_fit(text: str, parts: list[Row]) -> bool:
    """Whether what is glued together makes sense: headers that are known, or words and never two numbers."""
    heads = sum(cell is not None and header_kind(joined(text, cell)) is not None for row in parts for cell in row)
    for part, following in pairwise(parts):
        left, right = (joined(text, cell) if cell else "" for cell in (part[-1], following[0]))
        if NUMBER_CELL.fullmatch(left) or NUMBER_CELL.fullmatch(right):
            return False
        if heads >= 2 and header_kind(left + right) is None:
            return False
    return True


def _ends_cell(text: str, row: Row, line: Line) -> bool:
    """Whether a short line without a tab is the rest of a header's last cell."""
    if has_inner_tab(line) or line.blank or len(line.text.strip()) > _SHORT or row[-1] is None:
        return False
    last = row[-1][-1].of(text)
    known = sum(cell is not None and header_kind("".join(p.of(text) for p in cell)) is not None for cell in row)
    return known >= 3 and header_kind(last + line.text.strip()) is not None
