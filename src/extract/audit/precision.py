"""What a printed figure can stand for: the exact values that rounding or truncation may have made it of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from extract.records import Claim, Quantity


@dataclass(frozen=True, slots=True)
class Interval:
    """Closed interval of exact values."""

    low: Fraction
    high: Fraction

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: Fraction) -> Interval:
        ends = sorted((self.low * factor, self.high * factor))
        return Interval(*ends)

    def over(self, other: Interval) -> Interval | None:
        """The quotient; None when the divisor may be 0 or less."""
        if other.low <= 0:
            return None
        ends = [self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high]
        return Interval(min(ends), max(ends))


def printed_interval(quantity: Quantity, scale: Fraction = Fraction(1)) -> Interval | None:
    """The values that may have been printed as this figure: ±½ step for rounding, up to a whole step for truncation.

    A whole count is what it says; ``scale`` converts it to another unit.
    """
    if quantity.number is None:
        return None
    value, step = Fraction(quantity.number), Fraction(quantity.precision)
    if quantity.dimension == "count" and quantity.precision == 1:
        return Interval(value * scale, value * scale)
    return Interval(value - step / 2, value + step).times(scale)


def as_stated(quantity: Quantity, scale: Fraction = Fraction(1)) -> Interval | None:
    """The values that a figure stands for when others are computed from it.

    One printed without decimals (72万元 beside 18.79万元) is taken at its word; others as ``printed_interval``.
    """
    if quantity.number is None:
        return None
    if _has_no_decimals(quantity):
        value = Fraction(quantity.number) * scale
        return Interval(value, value)
    return printed_interval(quantity, scale)


def _has_no_decimals(quantity: Quantity) -> bool:
    return quantity.precision >= 1 and _power_of_ten(quantity.precision) % 4 == 0


def _power_of_ten(step: Decimal) -> int:
    """0 for 1, 4 for 万, 8 for 亿: the steps of figures without decimals."""
    return step.normalize().adjusted()


def exact(claim: Claim) -> Fraction | None:
    return None if claim.quantity.number is None else Fraction(claim.quantity.number)
