"""The figures that a slip of the pen may have made a figure of: its digits, its point or its unit written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extract.audit.relations.records import Figure
from extract.audit.wording import hinted_unit
from extract.records import Dimension

_NUMERAL = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")
_TEN_THOUSAND, _HUNDRED_MILLIONS, _MU = Decimal(10) ** 4, Decimal(10) ** 8, Decimal(15)
_AREA = "平方米"
_MOST_KEPT = 4096  #: numerals whose rewritings are kept: each is tried in several relations


class SlipKind(StrEnum):
    UNIT = "unit"
    SWAPPED = "swapped"
    SHIFTED = "shifted"
    DIGIT = "digit"
    OMITTED = "omitted"
    WRONG_BASE = "wrong base"


_HAIR = 1e-9  #: relative; by so much a float is off at most


class Neighbour(NamedTuple):
    """A figure as a slip may have made it."""

    printed: str
    other: str  #: as it might be
    value: Decimal  #: of that, in base units


def neighbours_of(figure: Figure, low: Decimal, high: Decimal) -> Iterator[tuple[SlipKind, int, list[Neighbour]]]:
    """Each kind of slip that a figure may be, how many there are of it, and those from about ``low`` to ``high``."""
    surface, numeral = surface_of(figure)
    scale = _scale(figure, numeral) if numeral else None
    if scale is None:
        return
    least, most = float(low / scale) * (1 - _HAIR), float(high / scale) * (1 + _HAIR)
    for kind, rewritings in _rewritten(numeral):
        near = [each for each in rewritings if least <= each.rough <= most]
        yield kind, len(rewritings), [Neighbour(numeral, each.numeral, each.number * scale) for each in near]
    units = [Neighbour(surface, name, figure.value * factor) for factor, name in _other_units(figure, surface, numeral)]
    if units:
        yield SlipKind.UNIT, len(units), units


def surface_of(figure: Figure) -> tuple[str, str]:
    """The figure as printed, and its numeral."""
    match = _NUMERAL.search(figure.surface)
    return figure.surface, match[0] if match else ""


@lru_cache(maxsize=_MOST_KEPT)
def _number(numeral: str) -> Decimal:
    return Decimal(re.sub("[,，]", "", numeral).replace("．", "."))


def _scale(figure: Figure, numeral: str) -> Decimal | None:
    try:
        number = _number(numeral)
    except InvalidOperation:
        return None
    return figure.value / number if number else None


class _Rewriting(NamedTuple):
    """A numeral that a slip may have made another of."""

    numeral: str
    number: Decimal
    rough: float  #: the same number, to look for those near a value


@lru_cache(maxsize=_MOST_KEPT)
def _rewritten(numeral: str) -> tuple[tuple[SlipKind, tuple[_Rewriting, ...]], ...]:
    """The numerals that each kind of slip may have made this one of."""
    of_kind: dict[SlipKind, list[_Rewriting]] = {}
    for other, kind in _rewritings(numeral).items():
        number = _number(other)
        of_kind.setdefault(kind, []).append(_Rewriting(other, number, float(number)))
    return tuple((kind, tuple(rewritings)) for kind, rewritings in of_kind.items())


def _rewritings(numeral: str) -> dict[str, SlipKind]:
    """The numerals that a slip may have made this one of, each with the likeliest kind of slip."""
    places = [place for place, character in enumerate(numeral) if character.isdigit()]
    out: dict[str, SlipKind] = {}
    for one, other in pairwise(places):
        if numeral[one] != numeral[other]:
            out.setdefault(_swapped(numeral, one, other), SlipKind.SWAPPED)
    for moved in _shifted(numeral):
        out.setdefault(moved, SlipKind.SHIFTED)
    for place in places:
        for digit in "0123456789":
            if digit != numeral[place]:
                out.setdefault(numeral[:place] + digit + numeral[place + 1 :], SlipKind.DIGIT)
    for gap in range(2, len(places)):
        for one, other in zip(places, places[gap:], strict=False):
            out.setdefault(_swapped(numeral, one, other), SlipKind.SWAPPED)
    return out


def _swapped(numeral: str, one: int, other: int) -> str:
    characters = list(numeral)
    characters[one], characters[other] = characters[other], characters[one]
    return "".join(characters)


def _shifted(numeral: str) -> Iterator[str]:
    """With the point elsewhere; a numeral without one may have lost it."""
    number = _number(numeral)
    for power in (1, -1, 2, -2) if "." in numeral else (-1, -2):
        yield f"{number.scaleb(power):f}"


def _other_units(figure: Figure, surface: str, numeral: str) -> Iterator[tuple[Decimal, str]]:
    """(factor, as written) for each unit that may have been meant."""
    tail = surface[surface.find(numeral) + len(numeral) :].strip() or hinted_unit(figure.claim)
    if figure.claim.quantity.dimension in (Dimension.MONEY, Dimension.RATE) or "元" in tail:
        for mine, factors in _MONEY:
            if tail.startswith(mine):
                rest = tail[len(mine) :]
                yield from ((factor, f"{numeral}{other}{rest}") for factor, other in factors)
                return
    elif figure.kind == _AREA and tail in ("亩", "公顷", "万亩", "万公顷"):
        mu = tail.endswith("亩")
        yield (_MU if mu else 1 / _MU), f"{numeral}{tail.replace('亩', '公顷') if mu else tail.replace('公顷', '亩')}"
        yield from _tens_of_thousands(numeral, tail)
    elif tail in _STEPS:
        yield from ((factor, f"{numeral}{other}") for factor, other in _STEPS[tail])
    elif tail and tail[0] != "%":
        yield from _tens_of_thousands(numeral, tail)


def _tens_of_thousands(numeral: str, tail: str) -> Iterator[tuple[Decimal, str]]:
    """1.58人次 for 1.58万人次, and the other way round."""
    if tail.startswith("万"):
        yield 1 / _TEN_THOUSAND, f"{numeral}{tail[1:]}"
    else:
        yield _TEN_THOUSAND, f"{numeral}万{tail}"


_THOUSAND, _SQUARE = Decimal(1000), Decimal(100)
_STEPS = {
    "米": ((_THOUSAND, "公里"),),
    "公里": ((1 / _THOUSAND, "米"),),
    "公斤": ((_THOUSAND, "吨"),),
    "吨": ((1 / _THOUSAND, "公斤"),),
    "平方公里": ((1 / _SQUARE, "公顷"),),
}
_MONEY = (
    ("万元", ((1 / _TEN_THOUSAND, "元"), (_TEN_THOUSAND, "亿元"))),
    ("亿元", ((1 / _TEN_THOUSAND, "万元"), (1 / _HUNDRED_MILLIONS, "元"))),
    ("元", ((_TEN_THOUSAND, "万元"), (_HUNDRED_MILLIONS, "亿元"))),
)


def written_like(figure: Figure, value: Decimal) -> str:
    """``value`` as a numeral with the scale of the figure and its decimals, two more where it needs them."""
    numeral = surface_of(figure)[1]
    scale = _scale(figure, numeral) if numeral else None
    decimals = len(numeral.partition(".")[2])
    if not scale:
        return f"{value.normalize():f}"
    number = value / scale
    exact = number == round(number, decimals)
    return f"{number:.{decimals}f}" if exact else f"{round(number, decimals + 2).normalize():f}"
