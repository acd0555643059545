"""Fractions, tenths, discounts, doublings and proportions: what is spoken of as a part of something."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.offsets import CharSpan
from extract.quantities.measuring import Measured, Measurer
from extract.quantities.numerals import BIG, CHINESE, DIGITS, Numeral
from extract.quantities.ranges import RANGE
from extract.quantities.stating import stated
from extract.records import Approx, Dimension, Quantity

_PERCENT = "%"
_OF_HUNDRED = "百分之"
_CENT = Decimal("0.01")
_COARSE = Decimal(5)  #: per cent that a fraction told in words may be off by half of
_MOST_DIGITS = 20  #: of the sides of a fraction: their ratio still fits a decimal context
_PARTS = re.compile(r" {0,3}分 {0,3}之 {0,3}([负負]?)")
_WITH = re.compile(r" {0,3}又 {0,3}")
_GREAT = re.compile(r"[万萬亿億]{1,2}")
_STROKE = re.compile(r" ?/ ?(?=[0-9])")
_WHOLE_HUNDREDS = re.compile(r"[百佰千仟万萬亿億]+")
_TENTHS = re.compile(r"成([一二三四五六七八九半]?)(?![立功员本为效果就绩交长分])")
_TENTHS_FREELY = re.compile(r" {0,3}成 ?([一二三四五六七八九半]?)(?![立功员本为效果就绩交长分熟])")
_DISCOUNT = re.compile(r" {0,3}折(?![扣算合旧舊叠疊射线線腰])")
_TWO_DIGITS_OFF = re.compile(r"([0-9]) ([0-9]) ?折")
_PROPORTION = re.compile(r" ?: ?(\d+(?:\.\d+)?)(?![\d:])")
_DOUBLINGS = {"翻番": 1, "翻一番": 1, "翻两番": 3, "翻三番": 7}


def fraction(measurer: Measurer, numeral: Numeral) -> Quantity | None:
    """三分之二 → 66.67 % (a plain number to the general reader); 百分之八十五 → 85 %."""
    whole = Decimal(0)
    if measurer.general:
        mixed = _WITH.match(measurer.text, numeral.end)
        if mixed is not None and numeral.value is not None:
            denominator = measurer.numeral_at(mixed.end())
            if denominator is not None and _PARTS.match(measurer.text, denominator.end):
                return _parts(measurer, denominator, numeral, numeral.value)
        stroke = _slash(measurer, numeral)
        if stroke is not None:
            return stroke
    return _parts(measurer, numeral, numeral, whole)


def _parts(measurer: Measurer, denominator: Numeral, first: Numeral, whole: Decimal) -> Quantity | None:
    match = _PARTS.match(measurer.text, denominator.end)
    if match is None:
        return None
    numerator = measurer.numeral_at(match.end())
    of, part = denominator.value, None if numerator is None else numerator.value
    if numerator is None or not of or part is None or denominator.high is not None:
        return None
    if max(abs(of.adjusted()), abs(part.adjusted())) > _MOST_DIGITS:
        return None
    if match[1]:
        part = -part
    start, sign = measurer.sign_of(first)
    surface = measurer.text[denominator.start : denominator.end].replace(" ", "")
    hundreds = _WHOLE_HUNDREDS.fullmatch(surface) is not None and not whole
    if hundreds or (not measurer.general and of in (100, 1000, 10000)):
        return _percentage(measurer, start, numerator, sign, of, part)
    if not measurer.general:
        percent = (part * 100 / of).quantize(_CENT)
        return ratio(measurer, start, numerator.end, sign * percent)._replace(precision=_COARSE)
    return _plain_fraction(measurer, first, numerator, sign * (whole + part / of))


def _percentage(measurer: Measurer, start: int, part: Numeral, sign: int, of: Decimal, value: Decimal) -> Quantity:
    percent = sign * value * 100 / of
    if part.high is not None:
        high = sign * part.high * 100 / of
        low, high = min(percent, high), max(percent, high)
        return ratio(measurer, start, part.end, None)._replace(low=low, high=high)
    joined = RANGE.match(measurer.text, part.end)
    if joined is not None:
        again = measurer.text.startswith(_OF_HUNDRED, joined.end())
        upper = measurer.numeral_at(joined.end() + (len(_OF_HUNDRED) if again else 0))
        if upper is not None and upper.value is not None and _is_upper(measurer, upper, again):
            high = upper.value * 100 / of
            if percent < high:
                return ratio(measurer, start, upper.end, None)._replace(low=percent, high=high)
    return ratio(measurer, start, part.end, percent)


def _is_upper(measurer: Measurer, upper: Numeral, again: bool) -> bool:
    return again or (not upper.arabic and measurer.unit_at(upper.end) is None)


def _plain_fraction(measurer: Measurer, first: Numeral, last: Numeral, value: Decimal) -> Quantity:
    """A fraction is a number like another: units and bounds stand around it as around 0.25."""
    start, _ = measurer.sign_of(first)
    step = Decimal("1E-6")
    whole = Numeral(first.start, last.end, value, None, step, False, first.arabic)
    measured = measurer.measured(whole)._replace(start=start, value=value)
    return stated(measurer, measured)


def _slash(measurer: Measurer, numeral: Numeral) -> Quantity | None:
    """1/3."""
    match = _STROKE.match(measurer.text, numeral.end)
    if match is None or not numeral.arabic or not numeral.value or numeral.value != int(numeral.value):
        return None
    below = measurer.numeral_at(match.end())
    before = measurer.text[numeral.start - 1]
    if below is None or not below.value or below.value != int(below.value) or before == "/":
        return None
    if measurer.text[below.end] in "/年月日" or (before.isascii() and before.isalnum()):
        return None
    _, sign = measurer.sign_of(numeral)
    return _plain_fraction(measurer, numeral, below, sign * numeral.value / below.value)


def tenths(measurer: Measurer, numeral: Numeral) -> Quantity | None:
    """七成二 → 72 %; to the general reader 九折 is 90 %, 三八折 38 %."""
    if measurer.general:
        return _tenths_freely(measurer, numeral)
    if numeral.end != numeral.start + 1 or numeral.arabic or numeral.value is None or numeral.value > 9:
        return None
    match = _TENTHS.match(measurer.text, numeral.end)
    if match is None or measurer.text[numeral.start] in "零〇十" or measurer.text[numeral.start - 1] in CHINESE:
        return None
    spoken = ratio(measurer, numeral.start, match.end(), numeral.value * 10 + _tail_of(match[1]))
    return spoken._replace(precision=Decimal(1 if match[1] else 10))


def _tenths_freely(measurer: Measurer, numeral: Numeral) -> Quantity | None:
    if numeral.value is None:
        return None
    apart = _TWO_DIGITS_OFF.match(measurer.text, numeral.start)
    if apart is not None:
        return ratio(measurer, numeral.start, apart.end(), Decimal(apart[1] + apart[2]))
    spoken = _TENTHS_FREELY.match(measurer.text, numeral.end)
    if spoken is not None:
        percent = ratio(measurer, numeral.start, spoken.end(), numeral.value * 10 + _tail_of(spoken[1]))
        if numeral.high is None:
            return percent
        return percent._replace(number=None, low=numeral.value * 10, high=numeral.high * 10)
    off = _DISCOUNT.match(measurer.text, numeral.end)
    if off is None:
        return None
    value = numeral.value
    if numeral.high is not None:  # 七八折 is 78 %, as 三八折 is 38 %
        value = numeral.value * 10 + numeral.high
    return ratio(measurer, numeral.start, off.end(), value * 10 if value <= 10 else value)


def ratio(measurer: Measurer, start: int, end: int, percent: Decimal | None) -> Quantity:
    """The record of a ratio in per cent, with the bound around it."""
    before = measurer.approx_before(start)
    word = measurer.approximators.starting_at(measurer.text, end)
    if word is not None and word.surface == "内":
        word = None
    approx = word.approx if word else before or Approx.EXACT
    end += len(word.surface) if word else 0
    span = CharSpan(start, end)
    return Quantity(span, percent, None, None, _PERCENT, Dimension.RATIO, approx, precision=_CENT)


def spoken_half(measurer: Measurer, start: int, end: int) -> Quantity:
    """近半, 过半."""
    approx = Approx.ABOUT if measurer.text[start] == "近" else Approx.MORE_THAN
    return ratio(measurer, start, end, Decimal(50))._replace(approx=approx)


def doubling(measurer: Measurer, start: int, end: int) -> Quantity:
    """翻一番 is 100 % more, 翻两番 300 %."""
    times = _DOUBLINGS.get(measurer.text[start:end].replace("了", ""))
    return ratio(measurer, start, end, None if times is None else Decimal(times * 100))


def proportion(measurer: Measurer, measured: Measured) -> Quantity | None:
    """1:18 is one mention, number 18."""
    match = _PROPORTION.match(measurer.text, measured.end)
    if measured.unit is not None or match is None or measured.value != 1:
        return None
    span = CharSpan(measured.start, match.end())
    return Quantity(span, Decimal(match[1]), None, None, "", Dimension.RATIO)


def great_denominator(measurer: Measurer, start: int) -> Numeral | None:
    """万 or 万万 before 分之, which is no numeral elsewhere."""
    match = _GREAT.match(measurer.text, start)
    if match is None or not _PARTS.match(measurer.text, match.end()):
        return None
    worth = 1
    for c in match[0]:
        worth *= BIG[c]
    return Numeral(start, match.end(), Decimal(worth), arabic=False)


def _tail_of(digit: str) -> Decimal:
    """What the digit behind 成 adds: 七成二, 三成半."""
    return Decimal(5) if digit == "半" else Decimal(DIGITS.get(digit, 0))
