"""Bounds that a sentence gives with all their marks and yet misses: 不少于48家(15分)，实有42家，得15分."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.targets.goals import TARGET_BOUNDS
from extract.pairs.verdicts import compared
from extract.records import Approx, Claim, Verdict

_SCORE = re.compile(r"^[^。；;\d]{0,8}?(?:得|计|给|评|记)[了为]?(\d+(?:\.\d+)?)分")
_WEIGHT = re.compile(r"(\d+(?:\.\d+)?)分")
_AROUND = 24


class MissedInFull(NamedTuple):
    """A target, and what fell short of it with all marks."""

    goal: Claim
    done: Claim


def missed_in_full(case: Case) -> Iterator[MissedInFull]:
    """Targets with the next figure of their unit in the paragraph, where that misses them and the marks are full."""
    for claims in case.claims_in_paragraph.values():
        told = [claim for claim in claims if claim.cell is None and claim.quantity.unit != "分"]
        for goal, done in pairwise(told):
            if _is_goal(case, goal) and _misses(goal, done) and _is_full(case, goal, done):
                yield MissedInFull(goal, done)


def _is_goal(case: Case, claim: Claim) -> bool:
    before = "".join(
        case.document.text[max(claim.segment.span.start, claim.span.start - _AROUND) : claim.span.start].split()
    )
    return claim.quantity.approx in TARGET_BOUNDS or tells_of_goal("set_as", before)


def _misses(goal: Claim, done: Claim) -> bool:
    same = goal.quantity.unit == done.quantity.unit and done.quantity.approx is Approx.EXACT
    return same and compared(goal, done, "") is Verdict.MISSED


def _is_full(case: Case, goal: Claim, done: Claim) -> bool:
    text = case.document.text
    behind = "".join(text[done.span.end : done.span.end + _AROUND].split())
    if tells_of_goal("marked_in_full", behind):
        return True
    score = _SCORE.match(behind)
    before = text[max(0, goal.span.start - _AROUND) : done.span.start]
    weights: Sequence[str] = _WEIGHT.findall("".join(before.split()))
    return score is not None and score[1] in weights
