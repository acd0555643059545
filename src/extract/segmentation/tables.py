"""Grids into tables: header rows, what each column says, which column a cell stands in, and the unit it inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.lexicons import UnitTable, column_kind, default_units, unit_of_name
from extract.offsets import CharSpan, folded
from extract.records import Cell, ColumnKind, Grid, Table
from extract.segmentation.grids import LONG

MONEY_KINDS = frozenset(
    {
        ColumnKind.OPENING,
        ColumnKind.ADJUSTED,
        ColumnKind.RECEIVED,
        ColumnKind.SPENT,
        ColumnKind.CARRIED_IN,
        ColumnKind.CARRIED_OUT,
    }
)
_BRACKETED_UNIT = re.compile(r"[(（]\s*(?:单位[:：]?)?\s*([^()（）\d]{1,8}?)\s*[)）]")
_CAPTION_UNIT = re.compile(r"(?:金额)?单位\s*[:：]\s*([^\s，。；)）]{1,6})")
_NUMBER_CELL = re.compile(r"[≥≤><=＝]{0,2}\s*-?\d[\d,.]*\s*[%‰]?(?:\s*[^\d\s]{1,4})?")
_OPERATOR = re.compile(r"[≥≤><=]{1,2}|定性|定量|正向|反向|正向指标|反向指标|负向")
_SPACES = re.compile(r"\s+")

_Row = tuple[CharSpan | None, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    header: str
    kind: ColumnKind | None
    unit: str


def build_tables(text: str, grid: Grid, first_index: int) -> Iterator[Table]:
    """The tables of a grid: each header row begins a new one; indexes count on from ``first_index``."""
    words = folded(text)
    index = first_index
    rows = _at_first_places(grid.rows)
    for start, header_end, end in _blocks(words, rows, grid.rows):
        header, body = rows[start:header_end], rows[header_end:end]
        columns = _columns(words, header, body)
        unit = _table_unit(words, header, grid.caption)
        cells = tuple(
            _once((*_header_cells(header, index), *_body_cells(words, body, header_end - start, columns, index, unit)))
        )
        spans = [cell.span for cell in cells if cell.span]
        if spans:
            yield Table(
                index=index,
                span=CharSpan(min(s.start for s in spans), max(s.end for s in spans)),
                cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
                caption=grid.caption,
            )
            index += 1


def _at_first_places(rows: Sequence[_Row]) -> tuple[_Row, ...]:
    """``rows`` with each merged cell at its first place only, as a text dump shows them."""
    seen: set[CharSpan] = set()
    made = []
    for row in rows:
        made.append(tuple(None if span in seen else span for span in _once_in_row(row)))
        seen.update(span for span in row if span is not None)
    return tuple(made)


def _once_in_row(row: _Row) -> Iterator[CharSpan | None]:
    for column, span in enumerate(row):
        yield None if span in row[:column] else span


def _once(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Each cell once: one that is merged over several places counts at the first."""
    seen: set[CharSpan | None] = set()
    for cell in cells:
        if cell.span not in seen:
            seen.add(cell.span)
            yield cell


def _blocks(words: str, rows: Sequence[_Row], merged: Sequence[_Row]) -> Iterator[tuple[int, int, int]]:
    """(first row, first body row, end) of each table inside a grid; ``merged`` are the rows with every place filled."""
    starts = [(n, _header_end(words, rows, n)) for n, row in enumerate(rows) if _is_header(words, row)]
    firsts: list[tuple[int, int]] = []
    for start, end in starts:
        if not firsts or start >= firsts[-1][1]:
            firsts.append((_header_start(words, merged, start, firsts[-1][1] if firsts else 0), end))
    if not firsts or firsts[0][0] > 0:
        firsts.insert(0, (0, 0))
    ends = [start for start, _ in firsts[1:]] + [len(rows)]
    for (start, header_end), end in zip(firsts, ends, strict=True):
        yield start, header_end, end


def _is_header(words: str, row: _Row) -> bool:
    """Two cells that name columns, and none that is a number."""
    texts = [_cell_text(words, span) for span in row]
    if any(_NUMBER_CELL.fullmatch(t) for t in texts) or any(len(t) > 2 * LONG for t in texts):
        return False
    kinds = [column_kind(_bare_header(t)) for t in texts if t]
    known = [kind for kind in kinds if kind is not None]
    telling = {kind for kind in known if kind not in (ColumnKind.NAME, ColumnKind.REASON, ColumnKind.UNIT)}
    return len(known) >= 2 and bool(telling) and 2 * len(known) >= len(kinds)


