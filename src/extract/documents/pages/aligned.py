"""Tables without rulings, or with level ones only: rows of short words that stand under one another.

Told by three rows or more that follow each other, have three runs of words or more, and keep to the same columns. A
line that stands alone under one of the columns goes on from the cell above. Everything else stays what it was: lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.documents.pages.lines import Line
from extract.documents.pages.page_parts import PlacedCell, PlacedTable

_LEAST_ROWS = 3
_LEAST_COLUMNS = 3
_LONGEST = 24  #: characters of a run on average: words of a cell, not the lines of columns of text
_WIDE_STEP = 3.0  #: against the font's size: the distance of rows that still are of one table
_GAP = 0.5  #: of the font's size: between columns

Row = tuple[Line, ...]


def aligned_tables(rows: Sequence[Row]) -> list[PlacedTable | Row]:
    """``rows`` of a page, with the tables that some of them are in their place."""
    made: list[PlacedTable | Row] = []
    start = 0
    while start < len(rows):
        end = _end_of_block(rows, start)
        columns = _columns(rows[start:end]) if end > start else []
        if columns:
            made.append(_placed(rows[start:end], columns))
            start = end
        else:
            made.append(rows[start])
            start += 1
    return made


def _end_of_block(rows: Sequence[Row], start: int) -> int:
    """Behind the last row of the table that begins at ``start``; ``start`` if none does."""
    if len(rows[start]) < _LEAST_COLUMNS:
        return start
    end, last_full = start + 1, start + 1
    while end < len(rows) and _follows(rows[end - 1], rows[end]):
        if len(rows[end]) > 1:
            last_full = end + 1
        elif not _stands_under(rows[end], rows[start:last_full]):
            break
        end += 1
    block = rows[start:end]
    full = sum(len(row) >= _LEAST_COLUMNS for row in block)
    words = [run for row in block for run in row]
    short = sum(len(run.text) for run in words) <= _LONGEST * len(words)
    return end if full >= _LEAST_ROWS and short else start


def _follows(row: Row, following: Row) -> bool:
    return following[0].middle - row[0].middle <= _WIDE_STEP * max(row[0].size, following[0].size)


def _stands_under(row: Row, above: Sequence[Row]) -> bool:
    """Whether a single run stands under a cell and reaches under no other."""
    run = row[0]
    spans = [(other.left, other.right) for other in above[-1]]
    under = [span for span in spans if span[0] < run.right and run.left < span[1]]
    return len(under) == 1 and run.width <= max(under[0][1] - under[0][0], 6 * run.size)


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Where each column begins and ends; none if the runs keep to no columns."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((run.left, run.right) for row in rows for run in row):
        if columns and left < columns[-1][1] + _GAP * rows[0][0].size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    kept = all(len({_column(columns, run) for run in row}) == len(row) for row in rows)
    return columns if kept and len(columns) >= _LEAST_COLUMNS else []


def _column(columns: Sequence[tuple[float, float]], run: Line) -> int:
    return next(place for place, (left, right) in enumerate(columns) if left <= run.left <= right)


def _placed(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> PlacedTable:
    cells: list[list[list[Line]]] = []
    for row in rows:
        places = [(_column(columns, run), run) for run in row]
        if len(row) == 1 and cells and cells[-1][places[0][0]]:
            cells[-1][places[0][0]].append(row[0])
            continue
        cells.append([[] for _ in columns])
        for place, run in places:
            cells[-1][place].append(run)
    lines = [run for row in rows for run in row]
    box = (columns[0][0], min(run.top for run in lines), columns[-1][1], max(run.bottom for run in lines))
    xs = (*(left for left, _ in columns), columns[-1][1])
    return PlacedTable(lines[0].page, xs, len(cells), tuple(_cells(cells, columns)), box, ruled=False)


def _cells(cells: Sequence[Sequence[Sequence[Line]]], columns: Sequence[tuple[float, float]]) -> Iterator[PlacedCell]:
    for row, places in enumerate(cells):
        for column, lines in enumerate(places):
            width = columns[column][1] - columns[column][0]
            yield PlacedCell(row, column, row + 1, column + 1, tuple(lines), width)
