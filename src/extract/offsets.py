"""Spans of a text, and folding that keeps every character in its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from extract.errors import SpanError


class _Range(NamedTuple):
    start: int
    end: int


class CharSpan(_Range):
    """Half-open range of code points in ``Document.text``.

    Raises:
        SpanError: if the range is empty or starts before 0.

    >>> CharSpan(2, 6).of("供地764宗")
    '764宗'
    """

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> CharSpan:
        if not 0 <= start < end:
            raise SpanError(
                f"span [{start}, {end}) is empty or negative; "
                "offsets are half-open and count code points of Document.text"
            )
        return span_between(cls, (start, end))

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: CharSpan) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: CharSpan) -> bool:
        return self.start <= other.start and other.end <= self.end


#: ``CharSpan`` of a pair, unchecked: for the innermost scan, which knows that the end lies behind the start
span_between: Callable[[type[CharSpan], tuple[int, int]], CharSpan] = tuple.__new__


Pieces = tuple[CharSpan, ...]  #: spans, in reading order, that read as one text


def hull(pieces: Pieces) -> CharSpan:
    """The span from the first character of ``pieces`` to the last."""
    if len(pieces) == 1:
        return pieces[0]
    return CharSpan(min(piece.start for piece in pieces), max(piece.end for piece in pieces))


def joined(text: str, pieces: Pieces) -> str:
    """What ``pieces`` of ``text`` read as."""
    return text[slice(*pieces[0])] if len(pieces) == 1 else "".join([piece.of(text) for piece in pieces])


def cut(pieces: Pieces, start: int, end: int) -> Pieces:
    """The pieces that ``[start, end)`` of their joined text is made of.

    >>> cut((CharSpan(0, 3), CharSpan(10, 14)), 2, 5)
    (CharSpan(start=2, end=3), CharSpan(start=10, end=12))
    """
    if len(pieces) == 1 and start >= 0 and pieces[0].start + end <= pieces[0].end:
        first = pieces[0].start
        return (CharSpan(first + start, first + end),) if start < end else ()
    out, offset = [], 0
    for piece in pieces:
        length = piece.end - piece.start
        first, last = max(start - offset, 0), min(end - offset, length)
        if first < last:
            out.append(CharSpan(piece.start + first, piece.start + last))
        offset += length
    return tuple(out)


FULL_WIDTH_COMMA = 0xFF0C  # stays: between digits it parts clauses, where the half-width one parts thousands


def _fold_table() -> dict[int, str]:
    """Full-width ASCII, radical look-alikes and odd spaces, each to one ordinary character."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != FULL_WIDTH_COMMA}
    for first, last in ((0x2E80, 0x2EF3), (0x2F00, 0x2FD5)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1:
                table[code] = plain
    table |= dict.fromkeys((0x00A0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000), " ")
    table |= {0x2267: "≥", 0x2265: "≥", 0x2266: "≤", 0x2264: "≤", 0x2A7E: "≥", 0x2A7D: "≤"}
    table |= {0x2212: "-", 0x2010: "-", 0x2011: "-", 0x2013: "-", 0x2014: "—", 0x301C: "~"}
    return table


_FOLD = {chr(code): plain for code, plain in _fold_table().items() if chr(code) != plain}
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")


_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def folded(text: str) -> str:
    """``text`` with look-alike characters made plain, one for one, so that every offset stays.

    A full-width comma between full-width digits parts thousands.

    >>> folded("１６３．４９亿元（≧）")
    '163.49亿元(≥)'
    """
    if text.isascii():
        return text
    odd = _FOLDED.search(text)
    if odd is not None:
        text = _WIDE_COMMA.sub(",", text)
    while odd is not None:  # a text holds few of them, so that replacing each is faster than asking every character
        text = text.replace(odd[0], _FOLD[odd[0]])
        odd = _FOLDED.search(text, odd.start())
    return text
