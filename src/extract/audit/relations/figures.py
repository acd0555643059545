"""Claims as figures: converted to base units, each with the words between it and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from extract.audit.digits import numeral_of
from extract.audit.relations.cues import said
from extract.audit.relations.records import Figure
from extract.lexicons import default_units
from extract.offsets import folded, joined
from extract.records import Approx, Claim, ColumnKind, Dimension, Document, Segment

_PARTED = re.compile(r"[;。!?]|(?:^|\s)(?:\d{1,2}[.、)]|[一二三四五六七八九十]是)(?!\d)")
_OPENS, _CLOSES = "([【", ")]】"
_PEOPLE = {"名": "人", "位": "人"}
_AS_WRITTEN = (Dimension.COUNT, Dimension.DURATION, Dimension.RATE, Dimension.RATIO)


def find_figures(document: Document, claims: Sequence[Claim]) -> tuple[Figure, ...]:
    """The claims with a number of their own, in text order."""
    segments: dict[int, list[Segment]] = {}
    wanted = {claim.segment.paragraph for claim in claims}
    for segment in document.segments:
        if segment.paragraph in wanted:
            segments.setdefault(segment.paragraph, []).append(segment)
    out, seen = list[Figure](), 0
    for paragraph, group in groupby(claims, key=lambda claim: claim.segment.paragraph):
        together = tuple(group)
        out += _of_paragraph(document, together, segments.get(paragraph, []), seen)
        seen += len(together)
    return tuple(_with_table_units(out))


def _with_table_units(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Figures of tables that print no unit, in the unit of money that the narrative gives their digits in."""
    scales: dict[str, Decimal] = {}
    for figure in figures:
        quantity = figure.claim.quantity
        if quantity.unit == "元" and quantity.number:
            digits = numeral_of(figure.surface)
            if len(digits) >= _TELLING_DIGITS:
                scales.setdefault(digits, figure.value / Decimal(digits))
    told: dict[int, dict[Decimal, set[str]]] = {}
    for figure in figures:
        cell = figure.claim.cell
        if cell is not None and _has_no_unit(figure) and (digits := numeral_of(figure.surface)) in scales:
            told.setdefault(cell.table, {}).setdefault(scales[digits], set()).add(digits)
    for figure in figures:
        cell = figure.claim.cell
        units = told.get(cell.table, {}) if cell is not None and _has_no_unit(figure) else {}
        scale = max(units, key=lambda each: len(units[each]), default=None)
        if scale is None or len(units[scale]) < _FEWEST_TOLD or cell is None or cell.kind in _MARKS:
            yield figure
        else:
            yield figure._replace(value=figure.value * scale, step=figure.step * scale, kind="元")


_TELLING_DIGITS, _FEWEST_TOLD = 4, 2
_MARKS = (ColumnKind.WEIGHT, ColumnKind.SCORE, ColumnKind.SERIAL, ColumnKind.RATE, ColumnKind.TARGET)


def _has_no_unit(figure: Figure) -> bool:
    return figure.claim.quantity.unit == ""


def _of_paragraph(
    document: Document, claims: tuple[Claim, ...], segments: list[Segment], first: int
) -> Iterator[Figure]:
    words, starts = _read(document, segments, claims)
    places = [_place(claim, starts) for claim in claims]
    ends = [place + claim.span.end - claim.span.start for place, claim in zip(places, claims, strict=True)]
    depth, group, sentence, last = 0, first, first, claims[0].segment.span.start
    for index, claim in enumerate(claims):
        since = ends[index - 1] if index else 0
        gap = words[since : places[index]]
        until = places[index + 1] if index + 1 < len(claims) else len(words)
        if claim.segment.span.start != last:
            sentence, depth, last = first + index, 0, claim.segment.span.start
        if gap:
            group = first + index if index and _PARTED.search(gap) else group
            depth = max(depth + sum(map(gap.count, _OPENS)) - sum(map(gap.count, _CLOSES)), 0)
        surface = "".join(claim.span.of(document.text).split())
        figure = _figure(claim, _plain(gap), _plain(words[ends[index] : until]), sentence, group, depth, surface)
        if figure is not None:
            yield figure


def _read(document: Document, segments: list[Segment], claims: tuple[Claim, ...]) -> tuple[str, dict[int, int]]:
    """The paragraph as one text, and where each character-run of the document begins in it."""
    parts: list[str] = []
    starts: dict[int, int] = {}
    position = 0
    for segment in segments or [claim.segment for claim in claims[:1]]:
        for piece in segment.pieces:
            starts[piece.start] = position
            position += piece.end - piece.start
        parts.append(joined(document.text, segment.pieces) + "\n")
        position += 1
    return folded("".join(parts)), starts


def _place(claim: Claim, starts: dict[int, int]) -> int:
    """Where the claim stands in the text of its paragraph."""
    for piece in claim.segment.pieces:
        if piece.start <= claim.span.start < piece.end and piece.start in starts:
            return starts[piece.start] + claim.span.start - piece.start
    return 0


def _plain(words: str) -> str:
    return "".join(words.split()).replace(",", "，")


def _figure(
    claim: Claim, before: str, after: str, sentence: int, group: int, depth: int, surface: str
) -> Figure | None:
    quantity = claim.quantity
    if quantity.number is None:
        return None
    kind, factor = _base_unit(quantity.unit, quantity.dimension)
    value, step = quantity.number * factor, quantity.precision * factor
    return Figure(claim, value, step, kind, before, after, sentence, group, depth, surface)


@lru_cache(maxsize=4096)
def _base_unit(unit: str, dimension: Dimension) -> tuple[str, Decimal]:
    row = None if dimension in _AS_WRITTEN else default_units().named(unit)
    if row is None:
        return _PEOPLE.get(unit, unit or dimension.value), Decimal(1)
    return row.base, Decimal(row.factor.numerator) / Decimal(row.factor.denominator)


def is_exact(figure: Figure) -> bool:
    return figure.claim.quantity.approx is Approx.EXACT


def is_percent(figure: Figure) -> bool:
    return figure.claim.quantity.unit == "%"


def is_amount(figure: Figure) -> bool:
    """Whether it counts or weighs something, and is no rate, rank or mark."""
    return figure.claim.quantity.dimension not in _NO_AMOUNT


def tells_change(figure: Figure) -> bool:
    """Whether it is by how much something grew, fell, or goes beyond another figure; not the state that it reached."""
    return said("change", figure.before) and not said("reaches", figure.before)


def kind_of_each(figure: Figure) -> str:
    """What it counts; 元 for 元/亩 too, of which the name tells that it is for each."""
    return figure.kind.partition("/")[0]


_NO_AMOUNT = (Dimension.RATIO, Dimension.RANK, Dimension.SCORE, Dimension.TEMPERATURE)
