"""Plain numbers: digits, a scale or none, and a unit or none, with nothing beside them that asks for more.

Nearly all numbers of a report are plain. ``Reader`` reads them the same way, only slower; a test holds the two
together. What stands behind the digits is told by ``tails``, what stands in front of them by ``fronts``; what neither
settles is asked here.
"""

from __future__ import annotations

from decimal import Decimal

from extract.offsets import CharSpan
from extract.quantities.numerals import DIGITS, step_of
from extract.quantities.patterns import MOST_DECIMALS, RANK_FOLLOWED_BY, SPOKEN_DIGITS
from extract.quantities.reading import Reader
from extract.quantities.stating import per_word
from extract.quantities.tables import Tables
from extract.quantities.tails import Tail
from extract.records import Approx, NumericKind, Quantity

_STEPS = {exponent: step_of(exponent) for exponent in range(-MOST_DECIMALS, 9)}
_REACH_OF_RATE = 9  #: characters in front of a number where 每 or 均 may stand

#: the numbers that most counts are, and the Chinese digits
SMALL_NUMBERS = {str(number): Decimal(number) for number in range(1000)} | {
    digit: Decimal(DIGITS[digit]) for digit in SPOKEN_DIGITS
}


def number_and_step(digits: str, zeros: str) -> tuple[Decimal, Decimal]:
    """What digits with commas or a point are worth with ``zeros`` behind them, and a step of the last of them.

    >>> number_and_step("1,163.5", "0000") == (Decimal(11635000), Decimal(1000))
    True
    """
    if "," in digits:
        digits = digits.replace(",", "")
    whole, _, decimals = digits.partition(".")
    if not zeros:
        return Decimal(digits), _STEPS[-len(decimals)]
    step = len(zeros) - len(decimals)
    digits = whole + decimals
    return Decimal(digits + zeros[len(decimals) :] if step >= 0 else f"{digits}E{step}"), _STEPS[step]


class PlainReader:
    """Asks what the neighbours of plain numbers want to be asked, in one folded text."""

    def __init__(self, text: str, tables: Tables, reader: Reader, *, keep_aside: bool) -> None:
        self.text, self.reader, self.keep_aside = text, reader, keep_aside
        self.first_kind, self.approximators = tables.exclusions.first_kind, tables.approximators
        asks = tables.tails.asks
        self.ask_front, self.ask_reader, self.ask_unit = asks.front, asks.reader | asks.cold, asks.unit
        self.all_rows = asks.front - 1

    def ask(self, start: int, end: int, tail: Tail, asked: int) -> Approx | Quantity | None:
        """How exact the plain number ``text[start:end]`` is; or what the full reader makes of it, if it is not plain.

        ``asked``: the exclusions that may set it aside, and the bits of what else must be asked. None where nothing
        is measured.
        """
        rows = asked & self.all_rows
        if rows:
            kind = self.first_kind(rows, self.text, start, end, tail.numeral)
            if kind is not None:
                return self.reader.read(start) if self.keep_aside or self._is_rank(kind, end) else None
            if rows == asked:
                return tail.approx
        if asked & self.ask_reader:
            return self.reader.read(start)
        if asked & self.ask_unit:
            return None
        return self._behind_word_or_sign(start, end, tail)

    def _is_rank(self, kind: NumericKind, end: int) -> bool:
        """Whether an ordinal may be the achievement (排名第三), which the full reader tells."""
        return kind is NumericKind.ORDINAL and self.text[end] in RANK_FOLLOWED_BY

    def _behind_word_or_sign(self, start: int, end: int, tail: Tail) -> Approx | Quantity | None:
        text, place = self.text, start
        if text[start - 1] == "-":
            return self._negative(start, end, tail)
        if text[start - 1] in "负負的":
            return self.reader.read(start)
        if tail.bounded:
            return tail.approx
        while place and text[place - 1] == " ":
            place -= 1
        return self.approximators.ending_at(text, place) or tail.approx

    def _negative(self, start: int, end: int, tail: Tail) -> Quantity | None:
        digits = self.text[start:end]
        if tail.amount or digits in SPOKEN_DIGITS:
            return self.reader.read(start)
        number, step = number_and_step(digits, tail.zeros)
        span = CharSpan(start - 1, end + tail.length)
        unit, dimension = tail.unit, tail.dimension
        return Quantity(span, -number or number, None, None, unit, dimension, tail.approx, tail.kind, precision=step)

    def rate(self, start: int, tail: Tail) -> bool:
        """Whether a word in front makes a rate of the amount: 每亩, 户均."""
        words = self.text[start - _REACH_OF_RATE if start > _REACH_OF_RATE else 0 : start]
        return ("每" in words or "均" in words) and per_word(self.reader.measurer, start, tail.dimension) is not None
