"""PDF documents: the text layer's paragraphs in reading order, a grid for every table, a box for every character.

Three steps, each to be looked at by itself: the file into pages, the pages into blocks (paragraphs and tables), the
blocks into text and grids.

What is read, and how:

* Lines that the page's width cut are one paragraph, over the page's end too; those of a cell likewise.
* Tables are those with rulings, and rows of aligned words. A merged cell's text stands once; a table that goes on over
  pages is one, with its repeated header once and a row that a page's end cut made whole.
* Headers, footers, page numbers, watermarks and marks of footnotes are left out; footnotes stand where printed.
* Invisible text is left out, unless a picture fills its page: then it is what a scanner's program recognised.
* Pages that are pictures are read by the extra ``ocr``; without it they are named in a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extract.documents.blocks import laid_out
from extract.documents.content import Content, Note
from extract.documents.pages.characters import SPACES
from extract.documents.pages.frames import Frame
from extract.documents.pages.reading_order import PrintedPage, read_blocks
from extract.documents.pdf.characters import read_characters
from extract.documents.pdf.drawings import read_drawings, rulings_of
from extract.documents.pdf.opening import damaged, opened_pdf
from extract.documents.pdf.scans import (
    available_recogniser,
    needs_recognition,
    scanned_page,
    unreadable_of,
)
from extract.documents.recognition import RecognisedLine, Recogniser, recognition_note
from extract.errors import ReadError

MEDIA_TYPE = "application/pdf"
MAX_ALL_CHARACTERS = 5_000_000
MAX_SCANNED_PAGES = 200  #: whose pictures are recognised, which takes seconds each
_NAMED_PAGES = 8  #: that a note names one by one


class PageRead(NamedTuple):
    """A page as the file has it."""

    shown: PrintedPage
    is_picture: bool  #: its text is in a picture
    recognised: tuple[RecognisedLine, ...] | None = None  #: what was read in its picture; None if nobody tried
    too_many_drawings: bool = False


def read_pdf(data: bytes, *, where: str, recognise: Recogniser | None = None) -> Content:
    """The text of a PDF, the grids of its tables and where each character stands.

    ``recognise`` reads the pages that are pictures; without it the extra ``ocr`` does, where it is installed.

    Raises:
        ReadError: if ``data`` is damaged, cut off, protected by a password, or has no text at all.
    """
    pages = read_pages(data, where=where, recognise=recognise or available_recogniser())
    if not _is_written(pages):
        raise _without_text(pages, where)
    return _content(pages)


def read_written_pdf(data: bytes, *, where: str) -> Content:
    """As ``read_pdf``, which takes seconds a picture; but pages that could be recognised are left unread, and counted.

    Raises:
        ReadError: as there.
    """
    pages = read_pages(data, where=where)
    unread = sum(page.is_picture for page in pages) if available_recogniser() else 0
    if not unread and not _is_written(pages):
        raise _without_text(pages, where)
    return _content(pages, unread=min(unread, MAX_SCANNED_PAGES))


def _is_written(pages: Sequence[PageRead]) -> bool:
    return any(each.text not in SPACES for page in pages for each in page.shown.characters)


def _content(pages: Sequence[PageRead], *, unread: int = 0) -> Content:
    text, grids, stretches = laid_out(read_blocks([page.shown for page in pages]))
    return Content(
        text=text,
        media_type=MEDIA_TYPE,
        grids=grids,
        stretches=stretches,
        pages=len(pages),
        notes=tuple(_notes(pages)),
        unread=unread,
    )


def read_pages(data: bytes, *, where: str, recognise: Recogniser | None = None) -> list[PageRead]:
    """Characters and rulings of every page; of pages that are pictures only if ``recognise`` reads them."""
    pdf = opened_pdf(data, where=where)
    try:
        return list(_each_page(pdf, where, recognise))
    finally:
        pdf.close()


def _each_page(pdf: Any, where: str, recognise: Recogniser | None) -> Iterator[PageRead]:
    import pypdfium2

    seen = scanned = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except pypdfium2.PdfiumError as error:
            raise damaged(where, number + 1) from error
        try:
            yield (read := _page_read(page, where, recognise if scanned < MAX_SCANNED_PAGES else None))
        finally:
            page.close()
        seen += len(read.shown.characters)
        scanned += read.recognised is not None
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
    written = PrintedPage(frame, characters, () if too_many else rulings_of(thin, frame))
    if not needs_recognition(characters, backdrop):
        return PageRead(written, False, too_many_drawings=too_many)
    if recognise is None:
        return PageRead(written, True, too_many_drawings=too_many)
    scanned, lines = scanned_page(page, frame, recognise)
    return PageRead(scanned if lines else written, True, lines)


# What to tell


def _without_text(pages: Sequence[PageRead], where: str) -> ReadError:
    if any(page.is_picture and page.recognised is None for page in pages):
        return ReadError(
            f"{where}: a scanned PDF: {len(pages)} pages of pictures without text; install zh-claim-extract[ocr] to "
            "have them recognised, or run text recognition on it first",
            zh=f"{where}：扫描版 PDF，{len(pages)} 页都是图片，没有文字；请安装 zh-claim-extract[ocr] 后再读，"
            "或先做文字识别",
        )
    if any(page.is_picture for page in pages):
        return ReadError(
            f"{where}: a scanned PDF in whose {len(pages)} pages no text was recognised; check that they are those of "
            "a report, or scan it upright at 200 dots an inch or more",
            zh=f"{where}：扫描版 PDF，{len(pages)} 页中未识别出文字；请确认文件是否正确，"
            "或以 200 dpi 以上正向扫描后再读",
        )
    return ReadError(
        f"{where}: a PDF without any text ({len(pages)} pages); check that the right file was given",
        zh=f"{where}：PDF 共 {len(pages)} 页，没有文字；请确认文件是否正确",
    )


def _notes(pages: Sequence[PageRead]) -> Iterator[Note]:
    recognised = [number for number, page in enumerate(pages, 1) if page.recognised]
    if recognised:
        lines = [line for page in pages for line in page.recognised or ()]
        yield recognition_note(_listed(recognised), lines)
    waiting = [number for number, page in enumerate(pages, 1) if page.is_picture and page.recognised is None]
    if len(recognised) >= MAX_SCANNED_PAGES and waiting:
        yield Note(
            f"only {MAX_SCANNED_PAGES} pages of pictures are recognised; split the file to have these read: "
            f"{_listed(waiting)}",
            zh=f"只识别 {MAX_SCANNED_PAGES} 页图片；以下页面未读，请拆分文件：{_listed(waiting)}",
        )
    elif waiting:
        yield Note(
            f"pages that need text recognition (install zh-claim-extract[ocr]): {_listed(waiting)}",
            zh=f"以下页面需要文字识别（请安装 zh-claim-extract[ocr]）：{_listed(waiting)}",
        )
    silent = [number for number, page in enumerate(pages, 1) if page.recognised == ()]
    if silent:
        yield Note(
            f"pages that are pictures in which no text was recognised: {_listed(silent)}",
            zh=f"以下页面为图片，未识别出文字：{_listed(silent)}",
        )
    counts = [(number, unreadable_of(page.shown.characters)) for number, page in enumerate(pages, 1)]
    bad, shown = sum(count for _, count in counts), sum(len(page.shown.characters) for page in pages)
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
