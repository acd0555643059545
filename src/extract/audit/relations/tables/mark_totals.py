"""Totals of marks that count in those of the tables above."""

from __future__ import annotations

from collections.abc import Iterator

from extract.audit.cues import tells_of_row
from extract.audit.reckoning import holds
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.audit.relations.tables.sheets import Sheet
from extract.audit.relations.tables.sums import BEYOND_DOUBT, FEWEST, MARKS, NEAR, all_fall_short, misses
from extract.records import ColumnKind


def marks_below(sheet: Sheet, earlier: dict[ColumnKind, tuple[Figure, ...]]) -> dict[ColumnKind, tuple[Figure, ...]]:
    """The marks that a total further down may count in: those since the last total."""
    marked = {row for (row, column) in sheet.figures if sheet.heads[column].kind in MARKS}
    if any(_is_grand(sheet, row) for row in marked):
        return {}
    return {kind: (*earlier.get(kind, ()), *_marks_in(sheet, kind)) for kind in MARKS}


def mark_totals(sheet: Sheet, earlier: dict[ColumnKind, tuple[Figure, ...]]) -> Iterator[Relation]:
    """Totals of marks that count in those of tables above; of those that lack a row R11 speaks."""
    if not any(earlier.values()):
        return
    for row in dict.fromkeys(row for row, _ in sorted(sheet.figures)):
        relations = list(_marks_of_total(sheet, earlier, row)) if _is_grand(sheet, row) else []
        if not all_fall_short([relation for relation in relations if not holds(relation)]):
            yield from (each for each in relations if holds(each) or misses([each]) <= NEAR)


def _marks_of_total(sheet: Sheet, earlier: dict[ColumnKind, tuple[Figure, ...]], row: int) -> Iterator[Relation]:
    for column in sheet.columns:
        kind, total = sheet.heads[column].kind, sheet.figures.get((row, column))
        if total is None or kind not in MARKS or not earlier.get(kind):
            continue
        own = [figure for figure in _marks_in(sheet, kind) if figure.claim.cell and figure.claim.cell.row < row]
        parts = [*earlier[kind], *own]
        if len(parts) > FEWEST and total.kind == parts[0].kind:
            members = (Member(total, Part.TOTAL), *(Member(part, Part.ITEM) for part in parts))
            yield Relation(RelationKind.SUM, members, BEYOND_DOUBT, "总分", table=True)


def _marks_in(sheet: Sheet, kind: ColumnKind) -> list[Figure]:
    """The marks of one kind, of rows that have a weight, from top to bottom."""
    columns = [column for column in sheet.columns if sheet.heads[column].kind is kind]
    weights = {row for (row, column) in sheet.figures if sheet.heads[column].kind is ColumnKind.WEIGHT}
    return [
        figure
        for (row, column), figure in sorted(sheet.figures.items())
        if column in columns and row in weights and not _is_grand(sheet, row)
    ]


def _is_grand(sheet: Sheet, row: int) -> bool:
    """Whether a row totals marks; one with money in it is of the funds, and its marks are a part of the total."""
    label = sheet.labels[row]
    if not tells_of_row("total", label) or tells_of_row("funds", label):
        return False
    return not any(figure.claim.quantity.unit == "元" for (r, _), figure in sheet.figures.items() if r == row)
