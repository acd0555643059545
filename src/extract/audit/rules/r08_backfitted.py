"""R08: targets that look as if they were made of their actuals afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.forms import IndicatorRow, figure_in
from extract.audit.wording import written
from extract.records import Claim, Dimension, FindingType, Severity

RULE = "R08"
_FEWEST_CUT, _FEWEST_EQUAL, _FEWEST_HUNDREDS = 3, 4, 8
_SHOWN = 4
_Figures = tuple[Claim, Claim]  #: target and actual


def check_backfitted(case: Case) -> Iterator[Checked]:
    """One finding a form: several targets are their actuals cut to whole numbers, or equal to the decimal."""
    for form in case.forms:
        both = [figures for row in form.rows if (figures := _figures(row)) is not None]
        cut = [each for each in both if _is_cut(*each)]
        equal = [each for each in both if _is_equal_to_the_decimal(*each)]
        if len(cut) >= _FEWEST_CUT:
            yield _backfitted(case, cut, "目标值恰为完成值舍去小数所得")
        elif len(equal) >= _FEWEST_EQUAL and 2 * len(equal) >= len(both):
            yield _backfitted(case, equal, "目标值与完成值精确到小数完全相同")
        elif len(both) >= _FEWEST_HUNDREDS and all(_is_all_done(*each) for each in both):
            yield _all_done(case, both)


def _figures(row: IndicatorRow) -> _Figures | None:
    goal, done = figure_in(row.target), figure_in(row.actual)
    return None if goal is None or done is None else (goal, done)


def _scaled(claim: Claim) -> Decimal:
    """The figure as printed: in 万 where it is written in 万."""
    return (claim.quantity.number or Decimal(0)) / (Decimal(10000) if claim.quantity.precision > 1 else Decimal(1))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _is_cut(goal: Claim, done: Claim) -> bool:
    """2510 planned, 2510.92 done; small numbers say nothing."""
    plan, made = _scaled(goal), _scaled(done)
    if goal.quantity.unit != done.quantity.unit or not _decimals(made) or _decimals(plan) or plan < 10:
        return False
    return plan in (made.quantize(Decimal(1), ROUND_DOWN), made.quantize(Decimal(1), ROUND_HALF_UP)) and not _is_round(
        plan
    )


def _is_round(value: Decimal) -> bool:
    """90, 95, 1200: numbers that people choose."""
    return value % 5 == 0


def _is_equal_to_the_decimal(goal: Claim, done: Claim) -> bool:
    plan, made = _scaled(goal), _scaled(done)
    return goal.quantity.unit == done.quantity.unit and plan == made and _decimals(plan) >= 2


def _is_all_done(goal: Claim, done: Claim) -> bool:
    """Planned and done alike; whatever the figure."""
    return goal.quantity.number == done.quantity.number and goal.quantity.dimension is not Dimension.SCORE


def _backfitted(case: Case, both: list[_Figures], what: str) -> Checked:
    text = case.document.text
    shown = "；".join(f"{written(goal, text)}/{written(done, text)}" for goal, done in both[:_SHOWN])
    more = "…" if len(both) > _SHOWN else ""
    return finding(
        case.document,
        FindingType.BACKFITTED,
        RULE,
        tuple(claim for figures in both for claim in figures),
        severity=Severity.MEDIUM,
        confidence=0.7,
        stated=written(both[0][0], text),
        workings=shown,
        message=f"有{len(both)}项指标的{what}（目标/完成：{shown}{more}）。请说明目标值的来源和设定时间。",
    )


def _all_done(case: Case, both: list[_Figures]) -> Checked:
    return finding(
        case.document,
        FindingType.BACKFITTED,
        RULE,
        tuple(claim for figures in both for claim in figures),
        severity=Severity.HINT,
        confidence=0.4,
        stated=written(both[0][1], case.document.text),
        message=f"表中{len(both)}项定量指标的完成值与目标值全部相同。请核对完成值是否为实测数，并说明数据来源。",
    )
