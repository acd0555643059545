"""Sentences that put a figure above or below its target, or on its right side: 93.1%，高于95%的目标."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal, words_of_goal
from extract.pairs.verdicts import lower_is_better
from extract.records import Approx, Claim

_CUES = ("below", "better", "above")
_NEAR, _BEHIND = 16, 8


class Sided(NamedTuple):
    """A figure, its target, and whether the words say that it is above."""

    done: Claim
    goal: Claim
    above: bool


def wrong_sides(case: Case) -> Iterator[Sided]:
    """Figures that lie on the other side of their targets than the sentence says."""
    for each in _sided(case):
        done, goal = each.done.quantity.value, each.goal.quantity.value
        if done is None or goal is None:
            continue
        if (each.above and done < goal) or (not each.above and done > goal):
            yield each


def _is_difference(of: str, done: Claim, goal: Claim) -> bool:
    """46件，少于计划14件: what stands behind the word for a target is by how much, where it is no such target."""
    one, other = done.quantity.value, goal.quantity.value
    named = tells_of_goal("names_target", of[-2:])
    return named and one is not None and other is not None and 2 * abs(other) < abs(one)


def _measure(claim: Claim) -> str:
    """The unit, that of 元/户 being 元: 户均6,548元，低于5,500元的控制标准."""
    return claim.quantity.unit.partition("/")[0]


def _sided(case: Case) -> Iterator[Sided]:
    text = case.document.text
    for done, goal in pairwise(case.told):
        if done.segment is not goal.segment or _measure(done) != _measure(goal):
            continue
        if done.quantity.approx is not Approx.EXACT:
            continue
        between = "".join(text[done.span.end : goal.span.start].split())
        if len(between) > _NEAR or not re.fullmatch(r"[，,]?[^，。；;]*", between):
            continue
        behind = "".join(text[goal.span.end : goal.span.end + _BEHIND].split())
        side, of = _side(between)
        if not side or tells_of_goal("by_how_much", text[: done.span.start][-6:]) or "个百分点" in behind:
            continue
        if not _is_difference(of, done, goal) and (
            tells_of_goal("names_target", of) or tells_of_goal("names_target", re.split(r"[，。；]", behind)[0])
        ):
            yield Sided(done, goal, side == "above" or (side == "better" and not lower_is_better(goal)))


def _side(between: str) -> tuple[str, str]:
    """(the cue of the words between two figures, what they call the second one); empty where they tell no side."""
    for cue in _CUES:
        found = words_of_goal(cue).search(between)
        if found is not None:
            return cue, next((of for of in found.groups() if of is not None), "")
    return "", ""
