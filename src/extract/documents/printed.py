"""Words and ruling lines of a page → its paragraphs and tables, for formats that only say what is printed where.

Words → printed lines → paragraphs; ruling lines → grids → tables whose cells hold the words inside them. All in points
(1/72 inch) from the upper left corner of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.documents.blocks import Block, BlockCell, BlockTable, Paragraph
from extract.offsets import CharSpan
from extract.records import Box, Origin, Stretch

MAX_WORDS = 200_000  #: of one page
MAX_RULINGS = 20_000
MAX_CELLS = 20_000  #: places of one grid
_NEAR = 2.5  #: points by which rulings may miss one another
_COVERED = 0.6  #: of a cell's side, that makes it ruled
_WORD_GAP, _COLUMN_GAP = 0.3, 1.6  #: in heights of a line
_PAGE_NUMBER = re.compile(r"[\s\-—–·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:[\s,，/]*共?\s*\d{1,4}\s*页?)?[\s\-—–·]*")
_BEGINS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|第[一二三四五六七八九十]+[章节条部])"
)
_ENDS = tuple("。！？：；:;!?")


class Word(NamedTuple):
    """Characters of one printed line, each with its left and right edge."""

    text: str
    box: Box
    edges: tuple[tuple[float, float], ...]

    @property
    def height(self) -> float:
        return max(self.box[3] - self.box[1], 1.0)

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    def part(self, start: int, end: int) -> Word:
        edges = self.edges[start:end]
        return Word(self.text[start:end], (edges[0][0], self.box[1], edges[-1][1], self.box[3]), edges)


class Ruling(NamedTuple):
    """A straight line, upright or level."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


class Page(NamedTuple):
    number: int  #: counted from 1
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...] = ()
    origin: Origin = Origin.TEXT


class _Grid(NamedTuple):
    columns: list[float]
    rows: list[float]
    upright: list[Ruling]
    level: list[Ruling]

    @property
    def box(self) -> Box:
        return (self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])


def evenly_edged(text: str, box: Box) -> Word:
    """A word of which only the box is known: its characters share the width, half-width ones taking half."""
    shares = [1.0 if ord(character) > 0x2E7F else 0.55 for character in text]
    unit, at, edges = (box[2] - box[0]) / (sum(shares) or 1.0), box[0], list[tuple[float, float]]()
    for share in shares:
        edges.append((at, at + share * unit))
        at += share * unit
    return Word(text, box, tuple(edges))


def printed_blocks(pages: Iterable[Page]) -> tuple[list[Block], bool]:
    """Paragraphs and tables of the pages in reading order; and whether any table is ruled.

    Where none is, wide gaps in a line are tabs, so that columns of words can be told by the text alone.
    """
    made, is_ruled, last = list[Block](), False, None
    for page in pages:
        grids = _grids(page.rulings[:MAX_RULINGS])
        is_ruled = is_ruled or bool(grids)
        words = [cut for word in page.words[:MAX_WORDS] for cut in _cut(word, grids)]
        inside = {number: [word for word in words if _is_inside(word, grid)] for number, grid in enumerate(grids)}
        outside = [word for word in words if not any(_is_inside(word, grid) for grid in grids)]
        lines = [line for line in _lines(outside) if not _is_page_number(line, page)]
        above = 0
        for number, grid in enumerate(grids):
            until = next((n for n, line in enumerate(lines) if line[0].middle > grid.rows[0]), len(lines))
            between = _paragraphs(lines[above:until], page)
            made += between
            table = _table(grid, inside[number], page)
            if number == 0 and not between and made and last is not None and _is_same_width(last, grid):
                table = _continued(made.pop(), table)
            made.append(table)
            above, last = max(above, until), grid
        below = _paragraphs(lines[above:], page)
        made += below
        last = None if below else last
    return made, is_ruled


def _is_inside(word: Word, grid: _Grid) -> bool:
    left, top, right, bottom = grid.box
    return left - _NEAR <= (word.box[0] + word.box[2]) / 2 <= right + _NEAR and top <= word.middle <= bottom


def _is_page_number(line: list[Word], page: Page) -> bool:
    text = "".join(word.text for word in line)
    at_edge = line[0].middle > 0.9 * page.height or line[0].middle < 0.06 * page.height
    return at_edge and _PAGE_NUMBER.fullmatch(text) is not None


