"""Findings on the rows of forms, as rules R09 to R12 make them."""

from __future__ import annotations

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.wording import written
from extract.records import Claim, FindingType, Severity


def said(case: Case, claim: Claim) -> str:
    """The claim as the report writes it."""
    return written(claim, case.document.text)


def on_claims(
    case: Case,
    rule: str,
    claims: tuple[Claim, ...],
    *,
    message: str,
    type_: FindingType = FindingType.ARITHMETIC,
    severity: Severity = Severity.HIGH,
    confidence: float = 0.8,
    expected: str = "",
    workings: str = "",
    slip: str | None = None,
) -> Checked:
    """A finding about the first of ``claims``, shown with the others."""
    return finding(
        case.document,
        type_,
        rule,
        claims,
        severity=severity,
        confidence=confidence,
        stated=said(case, claims[0]),
        expected=expected,
        workings=workings,
        slip=slip,
        message=message,
    )
