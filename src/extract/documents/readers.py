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
    Format.PDF: ("extract.documents.pdf.reader", "read_pdf"),
    Format.XLSX: ("extract.documents.xlsx", "read_xlsx"),
    Format.XLS: ("extract.documents.xls", "read_xls"),
    Format.ODS: ("extract.documents.ods", "read_ods"),
    Format.HTML: ("extract.documents.html", "read_html"),
    Format.MHTML: ("extract.documents.mhtml", "read_mhtml"),
    Format.SEPARATED: ("extract.documents.separated", "read_separated"),
    Format.MARKDOWN: ("extract.documents.markdown", "read_markdown"),
}


def reader_of(kind: Format) -> Reader | None:
    """The reader of ``kind``; None for plain text, which needs only decoding."""
    if kind not in _READERS:
        return None
    module, function = _READERS[kind]
    reader: Reader = getattr(import_module(module), function)
    return reader
