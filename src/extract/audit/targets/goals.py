"""Targets that sentences tell: whether their words call them so, and whether a figure anywhere may be the answer."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.forms import figure_in
from extract.claims.names import character_pairs
from extract.records import Approx, Claim, Dimension, Role

TARGET_BOUNDS = (Approx.AT_LEAST, Approx.AT_MOST, Approx.MORE_THAN, Approx.LESS_THAN)
_BEFORE, _BEHIND = 20, 12
_CLAUSES = re.compile(r"[，。；,;：:、（）()\n]")
_TARGET_WORDS = re.compile(
    r"目标|计划(?!生育)|任务(?![单书])|预期|指标值|要求|力争|确保|承诺(?![时期]限|件|办)|[不]低于|不少于|不超过|不高于"
)
_OWN_WORDS = re.compile(rf"{_TARGET_WORDS.pattern}|为|是|应|须|达到?|在|控制|[\d\s]")
_TOLD_AS_DONE = re.compile(r"\s*(?:的)?\s*\d*(?:\.\d+)?[%％]|\s*[，,]?\s*(?:全部|均|已|完成(?!率)|实际|超)")
_OF_ANOTHER = re.compile(  #: a difference from a target, or a share of it
    r"(?<!不)(?:超过?|高[于出]|多于?|低于|少于?)[^，。；]{0,12}$|(?:目标|计划|任务)[^，。；]{0,10}的$"
)
_SHARE_OF_TARGET = re.compile(r"(?:目标|计划|任务)[^，。；]{0,4}的$")
_OF_DEEDS = re.compile(
    r"实[测训际现到有]|(?:完成|执行|实现)(?:程度|率|比例|进度|情况)|全年(?:为|达)|取消|因为|由于"
)  #: not of aims
GOALS = re.compile(
    r"目标|计划|任务|要求|预期|应[当达]|力争|确保|(?<![虚模草])拟(?![合态声真])|标准|指标值|次年|明年|下一年|考核"
)
RESULTS = re.compile(r"完成|实现|成效|成果|结果|情况|分析")
_SHARED, _FEWEST = 0.5, 2  #: of a target's name that the words before another figure have, from which it may answer
_NAME = 14
_NEAR, _TELLING = Decimal("0.1"), 3


def is_plain_target(case: Case, goal: Claim) -> bool:
    """Whether the words before a figure of the text, or the heading above it, call it a target; not a result of one.

    What a reader asks about is a target by its own words; a figure that only looks like one is no question.
    """
    if goal.cell is not None and not _is_in_prose(case, goal):
        return True
    clause = clause_before(case, goal)
    heading = " ".join(goal.segment.section)
    if GOALS.search(heading) is not None and not RESULTS.search(heading):
        return _OF_DEEDS.search(clause) is None
    return is_called_target(case, goal)


def _is_in_prose(case: Case, goal: Claim) -> bool:
    """Whether a cell holds whole sentences: a note below a table that was read as its last row."""
    words = case.words_of(goal.segment)
    return words.endswith("。") and "，" in words


def is_called_target(case: Case, goal: Claim) -> bool:
    """Whether the clause of a figure says that it is a target."""
    clause = clause_before(case, goal)
    if _TARGET_WORDS.search(clause) is None or _OF_DEEDS.search(clause):
        return False
    behind = case.document.text[goal.span.end : goal.span.end + _BEHIND]
    return _TOLD_AS_DONE.match(behind) is None and _OF_ANOTHER.search(words_before(case, goal, _BEFORE)) is None


def is_named_target(case: Case, goal: Claim) -> bool:
    """Whether the clause of a figure has any word of aims, rules or promises, and none of spending."""
    text = case.document.text
    before = clause_before(case, goal)
    if _SHARE_OF_TARGET.search(before):
        return False
    behind = "".join(text[goal.span.end : min(goal.span.end + _BEHIND, goal.segment.span.end)].split())
    words = f"{before} {re.split(r'[，。；,;]', behind)[0]}"
    return (is_aim(words) or _TARGET_WORDS.search(words) is not None) and not tells_of_goal("spends", before)


def is_aim(words: str) -> bool:
    """Whether words speak of aims, rules or promises; a bound alone is none."""
    return GOALS.search(words) is not None or tells_of_goal("asked", words)


def clause_before(case: Case, claim: Claim) -> str:
    """The words of its clause before a figure."""
    return re.split(r"[，。；,;]", words_before(case, claim, _BEFORE))[-1]


def is_answered_beside(case: Case, goal: Claim) -> bool:
    """Whether the next figure of its sentence, or the one before a target without a name, has its unit.

    计划24学时，实训26学时; 同比增长2.6%，目标为2.5%: whatever role the second figure was taken for.
    """
    claims = case.claims
    place = case.place_of.get(goal.id)
    if place is None:
        return False
    behind = claims[place + 1] if place + 1 < len(claims) else None
    if behind is not None and _is_beside(goal, behind) and not _name_of(case, behind):
        return True
    before = claims[place - 1] if place else None
    return before is not None and _is_beside(goal, before) and not _name_of(case, goal)


def is_answered_by_share(case: Case, goal: Claim) -> bool:
    """Whether a share of the plan is told beside the count it gives: 37份，相当于计划数的102.78%, of 36个 planned."""
    value = goal.quantity.value
    if not value or goal.quantity.dimension is not Dimension.COUNT:
        return False
    for before, share in pairwise(case.claims):
        done, rate = before.quantity.value, share.quantity.value
        if share.quantity.unit != "%" or share.segment is not before.segment or done is None or rate is None:
            continue
        near = abs(done / value * 100 - rate) <= share.quantity.precision / 2
        if near and done != value and tells_of_goal("share", words_before(case, share, _BEFORE)):
            return True
    return False


def _is_beside(goal: Claim, other: Claim) -> bool:
    same = other.segment == goal.segment and other.quantity.unit == goal.quantity.unit
    bound = other.quantity.approx in TARGET_BOUNDS and other.quantity.value != goal.quantity.value
    return same and (bound or other.quantity.approx is Approx.EXACT)


_DONE = re.compile(r"实际|完成|实[测训现有到]|达到?|全年|当年|年末|建成|新?增|只|仅|共|累计|达成|为|是|了")


def _name_of(case: Case, claim: Claim) -> str:
    """What a figure's own clause calls it, words of doing and planning aside."""
    return _DONE.sub("", _OWN_WORDS.sub("", _CLAUSES.split(words_before(case, claim, _NAME))[-1]))