def _header_start(words: str, merged: Sequence[_Row], start: int, floor: int) -> int:
    """A line above belongs to the header if a cell that names a column reaches down from it."""
    while start > floor:
        shared = [span for span, below in zip(merged[start - 1], merged[start], strict=False) if span and span == below]
        if not any(column_kind(_bare_header(_cell_text(words, span))) for span in shared):
            break
        start -= 1
    return start


def _header_end(words: str, rows: Sequence[_Row], start: int) -> int:
    """A second header line holds only short words under the first."""
    end = start + 1
    while end < len(rows) and end - start < 3:
        texts = [_cell_text(words, span) for span in rows[end]]
        written = [t for t in texts if t]
        named = sum(column_kind(_bare_header(t)) is not None for t in written)
        if not written or any(_NUMBER_CELL.fullmatch(t) or len(t) > LONG for t in written) or 2 * named < len(written):
            break
        end += 1
    return end


def _cell_text(words: str, span: CharSpan | None) -> str:
    return "" if span is None else _SPACES.sub("", span.of(words))


def _bare_header(header: str) -> str:
    """A header without spaces and without a unit in brackets: ``分值（分）`` → ``分值``."""
    return _BRACKETED_UNIT.sub("", _SPACES.sub("", header))


def _columns(words: str, header: Sequence[_Row], body: Sequence[_Row]) -> tuple[_Column, ...]:
    width = max([len(row) for row in header], default=0) or max((len(row) for row in body), default=0)
    columns = []
    parent = [""] * width
    for row in header:
        texts = [_cell_text(words, span) for span in row] + [""] * (width - len(row))
        carried = ""
        for n, cell in enumerate(texts[:width]):
            carried = cell or (carried if not parent[n] else "")
            parent[n] = f"{parent[n]} {cell or (carried if header and row is not header[-1] else '')}".strip()
    for title in parent:
        last = title.rsplit(" ", 1)[-1]
        kind = column_kind(_bare_header(last)) or column_kind(_bare_header(title))
        columns.append(_Column(title, kind, _unit_in(title)))
    return tuple(columns)


def _unit_in(title: str) -> str:
    """The unit in brackets of a header or name, if it is one: ``宣传次数(次)`` → ``次``."""
    match = _BRACKETED_UNIT.search(title)
    return match[1] if match and _is_unit(match[1]) else ""


def _is_unit(word: str, units: UnitTable | None = None) -> bool:
    table = default_units() if units is None else units
    return word in table.by_surface or (word[:1] in "万亿千" and word[1:] in table.by_surface)


def _table_unit(words: str, header: Sequence[_Row], caption: str) -> str:
    """The unit of the table's money: of its caption, or of any header cell."""
    match = _CAPTION_UNIT.search(folded(caption))
    if match and _is_unit(match[1]):
        return match[1]
    for title in [caption, *(_cell_text(words, span) for row in header for span in row)]:
        found = _unit_in(folded(title))
        if found.endswith("元"):
            return found
    return ""


def _header_cells(header: Sequence[_Row], index: int) -> Iterator[Cell]:
    for number, row in enumerate(header):
        for column, span in enumerate(row):
            if span is not None:
                yield Cell(table=index, row=number, column=column, span=span, is_header=True)


def _body_cells(
    words: str, body: Sequence[_Row], first_row: int, columns: tuple[_Column, ...], index: int, unit: str
) -> Iterator[Cell]:
    above: dict[int, str] = {}
    for number, row in enumerate(body, first_row):
        placed = _placed(words, row, columns)
        names = {column: _cell_text(words, span) for span, column in placed if _names_row(words, span, columns, column)}
        above = {column: name for column, name in above.items() if column < min(names, default=99)} | names
        unit_cell = next((_cell_text(words, s) for s, c in placed if _kind(columns, c) is ColumnKind.UNIT), "")
        operator = next((_cell_text(words, s) for s, c in placed if _kind(columns, c) is ColumnKind.OPERATOR), "")
        left = ""
        for span, column in placed:
            name = _row_name(above, column, left)
            yield Cell(
                table=index,
                row=number,
                column=column,
                span=span,
                kind=_kind(columns, column),
                row_header=name,
                column_header=columns[column].header if column < len(columns) else "",
                unit_hint=_unit_hint(columns, column, name, unit_cell, unit),
                operator=operator,
            )
            left = _cell_text(words, span) if not _NUMBER_CELL.fullmatch(_cell_text(words, span)) else left


def _kind(columns: tuple[_Column, ...], column: int) -> ColumnKind | None:
    return columns[column].kind if column < len(columns) else None


