"""What a printed figure can stand for: the exact values that rounding or truncation may have made it of."""

from __future__ import annotations

from dataclasses import dataclass
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


def printed(quantity: Quantity, scale: Fraction = Fraction(1)) -> Interval | None:
    """The values that may have been printed as this figure: ±½ step for rounding, up to a whole step for truncation.

    A whole count is what it says; ``scale`` converts it to another unit.
    """
    if quantity.number is None:
        return None
    value, step = Fraction(quantity.number), Fraction(quantity.precision)
    if _is_whole_count(quantity):
        return Interval(value * scale, value * scale)
    return Interval(value - step / 2, value + step).times(scale)


def _is_whole_count(quantity: Quantity) -> bool:
    return quantity.dimension == "count" and quantity.precision == 1


def exact(claim: Claim) -> Fraction | None:
    return None if claim.quantity.number is None else Fraction(claim.quantity.number)
