"""One measure a line, its figures behind their words: 新建泵站（座）：目标3，完成4，分值10，得分10."""

from __future__ import annotations

import re
from itertools import islice

from extract.offsets import CharSpan, folded
from extract.segmentation.captions import is_caption
from extract.segmentation.layouts.written import NUMBER_CELL, Row, Written, header_kind
from extract.segmentation.lines import Line, trimmed

_FEWEST_ROWS = 3
_MOST_UNKEYED = 12  #: lines with one figure each that may stand above the first of several
_FEWEST_KEYED = 2  #: lines with two figures or more, which tell that the others are such lines too
_NAME = re.compile(r"\s*(?P<name>[^：:，,；;。\t|]{2,24}?)\s*[：:]\s*(?P<rest>\S.*?)\s*$")
_PART = re.compile(r"[^，,；;]+(?:,\d{3}[^，,；;]*)*")
_KEYED = re.compile(r"\s*(?P<key>[^\d\s≥≤><=]{2,8}?)\s*[为是：:]?\s*(?P<value>[≥≤><=]{0,2}\s*-?\d.*?|[-—–/无])\s*$")


def keyed_lines(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least three lines of a name, a colon and figures, most of them behind words that name columns."""
    rows: list[Row] = []
    keyed, last = 0, first
    for line in islice(lines, first, None):
        row = _rows_of(text, line)
        if row is None or (not keyed and line.number - first > _MOST_UNKEYED):
            break
        keyed += len(row) > 1
        rows += row
        last = line.number
    return Written(tuple(rows), last) if keyed >= _FEWEST_KEYED and last - first + 1 >= _FEWEST_ROWS else None


def _rows_of(text: str, line: Line) -> list[Row] | None:
    """A header and a row of one line's words and figures, or a row of a name and its only value."""
    match = _NAME.match(line.text)
    if match is None or is_caption(line.text):
        return None
    name = (CharSpan(line.start + match.start("name"), line.start + match.end("name")),)
    start = line.start + match.start("rest")
    parts = [_key_and_value(text, start + m.start(), start + m.end()) for m in _PART.finditer(match["rest"])]
    if len(parts) > 1 and all(parts):
        pairs = [part for part in parts if part]
        return [(None, *((key,) for key, _ in pairs)), (name, *((value,) for _, value in pairs))]
    value = trimmed(text, start, line.end)
    short = value is not None and (NUMBER_CELL.fullmatch(folded(value.of(text))) or not re.search(r"\d", match["rest"]))
    return [(name, (value,))] if value is not None and short else None


def _key_and_value(text: str, start: int, end: int) -> tuple[CharSpan, CharSpan] | None:
    match = _KEYED.match(text[start:end])
    if match is None or header_kind(match["key"]) is None:
        return None
    return (
        CharSpan(start + match.start("key"), start + match.end("key")),
        CharSpan(start + match.start("value"), start + match.end("value")),
    )
