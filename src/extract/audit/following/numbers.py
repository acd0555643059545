"""How the printed figures speak for a reading: it holds, a slip of the pen explains why not, or they are far apart."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extract.audit.digits import are_swapped, is_one_apart
from extract.audit.following.readings import Reading
from extract.audit.following.scenes import Printed, Scene
from extract.audit.relations.figures import is_percent
from extract.audit.relations.records import RelationKind

_ADDED = (RelationKind.SUM, RelationKind.DIFFERENCE)
_HAIR = 1e-9
_MOST = 9.0  #: of what a coincidence may tell
_PLACES, _LAST = 9, 1.5
_MOST_TURNED = 150  #: per cent; of more the other way round would be next to nothing


class Fit(NamedTuple):
    """How the numbers of a reading fit: ``how`` (``holds``, a slip, empty) and how telling that is, −ln of chance."""

    how: str
    telling: float


_NONE = Fit("", 0.0)
_WORTH = 0.5  #: what a slip must tell to count: about three in five of them fit figures that have nothing to do with it
_COARSEST = math.exp(-_WORTH) / 2  #: of an input that no slip of it would tell anything


class Span(NamedTuple):
    low: float
    high: float


def coarseness(figure: Printed) -> float:
    """How likely a value that has nothing to do with the figure is printed like it."""
    return min(1.0, 2 * figure.step / figure.value)


def fit_of(scene: Scene, index: int, reading: Reading) -> Fit:
    """The most telling way in which the numbers fit."""
    if holds(scene, index, reading):
        return Fit("holds", _told(coarseness(scene.printed(scene.figures[index]))))
    slips = [*_slips_of_result(scene, index, reading), *_slips_of_inputs(scene, index, reading)]
    best = max(slips, key=lambda fit: fit.telling, default=_NONE)
    return best if best.telling >= _WORTH else _NONE


def _told(chance: float) -> float:
    return min(max(-math.log(max(chance, 1e-9)), 0.0), _MOST)


def holds(scene: Scene, index: int, reading: Reading) -> bool:
    """Whether the printed figures can stand for values that obey the reading."""
    own = scene.printed(scene.figures[index])
    low, high = _following(scene, reading)
    if reading.kind is RelationKind.PRODUCT:
        own = own._replace(low=own.value - own.step / 2, high=own.value + own.step)
    return low <= own.high * (1 + _HAIR) and own.low * (1 - _HAIR) <= high


def _following(scene: Scene, reading: Reading) -> Span:
    """The values that may follow from what the two figures may have been printed from."""
    product = reading.kind is RelationKind.PRODUCT
    first = scene.printed(reading.first)
    other = scene.counted(reading.other) if product else scene.printed(reading.other)
    one = Span(first.low, first.high) if product else Span(first.taken_low, first.taken_high)
    two = Span(other.taken_low, other.taken_high)
    match reading.kind:
        case RelationKind.DIFFERENCE:
            gaps = sorted((one.low - two.high, one.high - two.low))
            return Span(*sorted(map(abs, gaps)))
        case RelationKind.SUM:
            return Span(one.low + two.low, one.high + two.high)
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


def _slips_of_result(scene: Scene, index: int, reading: Reading) -> Iterator[Fit]:
    figure = scene.figures[index]
    own = scene.printed(figure)
    number = float(own.numeral or 0)
    if not number:
        return
    numeral, scale = own.numeral, own.value / number
    decimals = len(numeral.partition(".")[2])
    follows = reading.value / scale
    coarse = coarseness(own) / 2
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
            part, base = scene.printed(reading.first).value, scene.printed(reading.other).value
            wrongs = (100 * part / (base + part), 100 * part / (base - part) if base > part else 0.0)
            if any(abs(wrong - number) <= own.step for wrong in wrongs):
                yield Fit("wrong base", _told(2 * coarse))
        if reading.kind is RelationKind.GROWTH:
            now, before = scene.printed(reading.first).value, scene.printed(reading.other).value
            if abs(100 * abs(now - before) / now - number) <= own.step:
                yield Fit("wrong base", _told(coarse))
    elif abs(follows - number) * power <= _LAST:
        yield Fit("last digit", _told(2 * coarse))


def _difference_of(one: str, other: str) -> str:
    if is_one_apart(one, other):
        return "digit"
    return "swap" if are_swapped(one, other) else ""


def _slips_of_inputs(scene: Scene, index: int, reading: Reading) -> Iterator[Fit]:
    own = scene.printed(scene.figures[index])
    relative = (own.high - own.low) / own.value / 2
    product = reading.kind is RelationKind.PRODUCT
    inputs = scene.printed(reading.first), (scene.counted if product else scene.printed)(reading.other)
    for place, (wrong, given) in enumerate((inputs, inputs[::-1])):
        right = _input(own.value, reading.kind, inputs[0].value, inputs[1].value, place)
        if right is None or right <= 0:
            continue
        width = own.step / 2 if reading.kind in _ADDED else right * relative
        if reading.kind is RelationKind.GROWTH:
            width = given.value * own.step / 100
        width += (given.taken_high - given.taken_low) * right / given.value
        width += 0.0 if wrong.low == wrong.high else wrong.step / 2
        yield from _slips_of_input(wrong, right, max(width, right * _HAIR))


def _slips_of_input(own: Printed, right: float, width: float) -> Iterator[Fit]:
    numeral = own.numeral
    number = float(numeral or 0)
    if not number:
        return
    scale = own.value / number
    wanted, slack = right / scale, width / scale
    coarse = 2 * slack / wanted
    if coarse > _COARSEST:
        return
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


def _input(given: float, kind: RelationKind, one: float, two: float, place: int) -> float | None:
    """What the first input (or the other, at place 1) must be for the reading to hold."""
    rate = given / 100
    up = one >= two
    match kind:
        case RelationKind.DIFFERENCE:
            if place == 0:
                return two + given if up else two - given
            return one - given if up else one + given
        case RelationKind.SUM:
            return given - (two if place == 0 else one)
        case RelationKind.PRODUCT:
            return given * two if place == 0 else one / given
        case RelationKind.QUOTIENT:
            return two * rate if place == 0 else one / rate
        case RelationKind.GROWTH:
            grown = 1 + rate if up else 1 - rate
            if place == 0:
                return two * grown
            return one / grown if grown > 0 else None
        case RelationKind.GROWTH_UP:
            return two * rate / (1 + rate) if place == 0 else one * (1 + rate) / rate
        case _:
            if place == 0:
                return two * rate / (1 - rate) if rate < 1 else None
            return one * (1 - rate) / rate
