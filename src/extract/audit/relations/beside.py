"""Statements that another cell of a row bears out: 总分100分 beside 合计 100 97.3, 结转71.70 beside 60 11.70 71.70."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.audit.reckoning import agree
from extract.audit.relations.figures import kind_of_each
from extract.audit.relations.records import Figure, Relation, RelationKind
from extract.records import ColumnKind

_ANSWERS = (ColumnKind.TARGET, ColumnKind.ACTUAL)  #: what is told as done may be the target by chance
_Rows = dict[tuple[int, int], list[Figure]]


def without_told_beside(relations: Iterable[Relation], figures: Sequence[Figure]) -> Iterator[Relation]:
    """The relations but for statements held against one cell where the text tells what another of its row says."""
    rows = _rows(figures)
    return (relation for relation in relations if not _is_told_beside(relation, rows))


def _rows(figures: Sequence[Figure]) -> _Rows:
    found: _Rows = {}
    for figure in figures:
        cell = figure.claim.cell
        if cell is not None and cell.kind not in _ANSWERS:
            found.setdefault((cell.table, cell.row), []).append(figure)
    return found


def _is_told_beside(relation: Relation, rows: _Rows) -> bool:
    """Not where both are of one stage: then the column is the one that the text tells of."""
    if relation.kind is not RelationKind.SAME:
        return False
    one, other = relation.figures
    if agree(one, other) or (one.claim.stage is not None and one.claim.stage is other.claim.stage):
        return False
    return _is_of_row(other, one, rows) or _is_of_row(one, other, rows)


def _is_of_row(told: Figure, figure: Figure, rows: _Rows) -> bool:
    cell = figure.claim.cell
    if cell is None or told.claim.cell is not None:
        return False
    beside = rows.get((cell.table, cell.row), ())
    return any(each is not figure and kind_of_each(each) == kind_of_each(told) and agree(each, told) for each in beside)
