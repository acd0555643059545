"""Numerals to numbers: what digits, Chinese numerals and mixtures of both are worth.

The grammar, and whose convention it follows where books of examples differ:

* Arabic digits (``3,185.9``), Chinese numerals, formal capitals (壹佰零伍), traditional forms (兩萬), 廿 卅 卌, and
  mixtures that a scale character joins (25万6千, 1千零1, 10.1万). Full-width forms were folded before.
* 十百千 build a section; 万 亿 兆 multiply all that is smaller before them: 一万五千亿 is 1.5×10¹², 四万万 is 4×10⁸,
  兆 is 10¹² (the convention of Recognizers-Text and WeText; mega- only where a unit such as 兆字节 says so).
* A last digit behind a scale, without 零, counts the next place down: 三万五 is 35,000, 一百五 is 150,
  一百二十万三 is 1,203,000 (cn2an's ``normal``, not ``strict``).
* Two digits that follow one another are spoken ranges: 三四十亿, 十五六, 三五百 (so 三四 is no 34).
* Vague particles inside (十几万, 8000余万, 三十万多亿) count nothing and make the number vague; it keeps its base.
* Digits in a row without scales are read one by one (二〇二〇), as a year or a code is.
* Chinese numerals are read through single spaces where a scale or 点 stands beside the space; Arabic digits never are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {c: n for n, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
DIGITS |= {"两": 2, "兩": 2, "倆": 2, "貳": 2, "參": 3, "陸": 6}
TENS = {"廿": 20, "卅": 30, "卌": 40}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
POINTS = "点點"
VAGUE = "几多余来幾餘來"
FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸")
CHINESE = "".join([*DIGITS, *TENS, *SMALL, *BIG])
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12, "百万": 10**6, "千万": 10**7}

ARABIC = (
    r"[0-9]{1,2}(?=\.(?:(?:19|20)[0-9]{2}年|[0-9]{1,3}(?:,[0-9]{3})+))"  # 2.2020年: a list number, then a year
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?:,[0-9]++)*(?:\.[0-9]++)*"  # groups are never possessive: Python 3.11.2 errs there
    r"|[0-9]++(?:\.{1,2}[0-9]++)*"
)
ARABIC_BEHIND_FIRST = (  # the same, from behind the first digit
    r"[0-9]?(?=\.(?:(?:19|20)[0-9]{2}年|[0-9]{1,3}(?:,[0-9]{3})+))"
    r"|[0-9]{0,2}(?:,[0-9]{3})+(?:,[0-9]++)*(?:\.[0-9]++)*"
    r"|[0-9]*+(?:\.{1,2}[0-9]++)*"
)
LONGEST = 40  #: digits of a number; what is longer is a code
_BEFORE_SCALE = 4  #: spaces between Arabic digits and 万
_ARABIC_AT = re.compile(ARABIC)
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ZEROS = frozenset("零〇")
_JOINS = frozenset([*SMALL, *BIG, *POINTS])  #: a space beside one of these does not part a numeral
_BEHIND_DIGITS = frozenset([" ", *POINTS, *VAGUE, *DIGITS, *TENS, *SMALL, *BIG, *"wWkK0123456789"])  #: may go on
_ONE = Decimal(1)
_STEPS = {exponent: Decimal(10) ** exponent for exponent in range(-30, 25)}


class Numeral(NamedTuple):
    """A numeral as read at ``start`` of a text."""

    start: int
    end: int
    value: Decimal | None  #: None when it is malformed
    high: Decimal | None = None  #: of a spoken range (三四十); ``value`` is its low end
    step: Decimal = _ONE  #: what one step of the last printed digit is worth
    vague: bool = False
    arabic: bool = True  #: begins with Arabic digits
    mantissa: Decimal | None = None  #: what stands before one last scale: 两 of 两千万 is 2 千万
    scale: int = 1  #: that last scale, which a range carries back


def parse_arabic(text: str) -> Decimal | None:
    """The number that plain or comma-grouped digits say; None when they cannot be read.

    >>> parse_arabic("14,765.55")
    Decimal('14765.55')
    >>> parse_arabic("8.000.00") is None
    True
    """
    if text.count(".") > 1 or ("," in text and not _GROUPED.fullmatch(text)):
        return None
    return Decimal(text.replace(",", ""))


def parse_chinese(text: str) -> Decimal | None:
    """The number that Chinese numerals say; None when they say none, or a range.

    >>> parse_chinese("一百六十三")
    Decimal('163')
    >>> parse_chinese("一万五千亿")
    Decimal('1500000000000')
    >>> parse_chinese("一点五亿")
    Decimal('150000000')
    """
    numeral = read_numeral(text + "\n", 0)
    if numeral is None or numeral.end != len(text) or numeral.high is not None:
        return None
    return numeral.value


def parse_count(text: str) -> int | None:
    """The whole number that Arabic digits or Chinese numerals say; None when they say none.

    >>> parse_count("12"), parse_count("十二"), parse_count("两"), parse_count("多")
    (12, 12, 2, None)
    """
    number = Decimal(text) if text.isdecimal() else parse_chinese(text)
    return None if number is None or number % 1 else int(number)


def step_of(exponent: int) -> Decimal:
    """Ten to the power of ``exponent``."""
    return _STEPS[exponent] if exponent in _STEPS else Decimal(f"1E{exponent}")


def precision_of(digits: str, scale: int) -> Decimal:
    """What one step of the last printed digit is worth: ``20.60`` with 亿 → 1000000.

    >>> precision_of("20.60", 10**8) == 1000000
    True
    """
    return step_of(len(str(scale)) - 1 - len(digits.partition(".")[2]))


def scaled(number: int, decimals: int) -> Decimal:
    """``number`` with its last ``decimals`` digits behind the point, exact, and plain where it is whole.

    >>> scaled(28000, 1), scaled(285, 1)
    (Decimal('2800'), Decimal('28.5'))
    """
    if decimals:
        whole, rest = divmod(number, 10**decimals)
        return Decimal(whole) if not rest else Decimal(f"{number}E-{decimals}")
    return Decimal(number)


def _never(position: int) -> bool:
    return False


def read_numeral(
    text: str,
    start: int,
    *,
    gaps: int = 1,
    loose: bool = False,
    unit_keeps: Callable[[int], bool] = _never,
    unit_at: Callable[[int], bool] = _never,
) -> Numeral | None:
    r"""The longest numeral at ``start`` of ``text``, which must end in a line break; None where there is none.

    ``gaps`` spaces may stand inside Chinese numerals, and between Arabic digits and their scale. ``loose`` lets Arabic
    digits go on behind a scale and a space (7万 5千). ``unit_keeps`` tells whether the scale character at a place
    begins a unit (千瓦), ``unit_at`` whether a unit stands there.

    >>> read_numeral("25万6千元\n", 0)[:3]
    (0, 5, Decimal('256000'))
    """
    return _digits_alone(text, start) or _Numeral(text, start, gaps, loose, unit_keeps, unit_at).read()


def _digits_alone(text: str, start: int) -> Numeral | None:
    """Arabic digits with nothing behind them that a numeral goes on with; None for any other numeral."""
    match = _ARABIC_AT.match(text, start)
    if match is None or text[match.end()] in _BEHIND_DIGITS or match.end() - start > LONGEST:
        return None
    digits = match[0]
    value = parse_arabic(digits)
    step = _ONE if value is None else step_of(-len(digits.partition(".")[2]))
    return Numeral(start, match.end(), value, None, step)


class _Numeral:
    """Reads one numeral from left to right; every character is looked at once."""

    def __init__(
        self,
        text: str,
        start: int,
        gaps: int,
        loose: bool,
        unit_keeps: Callable[[int], bool],
        unit_at: Callable[[int], bool],
    ) -> None:
        self.text, self.start, self.gaps, self.loose = text, start, gaps, loose
        self.unit_keeps, self.unit_at = unit_keeps, unit_at
        self.end = start
        self.unit = 1  #: how many counts make one, where Arabic digits have decimals (10.1万)
        self.decimals = 0
        self.parts: list[tuple[int, int]] = []  #: what 万, 亿 and 兆 have closed, with its scale
        self.section = 0  #: what is smaller than the next 万
        self.digits: list[int] = []  #: that no scale has taken yet
        self.arabic = ""  #: Arabic digits that no scale has taken yet
        self.small = 10**4  #: the last of 十百千 in this section
        self.last = 0  #: the scale read last
        self.zero = False  #: 零 stands behind it
        self.pair = 0  #: how far apart the two digits of a spoken range are
        self.place = 1  #: what one of them is worth
        self.malformed = self.vague = False
        self.scales = self.figures = 0  #: how many of them were read
        self.tail = 1  #: product of the scales at the end

    def read(self) -> Numeral | None:
        while self._token():
            pass
        if self.end == self.start or not (self.scales or self.figures):
            return None
        mantissa = self._mantissa()
        total = self._total()
        if total is None:
            return None
        decimals, step = self.decimals, self._step()
        if not self.malformed and not self.pair and (point := self._point()) is not None:
            total, decimals, step, mantissa = self._decimals(point, total, decimals, step, mantissa)
        value = None if self.malformed else scaled(total, decimals)
        high = scaled(total + self.pair * self.place, decimals) if self.pair and value is not None else None
        begins = self.text[self.start]
        arabic = "0" <= begins <= "9"
        return Numeral(
            self.start, self.end, value, high, step, self.vague, arabic, mantissa, self.tail if mantissa else 1
        )

    def _token(self) -> bool:
        """Reads one token; False where the numeral ends."""
        text, position = self.text, self.end
        if position > self.start and text[position] == " ":
            position = self._over_gap(position)
        c = text[position]
        if "0" <= c <= "9":
            return self._read_arabic(position)
        if c in DIGITS:
            return self._read_digit(c, position)
        if c in SMALL:
            return not self.unit_keeps(position) and self._read_small(SMALL[c], position)
        if c in BIG:
            return not self.unit_keeps(position) and self._read_big(BIG[c], position)
        if c in VAGUE:
            return self._read_vague(position)
        if c in TENS:
            return self._read_tens(TENS[c], position)
        return c in "wWkK" and self._read_letter(c, position)

    def _over_gap(self, position: int) -> int:
        """The place behind the spaces at ``position``, or ``position`` when they end the numeral."""
        before, place = self.text[position - 1], position
        gaps = max(self.gaps, _BEFORE_SCALE) if "0" <= before <= "9" else self.gaps
        while self.text[place] == " " and place - position < gaps:
            place += 1
        after = self.text[place]
        if "0" <= after <= "9":
            return place if self.loose and before in _JOINS else position
        if "0" <= before <= "9" and after in DIGITS:
            return position
        joined = before in _JOINS or after in _JOINS or after in VAGUE or before in VAGUE
        return place if joined else position

    def _read_arabic(self, position: int) -> bool:
        if self.digits or self.arabic or self.pair:
            return False
        match = _ARABIC_AT.match(self.text, position)
        if match is None:
            return False
        digits = match[0]
        if position > self.start:
            if not (self.zero or self.last) or "." in digits or "," in digits:
                return False
            if len(digits) > 12 or int(digits) * self.unit >= self._room():
                return False
            if self.text[match.end()] in "年月日号-/:":
                return False
        elif len(digits) > LONGEST:
            self.malformed = True
        elif "." in digits or "," in digits:
            if digits.count(".") > 1 or ("," in digits and not _GROUPED.fullmatch(digits)):
                self.malformed = True
            digits = digits.replace(",", "")
            self.decimals = len(digits.partition(".")[2])
            self.unit = 10**self.decimals if not self.malformed else 1
            digits = digits.replace(".", "")
        self.arabic = "0" if self.malformed else digits
        if position > self.start and self.decimals:
            self.arabic += "0" * self.decimals
        self._took(match.end())
        self.figures += 1
        return True

    def _room(self) -> int:
        """What a figure behind the last scale must stay below."""
        return (self.last or 10**12) * self.unit

    def _read_digit(self, c: str, position: int) -> bool:
        if self.arabic or self.pair:
            return False
        if c in "两兩" and self.digits:  # 八两: a unit
            return self._read_one_or_two(position)
        if c in _ZEROS and (self.scales and not self.digits):
            if self.zero:
                return False
            self.zero = True
            self.digits = []
            return self._took(position + 1)
        if self.digits and self.scales and (len(self.digits) > 1 or self._next_digit_apart(c) is None):
            return False
        self.digits.append(DIGITS[c])
        self.figures += 1
        return self._took(position + 1)

    def _read_one_or_two(self, position: int) -> bool:
        if self.digits != [1] or not (self.unit_at(position + 1) or self.text[position + 1] in SMALL):
            return False
        self.digits.append(2)
        return self._took(position + 1)

    def _next_digit_apart(self, c: str) -> int | None:
        return _apart(self.digits[-1], DIGITS[c])

    def _read_tens(self, worth: int, position: int) -> bool:
        if self.digits or self.arabic or self.small <= 10:
            return False
        self.section += worth * self.unit
        self.small = self.last = 10
        self.scales += 1
        self.zero = False
        return self._took(position + 1)

    def _read_small(self, scale: int, position: int) -> bool:
        taken = self._multiplier()
        if taken is None or scale >= self.small:
            return False
        if self.scales and not self.figures and not self.zero:
            return False
        self.section += taken * scale
        self._closed(scale, position)
        self.small = scale
        return True

    def _read_big(self, scale: int, position: int) -> bool:
        if not (self.section or self.parts or self.digits or self.arabic):
            return False
        pending = self._pending()
        if pending is None:
            return False
        value = self.section + pending
        while self.parts and (self.parts[-1][1] < scale or (not value and self.parts[-1][1] == scale)):
            value += self.parts.pop()[0]
        if not value and not self.malformed and not self._is_nought():
            return False
        if self.parts and (value and self.parts[-1][1] <= scale):
            return False
        if self.pair:
            self.place *= scale
        self.parts.append((value * scale, scale))
        self.section, self.small = 0, 10**4
        self._closed(scale, position)
        return True

    def _is_nought(self) -> bool:
        return bool(self.arabic) and not int(self.arabic)

    def _closed(self, scale: int, position: int) -> None:
        alone = not self.digits and not self.arabic
        self.tail = self.tail * scale if alone and self.last >= 10**4 <= scale else scale
        self.digits, self.arabic, self.zero = [], "", False
        self.last = scale
        self.scales += 1
        self._took(position + 1)

    def _multiplier(self) -> int | None:
        """What stands before 十, 百 or 千; one where nothing does."""
        if not self.digits and not self.arabic:
            return self.unit if not self.scales or self.zero or self.last in (100, 1000) else None
        return self._pending(ten=True)

    def _pending(self, *, ten: bool = False) -> int | None:
        """What the figures that no scale has taken are worth before one."""
        if self.arabic:
            return int(self.arabic)
        if len(self.digits) > 1:
            apart = _apart(self.digits[0], self.digits[1]) if len(self.digits) == 2 else None
            if apart is None:
                return None
            self.pair = apart * self.unit
            self.place = 1
            if ten:
                return self._paired_before_small()
            return self.digits[0] * self.unit
        if self.digits == [0] and ten:
            return self.unit
        return (self.digits[0] if self.digits else 0) * self.unit

    def _paired_before_small(self) -> int:
        self.place = SMALL.get(self._coming(), 1)
        return self.digits[0] * self.unit

    def _coming(self) -> str:
        position = self.end
        while self.text[position] == " ":
            position += 1
        return self.text[position]

    def _read_vague(self, position: int) -> bool:
        """几, 余, 多 …, where a scale follows (十几万) or a unit (三十多个)."""
        if self.pair or not (self.scales or self.figures):
            return False
        c = self.text[position]
        if c in "几幾" and (self.digits or self.arabic or not self.scales):
            return False
        place = position + 1
        while self.text[place] == " " and place - position <= self.gaps:
            place += 1
        scale_follows = self.text[place] in BIG or (self.text[place] in "千百" and not self.scales)
        if scale_follows and self.unit_keeps(place):
            scale_follows = False
        if not scale_follows and not (c in "几幾" and self.unit_at(place)):
            return False
        self.vague = True
        return self._took(position + 1)

    def _read_letter(self, c: str, position: int) -> bool:
        """300w is 3,000,000, 5k is 5,000: behind Arabic digits, where no other letter or figure follows."""
        following = self.text[position + 1]
        if not self.arabic or self.end != position or self.scales or (following.isascii() and following.isalnum()):
            return False
        if self.unit_at(position) or not (self.loose or self.unit_at(position + 1)):
            return False
        return self._read_big(10**4, position) if c in "wW" else self._read_small(1000, position)

    def _took(self, end: int) -> bool:
        self.end = end
        return True

    def _total(self) -> int | None:
        """What was read in all; None when it is no numeral."""
        rest = self._rest()
        return None if rest is None else sum(value for value, _ in self.parts) + self.section + rest

    def _rest(self) -> int | None:
        """What the figures behind the last scale are worth."""
        if self.arabic:
            short = self.scales and not self.zero and len(self.arabic) - self.decimals == 1
            return int(self.arabic) * (self.last // 10 if short else 1)
        if not self.digits:
            return 0
        short = self.scales and not self.zero and self.last > 10
        worth = self.last // 10 if short else 1
        if len(self.digits) == 2 and (apart := _apart(*self.digits)) is not None:
            self.pair, self.place = apart * self.unit, worth
            return self.digits[0] * worth * self.unit
        if len(self.digits) > LONGEST:
            return None
        return int("".join(map(str, self.digits))) * worth * self.unit

    def _mantissa(self) -> Decimal | None:
        """What the last scale multiplies, where the numeral is nothing but that."""
        if self.digits or self.arabic or self.malformed or not self.scales:
            return None
        if len(self.parts) == 1 and not self.section and self.tail >= 10**4:
            return scaled(self.parts[0][0] // self.tail, self.decimals)
        if not self.parts and self.scales == 1 and self.figures and self.section:
            return scaled(self.section // self.tail, self.decimals)
        return None

    def _step(self) -> Decimal:
        if "0" <= self.text[self.start] <= "9":
            exponent = len(str(self.tail)) - 1 if self.scales and not self.arabic and not self.digits else 0
            if not self.scales:
                exponent = 0
            return step_of(exponent - self.decimals) if not self.malformed else _ONE
        return _ONE

    def _point(self) -> int | None:
        """Where 点 stands behind what was read."""
        place = self._over_gap(self.end) if self.text[self.end] == " " else self.end
        return place if self.text[place] in POINTS else None

    def _decimals(
        self, point: int, total: int, decimals: int, step: Decimal, mantissa: Decimal | None
    ) -> tuple[int, int, Decimal, Decimal | None]:
        """点 and the digits behind it, with the scale that may follow: 一点五亿."""
        text, place = self.text, point + 1
        found, end = "", self.end
        while True:
            at = place
            while text[at] == " " and at - place < self.gaps and (not found):
                at += 1
            c = text[at]
            if c in DIGITS and not (c in "两兩" and found):
                found += str(DIGITS[c])
            elif "0" <= c <= "9" and (not found or "0" <= text[at - 1] <= "9"):
                found += c
            else:
                break
            place = end = at + 1
            if len(found) > LONGEST:
                break
        if not found or decimals or text[end] in "十拾":  # 三点五十分 is a time
            return total, decimals, step, mantissa
        self.end, self.tail = end, 1
        number, places, scale = total * 10 ** len(found) + int(found), len(found), 1
        while True:
            at = self.end
            while text[at] == " " and at - self.end < self.gaps:
                at += 1
            worth = BIG.get(text[at]) or (SMALL.get(text[at]) if text[at] not in "十拾" else None)
            if worth is None or self.unit_keeps(at):
                break
            scale *= worth
            self.end = at + 1
        shown = scaled(number, places)
        self.tail = scale
        return number * scale, places, step_of(len(str(scale)) - 1 - places), shown if scale > 1 else None


def _apart(first: int, second: int) -> int | None:
    """How far apart the digits of a spoken range are (三四, 三五); None when they make none."""
    if first and second - first == 1:
        return 1
    return 2 if (first, second) == (3, 5) else None