def _names_row(words: str, span: CharSpan, columns: tuple[_Column, ...], column: int) -> bool:
    text = _cell_text(words, span)
    return _kind(columns, column) in (ColumnKind.NAME, None) and not _NUMBER_CELL.fullmatch(text) and len(text) <= 80


def _row_name(above: dict[int, str], column: int, left: str) -> str:
    """What the row is about: the names to the left of a cell, outermost first."""
    names = [name for place, name in sorted(above.items()) if place < column]
    return " ".join(names) or left


def _unit_hint(columns: tuple[_Column, ...], column: int, name: str, unit_cell: str, table_unit: str) -> str:
    kind = _kind(columns, column)
    if kind in (ColumnKind.WEIGHT, ColumnKind.SCORE):
        return "分"
    own = columns[column].unit if column < len(columns) else ""
    if own:
        return own
    if kind in MONEY_KINDS:
        return table_unit
    if kind is ColumnKind.RATE:
        return "%"
    last = name.rsplit(" ", 1)[-1]
    if kind in (ColumnKind.TARGET, ColumnKind.ACTUAL, ColumnKind.BASELINE, ColumnKind.CONTEXT, None):
        if _is_unit(unit_cell):
            return unit_cell
        header = columns[column].header if column < len(columns) else ""
        return _unit_in(last) or unit_of_name(_bare_header(last)) or unit_of_name(_bare_header(header)) or table_unit
    return ""


def _placed(words: str, row: _Row, columns: tuple[_Column, ...]) -> list[tuple[CharSpan, int]]:
    """Each written cell of a row with its column."""
    if len(row) == len(columns) or not any(column.kind for column in columns):
        return [(span, n) for n, span in enumerate(row) if span is not None]
    return _aligned(words, row, columns)


_SORTS = ("number", "percent", "operator", "unit", "short", "long")
_FIT: dict[ColumnKind | None, tuple[float, ...]] = {
    ColumnKind.NAME: (-2, -2, -3, -1, 1.5, 0.7),
    ColumnKind.TARGET: (2, 2, -1, -1, 0.8, 1.2),
    ColumnKind.ACTUAL: (2, 2, -1, -1, 0.8, 1.2),
    ColumnKind.BASELINE: (1.5, 1.5, -2, -1, 0, -1),
    ColumnKind.CONTEXT: (1.5, 0, -2, -1, 0, -1),
    ColumnKind.RATE: (0.5, 3, -3, -3, -2, -3),
    ColumnKind.WEIGHT: (2.2, -2, -3, -3, -3, -4),
    ColumnKind.SCORE: (2.2, -2, -3, -3, -2, -4),
    ColumnKind.OPERATOR: (-3, -3, 4, -1, -2, -4),
    ColumnKind.UNIT: (-3, 1, -2, 4, -1, -4),
    ColumnKind.REASON: (-2, -2, -2, -1, 0.8, 1.1),
    ColumnKind.SERIAL: (0.5, -3, -3, -3, -3, -4),
    None: (0.2, 0.2, 0, 0, 0.3, 0.3),
} | dict.fromkeys(MONEY_KINDS, (2.0, -2.0, -3.0, -3.0, -2.0, -4.0))


def _aligned(words: str, row: _Row, columns: tuple[_Column, ...]) -> list[tuple[CharSpan, int]]:
    """The best order-keeping placement of the written cells, by what sort of text suits which column."""
    cells = [(span, n) for n, span in enumerate(row) if span is not None]
    if len(cells) > len(columns):
        return [(span, n) for span, n in cells]
    shift = len(columns) - len(row)
    best: list[list[tuple[float, int]]] = [[(0.0, -1)] * (len(columns) + 1)]
    for span, place in cells:
        sort = _sort(_cell_text(words, span))
        line: list[tuple[float, int]] = [(float("-inf"), -1)]
        for n, column in enumerate(columns):
            fit = _FIT[column.kind][sort] + 0.3 * (n == place) + 0.8 * (n == place + shift)
            taken = best[-1][n][0] + fit
            line.append((taken, n) if taken > line[-1][0] else line[-1])
        best.append(line)
    placed: list[tuple[CharSpan, int]] = []
    limit = len(columns)
    for index in range(len(cells), 0, -1):
        limit = best[index][limit][1]
        placed.append((cells[index - 1][0], limit))
    return placed[::-1]


def _sort(text: str) -> int:
    if _OPERATOR.fullmatch(text):
        return _SORTS.index("operator")
    if _NUMBER_CELL.fullmatch(text):
        return _SORTS.index("percent" if text.endswith("%") else "number")
    if _is_unit(text):
        return _SORTS.index("unit")
    return _SORTS.index("long" if len(text) > LONG else "short")
