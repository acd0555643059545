"""Findings and proofs in the making: what a rule hands back, and how ids and severities are given."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.offsets import CharSpan
from extract.records import Claim, Document, Finding, FindingType, Holds, Severity

Checked = Finding | Holds
_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")  #: of a figure that a page cut


def finding(
    document: Document,
    type_: FindingType,
    rule: str,
    claims: tuple[Claim, ...],
    *,
    message: str,
    severity: Severity = Severity.MEDIUM,
    confidence: float = 0.9,
    stated: str = "",
    expected: str = "",
    workings: str = "",
    slip: str | None = None,
    spans: tuple[CharSpan, ...] = (),
) -> Finding:
    """A finding on ``claims``, and behind them on ``spans`` where words are meant; its id is of rule and place."""
    own = tuple(claim.span for claim in claims)
    places = (*own, *(span for span in spans if span not in own))
    first = places[0]
    return Finding(
        id=f"{document.name}#{rule}-{first.start}-{first.end}",
        type=type_,
        rule=rule,
        severity=severity,
        confidence=confidence,
        claims=claims,
        spans=places,
        message=message,
        stated=_LINE_BREAK.sub("", stated),
        expected=expected,
        workings=workings,
        slip=slip,
    )


def with_issues(findings: list[Finding]) -> tuple[Finding, ...]:
    """Findings in text order; those that say the same of the same figures share the first one's issue."""
    ordered = sorted(findings, key=lambda f: (f.spans[0].start, f.rule, f.id))
    first_of: dict[tuple[object, ...], list[tuple[frozenset[str], str]]] = {}
    seen: dict[str, int] = {}
    out = []
    for item in ordered:
        seen[item.id] = seen.get(item.id, 0) + 1
        unique = item.id if seen[item.id] == 1 else f"{item.id}.{seen[item.id]}"
        issue = _issue_among(first_of.setdefault(_cause(item), []), item, unique)
        out.append(replace(item, id=unique, issue=None if issue == unique else issue))
    return tuple(out)


def _issue_among(earlier: list[tuple[frozenset[str], str]], item: Finding, unique: str) -> str:
    """The first of ``earlier`` findings of the same cause, else the finding's own id: it is then the first itself.

    Wrong results of figures that have nothing in common, and no name, are causes of their own.
    """
    known = frozenset(word for claim in item.claims for word in (claim.id, claim.indicator) if word)
    shares = item.type not in _OF_FIGURES or not known
    issue = next((first for names, first in earlier if shares or names & known), unique)
    earlier.append((known, issue))
    return issue


_OF_FIGURES = (FindingType.ARITHMETIC, FindingType.TOTAL)


def _cause(item: Finding) -> tuple[object, ...]:
    """What makes two findings one issue: a wrong unit or result whatever rule saw it, else the same difference."""
    if item.type is FindingType.UNIT:
        return (item.type, item.stated)
    if item.type in _OF_FIGURES and item.expected:
        return ("figures", item.stated, item.expected)
    return (item.rule, item.stated, item.expected)