def is_told_nowhere(case: Case, goal: Claim) -> bool:
    """Whether no other figure of its dimension has half of the target's name, or of its clause, in its words."""
    own = character_pairs(_name_of(case, goal))
    name = character_pairs(goal.indicator) | own
    if len(own) < _FEWEST:
        return False
    for claim in case.claims:
        alike = claim.quantity.dimension is goal.quantity.dimension or _is_close(goal, claim)
        if claim.id == goal.id or not alike or claim.role is Role.SCORE:
            continue
        words = f"{claim.indicator} {words_before(case, claim, 3 * _NAME)}"
        named = len(name & character_pairs(words)) >= _SHARED * len(name)
        if (named or _may_be_it(goal, claim, words)) and not _repeats(goal, claim):
            return False
    return True


def _may_be_it(goal: Claim, claim: Claim, words: str) -> bool:
    """Whether a figure so close to the target has a character of its name in its words."""
    return _is_close(goal, claim) and not set(goal.indicator).isdisjoint(words)


def _is_close(goal: Claim, claim: Claim) -> bool:
    """Whether a figure of the target's unit lies near it."""
    one, other = goal.quantity.value, claim.quantity.value
    unit = goal.quantity.unit.partition("/")[0]
    same = unit != "%" and unit == claim.quantity.unit.partition("/")[0]
    return bool(one) and one is not None and other is not None and same and abs(other - one) <= _NEAR * abs(one)


def is_told_nearly(case: Case, goal: Claim) -> bool:
    """Whether a result in other words lies close to the target and has a character in common with its name."""
    near = (c for c in case.claims if c.role is not Role.TARGET and c.cell != goal.cell and _is_close(goal, c))
    return any(_may_be_it(goal, c, f"{c.indicator} {words_before(case, c, _NAME)}") for c in near)


def is_answered_in_form(case: Case, goal: Claim) -> bool:
    """Whether a row with an actual has this target, too: its figure is known by its digits, or by its unit."""
    for _, row in case.rows():
        own = figure_in(row.target)
        if own is None or row.actual is None or not row.actual.says_something:
            continue
        same_unit = own.quantity.unit == goal.quantity.unit
        if own.quantity.number == goal.quantity.number and (same_unit or _count_of_digits(goal) >= _TELLING):
            return True
    return False


def _count_of_digits(claim: Claim) -> int:
    number = claim.quantity.number
    return 0 if number is None else len(f"{number.normalize():f}".replace(".", "").strip("0"))


def _repeats(goal: Claim, claim: Claim) -> bool:
    return claim.role is Role.TARGET and claim.quantity.value == goal.quantity.value


def words_before(case: Case, claim: Claim, reach: int) -> str:
    """The words of its sentence before a figure, white space taken out."""
    start = max(claim.segment.span.start, claim.span.start - reach)
    return "".join(case.document.text[start : claim.span.start].split())
