"""Header rows: which rows they are, and what each column under them says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import ColumnKind
from extract.segmentation.layouts.written import LONG, PLACEHOLDER, Row, header_kind, is_figure, is_header
from extract.segmentation.placement import MONEY_KINDS, is_unit
from extract.segmentation.reading import pieces_text

_BRACKETED_UNIT = re.compile(r"[(（]\s*(?:单位[:：]?)?\s*([^()（）\d，、,]{1,8}?)\s*(?:[，、,][^()（）]{0,8})?[)）]")
_PARTS = re.compile(r"(?:其中[:：]?)?.*(?:支出|经费|拨款|收入|补助|资金|小计|合计)")
_BARE = re.compile(r"[-＋+]?\d[\d,，.]*")
_MOST_HEADER_ROWS = 4
_FEWEST_BELOW = 3  #: rows of figures below a header of unknown words, and columns of it
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_SPREADS = re.compile(r"其中[:：]?|小计|合计|明细|构成")
_FAMILIES: tuple[frozenset[ColumnKind | None], ...] = (
    frozenset({ColumnKind.NAME}),
    frozenset({ColumnKind.WEIGHT, ColumnKind.SCORE}),
    frozenset({*MONEY_KINDS, ColumnKind.RATE}),
    frozenset({ColumnKind.TARGET, ColumnKind.ACTUAL}),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header (parents first, parted by spaces), what it says, and the unit it names."""

    header: str
    kind: ColumnKind | None
    unit: str


