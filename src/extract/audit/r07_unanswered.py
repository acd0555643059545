"""R07: a number that nothing answers, or words do, and an actual that only repeats its target's bound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.forms import IndicatorRow
from extract.audit.wording import written
from extract.records import Answer, Approx, Basis, Claim, FindingType, Pair, Severity

RULE = "R07"
_BOUNDS = (Approx.AT_LEAST, Approx.AT_MOST, Approx.MORE_THAN, Approx.LESS_THAN)
_NONE = re.compile(r"^(?:无|没有|未(?:发生|出现|发现)|零|达标|0)|无.{0,6}(?:事故|投诉|发生)|未.{0,4}发生")
_CLAIMS_ALL = re.compile(r"全部|均|都|已|达到|达标|合格|按[时期]|完成|及时")  #: words that say done, if not how much


def check_unanswered(case: Case) -> Iterator[Checked]:
    """Advisory findings on targets without an answer, on words for a number, and on answers that repeat the bound."""
    own = (row.target.figure for _, row in case.rows() if row.target is not None and row.has_actual_column)
    in_rows = {figure.id for figure in own if figure is not None}
    for pair in case.all_pairs:
        if pair.actual is not None and _repeats_bound(pair):
            yield _restated(case, pair)
        elif _is_open(pair) and pair.target.id not in in_rows:
            yield _unanswered(case, pair.target, _sure(pair))
    for _, row in case.rows():
        yield from _row(case, row)


def _repeats_bound(pair: Pair) -> bool:
    goal, done = pair.target.quantity, pair.actual.quantity if pair.actual else None
    return done is not None and done.approx in _BOUNDS and (done.approx, done.value) == (goal.approx, goal.value)


def _is_open(pair: Pair) -> bool:
    return pair.answer is Answer.NONE and pair.basis is Basis.PERFORMANCE and pair.target.quantity.value is not None


def _sure(pair: Pair) -> float:
    return round(0.5 * pair.confidence, 4)


def _row(case: Case, row: IndicatorRow) -> Iterator[Checked]:
    """A row whose target is a number: its actual is empty, or says something in words."""
    goal = row.target.figure if row.target is not None else None
    if goal is None or goal.quantity.number == 0:
        return
    if not row.has_actual_column:
        return
    if row.actual is None or not row.actual.says_something:
        if not _answered_elsewhere(case, goal):
            yield _unanswered(case, goal, 0.8, row)
    elif not row.actual.claims and not _NONE.search(row.actual.text) and not any(map(str.isdigit, row.actual.text)):
        yield _in_words(case, row, goal)


def _answered_elsewhere(case: Case, goal: Claim) -> bool:
    return any(pair.target.id == goal.id and pair.actual is not None for pair in case.pairs)


def _name(claim: Claim, row: IndicatorRow | None = None) -> str:
    """What the target is of, in front of its figure; empty where the document gives it no name."""
    name = claim.indicator or (row.name if row is not None else "")
    return f"“{name}”的目标" if name.strip() else "目标"


def _unanswered(case: Case, goal: Claim, confidence: float, row: IndicatorRow | None = None) -> Checked:
    stated = written(goal, case.document.text)
    return finding(
        case.document,
        FindingType.UNANSWERED,
        RULE,
        (goal,),
        severity=Severity.MEDIUM if row is not None and not row.explained else Severity.HINT,
        confidence=confidence,
        stated=stated,
        message=f"{_name(goal, row)}{stated}，文中未见对应的完成数。请说明实际完成情况。",
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


def _restated(case: Case, pair: Pair) -> Checked:
    claims = (pair.target, pair.actual) if pair.actual else (pair.target,)
    stated = written(claims[-1], case.document.text)
    name = pair.target.indicator.strip()
    what = f"“{name}”的完成数" if name else "完成数"
    return finding(
        case.document,
        FindingType.RESTATED,
        RULE,
        claims,
        severity=Severity.MEDIUM,
        confidence=0.7,
        stated=stated,
        message=f"{what}{stated}只是重复目标的界限，不是实测值。请说明实际数值及依据。",
    )
