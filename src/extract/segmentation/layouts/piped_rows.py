"""Rows with bars between cells, as in Markdown; a line of dashes under the header is left out."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.segmentation.layouts.written import Row, Written, is_header
from extract.segmentation.lines import Line, trimmed

_BAR = re.compile(r"[|｜│┃]")
_FEWEST_BARS = 2
_FEWEST_ROWS = 2
_MOST_GAP = 2
_RULE = re.compile(r"[\s|｜│┃:：\-—─━┼├┤+=]+")


def piped_rows(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least two lines with two bars or more (one between two headers); blank lines and rules do not count."""
    fewest = 1 if _parts_two_headers(lines[first]) else _FEWEST_BARS
    if _bars(lines[first]) < fewest:
        return None
    barred: list[Line] = []
    last = first
    for line in lines[first:]:
        if line.number - last > _MOST_GAP:
            break
        if _bars(line) >= fewest:
            last = line.number
            if not _RULE.fullmatch(line.text):
                barred.append(line)
        elif not line.blank:
            break
    return Written(_rows(text, barred), last) if len(barred) >= _FEWEST_ROWS else None


def _bars(line: Line) -> int:
    return len(_BAR.findall(line.text))


def _parts_two_headers(line: Line) -> bool:
    parts = [part.strip() for part in _BAR.split(line.text)]
    return len(parts) == 2 and all(parts) and is_header(parts)


def _rows(text: str, lines: list[Line]) -> tuple[Row, ...]:
    """The cells between the bars; bars that begin or end every line are the frame."""
    rows = [_cells(text, line) for line in lines]
    left = 1 if all(row[0] is None for row in rows) else 0
    right = 1 if all(row[-1] is None for row in rows) else 0
    return tuple(row[left : len(row) - right] for row in rows)


def _cells(text: str, line: Line) -> Row:
    bars = [line.start + mark.start() for mark in _BAR.finditer(line.text)]
    spans = [trimmed(text, left + 1, right) for left, right in pairwise([line.start - 1, *bars, line.end])]
    return tuple((span,) if span else None for span in spans)
