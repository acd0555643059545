"""Single cells, one below the other with blank lines or bars between: rows are found by what the cells say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, islice

from extract.offsets import CharSpan, Pieces, joined
from extract.records import ColumnKind
from extract.segmentation.captions import is_caption
from extract.segmentation.layouts.written import LONG, Row, Written, header_kind, is_figure
from extract.segmentation.levels import name_levels
from extract.segmentation.lines import Line, trimmed
from extract.segmentation.numbering import numbered
from extract.segmentation.placement import MONEY_KINDS, is_unit, place_under, placed_stream

_BAR_END = re.compile(r"\s*\|\s*$")
_OPENED, _CLOSED = re.compile(r"[(（][^)）]*$"), re.compile(r"[^(（]*[)）]")
_UNIT_ALONE, _NAME = re.compile(r"[(（][^()（）]{1,8}[)）]"), re.compile(r"[一-鿿“”]{2,20}")
_LONGEST_BARRED = 60
_LONGEST_LINE = 20
_LONGEST_WORD = 12  #: of a header whose pieces are put together
_SHORT_REST = 2  #: of a header for reasons, whose words nearly anything may go on
_MOST_LINES = 8
_MOST_LONG = 3  #: long cells in a row: goals and their results
_FEWEST_CELLS = 10
_FEWEST_HEADERS = 3
_UNTELLING = (ColumnKind.NAME, ColumnKind.REASON, ColumnKind.UNIT, ColumnKind.SERIAL)
_GOALS = (ColumnKind.TARGET, ColumnKind.ACTUAL)


def single_cells(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least ten short cells, three of them in a row the headers of columns; or goals and results alone."""
    if "\t" in lines[first].text or len(lines[first].text.strip()) > _LONGEST_LINE:
        return None
    cells = _whole_words(text, _cells_below(text, lines, first))
    if len(cells) < _FEWEST_CELLS:
        return _goals(text, lines, first, cells)
    texts = [joined(text, cell) for cell in cells]
    headers = _header_runs(texts)
    if not headers or headers[0][0] > _MOST_LINES:
        return None
    rows: list[Row] = _above_headers(cells[: headers[0][0]], texts)
    for (start, end), until in zip(headers, [run[0] for run in headers[1:]] + [len(cells)], strict=True):
        rows += _table(cells, texts, start, end, until)
    return Written(tuple(rows), _line_of(lines, first, cells[-1][-1].end))


def _above_headers(cells: Sequence[Pieces], texts: Sequence[str]) -> list[Row]:
    """Rows of single cells; a long one stands in the row of its heading: 年度总体目标 and what it tells."""
    rows: list[Row] = []
    for cell, words in zip(cells, texts, strict=False):
        if rows and len(words) > 2 * LONG and len(rows[-1]) == 1 and _length(rows[-1][0]) <= LONG:
            rows[-1] = (*rows[-1], cell)
        else:
            rows.append((cell,))
    return rows


def _length(cell: Pieces | None) -> int:
    return sum(piece.end - piece.start for piece in cell or ())


def _goals(text: str, lines: tuple[Line, ...], first: int, cells: Sequence[Pieces]) -> Written | None:
    """The headers of goals and of results, and a long cell for each."""
    kinds = tuple(header_kind(joined(text, cell)) for cell in cells[:2])
    if kinds != _GOALS or len(cells) < 4 or any(len(joined(text, cell)) <= LONG for cell in cells[2:4]):
        return None
    return Written((tuple(cells[:2]), tuple(cells[2:4])), _line_of(lines, first, cells[3][-1].end))


def _cells_below(text: str, lines: tuple[Line, ...], first: int) -> list[Pieces]:
    """The cells from a line on: lines that end in a bar, or paragraphs of short lines with blank lines between."""
    if _BAR_END.search(lines[first].text):
        return _barred_cells(text, lines, first)
    if _heads_stand_close(lines, first):
        return _line_cells(text, lines, first)
    return _spaced_cells(text, lines, first)


def _heads_stand_close(lines: tuple[Line, ...], first: int) -> bool:
    """Whether three headers stand on neighbouring lines, so that every line is a cell of its own."""
    heads = [header_kind(line.text.strip()) for line in lines[first : first + _FEWEST_HEADERS + 2] if not line.blank]
    gaps = any(line.blank for line in lines[first : first + _FEWEST_HEADERS])
    return not gaps and sum(head is not None for head in heads) >= _FEWEST_HEADERS


