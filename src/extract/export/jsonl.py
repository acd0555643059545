"""Records as JSON Lines: keys in the published order, the same bytes for the same input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from extract.lexicons import UnitTable, default_units
from extract.records import Claim, Document, Excluded, Extraction, Finding, Holds, Pair, Quantity
from extract.version import __version__

_DIGITS = 12  #: significant decimals of converted amounts


def extraction_records(extraction: Extraction, *, everything: bool = False) -> Iterator[dict[str, Any]]:
    """Document, claims, pairs, findings and proofs of one document; with ``everything`` what was set aside too."""
    document = extraction.document
    yield document_record(document)
    for claim in extraction.claims:
        yield claim_record(claim, document)
    for pair in extraction.pairs:
        yield pair_record(pair, document)
    for finding in extraction.findings:
        yield finding_record(finding, document)
    for holds in extraction.holds:
        yield holds_record(holds, document)
    if everything:
        for excluded in extraction.excluded:
            yield excluded_record(excluded, document)


def json_line(record: dict[str, Any]) -> str:
    return _ENCODER.encode(record) + "\n"


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))


def document_record(document: Document) -> dict[str, Any]:
    return {
        "kind": "document",
        "doc": document.name,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "title": document.title,
        "organisation": document.organisation,
        "division_code": None,
        "year": document.year,
        "report_type": document.report_type,
        "pages": document.pages,
        "chars": len(document.text),
        "version": __version__,
    }


def claim_record(claim: Claim, document: Document, *, units: UnitTable | None = None) -> dict[str, Any]:
    quantity, cell, place = claim.quantity, claim.cell, document.place_of(claim.span)
    base_number, base_unit = base_amount(quantity, default_units() if units is None else units)
    return {
        "kind": "claim",
        "doc": document.name,
        "id": claim.id,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.span.of(document.text),
        "number": plain(quantity.number),
        "low": plain(quantity.low),
        "high": plain(quantity.high),
        "unit": quantity.unit,
        "unit_from": quantity.unit_from.value,
        "dimension": _claim_dimension(quantity),
        "approx": quantity.approx.value,
        "base_number": base_number,
        "base_unit": base_unit,
        "role": claim.role.value,
        "stage": claim.stage.value if claim.stage else None,
        "slot": claim.slot,
        "slot_base": claim.slot_base,
        "row_slot": claim.row_slot,
        "indicator": claim.indicator,
        "period": claim.period,
        "organisation": claim.organisation,
        "section": list(claim.segment.section),
        "cell": None
        if cell is None
        else {
            "table": cell.table,
            "row": cell.row,
            "column": cell.column,
            "row_header": cell.row_header,
            "column_header": cell.column_header,
        },
        "repeats": claim.repeats,
        "page": place.page,
        "box": None if place.box is None else [round(edge, 2) for edge in place.box],
        "origin": place.origin.value,
        "confidence": {"role": round(claim.role_confidence, 4), "slot": round(claim.slot_confidence, 4)},
        "reasons": list(claim.reasons),
    }


def _claim_dimension(quantity: Quantity) -> str:
    return "count" if quantity.dimension == "number" else quantity.dimension.value


def pair_record(pair: Pair, document: Document) -> dict[str, Any]:
    return {
        "kind": "pair",
        "doc": document.name,
        "target": pair.target.id,
        "actual": pair.actual.id if pair.actual else None,
        "answer": pair.answer.value,
        "evidence": [[span.start, span.end] for span in pair.evidence],
        "slot": pair.target.slot,
        "basis": pair.basis.value,
        "verdict": pair.verdict.value if pair.verdict else None,
        "ratio": None if pair.ratio is None else f"{pair.ratio:f}",
        "confidence": round(pair.confidence, 4),
        "reasons": list(pair.reasons),
    }


def finding_record(finding: Finding, document: Document) -> dict[str, Any]:
    return {
        "kind": "finding",
        "doc": document.name,
        "id": finding.id,
        "type": finding.type.value,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence, 4),
        "issue": finding.issue,
        "claims": [claim.id for claim in finding.claims],
        "spans": [[span.start, span.end] for span in finding.spans],
        "stated": finding.stated,
        "expected": finding.expected,
        "workings": finding.workings,
        "slip": finding.slip,
        "message": finding.message,
    }


def holds_record(holds: Holds, document: Document) -> dict[str, Any]:
    return {
        "kind": "holds",
        "doc": document.name,
        "rule": holds.rule,
        "claims": [claim.id for claim in holds.claims],
        "workings": holds.workings,
    }


def excluded_record(excluded: Excluded, document: Document) -> dict[str, Any]:
    return {
        "kind": "excluded",
        "doc": document.name,
        "start": excluded.span.start,
        "end": excluded.span.end,
        "text": excluded.span.of(document.text),
        "reason": excluded.reason.value,
    }


def error_record(name: str, stage: str, reason: str) -> dict[str, Any]:
    return {"kind": "error", "doc": name, "stage": stage, "reason": reason}


def quantity_record(quantity: Quantity, text: str) -> dict[str, Any]:
    """A quantity as ``extract quantities`` prints it."""
    return {
        "start": quantity.span.start,
        "end": quantity.span.end,
        "text": quantity.span.of(text),
        "number": plain(quantity.number),
        "low": plain(quantity.low),
        "high": plain(quantity.high),
        "unit": quantity.unit,
        "dimension": quantity.dimension.value,
        "approx": quantity.approx.value,
        "kind": quantity.kind.value,
    }


def plain(number: Decimal | None) -> str | None:
    """A plain decimal string: no exponent, no trailing zeros.

    >>> plain(Decimal("1.6349E+10"))
    '16349000000'
    """
    if number is None:
        return None
    text = f"{abs(number) if number == 0 else number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def base_amount(quantity: Quantity, units: UnitTable) -> tuple[str | None, str]:
    """The number in its dimension's base unit, and that unit: 4% → 0.04 of 1."""
    row = units.named(quantity.unit)
    if row is None:
        return plain(quantity.value), quantity.unit
    if quantity.value is None:
        return None, row.base
    if row.factor == 1:
        return plain(round(+quantity.value, _DIGITS)), row.base
    exact = Fraction(quantity.value) * row.factor
    return plain(round(Decimal(exact.numerator) / Decimal(exact.denominator), _DIGITS)), row.base
