"""Web archives (.mht, .mhtml): the page that a browser or Word saved in one file with its pictures."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message

from extract.documents.content import Content
from extract.documents.html import content_of_page, page_text
from extract.errors import ReadError

MEDIA_TYPE = "multipart/related"
_MOST_BOUNDARIES = 10_000


def read_mhtml(data: bytes, *, where: str) -> Content:
    """The text of the archive's page, and the grids of its tables.

    Raises:
        ReadError: if the archive is damaged or holds no page.
    """
    part = None if data.count(b"Content-Type:") > _MOST_BOUNDARIES else _page_part(data)
    written = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(written, bytes):
        raise ReadError(
            f"{where}: a web archive (MHTML) without a page in it; open it in a browser or Word and save it anew",
            zh=f"{where}：网页存档（MHTML）中没有网页；请用浏览器或 Word 打开后另存",
        )
    page, notes = page_text(written, where=where, charset=part.get_content_charset("") or "")
    return content_of_page(page, where=where, media_type=MEDIA_TYPE, notes=notes)


def _page_part(data: bytes) -> Message | None:
    """The first part that is a page."""
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.compat32)
        return next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    except RecursionError:
        return None