def _line_cells(text: str, lines: tuple[Line, ...], first: int) -> list[Pieces]:
    """One cell a line; blank lines are empty cells, and a heading or a long line ends the table."""
    cells: list[Pieces] = []
    for place, line in enumerate(lines[first:], first):
        heading = None if _names_figure(lines, place) else numbered(line.text)
        long = len(line.text.strip()) > _LONGEST_LINE + _LONGEST_WORD
        outermost = (heading is not None and heading.rank <= 1) or is_caption(line.text)
        if outermost or "\t" in line.text or (long and not _may_be_long(text, cells)):
            break
        span = trimmed(text, line.start, line.end)
        if span is not None:
            cells.append((span,))
    return cells


def _names_figure(lines: tuple[Line, ...], place: int) -> bool:
    """Whether a figure stands alone on the line below: 一、财政拨款收入 is the name of a row."""
    return place + 1 < len(lines) and is_figure(lines[place + 1].text.strip())


def _barred_cells(text: str, lines: tuple[Line, ...], first: int) -> list[Pieces]:
    """One cell a line, each with a bar behind it; a bar alone is an empty cell."""
    cells: list[Pieces] = []
    for line in lines[first:]:
        bar = _BAR_END.search(line.text)
        if bar is None or line.text.count("|") > 1:
            break
        if bar.start() > _LONGEST_BARRED and not _may_be_long(text, cells):
            break
        span = trimmed(text, line.start, line.start + bar.start())
        if span is not None:
            cells.append((span,))
    return cells


def _spaced_cells(text: str, lines: tuple[Line, ...], first: int) -> list[Pieces]:
    """Paragraphs of short lines with blank lines between them, up to the first that is no cell."""
    cells: list[Pieces] = []
    block: list[CharSpan] = []
    for line in chain(islice(lines, first, None), [None]):
        span = trimmed(text, line.start, line.end) if line else None
        if span is not None:
            if (
                "\t" in span.of(text)
                or is_caption(span.of(text))
                or (span.end - span.start > _LONGEST_LINE and not _may_be_long(text, cells))
            ):
                return cells
            block.append(span)
            if len(block) > _MOST_LINES and not _may_be_long(text, cells):
                return cells
        elif block:
            cells.append(tuple(block))
            block = []
    return cells


def _may_be_long(text: str, cells: Sequence[Pieces]) -> bool:
    """Whether the headers of goals and results stand right above."""
    kinds = [header_kind(joined(text, cell)) for cell in cells[-_MOST_LONG:]]
    return any(kind in _GOALS for kind in kinds)


def _whole_words(text: str, cells: list[Pieces]) -> list[Pieces]:
    """Cells whose words were cut put together: 产 出 指 标 under one another, 年初预 / 算数 that name a column."""
    out: list[Pieces] = []
    index = 0
    while index < len(cells):
        ends = (_end_of_letters, _end_of_header, _end_of_brackets, _end_of_level)
        end = next((found for behind in ends if (found := behind(text, cells, index))), index + 1)
        out.append(tuple(piece for cell in cells[index:end] for piece in cell))
        index = end
    return out


def _end_of_letters(text: str, cells: list[Pieces], index: int) -> int:
    """Behind a run of cells of one Chinese character each; 0 if there is none."""
    end = index
    while end < len(cells) and re.fullmatch(r"[一-鿿]", joined(text, cells[end])):
        end += 1
    return end if end - index >= 2 else 0


def _end_of_header(text: str, cells: list[Pieces], index: int) -> int:
    """Behind the pieces that together name a column, if none of them alone names another one."""
    if _level_in_letters(text, cells, index + 1):
        return 0
    for end in (index + 3, index + 2):
        parts = [joined(text, cell) for cell in cells[index:end]]
        whole = "".join(parts)
        known = len(parts) == end - index and len(whole) <= _LONGEST_WORD and header_kind(whole) is not None
        known = known and not _name_and_marks(text, cells, index, parts)
        if known and _name_one_column(parts) and not any(c.isdigit() for c in whole):
            return end
    return 0


def _level_in_letters(text: str, cells: list[Pieces], index: int) -> bool:
    """Whether a level's name begins there, one character a cell: 产 / 出 / 指 / 标."""
    letters = cells[index : _end_of_letters(text, cells, index)]
    return bool(name_levels("".join(joined(text, cell) for cell in letters)))


def _name_and_marks(text: str, cells: list[Pieces], index: int, parts: Sequence[str]) -> bool:
    """Whether the first part is the column of names that marks stand beside (指标 / 权重), as none stands before it."""
    first, *others = (header_kind(part) for part in parts)
    opens = index == 0 or header_kind(joined(text, cells[index - 1])) is None
    return opens and first is ColumnKind.NAME and any(o in (ColumnKind.WEIGHT, ColumnKind.SCORE) for o in others)


