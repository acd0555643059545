"""What every reader hands back: the text of a file, its tables, and where each part of it came from."""

from __future__ import annotations

from dataclasses import dataclass

from extract.records import Grid, Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text of a file in reading order, as every span counts it."""

    text: str
    media_type: str
    grids: tuple[Grid, ...] | None = None  #: tables that the format itself marks; None where only the text tells
    stretches: tuple[Stretch, ...] = ()  #: in text order, without overlap; parts that came from no place are left out
    pages: int | None = None
    notes: tuple[str, ...] = ()  #: what a reader of the result must know, such as the share of unreadable characters
