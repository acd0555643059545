"""PDF documents: the text layer's paragraphs in reading order, a grid for every table, a box for every character.

Three steps, each to be looked at by itself: the file into pages, the pages into blocks (paragraphs and tables), the
blocks into text and grids.

What is read, and how:

* Lines that the page's width cut are one paragraph, over the page's end too; those of a cell likewise.
* Tables are those with rulings, and rows of aligned words. A merged cell's text stands once; a table that goes on over
  pages is one, with its repeated header once and a row that a page's end cut made whole.
* Headers, footers, page numbers, watermarks and marks of footnotes are left out; footnotes stand where printed.
* Invisible text is left out, unless a picture fills its page: then it is what a scanner's program recognised.
* Pages without text are named in a note, since their pictures need recognition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extract.documents.blocks import Block, BlockCell, BlockTable, Paragraph, laid_out
from extract.documents.content import Content, Note
from extract.documents.pdf.aligned import aligned_tables
from extract.documents.pdf.characters import SPACES, Character, read_characters
from extract.documents.pdf.columns import regions_of
from extract.documents.pdf.frames import Frame
from extract.documents.pdf.furniture import without_furniture
from extract.documents.pdf.lines import Line, joined_runs
from extract.documents.pdf.opening import damaged, opened_pdf
from extract.documents.pdf.page_breaks import WholeTable, goes_over_page, whole_table
from extract.documents.pdf.pages import PageParts, PlacedCell, PlacedTable, page_parts
from extract.documents.pdf.paragraphs import (
    columns_by_margin,
    goes_on_in_cell,
    goes_on_in_column,
    joined_paragraphs,
)
from extract.documents.pdf.rulings import Ruling, read_drawings, rulings_of
from extract.documents.pdf.scans import (
    Recogniser,
    available_recogniser,
    needs_recognition,
    recognised_characters,
    unreadable_of,
)
from extract.documents.pdf.watermarks import without_watermarks
from extract.errors import ReadError

MEDIA_TYPE = "application/pdf"
MAX_ALL_CHARACTERS = 5_000_000
_NAMED_PAGES = 8  #: that a note names one by one


class PageRead(NamedTuple):
    """A page as the file has it."""

    frame: Frame
    characters: tuple[Character, ...]
    rulings: tuple[Ruling, ...]
    is_picture: bool  #: its text is in a picture that nobody recognised
    too_many_drawings: bool = False


def read_pdf(data: bytes, *, where: str, recognise: Recogniser | None = None) -> Content:
    """The text of a PDF, the grids of its tables and where each character stands.

    ``recognise`` reads the pages that are pictures; without it they are named in a note.

    Raises:
        ReadError: if ``data`` is damaged, cut off, protected by a password, or has no text at all.
    """
    pages = read_pages(data, where=where, recognise=recognise)
    if not any(each.text not in SPACES for page in pages for each in page.characters):
        raise _without_text(pages, where)
    text, grids, stretches = laid_out(read_blocks(pages))
    return Content(
        text=text,
        media_type=MEDIA_TYPE,
        grids=grids,
        stretches=stretches,
        pages=len(pages),
        notes=tuple(_notes(pages)),
    )


def read_pages(data: bytes, *, where: str, recognise: Recogniser | None = None) -> list[PageRead]:
    """Characters and rulings of every page."""
    pdf = opened_pdf(data, where=where)
    try:
        return list(_each_page(pdf, where, recognise))
    finally:
        pdf.close()


def _each_page(pdf: Any, where: str, recognise: Recogniser | None) -> Iterator[PageRead]:
    import pypdfium2

    seen = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except pypdfium2.PdfiumError as error:
            raise damaged(where, number + 1) from error
        try:
            yield (read := _page_read(page, where, recognise))
        finally:
            page.close()
        seen += len(read.characters)
        if seen > MAX_ALL_CHARACTERS:
            raise ReadError(
                f"{where}: more than {MAX_ALL_CHARACTERS:,} characters; no report is that long; split the file",
                zh=f"{where}：超过 {MAX_ALL_CHARACTERS:,} 个字符，不像一份报告；请拆分文件",
            )


def _page_read(page: Any, where: str, recognise: Recogniser | None) -> PageRead:
    shown = page.get_rotation() // 90
    left, bottom, right, top = page.get_bbox()
    frame = Frame(left, bottom, right, top, shown, shown)
    thin, backdrop, too_many = read_drawings(page, frame)
    frame, characters = read_characters(page, frame, backdrop, where=where)
    is_picture = needs_recognition(characters, backdrop)
    reads = (recognise or available_recogniser()) if is_picture else None
    if reads is not None:
        frame, characters = recognised_characters(page, frame, reads)
        is_picture = not characters
    return PageRead(frame, characters, () if too_many else rulings_of(thin, frame), is_picture, too_many)


# Pages into blocks


Part = Line | PlacedTable
_Key = tuple[float, int]  #: width of the page and number of the column


def read_blocks(pages: Sequence[PageRead]) -> list[Block]:
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


# What to tell


def _without_text(pages: Sequence[PageRead], where: str) -> ReadError:
    if any(page.is_picture for page in pages):
        return ReadError(
            f"{where}: a scanned PDF: {len(pages)} pages of pictures without text; install zh-claim-extract[ocr] to "
            "have them recognised, or run text recognition on it first",
            zh=f"{where}：扫描版 PDF，{len(pages)} 页都是图片，没有文字；请安装 zh-claim-extract[ocr] 后再读，"
            "或先做文字识别",
        )
    return ReadError(
        f"{where}: a PDF without any text ({len(pages)} pages); check that the right file was given",
        zh=f"{where}：PDF 共 {len(pages)} 页，没有文字；请确认文件是否正确",
    )


def _notes(pages: Sequence[PageRead]) -> Iterator[Note]:
    pictures = [number for number, page in enumerate(pages, 1) if page.is_picture]
    if pictures:
        yield Note(
            f"pages that need text recognition (install zh-claim-extract[ocr]): {_listed(pictures)}",
            zh=f"以下页面需要文字识别（请安装 zh-claim-extract[ocr]）：{_listed(pictures)}",
        )
    counts = [(number, unreadable_of(page.characters)) for number, page in enumerate(pages, 1)]
    bad, shown = sum(count for _, count in counts), sum(len(page.characters) for page in pages)
    if bad:
        where = _listed([number for number, count in counts if count])
        yield Note(
            f"{bad:,} of {shown:,} characters ({bad / shown:.1%}) have no meaning in the file, on pages {where}; "
            "figures there may be incomplete",
            zh=f"{shown:,} 个字符中有 {bad:,} 个（{bad / shown:.1%}）无法识读，在第 {where} 页；其中的数字可能不完整",
        )
    drawn = [number for number, page in enumerate(pages, 1) if page.too_many_drawings]
    if drawn:
        yield Note(
            f"pages with too many drawings to look for tables: {_listed(drawn)}",
            zh=f"以下页面图形过多，未识别其中的表格：{_listed(drawn)}",
        )


def _listed(numbers: Sequence[int]) -> str:
    named = ", ".join(str(number) for number in numbers[:_NAMED_PAGES])
    return f"{named} … ({len(numbers)})" if len(numbers) > _NAMED_PAGES else named
