"""A number and the format of its cell → what a person sees in Excel: ``0.125`` with ``0.0%`` is 12.5%.

ECMA-376 part 1, 18.8.30 (number formats) and 18.8.31 (their codes). Three liberties, all so that no value is lost: a
whole number of many digits is written out where Excel shows a power of ten; a negative number that its format shows
by colour only keeps its sign; a point that no digit follows is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

GENERAL = "General"
#: The codes that files name by number only; those from 27 on as Excel shows them in mainland China.
BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??"},
    **{5: "¥#,##0;¥-#,##0", 6: "¥#,##0;[Red]¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;[Red]¥-#,##0.00"},
    **{14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM"},
    **{20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0"},
    **{37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00"},
    **{
        41: '#,##0;-#,##0;"-"',
        42: '¥#,##0;¥-#,##0;¥"-"',
        43: '#,##0.00;-#,##0.00;"-"',
        44: '¥#,##0.00;¥-#,##0.00;¥"-"',
    },
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **{30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"'},
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    49: "@",
}

_TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"?|[\\!].?) | _.? | \*.? | (?P<bracket>\[[^\]]*\]?)
    | (?P<general>General|G/通用格式) | (?P<half>AM/PM|A/P|上午/下午) | (?P<power>E[+-])
    | (?P<date>y+|e+|m+|d+|h+|s+|a{3,}|b+) | (?P<digit>[0\#?]) | (?P<sign>[.,%/@]) | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[\s*(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.I)
_DIGITS = 15  #: that Excel keeps of a number
_MOST_PLACES = 30  #: digits behind the point that a format can ask for
_LARGEST = Decimal("1e18")
_WIDTH = 11  #: characters that a number in the format General takes
_CONTEXT = Context(prec=60)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LAST_SERIAL = 2_958_466  #: the day after 31 December 9999


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str  #: literal, digit, sign, date, half, power, general, elapsed
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    parts: tuple[_Part, ...]
    condition: tuple[str, Decimal] | None
    chinese: bool  #: dates in Chinese numerals

    @property
    def is_date(self) -> bool:
        return any(part.kind in ("date", "elapsed") for part in self.parts)


def shown_number(number: float, code: str, *, from_1904: bool = False) -> str:
    """What a cell with ``number`` shows in the format ``code``.

    >>> shown_number(0.125, "0.0%"), shown_number(1234.5, "#,##0.00"), shown_number(-1234.5, "0.0_);(0.0)")
    ('12.5%', '1,234.50', '(1234.5)')
    >>> shown_number(45291, 'yyyy"年"m"月"d"日"'), shown_number(97.09677419354838, "General")
    ('2023年12月31日', '97.09677419')
    """
    value = Decimal(f"{number:.{_DIGITS}g}")
    if not value.is_finite():
        return ""
    sections = _sections(code)
    section, is_bare = _section_for(value, sections)
    if section is None:
        return _general(value)
    if section.is_date:
        written = _date(value, section, from_1904=from_1904)
        return _general(value) if written is None else written.strip()
    if abs(value) >= _LARGEST or not section.parts:
        return "" if not section.parts else _general(value)
    written = _number(abs(value), section).strip()
    minus = value < 0 and (is_bare or not _tells_sign(section)) and re.search(r"[1-9]", written) is not None
    return f"-{written}" if minus else written


def shown_text(text: str, code: str) -> str:
    """What a cell with ``text`` shows: a format can put words around it.

    >>> shown_text("约30", "@"), shown_text("水务局", '0;0;0;"填报单位："@')
    ('约30', '填报单位：水务局')
    """
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if not any(part.text == "@" and part.kind == "sign" for part in section.parts):
        return text
    return "".join(text if part.kind == "sign" and part.text == "@" else _literal(part) for part in section.parts)


# Which of the format's sections


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[_Part]] = [[]]
    brackets = [""]
    for token in _TOKEN.finditer(code[:512]):
        kind, text = token.lastgroup or "fill", token[0]
        if kind == "other" and text == ";":
            parts.append([])
            brackets.append("")
        elif kind == "bracket":
            brackets[-1] += text
            money, elapsed = _CURRENCY.match(text), _ELAPSED.fullmatch(text)
            if money and money[1]:
                parts[-1].append(_Part("literal", money[1]))
            elif elapsed:
                parts[-1].append(_Part("elapsed", elapsed[1].lower()))
        elif kind == "literal":
            parts[-1].append(_Part(kind, text.strip('"') if text.startswith('"') else text[1:]))
        elif kind == "fill":
            parts[-1].append(_Part("literal", " " if text.startswith("_") else ""))
        else:
            parts[-1].append(_Part("literal" if kind == "other" else kind, text))
    return tuple(_Section(tuple(p), _condition(b), "[DBNum1]" in b) for p, b in zip(parts, brackets, strict=True))


def _condition(brackets: str) -> tuple[str, Decimal] | None:
    found = _CONDITION.search(brackets)
    return (found[1], Decimal(found[2])) if found else None


def _section_for(value: Decimal, sections: Sequence[_Section]) -> tuple[_Section | None, bool]:
    """The section that shows ``value``, and whether a minus sign stands in front of what it shows."""
    numeric = [section for section in sections[:3] if not any(part.text == "@" for part in section.parts)]
    if not numeric:
        return None, True
    if any(section.condition for section in numeric):
        chosen = next((s for s in numeric if s.condition is None or _meets(value, *s.condition)), None)
        return chosen, True
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], True


def _meets(value: Decimal, sign: str, bound: Decimal) -> bool:
    order = (value > bound) - (value < bound)
    return order in {"<": (-1,), ">": (1,), "=": (0,), "<=": (-1, 0), ">=": (1, 0), "<>": (-1, 1)}[sign]


def _tells_sign(section: _Section) -> bool:
    words = "".join(part.text for part in section.parts if part.kind == "literal")
    has_digits = any(part.kind in ("digit", "general") for part in section.parts)
    return not has_digits or any(sign in words for sign in "-−－(（负▲△")


# Numbers


def _general(value: Decimal) -> str:
    """A number without a format: as many digits as a cell has room for, all of those before the point."""
    before = len(str(abs(int(value))))
    places = max(_WIDTH - 1 - before, 0)
    if 0 < abs(value) < Decimal("0.0001"):
        places = _MOST_PLACES
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _CONTEXT) if before < 30 else value
    written = f"{rounded:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written == "-0" else written


def _number(value: Decimal, section: _Section) -> str:
    """What a section shows of a number that is not negative."""
    parts = section.parts
    if any(part.kind == "general" for part in parts):
        return "".join(_general(value) if part.kind == "general" else _literal(part) for part in parts)
    places = [number for number, part in enumerate(parts) if part.kind == "digit"]
    if not places:
        return "".join(_literal(part) for part in parts)
    power = next((n for n, part in enumerate(parts) if part.kind == "power"), None)
    if power is not None:
        return _scientific(value, parts, power)
    if any(part.kind == "sign" and part.text == "/" for part in parts[places[0] : places[-1]]):
        return _fraction(value, parts)
    return _fixed(value, parts, places)


def _fixed(value: Decimal, parts: Sequence[_Part], places: list[int]) -> str:
    percents = sum(part.kind == "sign" and part.text == "%" for part in parts)
    point = next((n for n, part in enumerate(parts) if part.kind == "sign" and part.text == "."), len(parts))
    whole = [n for n in places if n < point]
    after = [n for n in places if n > point][:_MOST_PLACES]
    commas = [n for n, part in enumerate(parts) if part.kind == "sign" and part.text == ","]
    grouped = any(whole and whole[0] < n < whole[-1] for n in commas)
    thousands = sum(n > (whole[-1] if n < point and whole else places[-1]) for n in commas)
    scaled = value.scaleb(2 * percents - 3 * thousands, _CONTEXT)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP, _CONTEXT)
    digits, _, decimals = f"{rounded:f}".partition(".")
    head = _whole(parts[:point], "" if int(digits) == 0 else digits, grouped=grouped)
    tail = _decimals(parts[point + 1 :], decimals)
    shows_point = point < len(parts) and tail[:1].isdigit()
    return head + ("." if shows_point else "") + tail


def _whole(parts: Sequence[_Part], digits: str, *, grouped: bool) -> str:
    """The digits before the point, from the last place to the first, which takes all that are left."""
    first = next((n for n, part in enumerate(parts) if part.kind == "digit"), None)
    out: list[str] = []
    written = 0
    for number in range(len(parts) - 1, -1, -1):
        part = parts[number]
        if part.kind != "digit":
            out.append(_literal(part))
            continue
        wanted = max(len(digits), 1) if number == first else 1
        for _ in range(wanted):
            digit = digits[-1:] or {"0": "0", "?": " "}.get(part.text, "")
            digits = digits[:-1]
            if digit.isdigit() and grouped and written and written % 3 == 0:
                out.append(",")
            written += digit.isdigit()
            out.append(digit)
    return "".join(reversed(out))


def _decimals(parts: Sequence[_Part], decimals: str) -> str:
    kept = len(decimals)
    kinds = [part.text for part in parts if part.kind == "digit"]
    while kept and decimals[kept - 1] == "0" and kinds[kept - 1] != "0":
        kept -= 1
    out, number = "", 0
    for part in parts:
        if part.kind == "digit":
            out += decimals[number] if number < kept else ""
            number += 1
        else:
            out += _literal(part)
    return out


def _scientific(value: Decimal, parts: Sequence[_Part], power: int) -> str:
    point = next((n for n, part in enumerate(parts) if part.text == "." and part.kind == "sign"), power)
    places = min(sum(part.kind == "digit" for part in parts[point:power]), _MOST_PLACES)
    exponent = value.adjusted() if value else 0
    mantissa = value.scaleb(-exponent, _CONTEXT).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _CONTEXT)
    if mantissa >= 10:
        mantissa, exponent = mantissa.scaleb(-1).quantize(Decimal(1).scaleb(-places)), exponent + 1
    width = sum(part.kind == "digit" for part in parts[power:])
    sign = "-" if exponent < 0 else parts[power].text[1].replace("-", "")
    words = "".join(_literal(part) for part in parts[power + 1 :] if part.kind == "literal")
    return f"{mantissa:f}E{sign}{abs(exponent):0{width}d}{words}"


def _fraction(value: Decimal, parts: Sequence[_Part]) -> str:
    bar = next(n for n, part in enumerate(parts) if part.kind == "sign" and part.text == "/")
    width = max(1, min(sum(part.kind == "digit" for part in parts[bar:]), 5))
    has_whole = any(part.kind == "literal" and part.text == " " for part in parts[:bar])
    nearest = Fraction(value).limit_denominator(10**width - 1)
    whole, rest = divmod(nearest, 1) if has_whole else (0, nearest)
    if not rest:
        return str(whole)
    return f"{whole} {rest.numerator}/{rest.denominator}" if whole else f"{rest.numerator}/{rest.denominator}"


def _literal(part: _Part) -> str:
    """What a part other than a digit shows."""
    if part.kind == "sign":
        return part.text if part.text in "%/" else ""
    return part.text if part.kind in ("literal", "date", "half") else ""


# Dates and times


def _date(value: Decimal, section: _Section, *, from_1904: bool) -> str | None:
    """A day (and its time) as the section writes it; None for a number that is no day."""
    days = value + 1462 if from_1904 else value
    if not 0 <= days < _LAST_SERIAL:
        return None
    tenths = any(part.kind == "digit" for part in section.parts)
    seconds = (days * 86400).quantize(Decimal("0.1") if tenths else Decimal(1), ROUND_HALF_UP)
    first = datetime(1899, 12, 30) if days >= 60 else datetime(1899, 12, 31)
    moment = first + timedelta(seconds=float(seconds))
    half_day = any(part.kind == "half" for part in section.parts)
    kinds = [part.text[0].lower() if part.kind in ("date", "elapsed") else "" for part in section.parts]
    out = ""
    for number, part in enumerate(section.parts):
        if part.kind == "date":
            out += _moment(moment, part.text.lower(), section.chinese, half_day, _is_minute(kinds, number))
        elif part.kind == "elapsed":
            out += str(int(seconds // {"h": 3600, "m": 60, "s": 1}[part.text[0]])).zfill(len(part.text))
        elif part.kind == "half":
            before, after = part.text.split("/")
            out += before if moment.hour < 12 else after
        elif part.kind == "digit":
            out += str(moment.microsecond // 100_000)
        else:
            out += part.text if part.text in (".", ",") else _literal(part)
    return out


def _is_minute(kinds: list[str], number: int) -> bool:
    before = next((kind for kind in reversed(kinds[:number]) if kind), "")
    behind = next((kind for kind in kinds[number + 1 :] if kind), "")
    return before == "h" or behind == "s"


def _moment(moment: datetime, code: str, chinese: bool, half_day: bool, is_minute: bool) -> str:
    kind, width = code[0], len(code)
    if kind in "yeb":
        year = f"{moment.year:04}" if kind == "e" or width > 2 else f"{moment.year % 100:02}"
        return year.translate(_CHINESE) if chinese else year
    if kind == "a":
        return ("星期" if width > 3 else "") + "一二三四五六日"[moment.weekday()]
    if kind == "m" and not is_minute and width > 2:
        name = _MONTHS[moment.month - 1]
        return {3: name[:3], 5: name[:1]}.get(width, name)
    if kind == "d" and width > 2:
        return _DAYS[moment.weekday()][: 3 if width == 3 else None]
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    number = {"m": moment.minute if is_minute else moment.month, "d": moment.day, "h": hour, "s": moment.second}[kind]
    return _counted(number) if chinese else f"{number:0{min(width, 2)}d}"


_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")


def _counted(number: int) -> str:
    """A whole number below 100 in Chinese: 十二, 三十一."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else ("十" if tens == 1 else str(tens).translate(_CHINESE) + "十")
    return ten + (str(ones).translate(_CHINESE) if ones or not tens else "")
