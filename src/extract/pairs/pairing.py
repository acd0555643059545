"""Pairs: for every target the actual that answers it, by row, aligned item, name, slot and unit, with reasons."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.claims.indicators import is_generic
from extract.claims.names import likeness, overlap
from extract.lexicons import UnitTable, default_units
from extract.offsets import CharSpan, folded
from extract.pairs.verdicts import basis_of, ratio_of, verdict_of
from extract.records import Answer, Basis, Claim, ColumnKind, Dimension, Document, Pair, Role, Segment, Stage

THRESHOLD = 3.0
STANDARD_MARGIN = 1.6  #: how much worse a further actual of one standard may fit than the best
_GENERAL_UNITS = frozenset({"", "个", "项", "次", "人", "起"})
_SHARED_STANDARD = re.compile(r"均|都|分别|皆")
_DONE_WORDS = re.compile(r"全部|顺利|圆满|已|完成|均|未(?:发生|出现)|无|通过|实现|落实|有序|达标")
_MONEY_STAGES = (Stage.OPENING, Stage.ADJUSTED)


@dataclass(frozen=True, slots=True)
class _Match:
    actual: Claim
    score: float
    reasons: tuple[str, ...]


def pair_claims(document: Document, claims: Sequence[Claim], *, units: UnitTable | None = None) -> Iterator[Pair]:
    """Each target with the actual (of a shared standard: the actuals) that answers it, or with none."""
    words = folded(document.text)
    table = default_units() if units is None else units
    actuals: dict[Dimension, list[Claim]] = {}
    for claim in claims:
        if claim.role is Role.ACTUAL:
            actuals.setdefault(claim.quantity.dimension, []).append(claim)
    answers = _answer_segments(document, words)
    order = {claim.id: index for index, claim in enumerate(claims)}
    for target in (claim for claim in claims if claim.role is Role.TARGET):
        matches = _matches(target, actuals.get(target.quantity.dimension, []), order, table)
        if not matches:
            yield _open_pair(target, answers, words)
            continue
        for match in _answering(target, matches, words):
            yield _pair(target, match, words)


def _pair(target: Claim, match: _Match, words: str) -> Pair:
    return Pair(
        target=target,
        actual=match.actual,
        answer=Answer.FIGURE,
        basis=basis_of(target),
        verdict=verdict_of(target, match.actual, match.actual.segment.span.of(words)),
        ratio=ratio_of(target, match.actual),
        confidence=1 / (1 + math.exp(THRESHOLD - match.score)),
        evidence=(target.segment.span, match.actual.segment.span),
        reasons=match.reasons,
    )


def _matches(target: Claim, actuals: Sequence[Claim], order: dict[str, int], units: UnitTable) -> list[_Match]:
    """The actuals that may answer the target, best first."""
    found = []
    for actual in actuals:
        reasons = tuple(_reasons(target, actual, order[actual.id] - order[target.id], units))
        score = sum(weight for weight, _ in reasons)
        if score >= THRESHOLD:
            found.append(_Match(actual, score, tuple(reason for weight, reason in reasons if weight > 0)))
    return sorted(found, key=lambda m: (-m.score, abs(m.actual.span.start - target.span.end), m.actual.span.start))


def _answering(target: Claim, matches: list[_Match], words: str) -> list[_Match]:
    """The best match; of a standard that several rates share, the best of each slot."""
    best = matches[0]
    sentence = target.segment.span.of(words)
    if target.quantity.dimension is not Dimension.RATIO or not _SHARED_STANDARD.search(sentence):
        return [best]
    chosen, slots = [best], {best.actual.slot_base}
    for match in matches[1:]:
        alike = match.actual.indicator[-3:] == best.actual.indicator[-3:]
        if match.score >= best.score - STANDARD_MARGIN and alike and match.actual.slot_base not in slots:
            chosen.append(match)
            slots.add(match.actual.slot_base)
    return chosen


def _reasons(target: Claim, actual: Claim, steps: int, units: UnitTable) -> Iterator[tuple[float, str]]:
    """(weight, reason) for and against ``actual`` answering ``target``, ``steps`` figures away; below −50 it cannot."""
    fit = _unit_fit(target, actual, units)
    if fit is None:
        yield -99.0, "measures another thing"
        return
    yield fit
    yield from _place_reasons(target, actual, steps)
    yield from _name_reasons(target, actual)
    yield from _slot_reasons(target, actual)
    yield from _value_reasons(target, actual)
    yield from _stage_reasons(target, actual)
    if target.organisation and actual.organisation and target.organisation != actual.organisation:
        yield -1.0, "another organisation"


def _unit_fit(target: Claim, actual: Claim, units: UnitTable) -> tuple[float, str] | None:
    one, other = target.quantity, actual.quantity
    if one.dimension is not other.dimension:
        return None
    if one.value == 0 and other.value != 0 and one.unit != other.unit:
        return None
    if one.unit == other.unit:
        return 0.8, f"unit {one.unit}"
    if one.dimension is Dimension.COUNT:
        general = one.unit in _GENERAL_UNITS or other.unit in _GENERAL_UNITS
        return (0.2, "general unit") if general else (-2.5, f"units {one.unit} and {other.unit}")
    row, twin = units.named(one.unit), units.named(other.unit)
    if row is not None and twin is not None and row.base == twin.base:
        return 0.5, f"units {one.unit} and {other.unit} convert"
    return None


def _place_reasons(target: Claim, actual: Claim, steps: int) -> Iterator[tuple[float, str]]:
    one, other = target.cell, actual.cell
    if one is not None and other is not None and one.table == other.table:
        if one.row == other.row:
            both_alone = one.kind is not ColumnKind.TARGET or (_short(target) and _short(actual))
            yield (5.0 if both_alone else 2.0), f"table {one.table} row {one.row}"
            if target.segment.items and target.segment.items == actual.segment.items:
                yield 1.0, f"item {'.'.join(target.segment.items)}"
            elif target.segment.items[:1] == actual.segment.items[:1] and target.segment.items:
                yield 0.5, f"item {target.segment.items[0]}"
        elif _short(target) and _short(actual):
            yield -4.0, "another row of the table"
    elif one is None and other is None and target.segment.paragraph == actual.segment.paragraph:
        yield 0.8, "same paragraph"
    if target.segment == actual.segment:
        yield (3.2 if abs(steps) == 1 else 1.6 if steps == 2 else 0.8), "same sentence"
    elif abs(steps) == 1 and target.segment.paragraph == actual.segment.paragraph and one is None:
        yield 1.0, "next figure"


def _short(claim: Claim) -> bool:
    cell = claim.cell
    return cell is not None and cell.span is not None and cell.span.end - cell.span.start <= 14


def _name_reasons(target: Claim, actual: Claim) -> Iterator[tuple[float, str]]:
    alike = likeness(target.indicator, actual.indicator)
    same = overlap(target.indicator, actual.indicator)
    if alike:
        yield 2.2 * alike + 2.2 * same, f"names {target.indicator} and {actual.indicator}"
    elif not is_generic(target.indicator) and not is_generic(actual.indicator):
        yield -1.2, "names share nothing"


def _slot_reasons(target: Claim, actual: Claim) -> Iterator[tuple[float, str]]:
    if target.slot_base == actual.slot_base:
        if target.slot_base != "other":
            yield 1.8, f"slot {target.slot}"
    elif "other" not in (target.slot_base, actual.slot_base):
        yield -2.0, f"slots {target.slot} and {actual.slot}"


def _value_reasons(target: Claim, actual: Claim) -> Iterator[tuple[float, str]]:
    ratio = ratio_of(target, actual)
    if ratio is None:
        if target.quantity.value is None and actual.quantity.value is None:
            yield 0.5, "both unreadable"
        elif target.quantity.value == actual.quantity.value:
            yield 1.0, "same value"
    elif ratio == 1:
        yield 1.2, "same value"
    elif 0.8 <= ratio <= 1.3:
        yield 0.5, "near value"
    elif ratio > 10 or ratio < 0.1:
        yield -1.5, "values far apart"


def _stage_reasons(target: Claim, actual: Claim) -> Iterator[tuple[float, str]]:
    if basis_of(target) is not Basis.BUDGET or target.quantity.dimension is not Dimension.MONEY:
        return
    if actual.stage is Stage.SPENT and target.stage in _MONEY_STAGES:
        yield 1.2, "budget and spending"
    elif actual.stage in (Stage.CARRIED_IN, Stage.CARRIED_OUT) and target.stage != actual.stage:
        yield -1.5, "a balance answers no budget"


def _answer_segments(document: Document, words: str) -> list[Segment]:
    """Sentences without a figure in results, which may answer a target in words."""
    return [
        segment
        for segment in document.segments
        if (segment.cell is None or segment.cell.kind is ColumnKind.ACTUAL)
        and _DONE_WORDS.search(segment.span.of(words))
    ]


def _open_pair(target: Claim, answers: Sequence[Segment], words: str) -> Pair:
    """A target that no figure answers: answered in words, or not at all."""
    best = max(answers, key=lambda segment: _answers_in_words(target, segment, words), default=None)
    share = 0.0 if best is None else _answers_in_words(target, best, words)
    in_words = best is not None and share >= 0.6
    evidence: tuple[CharSpan, ...] = (best.span,) if in_words and best is not None else ()
    return Pair(
        target=target,
        actual=None,
        answer=Answer.WORDS if in_words else Answer.NONE,
        basis=basis_of(target),
        verdict=None,
        ratio=None,
        confidence=share if in_words else 1 - share,
        evidence=(target.segment.span, *evidence),
        reasons=("answered in words",) if in_words else ("no figure answers it",),
    )


def _answers_in_words(target: Claim, segment: Segment, words: str) -> float:
    if segment.pieces == target.segment.pieces or (segment.cell is not None and segment.cell == target.cell):
        return 0.0
    cell, own = segment.cell, target.cell
    same_row = cell is not None and own is not None and (cell.table, cell.row) == (own.table, own.row)
    return likeness(target.indicator, segment.span.of(words)) * (1.0 if same_row else 0.85)
