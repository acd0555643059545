"""R12: a score below its weight needs a reason, and so does going far beyond a target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from extract.audit.case import Case
from extract.audit.cues import tells_of_form
from extract.audit.findings import Checked
from extract.audit.forms import IndicatorRow, figure_in
from extract.audit.forms.marks import percent, points
from extract.audit.rules.form_findings import on_claims, said
from extract.records import Approx, Claim, FindingType, Severity, Verdict

RULE = "R12"
_NAME_END = re.compile(
    r"[(（].*?[)）]|[（(].*$|^(?:指标)?\d+[:：.、]?|其中[:：]?|(?:率|数|数量|人数|面积|里程|次数|比例|情况)$"
)
_LEAST_SURE = 0.6
_SHORTEST = 4


def check_reasons(case: Case) -> Iterator[Checked]:
    """Findings on rows with a place for reasons that stays empty."""
    for _, row in case.rows():
        if row.has_reason_column and not row.explained:
            yield from _lost_marks(case, row)
            yield from _far_beyond(case, row)


def _lost_marks(case: Case, row: IndicatorRow) -> Iterator[Checked]:
    weight, score = figure_in(row.weight), figure_in(row.score)
    if weight is None or score is None or not weight.quantity.number or tells_of_form("execution_rate", row.name):
        return
    full, given = Fraction(weight.quantity.number), Fraction(score.quantity.number or 0)
    if given >= full or _told_elsewhere(case, row):
        return
    lost = full - given
    much = lost / full >= Fraction(case.profile.unexplained_share)
    fact = f"“{row.name}”分值{points(full)}，得分{said(case, score)}，扣{points(lost)}"
    yield on_claims(
        case,
        RULE,
        (score, weight),
        type_=FindingType.MISSING,
        severity=Severity.MEDIUM if much else Severity.HINT,
        confidence=0.7,
        workings=f"{points(full)}−{points(given)}={points(lost)}",
        message=f"{fact}，偏差原因一栏为空。请说明扣分原因和改进措施。",
    )


def _told_elsewhere(case: Case, row: IndicatorRow) -> bool:
    """Whether a sentence of the text names the indicator (or most of its name) and gives a reason."""
    core = _NAME_END.sub("", row.name)
    names = {row.name, core, core[-6:], core[:6]} if len(core) >= _SHORTEST else {row.name}
    return any(
        any(name in words for name in names if name) and tells_of_form("loss_explained", words)
        for _, words in case.sentences
    )


def _far_beyond(case: Case, row: IndicatorRow) -> Iterator[Checked]:
    """An actual beyond the profile's threshold; of bounds from above more is no merit."""
    goal, done, pair = figure_in(row.target), figure_in(row.actual), case.pair_in(row)
    if goal is None or done is None or pair is None or pair.ratio is None or pair.confidence < _LEAST_SURE:
        return
    threshold = Fraction(case.profile.over_completion)
    ratio = Fraction(pair.ratio)
    bounded = goal.quantity.approx in (Approx.AT_MOST, Approx.LESS_THAN)
    if pair.verdict is not Verdict.EXCEEDED or bounded or ratio <= threshold or ratio > 100 * threshold:
        return
    if goal.quantity.unit != done.quantity.unit or _is_small(goal, done) or _told_elsewhere(case, row):
        return
    low = ratio >= Fraction(case.profile.plainly_low)
    planned, made = said(case, goal), said(case, done)
    workings = f"{made}÷{planned}={percent(ratio)}"
    fact = f"“{row.name}”目标为{planned}，实际为{made}，完成{workings}，超过{percent(threshold)}，未说明原因"
    asks = "目标明显偏低的，应适当调减得分。请说明目标值的依据。" if low else "请说明原因。"
    yield on_claims(
        case,
        RULE,
        (done, goal),
        type_=FindingType.OVERACHIEVED,
        severity=Severity.MEDIUM if low else Severity.HINT,
        confidence=0.6,
        expected=planned,
        workings=workings,
        message=f"{fact}。{asks}",
    )


def _is_small(goal: Claim, done: Claim) -> bool:
    """Whether the numbers are so small that a step or two makes the difference: 2 planned, 3 done."""
    step = max(Decimal(1), goal.quantity.precision)
    return abs((done.quantity.number or Decimal(0)) - (goal.quantity.number or Decimal(0))) <= 2 * step
