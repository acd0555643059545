"""Budgets and spending that the text tells, where they are far apart and nothing says why (R09)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from extract.audit.case import Case
from extract.audit.cues import tells_of_form
from extract.audit.findings import Checked
from extract.audit.forms.marks import percent, quotient
from extract.audit.rules.form_findings import on_claims, said
from extract.audit.wording import bare
from extract.records import Basis, Claim, Dimension, Document, FindingType, Pair, Role, Severity, Stage

_RULE = "R09"
_LEAST_CONFIDENCE = 0.45


def check_told_budgets(case: Case) -> Iterator[Checked]:
    """Budgets and spending that the text tells, where they are far apart and nothing says why."""
    adjusted = tells_of_form("budget_adjusted", case.plain)
    seen: set[tuple[object, object]] = set()
    for pair in case.pairs:
        goal, done = pair.target, pair.actual
        if done is None or not _is_told_budget(case.document, pair):
            continue
        key = (goal.quantity.number, done.quantity.number)
        share = quotient(done, goal)
        if share is None or key in seen or tells_of_form("spending_explained", case.paragraph_words(done.segment)):
            continue
        far_below = share.high < Fraction(case.profile.far_below)
        above = not adjusted and share.low > Fraction(case.profile.over_spending) and not _is_part(case, goal, done)
        if far_below or above:
            seen.add(key)
            yield _far_apart(case, goal, done, far_below=far_below)


def _far_apart(case: Case, goal: Claim, done: Claim, *, far_below: bool) -> Checked:
    exact = Fraction(done.quantity.number or 0) / Fraction(goal.quantity.number or 1)
    rate = percent(exact)
    workings = f"{bare(done)}÷{bare(goal)}={rate}"
    what = "支出不到预算的一半" if far_below else "支出明显超过年初预算，文中未见预算调整"
    name = (goal.indicator or done.indicator).strip("()（）“”、，") or "支出"
    fact = f"“{name}”预算{said(case, goal)}，支出{said(case, done)}，{workings}"
    return on_claims(
        case,
        _RULE,
        (done, goal),
        type_=FindingType.BUDGET,
        severity=Severity.MEDIUM,
        confidence=0.75,
        expected=rate,
        workings=workings,
        message=f"{fact}，{what}，未见原因。请说明原因。",
    )


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
    if (
        done.role is Role.CHANGE
        or goal.cell is not None
        or done.cell is not None
        or goal.quantity.dimension is not Dimension.MONEY
    ):
        return False
    words = goal.indicator + done.indicator
    spends = done.stage in (Stage.SPENT, None) and Stage.CARRIED_OUT not in (goal.stage, done.stage)
    return spends and "预算" in words + _words_before(document, goal) and not tells_of_form("three_public", words)


def _words_before(document: Document, claim: Claim) -> str:
    return document.text[max(claim.segment.span.start, claim.span.start - 60) : claim.span.start]
