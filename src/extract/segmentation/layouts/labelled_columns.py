"""Columns one after the other: all targets under their header, then all actuals, then the marks."""

from __future__ import annotations

import re

from extract.offsets import CharSpan
from extract.records import ColumnKind
from extract.segmentation.captions import is_caption
from extract.segmentation.layouts.written import Row, Written, header_kind
from extract.segmentation.levels import is_total
from extract.segmentation.lines import Line, trimmed
from extract.segmentation.numbering import numbered

_KINDS = frozenset({ColumnKind.TARGET, ColumnKind.ACTUAL, ColumnKind.WEIGHT, ColumnKind.SCORE, ColumnKind.REASON})
_LONGEST_LABEL = 10
_FEWEST_LINES = 2
_FEWEST_NAMES, _MOST_NAMES = 3, 80
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


def listed_columns(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """The names of all rows under their header, then as many lines under each header that follows.

    A column may leave out the last cell where that is the row of totals.
    """
    if header_kind(lines[first].text.strip()) is not ColumnKind.NAME:
        return None
    columns = _listed_below(lines, first)
    names = columns[0][1:]
    height = len(names)
    kinds = {header_kind(head.text.strip()) for head, *_ in columns[1:]}
    if height < _FEWEST_NAMES or not {ColumnKind.TARGET, ColumnKind.ACTUAL} <= kinds:
        return None
    shortest = height - 1 if is_total(names[-1].text.strip()) else height
    if any(not shortest <= len(column) - 1 <= height for column in columns):
        return None
    rows: list[Row] = []
    for place in range(height + 1):
        rows.append(tuple((_span(text, c[place], c[place]),) if place < len(c) else None for c in columns))
    return Written(tuple(rows), columns[-1][-1].number)


def _listed_below(lines: tuple[Line, ...], first: int) -> list[list[Line]]:
    """Each header with the lines under it; the last has no more of them than there are names."""
    columns: list[list[Line]] = [[lines[first]]]
    for line in lines[first + 1 :]:
        kind = header_kind(line.text.strip())
        if line.blank:
            continue
        if kind is not None and kind is not ColumnKind.NAME and len(columns[-1]) > _FEWEST_NAMES:
            columns.append([line])
        elif (
            "\t" in line.text or is_caption(line.text) or (len(columns) > 1 and len(columns[-1]) > len(columns[0]) - 1)
        ):
            break
        else:
            columns[-1].append(line)
        if len(columns) == 1 and len(columns[0]) > _MOST_NAMES:
            break
    return columns


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
