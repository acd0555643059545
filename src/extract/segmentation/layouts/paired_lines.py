"""A name on one line and its figure on the next, with no header above, as a page gives a form of two columns."""

from __future__ import annotations

import re

from extract.offsets import folded
from extract.segmentation.captions import is_caption
from extract.segmentation.layouts.written import Row, Written, is_figure
from extract.segmentation.lines import Line, trimmed
from extract.segmentation.numbering import numbered

_FEWEST_PAIRS = 3
_PART = re.compile(r"\s*(?:其中|另|内)[:：]\s*")
_NAME = re.compile(r"\s*[一-鿿][^，。；：,;:\t|｜]{1,19}\s*")  # short of what tells rather than names
_OF_PART = re.compile(r"[一-鿿\d][^，。；：,;:\t|｜]{1,19}\s*")
_FULL_MARKS = re.compile(r"\d分\s*[）)]\s*$")  #: marks are told in lines of their own


def paired_lines(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least three names, each with a figure alone on the line below."""
    rows: list[Row] = []
    position = first
    while position + 1 < len(lines) and _is_pair(lines[position], lines[position + 1]):
        spans = [trimmed(text, line.start, line.end) for line in lines[position : position + 2]]
        rows.append(tuple((span,) for span in spans if span is not None))
        position += 2
    return Written(tuple(rows), position - 1) if len(rows) >= _FEWEST_PAIRS else None


def _is_name(words: str) -> bool:
    """Whether a line names what the next one measures: 尚需投资; 其中：1号楼."""
    if _FULL_MARKS.search(words):
        return False
    part = _PART.match(words)
    return (_NAME if part is None else _OF_PART).fullmatch(words, 0 if part is None else part.end()) is not None


def _is_pair(name: Line, figure: Line) -> bool:
    return (
        _is_name(name.text)
        and not is_caption(name.text)
        and numbered(name.text) is None
        and is_figure(folded(figure.text.strip()))
    )
