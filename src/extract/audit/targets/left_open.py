"""Targets that nothing answers in a document that answers its targets where it tells them."""

from __future__ import annotations

from collections.abc import Iterator

from extract.audit.case import Case
from extract.audit.targets.goals import is_named_target, words_before
from extract.audit.targets.silence import is_excused
from extract.claims.names import character_pairs
from extract.records import Approx, Claim, ColumnKind, Dimension, Pair, Role

_SURE = 0.7
_FEWEST, _MOSTLY = 2, 0.7  #: told targets with answers in their sentences, and their share of all that are answered
_LEAST, _MOST = 0.3, 3  #: of the target: a figure further off is no answer
_NAMED = 0.5  #: of a target's name that the words before a figure have, from which it may answer
_REACH = 42
_TIMES = 2  #: as many results as targets, under one heading
_OTHERS = (Role.TARGET, Role.PLAN, Role.SCORE, Role.BASELINE)


def is_left_open(case: Case, pair: Pair) -> bool:
    """Whether a target that sentences tell has no figure beside it, or of its name, that may be its answer."""
    goal = pair.target
    if goal.cell is not None or pair.confidence < _SURE or not _is_measured(goal) or not is_named_target(case, goal):
        return False
    if not (_answers_beside(case) or _stands_among_results(case, goal)):
        return False
    return not is_excused(case, goal) and not any(_candidates(case, goal))


def _is_measured(goal: Claim) -> bool:
    """Whether a figure may be a target by itself: it has a unit, and is neither a price nor a difference."""
    return goal.quantity.unit not in ("", "个百分点") and goal.quantity.dimension is not Dimension.MONEY


def is_blank_in_column(case: Case, goal: Claim) -> bool:
    """Whether the row of a target is the only one of its table without a figure in the column of what was done."""
    cell = goal.cell
    table = None if cell is None else case.tables.get(cell.table)
    if table is None or cell is None or cell.kind is not ColumnKind.TARGET:
        return False
    kinds = [{each.kind for each in row} for row in table.rows.values()]
    asked = [row for row in kinds if ColumnKind.TARGET in row]
    open_ = [row for row in asked if ColumnKind.ACTUAL not in row]
    own = {each.kind for each in table.rows[cell.row]}
    return ColumnKind.ACTUAL not in own and len(open_) == 1 and len(asked) > _FEWEST


def _answers_beside(case: Case) -> bool:
    """Whether the document answers most of the targets that its sentences tell in the same sentences."""
    told, beside = case.told_and_answered_beside
    return beside >= max(_FEWEST, _MOSTLY * told)


def _stands_among_results(case: Case, goal: Claim) -> bool:
    """Whether the stretch under the goal's heading tells results, and it is the only target open in its sentence."""
    top = goal.segment.section[:1]
    beside = [claim for claim in case.told if claim.segment.section[:1] == top]
    goals = [claim for claim in beside if claim.role is Role.TARGET and is_named_target(case, claim)]
    alone = sum(claim.id in case.open_targets for claim in goals if claim.segment is goal.segment) == 1
    results = sum(claim.role is Role.ACTUAL for claim in beside)
    return alone and results >= max(_FEWEST, _TIMES * len(goals))


def _candidates(case: Case, goal: Claim) -> Iterator[Claim]:
    """The figures that may answer, but for those that answer other targets."""
    name = character_pairs(goal.indicator)
    for claim in case.claims:
        if claim.id == goal.id or not _is_alike(goal, claim):
            continue
        if _is_next(case, goal, claim) and claim.quantity.approx is Approx.EXACT:
            yield claim
        if claim.role in _OTHERS and not _is_taken_for_target(case, claim):
            continue
        if claim.segment.paragraph == goal.segment.paragraph and claim.id not in case.answering:
            yield claim
        words = character_pairs(f"{claim.indicator} {words_before(case, claim, _REACH)}")
        if name and len(name & words) >= _NAMED * len(name):
            yield claim


def _is_taken_for_target(case: Case, claim: Claim) -> bool:
    """Whether only the heading makes a figure a target: below 绩效目标实现情况 each sentence that has no such word."""
    return claim.role is Role.TARGET and claim.cell is None and not is_named_target(case, claim)


def _is_next(case: Case, goal: Claim, claim: Claim) -> bool:
    """Whether a figure is the next one behind a target in its sentence."""
    if claim.segment is not goal.segment:
        return False
    behind = (c for c in case.claims_in_paragraph[goal.segment.paragraph] if c.span.start > goal.span.start)
    return next(behind, None) is claim


def _is_alike(goal: Claim, claim: Claim) -> bool:
    one, other = goal.quantity, claim.quantity
    if one.unit.partition("/")[0] != other.unit.partition("/")[0] or not one.value or other.value is None:
        return False
    return _LEAST <= other.value / one.value <= _MOST
