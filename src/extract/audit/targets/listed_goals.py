"""Goals of a list of which one is spoken of nowhere else: 整理旧志5部，建成数字方志馆一期."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal, words_of_goal
from extract.claims.names import character_pairs
from extract.offsets import CharSpan
from extract.records import Segment, SegmentKind

_BREAK = re.compile(r"[，,；;。]")
_NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．,，]|[①-⑳■●◆▲·•-])\s*")
_FIGURE = re.compile(r"[\d.,%％]+\S{0,2}$|[\d.%％]+|[一二两三四五六七八九十百千万]+[个间所部座家名次场期项处]$")
_FEWEST_NAMED, _MOST_NAMED = 4, 18
_FEWEST_GOALS = 3
_FEWEST_ANSWERED = 2
_ANSWERED, _UNSPOKEN = 0.5, 0.1  #: of a goal's pairs of characters that the rest of the text has
_MOST_OPEN = 0.34  #: of the goals of a list; more of them and the text is not about its goals


class ListedGoal(NamedTuple):
    """A goal of a list: what it calls for, and where it stands."""

    name: str
    words: str
    span: CharSpan


def unspoken_goals(case: Case) -> Iterator[ListedGoal]:
    """Goals of a list whose words come nowhere else, where the text goes through the others."""
    for goals in _lists(case):
        if len(goals) < _FEWEST_GOALS:
            continue
        first, last = goals[0].span.start, goals[-1].span.end
        rest = character_pairs(f"{case.document.text[:first]}。{case.document.text[last:]}")
        shares = [_share(goal.name, rest) for goal in goals]
        open_ = [goal for goal, share in zip(goals, shares, strict=True) if share is not None and share <= _UNSPOKEN]
        answered = sum(share is not None and share >= _ANSWERED for share in shares)
        if len(open_) <= _MOST_OPEN * len(goals) and answered >= _FEWEST_ANSWERED:
            yield from open_


def _share(name: str, rest: frozenset[str]) -> float | None:
    """How much of a goal's name the rest of the text has; None where the name is too short, long or vague to tell."""
    pairs = character_pairs(name)
    if not pairs or not _FEWEST_NAMED <= len(name) <= _MOST_NAMED or tells_of_goal("vague_goal", name):
        return None
    return len(pairs & rest) / len(pairs)


def _lists(case: Case) -> Iterator[list[ListedGoal]]:
    told = [s for s in case.document.segments if s.cell is None]
    for place, segment in enumerate(told):
        words = segment.span.of(case.document.text)
        opened = words_of_goal("opens_goals").search(words)
        if opened is not None and segment.kind is SegmentKind.SENTENCE and words[opened.end() :].strip():
            yield list(_goals(case, segment, segment.span.start + opened.end()))
        elif tells_of_goal("heads_goals", "".join(words.split())) and not tells_of_goal("no_list", words):
            below = takewhile(lambda s: _NUMBERED.match(s.span.of(case.document.text)), told[place + 1 :])
            yield [goal for each in below for goal in _whole(case, each)]


def _whole(case: Case, segment: Segment) -> Sequence[ListedGoal]:
    """A list item as one goal: what stands behind its number."""
    number = _NUMBERED.match(segment.span.of(case.document.text))
    start = segment.span.start + (number.end() if number else 0)
    words = case.document.text[start : segment.span.end]
    return [_goal(words.rstrip("；;。 \n"), start)] if words.strip() else []


def _goals(case: Case, segment: Segment, start: int) -> Iterator[ListedGoal]:
    """The clauses of a sentence from ``start`` on, a bound being told with the clause before it."""
    for part in re.finditer(rf"[^{_BREAK.pattern[1:-1]}]+", case.document.text[start : segment.span.end]):
        words = part[0].strip()
        if words and not tells_of_goal("admits", words):
            yield _goal(words, start + part.start() + len(part[0]) - len(part[0].lstrip()))


def _goal(words: str, start: int) -> ListedGoal:
    bare = _NUMBERED.sub("", "".join(words.split()))
    name = _FIGURE.sub("", words_of_goal("bound_behind").sub("", words_of_goal("doing").sub("", bare)))
    return ListedGoal(name, words, CharSpan(start, start + len(words)))
