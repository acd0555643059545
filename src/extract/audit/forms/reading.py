"""Tables → forms: which rows are money, indicators and totals, and which of them belong together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.audit.cues import tells_of_row
from extract.audit.forms.rows import Form, FormCell, FundRow, IndicatorRow, Level, TotalRow
from extract.records import Cell, Claim, ColumnKind, Document, Table
from extract.segmentation.layouts.written import header_kind

_MONEY = frozenset({ColumnKind.OPENING, ColumnKind.ADJUSTED, ColumnKind.SPENT})
_ASKED = frozenset({ColumnKind.TARGET, ColumnKind.ACTUAL})
_SPACE = re.compile(r"\s+")
_Place = tuple[int, int, int]  #: table, row and column


def read_forms(document: Document, claims: Sequence[Claim]) -> tuple[Form, ...]:
    """The self-evaluation forms of a document in text order; each ends with its total row, or where the next begins."""
    standing: dict[_Place, list[Claim]] = {}
    for claim in claims:
        if claim.cell is not None:
            standing.setdefault((claim.cell.table, claim.cell.row, claim.cell.column), []).append(claim)
    made: list[_Draft] = []
    draft = _Draft()
    for table in document.tables:
        rows = list(_rows(document, table, standing))
        if draft.rows and any(isinstance(row, FundRow) and row.has_marks for row in rows):
            made, draft = [*made, draft], _Draft()
        for row in rows:
            draft.add(row)
            if isinstance(row, TotalRow):
                made, draft = [*made, draft], _Draft()
    return tuple(each.form() for each in (*made, draft) if each.rows or any(row.has_marks for row in each.funds))


_OF_MARKS = (ColumnKind.WEIGHT, ColumnKind.SCORE)
_UNITS_OF_MARKS = ("", "分", "%")


@dataclass(slots=True)
class _Draft:
    """The rows of a form so far."""

    funds: list[FundRow] = field(default_factory=list)
    rows: list[IndicatorRow] = field(default_factory=list)
    total: TotalRow | None = None

    def add(self, row: FundRow | IndicatorRow | TotalRow) -> None:
        if isinstance(row, FundRow):
            self.funds.append(row)
        elif isinstance(row, IndicatorRow):
            self.rows.append(row)
        else:
            self.total = row

    def form(self) -> Form:
        return Form(funds=tuple(self.funds), rows=tuple(self.rows), total=self.total)


def _rows(
    document: Document, table: Table, standing: Mapping[_Place, Sequence[Claim]]
) -> Iterator[FundRow | IndicatorRow | TotalRow]:
    kinds = {cell.kind for cell in table.cells} | _header_kinds(document, table)
    above: dict[int, Level] = {}
    for number, cells in table.rows.items():
        if any(cell.is_header for cell in cells):
            above = {}
            continue
        written = [_form_cell(document, cell, standing) for cell in cells if cell.pieces]
        of_kind = {kind: [cell for cell in written if cell.cell.kind is kind] for kind in ColumnKind}
        if any(_is_of_another_column(cell) for kind in _OF_MARKS for cell in of_kind[kind]):
            continue
        if any(of_kind[kind] for kind in _MONEY):
            yield _fund_row(table.index, number, written, of_kind)
            continue
        totals = [cell for cell in of_kind[ColumnKind.SERIAL] if tells_of_row("form_total", cell.text)]
        names = of_kind[ColumnKind.NAME] or totals or [cell for cell in written if cell.cell.kind is None][:1]
        if not names and not (of_kind[ColumnKind.WEIGHT] and of_kind[ColumnKind.TARGET]):
            continue
        if any(tells_of_row("form_total", cell.text) for cell in names):
            yield TotalRow(
                table=table.index,
                row=number,
                weight=_last(of_kind[ColumnKind.WEIGHT]),
                score=_last(of_kind[ColumnKind.SCORE]),
            )
            continue
        above = _above(above, names, _upper_weights(of_kind[ColumnKind.WEIGHT]))
        marks = of_kind[ColumnKind.WEIGHT] or of_kind[ColumnKind.SCORE]
        asks = of_kind[ColumnKind.TARGET] or of_kind[ColumnKind.ACTUAL] or not kinds & _ASKED
        if marks and asks and not any(tells_of_row("subtotal", cell.text) for cell in names):
            yield _indicator_row(table.index, number, above, of_kind, kinds)


def _is_of_another_column(cell: FormCell) -> bool:
    """Whether persons or hectares stand where marks should: the cells of the row were shifted."""
    return cell.figure is not None and cell.figure.quantity.unit not in _UNITS_OF_MARKS


def _header_kinds(document: Document, table: Table) -> set[ColumnKind | None]:
    """What the columns say by their headers: one whose cells are all empty has no cell that could tell."""
    heads = (cell for cell in table.cells if cell.is_header)
    return {header_kind(_SPACE.sub("", "".join(piece.of(document.text) for piece in cell.pieces))) for cell in heads}


def _form_cell(document: Document, cell: Cell, standing: Mapping[_Place, Sequence[Claim]]) -> FormCell:
    text = _SPACE.sub("", "".join(piece.of(document.text) for piece in cell.pieces))
    return FormCell(cell, text, tuple(standing.get((cell.table, cell.row, cell.column), ())))


def _above(above: dict[int, Level], names: Iterable[FormCell], weights: Mapping[int, Claim]) -> dict[int, Level]:
    """The names that hold from this row on, by column: a new one ends those to its right."""
    now = dict(above)
    for cell in names:
        column = cell.cell.column
        now = {place: level for place, level in now.items() if place < column}
        now[column] = Level(cell, weights.get(column) or _points(cell))
    return now


def _points(cell: FormCell) -> Claim | None:
    """The points that a level prints behind its name: ``产出指标（50分）``."""
    figure = cell.figure
    return figure if figure is not None and figure.quantity.unit == "分" else None


def _upper_weights(weights: Sequence[FormCell]) -> dict[int, Claim]:
    """Column of a level's name → the weight in a column of its own behind it, where every level has one."""
    return {cell.cell.column - 1: cell.figure for cell in weights[:-1] if cell.figure is not None}


