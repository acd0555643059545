"""Totals of columns: the group of rows whose sums most columns bear out, each as sure as the table makes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Sized
from typing import NamedTuple

from extract.audit.reckoning import holds, may_add_up
from extract.audit.relations.records import Relation
from extract.audit.relations.tables.row_groups import SAID, groups_of
from extract.audit.relations.tables.shares import bear_out
from extract.audit.relations.tables.sheets import Sheet
from extract.audit.relations.tables.sums import (
    BEYOND_DOUBT,
    FEWEST,
    MARKS,
    NEAR,
    PROVEN,
    added,
    all_fall_short,
    column_sum,
    figures_in,
    is_summed,
    misses,
)

_DOUBTED = 0.5  #: a sum that fails where a cell is empty or was not read


class _Group(NamedTuple):
    """The sums of a total row over one group of rows, a relation a column."""

    total: int
    weight: int  #: SAID when the row's name says that it is a total, 1 for lesser words, 0 for none
    relations: list[Relation]
    right: list[bool]
    proofs: int

    @property
    def rank(self) -> tuple[int, int, int]:
        return self.proofs, self.weight, -misses(self.relations)


def column_sums(sheet: Sheet) -> Iterator[Relation]:
    """The sums of each total row's columns, over the group of rows that they bear out best."""
    chosen: dict[int, _Group] = {}
    for group in _likely_groups(sheet):
        if group.total not in chosen or group.rank > chosen[group.total].rank:
            chosen[group.total] = group
    for group in chosen.values():
        yield from _weighed_sums(group)


def _likely_groups(sheet: Sheet) -> Iterator[_Group]:
    """Groups that words name, and those without a word that most columns bear out."""
    summed = [column for column in sheet.columns if is_summed(sheet, column)]
    for (total, parts), weight in groups_of(sheet).items():
        sums = [each for column in summed if (each := figures_in(sheet, column, total, parts)) is not None]
        if not sums or (not weight and not _are_most(sum(may_add_up(*each) for each in sums), sums)):
            continue
        relations = [column_sum(*each, sheet.labels[total]) for each in sums]
        right = [holds(relation) for relation in relations]
        proofs = sum(ok and _is_telling(relation) for ok, relation in zip(right, relations, strict=True))
        proofs += weight == SAID and bear_out(sheet, total, parts)
        if weight or _are_most(proofs, relations):
            yield _Group(total, weight, relations, right, proofs)


def _are_most(count: int, of: Sized) -> bool:
    return count >= FEWEST and count * 2 >= len(of)


def _weighed_sums(group: _Group) -> Iterator[Relation]:
    lacks_row = group.weight == SAID and not group.proofs and all_fall_short(_summable(group.relations))
    most = max(len(relation.members) for relation in group.relations)
    for relation, ok in zip(group.relations, group.right, strict=True):
        if _of_marks(relation) and (lacks_row or not (ok or misses([relation]) <= NEAR)):
            continue  # R11 says it
        short = lacks_row and added(relation) < relation.result.value
        sure = BEYOND_DOUBT if short else _sureness(relation, ok, group)
        has_gap = not ok and len(relation.members) < most
        yield relation._replace(sure=min(sure, _DOUBTED) if has_gap else sure)


def _summable(relations: Sequence[Relation]) -> list[Relation]:
    """Those of a total row's columns that may be sums: in one of averages the rows come to far more than the total."""
    return [relation for relation in relations if added(relation) * 2 < relation.result.value * 3]


def _of_marks(relation: Relation) -> bool:
    cell = relation.result.claim.cell
    return cell is not None and cell.kind in MARKS


def _is_telling(relation: Relation) -> bool:
    """Whether that it holds proves anything: two parts at least that are not nothing."""
    return sum(figure.value != 0 for figure in relation.figures[1:]) >= FEWEST


def _sureness(relation: Relation, ok: bool, group: _Group) -> float:
    """How sure the table makes it that the relation is meant."""
    off = misses([relation])
    near = off <= NEAR
    if ok or group.proofs:
        return PROVEN if off <= 60 and group.weight else 0.55 if off <= 60 else 0.45
    if group.weight == SAID:
        return 0.8 if len(relation.members) > 5 or near else 0.5
    return 0.55 if near else 0.3
