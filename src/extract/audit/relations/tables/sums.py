"""A total of one column and the rows that may be its parts: the sum they make, and how far off it is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.audit.relations.tables.sheets import Sheet
from extract.records import ColumnKind

FEWEST = 2
PROVEN = 0.85  #: how sure a relation is that other rows or columns bear out
BEYOND_DOUBT = 0.88
NEAR = 5  #: parts of a hundred of a total that a sum near to it may be off
MARKS = (ColumnKind.WEIGHT, ColumnKind.SCORE)
_NOT_SUMMED = (ColumnKind.RATE, ColumnKind.BASELINE, ColumnKind.SERIAL)


def is_summed(sheet: Sheet, column: int) -> bool:
    return sheet.heads[column].kind not in _NOT_SUMMED


def figures_in(sheet: Sheet, column: int, total: int, parts: Sequence[int]) -> tuple[Figure, list[Figure]] | None:
    """A total of one column and its parts there; None where too few are written, or they are no exact amounts."""
    own = sheet.in_column(column)
    whole, is_plain = own.get(total), sheet.kind_of(column) != ""
    if whole is None or not (is_plain or (is_exact(whole) and not is_percent(whole))):
        return None
    found = [own[row] for row in parts if row in own]
    if len(found) < min(FEWEST, len(parts)) or len(found) * 2 < len(parts):
        return None
    kind = whole.kind
    return (whole, found) if is_plain or all(figure.kind == kind and is_exact(figure) for figure in found) else None


def column_sum(whole: Figure, parts: Sequence[Figure], label: str) -> Relation:
    members = (Member(whole, Part.TOTAL), *[Member(figure, Part.ITEM) for figure in parts])
    return Relation(RelationKind.SUM, members, 0.5, label or "合计", table=True)


def sum_in(sheet: Sheet, column: int, total: int, parts: Sequence[int]) -> Relation | None:
    found = figures_in(sheet, column, total, parts)
    return None if found is None else column_sum(*found, sheet.labels[total])


def added(relation: Relation) -> Decimal:
    return sum((figure.value for figure in relation.figures[1:]), Decimal(0))


def misses(relations: Sequence[Relation]) -> int:
    """How far off the sums are, in parts of a hundred of the totals."""
    off = 0
    for relation in relations:
        total = relation.result.value
        off += int(min(abs(added(relation) - total) / abs(total) * 100, Decimal(1000))) if total else 0
    return off


def all_fall_short(relations: Sequence[Relation]) -> bool:
    """Whether several columns all have more in their total than in its rows, as when a row is missing."""
    return len(relations) >= FEWEST and all(0 < added(relation) < relation.result.value for relation in relations)
