"""Whether a target without an answer is a question to ask: for a hint, and for more than one."""

from __future__ import annotations

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.targets.goals import (
    clause_before,
    is_answered_beside,
    is_answered_by_share,
    is_answered_in_form,
    is_called_target,
    is_plain_target,
    is_told_nowhere,
)
from extract.audit.targets.left_open import is_blank_in_column, is_left_open
from extract.audit.targets.other_words import is_no_aim, may_be_told_otherwise
from extract.audit.targets.told_marks import is_for_later
from extract.claims.names import likeness
from extract.records import Basis, Claim, Pair

FIRM = 0.7  #: confidence that nothing answers a target, from which it is more than a hint
_ALIKE = 0.4  #: likeness of names below which a figure hardly answers


def is_a_question(case: Case, goal: Claim) -> bool:
    """Whether a figure is told as a target, and none beside it or in its share answers it."""
    if goal.cell is None and (is_answered_beside(case, goal) or is_answered_by_share(case, goal)):
        return False
    return is_plain_target(case, goal)


def is_surely_open(case: Case, pair: Pair) -> bool:
    """Whether its words call a figure a target, and nothing in the text has its name."""
    if pair.target.cell is not None or pair.confidence < FIRM:
        return is_blank_in_column(case, pair.target)
    goal = pair.target
    if is_no_aim(case, goal) or is_for_later(case, goal):
        return False
    is_plain = tells_of_goal("aims", clause_before(case, goal)) or not may_be_told_otherwise(case, goal)
    return is_spoken_of_nowhere(case, goal) or (is_plain and is_left_open(case, pair))


def _is_no_question(case: Case, goal: Claim) -> bool:
    return is_no_aim(case, goal) or is_for_later(case, goal) or may_be_told_otherwise(case, goal)


def is_spoken_of_nowhere(case: Case, goal: Claim) -> bool:
    """Whether words call a figure a target of the year, and nothing in the text may be the answer to it."""
    if tells_of_goal("no_figure", case.words_of(goal.segment)):
        return False
    if _is_no_question(case, goal) or is_answered_in_form(case, goal):
        return False
    return is_called_target(case, goal) and is_told_nowhere(case, goal)


def is_doubtful(pair: Pair) -> bool:
    """Whether a figure of the same sentence was taken for the answer for want of a better one."""
    goal, done = pair.target, pair.actual
    if done is None or goal.cell is not None or pair.basis is not Basis.PERFORMANCE:
        return False
    return pair.confidence < FIRM and done.segment is goal.segment and likeness(goal.indicator, done.indicator) < _ALIKE
