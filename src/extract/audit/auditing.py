"""Runs the rules over a document's claims and pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.audit.findings import Checked, with_issues
from extract.audit.r01_totals import check_totals
from extract.audit.r02_derived import check_derived
from extract.audit.r03_conflicts import check_conflicts
from extract.audit.r04_units import check_units
from extract.audit.r05_malformed import check_malformed
from extract.audit.r06_missed import check_missed
from extract.audit.r07_unanswered import check_unanswered
from extract.records import Claim, Document, Finding, Holds, Pair


def audit_document(
    document: Document, claims: Sequence[Claim], pairs: Sequence[Pair]
) -> tuple[tuple[Finding, ...], tuple[Holds, ...]]:
    """(findings in text order, relations that were checked and are right)."""
    checked = list(_checked(document, claims, pairs))
    findings = with_issues([item for item in checked if isinstance(item, Finding)])
    holds = sorted(
        (item for item in checked if isinstance(item, Holds)), key=lambda h: (h.claims[0].span.start, h.rule)
    )
    return findings, tuple(holds)


def _checked(document: Document, claims: Sequence[Claim], pairs: Sequence[Pair]) -> Iterator[Checked]:
    yield from check_totals(document, claims)
    yield from check_derived(document, claims, pairs)
    yield from check_conflicts(document, claims)
    yield from check_units(document, claims, pairs)
    yield from check_malformed(document, claims)
    yield from check_missed(document, claims, pairs)
    yield from check_unanswered(document, pairs)
