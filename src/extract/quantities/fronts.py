"""What the character in front of a number asks for before the number is known to be plain."""

from __future__ import annotations

from extract.lexicons import ApproximatorTable
from extract.quantities.exclusions import ExclusionPatterns

_SIGNS = frozenset("-负負的")
_COLD = frozenset("下氏 ")


class Asks:
    """Bits beyond those of the exclusions: what must be asked before a number is known to be plain."""

    def __init__(self, exclusions: ExclusionPatterns) -> None:
        beyond = 1 << len(exclusions.rows)
        self.front = beyond  #: what a word or a sign in front says
        self.reader = beyond << 1  #: the full reader
        self.cold = beyond << 2  #: whether a temperature is below zero
        self.unit = beyond << 3  #: for a unit, for want of which it measures nothing
        self.any = self.front | self.reader | self.cold | self.unit


class Fronts(dict[str, int]):
    """The character in front of a number → the exclusions that it admits, with the bits of what it asks for."""

    def __init__(self, approximators: ApproximatorTable, exclusions: ExclusionPatterns) -> None:
        super().__init__()
        self.exclusions, self.asks = exclusions, Asks(exclusions)
        self.ask = frozenset((*approximators.before, *_SIGNS, " "))

    def __missing__(self, ahead: str) -> int:
        rows = self.exclusions.in_front_of_any[ahead] | self.asks.reader | self.asks.unit
        if ahead in self.ask:
            rows |= self.asks.front
        if ahead in _COLD:
            rows |= self.asks.cold
        self[ahead] = rows
        return rows
