"""The gold shape: mentions, pairs and findings of a report as JSON Lines, beside its text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from extract.annotation.markup import AnnotatedReport, GoldFinding, GoldMention, GoldPair
from extract.errors import MarkupError
from extract.offsets import CharSpan
from extract.records import Approx, Dimension, Role, UnitFrom


def gold_files(report: AnnotatedReport) -> dict[str, str]:
    """File name → content: the text, and what was annotated in it."""
    lines = {
        "mentions": [_mention_record(mention, report.text) for mention in report.mentions],
        "pairs": [_pair_record(pair) for pair in report.pairs],
        "findings": [_finding_record(finding) for finding in report.findings],
    }
    files = {f"{report.name}.txt": report.text}
    for part, records in lines.items():
        files[f"{report.name}.{part}.jsonl"] = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    if report.zones:
        excluded = [[zone.start, zone.end] for zone in report.zones]
        files[f"{report.name}.zones.json"] = json.dumps({"excluded": excluded}) + "\n"
    return files


def _mention_record(mention: GoldMention, text: str) -> dict[str, Any]:
    return {
        "id": mention.name,
        "start": mention.span.start,
        "end": mention.span.end,
        "surface": mention.span.of(text),
        "number": _plain(mention.number),
        "low": _plain(mention.low),
        "high": _plain(mention.high),
        "unit": mention.unit,
        "unit_from": mention.unit_from.value,
        "dimension": mention.dimension.value,
        "approx": mention.approx.value,
        "role": mention.role.value,
        "slot": mention.slot,
    }


def _plain(number: Decimal | None) -> str:
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _pair_record(pair: GoldPair) -> dict[str, Any]:
    if pair.actual is None:
        record: dict[str, Any] = {"unanswered": pair.target, "note": pair.note}
        return record | ({"in_words": True} if pair.verdict == "in_words" else {})
    budget = pair.verdict == "budget"
    record = {
        "target": pair.target,
        "actual": pair.actual,
        "verdict": None if budget else pair.verdict,
        "note": pair.note,
    }
    return record | ({"kind": "budget"} if budget else {})


def _finding_record(finding: GoldFinding) -> dict[str, Any]:
    record: dict[str, Any] = {
        "type": finding.type,
        "ids": list(finding.names),
        "stated": finding.stated,
        "right": finding.right,
        "why": finding.why,
    }
    return record | ({"optional": True} if finding.optional else {})


def report_from_gold(name: str, text: str, folder: Path) -> AnnotatedReport:
    """The annotated report that ``folder`` holds for ``text``.

    Raises:
        MarkupError: if the mentions are missing, or one's surface is not what stands at its place.
    """
    if not (folder / f"{name}.mentions.jsonl").is_file():
        raise MarkupError(f"{folder}: no {name}.mentions.jsonl; gold files carry the name of their text")
    mentions = tuple(
        _read(lambda record: _mention(record, text, name), folder / f"{name}.mentions.jsonl"),
    )
    known = {mention.name for mention in mentions}
    zones_file = folder / f"{name}.zones.json"
    zones = json.loads(zones_file.read_text(encoding="utf-8"))["excluded"] if zones_file.is_file() else []
    return AnnotatedReport(
        name=name,
        text=text,
        mentions=mentions,
        pairs=tuple(_read(_pair, folder / f"{name}.pairs.jsonl")),
        findings=tuple(_read(lambda record: _finding(record, known), folder / f"{name}.findings.jsonl")),
        zones=tuple(CharSpan(start, end) for start, end in zones),
    )


_Read = TypeVar("_Read")


def _read(made: Callable[[dict[str, Any]], _Read], path: Path) -> Iterator[_Read]:
    """What ``made`` makes of each line of a file that may be missing; a line that it cannot read is named."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield made(json.loads(line))
        except MarkupError as error:
            raise MarkupError(f"{path.name}:{number}: {error}") from error
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            reason = f"no {error}" if isinstance(error, KeyError) else str(error)
            raise MarkupError(f"{path.name}:{number}: no gold record: {reason}") from error


def _mention(record: dict[str, Any], text: str, name: str) -> GoldMention:
    span = CharSpan(record["start"], record["end"])
    if span.of(text) != record["surface"]:
        raise MarkupError(f"{name}: mention {record['id']}: {record['surface']!r} does not stand at {span}")
    number, low, high = (Decimal(record[key]) if record[key] else None for key in ("number", "low", "high"))
    return GoldMention(
        name=record["id"],
        span=span,
        role=Role(record["role"]),
        slot=record["slot"],
        number=number,
        low=low,
        high=high,
        unit=record["unit"],
        unit_from=UnitFrom(record["unit_from"]),
        dimension=Dimension(record["dimension"]),
        approx=Approx(record["approx"]),
    )


def _pair(record: dict[str, Any]) -> GoldPair:
    note = record.get("note", "").replace("\n", " ")
    if record.get("unanswered"):
        return GoldPair(
            target=record["unanswered"],
            actual=None,
            verdict="in_words" if record.get("in_words") else "unanswered",
            note=note,
        )
    verdict = "budget" if record.get("kind") == "budget" else record["verdict"]
    return GoldPair(target=record["target"], actual=record["actual"], verdict=verdict, note=note)


def _finding(record: dict[str, Any], known: set[str]) -> GoldFinding:
    """Gold on tables that were not annotated names lines instead of mentions: the reason keeps them."""
    names = tuple(name for name in record["ids"] if name in known)
    others = [name for name in record["ids"] if name not in known]
    why = f"{record['why']}（{'；'.join(others)}）" if others else record["why"]
    return GoldFinding(
        type=record["type"],
        names=names,
        why=why.replace("\n", " "),
        stated=record.get("stated", ""),
        right=record.get("right", ""),
        optional=bool(record.get("optional")),
    )
