"""Two-sided ranges: 10-20%, 三至五个, 一千到两千万元, 三四十亿."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.offsets import CharSpan
from extract.quantities.measuring import Measured, Measurer
from extract.quantities.numerals import CHINESE, Numeral
from extract.quantities.sums import summed
from extract.records import Approx, Dimension, NumericKind, Quantity

RANGE = re.compile(r" *(?:-{1,2}|—{1,2}|~|至|到) *")
_BETWEEN = re.compile(r" *[和与到至] *")
_IN_BETWEEN = re.compile(r" *(?:之间|之間|间|間)")
_INCLUSIVE = re.compile(r" *\(?(?:含|不含)\)?")


def ranged(measurer: Measurer, first: Measured) -> Quantity | None:
    """``first`` and what a dash or 至 joins to it, when both measure alike; or a spoken range by itself."""
    if first.numeral.high is not None:
        return _spoken_range(measurer, first)
    end = _inclusive_end(measurer.text, first.end)
    dash = RANGE.match(measurer.text, end)
    if dash is None and measurer.general:
        dash = _BETWEEN.match(measurer.text, end)
    if dash is None or first.value is None:
        return None
    numeral = _numeral_behind(measurer, dash.end(), first.numeral)
    if numeral is None:
        return None
    second = measurer.measured(numeral, signed=False)
    if dash[0].strip() in ("和", "与") and second.unit is not None and second.unit.surface == "间":
        second = second._replace(unit=None, end=numeral.end)
    if measurer.general:
        second = summed(measurer, second)
        first = summed(measurer, first)
    if not _joins(measurer, first, dash[0].strip(), second):
        return None
    low = _carried(measurer, first, second)
    if second.value is None or low is None or not low < second.value:
        return None
    unit, dimension = (second.unit.unit, second.unit.dimension) if second.unit else ("", Dimension.NUMBER)
    kind = NumericKind.QUANTITY if second.unit else NumericKind.NUMBER
    span = CharSpan(first.start, second.end)
    return Quantity(span, None, low, second.value, unit, dimension, Approx.EXACT, kind, precision=numeral.step)


def _numeral_behind(measurer: Measurer, position: int, first: Numeral) -> Numeral | None:
    c = measurer.text[position]
    if not ("0" <= c <= "9" or c in CHINESE):
        return None
    numeral = measurer.numeral_at(position)
    if numeral is None or numeral.value is None or numeral.high is not None:
        return None
    return numeral if measurer.general or numeral.arabic is first.arabic else None


def _joins(measurer: Measurer, first: Measured, dash: str, second: Measured) -> bool:
    """Whether ``dash`` between two numbers makes a range of them."""
    if dash in ("和", "与"):
        return measurer.general and first.unit is None and _IN_BETWEEN.match(measurer.text, second.end) is not None
    if second.unit is None:
        words = dash in ("到", "至", "~")
        return measurer.general and first.unit is None and words and first.numeral.arabic is second.numeral.arabic
    if first.unit is not None and first.unit.unit != second.unit.unit:
        return False
    leaves = dash in ("至", "到") and first.unit is not None
    return not (leaves and measurer.text[first.start - 1] in ("从", "由") and first.start > 0)


def _carried(measurer: Measurer, first: Measured, second: Measured) -> Decimal | None:
    """The low end, with the scale of the high end where it is left out: 一千到两千万元."""
    low, mantissa, scale = first.value, second.numeral.mantissa, second.numeral.scale
    if low is None or first.unit is not None or first.numeral.scale >= scale or mantissa is None:
        return low
    if first.numeral.end - first.numeral.start > 1 and scale < 10**4 and not first.numeral.arabic:
        return low
    carried = low * scale
    return carried if low < mantissa and second.value is not None and carried < second.value else low


def _spoken_range(measurer: Measurer, measured: Measured) -> Quantity | None:
    """三四十亿: low and high in one numeral."""
    low, high, unit = measured.value, measured.numeral.high, measured.unit
    if low is None or high is None or (unit is None and not measurer.general):
        return None
    if low < 0:
        low, high = -high, low
    name, dimension = (unit.unit, unit.dimension) if unit else ("", Dimension.NUMBER)
    kind = NumericKind.QUANTITY if unit else NumericKind.NUMBER
    return Quantity(CharSpan(measured.start, measured.end), None, low, high, name, dimension, measured.approx, kind)


def _inclusive_end(text: str, end: int) -> int:
    match = _INCLUSIVE.match(text, end)
    return match.end() if match and match[0].strip() else end