def _indicator_row(
    table: int,
    row: int,
    above: Mapping[int, Level],
    of_kind: Mapping[ColumnKind, Sequence[FormCell]],
    kinds: Collection[ColumnKind | None],
) -> IndicatorRow:
    names = [above[column] for column in sorted(above)]
    target = _last(of_kind[ColumnKind.TARGET])
    operators = of_kind[ColumnKind.OPERATOR]
    return IndicatorRow(
        table=table,
        row=row,
        name=names[-1].name if names else _row_name(target),
        levels=tuple(names[:-1]),
        operator=operators[0].text if operators else target.cell.operator if target is not None else "",
        target=target,
        actual=_last(of_kind[ColumnKind.ACTUAL]),
        weight=_last(of_kind[ColumnKind.WEIGHT]),
        score=_last(of_kind[ColumnKind.SCORE]),
        reason=_last([cell for cell in of_kind[ColumnKind.REASON] if cell.says_something]),
        has_actual_column=ColumnKind.ACTUAL in kinds,
        has_reason_column=ColumnKind.REASON in kinds,
    )


def _row_name(cell: FormCell | None) -> str:
    return "" if cell is None else cell.cell.row_label


def _fund_row(
    table: int, row: int, written: Sequence[FormCell], of_kind: Mapping[ColumnKind, Sequence[FormCell]]
) -> FundRow:
    names = [cell for cell in written if cell.cell.kind is ColumnKind.NAME]
    names = names or [cell for cell in written if cell.cell.kind is None and cell.figure is None]
    return FundRow(
        table=table,
        row=row,
        name=names[-1].text if names else "",
        opening=_last(of_kind[ColumnKind.OPENING]),
        adjusted=_last(of_kind[ColumnKind.ADJUSTED]),
        spent=_last(of_kind[ColumnKind.SPENT]),
        rate=_last(of_kind[ColumnKind.RATE]),
        weight=_last(of_kind[ColumnKind.WEIGHT]),
        score=_last(of_kind[ColumnKind.SCORE]),
        reason=_last(of_kind[ColumnKind.REASON]),
    )


def _last(cells: Sequence[FormCell]) -> FormCell | None:
    return cells[-1] if cells else None
