"""Markdown (.md): headings, paragraphs, lists and pipe tables, as a page that shows them would."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from extract.documents.content import Content
from extract.documents.decoding import decoded
from extract.documents.html import content_of_page
from extract.errors import ReadError

MEDIA_TYPE = "text/markdown"
MAX_CHARACTERS = 4_000_000
_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?:(?!---[ \t]*$)(?:\w[\w-]*:(?=\s)|[ \t#-]|$)[^\n]*\n){1,200}---[ \t]*(?:\n|\Z)", re.M
)
_KEY = re.compile(r"^\w[\w-]*:", re.M)


def read_markdown(data: bytes, *, where: str) -> Content:
    """The text that the file shows, and the grids of its tables; a line of the source stays a line.

    Raises:
        ReadError: if ``data`` is not decodable or too long.
    """
    source = decoded(data, where).replace("\r\n", "\n").replace("\r", "\n")
    if len(source) > MAX_CHARACTERS:
        raise ReadError(
            f"{where}: more than {MAX_CHARACTERS:,} characters of Markdown; split the file, or name it .txt",
            zh=f"{where}：Markdown 超过 {MAX_CHARACTERS:,} 字；请拆分，或改名为 .txt",
        )
    page = f"<main>{_renderer().render(_body(source))}</main>"
    return content_of_page(page, where=where, media_type=MEDIA_TYPE)


def _body(source: str) -> str:
    """``source`` without what some programs keep of it above the text: keys and values between two rules."""
    found = _FRONT_MATTER.match(source)
    return source[found.end() :] if found and _KEY.search(found[0]) else source


@lru_cache(maxsize=1)
def _renderer() -> Any:
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
    renderer.inline.ruler.before("emphasis", "product", _is_product)
    return renderer


def _is_product(state: Any, silent: bool) -> bool:
    """Keeps the sign of ``5*6*7``, which would else mark the 6 and leave 567."""
    here = state.pos
    if state.src[here] != "*" or not (
        state.src[max(here - 1, 0) : here].isdigit() and state.src[here + 1 : here + 2].isdigit()
    ):
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True
