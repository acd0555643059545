"""Plain numbers: digits, a scale or none, and a unit or none, with nothing beside them that asks for more.

Nearly all numbers of a report are plain. ``Reader`` reads them the same way, only slower; a test holds the two
together. What stands behind the digits is told by ``tails``, what stands in front of them here.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extract.offsets import span_between
from extract.quantities.exclusions import MOST_DIGITS, SPACES, near_in_front
from extract.quantities.numerals import step_of
from extract.quantities.reading import Reader
from extract.quantities.tables import Tables
from extract.quantities.tails import Tail
from extract.records import Approx, NumericKind, Quantity, UnitFrom

_IN_WHOLE = MOST_DIGITS - 1  #: digits behind the first
#: plain digits from behind the first: whole ones (a group), and those with commas or a point (a second group)
PLAIN_BEHIND_FIRST = (
    rf"([0-9]{{0,{_IN_WHOLE}}}+(?!(?:,|\.{{1,2}})?[0-9]))"
    rf"|((?:[0-9]{{0,{_IN_WHOLE}}}+(?!,)|[0-9]{{0,2}}(?:,[0-9]{{3}}){{1,3}}+)"
    r"(?:\.[0-9]{1,6}+(?!年))?+(?!(?:,|\.{1,2})?[0-9]))"
)
_BEFORE_MINUS = frozenset(" \t\n\r\f\v(:：为=|，。；,;")
_MOST_DECIMALS = 6
_STEPS = {exponent: step_of(exponent) for exponent in range(-_MOST_DECIMALS, 9)}
_MEASURED_BY_RATE = 9  #: characters in front of a number where 每 or 均 may stand

make_quantity: Callable[[type[Quantity], tuple[object, ...]], Quantity] = tuple.__new__


def number_and_step(digits: str, zeros: str) -> tuple[Decimal, Decimal]:
    """What plain digits are worth with ``zeros`` behind them, and what one step of the last digit is.

    >>> number_and_step("1,163.5", "0000") == (Decimal(11635000), Decimal(1000))
    True
    """
    if "," in digits:
        digits = digits.replace(",", "")
    whole, _, decimals = digits.partition(".")
    places = len(decimals)
    if not zeros:
        return Decimal(digits), _STEPS[-places]
    step = len(zeros) - places
    shifted = Decimal(whole + decimals + zeros[places:]) if step >= 0 else Decimal(f"{whole}{decimals}E{step}")
    return shifted, _STEPS[step]


class PlainReader:
    """Reads plain digits of one folded text whose neighbours ask for something."""

    def __init__(self, text: str, tables: Tables, reader: Reader, *, keep_aside: bool) -> None:
        self.text, self.reader, self.keep_aside = text, reader, keep_aside
        self.exclusions, self.approximators = tables.exclusions, tables.approximators
        self.fronts, asks = tables.fronts, tables.tails.asks
        self.ask_front, self.ask_reader = asks.front, asks.reader | asks.cold

    def read(self, start: int, end: int, tail: Tail) -> Quantity | None:
        """The number ``text[start:end]`` with its unit; None where nothing is measured."""
        text, exclusions = self.text, self.exclusions
        ahead = text[start - 1]
        asked = tail.rows & self.fronts[ahead]
        rows = asked & exclusions.of_first[text[start]] & exclusions.of_length[end - start]
        if rows and ahead in SPACES:
            rows &= exclusions.in_front[near_in_front(text, start)]
        if rows:
            kind = exclusions.first_kind(rows, text, start, end, "arabic" if tail.unit or tail.zeros else "bare")
            if kind is not None:
                return self.reader.read(start) if self.keep_aside or kind is NumericKind.ORDINAL else None
        if asked & self.ask_reader:
            return self.reader.read(start)
        first, approx = start, tail.approx
        if asked & self.ask_front:
            if ahead == "-":
                first -= text[start - 2] in _BEFORE_MINUS
            elif ahead in "负負" or (ahead == "的" and text[start - 2] in "负負"):
                return self.reader.read(start)
            elif not tail.bounded:
                approx = self._approx_before(start) or approx
        if tail.amount and self.makes_a_rate(start, tail):
            return self.reader.read(start)
        number, step = number_and_step(text[start:end], tail.zeros)
        if first < start and number:
            number = -number
        span = span_between(first, end + tail.length)
        return make_quantity(
            Quantity,
            (span, number, None, None, tail.unit, tail.dimension, approx, tail.kind, UnitFrom.WRITTEN, step),
        )

    def _approx_before(self, start: int) -> Approx | None:
        """What a word in front says, blanks between."""
        text = self.text
        while start and text[start - 1] == " ":
            start -= 1
        return self.approximators.ending_at(text, start) if text[start - 1] in self.approximators.before else None

    def makes_a_rate(self, start: int, tail: Tail) -> bool:
        """Whether a word in front of an amount makes a rate of it: 每亩, 户均."""
        words = self.text[start - _MEASURED_BY_RATE if start > _MEASURED_BY_RATE else 0 : start]
        return ("每" in words or "均" in words) and self.reader.per_word(start, tail.dimension) is not None
