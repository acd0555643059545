"""Finds numbers in text, reads their value, unit and bound, and tells what is no quantity.

The number is scanned with one stdlib pattern; the unit behind it is looked up in a table keyed by its first character.
Everything is read off a folded copy of the text (full-width digits and signs made plain, one character for one), so
that every span counts in the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extract.lexicons import (
    ApproximatorTable,
    Unit,
    UnitTable,
    default_approximators,
    default_none_phrases,
    default_per_words,
    default_units,
)
from extract.offsets import CharSpan, folded
from extract.quantities.exclusions import ExclusionPatterns, default_patterns
from extract.quantities.numerals import SCALES, chinese_precision, parse_arabic, parse_chinese, precision_of
from extract.records import Approx, Dimension, NumericKind, Quantity

_CHINESE = "零〇一二两三四五六七八九十百千万亿"
_CHINESE_NUMBER = rf"[{_CHINESE}]+(?:点[零一二三四五六七八九]+(?:万亿|[百千]万|[百千万亿])?)?"
_NUMERAL = re.compile(
    r"(?P<arabic>\d{1,2}(?=\.(?:(?:19|20)\d\d年|\d{1,3}(?:,\d{3})+))|\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)*|\d+(?:\.{1,2}\d+)*)"
    rf"|(?P<parts>(?P<whole>[{_CHINESE}]+|\d+)分之(?P<part>[{_CHINESE}]+(?:点[{_CHINESE}]+)?|\d+(?:\.\d+)?))"
    rf"|(?P<tenths>[一二两三四五六七八九](?:成[一二三四五六七八九半]?(?![立功员本为效果就绩交长分])))"
    rf"|(?P<none>零[一-鿿]{{2}})"
    rf"|(?P<half>(?:近|过|超)半(?=数|[，。；、,;)]|以上)|翻(?:一|两|三|几)?番)"
    rf"|(?P<chinese>{_CHINESE_NUMBER})"
)
_SCALE = re.compile(r"(万亿|千万|百万|亿|万|千|百)")
_RANGE = re.compile(r" *(?:-{1,2}|—{1,2}|~|至|到) *")
_INCLUSIVE = re.compile(r" *\(?(?:含|不含)\)?")
_SIGNED = re.compile(r"(?:^|[\s(:：为=|，。；,;])-\Z")
_PARTS = re.compile(r"[，。；、,;\d]")
_DEFAULT_RATIO = "%"


class _Number(NamedTuple):
    """A number with its scale, before its unit is known."""

    start: int
    end: int  #: behind the digits and the scale
    value: Decimal | None
    precision: Decimal
    approx: Approx
    numeral: str  #: arabic or chinese


class _Measured(NamedTuple):
    number: _Number
    unit: Unit | None
    end: int
    approx: Approx


def find_quantities(
    text: str,
    *,
    units: UnitTable | None = None,
    approximators: ApproximatorTable | None = None,
    exclusions: ExclusionPatterns | None = None,
    everything: bool = False,
) -> Iterator[Quantity]:
    """The quantities of ``text`` in order; with ``everything`` also what is none, each with its ``kind``.

    A number without a unit has kind ``number``: whether it measures something is for its surroundings to say.

    >>> [(q.span.of("供地764宗3185.9公顷"), str(q.number), q.unit) for q in find_quantities("供地764宗3185.9公顷")]
    [('764宗', '764', '宗'), ('3185.9公顷', '3185.9', '公顷')]
    """
    reader = _Reader(
        folded(text),
        default_units() if units is None else units,
        default_approximators() if approximators is None else approximators,
        default_patterns() if exclusions is None else exclusions,
    )
    for quantity in reader.quantities():
        if everything or quantity.kind in (NumericKind.QUANTITY, NumericKind.NUMBER):
            yield quantity


class _Reader:
    """Reads one folded text from left to right."""

    def __init__(
        self, text: str, units: UnitTable, approximators: ApproximatorTable, exclusions: ExclusionPatterns
    ) -> None:
        self.text, self.units, self.approximators, self.exclusions = text, units, approximators, exclusions

    def quantities(self) -> Iterator[Quantity]:
        position = 0
        while match := _NUMERAL.search(self.text, position):
            quantity = self._read(match)
            if quantity is None:
                position = match.end()
                continue
            yield quantity
            position = max(quantity.span.end, match.start() + 1)

    def _read(self, match: re.Match[str]) -> Quantity | None:
        kind = match.lastgroup
        if kind == "arabic":
            return self._arabic(match)
        if match["parts"]:
            return self._fraction(match)
        if kind == "tenths":
            return self._tenths(match)
        if kind == "half":
            return self._spoken_ratio(match)
        if kind == "none":
            return self._none(match) or self._chinese(_CHINESE_AT.match(self.text, match.start()))
        return self._chinese(match)

    def _arabic(self, match: re.Match[str]) -> Quantity | None:
        start, end = match.span()
        number = self._scaled(match[0], start, end)
        measured = self._measured(number)
        numeral = "bare" if measured.unit is None and number.end == end else "arabic"
        kind = self.exclusions.kind_at(self.text, start, end, numeral)
        if kind is not None:
            return self._set_aside(measured, kind)
        if number.value is None and (measured.unit is None or measured.unit.dimension is Dimension.COUNT):
            return self._bare(start, end, NumericKind.CODE)
        if self._counts_great_things(measured):
            measured = measured._replace(unit=self.units.named("个"))
        ranged = self._ranged(measured)
        return ranged or self._proportion(measured) or self._quantity(measured)

    def _chinese(self, match: re.Match[str] | None) -> Quantity | None:
        if match is None:
            return None
        start, end = match.span()
        value = parse_chinese(match[0]) if match[0] != "零" else None
        kind = self.exclusions.kind_at(self.text, start, end, "chinese")
        number = _Number(start, end, value, chinese_precision(match[0]), Approx.EXACT, "chinese")
        if kind is not None:
            return self._set_aside(self._measured(number), kind)
        if value is None:
            return None
        measured = self._measured(self._vague(number))
        if measured.unit is None:
            return self._ranged(measured)
        return self._ranged(measured) or self._quantity(measured)

    def _vague(self, number: _Number) -> _Number:
        """十几万, 三十余: a particle and a scale behind Chinese numerals."""
        text, end = self.text, number.end
        if text[end : end + 1] and text[end] in self.approximators.inside and number.value is not None:
            scale = _SCALE.match(text, end + 1)
            worth = SCALES[scale[1]] if scale else 1
            after = scale.end() if scale else end + 1
            return number._replace(end=after, value=number.value * worth, approx=Approx.ABOUT)
        return number

    def _scaled(self, digits: str, start: int, end: int) -> _Number:
        """The number at ``start`` with 万, 亿 … and 余, 多 … read into it."""
        text, approx, scale, position = self.text, Approx.EXACT, 1, end
        spaced = position
        while text[spaced : spaced + 1] == " ":
            spaced += 1
        if self.units.at(text, spaced) is None or text[spaced] in "万亿":
            particle = text[spaced : spaced + 1]
            if particle and particle in self.approximators.inside:
                approx, spaced = Approx.ABOUT, spaced + 1
                position = spaced
            found = _SCALE.match(text, spaced)
            if found and not self._unit_keeps(spaced):
                scale, position = SCALES[found[1]], found.end()
                particle = text[position : position + 1]
                if particle and particle in self.approximators.inside and self._unit_behind(position + 1):
                    approx, position = Approx.ABOUT, position + 1
        value = parse_arabic(digits)
        if value is not None and _SIGNED.search(text[max(0, start - 2) : start]):
            value, start = -value if value else value, start - 1
        precision = precision_of(digits, scale) if value is not None else Decimal(1)
        return _Number(start, position, value if value is None else value * scale, precision, approx, "arabic")

    def _unit_keeps(self, position: int) -> bool:
        """Whether 千 or 百 at ``position`` belongs to the unit (千米, 千瓦)."""
        unit = self.units.at(self.text, position)
        return unit is not None and unit.surface[0] in "千百万亿"

    def _unit_behind(self, position: int) -> bool:
        while self.text[position : position + 1] == " ":
            position += 1
        return self.units.at(self.text, position) is not None

    def _measured(self, number: _Number) -> _Measured:
        """``number`` with the unit and the bound behind it."""
        text, position = self.text, number.end
        while text[position : position + 1] == " ":
            position += 1
        approx = number.approx
        if (
            text[position : position + 1]
            and text[position] in self.approximators.inside
            and self._unit_behind(position + 1)
        ):
            approx, position = Approx.ABOUT, position + 1
            while text[position : position + 1] == " ":
                position += 1
        unit = self._unit_at(position)
        end = number.end if unit is None else position + len(unit.surface)
        if unit is not None:
            unit, end, approx = self._unit_around_particle(unit, end, approx)
        return self._bounded(number, unit, end, approx)

    def _unit_at(self, position: int) -> Unit | None:
        unit = self.units.at(self.text, position)
        if unit is None:
            return None
        following = self.text[position + len(unit.surface) : position + len(unit.surface) + 1]
        latin = unit.surface[-1].isascii() and unit.surface[-1].isalpha()
        return None if latin and following.isascii() and following.isalnum() else unit

    def _unit_around_particle(self, unit: Unit, end: int, approx: Approx) -> tuple[Unit, int, Approx]:
        """人余次 and 人多次 are 人次 with a particle inside."""
        particle = self.text[end : end + 1]
        if particle and particle in self.approximators.inside:
            for length in (2, 1):
                whole = self.units.named(unit.surface + self.text[end + 1 : end + 1 + length])
                if whole is not None and len(whole.surface) == len(unit.surface) + length:
                    return whole, end + 1 + length, Approx.ABOUT
        return unit, end, approx

    def _bounded(self, number: _Number, unit: Unit | None, end: int, approx: Approx) -> _Measured:
        before = self._approx_before(number.start)
        approx = before if before is not None else approx
        if unit is None:
            sign = self.approximators.signs_after.get(self.text[end : end + 1])
            if sign is not None and self.text[end + 1 : end + 2].isascii() and self.text[end + 1 : end + 2].isalpha():
                return _Measured(number, None, end, sign)
        position = end
        while self.text[position : position + 1] == " ":
            position += 1
        word = self.approximators.starting_at(self.text, position)
        if word is None or (word.surface == "内" and not self._means_within(unit)):
            return _Measured(number, unit, end, approx)
        return _Measured(number, unit, position + len(word.surface), word.approx)

    @staticmethod
    def _means_within(unit: Unit | None) -> bool:
        return unit is not None and unit.dimension in (Dimension.DURATION, Dimension.LENGTH)

    def _approx_before(self, start: int) -> Approx | None:
        while start and self.text[start - 1] == " ":
            start -= 1
        return self.approximators.ending_at(self.text, start)

    def _counts_great_things(self, measured: _Measured) -> bool:
        """8大主题: the span is the number, 个 is understood."""
        end = measured.number.end
        return (
            measured.unit is None and self.text[end : end + 1] == "大" and "一" <= self.text[end + 1 : end + 2] <= "鿿"
        )

    def _ranged(self, first: _Measured) -> Quantity | None:
        """``first`` and what a dash or 至 joins to it, when both measure alike."""
        end = _inclusive_end(self.text, first.end)
        dash = _RANGE.match(self.text, end)
        if dash is None or first.number.value is None:
            return None
        match = _NUMERAL.match(self.text, dash.end())
        if match is None or match.lastgroup not in ("arabic", "chinese") or match.lastgroup != first.number.numeral:
            return None
        number = (
            self._scaled(match[0], *match.span())
            if match.lastgroup == "arabic"
            else self._vague(
                _Number(*match.span(), parse_chinese(match[0]), chinese_precision(match[0]), Approx.EXACT, "chinese")
            )
        )
        second = self._measured(number)
        if (
            number.value is None
            or second.unit is None
            or (first.unit is not None and first.unit.unit != second.unit.unit)
        ):
            return None
        if (
            dash[0].strip() in ("至", "到")
            and first.unit is not None
            and self.text[first.number.start - 1 : first.number.start] in ("从", "由")
        ):
            return None
        low = first.number.value
        if (
            first.unit is None
            and number.numeral == "arabic"
            and first.number.precision >= 1
            and number.end > match.end()
        ):
            low = low * (number.value / parse_arabic(match[0]) if parse_arabic(match[0]) else 1)  # type: ignore[operator]
        if not low < number.value:
            return None
        return Quantity(
            CharSpan(first.number.start, second.end),
            None,
            low,
            number.value,
            second.unit.unit,
            second.unit.dimension,
            Approx.EXACT,
            precision=number.precision,
        )

    def _proportion(self, measured: _Measured) -> Quantity | None:
        """1:18 is one mention, number 18."""
        match = re.compile(r" ?: ?(\d+(?:\.\d+)?)(?![\d:])").match(self.text, measured.end)
        if measured.unit is not None or match is None or measured.number.value != 1:
            return None
        span = CharSpan(measured.number.start, match.end())
        return Quantity(span, Decimal(match[1]), None, None, "", Dimension.RATIO)

    def _quantity(self, measured: _Measured) -> Quantity:
        number, unit = measured.number, measured.unit
        span = CharSpan(number.start, measured.end)
        kind = NumericKind.NUMBER if unit is None else NumericKind.QUANTITY
        name, dimension = ("", Dimension.NUMBER) if unit is None else (unit.unit, unit.dimension)
        if unit is not None and self.text[number.end : number.end + 1] == "大":
            span = CharSpan(number.start, number.end)
        if name and dimension in (Dimension.MONEY, Dimension.MASS) and (per := self._per_word(number.start)):
            name, dimension = f"{name}/{per}", Dimension.RATE
        approx = Approx.ABOUT if number.value is None else measured.approx
        return Quantity(span, number.value, None, None, name, dimension, approx, kind, precision=number.precision)

    def _per_word(self, start: int) -> str | None:
        """The unit of 每亩, 户均 … in front of the amount."""
        before = self.text[max(0, start - 9) : start].rpartition("\n")[2].rstrip(" 近约达到为是")
        for word in default_per_words():
            place = before.rfind(word.surface)
            if place >= 0:
                between = before[place + len(word.surface) :]
                if len(between) <= word.reach and not _PARTS.search(between):
                    return word.per
        return None

    def _set_aside(self, measured: _Measured, kind: NumericKind) -> Quantity:
        number = measured.number
        if kind is NumericKind.ORDINAL:
            return self._ordinal(number)
        return self._bare(number.start, number.end, kind, number.value)

    def _bare(self, start: int, end: int, kind: NumericKind, value: Decimal | None = None) -> Quantity:
        return Quantity(CharSpan(start, end), value, None, None, "", Dimension.NUMBER, Approx.EXACT, kind)

    def _ordinal(self, number: _Number) -> Quantity:
        """第三: an ordinal; a rank when it is the achievement (排名第三, 第3名)."""
        start = self.text.rindex("第", 0, number.start)
        rank_word = self.text[number.end : number.end + 1] in ("名", "位")
        ranked = _RANKED.search(self.text[max(0, start - 16) : start]) is not None
        follows = self.text[number.end : number.end + 1]
        if number.value is not None and (ranked and (rank_word or not follows or follows in _AFTER_RANK)):
            span = CharSpan(start, number.end + rank_word)
            return Quantity(span, number.value, None, None, "名", Dimension.RANK)
        return Quantity(
            CharSpan(start, number.end),
            number.value,
            None,
            None,
            "",
            Dimension.NUMBER,
            Approx.EXACT,
            NumericKind.ORDINAL,
        )

    def _fraction(self, match: re.Match[str]) -> Quantity | None:
        """三分之二 → 66.67 %; 百分之八十五 → 85 %."""
        whole, part = (
            parse_arabic(piece) if piece[0].isdigit() else parse_chinese(piece)
            for piece in (match["whole"], match["part"])
        )
        if not whole or part is None:
            return None
        exact = whole in (100, 1000, 10000)
        percent = part * 100 / whole if exact else (part * 100 / whole).quantize(Decimal("0.01"))
        return self._ratio(match.start(), match.end(), percent)

    def _tenths(self, match: re.Match[str]) -> Quantity | None:
        """七成二 → 72 %."""
        whole, _, rest = match[0].partition("成")
        tail = Decimal(5) if rest == "半" else parse_chinese(rest) if rest else Decimal(0)
        head = parse_chinese(whole)
        return None if head is None or tail is None else self._ratio(match.start(), match.end(), head * 10 + tail)

    def _spoken_ratio(self, match: re.Match[str]) -> Quantity:
        if match[0].startswith("翻"):
            times = {"翻番": 1, "翻一番": 1, "翻两番": 3, "翻三番": 7}.get(match[0])
            number = None if times is None else Decimal(times * 100)
            return self._ratio(match.start(), match.end(), number)
        approx = Approx.ABOUT if match[0][0] == "近" else Approx.MORE_THAN
        quantity = self._ratio(match.start(), match.end(), Decimal(50))
        return quantity._replace(approx=approx)

    def _ratio(self, start: int, end: int, percent: Decimal | None) -> Quantity:
        before = self._approx_before(start)
        word = self.approximators.starting_at(self.text, end)
        approx = word.approx if word else before or Approx.EXACT
        end += len(word.surface) if word else 0
        return Quantity(
            CharSpan(start, end),
            percent,
            None,
            None,
            _DEFAULT_RATIO,
            Dimension.RATIO,
            approx,
            precision=Decimal("0.01"),
        )

    def _none(self, match: re.Match[str]) -> Quantity | None:
        """零死亡: number 0 of what would have been counted."""
        unit = default_none_phrases().get(match[0])
        if unit is None:
            return None
        row = self.units.named(unit)
        dimension = row.dimension if row else Dimension.COUNT
        return Quantity(CharSpan(*match.span()), Decimal(0), None, None, unit, dimension)


_CHINESE_AT = re.compile(_CHINESE_NUMBER)
_RANKED = re.compile(
    r"(?:排名|排|位居|位列|名列|列|居|获|获得|荣获|取得|考核|综合|位次|评比|测评|竞赛|比赛)[^，。；、,;]{0,12}$"
)
_AFTER_RANK = '，。；、,;.)”"（( \n\t'


def _inclusive_end(text: str, end: int) -> int:
    match = _INCLUSIVE.match(text, end)
    return match.end() if match and match[0].strip() else end
