"""What a page says: its characters and where each of them stands, whichever format it is of."""

from __future__ import annotations

from typing import NamedTuple

from extract.records import Origin

SPACES = frozenset("\u0020\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t")
UNKNOWN = "\ufffd"  #: a character that the file gives no meaning


class Character(NamedTuple):
    """One printed character; the box as it is read, in points from the upper left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float  #: of its font, in points
    turned: int = 0  #: quarter turns against the page's other text
    light: bool = False  #: grey, pale or see-through
    origin: Origin = Origin.TEXT
