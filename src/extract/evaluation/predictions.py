"""What a program, or a second annotator, says of a report, in the form that is measured."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from typing import Any

from extract.annotation.markup import AnnotatedReport, GoldFinding, GoldMention, GoldPair
from extract.errors import ReadError
from extract.export.jsonl import extraction_records
from extract.offsets import CharSpan
from extract.records import Answer, Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedClaim:
    id: str
    span: CharSpan
    number: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    approx: str
    role: str
    slot: str  #: as slots.yaml knows it, where the program says so
    role_confidence: float | None = None
    slot_confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedPair:
    target: str
    actual: str | None
    answer: str
    verdict: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedFinding:
    type: str
    claims: tuple[str, ...]
    stated: str
    expected: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictions:
    """Everything that was said of one document."""

    claims: tuple[PredictedClaim, ...] = ()
    pairs: tuple[PredictedPair, ...] = ()
    findings: tuple[PredictedFinding, ...] = ()


def predictions_of(extraction: Extraction) -> Predictions:
    """What the program found, as its own records say it."""
    return _gathered(_predicted(record) for record in extraction_records(extraction))


def predictions_from_report(report: AnnotatedReport) -> Predictions:
    """An annotator's work taken as a prediction."""
    return Predictions(
        claims=tuple(_claim_of(mention) for mention in report.mentions),
        pairs=tuple(_pair_of(pair) for pair in report.pairs),
        findings=tuple(_finding_of(finding) for finding in report.findings),
    )


def read_predictions(paths: Iterable[Path]) -> dict[str, Predictions]:
    """Document name without its suffix → what records of ``extract run`` say of it, in the order of the files.

    Raises:
        ReadError: naming file and line, if a file cannot be read, a line is no record or an id is given twice.
    """
    by_document: dict[str, list[_Predicted | None]] = {}
    seen: dict[tuple[str, str], str] = {}
    for path in paths:
        for where, record in _records(path):
            name = document_name(str(record.get("doc") or path.name))
            predicted = _checked(record, where)
            if isinstance(predicted, PredictedClaim):
                first = seen.setdefault((name, predicted.id), where)
                if first != where:
                    raise ReadError(
                        f"{where}: claim {predicted.id!r} was given at {first}; give each document once",
                        zh=f"{where}：{predicted.id!r} 已见于 {first}；每份报告只能给出一次",
                    )
            by_document.setdefault(name, []).append(predicted)
    return {name: _gathered(predicted) for name, predicted in by_document.items()}


def document_name(doc: str) -> str:
    """The name that annotations of a document carry.

    >>> document_name("2021/qingtong-water.v2.docx")
    'qingtong-water.v2'
    """
    return PurePosixPath(doc).name.rsplit(".", 1)[0]


_Predicted = PredictedClaim | PredictedPair | PredictedFinding


def _gathered(predicted: Iterable[_Predicted | None]) -> Predictions:
    each = tuple(predicted)
    return Predictions(
        claims=tuple(one for one in each if isinstance(one, PredictedClaim)),
        pairs=tuple(one for one in each if isinstance(one, PredictedPair)),
        findings=tuple(one for one in each if isinstance(one, PredictedFinding)),
    )


def _records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line's place and record."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(
            f"{path}: {error}; predictions are what 'extract run' wrote", zh=f"{path}：{error}；应为 extract run 的输出"
        ) from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path}:{number}", _record(line, f"{path}:{number}")


def _record(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _no_record(where, str(error)) from error
    if not isinstance(record, dict):
        raise _no_record(where, "no object")
    return record


def _checked(record: Mapping[str, Any], where: str) -> _Predicted | None:
    try:
        return _predicted(record)
    except KeyError as error:
        raise _no_record(where, f"no {error}") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise _no_record(where, str(error)) from error


def _no_record(where: str, reason: str) -> ReadError:
    return ReadError(
        f"{where}: no record of 'extract run': {reason}", zh=f"{where}：不是 extract run 输出的记录：{reason}"
    )


def _predicted(record: Mapping[str, Any]) -> _Predicted | None:
    """The part of a record that is measured; None of records that are not."""
    match record.get("kind"):
        case "claim":
            return _claim(record)
        case "pair":
            return _pair(record)
        case "finding":
            return _finding(record)
    return None


def _claim(record: Mapping[str, Any]) -> PredictedClaim:
    number, low, high = (_number(record.get(key)) for key in ("number", "low", "high"))
    sure = record.get("confidence") or {}
    return PredictedClaim(
        id=record["id"],
        span=CharSpan(record["start"], record["end"]),
        number=number,
        low=low,
        high=high,
        unit=record.get("unit") or "",
        approx=record.get("approx") or "",
        role=record.get("role") or "",
        slot=record.get("slot_base") or record.get("slot") or "",
        role_confidence=sure.get("role"),
        slot_confidence=sure.get("slot"),
    )


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no plain decimal string") from error


def _pair(record: Mapping[str, Any]) -> PredictedPair:
    return PredictedPair(
        target=record["target"],
        actual=record.get("actual") or None,
        answer=record.get("answer") or "",
        verdict=record.get("verdict"),
    )


def _finding(record: Mapping[str, Any]) -> PredictedFinding:
    return PredictedFinding(
        type=record["type"],
        claims=tuple(record.get("claims") or ()),
        stated=record.get("stated") or "",
        expected=record.get("expected") or "",
        message=record.get("message") or "",
    )


def _claim_of(mention: GoldMention) -> PredictedClaim:
    return PredictedClaim(
        id=mention.name,
        span=mention.span,
        number=mention.number,
        low=mention.low,
        high=mention.high,
        unit=mention.unit,
        approx=mention.approx.value,
        role=mention.role.value,
        slot=mention.slot,
    )


def _pair_of(pair: GoldPair) -> PredictedPair:
    answer = Answer.FIGURE if pair.actual else Answer.WORDS if pair.verdict == "in_words" else Answer.NONE
    verdict = pair.verdict if pair.actual and pair.verdict != "budget" else None
    return PredictedPair(target=pair.target, actual=pair.actual, answer=answer.value, verdict=verdict)


def _finding_of(finding: GoldFinding) -> PredictedFinding:
    return PredictedFinding(
        type=finding.type, claims=finding.names, stated=finding.stated, expected=finding.right, message=finding.why
    )
