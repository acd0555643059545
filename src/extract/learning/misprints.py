"""Slips of the pen to learn from: a figure printed otherwise than it should be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from random import Random

from extract.audit.following.readings import Reading
from extract.audit.relations import Figure, RelationKind

_NUMERAL = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_MONEY, _OF_UNIT = "元", 0.12  #: share of slips in amounts of money that are of the unit
_TURNED = 0.4  #: share of rates reckoned wrongly that are planted: few are in earnest


def misprinted(figure: Figure, random: Random, reading: Reading | None) -> Figure | None:
    """The figure with a slip; one that follows by a ``reading`` may be reckoned wrongly too. None where it has none."""
    match = _NUMERAL.search(figure.surface)
    if match is None:
        return None
    if figure.kind == _MONEY and random.random() < _OF_UNIT:
        return _in_another_unit(figure, random)
    numeral = match[0].replace(",", "").replace("，", "")
    slips = list(_SLIPS)
    if reading is not None:
        slips.append(lambda numeral, random: _reckoned_wrongly(numeral, random, reading))
    other = random.choice(slips)(numeral, random)
    return _printed(figure, match, numeral, other) if other and other != numeral else None


def _in_another_unit(figure: Figure, random: Random) -> Figure:
    """元 for 万元, or the other way round."""
    factor = Decimal(10) ** random.choice([4, -4])
    return figure._replace(value=figure.value * factor, step=figure.step * factor)


def _printed(figure: Figure, match: re.Match[str], numeral: str, other: str) -> Figure | None:
    """The figure with another numeral, its value to match."""
    try:
        number, before = Decimal(other), Decimal(numeral)
    except InvalidOperation:
        return None
    quantity = figure.claim.quantity
    if number <= 0 or quantity.number is None:
        return None
    decimals = len(other.partition(".")[2]) - len(numeral.partition(".")[2])
    claim = replace(figure.claim, quantity=quantity._replace(number=quantity.number / before * number))
    return figure._replace(
        claim=claim,
        value=figure.value / before * number,
        step=figure.step * Decimal(10) ** -decimals,
        surface=figure.surface[: match.start()] + other + figure.surface[match.end() :],
    )


def _digit_changed(numeral: str, random: Random) -> str:
    at = random.choice([place for place, sign in enumerate(numeral) if sign.isdigit()])
    others = [digit for digit in "0123456789" if digit != numeral[at] and (at or digit != "0")]
    return numeral[:at] + random.choice(others) + numeral[at + 1 :]


def _swapped(numeral: str, random: Random) -> str:
    at = [i for i in range(len(numeral) - 1) if numeral[i : i + 2].isdigit() and numeral[i] != numeral[i + 1]]
    if not at:
        return ""
    place = random.choice(at)
    return numeral[:place] + numeral[place + 1] + numeral[place] + numeral[place + 2 :]


def _shifted(numeral: str, random: Random) -> str:
    power = random.choice([1, -1])
    return f"{Decimal(numeral).scaleb(power):f}" if "." in numeral else ""


def _carried_wrongly(numeral: str, random: Random) -> str:
    """Some place more or less."""
    number = Decimal(numeral)
    places = max(0, number.adjusted())
    off = Decimal(10) ** random.randint(0, places) * random.choice([1, -1, 2, -2, 3, -3, 5])
    return f"{number + off:f}"


def _otherwise(numeral: str, random: Random) -> str:
    """Another value of its size: of another year, or reckoned from other figures."""
    number, step = Decimal(numeral), _step(numeral)
    return f"{(number * random.randint(80, 120) / 100).quantize(step) + random.randint(-3, 3) * step:f}"


def _step(numeral: str) -> Decimal:
    return Decimal(1).scaleb(-len(numeral.partition(".")[2]))


def _reckoned_wrongly(numeral: str, random: Random, reading: Reading) -> str:
    """A rate the wrong way round, a change over the wrong base."""
    number, step = Decimal(numeral), _step(numeral)
    if not number or random.random() > _TURNED:
        return ""
    if reading.kind is RelationKind.QUOTIENT:
        return f"{(10000 / number).quantize(step):f}"
    if reading.kind is RelationKind.GROWTH:
        now, before = reading.first.value, reading.other.value
        return f"{(abs(now - before) / now * 100).quantize(step):f}"
    return ""


_SLIPS: tuple[Callable[[str, Random], str], ...] = (
    _digit_changed,
    _digit_changed,
    _swapped,
    _shifted,
    _carried_wrongly,
    _otherwise,
    _otherwise,
)
