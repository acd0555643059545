"""The readers, one a format; each is loaded when the first document of its kind comes."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from extract.documents.content import Content
from extract.documents.sniffing import Format


class Reader(Protocol):
    """Bytes of one format → their content; ``where`` names the file in messages. Raises ReadError."""

    def __call__(self, data: bytes, *, where: str) -> Content: ...


_READERS = {
    Format.DOCX: ("extract.documents.docx", "read_docx"),
    Format.PDF: ("extract.documents.pdf.reader", "read_written_pdf"),
    Format.XLSX: ("extract.documents.xlsx", "read_xlsx"),
    Format.XLS: ("extract.documents.xls", "read_xls"),
    Format.ODS: ("extract.documents.ods", "read_ods"),
    Format.HTML: ("extract.documents.html", "read_html"),
    Format.MHTML: ("extract.documents.mhtml", "read_mhtml"),
    Format.SEPARATED: ("extract.documents.separated", "read_separated"),
    Format.MARKDOWN: ("extract.documents.markdown", "read_markdown"),
    Format.DOC: ("extract.documents.doc", "read_doc"),
    Format.RTF: ("extract.documents.office", "read_rtf"),
    Format.ODT: ("extract.documents.office", "read_odt"),
    Format.OFD: ("extract.documents.ofd", "read_ofd"),
    Format.IMAGE: ("extract.documents.pictures", "read_picture"),
}


#: of formats whose pages can be pictures: reads those too, where the reader above left them unread
_RECOGNISING = {Format.PDF: ("extract.documents.pdf.reader", "read_pdf")}


def reader_named(kind: Format) -> tuple[str, str] | None:
    """Where the reader of ``kind`` is: its module, and its name there; None for plain text."""
    return _READERS.get(kind)


def recognising_reader_named(kind: Format) -> tuple[str, str]:
    """Where the reader of ``kind`` is that reads pages which are pictures too."""
    return _RECOGNISING[kind]


def loaded(named: tuple[str, str]) -> Reader:
    """The reader of that module and name."""
    module, function = named
    reader: Reader = getattr(import_module(module), function)
    return reader
