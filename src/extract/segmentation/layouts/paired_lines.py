"""A name on one line and its figure on the next, with no header above, as a page gives a form of two columns."""

from __future__ import annotations

import re

from extract.offsets import folded
from extract.segmentation.captions import is_caption
from extract.segmentation.layouts.written import Row, Written, is_figure
from extract.segmentation.lines import Line, trimmed
from extract.segmentation.numbering import numbered

_FEWEST_PAIRS = 3
_NAME = re.compile(r"\s*[一-鿿][^\d，。；：,;:\t|｜]{1,15}\s*")  # short of what tells rather than names


def paired_lines(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least three names, each with a figure alone on the line below."""
    rows: list[Row] = []
    position = first
    while position + 1 < len(lines) and _is_pair(lines[position], lines[position + 1]):
        spans = [trimmed(text, line.start, line.end) for line in lines[position : position + 2]]
        rows.append(tuple((span,) for span in spans if span is not None))
        position += 2
    return Written(tuple(rows), position - 1) if len(rows) >= _FEWEST_PAIRS else None


def _is_pair(name: Line, figure: Line) -> bool:
    return (
        _NAME.fullmatch(name.text) is not None
        and not is_caption(name.text)
        and numbered(name.text) is None
        and is_figure(folded(figure.text.strip()))
    )
