"""What the character in front of a number asks for before the number is known to be plain."""

from __future__ import annotations

from extract.lexicons import ApproximatorTable
from extract.quantities.exclusions import SPACES, ExclusionPatterns

_SIGNS = frozenset("-负負的")
_COLD = frozenset("下氏 ")
_REMEMBERED = 20_000  #: a text of random characters must not fill the memory


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
    """What stands in front of a number → the exclusions that it admits, with the bits of what it asks for.

    That is one character; or, where it is a blank, two: the blank is the second.
    """

    def __init__(self, approximators: ApproximatorTable, exclusions: ExclusionPatterns) -> None:
        super().__init__()
        self.exclusions, self.asks = exclusions, Asks(exclusions)
        self.words = frozenset(approximators.before)

    def __missing__(self, near: str) -> int:
        rows = self._rows(near) | self.asks.reader | self.asks.unit
        if near[0] in self.words or near in _SIGNS or near == "  ":
            rows |= self.asks.front
        if near[0] in _COLD:
            rows |= self.asks.cold
        if len(self) < _REMEMBERED:
            self[near] = rows
        return rows

    def _rows(self, near: str) -> int:
        if len(near) == 1 or near[0] in SPACES:
            return self.exclusions.in_front_of_any[near[-1]]
        return self.exclusions.in_front[near[::-1]]
