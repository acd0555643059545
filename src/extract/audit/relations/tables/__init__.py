"""Relations that a table's rows and columns state: totals and their parts, rates, differences of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.tables.column_sums import column_sums
from extract.audit.relations.tables.columns import row_relations
from extract.audit.relations.tables.mark_totals import mark_totals, marks_below
from extract.audit.relations.tables.products import products
from extract.audit.relations.tables.shares import share_sums
from extract.audit.relations.tables.sheets import Sheet
from extract.records import ColumnKind


def find_table_relations(sheets: Sequence[Sheet]) -> Iterator[tuple[Relation, ...]]:
    """Relations of all tables, each alone: whatever else it might be read as has been weighed."""
    marks: dict[ColumnKind, tuple[Figure, ...]] = {}
    for sheet in sheets:
        yield from _by_total(chain(column_sums(sheet), mark_totals(sheet, marks), share_sums(sheet)))
        for relation in chain(row_relations(sheet), products(sheet)):
            yield (relation,)
        marks = marks_below(sheet, marks)


def _by_total(relations: Iterable[Relation]) -> Iterator[tuple[Relation, ...]]:
    """The sums of each total, which is right when one of them holds."""
    ways: dict[str, list[Relation]] = {}
    for relation in relations:
        ways.setdefault(relation.result.claim.id, []).append(relation)
    for group in ways.values():
        yield tuple(sorted(group, key=lambda relation: -relation.sure))
