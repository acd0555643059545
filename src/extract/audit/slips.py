"""The slip of the pen that best explains a failing relation: swapped digits, one digit, the decimal point, the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extract.audit.reckoning import expected, has_no_decimals, holds, tells_points
from extract.audit.relations.records import Figure, Part, Relation, RelationKind
from extract.records import Dimension

_NUMERAL = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")
_TEN_THOUSAND, _HUNDRED_MILLIONS, _MU = Decimal(10) ** 4, Decimal(10) ** 8, Decimal(15)
_AREA = "平方米"


class SlipKind(StrEnum):
    UNIT = "unit"
    SWAPPED = "swapped"
    SHIFTED = "shifted"
    DIGIT = "digit"
    OMITTED = "omitted"
    WRONG_BASE = "wrong base"


@dataclass(frozen=True, slots=True)
class Slip:
    """One figure of a relation written otherwise makes it hold."""

    index: int  #: of the member
    kind: SlipKind
    printed: str
    right: str
    value: Decimal  #: the figure as it should be, in base units
    chance: float  #: how likely some slip of this kind would fit figures that have nothing to do with each other

    @property
    def text(self) -> str:
        """As the contract writes it: the wrong figure for the right one."""
        return f"{self.printed} for {self.right}"


def find_slips(relation: Relation) -> tuple[Slip, ...]:
    """Every slip of one figure that would explain why the relation fails, the most telling first."""
    out: list[Slip] = []
    for index in range(len(relation.members)):
        out += _slips_of(relation, index)
    out += _omitted(relation)
    out += _over_wrong_base(relation)
    out += _points(relation)
    return tuple(sorted(out, key=lambda slip: (slip.chance, slip.index)))


def _slips_of(relation: Relation, index: int) -> Iterator[Slip]:
    figure = relation.members[index].figure
    right = expected(relation, index)
    if right is None or right <= 0 or figure.value <= 0:
        return
    follows = not index and relation.kind is not RelationKind.PRODUCT
    rest = Decimal(0) if follows else _width_of_others(relation, index, right)
    widest = rest + figure.step * max(_ROUNDING, right / figure.value)
    for kind, count, neighbours in _neighbours(figure, right - widest, right + widest):
        near = [n for n in neighbours if _is_within(figure, n, kind, right, rest, is_result=follows)]
        near = [n for n in near if holds(_with(relation, index, n.value, _step(figure, n, kind)))]
        if near:
            printed, other, value = best = min(near, key=lambda n: abs(n.value - right))
            chance = count * float(_room(figure, _step(figure, best, kind), rest) / right)
            chance = chance / _RARE if kind is SlipKind.UNIT else chance
            chance = chance * _RARE if (figure.is_whole and value % 1) or _is_far(figure, value, kind) else chance
            yield Slip(index, kind, printed, other, value, min(1.0, chance))


def _is_far(figure: Figure, value: Decimal, kind: SlipKind) -> bool:
    """Whether the point must have moved by two places."""
    return kind is SlipKind.SHIFTED and not 1 < _FAR_MOVED * value / figure.value < _FAR_MOVED**2


def _room(figure: Figure, step: Decimal, rest: Decimal) -> Decimal:
    """How far from what follows it may be: what rounds nothing only as far as the rounding of the others leaves."""
    exact = figure.is_whole or has_no_decimals(figure)
    return rest if exact and rest else rest + step * _ROUNDING


def _with(relation: Relation, index: int, value: Decimal, step: Decimal) -> Relation:
    """The relation with one figure written otherwise."""
    member = relation.members[index]
    other = member._replace(figure=member.figure._replace(value=value, step=step))
    return relation._replace(members=(*relation.members[:index], other, *relation.members[index + 1 :]))


def _step(figure: Figure, near: _Neighbour, kind: SlipKind) -> Decimal:
    """The step of a figure written otherwise: another unit or a moved point give its last digit another worth."""
    return figure.step * near.value / figure.value if kind in (SlipKind.UNIT, SlipKind.SHIFTED) else figure.step


def _is_within(
    figure: Figure, near: _Neighbour, kind: SlipKind, right: Decimal, rest: Decimal, *, is_result: bool
) -> bool:
    """Whether another writing comes close enough; a result is what follows, rounded or cut to the printed digits."""
    step = _step(figure, near, kind)
    if not is_result:
        return abs(near.value - right) <= _room(figure, step, rest)
    return right - step < near.value <= right + step * _HALF


def _width_of_others(relation: Relation, index: int, right: Decimal) -> Decimal:
    """How far from ``right`` an input may be with the relation still holding, for the rounding of the others."""
    others = [figure for place, figure in enumerate(relation.figures) if place != index]
    if relation.kind in (RelationKind.SUM, RelationKind.DIFFERENCE, RelationKind.SAME, RelationKind.WITHIN):
        return sum((f.step for f in others if not f.is_whole), Decimal(0))
    if relation.kind in (RelationKind.GROWTH, RelationKind.REMAINDER):
        return right * (relation.result.step / 100) * 2
    return right * sum((f.step / f.value for f in others if f.value > 0 and not f.is_whole), Decimal(0)) * 2


_FAR_MOVED = 50
_RARE = 10  #: amounts that have nothing to do with each other seldom differ by exactly ten thousand times
_HALF = Decimal("0.505")
_CLEAR, _MOST_TURNED = 0.5, 150  #: how surely words tell a rate's base; per cent that a rate turned about may be of
_ROUNDING = Decimal("1.01")
_HAIR = 1e-9  #: relative; by so much a float is off at most


class _Neighbour(NamedTuple):
    """A figure as a slip may have made it."""

    printed: str
    other: str  #: as it might be
    value: Decimal  #: of that, in base units


def _neighbours(figure: Figure, low: Decimal, high: Decimal) -> Iterator[tuple[SlipKind, int, list[_Neighbour]]]:
    """Each kind of slip that a figure may be, how many there are of it, and those from about ``low`` to ``high``."""
    surface, numeral = _surface(figure)
    scale = _scale(figure, numeral) if numeral else None
    if scale is None:
        return
    least, most = float(low / scale) * (1 - _HAIR), float(high / scale) * (1 + _HAIR)
    for kind, rewritings in _rewritten(numeral):
        near = [each for each in rewritings if least <= each.rough <= most]
        yield kind, len(rewritings), [_Neighbour(numeral, each.numeral, each.number * scale) for each in near]
    units = [
        _Neighbour(surface, name, figure.value * factor) for factor, name in _other_units(figure, surface, numeral)
    ]
    if units:
        yield SlipKind.UNIT, len(units), units


def _surface(figure: Figure) -> tuple[str, str]:
    """The figure as printed, and its numeral."""
    match = _NUMERAL.search(figure.surface)
    return figure.surface, match[0] if match else ""


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


@lru_cache(maxsize=4096)
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
    tail = surface[surface.find(numeral) + len(numeral) :].strip() or _hint(figure)
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


def _hint(figure: Figure) -> str:
    cell = figure.claim.cell
    return cell.unit_hint if cell is not None else ""


def _omitted(relation: Relation) -> Iterator[Slip]:
    """A total that leaves one of its parts out."""
    if relation.kind is not RelationKind.SUM or len(relation.members) < 4:
        return
    right = expected(relation)
    for place, member in enumerate(relation.members[1:], 1):
        if member.part is not Part.ITEM or not member.figure.value or right is None:
            continue
        rest = Relation(
            relation.kind, (*relation.members[:place], *relation.members[place + 1 :]), relation.sure, relation.fact
        )
        if holds(rest):
            chance = len(relation.members) * float(relation.result.step / relation.result.value)
            total = relation.result
            yield Slip(0, SlipKind.OMITTED, _surface(total)[1], _written_like(total, right), right, chance)


def _over_wrong_base(relation: Relation) -> Iterator[Slip]:
    """A change over the state now and not before, a rate the wrong way round, where words tell which is which."""
    result, right = relation.result, expected(relation)
    if relation.sure < _CLEAR or result.kind != "%" or not right or result.value <= 0:
        return
    if relation.kind is RelationKind.GROWTH:
        now, before = (member.figure.value for member in relation.members[1:])
        wrong = abs(now - before) / now * 100 if now else Decimal(0)
    elif relation.kind is RelationKind.QUOTIENT and right <= _MOST_TURNED:
        wrong = 10000 / right
    else:
        return
    if abs(wrong - result.value) <= result.step * _HALF and abs(right - result.value) > result.step:
        chance = 2 * float(result.step / result.value)
        numeral = _surface(result)[1]
        rounded = f"{right:.{len(numeral.partition('.')[2])}f}"
        yield Slip(0, SlipKind.WRONG_BASE, numeral, rounded, right, chance)


def _points(relation: Relation) -> Iterator[Slip]:
    """A change of rates in points that is printed as one in per cent."""
    if tells_points(relation):
        result, numeral = relation.result, _surface(relation.result)[1]
        chance = float(result.step / result.value) / _RARE
        yield Slip(0, SlipKind.UNIT, result.surface, f"{numeral}个百分点", result.value, chance)


def _written_like(figure: Figure, value: Decimal) -> str:
    """``value`` as a numeral with the scale of the figure and its decimals, two more where it needs them."""
    numeral = _surface(figure)[1]
    scale = _scale(figure, numeral) if numeral else None
    decimals = len(numeral.partition(".")[2])
    if not scale:
        return f"{value.normalize():f}"
    number = value / scale
    exact = number == round(number, decimals)
    return f"{number:.{decimals}f}" if exact else f"{round(number, decimals + 2).normalize():f}"
