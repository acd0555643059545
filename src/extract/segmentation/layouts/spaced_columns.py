"""Columns of spaces, as page layouts print them: a cell's lines stand below one another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extract.offsets import CharSpan, folded
from extract.segmentation.captions import is_caption
from extract.segmentation.layouts.written import NUMBER_CELL, Row, Written, is_header
from extract.segmentation.lines import Line
from extract.segmentation.placement import OPERATOR, is_unit

_CHUNK = re.compile(r"\S(?:\S| (?! ))*")
_FEWEST_ROWS, _FEWEST_PAIRS = 2, 3
_COUNTED = re.compile(r"[(][^()]{1,6}[)]$|数|额|分$|支出|收入|预算|决算|得分|分值")  #: in a header of figures
_LONG_LINE = (
    14  #: from here on a line is part of a text; as many short ones as the row above has are a row of their own
)
_INDENT, _FILLED = 4, 40  #: places from the left that a paragraph may begin at, and that it must reach
_GLUED = re.compile(
    r"(?<=[^\d.,，≥≤＞＜><=－-])\d+(?:\.\d+)?$"
)  #: the figure of the next column, right behind a long name
_LEVELS = re.compile(
    r"^(?:产出|效益|满意|成本|投入|过程|效果|预算|决策|管理|数量|质量|时效|经济|社会|生态|可持续|服务|年度|项目|资金|总分|合计)"
)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A run of text without two spaces, with its columns on the page (wide characters count two)."""

    span: CharSpan
    left: int
    right: int


def spaced_columns(text: str, lines: tuple[Line, ...], first: int) -> Written | None:
    """At least two lines of three chunks whose gaps stand below one another; each header has its own columns.

    Of two chunks where a header stands on top and every line below it has a name and a figure.
    """
    width = len(_CHUNK.findall(lines[first].text))
    if width < 2 or len(_chunks(lines[first])) < width == 2 or len(_chunks(lines[first])) < min(width, 3):
        return None
    block = _block(lines, first)
    chunks = [_chunks(line) for line in block]
    if width == 2 and not _are_pairs(text, chunks):
        return None
    if width > 2 and sum(len(each) >= 3 for each in chunks) < _FEWEST_ROWS:
        return None
    rows: list[Row] = []
    for start, end in _tables(text, chunks):
        parted = _parted(text, chunks[start:end])
        rows += _rows(text, parted, _columns(parted))
    return Written(tuple(rows), block[-1].number) if rows else None


def _are_pairs(text: str, rows: list[list[_Chunk]]) -> bool:
    """Whether each line has a name and a figure, below a header that names what the figures are."""
    header, *below = [[folded(chunk.span.of(text)) for chunk in row] for row in rows]
    is_named = (
        len(header) == 2 and _COUNTED.search(header[1]) is not None and not any(map(NUMBER_CELL.fullmatch, header))
    )
    are_pairs = all(len(row) == 2 and NUMBER_CELL.fullmatch(row[1]) for row in below)
    return is_named and are_pairs and len(below) >= _FEWEST_PAIRS


def _tables(text: str, chunks: list[list[_Chunk]]) -> Iterator[tuple[int, int]]:
    """[start, end) of the lines under each header."""
    starts = [n for n, each in enumerate(chunks) if is_header([c.span.of(text) for c in each])]
    starts = [n for n in starts if n - 1 not in starts]
    edges = sorted({0, *starts, len(chunks)})
    yield from pairwise(edges)


def _parted(text: str, rows: list[list[_Chunk]]) -> list[list[_Chunk]]:
    """The rows, with a name that runs into the next column's figure parted from it where that column begins."""
    lefts = {chunk.left for chunk in rows[0]} if is_header([c.span.of(text) for c in rows[0]]) else set()
    fewer = (len(chunks) < len(rows[0]) for chunks in rows)
    return [
        [part for chunk in chunks for part in (_halves(text, chunk, lefts) if short else (chunk,))]
        for chunks, short in zip(rows, fewer, strict=True)
    ]


def _halves(text: str, chunk: _Chunk, lefts: set[int]) -> tuple[_Chunk, ...]:
    words = chunk.span.of(text)
    figure = _GLUED.search(words)
    if figure is None or (left := chunk.left + _width(words[: figure.start()])) not in lefts:
        return (chunk,)
    middle = chunk.span.start + figure.start()
    return (
        _Chunk(CharSpan(chunk.span.start, middle), chunk.left, left - 1),  # a gap parts columns
        _Chunk(CharSpan(middle, chunk.span.end), left, chunk.right),
    )


def _chunks(line: Line) -> list[_Chunk]:
    if "\t" in line.text.strip() or "|" in line.text:
        return []
    chunks: list[_Chunk] = []
    for mark in _CHUNK.finditer(line.text.rstrip()):
        start, left = mark.start(), _width(line.text[: mark.start()])
        if chunks and _is_letter(mark[0]) and _is_letter(chunks[-1].span.of(line.text)):
            start, left = chunks[-1].span.start, chunks.pop().left
        chunks.append(_Chunk(CharSpan(start, mark.end()), left, _width(line.text[: mark.end()])))
    return [replace(c, span=CharSpan(line.start + c.span.start, line.start + c.span.end)) for c in chunks]


