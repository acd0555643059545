"""Numerals to numbers: what a string of digits or Chinese numerals is worth."""

from __future__ import annotations

import re
from decimal import Decimal

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12, "百万": 10**6, "千万": 10**7}
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


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
    """The number that Chinese numerals say; None when they say none.

    >>> parse_chinese("一百六十三")
    Decimal('163')
    >>> parse_chinese("一万五千亿")
    Decimal('1500000000000')
    >>> parse_chinese("一点五亿")
    Decimal('150000000')
    """
    whole, point, rest = text.partition("点")
    number = _whole(whole)
    if number is None or not point:
        return None if number is None else Decimal(number)
    fraction = rest.rstrip("百千万亿")
    scale = rest[len(fraction) :]
    if not fraction or any(c not in _DIGITS for c in fraction) or (scale and scale not in SCALES):
        return None
    value = Decimal(f"{number}.{''.join(str(_DIGITS[c]) for c in fraction)}")
    return (
        Decimal(int(value * SCALES[scale]))
        if scale and value * SCALES[scale] % 1 == 0
        else value * SCALES.get(scale, 1)
    )


def chinese_precision(text: str) -> Decimal:
    """What one step of the last digit behind the point is worth; 1 where there is no point.

    >>> chinese_precision("一百六十三点四九亿")
    Decimal('1000000.00')
    """
    rest = text.partition("点")[2]
    fraction = rest.rstrip("百千万亿")
    return Decimal(SCALES.get(rest[len(fraction) :], 1)).scaleb(-len(fraction))


def _whole(text: str) -> int | None:
    for mark in ("亿", "万"):
        head, found, tail = text.rpartition(mark)
        if found:
            high, low = _whole(head), _whole(tail) if tail else 0
            return None if high is None or low is None else high * SCALES[mark] + low
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    if not text:
        return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit, last = 0, None, 10**4
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in "十百千":
            scale = SCALES[c]
            if scale >= last:
                return None
            total, digit, last = total + (1 if digit is None else digit) * scale, None, scale
        else:
            return None
    return total + (digit or 0)


def precision_of(digits: str, scale: int) -> Decimal:
    """What one step of the last printed digit is worth: ``20.60`` with 亿 → 1000000.

    >>> precision_of("20.60", 10**8)
    Decimal('1000000.00')
    """
    _, point, fraction = digits.partition(".")
    return Decimal(scale).scaleb(-len(fraction)) if point else Decimal(scale)
