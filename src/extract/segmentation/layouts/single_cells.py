"""Single cells with blank lines between them all, words perhaps split over lines: rows are found by what cells say."""

from __future__ import annotations

from collections.abc import Sequence

from extract.offsets import CharSpan, Pieces
from extract.records import ColumnKind
from extract.segmentation.layouts.written import Row, Written, header_kind
from extract.segmentation.lines import Line, trimmed
from extract.segmentation.placement import placed_stream

_LONGEST_LINE = 20
_MOST_LINES = 8
_FEWEST_CELLS = 10
_FEWEST_HEADERS = 3
_UNTELLING = (ColumnKind.NAME, ColumnKind.REASON, ColumnKind.UNIT, ColumnKind.SERIAL)


def single_cells(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least ten short cells, three of them in a row the headers of columns."""
    if "\t" in lines[first].text or len(lines[first].text.strip()) > _LONGEST_LINE:
        return None
    cells = _cells_below(text, lines, first)
    if len(cells) < _FEWEST_CELLS:
        return None
    texts = ["".join(piece.of(text) for piece in cell) for cell in cells]
    headers = _header_runs(texts)
    if not headers or headers[0][0] > 4:
        return None
    rows: list[Row] = [(cell,) for cell in cells[: headers[0][0]]]
    for (start, end), until in zip(headers, [run[0] for run in headers[1:]] + [len(cells)], strict=True):
        rows += _table(cells, texts, start, end, until)
    return Written(tuple(rows), _line_of(lines, first, cells[-1][-1].end))


def _cells_below(text: str, lines: tuple[Line, ...], first: int) -> list[Pieces]:
    """Paragraphs of short lines with blank lines between them, up to the first that is no cell."""
    cells: list[Pieces] = []
    block: list[CharSpan] = []
    for line in [*lines[first:], None]:
        span = trimmed(text, line.start, line.end) if line else None
        if span is not None:
            if span.end - span.start > _LONGEST_LINE or "\t" in span.of(text):
                return cells
            block.append(span)
        elif block:
            if len(block) > _MOST_LINES:
                return cells
            cells.append(tuple(block))
            block = []
    return cells


def _header_runs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """[start, end) of each run of cells that name columns."""
    runs, start = [], None
    for index, text in enumerate([*texts, ""]):
        if header_kind(text) is not None:
            start = index if start is None else start
        else:
            if start is not None and index - start >= _FEWEST_HEADERS and _tells(texts[start:index]):
                runs.append((start, index))
            start = None
    return runs


def _tells(texts: Sequence[str]) -> bool:
    return sum(header_kind(text) not in _UNTELLING for text in texts) >= 2


def _table(cells: Sequence[Pieces], texts: Sequence[str], start: int, end: int, until: int) -> list[Row]:
    """A header row and the rows below it; a table whose header names no rows has a first column for names."""
    kinds: list[ColumnKind | None] = [header_kind(text) for text in texts[start:end]]
    header: Row = tuple(cells[start:end])
    if ColumnKind.NAME not in kinds:
        kinds, header = [ColumnKind.NAME, *kinds], (None, *header)
    rows: list[Row] = [header]
    for row in placed_stream(texts[end:until], kinds):
        placed: list[Pieces | None] = [None] * len(kinds)
        for index, column in row:
            placed[column] = cells[end + index]
        rows.append(tuple(placed))
    return rows


def _line_of(lines: tuple[Line, ...], first: int, offset: int) -> int:
    return next(line.number for line in lines[first:] if line.end >= offset)
