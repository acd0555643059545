"""Rows with bars between cells, as in Markdown; a line of dashes under the header is left out."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.segmentation.layouts.written import Row, Written
from extract.segmentation.lines import Line, trimmed

_BAR = re.compile(r"[|｜│┃]")
_RULE = re.compile(r"[\s|｜│┃:：\-—─━┼├┤+=]+")


def piped_rows(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least two lines with two bars or more; blank lines and rules between them do not count."""
    if not _has_bars(lines[first]):
        return None
    rows: list[Row] = []
    last = first
    for line in lines[first:]:
        if line.number - last > 2:
            break
        if _has_bars(line):
            last = line.number
            if not _RULE.fullmatch(line.text):
                rows.append(_cells(text, line))
        elif not line.blank:
            break
    return Written(tuple(rows), last) if len(rows) >= 2 else None


def _has_bars(line: Line) -> bool:
    return len(_BAR.findall(line.text)) >= 2


def _cells(text: str, line: Line) -> Row:
    """The cells between the bars; a bar at either end of the line is its frame."""
    bars = [line.start + mark.start() for mark in _BAR.finditer(line.text)]
    edges = [line.start - 1, *bars, line.end]
    if trimmed(text, line.start, bars[0]) is None:
        edges.pop(0)
    if trimmed(text, bars[-1] + 1, line.end) is None:
        edges.pop()
    spans = [trimmed(text, left + 1, right) for left, right in pairwise(edges)]
    return tuple((span,) if span else None for span in spans)
