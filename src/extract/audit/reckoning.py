"""Exact checking of a relation within what rounding or truncation of the printed digits allows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import prod

from extract.audit.relations.records import Band, Figure, Member, Part, Relation, RelationKind
from extract.records import Dimension, Role

_HUNDRED = Decimal(100)
_HAIR = Decimal("1e-18")  #: relative; 亩 and 公顷 convert by a third
_OVER = Decimal("1.000001")
_PERCENT = "%"


def printed_band(figure: Figure, value: Decimal | None = None) -> Band:
    """What the figure may have been printed from: ±½ step for rounding, up to a whole step for truncation."""
    stated, step = figure.value if value is None else value, figure.step
    if figure.is_whole:
        return Band(stated, stated)
    return Band(stated - step / 2, stated + step)


def told(figure: Figure, value: Decimal | None = None) -> Band:
    """What a figure stands for when it is told again: a target, a mark and a time in whole days are not rounded."""
    stated = figure.value if value is None else value
    quantity = figure.claim.quantity
    chosen = figure.claim.role is Role.TARGET or (quantity.dimension in _CHOSEN and quantity.precision >= 1)
    return Band(stated, stated) if chosen else printed_band(figure, value)


_CHOSEN = (Dimension.SCORE, Dimension.DURATION)


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures may be printed from one value."""
    return printed_band(one).meets(printed_band(other))


def rounded(figure: Figure, value: Decimal | None = None) -> Band:
    """As ``printed_band`` for what was divided: an average is rounded even where it counts people."""
    stated = figure.value if value is None else value
    return Band(stated - figure.step / 2, stated + figure.step)


def taken(figure: Figure, value: Decimal | None = None) -> Band:
    """What the figure stands for when others follow from it: one without decimals is taken at its word."""
    stated = figure.value if value is None else value
    if has_no_decimals(figure):
        return Band(stated, stated)
    return printed_band(figure, value)


def has_no_decimals(figure: Figure) -> bool:
    """Whether it is printed in whole units, which are taken at their word."""
    precision = figure.claim.quantity.precision
    return precision >= 1 and precision.normalize().adjusted() % 4 == 0


def holds(relation: Relation, changed: dict[int, Decimal] | None = None) -> bool:
    """Whether the printed figures can stand for values that obey the relation; ``changed`` puts other values in."""
    given = changed or {}
    first = relation.members[0].figure
    if changed is None and relation.kind is RelationKind.SUM and _is_far_off(relation.members):
        return False
    follows = _following(relation, given)
    if follows is None:
        return False
    stated = _result_band(relation, first, given.get(0))
    return follows.meets(stated) or _widened(follows).meets(stated)


def _is_far_off(members: Sequence[Member]) -> bool:
    off, slack = members[0].figure.value, members[0].figure.step
    for (_, value, step, *_), part in members[1:]:
        off += value if part is Part.DEDUCTED else -value
        slack += step
    return abs(off) > slack * _OVER