# Lines and paragraphs


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words whose middles are level with one another, from left to right; lines from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.box[0])):
        if lines and abs(word.middle - lines[-1][0].middle) < 0.5 * min(word.height, lines[-1][0].height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box[0]) for line in lines]


def _paragraphs(lines: list[list[Word]], page: Page) -> list[Block]:
    """Printed lines, those joined that go on in the next."""
    if not lines:
        return []
    left = min(line[0].box[0] for line in lines)
    right = max(line[-1].box[2] for line in lines)
    groups: list[list[list[Word]]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, left, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, page) for group in groups]


def _goes_on(line: list[Word], following: list[Word], left: float, right: float) -> bool:
    height = line[0].height
    return (
        line[-1].box[2] > right - 1.6 * height
        and following[0].box[0] < left + 1.2 * height
        and 0.75 < following[0].height / height < 1.35
        and following[0].middle - line[0].middle < 3.5 * height
        and not _BEGINS.match(following[0].text)
        and not (line[-1].text.endswith(_ENDS) and line[-1].box[2] < right - 0.8 * height)
    )


def _paragraph(lines: Sequence[list[Word]], page: Page, between: Callable[[int], str] = lambda _: "") -> Paragraph:
    """The lines as one text, each of them a stretch; ``between`` says what parts a line from the one before it."""
    text, stretches = "", list[Stretch]()
    for number, line in enumerate(lines):
        text += between(number) if number else ""
        joined = _joined(line)
        span = CharSpan(len(text), len(text) + len(joined.text))
        place = Stretch(
            span=span, page=page.number, box=_rounded(joined.box), edges=_round_edges(joined), origin=page.origin
        )
        stretches.append(place)
        text += joined.text
    return Paragraph(text, tuple(stretches))


def _joined(line: list[Word]) -> Word:
    """The words of a line as one, parted by a space or, where a column ends, by a tab."""
    text, edges = line[0].text, list(line[0].edges)
    for before, word in pairwise(line):
        gap = (word.box[0] - before.box[2]) / min(before.height, word.height)
        mark = "\t" if gap > _COLUMN_GAP else " " if gap > _WORD_GAP else ""
        text += mark + word.text
        edges += [(before.box[2], max(before.box[2], word.box[0]))] * len(mark) + list(word.edges)
    tops, bottoms = [word.box[1] for word in line], [word.box[3] for word in line]
    return Word(text, (line[0].box[0], min(tops), line[-1].box[2], max(bottoms)), tuple(edges))


def _rounded(box: Box) -> Box:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


def _round_edges(word: Word) -> tuple[tuple[float, float], ...]:
    return tuple((round(left, 2), round(right, 2)) for left, right in word.edges)


# Tables


def _grids(rulings: Sequence[Ruling]) -> list[_Grid]:
    """Tables that rulings draw, from top to bottom: those that touch one another belong together."""
    made = []
    for group in _touching([ruling for ruling in rulings if max(ruling[2] - ruling[0], ruling[3] - ruling[1]) > 4]):
        level = [ruling for ruling in group if ruling.is_level]
        upright = [ruling for ruling in group if not ruling.is_level]
        rows = _clustered((ruling.top + ruling.bottom) / 2 for ruling in level)
        columns = _clustered((ruling.left + ruling.right) / 2 for ruling in upright)
        if len(rows) >= 2 and len(columns) >= 2 and (len(rows) - 1) * (len(columns) - 1) <= MAX_CELLS:
            made.append(_Grid(columns, rows, upright, level))
    whole = [grid for grid in made if len(grid.rows) + len(grid.columns) > 4]
    return sorted(whole, key=lambda grid: (grid.rows[0], grid.columns[0]))


def _touching(rulings: list[Ruling]) -> list[list[Ruling]]:
    groups: list[tuple[list[float], list[Ruling]]] = []
    for ruling in sorted(rulings, key=lambda ruling: ruling.top):
        near = [group for group in groups if _meet(group[0], ruling)]
        hull, members = [*ruling], [ruling]
        for group in near:
            hull = [
                min(hull[0], group[0][0]),
                min(hull[1], group[0][1]),
                max(hull[2], group[0][2]),
                max(hull[3], group[0][3]),
            ]
            members += group[1]
            groups.remove(group)
        groups.append((hull, members))
    return [members for _, members in groups]


def _meet(hull: Sequence[float], ruling: Ruling) -> bool:
    return (
        hull[0] - _NEAR <= ruling.right
        and ruling.left <= hull[2] + _NEAR
        and hull[1] - _NEAR <= ruling.bottom
        and ruling.top <= hull[3] + _NEAR
    )


