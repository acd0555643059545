"""What smaller units behind a number add to it: 五元三毛, 两年零三个月, 三斤半, 五块六."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from extract.quantities.measuring import Measured, Measurer
from extract.quantities.numerals import CHINESE, DIGITS
from extract.records import Dimension

_HALF_OF = frozenset("年月天日数數径徑成以")
_TAILED = ("元", "米")  #: units that a bare digit goes on below: 五块六, 三米九
_HUNDREDTH = Fraction(1, 100)
#: characters that go on with a sentence behind a number, and begin no word with it
AFTER_NUMBER = frozenset("是不这這那的和与與或及到至加减減乘除比等也都就吗嗎呢啊了为為")


def summed(measurer: Measurer, measured: Measured) -> Measured:
    """``measured`` with what smaller units add to it: 五元三毛, 两年零三个月, 三斤半, 五块六."""
    unit = measured.unit
    if unit is None or measured.value is None or measured.value < 0:
        return measured
    while True:
        more = _with_smaller(measurer, measured) or _with_half(measurer, measured)
        if more is None and measurer.general:
            more = _with_tail(measurer, measured)
        if more is None:
            return measured
        measured = more


def _with_smaller(measurer: Measurer, measured: Measured) -> Measured | None:
    unit, text, place = measured.unit, measurer.text, measured.end
    if unit is None or measured.value is None or unit.factor == 0:
        return None
    if not measurer.general and unit.dimension is not Dimension.MONEY:
        return None
    if text[place] in "又零":
        place += 1
    if not ("0" <= text[place] <= "9" or text[place] in CHINESE):
        return None
    numeral = measurer.numeral_at(place)
    if numeral is None or numeral.value is None or numeral.high is not None:
        return None
    smaller = measurer.unit_at(numeral.end)
    if smaller is None:
        return None
    factor, same = smaller.factor, smaller.base == unit.base and smaller.dimension == unit.dimension
    if smaller.unit == "分" and unit.base == "元" and unit.dimension is Dimension.MONEY:
        factor, same = _HUNDREDTH, True
    if not same or factor >= unit.factor:
        return None
    end = numeral.end + len(smaller.surface)
    if text[end] == "整":
        end += 1
    ratio = factor / unit.factor
    if _is_decimal(ratio.denominator):
        worth = Decimal(ratio.numerator) / Decimal(ratio.denominator)
        added = numeral.value * worth
        if measurer.general and smaller.unit == "角" and _is_tail(measurer, end, end + 1):
            added, end = added + worth * DIGITS[text[end]] / 10, end + 1
        return measurer.bounded(measured._replace(value=measured.value + added, end=end))
    times = unit.factor / factor
    if times.denominator != 1:
        return None
    value = measured.value * times.numerator + numeral.value
    return measurer.bounded(measured._replace(value=value, unit=smaller, end=end))


def _with_half(measurer: Measurer, measured: Measured) -> Measured | None:
    """三斤半, 两年半, 两个半小时."""
    unit, end, text = measured.unit, measured.end, measurer.text
    if text[end] != "半" or unit is None or measured.value is None or measured.value != int(measured.value):
        return None
    if measured.end != measured.numeral.end + len(unit.surface):
        return None
    half = measured.value + Decimal("0.5")
    if unit.unit == "个" or (unit.unit == "分" and text[end + 1] in "钟鐘"):
        longer = measurer.unit_at(end + 1) if unit.unit == "个" else measurer.units.named("分钟")
        if longer is not None and longer.dimension is Dimension.DURATION:
            return measured._replace(value=half, unit=longer, end=end + 1 + max(1, len(longer.surface) % 2))
        return measured._replace(value=half, end=end + 1) if measurer.general else None
    if unit.dimension is Dimension.COUNT or text[end + 1] in _HALF_OF:
        return None
    return measurer.bounded(measured._replace(value=half, end=end + 1))


def _with_tail(measurer: Measurer, measured: Measured) -> Measured | None:
    """五块六, 三米九, 三块零四: bare digits go on below the unit."""
    unit, end, text = measured.unit, measured.end, measurer.text
    if unit is None or measured.value is None or unit.unit not in _TAILED or text[end] not in DIGITS:
        return None
    if measured.value != int(measured.value) or measured.end != measured.numeral.end + len(unit.surface):
        return None
    place = end
    while text[place] in DIGITS and text[place] not in "两兩" and place - end < 3:
        place += 1
    digits = "".join(str(DIGITS[c]) for c in text[end:place])
    if not _is_tail(measurer, end, place):
        return None
    return measurer.bounded(measured._replace(value=measured.value + Decimal(f"0.{digits}"), end=place))


def _is_tail(measurer: Measurer, start: int, end: int) -> bool:
    """Whether one or two digits stand here that nothing else claims."""
    if not 1 <= end - start <= 2 or measurer.text[start] not in DIGITS:
        return False
    following = measurer.text[end]
    if following in CHINESE:
        return False
    if measurer.unit_at(end) is not None:
        return False
    return not is_han(following) or following in AFTER_NUMBER or following in "到至以左上多余"


def is_han(character: str) -> bool:
    """Whether it is a common Chinese character."""
    return "一" <= character <= "鿿"


def _is_decimal(denominator: int) -> bool:
    return denominator in (1, 10, 100, 1000, 10**4, 10**6)
