"""R09: money: the rate and the marks of the fund row, spending far from its budget, and what is carried on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.forms import FundRow
from extract.audit.forms.marks import capped, marks_meet, percent, points, quotient
from extract.audit.precision import Interval, printed
from extract.audit.wording import bare, written
from extract.records import Basis, Claim, ColumnKind, Dimension, Document, FindingType, Holds, Pair, Severity, Stage

RULE = "R09"
_EXPLAINS = re.compile(
    r"原因|由于|因[^此而]|主要(?:是|系|为|用于)|系(?:年中|上级)|追加|受[^，。]{1,12}影响|滞后|推迟|跨年|未(?:完工|结算|验收|到期)|质保金|压减|节约|节省"
)
_ADJUSTS = re.compile(r"追加|调整(?:后)?预算|预算调整|调增|全年预算|调剂|年中下达|上级(?:专项|补助)")
_OWN_BANDS = re.compile(r"执行率[^。；]{0,16}(?:以上|≥|＞|>|不低于|达到)[^。；]{0,12}(?:满分|[得计]\d+(?:\.\d+)?分)")
_THREE_PUBLIC = re.compile(r"三公|接待|公务用车|公车|出国|会议费|培训费")
_CARRIES = re.compile(r"结转|结余")
_LEAST_CONFIDENCE = 0.45


def check_fund_scores(case: Case) -> Iterator[Checked]:
    """Findings on fund rows of forms, and on budgets and spending that the text tells."""
    own_bands = _OWN_BANDS.search(case.plain) is not None
    for form in case.forms:
        for row in form.funds:
            yield from _rate(case, row)
            if row.has_marks:
                if not own_bands:
                    yield from _score(case, row)
                yield from _execution(case, row)
    yield from _told(case)
    yield from _carried_on(case)


def _planned(row: FundRow) -> Claim | None:
    """A, the adjusted budget; the opening one where there is none."""
    for cell in (row.adjusted, row.opening):
        if cell is not None and cell.figure is not None and cell.number:
            return cell.figure
    return None


def _spent(row: FundRow) -> Claim | None:
    return None if row.spent is None else row.spent.figure


def _basis(row: FundRow) -> str:
    adjusted = row.adjusted is not None and row.adjusted.number
    return "" if adjusted else "（未列全年预算数，按年初预算数计算）"


def _rate(case: Case, row: FundRow) -> Iterator[Checked]:
    """The printed rate against B/A."""
    planned, spent, rate = _planned(row), _spent(row), row.rate.figure if row.rate is not None else None
    follows = None if planned is None or spent is None else quotient(spent, planned)
    stated = None if rate is None or rate.quantity.dimension is not Dimension.RATIO else printed(rate.quantity)
    if planned is None or spent is None or rate is None or follows is None or stated is None:
        return
    hundredfold = follows.times(Fraction(100))
    right = percent(_middle(follows))
    workings = f"{bare(spent)}÷{bare(planned)}={right}"
    if stated.meets(hundredfold):
        yield Holds(rule=RULE, claims=(rate, spent, planned), workings=workings)
        return
    if _of_other_columns(case, rate):
        return
    opening = row.opening.figure if row.opening is not None else None
    by_opening = None if opening is None else quotient(spent, opening)
    wrong_base = opening is not None and by_opening is not None and stated.meets(by_opening.times(Fraction(100)))
    hint = "（按年初预算数计算所得）" if wrong_base else ""
    said = written(rate, case.document.text)
    yield finding(
        case.document,
        FindingType.ARITHMETIC,
        RULE,
        (rate, spent, planned),
        severity=Severity.HIGH,
        confidence=0.9,
        stated=said,
        expected=right,
        workings=workings,
        slip=f"{bare(opening)} for {bare(planned)}" if wrong_base and opening is not None else None,
        message=f"“{_name(row)}”执行率原文为{said}{hint}；按表中数字计算{_basis(row)}，{workings}。请核对并更正。",
    )


def _of_other_columns(case: Case, rate: Claim) -> bool:
    """Whether other spending of the row over other budgets gives the rate: a table with several columns of each."""
    own = rate.cell
    row = () if own is None else case.claims_in_row.get((own.table, own.row), ())
    spent = [claim for claim in row if claim.cell and claim.cell.kind is ColumnKind.SPENT]
    planned = [claim for claim in row if claim.cell and claim.cell.kind in (ColumnKind.ADJUSTED, ColumnKind.OPENING)]
    stated = printed(rate.quantity)
    shares = (quotient(one, other) for one in spent for other in planned) if len(spent) > 1 else ()
    return stated is not None and any(s is not None and stated.meets(s.times(Fraction(100))) for s in shares)


def _middle(interval: Interval) -> Fraction:
    return (interval.low + interval.high) / 2


def _name(row: FundRow) -> str:
    return row.name or "年度资金总额"


def _score(case: Case, row: FundRow) -> Iterator[Checked]:
    """The marks against weight × B/A."""
    planned, spent = _planned(row), _spent(row)
    weight = row.weight.figure if row.weight is not None else None
    score = row.score.figure if row.score is not None else None
    if planned is None or spent is None or weight is None or score is None or not weight.quantity.number:
        return
    share = quotient(spent, planned)
    if share is None or case.is_misprinted(weight):
        return
    full = Fraction(weight.quantity.number)
    exact = Fraction(spent.quantity.number or 0) / Fraction(planned.quantity.number or 1)
    right = points(min(exact, Fraction(1)) * full)
    above = "，执行率超过100%按满分封顶" if exact > 1 else ""
    workings = f"{points(full)}×{bare(spent)}÷{bare(planned)}={right}"
    if marks_meet(score, share, weight):
        yield Holds(rule=RULE, claims=(score, weight, spent, planned), workings=workings)
        return
    said = written(score, case.document.text)
    yield finding(
        case.document,
        FindingType.ARITHMETIC,
        RULE,
        (score, weight, spent, planned),
        severity=Severity.HIGH,
        confidence=0.85,
        stated=said,
        expected=right,
        workings=workings,
        message=f"“{_name(row)}”预算执行得分原文为{said}；按分值×执行率计算{_basis(row)}{above}，{workings}。请核对并更正。",
    )


def _execution(case: Case, row: FundRow) -> Iterator[Checked]:
    """Spending above the budget, without one, or far below it."""
    spent = _spent(row)
    planned = _planned(row)
    if spent is None or not spent.quantity.number:
        return
    zero = row.adjusted is not None and row.adjusted.number == 0
    if planned is None:
        if zero and row.adjusted is not None and row.adjusted.figure is not None:
            yield _budget(
                case,
                (spent, row.adjusted.figure),
                "0",
                f"“{_name(row)}”预算数为0，执行数为{_said(case, spent)}，支出没有预算。请说明支出依据。",
            )
        return
    share = quotient(spent, planned)
    if share is None:
        return
    rate = percent(Fraction(spent.quantity.number) / Fraction(planned.quantity.number or 1))
    workings = f"{bare(spent)}÷{bare(planned)}={rate}"
    if share.low > 1:
        fact = f"“{_name(row)}”执行数{_said(case, spent)}超过预算数{_said(case, planned)}{_basis(row)}"
        message = f"{fact}，{workings}。请核对预算口径，或说明超预算的原因。"
        yield _budget(case, (spent, planned), rate, message, workings)
    elif share.high < Fraction(case.profile.low_execution) and not _explained(case, row):
        fact = f"“{_name(row)}”预算数{_said(case, planned)}，执行数{_said(case, spent)}，执行率{workings}"
        message = f"{fact}，偏低，文中未见原因。请说明原因。"
        yield _budget(case, (spent, planned), rate, message, workings, Severity.MEDIUM)


def _said(case: Case, claim: Claim) -> str:
    return written(claim, case.document.text)


def _budget(
    case: Case,
    claims: tuple[Claim, ...],
    rate: str,
    message: str,
    workings: str = "",
    severity: Severity = Severity.HIGH,
) -> Checked:
    return finding(
        case.document,
        FindingType.BUDGET,
        RULE,
        claims,
        severity=severity,
        confidence=0.75,
        stated=_said(case, claims[0]),
        expected=rate,
        workings=workings,
        message=message,
    )


def _explained(case: Case, row: FundRow) -> bool:
    """Whether the row, or any sentence on execution or money left, gives a reason."""
    if row.reason is not None and row.reason.says_something:
        return True
    about = re.compile(r"执行率|执行进度|支出进度|未支出|未执行|结转|结余|支付进度")
    return any(about.search(words) and _EXPLAINS.search(words) for _, words in case.sentences)


def _told(case: Case) -> Iterator[Checked]:
    """Budgets and spending that the text tells, where they are far apart and nothing says why."""
    adjusted = _ADJUSTS.search(case.plain) is not None
    seen: set[tuple[object, object]] = set()
    for pair in case.pairs:
        goal, done = pair.target, pair.actual
        if done is None or not _is_told_budget(case.document, pair):
            continue
        key = (goal.quantity.number, done.quantity.number)
        share = quotient(done, goal)
        if share is None or key in seen or _EXPLAINS.search(_around(case, done)):
            continue
        far_below = share.high < Fraction(case.profile.far_below)
        above = not adjusted and share.low > Fraction(case.profile.over_spending) and not _is_part(case, goal, done)
        if not far_below and not above:
            continue
        seen.add(key)
        rate = percent(_middle(share))
        workings = f"{bare(done)}÷{bare(goal)}={rate}"
        what = "支出不到预算的一半" if far_below else "支出明显超过年初预算，文中未见预算调整"
        name = (goal.indicator or done.indicator).strip("()（）“”、，") or "支出"
        message = (
            f"“{name}”预算{_said(case, goal)}，支出{_said(case, done)}，{workings}，{what}，未见原因。请说明原因。"
        )
        yield _budget(case, (done, goal), rate, message, workings, Severity.MEDIUM)


def _is_part(case: Case, goal: Claim, done: Claim) -> bool:
    """Whether the budget is a part of one in front of it that covers the spending: of another scope than this."""
    spent = done.quantity.number or 0
    beside = case.claims_in_paragraph.get(goal.segment.paragraph, ())
    before = (c for c in beside if c.segment is goal.segment and c.span.end <= goal.span.start)
    return any(c.quantity.dimension is Dimension.MONEY and (c.quantity.number or 0) >= spent for c in before)


def _is_told_budget(document: Document, pair: Pair) -> bool:
    """A budget and what was spent of it, both told in sentences; below budget is never a fault of the three publics."""
    goal, done = pair.target, pair.actual
    if done is None or pair.basis is not Basis.BUDGET or pair.confidence < _LEAST_CONFIDENCE:
        return False
    if goal.cell is not None or done.cell is not None or goal.quantity.dimension is not Dimension.MONEY:
        return False
    words = goal.indicator + done.indicator
    spends = done.stage in (Stage.SPENT, None) and Stage.CARRIED_OUT not in (goal.stage, done.stage)
    return spends and "预算" in words + _words_before(document, goal) and not _THREE_PUBLIC.search(words)


def _words_before(document: Document, claim: Claim) -> str:
    return document.text[max(claim.segment.span.start, claim.span.start - 60) : claim.span.start]


def _around(case: Case, claim: Claim) -> str:
    return case.paragraph_words(claim.segment)


def _carried_on(case: Case) -> Iterator[Checked]:
    """A hint where much of the budget was carried to the next year and nothing says why."""
    for form in case.forms:
        for row in form.scored_funds:
            planned, spent = _planned(row), _spent(row)
            left = None if planned is None or spent is None else quotient(spent, planned)
            carried = 1 - capped(left).high if left is not None else Fraction(0)
            enough = carried >= Fraction(case.profile.carry_over)
            if (
                planned is None
                or spent is None
                or not enough
                or not _CARRIES.search(case.plain)
                or _explained(case, row)
            ):
                continue
            fact = f"“{_name(row)}”预算{_said(case, planned)}，支出{_said(case, spent)}，未支出部分占{percent(carried)}"
            message = f"{fact}，结转结余较多，文中未见原因。请说明原因。"
            yield _budget(case, (spent, planned), percent(carried), message, severity=Severity.HINT)
