"""Tables that go on over pages, put together: rows of one table, a repeated header once, a cut row whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.documents.pages.lines import Line
from extract.documents.pages.page_parts import PlacedCell, PlacedTable
from extract.documents.pages.paragraphs import cuts_a_figure, goes_on_in_cell

_NEAR = 4.0  #: points between edges of columns that count as one
_HEADER_ROWS = 4
_LONG, _MANY = 20, 3  #: characters, or lines, of a text that can be cut in the middle
_STOP = re.compile(r"[。！？!?；;]\s*$")
_NUMBER = re.compile(r"[\d.,%％/+\-—\s]+")


class WholeTable(NamedTuple):
    """A table over one or more pages."""

    columns: int
    rows: int
    cells: tuple[PlacedCell, ...]  #: in reading order, by rows and columns of the whole table


def whole_table(parts: Sequence[PlacedTable]) -> WholeTable:
    """The table that ``parts`` on pages that follow each other are."""
    edges = _edges(parts)
    cells, rows = _replaced(parts[0], edges), parts[0].rows
    header = _header(cells)
    for part in parts[1:]:
        below = _without_header(_replaced(part, edges), header)
        first = min((cell.top for cell in below), default=0)
        cells, below = _sewn(cells, [_down(cell, -first) for cell in below], rows)
        cells += [_down(cell, rows) for cell in below]
        rows = max(cell.bottom for cell in cells)
    return WholeTable(len(edges) - 1, rows, tuple(sorted(cells, key=lambda cell: (cell.top, cell.left))))


def goes_over_page(above: PlacedTable, below: PlacedTable) -> bool:
    """Whether a table at the top of a page is the rest of the last one of the page before, by its columns."""
    if not (above.ruled and below.ruled) or below.page != above.page + 1 or abs(above.xs[0] - below.xs[0]) > 2 * _NEAR:
        return False
    if abs(above.xs[-1] - below.xs[-1]) > 2 * _NEAR:
        return False
    few, many = sorted((above.xs, below.xs), key=len)
    return all(any(abs(x - other) <= _NEAR for other in many) for x in few)


def _edges(parts: Sequence[PlacedTable]) -> list[float]:
    edges: list[float] = []
    for x in sorted(x for part in parts for x in part.xs):
        if not edges or x - edges[-1] > _NEAR:
            edges.append(x)
    return edges


def _replaced(part: PlacedTable, edges: Sequence[float]) -> list[PlacedCell]:
    """The cells of ``part`` by the columns of the whole table."""
    places = [min(range(len(edges)), key=lambda n: abs(edges[n] - x)) for x in part.xs]
    return [cell._replace(left=places[cell.left], right=places[cell.right]) for cell in part.cells]


def _down(cell: PlacedCell, by: int) -> PlacedCell:
    return cell._replace(top=cell.top + by, bottom=cell.bottom + by)


_Header = list[list[tuple[int, str]]]


def _header(cells: Sequence[PlacedCell]) -> _Header:
    """What the first rows of a table say at which column."""
    return [_row(cells, row) for row in range(_HEADER_ROWS)]


def _row(cells: Sequence[PlacedCell], row: int) -> list[tuple[int, str]]:
    return [(cell.left, re.sub(r"\s+", "", cell.text)) for cell in cells if cell.top == row]


def _without_header(cells: list[PlacedCell], header: _Header) -> list[PlacedCell]:
    """``cells`` without the first rows, where they repeat those of the table's beginning."""
    for start in range(_HEADER_ROWS):
        count = 0
        while start + count < _HEADER_ROWS and header[start + count] and _row(cells, count) == header[start + count]:
            count += 1
        words = [text for row in header[start : start + count] for _, text in row if text]
        if count and len(words) > 1 and not any(_NUMBER.fullmatch(text) for text in words):
            return [cell for cell in cells if cell.top >= count]
    return cells


def _sewn(above: list[PlacedCell], below: list[PlacedCell], rows: int) -> tuple[list[PlacedCell], list[PlacedCell]]:
    """The table so far and what comes on the next page, where a row or a merged cell is cut between them."""
    last = {cell.left: cell for cell in above if cell.bottom == rows}
    first = [cell for cell in below if cell.top == 0]
    if _is_cut_row(last, first):
        rest = [_down(cell, -1) for cell in below if cell.top > 0]
        grown = {cell.left: (cell.lines, rows + cell.bottom - 1) for cell in first}
    else:
        written = min((cell.left for cell in first if cell.lines), default=0)
        merged = [cell for cell in first if not cell.lines and cell.right <= written and _is_below(last, cell)]
        places = {cell.left for cell in merged}
        rest = [cell for cell in below if cell.top > 0 or cell.left not in places]
        grown = {cell.left: (cell.lines, rows + cell.bottom) for cell in merged}
    return [_grown(cell, grown) if cell.bottom == rows else cell for cell in above], rest


def _is_below(last: dict[int, PlacedCell], cell: PlacedCell) -> bool:
    return cell.left in last and last[cell.left].right == cell.right


def _grown(cell: PlacedCell, grown: dict[int, tuple[tuple[Line, ...], int]]) -> PlacedCell:
    lines, bottom = grown.get(cell.left, ((), cell.bottom))
    return cell._replace(lines=cell.lines + lines, bottom=bottom)


def _is_cut_row(last: dict[int, PlacedCell], first: Sequence[PlacedCell]) -> bool:
    """Whether a page's first row is the rest of the last row of the page before.

    Whatever it says stands below something, and either most of its cells are empty though those above are not, or a
    long text above stops in the middle.
    """
    written = [cell for cell in first if cell.lines]
    if not written or any(cell.left not in last for cell in first):
        return False
    if any(not last[cell.left].lines or last[cell.left].right != cell.right for cell in written):
        return False
    figures = [cell for cell in written if _NUMBER.fullmatch(cell.text) and _NUMBER.fullmatch(last[cell.left].text)]
    if figures:
        return all(cuts_a_figure(last[cell.left].lines[-1], cell.lines[0], cell.room) for cell in figures)
    if sum(not cell.lines and bool(last[cell.left].lines) and cell.bottom == 1 for cell in first) > len(written):
        return True
    return any(_is_cut(last[cell.left], cell) for cell in written)


def _is_cut(above: PlacedCell, below: PlacedCell) -> bool:
    """Whether a long text stops in the middle of a sentence at the page's end."""
    end = above.lines[-1]
    return (
        (len(above.text) >= _LONG or len(above.lines) >= _MANY)
        and _STOP.search(end.text) is None
        and goes_on_in_cell(above.room, above.lines)(end, below.lines[0]._replace(page=end.page))
    )