def _end_of_brackets(text: str, cells: list[Pieces], index: int) -> int:
    """Behind a cell whose bracket (项目资金（万元 / ）) or whose unit (（万元）) is the next one; 0 if neither is."""
    words, following = (joined(text, cell) for cell in (cells[index], *cells[index + 1 : index + 2], ())[:2])
    if _UNIT_ALONE.fullmatch(following) and is_unit(following[1:-1]) and _NAME.fullmatch(words):
        return index + 2
    opened = _OPENED.search(words)
    return index + 2 if opened and _CLOSED.match(following) and len(words + following) <= _LONGEST_LINE else 0


def _end_of_level(text: str, cells: list[Pieces], index: int) -> int:
    """Behind a level's name that 指标 in the next cell completes (产出 / 指标); 0 if it stands alone."""
    words = [joined(text, cell) for cell in cells[index : index + 2]]
    return index + 2 if words[1:] == ["指标"] and name_levels(words[0]) else 0


def _name_one_column(parts: Sequence[str]) -> bool:
    """Whether parts of a known header are its pieces (年初 / 预算数) and no headers of their own (目标 / 完成情况)."""
    kind = header_kind("".join(parts))
    first, *others = (header_kind(part) for part in parts)
    if kind is ColumnKind.REASON and first is kind:
        behind = zip(others, parts[1:], strict=True)
        return all(other is kind or (len(part) <= _SHORT_REST and not name_levels(part)) for other, part in behind)
    same = {None, ColumnKind.NAME, kind} | (MONEY_KINDS if first in MONEY_KINDS and first is kind else set())
    return first in (None, ColumnKind.NAME, kind) and all(other in same for other in others)


def _header_runs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """[start, end) of each run of cells that name columns."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, text in enumerate([*texts, ""]):
        if header_kind(text) is not None:
            start = index if start is None else start
        else:
            if start is not None and _names_columns(texts[start:index]):
                runs.append((start, index - _names_first_row(texts, start, index)))
            start = None
    return runs


def _names_first_row(texts: Sequence[str], start: int, end: int) -> bool:
    """Whether the last of a run of headers names the first row: just figures for the other columns stand behind it."""
    rest = end - start - 2
    if rest + 1 < _FEWEST_HEADERS or header_kind(texts[start]) is not ColumnKind.NAME:
        return False
    behind = [is_figure(text) for text in texts[end : end + rest + 1]]
    return behind == [True] * rest + [False]


def _names_columns(texts: Sequence[str]) -> bool:
    kinds = [header_kind(text) for text in texts]
    telling = sum(kind not in _UNTELLING for kind in kinds) >= 2
    return telling and (len(kinds) >= _FEWEST_HEADERS or tuple(kinds) == _GOALS)


def _table(cells: Sequence[Pieces], texts: Sequence[str], start: int, end: int, until: int) -> list[Row]:
    """A header row and the rows below it; a table whose header names no rows has a first column for names."""
    kinds: list[ColumnKind | None] = [header_kind(text) for text in texts[start:end]]
    header: Row = tuple(cells[start:end])
    if kinds[0] is ColumnKind.TARGET and ColumnKind.TARGET in kinds[1:]:
        kinds[0] = ColumnKind.NAME
    elif ColumnKind.NAME not in kinds:
        kinds, header = [ColumnKind.NAME, *kinds], (None, *header)
    titles = [*[""] * (len(header) - (end - start)), *texts[start:end]]
    places = [place_under(title, kind) for title, kind in zip(titles, kinds, strict=True)]
    rows: list[Row] = [header]
    for goal in [*_told_goals(texts, end, until), until]:
        for row in placed_stream(texts[end:goal], places):
            placed: list[Pieces | None] = [None] * len(kinds)
            for index, column in row:
                placed[column] = (*(placed[column] or ()), *cells[end + index])
            rows.append(tuple(placed))
        if goal < until:
            rows.append(tuple(cells[goal : goal + 2]))
        end = goal + 2
    return rows


def _told_goals(texts: Sequence[str], start: int, end: int) -> list[int]:
    """Cells that say 年度总体目标 with the text of the goals behind them, which are rows of their own."""
    pairs = ((n, header_kind(texts[n]), texts[n + 1]) for n in range(start, end - 1))
    return [n for n, kind, following in pairs if kind in _GOALS and len(following) > 2 * LONG]


def _line_of(lines: tuple[Line, ...], first: int, offset: int) -> int:
    return next(line.number for line in lines[first:] if line.end >= offset)
