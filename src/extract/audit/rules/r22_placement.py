"""R22: an indicator in the wrong place, or twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.forms import Form, IndicatorRow
from extract.records import Claim, Dimension, FindingType, Severity

RULE = "R22"
_COST_WORDS = re.compile(
    r"成本|费|价|支出|预算|投资|金额|资金|标准|补助|补贴|经费|控制|节约|节支|三公|工资|薪|元|款|奖|损失|影响|代价|耗|用[水电地]|排放|污染|造价|超支|结余|人均"
)
_COST_LEVEL = re.compile(r"成本")
_SATISFACTION_LEVEL = re.compile(r"满意度")
_UNITS = frozenset((Dimension.MONEY, Dimension.RATE, Dimension.RATIO, Dimension.SCORE))
_SPACE_AND_UNIT = re.compile(r"[(（][^()（）]{1,6}[)）]$|^(?:指标)?\d+[:：.、]")


def check_placement(case: Case) -> Iterator[Checked]:
    """Findings on satisfaction rows without a rate, cost rows without a cost, and names that stand twice."""
    for form in case.forms:
        for row in form.rows:
            if _is_unrated_satisfaction(row):
                yield _misplaced(case, row, "列在满意度指标下，目标没有满意率，无法衡量", Severity.LOW)
            elif _is_costless_cost(row):
                yield _misplaced(case, row, "列在成本指标下，目标和名称都与成本无关", Severity.LOW)
        yield from _twice(case, form)


def _level(row: IndicatorRow) -> str:
    return row.levels[-1].name if row.levels else ""


def _is_unrated_satisfaction(row: IndicatorRow) -> bool:
    """Words against words where a share of people was asked for."""
    under = _SATISFACTION_LEVEL.search(_level(row)) or _SATISFACTION_LEVEL.search(row.name)
    if not under or row.target is None or row.actual is None or not row.target.says_something:
        return False
    return not row.target.claims and not row.actual.claims


def _is_costless_cost(row: IndicatorRow) -> bool:
    """A count of things under 成本指标, whose name has nothing of cost."""
    if not _COST_LEVEL.search(_level(row)) or _COST_WORDS.search(row.name) or row.target is None:
        return False
    goal = row.target.figure
    return goal is not None and goal.quantity.dimension not in _UNITS and not _COST_WORDS.search(row.target.text)


def _anchor(row: IndicatorRow) -> tuple[Claim, ...]:
    cells = (row.target, row.actual, row.weight)
    return tuple(cell.figure for cell in cells if cell is not None and cell.figure is not None)


def _misplaced(case: Case, row: IndicatorRow, what: str, severity: Severity) -> Checked:
    stated = row.target.text if row.target is not None else row.name
    return finding(
        case.document,
        FindingType.UNMEASURABLE,
        RULE,
        _anchor(row),
        severity=severity,
        confidence=0.6,
        stated=stated,
        spans=(row.span,),
        message=f"“{row.name}”（目标“{stated}”）{what}。请调整指标，或说明设置依据。",
    )


def _twice(case: Case, form: Form) -> Iterator[Checked]:
    """The same name with the same target twice: its marks count twice."""
    seen: dict[tuple[str, str], IndicatorRow] = {}
    for row in form.rows:
        if row.target is None or not row.name or row.row == -1:
            continue
        key = (_SPACE_AND_UNIT.sub("", row.name), row.target.text)
        first = seen.setdefault(key, row)
        if first is row or row.actual is None or first.actual is None or row.actual.text != first.actual.text:
            continue
        yield finding(
            case.document,
            FindingType.UNMEASURABLE,
            RULE,
            (*_anchor(first)[:1], *_anchor(row)),
            severity=Severity.LOW,
            confidence=0.7,
            stated=row.target.text,
            spans=(first.span, row.span),
            message=f"“{row.name}”（目标“{row.target.text}”）在表中出现两次，重复计分。请合并，或说明两处口径的差别。",
        )