def table_blocks(words: str, rows: Sequence[Row]) -> list[tuple[int, int, int]]:
    """(first row, first body row, end) of each table in a grid: every header but a repeated one begins a new one."""
    heads: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        if heads and repeats_header(words, row, rows[slice(*heads[-1])]):
            continue
        if (not heads or number >= heads[-1][1]) and is_header(_texts(words, row)):
            first = number - 1 if number and _spans_over(words, rows[number - 1], row) else number
            heads.append((first, _header_end(words, rows, number)))
    if not heads or heads[0][0] > 0:
        titles = next((number for number, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)
        by_form = not heads and (_heads_figures(words, rows[titles:]) or _heads_units(words, rows[titles:]))
        heads.insert(0, (titles, titles + 1) if by_form else (0, 0))
    ends = [start for start, _ in heads[1:]] + [len(rows)]
    return [(start, header_end, end) for (start, header_end), end in zip(heads, ends, strict=True)]


def _heads_figures(words: str, rows: Sequence[Row]) -> bool:
    """Whether the first row has short words alone, a year at most, and all rows below are names with figures."""
    head, *body = ([text.strip() for text in _texts(words, row)] for row in rows)
    if len(body) < _FEWEST_BELOW or len(head) < _FEWEST_BELOW:
        return False
    named = (0 < len(text) <= LONG and (not is_figure(text) or _YEAR.fullmatch(text)) for text in head)
    return all(named) and not is_figure(head[0]) and all(_is_named_row(texts, len(head)) for texts in body)


def _heads_units(words: str, rows: Sequence[Row]) -> bool:
    """Whether the first row has short words alone, some with a unit behind them that the figures below lack."""
    head, *body = ([text.strip() for text in _texts(words, row)] for row in rows)
    if not body or any(not 0 < len(text) <= LONG or is_figure(text) for text in head):
        return False
    units = [column for column, text in enumerate(head) if bracketed_unit(text)]
    cells = [texts[column] for texts in body for column in units if len(texts) == len(head) and texts[column]]
    return bool(units) and len(cells) >= len(body) and all(map(_is_bare, cells))


def _is_bare(text: str) -> bool:
    return _BARE.fullmatch(text) is not None or PLACEHOLDER.fullmatch(text) is not None


def _is_named_row(texts: Sequence[str], width: int) -> bool:
    if len(texts) != width or not texts[0] or is_figure(texts[0]):
        return False
    return all(is_figure(text) or PLACEHOLDER.fullmatch(text) for text in texts[1:])


def repeats_header(words: str, row: Row, header: Sequence[Row]) -> bool:
    """Whether a row says again what a row of the header above says, as it does at the top of a new page."""
    written = [text for text in _texts(words, row) if text]
    return len(written) > 1 and any(written == [t for t in _texts(words, upper) if t] for upper in header)


def _spans_over(words: str, upper: Row, lower: Row) -> bool:
    """Whether a row is the upper line of the header below it: short words, fewer cells, one of them merged into it."""
    written = [t for t in _texts(words, upper) if t]
    if not written or any(is_figure(t) or len(t) > LONG for t in written):
        return False
    cells, below = {cell for cell in upper if cell}, {cell for cell in lower if cell}
    merged_down = bool(cells & below) or (upper[0] is not None and lower[0] is None)
    return merged_down and len(cells) < len(below) + (lower[0] is None)


def _texts(words: str, row: Row) -> list[str]:
    return [pieces_text(cell, words) if cell else "" for cell in row]


def _header_end(words: str, rows: Sequence[Row], start: int) -> int:
    """The row behind the header: rows of short words without a number that name columns, or stand under merged ones."""
    end = start + 1
    while end < len(rows) and end - start < _MOST_HEADER_ROWS:
        texts = _texts(words, rows[end])
        written = [t for t in texts if t]
        if not written or any(is_figure(t) or len(t) > LONG for t in written):
            break
        named = sum(header_kind(t) is not None for t in written)
        under_merged = not texts[0] and end + 1 < len(rows) and _has_numbers(words, rows[end + 1 : end + 3])
        if 2 * named < len(written) and not under_merged:
            break
        if rows[end] == rows[start]:
            break
        end += 1
    return end


def _has_numbers(words: str, rows: Sequence[Row]) -> bool:
    return any(sum(is_figure(t) for t in _texts(words, row)) >= 2 for row in rows)


def columns_of(words: str, header: Sequence[Row], body: Sequence[Row]) -> tuple[Column, ...]:
    """The columns under ``header``; without one, nameless columns as wide as the body."""
    if not header:
        return tuple(Column("", None, "") for _ in range(max((len(row) for row in body), default=0)))
    titles = _stacked([_texts(words, row) for row in header], max((len(row) for row in body), default=0))
    return tuple(_column(title) for title in titles)


def _column(title: str) -> Column:
    last = title.rsplit(" ", 1)[-1]
    kind = _kind_of_part(title, last) or header_kind(last) or header_kind(title.replace(" ", ""))
    if kind is None and " " in title:
        kind = header_kind(title.split(" ", 1)[0])
    return Column(title, kind, bracketed_unit(title))


def _kind_of_part(title: str, last: str) -> ColumnKind | None:
    """What 年初预算 says over 基本支出 and 项目支出: they are parts of it, not spending by themselves."""
    above = header_kind(title.split(" ", 1)[0]) if " " in title else None
    return above if above in MONEY_KINDS and _PARTS.fullmatch(last) else None


def _stacked(rows: list[list[str]], body_width: int) -> list[str]:
    """One title a column: the words of all header rows above it, with merged parents spread over their children."""
    width = max(len(row) for row in rows)
    if len(rows) > 1 and width < body_width and all(row[0] for row in rows):
        titles = rows[0]
        for row in rows[1:]:
            titles = _with_children(titles, row)
        return titles
    grid = [_spread(row, rows[n + 1] if n + 1 < len(rows) else None, width) for n, row in enumerate(rows)]
    return [" ".join(dict.fromkeys(word for word in column if word)) for column in zip(*grid, strict=True)]


def _spread(row: list[str], below: list[str] | None, width: int) -> list[str]:
    """``row`` at full width: a cell that the rows below divide takes the places that are missing."""
    missing = width - len(row)
    if missing > 0:
        place = next((n for n, cell in enumerate(row) if _SPREADS.fullmatch(cell)), None)
        row = [*row, *[""] * missing] if place is None else _repeated(row, place, missing)
    if below is None or (not any(row[1:]) and not below[0]):  # one word beside the headers below, over none of them
        return row
    out, carried = [], ""
    for n, cell in enumerate(row):
        carried = cell or (carried if n < len(below) and below[n] else "")
        out.append(carried)
    return out


def _repeated(row: list[str], place: int, times: int) -> list[str]:
    return [*row[: place + 1], *[row[place]] * times, *row[place + 1 :]]


def _with_children(parents: list[str], children: list[str]) -> list[str]:
    """Parents with the children of a row that leaves merged cells out, each family under its own parent."""
    out: list[str] = []
    left = list(children)
    for parent in parents:
        taken = 0
        family = _family(parent)
        while family is not None and taken < len(left) and header_kind(left[taken]) in family:
            taken += 1
        out += [f"{parent} {child}" for child in left[:taken]] if taken > 1 else [parent]
        left = left[taken:] if taken > 1 else left
    return out


def _family(parent: str) -> frozenset[ColumnKind | None] | None:
    kind = header_kind(parent)
    return next((family for family in _FAMILIES if kind in family), None)


def bracketed_unit(title: str) -> str:
    """The first unit in brackets of a header or name: ``宣传次数(次)`` → ``次``, ``部门(单位)收支(元)`` → ``元``."""
    return next((match[1] for match in _BRACKETED_UNIT.finditer(title) if is_unit(match[1])), "")


def bare_name(name: str) -> str:
    """A name without spaces and without a unit in brackets."""
    return _BRACKETED_UNIT.sub("", "".join(name.split()))
