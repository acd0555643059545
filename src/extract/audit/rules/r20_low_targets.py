"""R20: targets that were set too low: several indicators of a form are far beyond them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.forms import Form
from extract.audit.wording import written
from extract.records import Approx, FindingType, Pair, Severity, Verdict

RULE = "R20"
_FEWEST = 3
_SHARE = Decimal("0.3")  #: of the rows that have a figure on both sides
_LEAST_SURE = 0.6
_MOST = 100  #: times the target: a wrong unit is R04's


def check_low_targets(case: Case) -> Iterator[Checked]:
    """One finding a form where many completions lie above the profile's threshold; a hint where a few lie far above."""
    for form in case.forms:
        pairs = [(row.name, pair) for row in form.rows if (pair := case.pair_in(row)) is not None]
        beyond = [(name, pair) for name, pair in pairs if _ratio(pair) > case.profile.over_completion]
        plainly = [(name, pair) for name, pair in beyond if _ratio(pair) >= case.profile.plainly_low]
        if len(beyond) >= _FEWEST and len(beyond) >= _SHARE * len(pairs):
            yield _low(case, form, beyond, Severity.MEDIUM)
        elif plainly:
            yield _low(case, form, plainly, Severity.HINT)


def _ratio(pair: Pair) -> Decimal:
    """Completion; 0 where it says nothing about the target."""
    goal, done = pair.target.quantity, pair.actual.quantity if pair.actual is not None else None
    bounded = goal.approx in (Approx.AT_MOST, Approx.LESS_THAN)
    if pair.verdict is not Verdict.EXCEEDED or bounded or pair.ratio is None or pair.confidence < _LEAST_SURE:
        return Decimal(0)
    return pair.ratio if done is not None and done.unit == goal.unit and pair.ratio < _MOST else Decimal(0)


def _low(case: Case, form: Form, pairs: list[tuple[str, Pair]], severity: Severity) -> Checked:
    text = case.document.text
    figures = [
        (name, pair.target, pair.actual, pair.ratio)
        for name, pair in pairs
        if pair.actual is not None and pair.ratio is not None
    ]
    shown = [
        f"“{name}”{written(done, text)}÷{written(goal, text)}={ratio * 100:.2f}%" for name, goal, done, ratio in figures
    ]
    threshold = case.profile.over_completion if severity is Severity.MEDIUM else case.profile.plainly_low
    fact = f"{len(form.rows)}项指标中有{len(figures)}项完成率超过{threshold * 100:.0f}%"
    return finding(
        case.document,
        FindingType.OVERACHIEVED,
        RULE,
        tuple(claim for _, goal, done, _ in figures for claim in (done, goal)),
        severity=severity,
        confidence=0.6,
        stated=written(figures[0][2], text),
        workings="；".join(shown[:4]),
        message=f"{fact}：{'；'.join(shown[:3])}，目标值疑为偏低。请说明目标值的依据。",
    )
