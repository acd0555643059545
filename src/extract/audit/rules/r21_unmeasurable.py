"""R21: too many marks stand on rows that nobody can measure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.forms import IndicatorRow
from extract.audit.forms.marks import percent, points, total_of
from extract.records import Claim, FindingType, Severity

RULE = "R21"
_FEWEST_ROWS = 5


def check_unmeasurable(case: Case) -> Iterator[Checked]:
    """One finding a form whose wordy, fully marked rows carry the profile's share of the weights."""
    for form in case.forms:
        weighed = [(row, row.weight.figure) for row in form.rows if row.weight is not None and row.weight.figure]
        vague = [(row, weight) for row, weight in weighed if weight is not None and _is_vague(row)]
        whole, part = (total_of([weight for _, weight in rows if weight is not None]) for rows in (weighed, vague))
        if len(weighed) < _FEWEST_ROWS or not whole or part / whole < Fraction(case.profile.unmeasurable_share):
            continue
        yield _unmeasurable(case, [row for row, _ in vague], [w for _, w in vague if w is not None], part, whole)


def _is_vague(row: IndicatorRow) -> bool:
    """Full marks for words against words."""
    goal, done, weight, score = row.target, row.actual, row.weight, row.score
    if (
        goal is None
        or done is None
        or weight is None
        or score is None
        or not (goal.says_something and done.says_something)
    ):
        return False
    return not goal.claims and not done.claims and weight.number == score.number


def _unmeasurable(
    case: Case, rows: list[IndicatorRow], weights: list[Claim], part: Fraction, whole: Fraction
) -> Checked:
    names = "、".join(f"“{row.name}”" for row in rows[:4])
    workings = f"{points(part)}÷{points(whole)}={percent(part / whole)}"
    return finding(
        case.document,
        FindingType.UNMEASURABLE,
        RULE,
        tuple(weights),
        severity=Severity.MEDIUM,
        confidence=0.7,
        stated=points(part),
        workings=workings,
        message=f"{names}等{len(rows)}项指标的目标和完成均为文字表述，无法衡量，却都得满分，占指标分值的{workings}。请说明评分依据，并细化、量化指标。",
    )
