"""Reads one number of a text with what belongs to it: sign, scale, unit, bound, and the end of its range.

``Reader`` reads a number at a place that is known to begin one. Everything is read off a folded copy of the text that
ends in a line break, so that every span counts in the text as given and a place behind the last character can be asked.
The general reader reads more forms than reports need; ``tables.general`` says which of the two reads.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from extract.lexicons import PerWord, Unit
from extract.offsets import CharSpan
from extract.quantities.numerals import (
    ARABIC,
    BIG,
    CHINESE,
    DIGITS,
    FORMAL,
    SMALL,
    Numeral,
    read_numeral,
    step_of,
)
from extract.quantities.tables import Tables
from extract.records import Approx, Dimension, NumericKind, Quantity

_PERCENT = "%"
_CENT = Decimal("0.01")
_MOST_DIGITS = 20  #: of the sides of a fraction: their ratio still fits a decimal context
_GENERAL_GAPS = 3
_ARABIC_AT = re.compile(ARABIC)
_CHINESE_AT = re.compile(rf"[{CHINESE}]+(?:点[零一二三四五六七八九]+(?:万亿|[百千]万|[百千万亿])?)?")
_RANGE = re.compile(r" *(?:-{1,2}|—{1,2}|~|至|到) *")
_BETWEEN = re.compile(r" *[和与到至] *")
_IN_BETWEEN = re.compile(r" *(?:之间|之間|间|間)")
_INCLUSIVE = re.compile(r" *\(?(?:含|不含)\)?")
_SIGNED = re.compile(r"(?:^|[\s(:：为=|，。；,;])-\Z")
_MINUS = re.compile(r"(?:(?:^|[\s(:：为=|，。；,;一-鿿])(- ?)|([负負]的? ?))\Z")
_MINUS_IN_REPORTS = re.compile(r"()([负負]的? ?)\Z")
_BELOW_ZERO = re.compile(r"零下(?:摄氏|攝氏|华氏)? ?\Z")
_PARTS = re.compile(r" {0,3}分 {0,3}之 {0,3}([负負]?)")
_WITH = re.compile(r" {0,3}又 {0,3}")
_GREAT = re.compile(r"[万萬亿億]{1,2}")
_DOUBLED = re.compile(rf"([{CHINESE}])\1([{CHINESE}])\2|一一|两两|兩兩")
_MAKES_WORDS = frozenset("统統唯单單专專逐划归歸")
_STROKE = re.compile(r" ?/ ?(?=[0-9])")
_WHOLE_HUNDREDS = re.compile(r"[百佰千仟万萬亿億]+")
_TENTHS = re.compile(r"成([一二三四五六七八九半]?)(?![立功员本为效果就绩交长分])")
_TENTHS_FREELY = re.compile(r" {0,3}成 ?([一二三四五六七八九半]?)(?![立功员本为效果就绩交长分熟])")
_DISCOUNT = re.compile(r" {0,3}折(?![扣算合旧舊叠疊射线線腰])")
_TWO_DIGITS_OFF = re.compile(r"([0-9]) ([0-9]) ?折")
_SPACED_POINTS = re.compile(r" *[个個]? *百 *分 *[点點]")
_PROPORTION = re.compile(r" ?: ?(\d+(?:\.\d+)?)(?![\d:])")
_COMPARISON = re.compile(rf"[{CHINESE}0-9.,分之岁 ]{{1,20}}([大小高低多少])")
_EXPONENT = re.compile(r"(?: ?[×*] ?10\^?([-+]?[0-9]{1,2})|[eE]([-+]?[0-9]{1,2}))(?![0-9A-Za-z.])")
_LISTED = re.compile(r"(?:、 ?[0-9]+(?:\.[0-9]+)?(?![0-9.,])){1,20}(?!、 ?[0-9])")
_SEPARATORS = re.compile(r"[，。；、,;\d]")
_RANKED = re.compile(
    r"(?:排名|排|位居|位列|名列|列|居|获|获得|荣获|取得|考核|综合|位次|评比|测评|竞赛|比赛)[^，。；、,;]{0,12}$"
)
AFTER_RANK = '，。；、,;.)”"（( \n\t'
_HALF_OF = frozenset("年月天日数數径徑成以")
_TAILED = {"元": 1, "米": 1}  #: units that a bare digit goes on below: 五块六, 三米九


class Measured(NamedTuple):
    """A number with its sign, its unit and its bound."""

    numeral: Numeral
    start: int  #: with the sign
    value: Decimal | None
    unit: Unit | None
    end: int
    approx: Approx


class Reader:
    """Reads numbers of one folded text that ends in a line break."""

    def __init__(self, text: str, tables: Tables) -> None:
        self.text, self.tables, self.general = text, tables, tables.general
        self.units, self.approximators = tables.units, tables.approximators
        self.gaps = _GENERAL_GAPS if tables.general else 1
        self.floor = 0  #: where the number in front ended: nothing before it belongs to the next one

    def read(self, start: int) -> Quantity | None:
        """The number that begins at ``start``, with its kind; None where there is none worth telling."""
        if self.text[start] == "零" and (none := self.none_phrase(start)):
            return none
        numeral = self.numeral_at(start) or self._great_denominator(start)
        if numeral is None or (self.general and self._is_in_a_word(numeral)):
            return None
        spoken = self._fraction(numeral) or self._tenths(numeral)
        if spoken is not None:
            return spoken
        return self._arabic(numeral) if numeral.arabic else self._chinese(numeral)

    def numeral_at(self, start: int) -> Numeral | None:
        return read_numeral(
            self.text,
            start,
            gaps=self.gaps,
            loose=self.general,
            unit_keeps=self._unit_keeps,
            unit_at=self._unit_behind,
        )

    def _great_denominator(self, start: int) -> Numeral | None:
        """万 or 万万 before 分之, which is no numeral elsewhere."""
        match = _GREAT.match(self.text, start)
        if match is None or not _PARTS.match(self.text, match.end()):
            return None
        worth = 1
        for c in match[0]:
            worth *= BIG[c]
        return Numeral(start, match.end(), Decimal(worth), arabic=False)

    def _arabic(self, numeral: Numeral) -> Quantity | None:
        start = numeral.start
        digits = _ARABIC_AT.match(self.text, start)
        digits_end = numeral.end if digits is None else digits.end()
        numeral = self._with_exponent(numeral)
        measured = self._measured(numeral)
        bare = measured.unit is None and numeral.end == digits_end
        kind = self.tables.exclusions.kind_at(self.text, start, digits_end, "bare" if bare else "arabic")
        if kind is NumericKind.CODE and self.text[start - 1] == "第":
            kind = NumericKind.ORDINAL
        if kind is not None:
            return self._set_aside(measured, kind)
        if measured.value is None and (measured.unit is None or measured.unit.dimension is Dimension.COUNT):
            return self._bare(start, digits_end, NumericKind.CODE)
        if self._counts_great_things(measured):
            measured = measured._replace(unit=self.units.named("个"))
        return self._ranged(measured) or self._proportion(measured) or self._quantity(self._summed(measured))

    def _chinese(self, numeral: Numeral) -> Quantity | None:
        start = numeral.start
        run = _CHINESE_AT.match(self.text, start)
        run_end = numeral.end if run is None else run.end()
        kind = self.tables.exclusions.kind_at(self.text, start, run_end, "chinese")
        if kind is None and self.general and self.text[start - 1] == "第":
            kind = NumericKind.ORDINAL
        measured = self._measured(numeral)
        if kind is not None:
            return self._set_aside(measured, kind)
        if not self._reads_whole_run(numeral, run_end) or (self.text[start] == "零" and numeral.end == start + 1):
            return self._nought(measured)
        if self._is_formal_word(measured):
            return None
        ranged = self._ranged(measured)
        if ranged is not None:
            return ranged
        if measured.unit is not None:
            return self._quantity(self._summed(measured))
        return self._quantity(measured) if self.general and self._stands_alone(measured) else None

    def _reads_whole_run(self, numeral: Numeral, run_end: int) -> bool:
        return self.general or run_end <= numeral.end or self._unit_keeps(numeral.end)

    def _nought(self, measured: Measured) -> Quantity | None:
        """零 alone: a number to the general reader, unless it begins a word."""
        if not self.general or self.text[measured.numeral.start] != "零":
            return None
        if measured.unit is not None or self._stands_alone(measured):
            return self._quantity(measured)
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

    # a number by itself

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
        return (not _is_han(before) or before in _BEFORE_NUMBER) and (not _is_han(after) or after in _AFTER_NUMBER)

    # sign and scale

    def _with_exponent(self, numeral: Numeral) -> Numeral:
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

    def _signed(self, numeral: Numeral) -> tuple[int, Decimal | None]:
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

    def _unit_keeps(self, position: int) -> bool:
        """Whether 千 or 百 at ``position`` belongs to the unit (千米, 千瓦)."""
        unit = self.units.at(self.text, position)
        return unit is not None and len(unit.surface) > 1

    def _unit_behind(self, position: int) -> bool:
        while self.text[position] == " ":
            position += 1
        return self._unit_at(position) is not None

    # unit and bound

    def _measured(self, numeral: Numeral, *, signed: bool = True) -> Measured:
        """``numeral`` with its sign, and the unit and the bound behind it."""
        text, position = self.text, numeral.end
        start, value = self._signed(numeral) if signed else (numeral.start, numeral.value)
        while text[position] == " ":
            position += 1
        approx = Approx.ABOUT if numeral.vague else Approx.EXACT
        if text[position] in self.approximators.inside and self._unit_behind(position + 1):
            approx, position = Approx.ABOUT, position + 1
            while text[position] == " ":
                position += 1
        unit, end = self._unit_and_end(position, numeral.end)
        if unit is not None:
            unit, end, approx = self._unit_around_particle(unit, end, approx)
        if self.general:
            start, unit, end = self._prefixed(start, unit, end)
        measured = self._bounded(Measured(numeral, start, value, unit, end, approx))
        if unit is not None and unit.dimension is Dimension.TEMPERATURE and value and value > 0:
            return self._below_zero(measured)
        return measured

    def _unit_and_end(self, position: int, number_end: int) -> tuple[Unit | None, int]:
        unit = self._unit_at(position)
        if self.general and self.text[position] in "个個百":
            spaced = _SPACED_POINTS.match(self.text, position)
            if spaced is not None:
                return self.units.named("个百分点"), spaced.end()
        if unit is None:
            return None, number_end
        return unit, position + len(unit.surface)

    def _unit_at(self, position: int) -> Unit | None:
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

    def _bounded(self, measured: Measured) -> Measured:
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
        if word is None or (word.surface == "内" and not _means_within(unit)):
            return measured._replace(approx=approx)
        return measured._replace(end=position + len(word.surface), approx=word.approx)

    def approx_before(self, start: int) -> Approx | None:
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

    # what several numbers make together

    def _ranged(self, first: Measured) -> Quantity | None:
        """``first`` and what a dash or 至 joins to it, when both measure alike; or a spoken range by itself."""
        if first.numeral.high is not None:
            return self._spoken_range(first)
        end = _inclusive_end(self.text, first.end)
        dash = _RANGE.match(self.text, end)
        if dash is None and self.general:
            dash = _BETWEEN.match(self.text, end)
        if dash is None or first.value is None:
            return None
        numeral = self._numeral_behind(dash.end(), first.numeral)
        if numeral is None:
            return None
        second = self._measured(numeral, signed=False)
        if dash[0].strip() in ("和", "与") and second.unit is not None and second.unit.surface == "间":
            second = second._replace(unit=None, end=numeral.end)
        if self.general:
            second = self._summed(second)
            first = self._summed(first)
        if not self._joins(first, dash[0].strip(), second):
            return None
        low = self._carried(first, second)
        if second.value is None or low is None or not low < second.value:
            return None
        unit, dimension = (second.unit.unit, second.unit.dimension) if second.unit else ("", Dimension.NUMBER)
        kind = NumericKind.QUANTITY if second.unit else NumericKind.NUMBER
        span = CharSpan(first.start, second.end)
        return Quantity(span, None, low, second.value, unit, dimension, Approx.EXACT, kind, precision=numeral.step)

    def _numeral_behind(self, position: int, first: Numeral) -> Numeral | None:
        c = self.text[position]
        if not ("0" <= c <= "9" or c in CHINESE):
            return None
        numeral = self.numeral_at(position)
        if numeral is None or numeral.value is None or numeral.high is not None:
            return None
        return numeral if self.general or numeral.arabic is first.arabic else None

    def _joins(self, first: Measured, dash: str, second: Measured) -> bool:
        """Whether ``dash`` between two numbers makes a range of them."""
        if dash in ("和", "与"):
            return self.general and first.unit is None and _IN_BETWEEN.match(self.text, second.end) is not None
        if second.unit is None:
            words = dash in ("到", "至", "~")
            return self.general and first.unit is None and words and first.numeral.arabic is second.numeral.arabic
        if first.unit is not None and first.unit.unit != second.unit.unit:
            return False
        leaves = dash in ("至", "到") and first.unit is not None
        return not (leaves and self.text[first.start - 1] in ("从", "由") and first.start > 0)

    def _carried(self, first: Measured, second: Measured) -> Decimal | None:
        """The low end, with the scale of the high end where it is left out: 一千到两千万元."""
        low, mantissa, scale = first.value, second.numeral.mantissa, second.numeral.scale
        if low is None or first.unit is not None or first.numeral.scale >= scale or mantissa is None:
            return low
        if first.numeral.end - first.numeral.start > 1 and scale < 10**4 and not first.numeral.arabic:
            return low
        carried = low * scale
        return carried if low < mantissa and second.value is not None and carried < second.value else low

    def _spoken_range(self, measured: Measured) -> Quantity | None:
        """三四十亿: low and high in one numeral."""
        low, high, unit = measured.value, measured.numeral.high, measured.unit
        if low is None or high is None or (unit is None and not self.general):
            return None
        if low < 0:
            low, high = -high, low
        name, dimension = (unit.unit, unit.dimension) if unit else ("", Dimension.NUMBER)
        kind = NumericKind.QUANTITY if unit else NumericKind.NUMBER
        return Quantity(CharSpan(measured.start, measured.end), None, low, high, name, dimension, measured.approx, kind)

    def _summed(self, measured: Measured) -> Measured:
        """``measured`` with what smaller units add to it: 五元三毛, 两年零三个月, 三斤半, 五块六."""
        unit = measured.unit
        if unit is None or measured.value is None or measured.value < 0:
            return measured
        while True:
            more = self._with_smaller(measured) or self._with_half(measured)
            if more is None and self.general:
                more = self._with_tail(measured)
            if more is None:
                return measured
            measured = more

    def _with_smaller(self, measured: Measured) -> Measured | None:
        unit, text, place = measured.unit, self.text, measured.end
        if unit is None or measured.value is None or unit.factor == 0:
            return None
        if not self.general and unit.dimension is not Dimension.MONEY:
            return None
        if text[place] in "又零":
            place += 1
        if not ("0" <= text[place] <= "9" or text[place] in CHINESE):
            return None
        numeral = self.numeral_at(place)
        if numeral is None or numeral.value is None or numeral.high is not None:
            return None
        smaller = self._unit_at(numeral.end)
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
            if self.general and smaller.unit == "角" and self._is_tail(end, end + 1):
                added, end = added + worth * DIGITS[text[end]] / 10, end + 1
            return self._bounded(measured._replace(value=measured.value + added, end=end))
        times = unit.factor / factor
        if times.denominator != 1:
            return None
        value = measured.value * times.numerator + numeral.value
        return self._bounded(measured._replace(value=value, unit=smaller, end=end))

    def _with_half(self, measured: Measured) -> Measured | None:
        """三斤半, 两年半, 两个半小时."""
        unit, end, text = measured.unit, measured.end, self.text
        if text[end] != "半" or unit is None or measured.value is None or measured.value != int(measured.value):
            return None
        if measured.end != measured.numeral.end + len(unit.surface):
            return None
        half = measured.value + Decimal("0.5")
        if unit.unit == "个" or (unit.unit == "分" and text[end + 1] in "钟鐘"):
            longer = self._unit_at(end + 1) if unit.unit == "个" else self.units.named("分钟")
            if longer is not None and longer.dimension is Dimension.DURATION:
                return measured._replace(value=half, unit=longer, end=end + 1 + max(1, len(longer.surface) % 2))
            return measured._replace(value=half, end=end + 1) if self.general else None
        if unit.dimension is Dimension.COUNT or text[end + 1] in _HALF_OF:
            return None
        return self._bounded(measured._replace(value=half, end=end + 1))

    def _with_tail(self, measured: Measured) -> Measured | None:
        """五块六, 三米九, 三块零四: bare digits go on below the unit."""
        unit, end, text = measured.unit, measured.end, self.text
        if unit is None or measured.value is None or unit.unit not in _TAILED or text[end] not in DIGITS:
            return None
        if measured.value != int(measured.value) or measured.end != measured.numeral.end + len(unit.surface):
            return None
        place = end
        while text[place] in DIGITS and text[place] not in "两兩" and place - end < 3:
            place += 1
        digits = "".join(str(DIGITS[c]) for c in text[end:place])
        if not self._is_tail(end, place):
            return None
        return self._bounded(measured._replace(value=measured.value + Decimal(f"0.{digits}"), end=place))

    def _is_tail(self, start: int, end: int) -> bool:
        """Whether one or two digits stand here that nothing else claims."""
        if not 1 <= end - start <= 2 or self.text[start] not in DIGITS:
            return False
        following = self.text[end]
        if following in CHINESE:
            return False
        if self._unit_at(end) is not None:
            return False
        return not _is_han(following) or following in _AFTER_NUMBER or following in "到至以左上多余"

    def _proportion(self, measured: Measured) -> Quantity | None:
        """1:18 is one mention, number 18."""
        match = _PROPORTION.match(self.text, measured.end)
        if measured.unit is not None or match is None or measured.value != 1:
            return None
        span = CharSpan(measured.start, match.end())
        return Quantity(span, Decimal(match[1]), None, None, "", Dimension.RATIO)

    def _list_unit(self, measured: Measured) -> Unit | None:
        """3、5、8个: the unit that the last of the list has."""
        if not measured.numeral.arabic or self.text[measured.end] != "、":
            return None
        match = _LISTED.match(self.text, measured.end)
        if match is None or (not self.general and match[0].count("、") < _LEAST_LISTED):
            if self._is_in_list(measured.start) and match is not None:
                return self._unit_at(match.end())
            return None
        return self._unit_at(match.end())

    def _is_in_list(self, start: int) -> bool:
        return self.text[start - 1] == "、" and "0" <= self.text[start - 2] <= "9"

    # records

    def _quantity(self, measured: Measured) -> Quantity:
        numeral, unit = measured.numeral, measured.unit
        start, end = measured.start, measured.end
        if unit is None:
            unit = self._list_unit(measured)
        kind = NumericKind.NUMBER if unit is None else NumericKind.QUANTITY
        name, dimension = ("", Dimension.NUMBER) if unit is None else (unit.unit, unit.dimension)
        if measured.unit is not None and self.text[numeral.end] == "大":
            end = numeral.end
        if name and (found := self.per_word(measured.start, dimension)):
            name, dimension = f"{name}/{found.per}", Dimension.RATE
            if self.general and found.per in _HOURS:
                start = self.text.rindex(found.surface, 0, start)
        approx = Approx.ABOUT if measured.value is None else measured.approx
        if self.text[start - 1] in "几数數幾" and numeral.scale > 1 and not numeral.arabic:
            approx = Approx.ABOUT
        span = CharSpan(start, end)
        return Quantity(span, measured.value, None, None, name, dimension, approx, kind, precision=numeral.step)

    def per_word(self, start: int, dimension: Dimension) -> PerWord | None:
        """每亩, 户均 … in front of the amount."""
        of_amounts = dimension in (Dimension.MONEY, Dimension.MASS)
        if not of_amounts and not (self.general and dimension in (Dimension.LENGTH, Dimension.VOLUME)):
            return None
        before = self.text[max(self.floor, start - 9) : start].rpartition("\n")[2].rstrip(" 近约达到为是")
        if "每" not in before and "均" not in before:
            return None
        for word in self.tables.per_words:
            if (word.per in _HOURS) is of_amounts:
                continue
            place = before.rfind(word.surface)
            if place >= 0:
                between = before[place + len(word.surface) :]
                if len(between) <= word.reach and not _SEPARATORS.search(between):
                    return word
        return None

    def _set_aside(self, measured: Measured, kind: NumericKind) -> Quantity:
        numeral = measured.numeral
        if kind is NumericKind.ORDINAL:
            return self._ordinal(measured)
        if self.general:
            return self._named_aside(measured, kind)
        return self._bare(numeral.start, numeral.end, kind, measured.value)

    def _named_aside(self, measured: Measured, kind: NumericKind) -> Quantity:
        """What reports set aside, with the unit that it nonetheless has: 一个, 2年后."""
        numeral, unit = measured.numeral, measured.unit
        lasts = kind is NumericKind.YEAR and measured.value is not None and measured.value < _YEARS_LAST
        if unit is None or not (lasts or kind is NumericKind.SET_PHRASE):
            return self._bare(numeral.start, numeral.end, kind, measured.value)
        ranged = self._ranged(measured)
        if ranged is not None:
            return ranged._replace(kind=kind)
        return self._quantity(self._summed(measured))._replace(kind=kind)

    def _bare(self, start: int, end: int, kind: NumericKind, value: Decimal | None = None) -> Quantity:
        return Quantity(CharSpan(start, end), value, None, None, "", Dimension.NUMBER, Approx.EXACT, kind)

    def _ordinal(self, measured: Measured) -> Quantity:
        """第三: an ordinal; a rank when it is the achievement (排名第三, 第3名)."""
        numeral, text = measured.numeral, self.text
        start = text.rindex("第", 0, numeral.start)
        follows = text[numeral.end]
        rank_word = follows in "名位"
        ranked = _RANKED.search(text[max(0, start - 16) : start]) is not None
        if numeral.value is not None and ranked and (rank_word or follows in AFTER_RANK):
            span = CharSpan(start, numeral.end + rank_word)
            return Quantity(span, numeral.value, None, None, "名", Dimension.RANK)
        dimension = Dimension.ORDINAL if self.general else Dimension.NUMBER
        span = CharSpan(start, numeral.end)
        return Quantity(span, numeral.value, None, None, "", dimension, Approx.EXACT, NumericKind.ORDINAL)

    # spoken ratios

    def _fraction(self, numeral: Numeral) -> Quantity | None:
        """三分之二 → 66.67 % (a plain number to the general reader); 百分之八十五 → 85 %."""
        whole = Decimal(0)
        if self.general:
            mixed = _WITH.match(self.text, numeral.end)
            if mixed is not None and numeral.value is not None:
                denominator = self.numeral_at(mixed.end())
                if denominator is not None and _PARTS.match(self.text, denominator.end):
                    return self._parts(denominator, numeral, numeral.value)
            stroke = self._slash(numeral)
            if stroke is not None:
                return stroke
        return self._parts(numeral, numeral, whole)

    def _parts(self, denominator: Numeral, first: Numeral, whole: Decimal) -> Quantity | None:
        match = _PARTS.match(self.text, denominator.end)
        if match is None:
            return None
        numerator = self.numeral_at(match.end())
        of, part = denominator.value, None if numerator is None else numerator.value
        if numerator is None or not of or part is None or denominator.high is not None:
            return None
        if max(abs(of.adjusted()), abs(part.adjusted())) > _MOST_DIGITS:
            return None
        if match[1]:
            part = -part
        start, sign = self._sign_of(first)
        surface = self.text[denominator.start : denominator.end].replace(" ", "")
        hundreds = _WHOLE_HUNDREDS.fullmatch(surface) is not None and not whole
        if hundreds or (not self.general and of in (100, 1000, 10000)):
            return self._percentage(start, numerator, sign, of, part)
        if not self.general:
            percent = (part * 100 / of).quantize(_CENT)
            return self._ratio(start, numerator.end, sign * percent)
        return self._plain_fraction(first, numerator, sign * (whole + part / of))

    def _percentage(self, start: int, part: Numeral, sign: int, of: Decimal, value: Decimal) -> Quantity:
        percent = sign * value * 100 / of
        if part.high is not None:
            high = sign * part.high * 100 / of
            low, high = min(percent, high), max(percent, high)
            return self._ratio(start, part.end, None)._replace(low=low, high=high)
        joined = _RANGE.match(self.text, part.end)
        if joined is not None:
            again = re.compile(r"百分之").match(self.text, joined.end())
            upper = self.numeral_at(again.end() if again else joined.end())
            if upper is not None and upper.value is not None and self._is_upper(upper, bool(again)):
                high = upper.value * 100 / of
                if percent < high:
                    return self._ratio(start, upper.end, None)._replace(low=percent, high=high)
        return self._ratio(start, part.end, percent)

    def _is_upper(self, upper: Numeral, again: bool) -> bool:
        return again or (not upper.arabic and self._unit_at(upper.end) is None)

    def _plain_fraction(self, first: Numeral, last: Numeral, value: Decimal) -> Quantity:
        """A fraction is a number like another: units and bounds stand around it as around 0.25."""
        start, _ = self._sign_of(first)
        step = Decimal("1E-6")
        whole = Numeral(first.start, last.end, value, None, step, False, first.arabic)
        measured = self._measured(whole)._replace(start=start, value=value)
        return self._quantity(measured)

    def _sign_of(self, numeral: Numeral) -> tuple[int, int]:
        start, value = self._signed(numeral._replace(value=Decimal(1)))
        return start, 1 if value == 1 else -1

    def _slash(self, numeral: Numeral) -> Quantity | None:
        """1/3."""
        match = _STROKE.match(self.text, numeral.end)
        if match is None or not numeral.arabic or not numeral.value or numeral.value != int(numeral.value):
            return None
        below = self.numeral_at(match.end())
        before = self.text[numeral.start - 1]
        if below is None or not below.value or below.value != int(below.value) or before == "/":
            return None
        if self.text[below.end] in "/年月日" or (before.isascii() and before.isalnum()):
            return None
        _, sign = self._sign_of(numeral)
        return self._plain_fraction(numeral, below, sign * numeral.value / below.value)

    def _tenths(self, numeral: Numeral) -> Quantity | None:
        """七成二 → 72 %; to the general reader 九折 is 90 %, 三八折 38 %."""
        if self.general:
            return self._tenths_freely(numeral)
        if numeral.end != numeral.start + 1 or numeral.arabic or numeral.value is None or numeral.value > 9:
            return None
        match = _TENTHS.match(self.text, numeral.end)
        if match is None or self.text[numeral.start] in "零〇十" or self.text[numeral.start - 1] in CHINESE:
            return None
        return self._ratio(numeral.start, match.end(), numeral.value * 10 + _tail_of(match[1]))

    def _tenths_freely(self, numeral: Numeral) -> Quantity | None:
        if numeral.value is None:
            return None
        apart = _TWO_DIGITS_OFF.match(self.text, numeral.start)
        if apart is not None:
            return self._ratio(numeral.start, apart.end(), Decimal(apart[1] + apart[2]))
        tenths = _TENTHS_FREELY.match(self.text, numeral.end)
        if tenths is not None and not (self.text[numeral.end] == " " and numeral.arabic and not tenths):
            times = numeral.value * 10 + _tail_of(tenths[1])
            spoken = self._ratio(numeral.start, tenths.end(), times)
            if numeral.high is None:
                return spoken
            return spoken._replace(number=None, low=numeral.value * 10, high=numeral.high * 10)
        off = _DISCOUNT.match(self.text, numeral.end)
        if off is None:
            return None
        value = numeral.value
        if numeral.high is not None:  # 七八折 is 78 %, as 三八折 is 38 %
            value = numeral.value * 10 + numeral.high
        return self._ratio(numeral.start, off.end(), value * 10 if value <= 10 else value)

    def _ratio(self, start: int, end: int, percent: Decimal | None) -> Quantity:
        before = self.approx_before(start)
        word = self.approximators.starting_at(self.text, end)
        if word is not None and word.surface == "内":
            word = None
        approx = word.approx if word else before or Approx.EXACT
        end += len(word.surface) if word else 0
        span = CharSpan(start, end)
        return Quantity(span, percent, None, None, _PERCENT, Dimension.RATIO, approx, precision=_CENT)

    def spoken_half(self, start: int, end: int) -> Quantity:
        """近半, 过半."""
        approx = Approx.ABOUT if self.text[start] == "近" else Approx.MORE_THAN
        return self._ratio(start, end, Decimal(50))._replace(approx=approx)

    def doubling(self, start: int, end: int) -> Quantity:
        """翻一番 is 100 % more, 翻两番 300 %."""
        times = _DOUBLINGS.get(self.text[start:end].replace("了", ""))
        return self._ratio(start, end, None if times is None else Decimal(times * 100))

    def half_of_a_unit(self, start: int) -> Quantity | None:
        """半个, 半小时, 一半 (general reader)."""
        unit = self._unit_at(start + 1)
        numeral = Numeral(start, start + 1, Decimal("0.5"), None, Decimal("0.1"), False, False)
        if unit is None or unit.unit in ("度", "分", "级", "路", "天"):
            return None
        if _is_han(self.text[start - 1]) and self.text[start - 1] not in _BEFORE_NUMBER:
            return None
        return self._quantity(self._measured(numeral))

    def without_whole(self, start: int, end: int) -> Quantity:
        """.5: digits behind a point that nothing stands before."""
        digits = self.text[start:end]
        numeral = Numeral(start, end, Decimal(f"0{digits}"), None, step_of(1 - len(digits)))
        return self._quantity(self._measured(numeral))

    def one_half(self, start: int) -> Quantity:
        numeral = Numeral(start, start + 2, Decimal("0.5"), None, Decimal("0.1"), False, False)
        return self._quantity(self._bounded(Measured(numeral, start, numeral.value, None, start + 2, Approx.EXACT)))

    def masked(self, start: int, end: int) -> Quantity | None:
        """**万元, XX亩: digits that were struck out; the amount cannot be read."""
        place = end
        while self.text[place] in BIG or self.text[place] in SMALL or self.text[place] in "余多":
            if self._unit_keeps(place):
                break
            place += 1
        unit = self._unit_at(place)
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
        row = self.units.named(unit)
        dimension = row.dimension if row else Dimension.COUNT
        return Quantity(CharSpan(start, start + len(phrase)), Decimal(0), None, None, unit, dimension)

    def _counts_great_things(self, measured: Measured) -> bool:
        """8大主题: the span is the number, 个 is understood."""
        end, text = measured.numeral.end, self.text
        return measured.unit is None and text[end] == "大" and "一" <= text[end + 1] <= "鿿"


_HOURS = frozenset(("小时", "秒", "分钟"))
_YEARS_LAST = 1000
_LEAST_LISTED = 2
_HUNDREDTH = Fraction(1, 100)
_DOUBLINGS = {"翻番": 1, "翻一番": 1, "翻两番": 3, "翻三番": 7}
_COMPARED = {"大": Approx.MORE_THAN, "高": Approx.MORE_THAN, "多": Approx.MORE_THAN} | {
    "小": Approx.LESS_THAN,
    "低": Approx.LESS_THAN,
    "少": Approx.LESS_THAN,
}
_BEFORE_NUMBER = frozenset("是为為于於和与與或及到至共有等成加减減乘以除约約近超达達得数數值")
_AFTER_NUMBER = frozenset("是不这這那的和与與或及到至加减減乘除比等也都就吗嗎呢啊了为為")


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"


def _is_decimal(denominator: int) -> bool:
    return denominator in (1, 10, 100, 1000, 10**4, 10**6)


def _means_within(unit: Unit | None) -> bool:
    return unit is not None and unit.dimension in (Dimension.DURATION, Dimension.LENGTH)


def _tail_of(digit: str) -> Decimal:
    """What the digit behind 成 adds: 七成二, 三成半."""
    return Decimal(5) if digit == "半" else Decimal(DIGITS.get(digit, 0))


def _inclusive_end(text: str, end: int) -> int:
    match = _INCLUSIVE.match(text, end)
    return match.end() if match and match[0].strip() else end