def may_add_up(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a sum misses by no more than a step of every figure, which rounding may explain; most tried do not."""
    off, slack = total.value, total.step
    for figure in parts:
        off -= figure.value
        slack += figure.step
    return abs(off) <= slack * _OVER


def _result_band(relation: Relation, first: Figure, value: Decimal | None) -> Band:
    if relation.kind is RelationKind.SAME:
        return told(first, value)
    if relation.kind is RelationKind.SUM and (
        _all_whole_marks(relation.figures) or all(map(_is_in_yuan, relation.figures))
    ):
        return taken(first, value)
    return printed_band(first, value)


def _widened(band: Band) -> Band:
    return Band(band.low - abs(band.low) * _HAIR, band.high + abs(band.high) * _HAIR)


def _following(relation: Relation, given: dict[int, Decimal]) -> Band | None:
    """The band of values that the other members give for the first; None when they give none."""
    members = relation.members
    match relation.kind:
        case RelationKind.SUM:
            return _summed(relation, given)
        case RelationKind.SAME:
            return told(members[1].figure, given.get(1))
        case RelationKind.WITHIN:
            whole = printed_band(members[1].figure, given.get(1))
            return Band(min(Decimal(0), whole.low), whole.high)
        case RelationKind.PRODUCT:
            return _multiplied(relation, given)
    one, other = taken(members[1].figure, given.get(1)), taken(members[2].figure, given.get(2))
    if relation.kind is RelationKind.DIFFERENCE:
        if one.low + one.high < other.low + other.high:
            one, other = other, one
        return Band(max(one.low - other.high, Decimal(0)), one.high - other.low)
    return _share(relation, one, other)


def _multiplied(relation: Relation, given: dict[int, Decimal]) -> Band:
    product = rounded(relation.members[1].figure, given.get(1))
    for place, member in enumerate(relation.members[2:], 2):
        factor = taken(member.figure, given.get(place))
        product = Band(product.low * factor.low, product.high * factor.high)
    return product


def _share(relation: Relation, one: Band, other: Band) -> Band | None:
    """The rate that follows; of growth, ``one`` is now or the change, ``other`` before or now."""
    scale = _HUNDRED if relation.result.kind == _PERCENT else Decimal(1)
    match relation.kind:
        case RelationKind.QUOTIENT:
            top, base = one, other
        case RelationKind.REMAINDER:
            top, base = Band(other.low - one.high, other.high - one.low), other
        case RelationKind.GROWTH:
            gap = (one.low + one.high) - (other.low + other.high)
            more, less = (one, other) if gap >= 0 else (other, one)
            top, base = Band(more.low - less.high, more.high - less.low), other
        case RelationKind.GROWTH_UP:
            top, base = one, Band(other.low - one.high, other.high - one.low)
        case _:
            top, base = one, Band(other.low + one.low, other.high + one.high)
    if base.low <= 0:
        return None
    low, high = (
        (top.low / base.high, top.high / base.low) if top.low >= 0 else (top.low / base.low, top.high / base.low)
    )
    return Band(low * scale, high * scale)


def _summed(relation: Relation, given: dict[int, Decimal]) -> Band:
    low = high = Decimal(0)
    total, marks = relation.members[0].figure, _all_whole_marks(relation.figures)
    for index, member in enumerate(relation.members[1:], 1):
        figure = member.figure
        finer = total.step < figure.step
        band = (taken if finer or marks or _is_in_yuan(figure) else printed_band)(figure, given.get(index))
        if member.part is Part.DEDUCTED:
            band = Band(-band.high, -band.low)
        low, high = low + band.low, high + band.high
    return Band(low, high)


def _is_in_yuan(figure: Figure) -> bool:
    """Money to the whole 元, which nobody rounds before adding it up."""
    return figure.step == 1 and figure.claim.quantity.unit == "元"


def _all_whole_marks(figures: Sequence[Figure]) -> bool:
    """Marks that are whole throughout are what they say."""
    return all(f.claim.quantity.dimension == "score" and f.claim.quantity.precision >= 1 for f in figures)


def derived(relation: Relation) -> int:
    """The member that was reckoned: the result, but of a total over a count the average that stands behind the two."""
    if relation.kind is not RelationKind.PRODUCT:
        return 0
    total, each, *counts = relation.figures
    return 1 if all(each.span > figure.span for figure in (total, *counts)) else 0


def tells_points(relation: Relation) -> bool:
    """Whether a growth of rates in per cent is just their difference, and no growth to its printed digits."""
    if relation.kind is not RelationKind.GROWTH or any(figure.kind != _PERCENT for figure in relation.figures):
        return False
    stated, now, before = (figure.value for figure in relation.figures)
    follows = expected(relation)
    return abs(now - before) == stated and follows is not None and abs(follows - stated) > relation.result.step


def expected(relation: Relation, index: int = 0) -> Decimal | None:
    """The exact value that the others give for the member at ``index``; None when they give none."""
    values = [figure.value for figure in relation.figures]
    if index == 0:
        return _result(relation, values)
    return _solved(relation, values, index)


def _result(relation: Relation, values: list[Decimal]) -> Decimal | None:
    rest, kind = values[1:], relation.kind
    if kind is RelationKind.SUM:
        signs = (-1 if member.part is Part.DEDUCTED else 1 for member in relation.members[1:])
        return sum((value * sign for value, sign in zip(rest, signs, strict=True)), Decimal(0))
    if kind in (RelationKind.SAME, RelationKind.WITHIN):
        return rest[0]
    if kind is RelationKind.PRODUCT:
        return prod(rest, start=Decimal(1))
    one, other = rest
    if kind is RelationKind.DIFFERENCE:
        return abs(one - other)
    scale = _HUNDRED if relation.result.kind == _PERCENT else Decimal(1)
    top, base = {
        RelationKind.QUOTIENT: (one, other),
        RelationKind.REMAINDER: (other - one, other),
        RelationKind.GROWTH: (abs(one - other), other),
        RelationKind.GROWTH_UP: (one, other - one),
        RelationKind.GROWTH_DOWN: (one, other + one),
    }[kind]
    return top / base * scale if base > 0 else None


def _solved(relation: Relation, values: list[Decimal], index: int) -> Decimal | None:
    """What an input must be for the relation to hold exactly."""
    kind, member = relation.kind, relation.members[index]
    first, *rest = values
    if kind is RelationKind.SUM:
        follows = _result(relation, values) or Decimal(0)
        own = values[index]
        return own - (first - follows) if member.part is Part.DEDUCTED else own + (first - follows)
    if kind in (RelationKind.SAME, RelationKind.WITHIN):
        return first
    if kind is RelationKind.PRODUCT:
        divisor = prod((value for place, value in enumerate(rest, 1) if place != index), start=Decimal(1))
        return first / divisor if divisor else None
    one, other = rest
    if kind is RelationKind.DIFFERENCE:
        up = one >= other
        if index == 1:
            return other + first if up else other - first
        return one - first if up else one + first
    scale = _HUNDRED if relation.result.kind == _PERCENT else Decimal(1)
    rate = first / scale
    return _input_of_rate(kind, rate, one, other, index)


def _input_of_rate(kind: RelationKind, rate: Decimal, one: Decimal, other: Decimal, index: int) -> Decimal | None:
    sign = 1 if one >= other else -1
    match kind, index:
        case RelationKind.QUOTIENT, 1:
            return other * rate
        case RelationKind.QUOTIENT, _:
            return one / rate if rate else None
        case RelationKind.REMAINDER, 1:
            return other * (1 - rate)
        case RelationKind.REMAINDER, _:
            return one / (1 - rate) if rate != 1 else None
        case RelationKind.GROWTH, 1:
            return other * (1 + sign * rate)
        case RelationKind.GROWTH, _:
            return one / (1 + sign * rate) if 1 + sign * rate > 0 else None
        case RelationKind.GROWTH_UP, 1:
            return other * rate / (1 + rate)
        case RelationKind.GROWTH_UP, _:
            return one * (1 + rate) / rate if rate else None
        case RelationKind.GROWTH_DOWN, 1:
            return other * rate / (1 - rate) if rate != 1 else None
        case _:
            return one * (1 - rate) / rate if rate else None
