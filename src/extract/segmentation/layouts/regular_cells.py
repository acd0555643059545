"""One cell a line, in rows that are all alike: a header, then again and again a name and so many figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.offsets import CharSpan
from extract.segmentation.layouts.written import PLACEHOLDER, Row, Written, is_figure
from extract.segmentation.lines import Line, trimmed

_LONGEST = 20
_FEWEST_ROWS, _FEWEST_FIGURES, _MOST_FIGURES = 3, 2, 8
_DIGITS = re.compile(r"-?\d[\d.,，]*%?")  #: a figure, or one with a point too many
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_SENTENCE = re.compile(r"[。；;]$")


def regular_cells(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """Three rows or more, each a name and as many figures as the header names columns for."""
    width = _width(lines, first)
    if width is None:
        return None
    cells = [trimmed(text, line.start, line.end) for line in lines[first : first + width]]
    at = first + width
    while (row := _row(text, lines, at, width)) is not None:
        cells += row
        at += width
    spans = [span for span in cells if span is not None]
    if len(spans) != len(cells) or len(cells) < width * (_FEWEST_ROWS + 1):
        return None
    rows: list[Row] = [tuple((span,) for span in spans[start : start + width]) for start in range(0, len(spans), width)]
    return Written(tuple(rows), lines[at - 1].number)


def _width(lines: tuple[Line, ...], first: int) -> int | None:
    """How many columns the words name in front of the first figure, which the name of its row stands before."""
    for place, line in enumerate(lines[first : first + _MOST_FIGURES + 3]):
        words = line.text.strip()
        if _is_value(words):
            return place - 1 if place - 2 >= _FEWEST_FIGURES else None
        if not _is_name(words):
            return None
    return None


def _row(text: str, lines: tuple[Line, ...], at: int, width: int) -> Sequence[CharSpan | None] | None:
    own = lines[at : at + width]
    words = [line.text.strip() for line in own]
    if len(own) < width or not _is_name(words[0]) or not all(map(_is_value, words[1:])):
        return None
    return [trimmed(text, line.start, line.end) for line in own]


def _is_value(words: str) -> bool:
    if _YEAR.fullmatch(words):
        return False
    return bool(words) and (is_figure(words) or _DIGITS.fullmatch(words) is not None or _is_empty(words))


def _is_empty(words: str) -> bool:
    return PLACEHOLDER.fullmatch(words) is not None


def _is_name(words: str) -> bool:
    return 0 < len(words) <= _LONGEST and "\t" not in words and "|" not in words and not _SENTENCE.search(words)
