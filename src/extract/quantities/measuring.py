"""A number with its sign, its unit and its bound, read off a folded text at a place that begins a numeral.

The text ends in a line break, so that every span counts in the text as given and a place behind the last character
can be asked.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extract.lexicons import Unit
from extract.quantities.numerals import CHINESE, Numeral, read_numeral
from extract.quantities.tables import Tables
from extract.quantities.tails import WITHIN
from extract.records import Approx, Dimension

_GENERAL_GAPS = 3
_SIGNED = re.compile(r"(?:^|[\s(:：为=|，。；,;])-\Z")
_MINUS = re.compile(r"(?:(?:^|[\s(:：为=|，。；,;一-鿿])(- ?)|([负負]的? ?))\Z")
_MINUS_IN_REPORTS = re.compile(r"()([负負]的? ?)\Z")
_MORE_BY = re.compile(r"多(?:出|了|[一-鿿]{0,4}?(?!一[点些])[\d两一二三四五六七八九十])")
_LASTING = re.compile(r"多(?:的|来|时间|以|后|里|才|就|未|没)")
_BELOW_ZERO = re.compile(r"零下(?:摄氏|攝氏|华氏)? ?\Z")
_SPACED_POINTS = re.compile(r" *[个個]? *百 *分 *[点點]")
_COMPARISON = re.compile(rf"[{CHINESE}0-9.,分之岁 ]{{1,20}}([大小高低多少])")
_EXPONENT = re.compile(r"(?: ?[×*] ?10\^?([-+]?[0-9]{1,2})|[eE]([-+]?[0-9]{1,2}))(?![0-9A-Za-z.])")
_COMPARED = {"大": Approx.MORE_THAN, "高": Approx.MORE_THAN, "多": Approx.MORE_THAN} | {
    "小": Approx.LESS_THAN,
    "低": Approx.LESS_THAN,
    "少": Approx.LESS_THAN,
}


class Measured(NamedTuple):
    """A number with its sign, its unit and its bound."""

    numeral: Numeral
    start: int  #: with the sign
    value: Decimal | None
    unit: Unit | None
    end: int
    approx: Approx


class Measurer:
    """Measures numbers of one folded text that ends in a line break."""

    def __init__(self, text: str, tables: Tables) -> None:
        self.text, self.tables, self.general = text, tables, tables.general
        self.units, self.approximators = tables.units, tables.approximators
        self.gaps = _GENERAL_GAPS if tables.general else 1
        self.floor = 0  #: where the number in front ended: nothing before it belongs to the next one

    def numeral_at(self, start: int) -> Numeral | None:
        """The numeral that begins at ``start``."""
        return read_numeral(
            self.text,
            start,
            gaps=self.gaps,
            loose=self.general,
            unit_keeps=self.unit_keeps,
            unit_at=self.unit_behind,
        )

    def with_exponent(self, numeral: Numeral) -> Numeral:
        """1.2×10^5, 1.2e5."""
        match = _EXPONENT.match(self.text, numeral.end)
        if match is None or numeral.value is None or numeral.scale != 1:
            return numeral
        exponent = match[1] or match[2]
        if match[2] and "." not in self.text[numeral.start : numeral.end] and exponent[0] not in "+-":
            return numeral
        power = int(exponent)
        ten = Decimal(f"1E{power}")
        value = Decimal(f"{numeral.value:f}E{power}")
        plain = Decimal(f"{value:f}")
        return numeral._replace(end=match.end(), value=plain, step=numeral.step * ten)

    def signed(self, numeral: Numeral) -> tuple[int, Decimal | None]:
        """Where the number begins with its sign, and its value with it."""
        start, value, text = numeral.start, numeral.value, self.text
        before = text[start - 1] if start else "\n"
        if before not in "-负負的 下氏":
            return start, value
        if before == "-" and _SIGNED.search(text[max(0, start - 2) : start]):
            return start - 1, -value if value else value
        if self.general or before in "负負的":
            match = (_MINUS if self.general else _MINUS_IN_REPORTS).search(text[max(self.floor, start - 4) : start])
            if match is not None:
                sign = match[1] or match[2]
                return start - len(sign), -value if value else value
        return start, value

    def sign_of(self, numeral: Numeral) -> tuple[int, int]:
        """Where the number begins with its sign, and 1 or -1."""
        start, value = self.signed(numeral._replace(value=Decimal(1)))
        return start, 1 if value == 1 else -1

    def unit_keeps(self, position: int) -> bool:
        """Whether 千 or 百 at ``position`` belongs to the unit (千米, 千瓦)."""
        unit = self.units.at(self.text, position)
        return unit is not None and len(unit.surface) > 1

    def unit_behind(self, position: int) -> bool:
        """Whether a unit stands at ``position``, blanks before it or not."""
        while self.text[position] == " ":
            position += 1
        return self.unit_at(position) is not None

    def measured(self, numeral: Numeral, *, signed: bool = True) -> Measured:
        """``numeral`` with its sign, and the unit and the bound behind it."""
        text, position = self.text, numeral.end
        start, value = self.signed(numeral) if signed else (numeral.start, numeral.value)
        while text[position] == " ":
            position += 1
        approx = Approx.ABOUT if numeral.vague else Approx.EXACT
        if text[position] in self.approximators.inside and self.unit_behind(position + 1):
            approx, position = Approx.ABOUT, position + 1
            while text[position] == " ":
                position += 1
        unit, end = self._unit_and_end(position, numeral.end)
        if unit is not None:
            unit, end, approx = self._unit_around_particle(unit, end, approx)
        if self.general:
            start, unit, end = self._prefixed(start, unit, end)
        measured = self.bounded(Measured(numeral, start, value, unit, end, approx))
        if unit is not None and unit.dimension is Dimension.TEMPERATURE and value and value > 0:
            return self._below_zero(measured)
        return measured

    def _unit_and_end(self, position: int, number_end: int) -> tuple[Unit | None, int]:
        unit = self.unit_at(position)
        if self.general and self.text[position] in "个個百":
            spaced = _SPACED_POINTS.match(self.text, position)
            if spaced is not None:
                return self.units.named("个百分点"), spaced.end()
        if unit is None:
            return None, number_end
        return unit, position + len(unit.surface)

    def unit_at(self, position: int) -> Unit | None:
        """The longest unit at ``position``, unless a Latin word goes on there."""
        unit = self.units.at(self.text, position)
        if unit is None:
            return None
        following = self.text[position + len(unit.surface)]
        latin = unit.surface[-1].isascii() and unit.surface[-1].isalpha()
        if latin and following.isascii() and following.isalnum():
            return None
        if self.general and following == "每" and unit.dimension is Dimension.LENGTH:
            per = self.units.at(self.text, position + len(unit.surface) + 1)
            if per is not None and per.dimension is Dimension.DURATION:
                name = f"{unit.unit}/{per.unit}"
                surface = f"{unit.surface}每{per.surface}"
                return Unit(surface, name, unit.factor, name, Dimension.RATE)
        return unit

    def _unit_around_particle(self, unit: Unit, end: int, approx: Approx) -> tuple[Unit, int, Approx]:
        """人余次 and 人多次 are 人次 with a particle inside."""
        if self.text[end] in self.approximators.inside:
            for length in (2, 1):
                whole = self.units.named(unit.surface + self.text[end + 1 : end + 1 + length])
                if whole is not None and len(whole.surface) == len(unit.surface) + length:
                    return whole, end + 1 + length, Approx.ABOUT
        return unit, end, approx

    def _prefixed(self, start: int, unit: Unit | None, end: int) -> tuple[int, Unit | None, int]:
        """￥13.5, 港币两千元, 华氏70度: the unit stands in front, or completes in front what stands behind."""
        place = start - 1 if self.text[start - 1] == " " else start
        behind = "" if unit is None else unit.unit
        for prefix in self.tables.prefixes.get(self.text[place - 1], ()):
            first = place - len(prefix.surface)
            if prefix.behind == behind and first >= self.floor and self.text.startswith(prefix.surface, first):
                return first, self.units.named(prefix.unit), end
        return start, unit, end

    def _below_zero(self, measured: Measured) -> Measured:
        match = _BELOW_ZERO.search(self.text[max(self.floor, measured.start - 5) : measured.start])
        if match is None or measured.value is None:
            return measured
        return measured._replace(start=measured.start - len(match[0]), value=-measured.value)

    def bounded(self, measured: Measured) -> Measured:
        """``measured`` with what a word in front of it or behind it says of its exactness."""
        text, unit, end, approx = self.text, measured.unit, measured.end, measured.approx
        before = self.approx_before(measured.start)
        approx = before if before is not None else approx
        if unit is None:
            sign = self.approximators.signs_after.get(text[end])
            following = text[end + 1 : end + 2]
            if sign is not None and following.isascii() and following.isalpha():
                return measured._replace(approx=sign)
        position = end
        while text[position] == " ":
            position += 1
        word = self.approximators.starting_at(text, position)
        if word is None or (word.surface == "内" and not _means_within(unit)) or _compares(text, position, unit):
            return measured._replace(approx=approx)
        return measured._replace(end=position + len(word.surface), approx=word.approx)

    def approx_before(self, start: int) -> Approx | None:
        """What a word in front of ``start`` says."""
        while start and self.text[start - 1] == " ":
            start -= 1
        found = self.approximators.ending_at(self.text, start)
        if found is None and self.general:
            tight = self.text[max(0, start - 14) : start].replace(" ", "")
            if tight.endswith("比"):
                return _COMPARED.get(self._word_behind_comparison(start))
            return self.approximators.ending_at(tight, len(tight))
        return found

    def _word_behind_comparison(self, start: int) -> str:
        """比三十大, 比四分之一小: what the thing compared is."""
        match = _COMPARISON.match(self.text, start)
        return match[1] if match else ""


def _compares(text: str, position: int, unit: Unit | None) -> bool:
    """Whether 多 behind a unit says by how much something is more: 比43处多2处, 比26910份多开2378份; not so 3年多."""
    lasts = unit is not None and unit.dimension is Dimension.DURATION
    return _MORE_BY.match(text, position) is not None and not (lasts and _LASTING.match(text, position))


def _means_within(unit: Unit | None) -> bool:
    return unit is not None and unit.dimension in WITHIN
