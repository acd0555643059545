"""Characters and rulings of pages → paragraphs and tables in reading order: the stages put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.documents.blocks import Block, BlockCell, BlockTable, Paragraph
from extract.documents.pages.aligned import aligned_tables
from extract.documents.pages.characters import Character
from extract.documents.pages.columns import regions_of
from extract.documents.pages.frames import Frame
from extract.documents.pages.furniture import without_furniture
from extract.documents.pages.lines import Line, joined_runs
from extract.documents.pages.page_breaks import WholeTable, goes_over_page, whole_table
from extract.documents.pages.page_parts import PageParts, PlacedCell, PlacedTable, page_parts
from extract.documents.pages.paragraphs import columns_by_margin, goes_on_in_cell, goes_on_in_column, joined_paragraphs
from extract.documents.pages.rulings import Ruling
from extract.documents.pages.watermarks import without_watermarks


class PrintedPage(NamedTuple):
    """What a page shows, as it is read."""

    frame: Frame
    characters: tuple[Character, ...]
    rulings: tuple[Ruling, ...] = ()


Part = Line | PlacedTable
_Key = tuple[float, int]  #: width of the page and number of the column


def read_blocks(pages: Sequence[PrintedPage]) -> list[Block]:
    """Paragraphs and tables of all pages in reading order."""
    frames = [page.frame for page in pages]
    kept = without_watermarks([page.characters for page in pages])
    parts = without_furniture(
        [
            page_parts(number, page.frame, characters, page.rulings)
            for number, (page, characters) in enumerate(zip(pages, kept, strict=True))
        ]
    )
    flow = [part for page in parts for part in _in_reading_order(page)]
    margins = columns_by_margin((part, key) for part, key in flow if isinstance(part, Line))
    blocks: list[Block] = []
    for group, key in _groups(flow):
        if isinstance(group[0], PlacedTable):
            tables = [part for part in group if isinstance(part, PlacedTable)]
            blocks.append(_block_table(whole_table(tables), frames))
        else:
            lines = [part for part in group if isinstance(part, Line)]
            blocks += joined_paragraphs(lines, goes_on_in_column(margins[key]), frames)
    return blocks


def _in_reading_order(page: PageParts) -> Iterator[tuple[Part, _Key]]:
    """Lines and tables of a page; the rows between two tables are read by columns."""
    rows = list(page.rows)
    for table in page.tables:
        above = [row for row in rows if row[0].middle < table.box[1]]
        rows = rows[len(above) :]
        yield from _parts(above, page)
        yield table, (page.frame.size[0], 0)
    yield from _parts(rows, page)


def _parts(rows: Sequence[tuple[Line, ...]], page: PageParts) -> Iterator[tuple[Part, _Key]]:
    """The lines of ``rows`` in reading order, and tables that only stand in line."""
    width = round(page.frame.size[0])
    for region in regions_of(rows):
        for part in aligned_tables(region.rows):
            yield part if isinstance(part, PlacedTable) else joined_runs(part), (width, region.column)


def _groups(flow: Sequence[tuple[Part, _Key]]) -> Iterator[tuple[list[Part], _Key]]:
    """Lines of one kind of column that follow each other; a table with what continues it."""
    group: list[Part] = []
    last_key: _Key | None = None
    for part, key in flow:
        if group and not (_is_same(group[-1], part) and (isinstance(part, PlacedTable) or key == last_key)):
            yield group, last_key or key
            group = []
        group.append(part)
        last_key = key
    if group and last_key is not None:
        yield group, last_key


def _is_same(last: Part, part: Part) -> bool:
    if isinstance(last, PlacedTable) or isinstance(part, PlacedTable):
        return isinstance(last, PlacedTable) and isinstance(part, PlacedTable) and goes_over_page(last, part)
    return True


def _block_table(table: WholeTable, frames: Sequence[Frame]) -> BlockTable:
    """Each row with its own cells and the lower parts of those that began above."""
    rows: list[list[BlockCell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        merges = cell.bottom - cell.top > 1
        blocks = _cell_blocks(cell, frames)
        for row in range(cell.top, cell.bottom):
            goes_on = row > cell.top
            width = cell.right - cell.left
            rows[row].append(BlockCell(() if goes_on else blocks, cell.left, width, merges, goes_on))
    ordered = (tuple(sorted(row, key=lambda cell: cell.column)) for row in rows)
    return BlockTable(tuple(row for row in ordered if row), table.columns)


def _cell_blocks(cell: PlacedCell, frames: Sequence[Frame]) -> tuple[Paragraph, ...]:
    return tuple(joined_paragraphs(cell.lines, goes_on_in_cell(cell.room, cell.lines), frames))