def _clustered(values: Iterable[float]) -> list[float]:
    """The values in order, of those that all but meet only the first."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _cut(word: Word, grids: list[_Grid]) -> list[Word]:
    """A word parted where an upright ruling goes through it: recognised lines know no columns."""
    cuts = {0, len(word.text)}
    for grid in grids:
        for ruling in grid.upright:
            if word.box[0] + 1 < ruling.left < word.box[2] - 1 and ruling.top <= word.middle <= ruling.bottom:
                cuts.add(sum((left + right) / 2 < ruling.left for left, right in word.edges))
    return [word.part(start, end) for start, end in pairwise(sorted(cuts)) if word.text[start:end].strip()]


def _table(grid: _Grid, words: list[Word], page: Page) -> BlockTable:
    """The grid's cells with the words inside them; where a side is not ruled, cells are merged."""
    rows, columns = len(grid.rows) - 1, len(grid.columns) - 1
    open_right = [[not _is_ruled(grid, row, column, upright=True) for column in range(columns)] for row in range(rows)]
    open_below = [[not _is_ruled(grid, row, column, upright=False) for column in range(columns)] for row in range(rows)]
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        place = _place(grid, word, open_right, open_below)
        held.setdefault(place, []).append(word)
    made = []
    for row in range(rows):
        cells, column = list[BlockCell](), 0
        while column < columns:
            width = 1
            while column + width < columns and open_right[row][column + width - 1]:
                width += 1
            goes_on, goes_down = row > 0 and open_below[row - 1][column], row + 1 < rows and open_below[row][column]
            blocks = () if goes_on else _cell(held.get((row, column), []), page)
            cells.append(BlockCell(blocks, column, width, goes_on or goes_down, goes_on))
            column += width
        made.append(tuple(cells))
    return BlockTable(tuple(made), columns)


def _place(grid: _Grid, word: Word, right: list[list[bool]], below: list[list[bool]]) -> tuple[int, int]:
    """Row and column of the cell that holds the word; of a merged one, of its upper left part."""
    row = max(0, min(len(below) - 1, sum(top <= word.middle for top in grid.rows) - 1))
    middle = (word.box[0] + word.box[2]) / 2
    column = max(0, min(len(right[0]) - 1, sum(left <= middle for left in grid.columns) - 1))
    while column and right[row][column - 1]:
        column -= 1
    while row and below[row - 1][column]:
        row -= 1
    return row, column


def _is_same_width(above: _Grid, grid: _Grid) -> bool:
    """Whether two grids begin and end alike and have as many columns: the second goes on on a new page."""
    ends = zip((above.columns[0], above.columns[-1]), (grid.columns[0], grid.columns[-1]), strict=True)
    return len(above.columns) == len(grid.columns) and all(abs(one - two) < 4 * _NEAR for one, two in ends)


def _continued(above: Block, table: BlockTable) -> BlockTable:
    return BlockTable(above.rows + table.rows, table.width) if isinstance(above, BlockTable) else table


def _is_ruled(grid: _Grid, row: int, column: int, *, upright: bool) -> bool:
    """Whether the right side of a cell, or its lower side, is drawn."""
    if upright:
        at, start, end = grid.columns[column + 1], grid.rows[row], grid.rows[row + 1]
        drawn = [(r.top, r.bottom) for r in grid.upright if abs((r.left + r.right) / 2 - at) <= _NEAR]
    else:
        at, start, end = grid.rows[row + 1], grid.columns[column], grid.columns[column + 1]
        drawn = [(r.left, r.right) for r in grid.level if abs((r.top + r.bottom) / 2 - at) <= _NEAR]
    covered = sum(max(0.0, min(end, last) - max(start, first)) for first, last in drawn)
    return covered >= _COVERED * (end - start)


def _cell(words: list[Word], page: Page) -> tuple[Block, ...]:
    """The lines of a cell: one that is as wide as the widest goes on in the next."""
    lines = _lines(words)
    if not lines:
        return ()
    right = max(line[-1].box[2] for line in lines)

    def between(number: int) -> str:
        before = lines[number - 1]
        goes_on = before[-1].box[2] > right - 1.2 * before[0].height and not before[-1].text.endswith(_ENDS)
        return "" if goes_on and not _BEGINS.match(lines[number][0].text) else "\n"

    return (_paragraph(lines, page, between),)
