"""Reads one number of a text with what belongs to it: sign, scale, unit, bound, and the end of its range.

``Reader`` reads a number at a place that is known to begin one. The general reader reads more forms than reports need;
``tables.general`` says which of the two reads.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extract.offsets import CharSpan
from extract.quantities.measuring import Measured, Measurer
from extract.quantities.numerals import ARABIC, BIG, CHINESE, FORMAL, SMALL, Numeral, step_of
from extract.quantities.ranges import ranged
from extract.quantities.ratios import fraction, great_denominator, proportion, tenths
from extract.quantities.stating import bare, ordinal, stated
from extract.quantities.sums import AFTER_NUMBER, is_han, summed
from extract.quantities.tables import Tables
from extract.records import Approx, Dimension, NumericKind, Quantity

_ARABIC_AT = re.compile(ARABIC)
_CHINESE_AT = re.compile(rf"[{CHINESE}]+(?:点[零一二三四五六七八九]+(?:万亿|[百千]万|[百千万亿])?)?")
_DOUBLED = re.compile(rf"([{CHINESE}])\1([{CHINESE}])\2|一一|两两|兩兩")
_MAKES_WORDS = frozenset("统統唯单單专專逐划归歸")
_YEARS_LAST = 1000
_BEFORE_NUMBER = frozenset("是为為于於和与與或及到至共有等成加减減乘以除约約近超达達得数數值")


class Reader:
    """Reads numbers of one folded text that ends in a line break."""

    def __init__(self, text: str, tables: Tables) -> None:
        self.text, self.tables, self.general = text, tables, tables.general
        self.measurer = Measurer(text, tables)

    def read(self, start: int) -> Quantity | None:
        """The number that begins at ``start``, with its kind; None where there is none worth telling."""
        if self.text[start] == "零" and (none := self.none_phrase(start)):
            return none
        numeral = self.measurer.numeral_at(start) or great_denominator(self.measurer, start)
        if numeral is None or (self.general and self._is_in_a_word(numeral)):
            return None
        spoken = fraction(self.measurer, numeral) or tenths(self.measurer, numeral)
        if spoken is not None:
            return spoken
        return self._arabic(numeral) if numeral.arabic else self._chinese(numeral)

    def _arabic(self, numeral: Numeral) -> Quantity | None:
        start = numeral.start
        digits = _ARABIC_AT.match(self.text, start)
        digits_end = numeral.end if digits is None else digits.end()
        numeral = self.measurer.with_exponent(numeral)
        measured = self.measurer.measured(numeral)
        sort = "bare" if measured.unit is None and numeral.end == digits_end else "arabic"
        kind = self.tables.exclusions.kind_at(self.text, start, digits_end, sort)
        if kind is NumericKind.CODE and self.text[start - 1] == "第":
            kind = NumericKind.ORDINAL
        if kind is not None:
            return self._set_aside(measured, kind)
        if measured.value is None and (measured.unit is None or measured.unit.dimension is Dimension.COUNT):
            return bare(start, digits_end, NumericKind.CODE)
        if self._counts_great_things(measured):
            measured = measured._replace(unit=self.measurer.units.named("个"))
        return (
            ranged(self.measurer, measured)
            or proportion(self.measurer, measured)
            or stated(self.measurer, summed(self.measurer, measured))
        )

    def _chinese(self, numeral: Numeral) -> Quantity | None:
        start = numeral.start
        run = _CHINESE_AT.match(self.text, start)
        run_end = numeral.end if run is None else run.end()
        kind = self.tables.exclusions.kind_at(self.text, start, run_end, "chinese")
        if kind is None and self.general and self.text[start - 1] == "第":
            kind = NumericKind.ORDINAL
        measured = self.measurer.measured(numeral)
        if kind is not None:
            return self._set_aside(measured, kind)
        if not self._reads_whole_run(numeral, run_end) or (self.text[start] == "零" and numeral.end == start + 1):
            return self._nought(measured)
        if self._is_formal_word(measured):
            return None
        joined = ranged(self.measurer, measured)
        if joined is not None:
            return joined
        if measured.unit is not None:
            return stated(self.measurer, summed(self.measurer, measured))
        return stated(self.measurer, measured) if self.general and self._stands_alone(measured) else None

    def _reads_whole_run(self, numeral: Numeral, run_end: int) -> bool:
        return self.general or run_end <= numeral.end or self.measurer.unit_keeps(numeral.end)

    def _nought(self, measured: Measured) -> Quantity | None:
        """零 alone: a number to the general reader, unless it begins a word."""
        if not self.general or self.text[measured.numeral.start] != "零":
            return None
        if measured.unit is not None or self._stands_alone(measured):
            return stated(self.measurer, measured)
        return None

    def _is_in_a_word(self, numeral: Numeral) -> bool:
        """统一, 两两, 三三两两: words that only look like numerals."""
        if numeral.arabic or numeral.end - numeral.start > 2:
            return False
        one = numeral.end == numeral.start + 1 and self.text[numeral.start] == "一"
        return (one and self.text[numeral.start - 1] in _MAKES_WORDS) or _DOUBLED.match(
            self.text, numeral.start
        ) is not None

    def _is_formal_word(self, measured: Measured) -> bool:
        """陆地, 伍仁, 拾起: one formal capital that no sum of money or dozen follows."""
        numeral, unit = measured.numeral, measured.unit
        if self.text[numeral.start] not in FORMAL or numeral.end > numeral.start + 1:
            return False
        if unit is None:
            return not self.general
        return unit.dimension is Dimension.COUNT and unit.unit not in ("个", "打")

    def _stands_alone(self, measured: Measured) -> bool:
        """Whether Chinese numerals without a unit are a number, and no part of a word (四川, 一看, 统一)."""
        numeral, text = measured.numeral, self.text
        surface = text[numeral.start : numeral.end]
        if measured.start < numeral.start or measured.end > numeral.end:
            return True
        if len(surface) > 1 and surface[0] == surface[1] == "一":
            return False
        if len(surface) == 1 and surface in "百千佰仟":
            return False
        if len(surface) > 1:
            return True
        before, after = text[numeral.start - 1], text[numeral.end]
        return (not is_han(before) or before in _BEFORE_NUMBER) and (not is_han(after) or after in AFTER_NUMBER)

    def _set_aside(self, measured: Measured, kind: NumericKind) -> Quantity:
        numeral = measured.numeral
        if kind is NumericKind.ORDINAL:
            return ordinal(self.measurer, measured)
        if self.general:
            return self._named_aside(measured, kind)
        return bare(numeral.start, numeral.end, kind, measured.value)

    def _named_aside(self, measured: Measured, kind: NumericKind) -> Quantity:
        """What reports set aside, with the unit that it nonetheless has: 一个, 2年后."""
        numeral, unit = measured.numeral, measured.unit
        lasts = kind is NumericKind.YEAR and measured.value is not None and measured.value < _YEARS_LAST
        if unit is None or not (lasts or kind is NumericKind.SET_PHRASE):
            return bare(numeral.start, numeral.end, kind, measured.value)
        joined = ranged(self.measurer, measured)
        if joined is not None:
            return joined._replace(kind=kind)
        return stated(self.measurer, summed(self.measurer, measured))._replace(kind=kind)

    def half_of_a_unit(self, start: int) -> Quantity | None:
        """半个, 半小时, 一半 (general reader)."""
        unit = self.measurer.unit_at(start + 1)
        numeral = Numeral(start, start + 1, Decimal("0.5"), None, Decimal("0.1"), False, False)
        if unit is None or unit.unit in ("度", "分", "级", "路", "天"):
            return None
        if is_han(self.text[start - 1]) and self.text[start - 1] not in _BEFORE_NUMBER:
            return None
        return stated(self.measurer, self.measurer.measured(numeral))

    def without_whole(self, start: int, end: int) -> Quantity:
        """.5: digits behind a point that nothing stands before."""
        digits = self.text[start:end]
        numeral = Numeral(start, end, Decimal(f"0{digits}"), None, step_of(1 - len(digits)))
        return stated(self.measurer, self.measurer.measured(numeral))

    def one_half(self, start: int) -> Quantity:
        """一半."""
        numeral = Numeral(start, start + 2, Decimal("0.5"), None, Decimal("0.1"), False, False)
        return stated(
            self.measurer, self.measurer.bounded(Measured(numeral, start, numeral.value, None, start + 2, Approx.EXACT))
        )

    def masked(self, start: int, end: int) -> Quantity | None:
        """**万元, XX亩: digits that were struck out; the amount cannot be read."""
        place = end
        while self.text[place] in BIG or self.text[place] in SMALL or self.text[place] in "余多":
            if self.measurer.unit_keeps(place):
                break
            place += 1
        unit = self.measurer.unit_at(place)
        if unit is None or unit.dimension in (Dimension.COUNT, Dimension.DURATION, Dimension.SCORE, Dimension.AGE):
            return None
        span = CharSpan(start, place + len(unit.surface))
        return Quantity(span, None, None, None, unit.unit, unit.dimension, Approx.ABOUT)

    def none_phrase(self, start: int) -> Quantity | None:
        """零死亡: number 0 of what would have been counted."""
        phrase = self.text[start : start + 3]
        unit = self.tables.none_phrases.get(phrase)
        if unit is None:
            return None
        row = self.measurer.units.named(unit)
        dimension = row.dimension if row else Dimension.COUNT
        return Quantity(CharSpan(start, start + len(phrase)), Decimal(0), None, None, unit, dimension)

    def _counts_great_things(self, measured: Measured) -> bool:
        """8大主题: the span is the number, 个 is understood."""
        end, text = measured.numeral.end, self.text
        return measured.unit is None and text[end] == "大" and "一" <= text[end + 1] <= "鿿"
