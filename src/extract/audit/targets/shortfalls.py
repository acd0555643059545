"""A missed actual and the words around it: whether they call it done, own up to it, or put another target in place."""

from __future__ import annotations

import re

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.targets.goals import words_before
from extract.pairs.verdicts import compared
from extract.records import Claim, ColumnKind, Pair, Role, Segment, Verdict

_REACH, _CLOSE = 36, 14
_RATE = 4  #: characters at the end of a name that tell which rate it is
_CLAUSES_AWAY = re.compile(r"[。；;]|，[^，]{0,40}，[^，]{0,40}，")
_SAID_ACTUAL = re.compile(r"\s*[，,（(]?\s*实[际测有现到]\s*(?:完成|达到?|为|数)?\s*[为值]?\s*")
_ALL_OF_IT = re.compile(r"[的之]?\s*1\d\d(?:\.\d+)?\s*[%％]")


def is_called_done(case: Case, actual: Claim) -> bool:
    """Whether anything that speaks of the actual speaks of success, and none of it of a shortfall.

    Its own sentence (or its row's remarks) may; the sentence behind it, if that is about everything; the praise of its
    paragraph; the headings above it. Who writes how much was done has not called it done by praise alone.
    """
    own = case.words_of(actual.segment)
    if tells_of_goal("admits", own):
        return False
    if tells_of_goal("claims_done", own + _remarks(case, actual)):
        return True
    if tells_of_goal("counts", own):
        return False
    if _is_praised_above(actual):
        return True
    if actual.cell is not None:
        return False
    behind = _next(case, actual.segment)
    concluded = tells_of_goal("concludes", behind) and not tells_of_goal("admits", behind)
    return concluded or tells_of_goal("praises", case.paragraph_words(actual.segment))


def _is_praised_above(actual: Claim) -> bool:
    headings = " ".join(actual.segment.section)
    return tells_of_goal("heads", headings) or tells_of_goal("praises", headings)


def was_changed(case: Case, pair: Pair) -> bool:
    """Whether the words behind the target, or before its answer, tell that another one was put in its place."""
    goal, done = pair.target, pair.actual
    if goal.cell is not None:
        return False
    behind = case.document.text[goal.span.end : min(goal.span.end + _REACH, goal.segment.span.end)]
    if tells_of_goal("changed", _CLAUSES_AWAY.split(behind)[0]):
        return True
    if done is None or done.cell is not None:
        return False
    since = done.span.start - goal.span.end if goal.segment is done.segment else _REACH
    reach = min(_REACH, since) if since > 0 else _REACH
    return tells_of_goal("changed", words_before(case, done, reach))


def is_kept_ceiling(case: Case, pair: Pair) -> bool:
    """Whether the words before the target have it that it was not exceeded, and it was not: 没有超过1500元."""
    goal, ratio = pair.target, pair.ratio
    below = tells_of_goal("below", words_before(case, goal, _CLOSE))
    return goal.cell is None and ratio is not None and ratio <= 1 and below


def is_part_of_goal(case: Case, pair: Pair) -> bool:
    """Whether the figure is a part of things counted: 64个，达到示范标准的50个; 补植28600株，成活27456株，成活率96%."""
    goal, done = pair.target, pair.actual
    if done is None or done.cell is not None or done.segment is not goal.segment or not goal.quantity.value:
        return False
    if done.span.start > goal.span.end and words_before(case, done, _CLOSE).endswith("的"):
        return True
    last = max(goal.span.end, done.span.end)
    rate = next((c for c in case.claims_beside(goal) if c.span.start >= last), None)
    if rate is None or rate.quantity.unit != "%" or rate.quantity.value is None or done.quantity.value is None:
        return False
    share = done.quantity.value / goal.quantity.value * 100
    is_share = abs(share - rate.quantity.value) <= rate.quantity.precision
    own = rate.indicator[-_RATE:]
    return is_share and own.endswith("率") and not tells_of_goal("share", words_before(case, rate, _REACH))


def another_answers(case: Case, pair: Pair) -> bool:
    """Whether the sentence tells a figure that meets the target, or a completion of all of it: the actual is a part."""
    goal, done = pair.target, pair.actual
    if _ALL_OF_IT.match(case.document.text, goal.span.end) is not None:
        return True
    if done is not None and _SAID_ACTUAL.fullmatch(case.document.text, goal.span.end, done.span.start):
        return False
    beside = [
        claim
        for claim in case.claims_in_paragraph.get(goal.segment.paragraph, ())
        if claim.segment is goal.segment and claim.role is Role.ACTUAL and claim not in (goal, done)
    ]
    before = [claim for claim in beside if claim.span.end <= goal.span.start]
    alike = [claim for claim in before if claim.quantity.unit == goal.quantity.unit]
    return any(compared(goal, claim, "") is not Verdict.MISSED for claim in alike)


def _next(case: Case, segment: Segment) -> str:
    """The words of the sentence behind one, in the same paragraph."""
    paragraph = case.paragraphs.get(segment.paragraph, ())
    for place, each in enumerate(paragraph[:-1]):
        if each is segment:
            return case.words_of(paragraph[place + 1])
    return ""


def _remarks(case: Case, actual: Claim) -> str:
    """What the other cells of the actual's row say in words."""
    cells = () if actual.cell is None else case.cells_in_row.get((actual.cell.table, actual.cell.row), ())
    reasons = [each for each in cells if each.kind is ColumnKind.REASON]
    return "".join("".join(piece.of(case.document.text) for piece in each.pieces) for each in reasons)
