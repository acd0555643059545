"""What the character in front of a number asks for before the number is known to be plain."""

from __future__ import annotations

from extract.lexicons import ApproximatorTable
from extract.quantities.exclusions import SPACES, ExclusionPatterns

BEFORE_MINUS = frozenset(" \t\n\r\f\v(:：为=|，。；,;")
_MINUS = "负負"
_COLD = "下氏"
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
    """Two characters in front of a number → the exclusions that they admit, with the bits of what they ask for."""

    def __init__(self, approximators: ApproximatorTable, exclusions: ExclusionPatterns) -> None:
        super().__init__()
        self.approximators, self.exclusions, self.asks = approximators, exclusions, Asks(exclusions)

    def __missing__(self, pair: str) -> int:
        asked = self._asked(pair)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[pair] = asked
        return asked

    def _asked(self, pair: str) -> int:
        asks = self.asks
        beyond, near = pair[0], pair[1]
        rows = self._rows(beyond, near) | asks.reader | asks.unit
        if self._ends_word(beyond, near) or self._is_sign(beyond, near):
            rows |= asks.front
        if near in _COLD or (near == " " and beyond in _COLD):
            rows |= asks.cold
        return rows

    def _rows(self, beyond: str, near: str) -> int:
        if near == " " and beyond not in SPACES:
            return self.exclusions.in_front[near + beyond]
        return self.exclusions.in_front_of_any[near]

    def _ends_word(self, beyond: str, near: str) -> bool:
        """Whether a word such as 超过 may end here, or in front of the blank that stands here."""
        if near == " ":
            return beyond == " " or beyond in self.approximators.before
        return any(
            word.surface.endswith(beyond + near) if len(word.surface) > 1 else beyond not in word.not_after
            for word in self.approximators.before.get(near, ())
        )

    def _is_sign(self, beyond: str, near: str) -> bool:
        if near == "-":
            return beyond in BEFORE_MINUS
        return near in _MINUS or (near == "的" and beyond in _MINUS)
