"""Sentences that put a figure above or below its target, or on its right side: 93.1%，高于95%的目标."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal, words_of_goal
from extract.audit.targets.goals import is_named_target, words_before
from extract.pairs.verdicts import lower_is_better
from extract.records import Approx, Claim

_CUES = ("below", "better", "above")
_NEAR, _BEHIND = 16, 8
_WORDS, _TWICE = 24, 2
_BY = re.compile(
    r"(?:(?P<more>多(?![为是数])|超|高出|富余)|(?P<less>少(?![数年儿先])|短缺|差(?![错异])|欠|缺))[^，。；、\d比较]{0,6}$"
)
_OF_BEFORE = re.compile(r"上年|去年|同期|往年|20\d\d年|上月|上次")


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
    yield from _by_difference(case)


def _by_difference(case: Case) -> Iterator[Sided]:
    """计划640人次，实训608人次，多训了32人次: a difference on the other side of the target than its figure."""
    told: dict[int, list[Claim]] = {}
    for claim in case.claims:
        if claim.cell is None:
            told.setdefault(claim.segment.span.start, []).append(claim)
    for claims in told.values():
        for one, other, by in zip(claims, claims[1:], claims[2:], strict=False):
            if len({_measure(one), _measure(other), _measure(by)}) == 1 and not _is_left(case, one, other):
                yield from _turned(case, one, other, by)


def _turned(case: Case, one: Claim, other: Claim, by: Claim) -> Iterator[Sided]:
    aims = [is_named_target(case, claim) for claim in (one, other)]
    words = re.split(r"[，。；,;]", words_before(case, by, _WORDS))[-1]
    side = _BY.match(words)
    if aims[0] == aims[1] or side is None or _OF_BEFORE.search(words_before(case, by, _WORDS)):
        return
    goal, done = (one, other) if aims[0] else (other, one)
    lack, more = goal.quantity.value, done.quantity.value
    if lack is None or more is None or done.quantity.approx is not Approx.EXACT:
        return
    above = side["more"] is not None
    if abs(lack - more) != by.quantity.value and not _is_right_behind(case, other, by, lack, more):
        return
    if more < lack if above else more > lack:
        yield Sided(done, goal, above)


def _is_left(case: Case, one: Claim, other: Claim) -> bool:
    """Whether a bracket that the first figure stands in is closed before the second."""
    return re.search(r"[)）]", case.document.text[one.span.end : other.span.start]) is not None


def _is_right_behind(case: Case, other: Claim, by: Claim, lack: Decimal, more: Decimal) -> bool:
    """Whether the difference is told right behind the second of two figures that lie near one another."""
    between = "".join(case.document.text[other.span.end : by.span.start].split()).lstrip("，,)）发出完成")
    return _BY.fullmatch(between) is not None and lack < _TWICE * more and more < _TWICE * lack


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
