"""R05: a number that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.audit.findings import Checked, finding
from extract.records import Claim, Document, FindingType, Severity

RULE = "R05"


def check_malformed(document: Document, claims: Sequence[Claim]) -> Iterator[Checked]:
    """A finding for each figure whose digits say no number."""
    for claim in claims:
        if claim.quantity.malformed:
            stated = claim.span.of(document.text)
            yield finding(
                document,
                FindingType.MALFORMED,
                RULE,
                (claim,),
                severity=Severity.LOW,
                confidence=0.98,
                stated=stated,
                message=f"“{stated}”中的数字无法读出（小数点或千分位书写有误），未作换算。请更正。",
            )
