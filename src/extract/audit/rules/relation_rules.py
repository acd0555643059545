"""The rules of arithmetic over one graph of the document's relations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from extract.audit.case import Case
from extract.audit.findings import Checked
from extract.audit.graph import Graph, failed, graph_of, held, once
from extract.audit.relations import Relation
from extract.audit.rules import (
    r01_totals,
    r02_derived,
    r03_conflicts,
    r13_feasible,
    r14_staffing,
    r15_carryover,
    r16_three_public,
    r18_unbudgeted,
    r19_staff_control,
    r23_budget_flow,
    r27_assets,
)
from extract.audit.rules.missing_rows import check_missing_rows, missing_rows
from extract.audit.rules.r04_units import check_units
from extract.audit.rules.r05_malformed import check_malformed
from extract.audit.rules.wrong_direction import check_directions
from extract.weights import Weights

#: each relation belongs to the first rule that owns it: what is particular goes before what is general
_OWNERS: tuple[tuple[str, Callable[[Relation], bool]], ...] = (
    (r03_conflicts.RULE, r03_conflicts.owns),
    (r13_feasible.RULE, r13_feasible.owns),
    (r19_staff_control.RULE, r19_staff_control.owns),
    (r16_three_public.RULE, r16_three_public.owns),
    (r15_carryover.RULE, r15_carryover.owns),
    (r23_budget_flow.RULE, r23_budget_flow.owns),
    (r14_staffing.RULE, r14_staffing.owns),
    (r01_totals.RULE, r01_totals.owns),
    (r02_derived.RULE, r02_derived.owns),
)
_FURTHER: tuple[Callable[[Graph], Iterable[Checked]], ...] = (
    r13_feasible.check_feasible,
    r13_feasible.check_exceeded,
    r14_staffing.check_closed,
    r16_three_public.check_other_transport,
    r18_unbudgeted.check_unbudgeted,
    r19_staff_control.check_staff,
    r27_assets.check_assets,
    check_directions,
)


def check_relations(case: Case, following: Weights | None = None) -> Iterator[Checked]:
    """What rules R01 to R05, R13 to R16, R18, R19, R23 and R27 find, and what they find right."""
    graph = graph_of(case.document, case.figures, case.pairs, following)
    judged = graph.judgement
    for relation in judged.holding:
        yield held(_owner(relation), relation)
    short = missing_rows(judged.failing)
    yield from check_missing_rows(graph, short)
    told = {failure for group in short for failure in group}
    for failure in once([failure for failure in judged.failing if failure not in told]):
        yield failed(graph, _owner(failure.relation), failure)
    for check in _FURTHER:
        yield from check(graph)
    yield from r15_carryover.check_carryover(graph, case.profile.carry_over)
    settled = {failure.figure.claim.id for failure in judged.failing}
    yield from check_units(graph, case.pairs, settled)
    yield from check_malformed(case.document, case.claims)


def _owner(relation: Relation) -> str:
    return next(rule for rule, owns in _OWNERS if owns(relation))
