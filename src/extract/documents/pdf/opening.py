"""Bytes → an open PDF, or why it cannot be read."""

from __future__ import annotations

import re
from typing import Any

from extract.errors import ReadError

MAX_PAGES = 2000
_PASSWORD, _SECURITY = 4, 5  #: PDFium's numbers for why a file does not open
_LINEARIZED = re.compile(rb"/Linearized\b.{0,200}?/L\s+(\d{1,12})", re.S)
_HEAD = 2048


def opened_pdf(data: bytes, *, where: str) -> Any:
    """The document as pypdfium2 opens it; to be closed by whoever asked for it.

    A document that only keeps people from printing or copying opens with its empty user password.

    Raises:
        ReadError: if it needs a password, is cut off or damaged, or has more pages than any report.
    """
    import pypdfium2

    if _cut_off(data):
        raise ReadError(
            f"{where}: cut off: the PDF's end is missing; get the file anew",
            zh=f"{where}：PDF 文件不完整（缺少结尾）；请重新获取文件",
        )
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error.err_code, where) from error
    if len(pdf) > MAX_PAGES:
        pages = len(pdf)
        pdf.close()
        raise ReadError(
            f"{where}: {pages:,} pages; a PDF of more than {MAX_PAGES:,} pages is not read; split it",
            zh=f"{where}：共 {pages:,} 页；超过 {MAX_PAGES:,} 页的 PDF 不予读取，请拆分",
        )
    return pdf


def damaged(where: str, page: int | None = None) -> ReadError:
    """The error for a file, or one page of it (from 1), that cannot be made sense of."""
    place, place_zh = ("", "") if page is None else (f" (page {page})", f"（第 {page} 页）")
    return ReadError(
        f"{where}: a damaged PDF{place}; get the file anew, or print it to PDF again from the program that made it",
        zh=f"{where}：PDF 文件已损坏{place_zh}；请重新获取文件，或从原程序重新输出 PDF",
    )


def _cut_off(data: bytes) -> bool:
    """Whether the end is missing, which PDFium mends silently, without the pages that stood there."""
    length = _LINEARIZED.search(data, 0, _HEAD)
    return b"startxref" not in data or (length is not None and int(length[1]) > len(data))


def _unopened(reason: int | None, where: str) -> ReadError:
    if reason in (_PASSWORD, _SECURITY):
        return ReadError(
            f"{where}: protected by a password; open it with the password and save a copy without one",
            zh=f"{where}：PDF 已加密；请用密码打开后另存一份不加密的副本",
        )
    return damaged(where)
