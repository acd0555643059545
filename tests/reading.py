"""Short ways to ask what was found in a small report."""

from __future__ import annotations

from extract.extraction import extract
from extract.records import Claim, Finding


def claims_of(text: str) -> dict[str, Claim]:
    """The claims by their written form; of those written alike the last."""
    return {claim.span.of(text): claim for claim in extract(text).claims}


def roles_of(text: str) -> dict[str, str]:
    return {surface: claim.role.value for surface, claim in claims_of(text).items()}


def answers_of(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Target → (its actual or None, verdict or None), by written forms."""
    return {
        pair.target.span.of(text): (
            pair.actual.span.of(text) if pair.actual else None,
            pair.verdict.value if pair.verdict else None,
        )
        for pair in extract(text).pairs
    }


def findings_of(text: str, rule: str) -> list[Finding]:
    return [finding for finding in extract(text).findings if finding.rule == rule]
