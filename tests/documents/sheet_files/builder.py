"""Workbooks made for a test, and what is read of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from extract.documents.reading import document_from_bytes
from extract.records import Document


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def built(build: Callable[[Worksheet], object]) -> bytes:
    """A workbook of one sheet that ``build`` fills."""
    book = openpyxl.Workbook()
    book.active.title = "表"
    build(book.active)
    return saved(book)


def of_rows(*rows: Sequence[object]) -> bytes:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return built(fill)


def read(data: bytes, name: str = "a.xlsx") -> Document:
    return document_from_bytes(data, name=name, where=name)


def shown(document: Document) -> str:
    """The text with its tabs made visible."""
    return document.text.replace("\t", "→")
