"""What keeps a target without an answer from being a question: it is a rule, or other words may well answer it.

Who writes 目标 in one section and results in another answers in other words (随访率: 需要追踪的386人，随访到375人), in
other units (外出招商60批次: 共64次) and under other names (入驻率: 租出). Where that may be, only a hint is given.
"""

from __future__ import annotations

import re

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.targets.goals import GOALS, RESULTS, clause_before, is_named_target, words_before
from extract.claims.names import character_pairs
from extract.records import Approx, Claim, Dimension, Role, Segment

_SENTENCE = 60  #: characters before a figure that may call it a rule
_SHARED, _MOSTLY, _FEWEST = 0.5, 0.7, 2  #: of a target's characters that a sentence has which may speak of it
_COMMON = frozenset(
    "的率数量比例占个不于少低高超过达到完成年度全目标任务计划指要求在内以上下为是和与及等对各项新增工作定次化"
)
_LEAST, _MOST = 0.9, 1.3  #: of the target: counts further off answer something else
_OTHERS = (Role.TARGET, Role.PLAN, Role.SCORE, Role.BASELINE)
_IN_WORDS = re.compile(r"[一二两三四五六七八九十]")
_SIGNS = re.compile(r"[^一-鿿A-Za-z]")


def is_no_aim(case: Case, goal: Claim) -> bool:
    """Whether a bound is a rule or a price for each, is told about, or counts goals in words: 目标有三条."""
    if goal.quantity.approx is Approx.ABOUT or _IN_WORDS.match(case.document.text, goal.span.start):
        return True
    each = tells_of_goal("each", words_before(case, goal, _SENTENCE))
    return is_rule(case, goal) or (each and not tells_of_goal("aims", clause_before(case, goal)))


def is_rule(case: Case, goal: Claim) -> bool:
    """Whether a bound is a rule that always holds, or an agreement, and no aim of the year."""
    if tells_of_goal("aims", clause_before(case, goal)):
        return False
    behind = re.split(r"[，。；,;]", case.document.text[goal.span.end : goal.segment.span.end])[0]
    return tells_of_goal("ruled", words_before(case, goal, _SENTENCE)) or tells_of_goal("ruled", behind)


def may_be_told_otherwise(case: Case, goal: Claim) -> bool:
    """Whether a sentence of results has half of the characters of the target's name, or a count close to it.

    So has a figure behind it in its own sentence that no word calls a target.
    """
    behind = (c for c in case.claims_beside(goal) if c.span.start > goal.span.start)
    if any(c.quantity.unit == goal.quantity.unit and not is_named_target(case, c) for c in behind):
        return True
    name = _Name(goal.indicator or clause_before(case, goal), goal.quantity.unit)
    sentences = (s for s in case.document.segments if s.cell is None and s is not goal.segment and not tells_goals(s))
    if any(name.is_spoken_of(case.words_of(sentence)) for sentence in sentences):
        return True
    return any(_is_count_near(goal, c) and name.is_like(case, c) and not tells_goals(c.segment) for c in case.claims)


class _Name:
    """The characters of a target's name that tell it, and the pairs of them."""

    def __init__(self, words: str, unit: str) -> None:
        self.unit = unit
        self.signs = frozenset(_SIGNS.sub("", words)) - _COMMON
        self.pairs = character_pairs(words)

    def is_spoken_of(self, words: str) -> bool:
        shared = len(self.signs & set(words))
        if shared < max(_FEWEST, _SHARED * len(self.signs)):
            return False
        return shared >= _MOSTLY * len(self.signs) or any(pair in words for pair in self.pairs)

    def is_like(self, case: Case, claim: Claim) -> bool:
        """Whether the sentence of a count has any of the characters, or the count a sign of the same measure word."""
        return bool(self.signs & set(case.words_of(claim.segment))) or bool(set(self.unit) & set(claim.quantity.unit))


def tells_goals(segment: Segment) -> bool:
    """Whether the heading right above speaks of goals, and none above it of results."""
    goals, above = " ".join(segment.section[-1:]), " ".join(segment.section)
    return GOALS.search(goals) is not None and not RESULTS.search(above)


def _is_count_near(goal: Claim, claim: Claim) -> bool:
    """Whether a count of another measure word lies at the target or a little beyond it."""
    one, other = goal.quantity, claim.quantity
    if claim.role in _OTHERS or one.dimension is not Dimension.COUNT or other.dimension is not Dimension.COUNT:
        return False
    if one.unit == other.unit or not one.value or other.value is None:
        return False
    return one.approx is not Approx.AT_MOST and _LEAST <= other.value / one.value <= _MOST
