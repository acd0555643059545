"""What readers hand back: the text of a file, its tables, where each part of it came from, and how its pages look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Self

from extract.records import Grid, Stretch


class Note(str):
    """What a reader of the result must know: an English sentence that carries its Chinese, as errors do.

    >>> Note("2 pages need text recognition", zh="2 页需要文字识别").zh
    '2 页需要文字识别'
    """

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, text: str, *, zh: str) -> Self:
        note = super().__new__(cls, text)
        note.zh = zh
        return note

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        return (str(self),), {"zh": self.zh}


def said(note: str, language: str) -> str:
    """A note in ``language`` (zh or en)."""
    return note.zh if language == "zh" and isinstance(note, Note) else str(note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text of a file in reading order, as every span counts it."""

    text: str
    media_type: str
    grids: tuple[Grid, ...] | None = None  #: tables that the format itself marks; None where only the text tells
    stretches: tuple[Stretch, ...] = ()  #: in text order, without overlap; parts that came from no place are left out
    pages: int | None = None
    notes: tuple[str, ...] = ()  #: what a reader of the result must know, such as the share of unreadable characters
    unread: int = 0  #: pages that are pictures and wait to be recognised


class PagePicture(NamedTuple):
    """A page as a viewer shows it."""

    number: int  #: counted from 1
    width: float  #: points, as boxes of ``Stretch`` count
    height: float
    png: bytes


class Pictures(NamedTuple):
    """Pages in order, and those that were asked for but are left out."""

    shown: tuple[PagePicture, ...] = ()
    too_many: tuple[int, ...] = ()  #: beyond what one document may take
    undrawn: tuple[int, ...] = ()  #: too large, or damaged
