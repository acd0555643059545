"""Pairs of which the actual falls short of its target, and whether marks or words have it done."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.targets.meant import is_told_as_met
from extract.audit.targets.other_scopes import is_of_another_scope
from extract.audit.targets.shortfalls import (
    another_answers,
    is_called_done,
    is_kept_ceiling,
    is_part_of_goal,
    was_changed,
)
from extract.audit.targets.told_marks import has_full_marks, is_for_later, is_of_another_year
from extract.claims.names import likeness
from extract.records import Basis, Claim, ColumnKind, Dimension, Pair, Verdict

_LEAST_CONFIDENCE = 0.6
_SURE_OF_STRANGERS = 0.8  #: of a pair told far apart whose names share nothing
_LEAST_DONE = Decimal("0.85")
_UNBELIEVABLE = Decimal(50)  #: times the target, or that part of it: its unit is wrong, which R04 says


def is_candidate(case: Case, pair: Pair) -> bool:
    done = pair.actual
    if (
        done is None
        or is_of_another_year(case, done)
        or is_for_later(case, pair.target)
        or is_of_another_scope(case, pair)
        or _row_says_otherwise(case, pair)
    ):
        return False
    if not _is_short(pair) or pair.confidence < _LEAST_CONFIDENCE or was_changed(case, pair):
        return False
    return not is_kept_ceiling(case, pair) and not is_part_of_goal(case, pair)


def _row_says_otherwise(case: Case, pair: Pair) -> bool:
    """Whether the target's own row gives another actual: what the text tells is then held against that one."""
    own = [c for c in _row_of(pair.target, case) if c.cell is not None and c.cell.kind is ColumnKind.ACTUAL]
    return bool(own) and pair.actual not in own


def is_told(case: Case, pair: Pair, silent: frozenset[tuple[str, str]]) -> bool:
    """Whether marks or words have a candidate told in sentences done, or nothing speaks of the ``silent`` miss."""
    done = pair.actual
    if done is None or (done.cell is None and another_answers(case, pair)):
        return False
    goal = pair.target
    strangers = done.segment is not goal.segment and not likeness(goal.indicator, done.indicator)
    if strangers and pair.confidence < _SURE_OF_STRANGERS:
        return False
    return has_full_marks(case, pair) or is_told_as_done(case, goal, done) or (goal.id, done.id) in silent


def is_told_as_done(case: Case, goal: Claim, done: Claim) -> bool:
    """Whether words call a target done, or tell a share or a difference that would meet it."""
    return is_called_done(case, done) or is_told_as_met(case, goal, done)


def _is_short(pair: Pair) -> bool:
    """Missed by its verdict; fewer things than planned are missed whoever pays for them."""
    ratio = pair.ratio
    if ratio is not None and not 1 / _UNBELIEVABLE < ratio < _UNBELIEVABLE and ratio != 0:
        return False
    if ratio is not None and ratio < 1 and tells_of_goal("limits", pair.target.indicator):
        return False
    counted = pair.target.quantity.dimension is Dimension.COUNT and pair.basis is Basis.BUDGET
    return pair.verdict is Verdict.MISSED or (counted and ratio is not None and ratio < 1)


def is_of_row(case: Case, pair: Pair) -> bool:
    """Whether the marks are given for this target: it stands in their row, or the row has none, or the same one."""
    goal, done = pair.target, pair.actual
    if done is None or done.cell is None:
        return False
    own = [claim for claim in _row_of(done, case) if claim.cell is not None and claim.cell.kind is ColumnKind.TARGET]
    same = (goal.quantity.number, goal.quantity.unit)
    return not own or goal in own or same in [(claim.quantity.number, claim.quantity.unit) for claim in own]


def is_far_short(pair: Pair) -> bool:
    return pair.ratio is not None and pair.ratio < _LEAST_DONE


def _row_of(actual: Claim, case: Case) -> Sequence[Claim]:
    cell = actual.cell
    return () if cell is None else case.claims_in_row.get((cell.table, cell.row), ())


def share_of_marks(actual: Claim, case: Case) -> Decimal | None:
    """Score over weight in the row of the actual; None when the row has no marks."""
    row = _row_of(actual, case)
    weights, scores = (
        [c.quantity.number for c in row if c.cell is not None and c.cell.kind is kind]
        for kind in (ColumnKind.WEIGHT, ColumnKind.SCORE)
    )
    if len(weights) != 1 or len(scores) != 1 or not weights[0] or scores[0] is None:
        return None
    return scores[0] / weights[0]