def _is_letter(words: str) -> bool:
    """A single Chinese character, as of 项  目: such a word is spread, and no two cells."""
    return len(words) == 1 and "一" <= words <= "鿿"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _block(lines: tuple[Line, ...], first: int) -> list[Line]:
    """The lines of one table: up to a blank line, a caption, or a line that begins at the margin and fills the page."""
    block = [lines[first]]
    for line in lines[first + 1 :]:
        chunks = _chunks(line)
        if not chunks or is_caption(line.text) or _is_prose(chunks):
            break
        block.append(line)
    return block


def _is_prose(chunks: list[_Chunk]) -> bool:
    """A single run that begins at the margin, or a paragraph's indent behind it, and fills the page."""
    return len(chunks) == 1 and chunks[0].left <= _INDENT and chunks[0].right > _FILLED


def _columns(rows: list[list[_Chunk]]) -> list[tuple[int, int]]:
    """[left, right) of each column: stretches of the page with a gap on either side that no full line crosses."""
    most = max(len(chunks) for chunks in rows)
    full = [chunks for chunks in rows if 3 * len(chunks) >= 2 * most and len(chunks) >= 2] or rows
    filled = {place for chunks in full for chunk in chunks for place in range(chunk.left, chunk.right)}
    columns: list[tuple[int, int]] = []
    for place in sorted(filled):
        if columns and columns[-1][1] == place:
            columns[-1] = (columns[-1][0], place + 1)
        else:
            columns.append((place, place + 1))
    return _in_order(full, most) if len(columns) < most and _are_alike(full, most) else columns


def _are_alike(rows: list[list[_Chunk]], most: int) -> bool:
    """Whether nearly all full lines have as many chunks, so that their order tells the columns if gaps do not."""
    return len(rows) > _FEWEST_ROWS and 4 * sum(len(chunks) == most for chunks in rows) >= 3 * len(rows)


def _in_order(rows: list[list[_Chunk]], most: int) -> list[tuple[int, int]]:
    """[left, right) of the first chunks, the second chunks and so on, as most lines have them."""
    columns = list(zip(*(chunks for chunks in rows if len(chunks) == most), strict=True))
    return [(int(median(c.left for c in column)), int(median(c.right for c in column))) for column in columns]


def _column_of(chunk: _Chunk, columns: list[tuple[int, int]]) -> int:
    """The column that a chunk shares most places with, else the nearest."""

    def nearness(n: int) -> tuple[int, int]:
        left, right = columns[n]
        return min(chunk.right, right) - max(chunk.left, left), -abs(left - chunk.left)

    return max(range(len(columns)), key=nearness)


def _rows(text: str, rows: list[list[_Chunk]], columns: list[tuple[int, int]]) -> list[Row]:
    out: list[list[list[CharSpan]]] = []
    for chunks in rows:
        whole = len(chunks) == len(columns)
        placed = [(n if whole else _column_of(chunk, columns), chunk.span) for n, chunk in enumerate(chunks)]
        if out and _goes_on(text, placed, out[-1], is_first=len(out) == 1):
            row = out[-1]
        else:
            row = [[] for _ in columns]
            out.append(row)
        for index, (column, span) in enumerate(placed):
            above = row is not out[0] and column <= 1 and not row[column] and _is_rest(text, placed, index)
            (_last_written(out, column) if above else row[column]).append(span)
    return [tuple(tuple(cell) or None for cell in row) for row in out]


def _goes_on(text: str, placed: list[tuple[int, CharSpan]], row: list[list[CharSpan]], *, is_first: bool) -> bool:
    """Whether a line only adds to cells of the row above: no number of its own, no cell that was empty."""
    texts = [folded(span.of(text)) for _, span in placed]
    if any(NUMBER_CELL.fullmatch(t) for t in texts):
        return False
    if is_first and is_header(["".join(s.of(text) for s in cell) for cell in row]) is False and is_header(texts):
        return False
    filled = sum(bool(cell) for cell in row)
    as_many = len(placed) >= filled and max(map(len, texts)) < _LONG_LINE
    return all(row[column] for column, _ in placed) and not as_many


def _is_rest(text: str, placed: list[tuple[int, CharSpan]], index: int) -> bool:
    """Whether a word in the outer columns is the rest of a merged cell that began above: another name stands behind."""
    own = placed[index][1].of(text)
    if index + 1 >= len(placed) or _LEVELS.match(own) is not None or any(c.isdigit() for c in own):
        return False
    behind = folded(placed[index + 1][1].of(text))
    return NUMBER_CELL.fullmatch(behind) is None and not is_unit(behind) and OPERATOR.fullmatch(behind) is None


def _last_written(rows: list[list[list[CharSpan]]], column: int) -> list[CharSpan]:
    for row in reversed(rows[1:-1]):
        if row[column]:
            return row[column]
    return rows[-1][column]
