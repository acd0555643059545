"""A document's text as a page shows it: lines and tables in text order, each cut into runs around its marks.

Every character that is no white space is shown exactly once, and every mark whole: in one run, or, where lines of other
cells stand inside it, in one run a piece.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from extract.controls import visible
from extract.offsets import CharSpan, Pieces
from extract.records import Cell, Claim, Document, Excluded, SegmentKind, Table

Marked = Claim | Excluded

_BREAK = re.compile(r"[^\S\n]*\n\s*")
LONG = 14  #: characters from which a cell is read as prose
_NUMERIC_SHARE = 0.5  #: a cell with more of its characters in claims stands to the right


class Fragment(NamedTuple):
    """A stretch of text that is (a piece of) a mark."""

    span: CharSpan
    mark: Marked
    first: bool


class Run(NamedTuple):
    """A stretch of text; with ``mark`` exactly the text of that claim or number set aside, or of a piece of it."""

    text: str
    mark: Marked | None
    first: bool = True  #: of a mark's pieces


@dataclass(frozen=True, slots=True)
class Line:
    """A written line of prose."""

    number: int  #: counted from 1 in the text as read
    start: int
    runs: tuple[Run, ...]
    heading: bool


@dataclass(frozen=True, slots=True)
class ShownCell:
    runs: tuple[Run, ...]
    header: bool
    numeric: bool
    long: bool
    columns: int = 1  #: how many it is spread over


@dataclass(frozen=True, slots=True)
class ShownRow:
    number: int
    start: int  #: where its first cell begins
    cells: tuple[ShownCell | None, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    index: int
    rows: tuple[ShownRow, ...]
    leftovers: tuple[Line, ...]  #: text between its cells that belongs to none


Block = Line | ShownTable


def lay_out(document: Document, fragments: Sequence[Fragment]) -> Iterator[Block]:
    """Lines and tables of ``document`` in text order; ``fragments`` are disjoint and in text order."""
    page = _Page(document, fragments)
    position = 0
    for table in sorted(document.tables, key=lambda t: (t.span.start, -t.span.end)):
        if table.span.start >= position and page.can_show(table):
            yield from page.lines(position, table.span.start)
            yield page.table(table)
            position = table.span.end
    yield from page.lines(position, len(document.text))


def fragments_of(
    document: Document, claims: Sequence[Claim], excluded: Sequence[Excluded] = ()
) -> tuple[Fragment, ...]:
    """The marks of a text as disjoint fragments in text order; of marks that overlap the claim, or the first, stays."""
    homes = sorted((piece.start, segment.pieces) for segment in document.segments for piece in segment.pieces)
    kept: list[Fragment] = []
    marks: list[Marked] = [*sorted(claims, key=_span), *sorted(excluded, key=_span)]
    for mark in marks:
        own = mark.segment.pieces if isinstance(mark, Claim) else _home(homes, mark.span.start)
        pieces = pieces_of(mark.span, own, document.text)
        if not any(_overlaps(kept, piece) for piece in pieces):
            for piece in pieces:
                kept.insert(bisect_left(kept, piece, key=_span), Fragment(piece, mark, piece == pieces[0]))
    return tuple(kept)


def _span(spanned: Marked | Fragment) -> CharSpan:
    return spanned.span


def _home(homes: Sequence[tuple[int, Pieces]], offset: int) -> Pieces:
    """The pieces of the segment that ``offset`` lies in, if any."""
    index = bisect_right(homes, offset, key=lambda home: home[0]) - 1
    return homes[index][1] if index >= 0 else ()


def pieces_of(span: CharSpan, own: Pieces, text: str) -> Pieces:
    """The pieces of ``own`` that ``span`` is read from; those with only white space between are one."""
    cut = [CharSpan(max(p.start, span.start), min(p.end, span.end)) for p in own if p.overlaps(span)]
    if not cut or (cut[0].start, cut[-1].end) != (span.start, span.end):
        return (span,)
    return tuple(_bridged(cut, lambda start, end: not text[start:end].strip()))


def _bridged(pieces: Iterable[CharSpan], joins: Callable[[int, int], bool]) -> Iterator[CharSpan]:
    """``pieces`` with neighbours made one where ``joins(end of one, start of the next)``."""
    last: CharSpan | None = None
    for piece in pieces:
        if last is not None and last.end <= piece.start and joins(last.end, piece.start):
            last = CharSpan(last.start, piece.end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _overlaps(kept: Sequence[Fragment], span: CharSpan) -> bool:
    at = bisect_left(kept, span, key=_span)
    return any(other.span.overlaps(span) for other in kept[max(0, at - 1) : at + 1])


class _Page:
    """A text with the fragments of its marks, ready to be cut."""

    def __init__(self, document: Document, fragments: Sequence[Fragment]) -> None:
        self.text, self.fragments = document.text, fragments
        self.starts = [fragment.span.start for fragment in fragments]
        self.breaks = [match.start() for match in re.finditer("\n", document.text)]
        self.headings = {s.span for s in document.segments if s.kind is SegmentKind.HEADING}

    def within(self, start: int, end: int) -> Sequence[Fragment]:
        """The fragments that touch ``[start, end)``."""
        first = bisect_right(self.starts, start) - 1
        first += first < 0 or self.fragments[first].span.end <= start
        return self.fragments[first : bisect_left(self.starts, end)]

    def cuts(self, offset: int) -> bool:
        """Whether ``offset`` lies inside a fragment."""
        return any(fragment.span.start < offset for fragment in self.within(offset, offset + 1))

    def lines(self, start: int, end: int) -> Iterator[Line]:
        """The written lines of ``[start, end)``; a line break inside a mark parts none."""
        first = start
        inside = self.breaks[bisect_left(self.breaks, start) : bisect_left(self.breaks, end)]
        for cut in (*inside, end):
            if cut < end and self.cuts(cut):
                continue
            span = self.written(first, cut)
            if span:
                number = bisect_left(self.breaks, span.start) + 1
                yield Line(number, span.start, tuple(self.runs(span)), span in self.headings)
            first = cut

    def written(self, start: int, end: int) -> CharSpan | None:
        """``[start, end)`` without white space at its ends, as far as no mark holds it."""
        inside = self.within(start, end)
        lead, trail = (inside[0].span.start, inside[-1].span.end) if inside else (end, start)
        while start < min(end, lead) and self.text[start].isspace():
            start += 1
        while end > max(start, trail) and self.text[end - 1].isspace():
            end -= 1
        return CharSpan(start, end) if start < end else None

    def runs(self, span: CharSpan) -> Iterator[Run]:
        position = span.start
        for fragment in self.within(span.start, span.end):
            if position < fragment.span.start:
                yield Run(self.plain(position, fragment.span.start), None)
            yield Run(visible(fragment.span.of(self.text)), fragment.mark, fragment.first)
            position = fragment.span.end
        if position < span.end:
            yield Run(self.plain(position, span.end), None)

    def plain(self, start: int, end: int) -> str:
        """Text between marks, its empty lines closed up."""
        return visible(_BREAK.sub("\n", self.text[start:end]))

    def pieces(self, cell: Cell) -> Pieces:
        """The pieces of a cell; where a mark runs from one into the next they are one."""
        return tuple(_bridged(cell.pieces, lambda start, end: self.cuts(start) and self.cuts(end)))

    def can_show(self, table: Table) -> bool:
        """Whether rows and columns hold all that the table's stretch of text does: no overlap, no mark cut."""
        cells = [cell for cell in table.cells if cell.pieces]
        if len({cell.row for cell in cells}) < 2 or len({cell.column for cell in cells}) < 2:
            return False
        spans = sorted(piece for cell in cells for piece in self.pieces(cell))
        if any(one.overlaps(other) for one, other in pairwise(spans)):
            return False
        edges = [table.span.start, table.span.end, *(edge for span in spans for edge in (span.start, span.end))]
        return all(table.span.holds(span) for span in spans) and not any(self.cuts(edge) for edge in edges)

    def table(self, table: Table) -> ShownTable:
        cells = sorted((cell for cell in table.cells if cell.pieces), key=_start)
        columns = sorted({cell.column for cell in cells})
        rows = []
        for number in sorted({cell.row for cell in cells}):
            own = [cell for cell in cells if cell.row == number]
            shown = [self.cell([cell for cell in own if cell.column == column]) for column in columns]
            rows.append(ShownRow(number, min(map(_start, own)), _spread(shown)))
        return ShownTable(table.index, tuple(rows), tuple(self.leftovers(table)))

    def leftovers(self, table: Table) -> Iterator[Line]:
        position = table.span.start
        for span in sorted(piece for cell in table.cells for piece in self.pieces(cell)):
            yield from self.lines(position, span.start)
            position = span.end
        yield from self.lines(position, table.span.end)

    def cell(self, cells: Sequence[Cell]) -> ShownCell | None:
        """What stands in one place of a table; several cells that fell together are shown one under the other."""
        runs: list[Run] = []
        for cell in cells:
            runs += [Run("\n", None)] if runs else []
            runs += [run for piece in self.pieces(cell) for run in self.runs(piece)]
        if not runs:
            return None
        length = sum(len(run.text) for run in runs)
        measured = sum(len(run.text) for run in runs if isinstance(run.mark, Claim))
        numeric = length <= LONG and measured > length * _NUMERIC_SHARE
        return ShownCell(tuple(runs), any(cell.is_header for cell in cells), numeric, length > LONG)


def _spread(cells: list[ShownCell | None]) -> tuple[ShownCell | None, ...]:
    """A row whose last written cell, if it is long or the only one, takes the empty places behind it."""
    written = [n for n, cell in enumerate(cells) if cell]
    last = cells[written[-1]]
    if last is None or not (last.long or len(written) == 1):
        return tuple(cells)
    return (*cells[: written[-1]], replace(last, columns=len(cells) - written[-1]))


def _start(cell: Cell) -> int:
    return min(piece.start for piece in cell.pieces)
