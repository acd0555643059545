"""R06: an actual short of its target although the text says done or the marks hide it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.findings import Checked, finding
from extract.audit.targets.full_marks import missed_in_full
from extract.audit.targets.late import Late, late_dates
from extract.audit.targets.meant import is_told_as_met, meant
from extract.audit.targets.other_scopes import is_of_another_scope
from extract.audit.targets.shortfalls import (
    another_answers,
    is_called_done,
    is_kept_ceiling,
    is_part_of_goal,
    was_changed,
)
from extract.audit.targets.sides import Sided, wrong_sides
from extract.audit.targets.silence import passed_over
from extract.audit.targets.told_marks import (
    ToldOtherwise,
    has_full_marks,
    is_for_later,
    is_of_another_year,
    told_otherwise,
)
from extract.audit.wording import written
from extract.claims.names import likeness
from extract.records import Basis, Claim, ColumnKind, Dimension, FindingType, Pair, Severity, Verdict

RULE = "R06"
_LEAST_CONFIDENCE = 0.6
_SURE_OF_STRANGERS = 0.8  #: of a pair told far apart whose names share nothing
_MOST_MARKS, _LEAST_DONE = Decimal("0.9"), Decimal("0.85")
_UNBELIEVABLE = Decimal(50)  #: times the target, or that part of it: its unit is wrong, which R04 says


def check_missed(case: Case) -> Iterator[Checked]:
    """A finding for each missed target that the marks hide or the text calls done."""
    silent = passed_over(case)
    for pair in case.all_pairs:
        actual = pair.actual
        if actual is None or not _is_candidate(case, pair):
            continue
        share = _share_of_marks(actual, case)
        if share is None:
            if _is_told(case, pair, silent):
                yield _missed(case, pair.target, actual, hidden=has_full_marks(case, pair))
        elif _is_of_row(case, pair) and (share >= 1 or (share >= _MOST_MARKS and _is_far_short(pair))):
            yield _missed(case, pair.target, actual, hidden=True)
    for each in told_otherwise(case):
        yield _told_less(case, each)
    for late in late_dates(case):
        yield _late(case, late)
    told = {pair.actual.id for pair in case.all_pairs if pair.actual is not None and _is_told(case, pair, silent)}
    for each_full in missed_in_full(case):
        if each_full.done.id not in told:
            told.add(each_full.done.id)
            yield _missed(case, each_full.goal, each_full.done, hidden=True)
    for sided in wrong_sides(case):
        if sided.done.id not in told:
            yield _on_other_side(case, sided)


def _on_other_side(case: Case, sided: Sided) -> Checked:
    text = case.document.text
    done, goal = written(sided.done, text), written(sided.goal, text)
    said, sign = ("达到或高于", "<") if sided.above else ("低于", ">")
    name = sided.done.indicator or done
    right = meant(case, sided.goal, sided.done)
    return finding(
        case.document,
        FindingType.MISSED,
        RULE,
        (sided.done, sided.goal),
        severity=Severity.MEDIUM,
        confidence=0.75,
        stated=done,
        expected="" if right is None else right.figure,
        workings=f"{done}{sign}{goal}",
        message=f"“{name}”原文称{done}{said}{goal}，而{done}{sign}{goal}，与所述不符。请核对并更正，或说明情况。",
    )


def _late(case: Case, late: Late) -> Checked:
    fact = f"“{late.name}”要求{late.asked}，实际为{late.done}，晚于要求，{late.said}"
    return finding(
        case.document,
        FindingType.MISSED,
        RULE,
        late.claims,
        severity=Severity.MEDIUM,
        confidence=0.75,
        stated=late.done,
        expected=late.asked,
        workings=f"{late.done}>{late.asked}",
        spans=late.spans,
        message=f"{fact}。请核对日期，或说明推迟的原因并相应扣分。",
    )


def _told_less(case: Case, each: ToldOtherwise) -> Checked:
    text = case.document.text
    goal, done, told = (written(claim, text) for claim in (each.goal, each.done, each.told))
    fact = f"“{each.row.name}”目标为{goal}，自评表实际完成值为{done}，得满分；正文为{told}，按正文未达目标"
    return finding(
        case.document,
        FindingType.MISSED,
        RULE,
        (each.told, each.done, each.goal),
        severity=Severity.HIGH,
        confidence=0.7,
        stated=told,
        expected=done,
        workings=f"{told}≠{done}",
        message=f"{fact}，两处不一致。请核对并更正，或说明口径的差别。",
    )


def _is_candidate(case: Case, pair: Pair) -> bool:
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


def _is_told(case: Case, pair: Pair, silent: frozenset[tuple[str, str]]) -> bool:
    """Whether sentences tell the actual, and marks or words have it done, or nothing speaks of the ``silent`` miss."""
    done = pair.actual
    if done is None or not _is_candidate(case, pair) or (done.cell is None and another_answers(case, pair)):
        return False
    goal = pair.target
    strangers = done.segment is not goal.segment and not likeness(goal.indicator, done.indicator)
    if strangers and pair.confidence < _SURE_OF_STRANGERS:
        return False
    return has_full_marks(case, pair) or _is_told_as_done(case, goal, done) or (goal.id, done.id) in silent


def _is_told_as_done(case: Case, goal: Claim, done: Claim) -> bool:
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


def _is_of_row(case: Case, pair: Pair) -> bool:
    """Whether the marks are given for this target: it stands in their row, or the row has none, or the same one."""
    goal, done = pair.target, pair.actual
    if done is None or done.cell is None:
        return False
    own = [claim for claim in _row_of(done, case) if claim.cell is not None and claim.cell.kind is ColumnKind.TARGET]
    same = (goal.quantity.number, goal.quantity.unit)
    return not own or goal in own or same in [(claim.quantity.number, claim.quantity.unit) for claim in own]


def _is_far_short(pair: Pair) -> bool:
    return pair.ratio is not None and pair.ratio < _LEAST_DONE


def _missed(case: Case, target: Claim, actual: Claim, *, hidden: bool) -> Checked:
    text = case.document.text
    goal, done = written(target, text), written(actual, text)
    name = target.indicator or actual.indicator or goal
    told = "文中按完成叙述" if _is_told_as_done(case, target, actual) else "文中未作说明"
    said = "自评仍得满分或接近满分" if hidden else told
    right = meant(case, target, actual)
    doubt = "" if right is None else f"；若实际为{right.figure}，则与文中其他数字{right.workings}相符"
    return finding(
        case.document,
        FindingType.MISSED,
        RULE,
        (target, actual, *(right.claims if right is not None else ())),
        severity=Severity.HIGH if hidden else Severity.MEDIUM,
        confidence=0.85 if hidden else 0.7,
        stated=done,
        expected=goal if right is None else right.figure,
        workings=f"{done}<{goal}" if (actual.quantity.value or 0) < (target.quantity.value or 0) else f"{done}>{goal}",
        message=f"“{name}”目标为{goal}，实际为{done}，未达目标，{said}{doubt}。请说明未完成的原因。",
    )


def _row_of(actual: Claim, case: Case) -> Sequence[Claim]:
    cell = actual.cell
    return () if cell is None else case.claims_in_row.get((cell.table, cell.row), ())


def _share_of_marks(actual: Claim, case: Case) -> Decimal | None:
    """Score over weight in the row of the actual; None when the row has no marks."""
    row = _row_of(actual, case)
    weights, scores = (
        [c.quantity.number for c in row if c.cell is not None and c.cell.kind is kind]
        for kind in (ColumnKind.WEIGHT, ColumnKind.SCORE)
    )
    if len(weights) != 1 or len(scores) != 1 or not weights[0] or scores[0] is None:
        return None
    return scores[0] / weights[0]
