"""R01 where a row of a table seems to be missing: several columns of a total have more in it than in its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from extract.audit.culprits import Failure
from extract.audit.findings import Checked, finding
from extract.audit.graph import Graph, in_own_unit, workings
from extract.audit.relations import Figure, Relation
from extract.audit.relations.tables.sums import added, all_fall_short
from extract.audit.rules.r01_totals import RULE, owns
from extract.audit.wording import amount, written
from extract.records import FindingType, Severity

_SHOWN = 3  #: columns of a total that a message tells


def missing_rows(failures: Sequence[Failure]) -> tuple[tuple[Failure, ...], ...]:
    """The sums of several columns that fall short of one total row, as they do when a row of the table is missing."""
    of_row: dict[tuple[int, int], list[Failure]] = {}
    for failure in failures:
        cell = failure.relation.result.claim.cell
        if cell is not None and _is_column(failure.relation):
            of_row.setdefault((cell.table, cell.row), []).append(failure)
    return tuple(tuple(group) for group in of_row.values() if all_fall_short([each.relation for each in group]))


def _is_column(relation: Relation) -> bool:
    cells = [figure.claim.cell for figure in relation.figures]
    columns = {cell.column for cell in cells if cell is not None}
    return relation.table and owns(relation) and len(columns) == 1


def check_missing_rows(graph: Graph, groups: Sequence[Sequence[Failure]]) -> Iterator[Checked]:
    """One finding for each total row that has more in it than its rows."""
    for group in groups:
        yield _missing_row(graph, [failure.relation for failure in group])


def _missing_row(graph: Graph, relations: Sequence[Relation]) -> Checked:
    text, first = graph.document.text, relations[0]
    totals = [relation.result for relation in relations]
    shown = relations[:_SHOWN]
    said = "、".join(written(relation.result.claim, text) for relation in shown)
    sums = "、".join(_like(relation.result, added(relation)) for relation in shown)
    lacks = "、".join(_like(relation.result, relation.result.value - added(relation)) for relation in shown)
    parts = chain.from_iterable(relation.figures[1:] for relation in relations)
    fact = f"“{first.fact}”行原文为{said}；各行相加为{sums}，比它少{lacks}"
    return finding(
        graph.document,
        FindingType.TOTAL,
        RULE,
        tuple(figure.claim for figure in (*totals, *parts)),
        severity=Severity.HIGH,
        confidence=round(min(relation.sure for relation in relations), 2),
        stated=written(totals[0].claim, text),
        expected=_like(totals[0], added(first)),
        workings=workings(first),
        message=f"{fact}，表中可能漏列一行。请补列，或核对并更正合计。",
    )


def _like(figure: Figure, value: Decimal) -> str:
    return amount(in_own_unit(figure, value), figure.claim)
