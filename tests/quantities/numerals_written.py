"""Numbers written out, the inverse of what the numeral readers do."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """``number`` (0 to 10¹⁶−1) in Chinese numerals as people write them: 10005 → 一万零五."""
    if number < 10_000:
        return _below_ten_thousand(number)
    for scale, mark in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            high, low = divmod(number, scale)
            gap = "零" if 0 < low < scale // 10 else ""
            return in_chinese(high) + mark + (gap + in_chinese(low) if low else "")
    raise ValueError(number)


def _below_ten_thousand(number: int) -> str:
    if number == 0:
        return "零"
    written, gap = "", False
    for scale, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            written += ("零" if gap else "") + _DIGITS[digit] + mark
            gap = False
        elif written and number:
            gap = True
    return written


def in_full_width(text: str) -> str:
    """ASCII digits, points and percent signs made full-width; commas stay, since a full-width one parts clauses."""
    return "".join(chr(ord(c) + 0xFEE0) if c in "0123456789.%()-~:" else c for c in text)
