"""What is wrong with an annotated report, beyond its format: one line each, with place and reason."""

from __future__ import annotations

from collections.abc import Iterator

from extract.annotation.markup import AnnotatedReport, GoldMention
from extract.records import Approx, Role

_PREFIXES = {
    "近": Approx.ABOUT,
    "约": Approx.ABOUT,
    "≥": Approx.AT_LEAST,
    "≧": Approx.AT_LEAST,
    "不低于": Approx.AT_LEAST,
    "不少于": Approx.AT_LEAST,
    "≤": Approx.AT_MOST,
    "≦": Approx.AT_MOST,
    "不超过": Approx.AT_MOST,
    "不高于": Approx.AT_MOST,
    "超过": Approx.MORE_THAN,
    "突破": Approx.MORE_THAN,
    "不足": Approx.LESS_THAN,
    "不到": Approx.LESS_THAN,
}
_NO_PREFIXES = ("节约", "签约", "预约", "合约", "制约", "临近", "附近", "邻近", "最近")


def check_report(report: AnnotatedReport, *, slots: frozenset[str]) -> Iterator[str]:
    """Lines a person can act on; nothing when the report is in order."""
    for mention in report.mentions:
        yield from (f"{_where(report, mention)}: {reason}" for reason in _mention_faults(report, mention, slots))
    answered = {pair.target for pair in report.pairs}
    by_name = {mention.name: mention for mention in report.mentions}
    for mention in report.mentions:
        if mention.role is Role.TARGET and mention.name not in answered and not _in_zone(report, mention):
            yield f"{_where(report, mention)}: target {mention.span.of(report.text)!r} has no line under --- pairs"
    for pair in report.pairs:
        if by_name[pair.target].role is not Role.TARGET:
            yield f"{report.name}: pair {pair.target}: its role is {by_name[pair.target].role}, not target"
        if pair.actual and by_name[pair.actual].dimension != by_name[pair.target].dimension:
            yield f"{report.name}: pair {pair.target} <- {pair.actual}: different dimensions"


def _mention_faults(report: AnnotatedReport, mention: GoldMention, slots: frozenset[str]) -> Iterator[str]:
    surface = mention.span.of(report.text)
    if mention.slot not in slots:
        yield f"slot {mention.slot!r} of {surface!r} is not in the catalogue"
    before = report.text[max(0, mention.span.start - 3) : mention.span.start].rstrip()
    for prefix, approx in _PREFIXES.items():
        if before.endswith(prefix) and not before.endswith(_NO_PREFIXES) and mention.approx is Approx.EXACT:
            yield f"{prefix!r} stands before {surface!r}: say approx={approx}"
            break


def _in_zone(report: AnnotatedReport, mention: GoldMention) -> bool:
    return any(zone.holds(mention.span) for zone in report.zones)


def _where(report: AnnotatedReport, mention: GoldMention) -> str:
    return f"{report.name}: text line {report.text.count(chr(10), 0, mention.span.start) + 1}"
