"""Targets that nothing answers in a document that answers its targets where it tells them."""

from __future__ import annotations

from collections.abc import Iterator

from extract.audit.case import Case
from extract.audit.targets.goals import is_named_target, words_before
from extract.audit.targets.silence import is_excused
from extract.claims.names import character_pairs
from extract.records import Claim, Pair, Role

_SURE = 0.7
_FEWEST, _MOSTLY = 2, 0.7  #: told targets with answers in their sentences, and their share of all that are answered
_LEAST, _MOST = 0.3, 3  #: of the target: a figure further off is no answer
_NAMED = 0.5  #: of a target's name that the words before a figure have, from which it may answer
_REACH = 42
_OTHERS = (Role.TARGET, Role.PLAN, Role.SCORE, Role.BASELINE)


def is_left_open(case: Case, pair: Pair) -> bool:
    """Whether a target that sentences tell has no figure beside it, or of its name, that may be its answer."""
    goal = pair.target
    if goal.cell is not None or pair.confidence < _SURE or not goal.quantity.unit or not is_named_target(case, goal):
        return False
    return answers_beside(case) and not is_excused(case, goal) and not any(_candidates(case, goal))


def answers_beside(case: Case) -> bool:
    """Whether the document answers most of the targets that its sentences tell in the same sentences."""
    told = [p for p in case.pairs if p.actual is not None and p.target.cell is None and p.confidence >= _SURE]
    beside = sum(pair.actual is not None and pair.actual.segment is pair.target.segment for pair in told)
    return beside >= max(_FEWEST, _MOSTLY * len(told))


def _candidates(case: Case, goal: Claim) -> Iterator[Claim]:
    """The figures that may answer, but for those that answer other targets."""
    name = character_pairs(goal.indicator)
    taken = {p.actual.id for p in case.pairs if p.actual is not None and p.confidence >= _SURE}
    for claim in case.claims:
        if claim.id == goal.id or claim.role in _OTHERS or not _is_alike(goal, claim):
            continue
        if claim.segment.paragraph == goal.segment.paragraph and claim.id not in taken:
            yield claim
        words = character_pairs(f"{claim.indicator} {words_before(case, claim, _REACH)}")
        if name and len(name & words) >= _NAMED * len(name):
            yield claim


def _is_alike(goal: Claim, claim: Claim) -> bool:
    one, other = goal.quantity, claim.quantity
    if one.unit.partition("/")[0] != other.unit.partition("/")[0] or not one.value or other.value is None:
        return False
    return _LEAST <= other.value / one.value <= _MOST
