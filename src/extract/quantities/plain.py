"""Plain numbers: digits, a scale or none, and a unit or none, with nothing beside them that asks for more.

Nearly all numbers of a report are plain. ``Reader`` reads them the same way, only slower; a test holds the two
together. What stands behind the digits is told by ``tails``, what stands in front of them here.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extract.offsets import span_between
from extract.quantities.exclusions import MOST_DIGITS
from extract.quantities.numerals import DIGITS, step_of
from extract.quantities.reading import AFTER_RANK, Reader
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
SPOKEN_DIGITS = "一二两三四五六七八九"  #: that may be plain by themselves: 三个
_BEFORE_MINUS = frozenset(" \t\n\r\f\v(:：为=|，。；,;")
_MOST_DECIMALS = 6
_STEPS = {exponent: step_of(exponent) for exponent in range(-_MOST_DECIMALS, 9)}
_REACH_OF_RATE = 9  #: characters in front of a number where 每 or 均 may stand

#: the numbers that most counts are, and the Chinese digits
SMALL_NUMBERS = {str(number): Decimal(number) for number in range(1000)} | {
    digit: Decimal(DIGITS[digit]) for digit in SPOKEN_DIGITS
}

make_quantity: Callable[[type[Quantity], tuple[object, ...]], Quantity] = tuple.__new__


def number_and_step(digits: str, zeros: str) -> tuple[Decimal, Decimal]:
    """What plain digits are worth with ``zeros`` behind them, and what one step of the last digit is.

    >>> number_and_step("1,163.5", "0000") == (Decimal(11635000), Decimal(1000))
    True
    """
    if digits in SMALL_NUMBERS and not zeros:
        return SMALL_NUMBERS[digits], _STEPS[0]
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
    """Reads plain numbers of one folded text whose neighbours ask for something."""

    def __init__(self, text: str, tables: Tables, reader: Reader, *, keep_aside: bool) -> None:
        self.text, self.reader, self.keep_aside = text, reader, keep_aside
        self.exclusions, self.approximators = tables.exclusions, tables.approximators
        asks = tables.tails.asks
        self.ask_front, self.ask_reader, self.ask_unit = asks.front, asks.reader | asks.cold, asks.unit
        self.all_rows = asks.front - 1

    def read(self, start: int, end: int, tail: Tail, asked: int) -> Quantity | None:
        """The number ``text[start:end]`` with its unit; None where nothing is measured.

        ``asked``: the exclusions that may set it aside, and the bits of what else must be asked.
        """
        rows = asked & self.all_rows
        if rows:
            kind = self.exclusions.first_kind(rows, self.text, start, end, tail.numeral)
            if kind is not None:
                return self.reader.read(start) if self.keep_aside or self._is_rank(kind, end) else None
        if asked & self.ask_reader:
            return self.reader.read(start)
        if asked & self.ask_unit:
            return None
        if tail.amount and follows_rate_word(self.text, start) and self.reader.per_word(start, tail.dimension):
            return self.reader.read(start)
        if not asked & self.ask_front:
            return plain_quantity(start, end, self.text[start:end], tail, tail.approx)
        return self._behind_word_or_sign(start, end, tail)

    def _is_rank(self, kind: NumericKind, end: int) -> bool:
        """Whether an ordinal may be the achievement (排名第三), which the full reader tells."""
        return kind is NumericKind.ORDINAL and (self.text[end] in "名位" or self.text[end] in AFTER_RANK)

    def _behind_word_or_sign(self, start: int, end: int, tail: Tail) -> Quantity | None:
        text, before, approx = self.text, self.approximators.before, tail.approx
        ahead = text[start - 1]
        if ahead in before:
            approx = self._approx_at(start, tail)
        elif ahead == " ":
            place = start - 1
            while place and text[place - 1] == " ":
                place -= 1
            approx = self._approx_at(place, tail) if text[place - 1] in before else approx
        elif ahead == "-":
            if text[start - 2] in _BEFORE_MINUS:
                return self._negative(start, end, tail)
        elif ahead != "的" or text[start - 2] in "负負":
            return self.reader.read(start)
        return plain_quantity(start, end, text[start:end], tail, approx)

    def _approx_at(self, place: int, tail: Tail) -> Approx:
        """What the word that ends at ``place`` says, unless one behind the number says more."""
        return tail.approx if tail.bounded else self.approximators.ending_at(self.text, place) or tail.approx

    def _negative(self, start: int, end: int, tail: Tail) -> Quantity:
        below = plain_quantity(start - 1, end, self.text[start:end], tail, tail.approx)
        return below._replace(number=-below.number) if below.number else below


def follows_rate_word(text: str, start: int) -> bool:
    """Whether a word not far in front may make a rate of the amount at ``start``: 每亩, 户均."""
    words = text[start - _REACH_OF_RATE if start > _REACH_OF_RATE else 0 : start]
    return "每" in words or "均" in words


def plain_quantity(first: int, end: int, digits: str, tail: Tail, approx: Approx) -> Quantity:
    """The record of plain ``digits`` that end at ``end``, with ``tail`` behind them."""
    number, step = number_and_step(digits, tail.zeros)
    span = span_between(first, end + tail.length)
    return make_quantity(
        Quantity, (span, number, None, None, tail.unit, tail.dimension, approx, tail.kind, UnitFrom.WRITTEN, step)
    )
