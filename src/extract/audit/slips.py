"""The slip of the pen that best explains a failing relation: swapped digits, one digit, the decimal point, the unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extract.audit.reckoning import expected, has_no_decimals, holds, tells_points
from extract.audit.relations.records import Figure, Part, Relation, RelationKind
from extract.audit.rewritings import Neighbour, SlipKind, neighbours_of, surface_of, written_like


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
    for kind, count, neighbours in neighbours_of(figure, right - widest, right + widest):
        near = [n for n in neighbours if _is_within(figure, n, kind, right, rest, is_result=follows)]
        near = [n for n in near if holds(_with(relation, index, n.value, _step(figure, n, kind)))]
        if near:
            printed, other, value = best = min(near, key=lambda n: abs(n.value - right))
            step = _step(figure, best, kind)
            room = _room(figure, step, rest)
            is_exact = relation.kind in _ADDED and abs(value - right) <= step / 2
            room = min(room, step * _ROUNDING) if is_exact else room
            chance = count * float(room / right)
            chance = chance * _BESIDE if relation.kind is RelationKind.SUM and value != right else chance
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


def _step(figure: Figure, near: Neighbour, kind: SlipKind) -> Decimal:
    """The step of a figure written otherwise: another unit or a moved point give its last digit another worth."""
    return figure.step * near.value / figure.value if kind in (SlipKind.UNIT, SlipKind.SHIFTED) else figure.step


def _is_within(
    figure: Figure, near: Neighbour, kind: SlipKind, right: Decimal, rest: Decimal, *, is_result: bool
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
_ADDED = (RelationKind.SUM, RelationKind.PRODUCT)
_BESIDE = 3  #: a slip that mends a sum but for its rounding is so much less likely than one that mends it exactly
_HALF = Decimal("0.505")
_CLEAR, _MOST_TURNED = 0.5, 150  #: how surely words tell a rate's base; per cent that a rate turned about may be of
_ROUNDING = Decimal("1.01")


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
            yield Slip(0, SlipKind.OMITTED, surface_of(total)[1], written_like(total, right), right, chance)


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
        numeral = surface_of(result)[1]
        rounded = f"{right:.{len(numeral.partition('.')[2])}f}"
        yield Slip(0, SlipKind.WRONG_BASE, numeral, rounded, right, chance)


def _points(relation: Relation) -> Iterator[Slip]:
    """A change of rates in points that is printed as one in per cent."""
    if tells_points(relation):
        result, numeral = relation.result, surface_of(relation.result)[1]
        chance = float(result.step / result.value) / _RARE
        yield Slip(0, SlipKind.UNIT, result.surface, f"{numeral}个百分点", result.value, chance)
