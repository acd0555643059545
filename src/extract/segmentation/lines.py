"""Lines of a text with their places in it, and which of them read as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from extract.offsets import CharSpan, Pieces, span_between

_LEFT_OVERS = re.compile(r"</?(?:p|br|span|div)\b[^<>]{0,80}>|\[bookmark:[^\]\n]{0,40}\]", re.I)
_OPEN_LEFT_OVERS, _CLOSE_LEFT_OVERS = "<[", ">]"  #: what each of them begins and ends with
_LINE_ENDS = re.compile(r"\n|</p>")
_ENDS = re.compile(r"[。！？!?；;：:.，,、）)]\s*$")
_NARROW = 12  #: lines up to this length are those of a narrow column
_WIDE = 18  #: lines from this length on are those that a page's width ended


class Line(NamedTuple):
    """One line: ``text[start:end]`` without its line break; ``number`` counts from 0."""

    start: int
    end: int
    number: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of ``text``, parted by line feeds; a carriage return before one counts as white space."""
    lines, start = [], 0
    for number, piece in enumerate(text.split("\n")):
        lines.append(Line(start, start + len(piece), number, piece))
        start += len(piece) + 1
    return tuple(lines)


def trimmed(text: str, start: int, end: int) -> CharSpan | None:
    """``[start, end)`` without white space and left-overs of other formats at its ends; None if nothing is left.

    >>> trimmed("a <p> 总分 </p>", 1, 13)
    CharSpan(start=6, end=8)
    """
    changed = True
    while changed:
        changed = False
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start >= end:
            return None
        if text[start] in _OPEN_LEFT_OVERS and (left := _LEFT_OVERS.match(text, start, end)):
            start, changed = left.end(), True
        if start < end and text[end - 1] in _CLOSE_LEFT_OVERS:
            right = next((m for m in _LEFT_OVERS.finditer(text, max(start, end - 90), end) if m.end() == end), None)
            if right and right.start() >= start:
                end, changed = right.start(), True
    return span_between(CharSpan, (start, end))


def lines_within(text: str, span: CharSpan) -> Iterator[CharSpan]:
    """The written lines of a stretch of text, cut at line breaks and at ``</p>``."""
    start = span.start
    for mark in _LINE_ENDS.finditer(text, span.start, span.end):
        piece = trimmed(text, start, mark.start())
        if piece:
            yield piece
        start = mark.end()
    piece = trimmed(text, start, span.end)
    if piece:
        yield piece


def paragraphs_of(text: str, lines: Sequence[CharSpan], opens: Callable[[str], bool]) -> Iterator[Pieces]:
    """Lines of one cell as paragraphs: a full line that ends without a stop goes on in the next.

    ``opens`` tells of a line whether it begins something new whatever stands before it.
    """
    if len(lines) == 1:
        yield tuple(lines)
        return
    longest = max((line.end - line.start for line in lines), default=0)
    pieces: list[CharSpan] = []
    for line in lines:
        if pieces and (not _goes_on(text, pieces[-1], longest) or opens(line.of(text))):
            yield tuple(pieces)
            pieces = []
        pieces.append(line)
    if pieces:
        yield tuple(pieces)


def _goes_on(text: str, line: CharSpan, longest: int) -> bool:
    length = line.end - line.start
    if _ENDS.search(line.of(text)):
        return False
    return length >= longest - 2 if longest <= _NARROW else length >= max(_WIDE, longest - 4)
