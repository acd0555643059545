"""Claims, pairs and findings as flat rows for a spreadsheet: one column a field, nothing that runs as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from extract.export.jsonl import claim_record, excluded_record, finding_record, pair_record, plain
from extract.records import Claim, Document, Extraction

Row = dict[str, str]

CLAIM_COLUMNS = (
    *("doc", "id", "start", "end", "text", "number", "low", "high", "unit", "unit_from", "dimension", "approx"),
    *("base_number", "base_unit", "role", "stage", "slot", "slot_base", "row_slot", "indicator", "period"),
    *("organisation", "section", "table", "row", "column", "row_header", "column_header", "repeats"),
    *("page", "box", "origin", "role_confidence", "slot_confidence", "reasons"),
    *("document_title", "document_organisation", "document_year"),
)
PAIR_COLUMNS = (
    *("doc", "indicator", "target", "target_text", "target_number", "target_unit"),
    *("actual", "actual_text", "actual_number", "actual_unit"),
    *("answer", "slot", "basis", "verdict", "ratio", "confidence", "evidence", "reasons"),
)
FINDING_COLUMNS = (
    *("doc", "id", "type", "rule", "severity", "confidence", "issue", "claims", "spans"),
    *("stated", "expected", "workings", "slip", "message"),
)
EXCLUDED_COLUMNS = ("doc", "start", "end", "text", "reason")
ERROR_COLUMNS = ("doc", "stage", "reason")

NUMBER_COLUMNS = frozenset(
    {
        *("start", "end", "number", "low", "high", "base_number", "table", "row", "column", "page"),
        *("role_confidence", "slot_confidence", "confidence", "ratio", "target_number", "actual_number"),
    }
)
BETWEEN = "；"  #: between several values in one cell
_OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def claim_rows(extraction: Extraction) -> Iterator[Row]:
    document = extraction.document
    head = {
        "document_title": document.title,
        "document_organisation": document.organisation,
        "document_year": document.year,
    }
    for claim in extraction.claims:
        record = claim_record(claim, document)
        confidence = record["confidence"]
        flat = record | (record["cell"] or {}) | head
        flat["role_confidence"], flat["slot_confidence"] = confidence["role"], confidence["slot"]
        flat["section"] = " > ".join(record["section"])
        flat["box"] = " ".join(map(str, record["box"] or ()))
        yield _row(flat, CLAIM_COLUMNS)


def pair_rows(extraction: Extraction) -> Iterator[Row]:
    """Each pair with what its two claims say, so that it reads without the table of claims."""
    document = extraction.document
    for pair in extraction.pairs:
        record = pair_record(pair, document) | {"indicator": pair.target.indicator}
        sides = _side("target", pair.target, document) | _side("actual", pair.actual, document)
        yield _row(record | sides, PAIR_COLUMNS)


def _side(name: str, claim: Claim | None, document: Document) -> dict[str, Any]:
    if claim is None:
        return {}
    return {
        f"{name}_text": claim.span.of(document.text),
        f"{name}_number": plain(claim.quantity.value),
        f"{name}_unit": claim.quantity.unit,
    }


def finding_rows(extraction: Extraction) -> Iterator[Row]:
    for finding in extraction.findings:
        yield _row(finding_record(finding, extraction.document), FINDING_COLUMNS)


def excluded_rows(extraction: Extraction) -> Iterator[Row]:
    for excluded in extraction.excluded:
        yield _row(excluded_record(excluded, extraction.document), EXCLUDED_COLUMNS)


def _row(record: Mapping[str, Any], columns: Iterable[str]) -> Row:
    return {column: safe_cell(_cell(record.get(column)), column) for column in columns}


def _cell(value: Any) -> str:
    """A value as one cell; several values are parted by ``；``, a span is ``start-end``."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return BETWEEN.join("-".join(map(str, v)) if isinstance(v, (list, tuple)) else str(v) for v in value)
    return f"{Decimal(str(value)):f}" if isinstance(value, float) else str(value)


def safe_cell(text: str, column: str) -> str:
    """``text`` with an apostrophe in front if a spreadsheet would run it as a formula.

    >>> safe_cell("=HYPERLINK(1)", "indicator"), safe_cell("-203.1", "number"), safe_cell("-203.1+1", "number")
    ("'=HYPERLINK(1)", '-203.1', "'-203.1+1")
    """
    if column in NUMBER_COLUMNS and _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.startswith(_OPENS_FORMULA) else text
