"""R07: a number that nothing answers, or words do, and an actual that only repeats its target's bound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.forms import Form, IndicatorRow, figure_in
from extract.audit.forms.sheets import Item
from extract.audit.targets.goals import TARGET_BOUNDS, is_answered_beside, is_told_nearly
from extract.audit.targets.listed_goals import ListedGoal, unspoken_goals
from extract.audit.targets.other_words import is_rule, tells_goals
from extract.audit.targets.questions import FIRM, is_a_question, is_doubtful, is_spoken_of_nowhere, is_surely_open
from extract.audit.targets.repeated_bounds import Repeated, repeated_bounds, says_more
from extract.audit.targets.told_marks import is_for_later
from extract.audit.wording import written
from extract.records import Answer, Approx, Basis, Claim, FindingType, Pair, Role, Severity

RULE = "R07"
_MOSTLY = 0.6  #: of the rows, or items, that answer their targets
_NONE = re.compile(r"^(?:无|没有|未(?:发生|出现|发现)|零|达标|0)|无.{0,6}(?:事故|投诉|发生)|未.{0,4}发生")
_NONE_AT_ALL = re.compile(r"\s*(?:无|没有|零|0)\s*")
_CLAIMS_ALL = re.compile(
    r"全部|均|都|已|达[到成标]|合格|按[时期]|完成|及时|[优高低快好]于|超[过额]|满足|符合|一致|[等相]同|同目标|持平|"
    r"[半一二两三四五六七八九十][个天周月年日次户人家]|以[内上下]"
)  #: words that say done, if not how much


def check_unanswered(case: Case) -> Iterator[Checked]:
    """Advisory findings on targets without an answer, on words for a number, and on answers that repeat the bound."""
    own = (figure_in(row.target) for _, row in case.rows() if row.has_actual_column)
    in_rows = {figure.id for figure in own if figure is not None}
    repeated = _repeated(case)
    for goal, done in repeated:
        yield _restated(case, goal, done)
    in_rows |= {claim.id for both in repeated for claim in both if claim.cell is None}
    for pair in case.all_pairs:
        if _is_open(pair) and pair.target.id not in in_rows and is_a_question(case, pair.target):
            yield _unanswered(case, pair.target, _sure(pair), firm=is_surely_open(case, pair))
        elif (
            is_doubtful(pair)
            and pair.target.id not in in_rows
            and is_a_question(case, pair.target)
            and is_spoken_of_nowhere(case, pair.target)
        ):
            yield _unanswered(case, pair.target, _sure(pair), firm=True)
    for form, row in case.rows():
        yield from _row(case, row, is_filled=_is_filled(form))
    yield from _in_told_sheets(case)
    asked = {pair.target.id for pair in case.all_pairs if pair.actual is None}
    for told in unspoken_goals(case):
        if not any(c.id in asked and told.span.start <= c.span.start < told.span.end for c in case.claims):
            yield _unspoken(case, told)


def _repeated(case: Case) -> tuple[Repeated, ...]:
    """Each figure that says no more than its target, beside it in a pair or in a sentence, with that target."""
    paired = [(pair.target, pair.actual) for pair in case.all_pairs if _repeats_bound(pair)]
    beside = [(goal, done) for goal, done in paired if done is not None and _tells_result(case, goal, done)]
    first = {done.id: (goal, done) for goal, done in (*reversed([*repeated_bounds(case)]), *reversed(beside))}
    return tuple(first.values())


def _is_filled(form: Form) -> bool:
    """Whether the form gives what was done, and an empty cell is left out rather than not read."""
    asked = [row for row in form.rows if row.target is not None and row.target.says_something]
    filled = [row for row in asked if row.actual is not None and row.actual.says_something]
    return len(filled) >= _MOSTLY * len(asked)


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
                yield _unanswered(case, goal, 0.7, name=item.name, firm=True)


def _roles_in(case: Case, item: Item) -> tuple[Claim | None, bool]:
    """(the only target that an item tells, whether it tells what was done)."""
    if item.words is None:
        return None, False
    inside = case.placed.within(item.words)
    goals = [c for c in inside if c.role is Role.TARGET or c.quantity.approx in TARGET_BOUNDS]
    others = [c for c in inside if c not in goals and c.quantity.unit != "分"]
    return (goals[0] if len(goals) == 1 else None), bool(others)


def _repeats_bound(pair: Pair) -> bool:
    goal, done = pair.target.quantity, pair.actual.quantity if pair.actual else None
    return done is not None and done.approx in TARGET_BOUNDS and (done.approx, done.value) == (goal.approx, goal.value)


def _tells_result(case: Case, goal: Claim, done: Claim) -> bool:
    """Whether what repeats a bound is told as what was done, and nothing beside it says how much that was."""
    if done.cell is None and (is_rule(case, done) or tells_goals(done.segment) or is_for_later(case, done)):
        return False
    return not is_for_later(case, goal) and not _goes_on_to_say(case, done)


def _goes_on_to_say(case: Case, done: Claim) -> bool:
    """Whether the sentence that repeats a bound tells the figure beside it: 管理率≥90%，实际94.7%."""
    return done.cell is None and (is_answered_beside(case, done) or says_more(case, done))


def _is_open(pair: Pair) -> bool:
    return pair.answer is Answer.NONE and pair.basis is Basis.PERFORMANCE and pair.target.quantity.value is not None


def _sure(pair: Pair) -> float:
    return round(0.5 * pair.confidence, 4)


def _row(case: Case, row: IndicatorRow, *, is_filled: bool) -> Iterator[Checked]:
    """A row whose target is a number: its actual is empty, or says something in words."""
    goal = figure_in(row.target)
    if goal is None or goal.quantity.number == 0:
        return
    if not row.has_actual_column:
        return
    if _says_none(row, goal):
        return
    if row.actual is None or not row.actual.says_something:
        left_out = is_filled and row.score is not None and bool(row.score.number)
        if left_out or not (_answered_elsewhere(case, goal) or is_told_nearly(case, goal)):
            yield _unanswered(case, goal, 0.8, row, firm=left_out or not row.explained)
    elif not row.actual.claims and not _NONE.search(row.actual.text) and not any(map(str.isdigit, row.actual.text)):
        yield _in_words(case, row, goal)


def _says_none(row: IndicatorRow, goal: Claim) -> bool:
    """Whether 无 answers a ceiling: 差错率≤1% and none."""
    told = row.actual is not None and _NONE_AT_ALL.fullmatch(row.actual.text) is not None
    return told and goal.quantity.approx in (Approx.AT_MOST, Approx.LESS_THAN)


def _answered_elsewhere(case: Case, goal: Claim) -> bool:
    return any(pair.target.id == goal.id and pair.actual is not None for pair in case.pairs)


def _name(claim: Claim, row: IndicatorRow | None = None) -> str:
    """What the target is of, in front of its figure; empty where the document gives it no name."""
    name = claim.indicator or (row.name if row is not None else "")
    return f"“{name}”的目标" if name.strip() else "目标"


def _unanswered(
    case: Case, goal: Claim, confidence: float, row: IndicatorRow | None = None, *, name: str = "", firm: bool
) -> Checked:
    what = f"“{name}”的目标" if name else _name(goal, row)
    stated = written(goal, case.document.text)
    return finding(
        case.document,
        FindingType.UNANSWERED,
        RULE,
        (goal,),
        severity=Severity.MEDIUM if firm else Severity.HINT,
        confidence=max(confidence, FIRM) if firm else confidence,
        stated=stated,
        message=f"{what}{stated}，文中未见对应的完成数。请说明实际完成情况。",
    )


def _unspoken(case: Case, goal: ListedGoal) -> Checked:
    return finding(
        case.document,
        FindingType.UNANSWERED,
        RULE,
        (),
        severity=Severity.MEDIUM,
        confidence=FIRM,
        stated=goal.words,
        spans=(goal.span,),
        message=f"目标“{goal.words}”，文中未见对应的完成情况，同列的其他目标均有说明。请说明实际完成情况。",
    )


def _in_words(case: Case, row: IndicatorRow, goal: Claim) -> Checked:
    stated = written(goal, case.document.text)
    said = row.actual.text if row.actual is not None else ""
    vague = row.has_full_marks and not _CLAIMS_ALL.search(said)
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
