"""How the printed figures speak for a reading: it holds, a slip of the pen explains why not, or they are far apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.audit.digits import are_swapped, is_one_apart
from extract.audit.following.readings import Reading
from extract.audit.following.scenes import Printed
from extract.audit.relations.records import RelationKind

_ADDED = (RelationKind.SUM, RelationKind.DIFFERENCE)
OF_CHANGE = (RelationKind.GROWTH_UP, RelationKind.GROWTH_DOWN)
_TENS, _UNITS = (10.0, 0.1, 100.0, 0.01), (1e4, 1e-4)  #: how far a point may slip, or a unit
_ALIKE = 0.2  #: figures that are no slip of the point apart
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


def coarseness(figure: Printed) -> float:
    """How likely a value that has nothing to do with the figure is printed like it."""
    return min(1.0, 2 * figure.step / figure.value)


def fit_of(own: Printed, reading: Reading) -> Fit:
    """The most telling way in which the numbers fit."""
    if holds(own, reading):
        return Fit("holds", _told(coarseness(own)))
    slips = [*_slips_of_result(own, reading), *_slips_of_inputs(own, reading)]
    best = max(slips, key=lambda fit: fit.telling, default=_NONE)
    return best if best.telling >= _WORTH else _NONE


def _told(chance: float) -> float:
    return min(max(-math.log(max(chance, 1e-9)), 0.0), _MOST)


def holds(own: Printed, reading: Reading) -> bool:
    """Whether the printed figures can stand for values that obey the reading; ``own`` is its result."""
    low, high = _following(reading)
    if reading.kind is RelationKind.PRODUCT:
        least, most = own.value - own.step / 2, own.value + own.step
    else:
        least, most = own.low, own.high
    return low <= most * (1 + _HAIR) and least * (1 - _HAIR) <= high


def _following(reading: Reading) -> tuple[float, float]:
    """The least and the most that may follow from what the two figures may have been printed from."""
    first, other = reading.inputs
    low, high, least, most = first.taken_low, first.taken_high, other.taken_low, other.taken_high
    match reading.kind:
        case RelationKind.QUOTIENT:
            return 100 * low / most, 100 * high / least
        case RelationKind.GROWTH:
            if low < least:
                return 100 * (least - high) / least, 100 * (most - low) / most
            return 100 * (low - most) / most, 100 * (high - least) / least
        case RelationKind.DIFFERENCE:
            one, two = abs(low - most), abs(high - least)
            return (one, two) if one <= two else (two, one)
        case RelationKind.SUM:
            return low + least, high + most
        case RelationKind.PRODUCT:
            return first.low / most, first.high / least
        case RelationKind.GROWTH_UP:
            return 100 * low / (most - low), 100 * high / max(least - high, _HAIR)
        case _:
            return 100 * low / (most + low), 100 * high / (least + high)


def _slips_of_result(own: Printed, reading: Reading) -> Iterator[Fit]:
    number = own.number
    if not number:
        return
    follows, coarse = reading.value / own.scale, coarseness(own) / 2
    grown = follows * 10**own.decimals
    for other in {round(grown), math.floor(grown)}:
        kind = _difference_of(own.digits, str(other).zfill(own.decimals + 1))
        if kind == "digit":
            yield Fit("digit of result", _told(9 * len(own.digits) * coarse))
        elif kind == "swap":
            yield Fit("swap in result", _told(len(own.digits) * coarse))
    if _is_shifted(follows, number, _TENS, coarse):
        yield Fit("point of result", _told(4 * coarse))
    if _is_shifted(follows, number, _UNITS, coarse):
        yield Fit("unit of result", _told(2 * coarse))
    first, other = (figure.value for figure in reading.inputs)
    if reading.kind is RelationKind.QUOTIENT:
        if reading.value <= _MOST_TURNED and abs(follows * number / 1e4 - 1) <= coarse * 1.2:
            yield Fit("upside down", _told(coarse))
        wrongs = (100 * first / (other + first), 100 * first / (other - first) if other > first else 0.0)
        if any(abs(wrong - number) <= own.step for wrong in wrongs):
            yield Fit("wrong base", _told(2 * coarse))
    elif reading.kind is RelationKind.GROWTH:
        if abs(100 * abs(first - other) / first - number) <= own.step:
            yield Fit("wrong base", _told(coarse))
    elif reading.kind not in OF_CHANGE and abs(grown - number * 10**own.decimals) <= _LAST:
        yield Fit("last digit", _told(2 * coarse))


def _is_shifted(wanted: float, number: float, shifts: Sequence[float], slack: float) -> bool:
    """Whether one is so many times the other, but for a share of it; never where they are about as large."""
    times = wanted / number
    if _ALIKE < times < 1 / _ALIKE:
        return False
    return any(abs(times / shift - 1) <= slack for shift in shifts)


def _difference_of(one: str, other: str) -> str:
    if is_one_apart(one, other):
        return "digit"
    return "swap" if are_swapped(one, other) else ""


def _slips_of_inputs(own: Printed, reading: Reading) -> Iterator[Fit]:
    relative = (own.high - own.low) / own.value / 2
    first, other = reading.inputs
    for place, (wrong, given) in enumerate(((first, other), (other, first))):
        right = _input(own.value, reading.kind, first.value, other.value, place)
        if right is None or right <= 0:
            continue
        width = own.step / 2 if reading.kind in _ADDED else right * relative
        if reading.kind is RelationKind.GROWTH:
            width = given.value * own.step / 100
        width += (given.taken_high - given.taken_low) * right / given.value
        width += 0.0 if wrong.low == wrong.high else wrong.step / 2
        yield from _slips_of_input(wrong, right, max(width, right * _HAIR))


def _slips_of_input(own: Printed, right: float, width: float) -> Iterator[Fit]:
    number = own.number
    if not number or 2 * width / right > _COARSEST:
        return
    scale = own.scale
    wanted, slack = right / scale, width / scale
    coarse, digits, gap = 2 * width / right, own.digits, wanted - number
    worths = [10.0 ** (at - own.decimals) for at in range(len(digits))]
    turned = [int(digit) for digit in reversed(digits)]
    far = abs(gap)
    for worth, digit in zip(worths, turned, strict=True):
        if far > _PLACES * worth + slack:
            continue
        change = round(gap / worth)
        if not change:
            break
        if 0 <= digit + change <= _PLACES and abs(gap - change * worth) <= slack:
            yield Fit("digit of input", _told(9 * len(digits) * coarse))
            break
    for worth, (low, high) in zip(worths, pairwise(turned), strict=False):
        if low != high and abs(gap - (low - high) * 9 * worth) <= slack:
            yield Fit("swap in input", _told(len(digits) * coarse))
            break
    share = coarse / 2
    if _is_shifted(number, wanted, _TENS, share):
        yield Fit("point of input", _told(4 * coarse))
    if _is_shifted(number, wanted, _UNITS, share):
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
