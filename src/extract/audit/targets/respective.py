"""Targets and actuals told in two lists of one sentence: A不低于90%、B不低于99%，分别为96.6%、99.4%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.audit.case import Case
from extract.audit.targets.goals import words_before
from extract.records import Claim

_RESPECTIVELY = re.compile(r"(?:分别|依次|顺次)[^，。；;\d]{0,8}$")
_JOINS = re.compile(r"[、和及与，,]")
_FEWEST = 2
_REACH = 16


def are_crossed(case: Case, goal: Claim, done: Claim) -> bool:
    """Whether the figures stand at different places of the two lists, and so do not belong together."""
    if goal.segment is not done.segment:
        return False
    for firsts, seconds in _lists(case, case.claims_beside(goal)):
        for one, other in ((goal, done), (done, goal)):
            if one in firsts and other in seconds and firsts.index(one) != seconds.index(other):
                return True
    return False


def _lists(case: Case, claims: Sequence[Claim]) -> Iterator[tuple[Sequence[Claim], Sequence[Claim]]]:
    """The figures behind 分别, and as many before it."""
    for start, claim in enumerate(claims):
        if not _RESPECTIVELY.search(words_before(case, claim, _REACH)):
            continue
        end = start + 1
        while end < len(claims) and _JOINS.fullmatch(_between(case, claims[end - 1], claims[end])):
            end += 1
        if _FEWEST <= end - start <= start:
            yield claims[2 * start - end : start], claims[start:end]


def _between(case: Case, one: Claim, other: Claim) -> str:
    return "".join(case.document.text[one.span.end : other.span.start].split())
