"""How the printed figures speak for a reading: it holds, a slip of the pen explains why not, or they are far apart."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extract.audit.following.readings import Reading
from extract.audit.relations.averages import counted_in_own_unit
from extract.audit.relations.figures import is_percent
from extract.audit.relations.records import Figure, RelationKind

_NUMERAL = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")
_HAIR = 1e-9
_MOST = 9.0  #: of what a coincidence may tell
_PLACES = 9
_MOST_TURNED = 150  #: per cent; of more the other way round would be next to nothing


class Fit(NamedTuple):
    """How the numbers of a reading fit: ``how`` (``holds``, a slip, empty) and how telling that is, −ln of chance."""

    how: str
    telling: float


class Span(NamedTuple):
    low: float
    high: float


def span_of(figure: Figure, *, taken: bool) -> Span:
    """What it may have been printed from; one without decimals is what it says when others follow from it."""
    value, step = float(figure.value), float(figure.step)
    if figure.is_whole or (taken and _has_no_decimals(figure)):
        return Span(value, value)
    return Span(value - step / 2, value + step)


def _has_no_decimals(figure: Figure) -> bool:
    precision = figure.claim.quantity.precision
    return precision >= 1 and precision.normalize().adjusted() % 4 == 0


def coarseness(figure: Figure) -> float:
    """How likely a value that has nothing to do with the figure is printed like it."""
    return min(1.0, 2 * float(figure.step) / float(figure.value))


def fit_of(figure: Figure, reading: Reading) -> Fit:
    """The most telling way in which the numbers fit."""
    if holds(figure, reading):
        return Fit("holds", _told(coarseness(figure)))
    slips = [*_slips_of_result(figure, reading), *_slips_of_inputs(figure, reading)]
    return max(slips, key=lambda fit: fit.telling, default=Fit("", 0.0))


def _told(chance: float) -> float:
    return min(max(-math.log(max(chance, 1e-9)), 0.0), _MOST)


def holds(figure: Figure, reading: Reading) -> bool:
    """Whether the printed figures can stand for values that obey the reading."""
    low, high = _following(reading)
    own = span_of(figure, taken=False)
    if reading.kind is RelationKind.PRODUCT:
        own = Span(float(figure.value - figure.step / 2), float(figure.value + figure.step))
    return low <= own.high * (1 + _HAIR) and own.low * (1 - _HAIR) <= high


def _following(reading: Reading) -> Span:
    """The values that may follow from what the two figures may have been printed from."""
    product = reading.kind is RelationKind.PRODUCT
    one = span_of(reading.first, taken=not product)
    two = span_of(counted_in_own_unit(reading.other) if product else reading.other, taken=True)
    match reading.kind:
        case RelationKind.DIFFERENCE:
            gaps = sorted((one.low - two.high, one.high - two.low))
            return Span(*sorted(map(abs, gaps)))
        case RelationKind.PRODUCT:
            return Span(one.low / two.high, one.high / two.low)
        case RelationKind.QUOTIENT:
            return Span(100 * one.low / two.high, 100 * one.high / two.low)
        case RelationKind.GROWTH:
            if one.low < two.low:
                return Span(100 * (two.low - one.high) / two.low, 100 * (two.high - one.low) / two.high)
            return Span(100 * (one.low - two.high) / two.high, 100 * (one.high - two.low) / two.low)
        case RelationKind.GROWTH_UP:
            return Span(100 * one.low / (two.high - one.low), 100 * one.high / max(two.low - one.high, _HAIR))
        case _:
            return Span(100 * one.low / (two.high + one.low), 100 * one.high / (two.low + one.high))


def _slips_of_result(figure: Figure, reading: Reading) -> Iterator[Fit]:
    numeral = numeral_of(figure)
    if not numeral:
        return
    number = float(numeral)
    scale = float(figure.value) / number if number else 0.0
    if not scale:
        return
    decimals = len(numeral.partition(".")[2])
    follows = reading.value / scale
    coarse = coarseness(figure) / 2
    power = 10**decimals
    rounded = {f"{round(follows * power) / power:.{decimals}f}", f"{math.floor(follows * power) / power:.{decimals}f}"}
    digits = sum(sign.isdigit() for sign in numeral)
    for other in rounded:
        kind = _difference_of(numeral, other)
        if kind == "digit":
            yield Fit("digit of result", _told(9 * digits * coarse))
        elif kind == "swap":
            yield Fit("swap in result", _told(digits * coarse))
    times = follows / number
    if any(abs(times / shift - 1) <= coarse for shift in (10.0, 0.1, 100.0, 0.01)):
        yield Fit("point of result", _told(4 * coarse))
    if any(abs(times / unit - 1) <= coarse for unit in (1e4, 1e-4)):
        yield Fit("unit of result", _told(2 * coarse))
    if is_percent(figure):
        turned = reading.kind is RelationKind.QUOTIENT and reading.value <= _MOST_TURNED
        if turned and abs(follows * number / 1e4 - 1) <= coarse * 1.2:
            yield Fit("upside down", _told(coarse))
        if reading.kind is RelationKind.QUOTIENT:
            part, base = float(reading.first.value), float(reading.other.value)
            wrongs = (100 * part / (base + part), 100 * part / (base - part) if base > part else 0.0)
            if any(abs(wrong - number) <= float(figure.step) for wrong in wrongs):
                yield Fit("wrong base", _told(2 * coarse))
        if reading.kind is RelationKind.GROWTH:
            wrong = 100 * abs(float(reading.first.value - reading.other.value)) / float(reading.first.value)
            if abs(wrong - number) <= float(figure.step):
                yield Fit("wrong base", _told(coarse))
    elif abs(abs(follows - number) * power / 1.0) <= 1.5:
        yield Fit("last digit", _told(2 * coarse))


def numeral_of(figure: Figure) -> str:
    match = _NUMERAL.search(figure.surface)
    return match[0].replace(",", "").replace("，", "").replace("．", ".") if match else ""


def _difference_of(one: str, other: str) -> str:
    if len(one) != len(other):
        return ""
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return "digit"
    swapped = len(apart) == 2 and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
    return "swap" if swapped else ""


def _slips_of_inputs(figure: Figure, reading: Reading) -> Iterator[Fit]:
    result = span_of(figure, taken=False)
    relative = (result.high - result.low) / float(figure.value) / 2
    for place, own in ((1, reading.first), (2, reading.other)):
        right = _input(figure, reading, place)
        if right is None or right <= 0:
            continue
        given = reading.other if place == 1 else reading.first
        around = span_of(given, taken=True)
        width = right * relative if reading.kind is not RelationKind.DIFFERENCE else float(figure.step) / 2
        if reading.kind is RelationKind.GROWTH:
            width = float(given.value) * float(figure.step) / 100
        width += (around.high - around.low) * right / float(given.value)
        width += 0.0 if own.is_whole else float(own.step) / 2
        yield from _slips_of_input(own, right, max(width, right * 1e-9), reading)


def _slips_of_input(own: Figure, right: float, width: float, reading: Reading) -> Iterator[Fit]:
    numeral = numeral_of(own)
    number = float(numeral) if numeral else 0.0
    if not number:
        return
    counted = reading.kind is RelationKind.PRODUCT and own is reading.other
    scale = 1.0 if counted else float(own.value) / number
    wanted, slack = right / scale, width / scale
    coarse = min(1.0, 2 * slack / wanted)
    digits = numeral.replace(".", "")
    decimals = len(numeral.partition(".")[2])
    gap = wanted - number
    for at, digit in enumerate(reversed(digits)):
        worth = 10.0 ** (at - decimals)
        change = round(gap / worth)
        if change and 0 <= int(digit) + change <= _PLACES and abs(gap - change * worth) <= slack:
            yield Fit("digit of input", _told(9 * len(digits) * coarse))
            break
    for at, (low, high) in enumerate(pairwise(reversed(digits))):
        worth = 10.0 ** (at - decimals)
        if low != high and abs(gap - (int(low) - int(high)) * 9 * worth) <= slack:
            yield Fit("swap in input", _told(len(digits) * coarse))
            break
    if any(abs(wanted - number * shift) <= slack for shift in (10.0, 0.1, 100.0, 0.01)):
        yield Fit("point of input", _told(4 * coarse))
    if any(abs(wanted - number * unit) <= slack for unit in (1e4, 1e-4)):
        yield Fit("unit of input", _told(2 * coarse))


def _input(figure: Figure, reading: Reading, place: int) -> float | None:
    """What the first (or other) figure must be for the reading to hold."""
    one, two = float(reading.first.value), float(reading.other.value)
    given = float(figure.value)
    rate = given / 100
    up = one >= two
    match reading.kind:
        case RelationKind.DIFFERENCE:
            if place == 1:
                return two + given if up else two - given
            return one - given if up else one + given
        case RelationKind.PRODUCT:
            count = float(counted_in_own_unit(reading.other).value)
            return given * count if place == 1 else one / given
        case RelationKind.QUOTIENT:
            return two * rate if place == 1 else one / rate
        case RelationKind.GROWTH:
            grown = 1 + rate if up else 1 - rate
            if place == 1:
                return two * grown
            return one / grown if grown > 0 else None
        case RelationKind.GROWTH_UP:
            return two * rate / (1 + rate) if place == 1 else one * (1 + rate) / rate
        case _:
            if place == 1:
                return two * rate / (1 - rate) if rate < 1 else None
            return one * (1 - rate) / rate
