"""Pages that are pictures: which they are, and their text where something recognises it.

A page needs recognition if it says next to nothing and a picture takes much of it, or if a good part of what it says
cannot be read. Whoever recognises text gives lines with boxes; from there on it is read like any other page, with
``Origin.OCR`` on every character.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extract.documents.pages.characters import SPACES, UNKNOWN, Character
from extract.documents.pages.frames import Frame
from extract.documents.pages.reading_order import PrintedPage
from extract.documents.pdf.characters import Backdrop
from extract.documents.recognition import (
    RecognisedLine,
    Recogniser,
    characters_of,
    is_installed,
    recognised,
    rulings_of,
)
from extract.records import Origin

_FEW = 20  #: characters: a stamp or a page number over a scanned page
_PICTURE = 0.3  #: of the page
_UNREADABLE = 0.3  #: of the page's characters
_DOTS_PER_INCH = 200
_LONGEST_SIDE = 6000  #: pixels


def available_recogniser() -> Recogniser | None:
    """What reads pictures where nobody gave anything else: the extra ``ocr``, where it is installed."""
    return recognised if is_installed() else None


def needs_recognition(characters: Sequence[Character], backdrop: Backdrop) -> bool:
    """Whether the text of a page is in its picture, or its characters mean nothing."""
    shown = [each for each in characters if each.text not in SPACES]
    if len(shown) < _FEW:
        return backdrop.picture >= _PICTURE and not any(each.origin is Origin.OCR for each in shown)
    return unreadable_of(characters) >= _UNREADABLE * len(shown)


def unreadable_of(characters: Sequence[Character]) -> int:
    """How many characters the file gives no meaning."""
    return sum(each.text == UNKNOWN or "\ue000" <= each.text <= "\uf8ff" for each in characters)


def scanned_page(page: Any, frame: Frame, recognise: Recogniser) -> tuple[PrintedPage, tuple[RecognisedLine, ...]]:
    """A page as ``recognise`` reads its picture, and the lines that it found there."""
    upright = frame._replace(reading=frame.shown)
    scale = min(_DOTS_PER_INCH / 72, _LONGEST_SIDE / max(*upright.size, 1))
    seen = recognise(_coloured(page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()))
    rulings = rulings_of(seen, 1 / scale, upright.size)
    return PrintedPage(upright, characters_of(seen, 1 / scale), rulings), seen.lines


def _coloured(image: Any) -> Any:
    """An image in red, green and blue, whatever PDFium made."""
    return (
        image[:, :, :3] if image.ndim == 3 and image.shape[2] >= 3 else image.reshape(*image.shape[:2], 1).repeat(3, 2)
    )
