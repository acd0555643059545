"""R07: a number that nothing answers, or words do, and an actual that only repeats its target's bound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.forms import Form, IndicatorRow
from extract.audit.forms.sheets import Item
from extract.audit.told_marks import of_name
from extract.audit.wording import written
from extract.records import Answer, Approx, Basis, Claim, FindingType, Pair, Role, Severity

RULE = "R07"
_BOUNDS = (Approx.AT_LEAST, Approx.AT_MOST, Approx.MORE_THAN, Approx.LESS_THAN)
_MOSTLY = 0.6  #: of the rows, or items, that answer their targets
_BEFORE, _BEHIND = 20, 12
_CLAUSES = re.compile(r"[，。；,;]")
_TARGET_WORDS = re.compile(r"目标|计划|任务|预期|指标值|要求|力争|确保|承诺|[不]低于|不少于|不超过|不高于")
_TOLD_AS_DONE = re.compile(r"\s*(?:的)?\s*\d*(?:\.\d+)?[%％]|\s*[，,]?\s*(?:全部|均|已|完成(?!率)|实际|超)")
_OF_ANOTHER = re.compile(  #: a difference from a target, or a share of it
    r"(?<!不)(?:超过?|高[于出]|多于?|低于|少于?)[^，。；]{0,12}$|(?:目标|计划|任务)[^，。；]{0,10}的$"
)
_GOALS = re.compile(r"目标|计划|任务|要求|预期|应[当达]|力争|确保|拟|标准|指标值|次年|明年|下一年|考核")
_RESULTS = re.compile(r"完成|实现|成效|成果|结果|情况|分析")
_DONE_BEFORE = re.compile(r"(?:完成|实际(?:完成)?|达到?|实现)[值数为：:]?$")
_NONE = re.compile(r"^(?:无|没有|未(?:发生|出现|发现)|零|达标|0)|无.{0,6}(?:事故|投诉|发生)|未.{0,4}发生")
_CLAIMS_ALL = re.compile(r"全部|均|都|已|达到|达标|合格|按[时期]|完成|及时")  #: words that say done, if not how much


def check_unanswered(case: Case) -> Iterator[Checked]:
    """Advisory findings on targets without an answer, on words for a number, and on answers that repeat the bound."""
    own = (row.target.figure for _, row in case.rows() if row.target is not None and row.has_actual_column)
    in_rows = {figure.id for figure in own if figure is not None}
    for pair in case.all_pairs:
        if pair.actual is not None and _repeats_bound(pair):
            yield _restated(case, pair.target, pair.actual)
        elif _is_open(pair) and pair.target.id not in in_rows and _is_plain_target(case, pair.target):
            yield _unanswered(case, pair.target, _sure(pair))
    for form, row in case.rows():
        yield from _row(case, row, is_filled=_is_filled(form))
    yield from _in_told_sheets(case)
    yield from _told_bounds(case)


def _is_filled(form: Form) -> bool:
    """Whether the form gives what was done, and an empty cell is left out rather than not read."""
    asked = [row for row in form.rows if row.target is not None and row.target.says_something]
    filled = [row for row in asked if row.actual is not None and row.actual.says_something]
    return len(filled) >= _MOSTLY * len(asked)


def _is_plain_target(case: Case, goal: Claim) -> bool:
    """Whether the words before a figure of the text, or the heading above it, call it a target; not a result of one.

    What a reader asks about is a target by its own words; a figure that only looks like one is no question.
    """
    heading = " ".join(goal.segment.section)
    if goal.cell is not None or (_GOALS.search(heading) is not None and not _RESULTS.search(heading)):
        return True
    before = "".join(
        case.document.text[max(goal.segment.span.start, goal.span.start - _BEFORE) : goal.span.start].split()
    )
    if _TARGET_WORDS.search(_CLAUSES.split(before)[-1]) is None:
        return False
    behind = case.document.text[goal.span.end : goal.span.end + _BEHIND]
    return _TOLD_AS_DONE.match(behind) is None and _OF_ANOTHER.search(before) is None


def _in_told_sheets(case: Case) -> Iterator[Checked]:
    """Items of a sheet told in sentences that give a target and marks alone, where the others give what was done."""
    for sheet in (each for each in case.sheets if each.is_told):
        told = [_roles_in(case, item) for item in sheet.items]
        goals = [goal for goal, done in told if goal is not None]
        answered = [goal for goal, done in told if goal is not None and done]
        if len(answered) < max(2, _MOSTLY * len(goals)):
            continue
        for item, (goal, done) in zip(sheet.items, told, strict=True):
            if goal is not None and not done:
                yield _unanswered(case, goal, 0.7, name=item.name)


def _roles_in(case: Case, item: Item) -> tuple[Claim | None, bool]:
    """(the only target that an item tells, whether it tells what was done)."""
    if item.words is None:
        return None, False
    inside = [c for c in case.claims if c.cell is None and item.words.start <= c.span.start < item.words.end]
    goals = [c for c in inside if c.role is Role.TARGET or c.quantity.approx in _BOUNDS]
    others = [c for c in inside if c not in goals and c.quantity.unit != "分"]
    return (goals[0] if len(goals) == 1 else None), bool(others)


def _told_bounds(case: Case) -> Iterator[Checked]:
    """Figures of the text that give a row's own bound as what was done: the form says 96.5%, the text 不低于95%."""
    told = [claim for claim in case.claims if claim.cell is None and claim.quantity.approx in _BOUNDS]
    told = [claim for claim in told if not _speaks_of_goals(case, claim)]
    for _, row in case.rows():
        goal = row.target.figure if row.target is not None else None
        if goal is None:
            continue
        same = [c for c in told if _bound(c) == _bound(goal) and c.quantity.unit == goal.quantity.unit]
        other = of_name(case, row, same)
        if other is not None:
            yield _restated(case, goal, other)
    earlier: Claim | None = None
    for claim in (each for each in case.claims if each.cell is None):
        near = earlier is not None and claim.span.start - earlier.span.end < _BEHIND
        if near and earlier is not None and claim.quantity.approx in _BOUNDS and _bound(claim) == _bound(earlier):
            between = "".join(case.document.text[earlier.span.end : claim.span.start].split())
            if _DONE_BEFORE.search(between):
                yield _restated(case, earlier, claim)
        earlier = claim


