"""Dates of completion that lie behind the dates asked for, where marks or words have it that they were kept."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.forms import IndicatorRow, figure_in
from extract.offsets import CharSpan, joined
from extract.records import Cell, Claim, ColumnKind

_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])[日号]|(?P<end>底|末))?"
)
_TOLD = re.compile(
    rf"(?:要求|约定|计划|目标|应|须|规定|定于|限)[^，。；;]{{0,16}}?(?P<asked>{_DATE.pattern}(?:以)?前?)[^。；;]{{0,30}}?"
    rf"(?:实际|最终|于)(?:于|在)?(?P<done>{_DATE.pattern.replace('?P<', '?P<done_')})"
)
_LEAP_YEAR = 2024  #: where no year is told: 2月底 is no later than 2月29日


class Late(NamedTuple):
    """What was done too late: its name, the two dates as printed, what is said of it, and where that stands."""

    name: str
    asked: str
    done: str
    said: str
    claims: tuple[Claim, ...]
    spans: tuple[CharSpan, ...]


def late_dates(case: Case) -> Iterator[Late]:
    """Rows with full marks, and sentences that call it timely."""
    for _, row in case.rows():
        yield from _in_row(case, row)
    for segment, words in case.sentences:
        found = _TOLD.search(words)
        if found is None or not tells_of_goal("timely", words) or tells_of_goal("admits", words):
            continue
        asked, done = (_DATE.match(found[side]) for side in ("asked", "done"))
        if asked is not None and done is not None and _is_behind(asked, done, case.document.year):
            span = case.span_of(segment, found)
            yield Late("完成时间", found["asked"], found["done"], "文中按时完成叙述", (), (span,))


def _in_row(case: Case, row: IndicatorRow) -> Iterator[Late]:
    cells = _cells(case, row)
    if not row.has_full_marks or not {ColumnKind.TARGET, ColumnKind.ACTUAL} <= cells.keys():
        return
    texts = {kind: "".join(joined(case.document.text, cell.pieces).split()) for kind, cell in cells.items()}
    asked, done = _only_date(texts[ColumnKind.TARGET]), _only_date(texts[ColumnKind.ACTUAL])
    if asked is not None and done is not None and _is_behind(asked, done, case.document.year):
        mark = figure_in(row.score)
        claims = () if mark is None else (mark,)
        spans = tuple(span for cell in cells.values() if (span := cell.span) is not None)
        yield Late(row.name, asked.string, done.string, "自评仍得满分", claims, spans)


def _cells(case: Case, row: IndicatorRow) -> dict[ColumnKind | None, Cell]:
    cells = case.cells_in_row[row.table, row.row]
    return {cell.kind: cell for cell in cells if cell.kind in (ColumnKind.TARGET, ColumnKind.ACTUAL)}


def _only_date(text: str) -> re.Match[str] | None:
    """The date of a cell that tells one and no other."""
    found = list(_DATE.finditer(text))
    return found[0] if len(found) == 1 else None


def _is_behind(asked: re.Match[str], done: re.Match[str], year: str | None) -> bool:
    """Whether a date lies behind another; one without a year is of the report's, and the month alone may be enough."""
    years = [found["year"] or year for found in (asked, done)]
    if (asked["year"] or done["year"]) and years[0] != years[1]:
        return None not in years and str(years[1]) > str(years[0])
    mine, theirs = int(done["month"]), int(asked["month"])
    if mine != theirs:
        return mine > theirs
    if asked["day"] is None or asked["end"] or (done["day"] is None and not done["end"]):
        return False
    last = monthrange(int(done["year"] or asked["year"] or _LEAP_YEAR), mine)[1]
    return int(done["day"] or last) > int(asked["day"])
