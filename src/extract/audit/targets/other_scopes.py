"""Figures short of a target since they tell of less than it does: a quarter, one of several, one bar of two."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.targets.goals import is_named_target, words_before
from extract.audit.targets.respective import are_crossed
from extract.pairs.verdicts import compared
from extract.records import Claim, Dimension, Pair, Verdict

_CLAUSE = 14
_MOST_OVER = 2  #: times the target: what adds up to more are other things
_NO_PART = re.compile(r"其中|[超多少低高减]|目标|计划|任务|比|差|剩|余|未|上年|去年|累计|共")
_MET = (Verdict.MET, Verdict.EXCEEDED)


def is_of_another_scope(case: Case, pair: Pair) -> bool:
    """Whether the words show that the figure alone is no answer to the target, or is a better one than it looks."""
    goal, done = pair.target, pair.actual
    if done is None or done.cell is not None:
        return False
    return (
        are_crossed(case, goal, done)
        or _is_of_part_of_year(case, goal, done)
        or _falls_enough(case, pair)
        or _meets_another(case, goal, done)
        or _is_one_of_several(case, goal, done)
    )


def _is_of_part_of_year(case: Case, goal: Claim, done: Claim) -> bool:
    """目标80%，一季度75%."""
    own, other = (_clause(case, claim) for claim in (done, goal))
    return tells_of_goal("part_of_year", own) and not tells_of_goal("part_of_year", other)


def _falls_enough(case: Case, pair: Pair) -> bool:
    """目标下降3%，实际下降3.6%."""
    goal, done, ratio = pair.target, pair.actual, pair.ratio
    if done is None or ratio is None or ratio < 1:
        return False
    return all(tells_of_goal("fall", _clause(case, claim)) for claim in (goal, done))


def _meets_another(case: Case, goal: Claim, done: Claim) -> bool:
    """市定目标85%，自定目标90%，实际87.6%."""
    if goal.segment is not done.segment:
        return False
    for other, claim in pairwise(case.claims_beside(goal)):
        if (
            claim is goal
            and other is not done
            and other.quantity.unit == goal.quantity.unit
            and is_named_target(case, other)
        ):
            return compared(other, done, "") in _MET
    return False


def _is_one_of_several(case: Case, goal: Claim, done: Claim) -> bool:
    """目标5万人次，医疗机构筛查4.1万人次，社区筛查1.3万人次."""
    if done.quantity.dimension is not Dimension.COUNT or goal.quantity.value is None:
        return False
    whole = done.quantity.value or 0
    for claim in (c for c in case.claims_beside(done) if c.span.start >= done.span.end):
        if claim is goal or not _is_like(case, done, claim):
            return False
        whole += claim.quantity.value or 0
        if whole >= goal.quantity.value:
            return whole <= _MOST_OVER * goal.quantity.value
    return False


def _is_like(case: Case, done: Claim, claim: Claim) -> bool:
    own, other = done.quantity, claim.quantity
    same = other.unit == own.unit and other.approx is own.approx
    return same and _NO_PART.search(words_before(case, claim, _CLAUSE)) is None


def _clause(case: Case, claim: Claim) -> str:
    return re.split(r"[，。；,;]", words_before(case, claim, _CLAUSE))[-1]
