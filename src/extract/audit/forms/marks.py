"""How marks follow from figures: what an indicator's formula gives, and what may have been printed of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from extract.audit.precision import Interval, as_stated, printed_interval
from extract.pairs.verdicts import lower_is_better
from extract.records import Claim


class Formula(NamedTuple):
    """A way to give marks: its name, its workings with figures put in, and the share of the weight that it gives."""

    name: str
    workings: str
    share: Interval


def quotient(upper: Claim, lower: Claim) -> Interval | None:
    """What ``upper`` over ``lower`` may be; None where they cannot be divided."""
    over, under = as_stated(upper.quantity), as_stated(lower.quantity)
    if over is None or under is None or upper.quantity.unit != lower.quantity.unit:
        return None
    return over.over(under)


def capped(share: Interval) -> Interval:
    """Between none of the marks and all of them."""
    zero, one = Fraction(0), Fraction(1)
    return Interval(min(max(share.low, zero), one), min(max(share.high, zero), one))


def earned_shares(goal: Claim, done: Claim) -> tuple[Interval, ...]:
    """The shares of the weight that the figures may earn: all of it where the target is met, else by each formula."""
    planned, made = goal.quantity.value, done.quantity.value
    share, inverse = quotient(done, goal), quotient(goal, done)
    if planned is None or made is None or share is None:
        return ()
    one = Interval(Fraction(1), Fraction(1))
    if lower_is_better(goal):
        return (one,) if made <= planned else (*((inverse,) if inverse else ()), one - (share - one))
    return (one,) if made >= planned else (share,)


def marks_meet(score: Claim, share: Interval, weight: Claim) -> bool:
    """Whether a printed score may stand for that share of the weight, rounded or cut off, by one step at most."""
    stated = printed_interval(score.quantity)
    step = Fraction(score.quantity.precision)
    if stated is None or weight.quantity.number is None:
        return False
    follows = capped(share).times(Fraction(weight.quantity.number))
    return Interval(stated.low - step / 2, stated.high).meets(follows)


def total_of(figures: Sequence[Claim]) -> Fraction:
    return sum((Fraction(claim.quantity.number or 0) for claim in figures), Fraction(0))


def points(value: Fraction | Decimal | int) -> str:
    """Marks as people write them: at most two decimals, no zeros behind."""
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)
    rounded = exact.quantize(Decimal("0.01"))
    return f"{rounded.normalize():f}分" if rounded else "0分"


def percent(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator) * 100:.2f}%"
