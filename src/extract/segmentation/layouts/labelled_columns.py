"""Columns one after the other: all targets under their header, then all actuals, then the marks."""

from __future__ import annotations

import re

from extract.offsets import CharSpan
from extract.records import ColumnKind
from extract.segmentation.captions import is_caption
from extract.segmentation.layouts.written import Row, Written, header_kind
from extract.segmentation.lines import Line, trimmed
from extract.segmentation.numbering import numbered

_KINDS = frozenset({ColumnKind.TARGET, ColumnKind.ACTUAL, ColumnKind.WEIGHT, ColumnKind.SCORE, ColumnKind.REASON})
_LONGEST_LABEL = 10
_FEWEST_LINES = 2
_MARK_LINE = re.compile(r"\s*(?:合计|总分|小计)?[:：]?\s*[\d.]+\s*分?\s*")


def labelled_columns(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """A label of targets on a line of its own, its lines, and below them a label of actuals with its own."""
    if _label_kind(lines[first]) is not ColumnKind.TARGET:
        return None
    columns = _columns_below(lines, first)
    kinds = [kind for _, kind, _ in columns]
    if ColumnKind.ACTUAL not in kinds or any(len(body) < _FEWEST_LINES for _, _, body in columns[:2]):
        return None
    header: Row = tuple((_span(text, label, label),) for label, _, _ in columns)
    body: Row = tuple((_span(text, rows[0], rows[-1]),) if rows else None for _, _, rows in columns)
    last = columns[-1][2][-1] if columns[-1][2] else columns[-1][0]
    return Written((header, body), last.number)


def _label_kind(line: Line) -> ColumnKind | None:
    """What a line that is nothing but a column's header says."""
    written = line.text.strip()
    if not 0 < len(written) <= _LONGEST_LABEL:
        return None
    kind = header_kind(written.rstrip("：:"))
    return kind if kind in _KINDS else None


def _columns_below(lines: tuple[Line, ...], first: int) -> list[tuple[Line, ColumnKind, list[Line]]]:
    columns: list[tuple[Line, ColumnKind, list[Line]]] = []
    for line in lines[first:]:
        kind = _label_kind(line)
        if kind is not None:
            columns.append((line, kind, []))
            continue
        if line.blank:
            continue
        heading = numbered(line.text)
        marks = columns[-1][1] in (ColumnKind.WEIGHT, ColumnKind.SCORE)
        if (
            (heading is not None and heading.rank <= 1)
            or "\t" in line.text
            or is_caption(line.text)
            or (marks and not _MARK_LINE.fullmatch(line.text))
        ):
            break
        columns[-1][2].append(line)
    return columns


def _span(text: str, first: Line, last: Line) -> CharSpan:
    return trimmed(text, first.start, last.end) or CharSpan(first.start, last.end)
