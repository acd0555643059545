"""R09: money: the rate and the marks of the fund row, spending far from its budget, and what is carried on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from extract.audit.case import Case
from extract.audit.cues import tells_of_form
from extract.audit.findings import Checked
from extract.audit.forms import FundRow, figure_in
from extract.audit.forms.marks import capped, marks_meet, percent, points, quotient
from extract.audit.precision import Interval, printed_interval
from extract.audit.rules.form_findings import on_claims, said
from extract.audit.rules.told_budgets import check_told_budgets
from extract.audit.wording import bare
from extract.records import Claim, ColumnKind, Dimension, FindingType, Holds, Severity

RULE = "R09"
_HUNDRED = Fraction(100)


def check_fund_scores(case: Case) -> Iterator[Checked]:
    """Findings on fund rows of forms, and on budgets and spending that the text tells."""
    own_bands = tells_of_form("own_bands", case.plain)
    for form in case.forms:
        for row in form.funds:
            yield from _rate(case, row)
            if row.has_marks:
                if not own_bands:
                    yield from _score(case, row)
                yield from _execution(case, row)
    yield from check_told_budgets(case)
    yield from _carried_on(case)


def _planned(row: FundRow) -> Claim | None:
    """A, the adjusted budget; the opening one where there is none."""
    for cell in (row.adjusted, row.opening):
        if cell is not None and cell.figure is not None and cell.number:
            return cell.figure
    return None


def _spent(row: FundRow) -> Claim | None:
    return figure_in(row.spent)


def _basis(row: FundRow) -> str:
    adjusted = row.adjusted is not None and row.adjusted.number
    return "" if adjusted else "（未列全年预算数，按年初预算数计算）"


def _rate(case: Case, row: FundRow) -> Iterator[Checked]:
    """The printed rate against B/A."""
    planned, spent, rate = _planned(row), _spent(row), figure_in(row.rate)
    follows = None if planned is None or spent is None else quotient(spent, planned)
    stated = None if rate is None or rate.quantity.dimension is not Dimension.RATIO else printed_interval(rate.quantity)
    if planned is None or spent is None or rate is None or follows is None or stated is None:
        return
    right = percent(_middle(follows))
    workings = f"{bare(spent)}÷{bare(planned)}={right}"
    if stated.meets(follows.times(_HUNDRED)):
        yield Holds(rule=RULE, claims=(rate, spent, planned), workings=workings)
    elif not _of_other_columns(case, rate):
        base = _wrong_base(row, spent, stated)
        hint = "（按年初预算数计算所得）" if base is not None else ""
        fact = f"“{_name(row)}”执行率原文为{said(case, rate)}{hint}；按表中数字计算{_basis(row)}，{workings}"
        yield on_claims(
            case,
            RULE,
            (rate, spent, planned),
            confidence=0.9,
            expected=right,
            workings=workings,
            slip=None if base is None else f"{bare(base)} for {bare(planned)}",
            message=f"{fact}。请核对并更正。",
        )


def _wrong_base(row: FundRow, spent: Claim, stated: Interval) -> Claim | None:
    """The opening budget, where the printed rate was reckoned from it."""
    opening = figure_in(row.opening)
    share = None if opening is None else quotient(spent, opening)
    return opening if share is not None and stated.meets(share.times(_HUNDRED)) else None


def _of_other_columns(case: Case, rate: Claim) -> bool:
    """Whether other columns of the row give the rate: spending over what came in, or one of several over budgets."""
    own = rate.cell
    row = () if own is None else case.claims_in_row.get((own.table, own.row), ())
    spent = [claim for claim in row if claim.cell and claim.cell.kind is ColumnKind.SPENT]
    planned = [claim for claim in row if claim.cell and claim.cell.kind in (ColumnKind.ADJUSTED, ColumnKind.OPENING)]
    bases = [claim for claim in row if claim.cell and claim.cell.kind is ColumnKind.RECEIVED]
    bases += planned if len(spent) > 1 else []
    stated = printed_interval(rate.quantity)
    shares = (quotient(one, other) for one in spent for other in bases)
    return stated is not None and any(s is not None and stated.meets(s.times(Fraction(100))) for s in shares)


def _middle(interval: Interval) -> Fraction:
    return (interval.low + interval.high) / 2


def _name(row: FundRow) -> str:
    return row.name or "年度资金总额"


def _score(case: Case, row: FundRow) -> Iterator[Checked]:
    """The marks against weight × B/A."""
    planned, spent, weight, score = _planned(row), _spent(row), figure_in(row.weight), figure_in(row.score)
    if planned is None or spent is None or weight is None or score is None or not weight.quantity.number:
        return
    share = quotient(spent, planned)
    if share is None or case.is_misprinted(weight):
        return
    full = Fraction(weight.quantity.number)
    exact = Fraction(spent.quantity.number or 0) / Fraction(planned.quantity.number or 1)
    right = points(min(exact, Fraction(1)) * full)
    workings = f"{points(full)}×{bare(spent)}÷{bare(planned)}={right}"
    claims = (score, weight, spent, planned)
    if marks_meet(score, share, weight):
        yield Holds(rule=RULE, claims=claims, workings=workings)
        return
    above = "，执行率超过100%按满分封顶" if exact > 1 else ""
    how = f"按分值×执行率计算{_basis(row)}{above}，{workings}"
    text = f"“{_name(row)}”预算执行得分原文为{said(case, score)}；{how}。请核对并更正。"
    yield on_claims(case, RULE, claims, confidence=0.85, expected=right, workings=workings, message=text)


def _execution(case: Case, row: FundRow) -> Iterator[Checked]:
    """Spending above the budget, without one, or far below it."""
    spent, planned = _spent(row), _planned(row)
    if spent is None or not spent.quantity.number:
        return
    if planned is None:
        yield from _without_budget(case, row, spent)
        return
    share = quotient(spent, planned)
    if share is None:
        return
    rate = percent(Fraction(spent.quantity.number) / Fraction(planned.quantity.number or 1))
    workings = f"{bare(spent)}÷{bare(planned)}={rate}"
    name, given, budget = _name(row), said(case, spent), said(case, planned)
    if share.low > 1:
        text = f"“{name}”执行数{given}超过预算数{budget}{_basis(row)}，{workings}。请核对预算口径，或说明超预算的原因。"
        yield _budget(case, (spent, planned), rate, text, workings)
    elif share.high < Fraction(case.profile.low_execution) and not _explained(case, row):
        text = f"“{name}”预算数{budget}，执行数{given}，执行率{workings}，偏低，文中未见原因。请说明原因。"
        yield _budget(case, (spent, planned), rate, text, workings, Severity.MEDIUM)


def _without_budget(case: Case, row: FundRow, spent: Claim) -> Iterator[Checked]:
    """Spending whose adjusted budget is printed as 0."""
    adjusted = figure_in(row.adjusted)
    if adjusted is not None and adjusted.quantity.number == 0:
        text = f"“{_name(row)}”预算数为0，执行数为{said(case, spent)}，支出没有预算。请说明支出依据。"
        yield _budget(case, (spent, adjusted), "0", text)


def _budget(
    case: Case,
    claims: tuple[Claim, ...],
    rate: str,
    message: str,
    workings: str = "",
    severity: Severity = Severity.HIGH,
) -> Checked:
    return on_claims(
        case,
        RULE,
        claims,
        type_=FindingType.BUDGET,
        severity=severity,
        confidence=0.75,
        expected=rate,
        workings=workings,
        message=message,
    )


def _explained(case: Case, row: FundRow) -> bool:
    """Whether the row, or any sentence on execution or money left, gives a reason."""
    if row.reason is not None and row.reason.says_something:
        return True
    return any(
        tells_of_form("of_execution", words) and tells_of_form("spending_explained", words)
        for _, words in case.sentences
    )


def _carried_on(case: Case) -> Iterator[Checked]:
    """A hint where much of the budget was carried to the next year and nothing says why."""
    if not tells_of_form("carried_on", case.plain):
        return
    for row in (row for form in case.forms for row in form.scored_funds):
        planned, spent = _planned(row), _spent(row)
        share = None if planned is None or spent is None else quotient(spent, planned)
        carried = 1 - capped(share).high if share is not None else Fraction(0)
        if planned is None or spent is None or carried < Fraction(case.profile.carry_over) or _explained(case, row):
            continue
        fact = f"“{_name(row)}”预算{said(case, planned)}，支出{said(case, spent)}，未支出部分占{percent(carried)}"
        text = f"{fact}，结转结余较多，文中未见原因。请说明原因。"
        yield _budget(case, (spent, planned), percent(carried), text, severity=Severity.HINT)