def _bound(claim: Claim) -> tuple[object, object]:
    return claim.quantity.approx, claim.quantity.value


def _speaks_of_goals(case: Case, claim: Claim) -> bool:
    text = case.document.text
    near = "".join(text[claim.segment.span.start : claim.span.end + _BEHIND].split())
    heading = " ".join(claim.segment.section)
    return _GOALS.search(near) is not None or (_GOALS.search(heading) is not None and not _RESULTS.search(heading))


def _repeats_bound(pair: Pair) -> bool:
    goal, done = pair.target.quantity, pair.actual.quantity if pair.actual else None
    return done is not None and done.approx in _BOUNDS and (done.approx, done.value) == (goal.approx, goal.value)


def _is_open(pair: Pair) -> bool:
    return pair.answer is Answer.NONE and pair.basis is Basis.PERFORMANCE and pair.target.quantity.value is not None


def _sure(pair: Pair) -> float:
    return round(0.5 * pair.confidence, 4)


def _row(case: Case, row: IndicatorRow, *, is_filled: bool) -> Iterator[Checked]:
    """A row whose target is a number: its actual is empty, or says something in words."""
    goal = row.target.figure if row.target is not None else None
    if goal is None or goal.quantity.number == 0:
        return
    if not row.has_actual_column:
        return
    if row.actual is None or not row.actual.says_something:
        left_out = is_filled and row.score is not None and bool(row.score.number)
        if left_out or not _answered_elsewhere(case, goal):
            yield _unanswered(case, goal, 0.8, row)
    elif not row.actual.claims and not _NONE.search(row.actual.text) and not any(map(str.isdigit, row.actual.text)):
        yield _in_words(case, row, goal)


def _answered_elsewhere(case: Case, goal: Claim) -> bool:
    return any(pair.target.id == goal.id and pair.actual is not None for pair in case.pairs)


def _name(claim: Claim, row: IndicatorRow | None = None) -> str:
    """What the target is of, in front of its figure; empty where the document gives it no name."""
    name = claim.indicator or (row.name if row is not None else "")
    return f"“{name}”的目标" if name.strip() else "目标"


def _unanswered(
    case: Case, goal: Claim, confidence: float, row: IndicatorRow | None = None, *, name: str = ""
) -> Checked:
    what = f"“{name}”的目标" if name else _name(goal, row)
    stated = written(goal, case.document.text)
    return finding(
        case.document,
        FindingType.UNANSWERED,
        RULE,
        (goal,),
        severity=Severity.MEDIUM if name or (row is not None and not row.explained) else Severity.HINT,
        confidence=confidence,
        stated=stated,
        message=f"{what}{stated}，文中未见对应的完成数。请说明实际完成情况。",
    )


def _in_words(case: Case, row: IndicatorRow, goal: Claim) -> Checked:
    stated = written(goal, case.document.text)
    said = row.actual.text if row.actual is not None else ""
    full = row.weight is not None and row.score is not None and row.weight.number == row.score.number
    vague = full and not _CLAIMS_ALL.search(said)
    return finding(
        case.document,
        FindingType.UNANSWERED,
        RULE,
        (goal,),
        severity=Severity.MEDIUM if vague else Severity.HINT,
        confidence=0.7,
        stated=stated,
        message=f"{_name(goal, row)}{stated}是数字，实际完成值写作“{said}”，无法核对。请说明实际完成数及依据。",
    )


def _restated(case: Case, goal: Claim, done: Claim) -> Checked:
    stated = written(done, case.document.text)
    name = goal.indicator.strip()
    what = f"“{name}”的完成数" if name else "完成数"
    return finding(
        case.document,
        FindingType.RESTATED,
        RULE,
        (goal, done),
        severity=Severity.MEDIUM,
        confidence=0.7,
        stated=stated,
        message=f"{what}{stated}只是重复目标的界限，不是实测值。请说明实际数值及依据。",
    )
