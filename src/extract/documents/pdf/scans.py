"""Pages that are pictures: which they are, and their text where something recognises it.

A page needs recognition if it says next to nothing and a picture takes much of it, or if a good part of what it says
cannot be read. Whoever recognises text gives lines with boxes; from there on it is read like any other page, with
``Origin.OCR`` on every character.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from extract.documents.pdf.characters import SPACES, UNKNOWN, Backdrop, Character
from extract.documents.pdf.frames import Frame
from extract.records import Box, Origin

_FEW = 20  #: characters: a stamp or a page number over a scanned page
_PICTURE = 0.3  #: of the page
_UNREADABLE = 0.3  #: of the page's characters
_DOTS_PER_INCH = 200
_LONGEST_SIDE = 6000  #: pixels


class RecognisedLine(NamedTuple):
    """A line of text in a picture; the box in pixels from its upper left."""

    text: str
    box: Box


class Recogniser(Protocol):
    """A picture (an RGB array of height, width, 3) → its lines; ``recognised_lines`` of the extra ``ocr``."""

    def __call__(self, image: Any) -> Sequence[RecognisedLine]: ...


def available_recogniser() -> Recogniser | None:
    """What reads pictures where nobody gave anything else: the extra ``ocr``, once it is there; now nothing does."""
    return None


def needs_recognition(characters: Sequence[Character], backdrop: Backdrop) -> bool:
    """Whether the text of a page is in its picture, or its characters mean nothing."""
    shown = [each for each in characters if each.text not in SPACES]
    if len(shown) < _FEW:
        return backdrop.picture >= _PICTURE and not any(each.origin is Origin.OCR for each in shown)
    return unreadable_of(characters) >= _UNREADABLE * len(shown)


def unreadable_of(characters: Sequence[Character]) -> int:
    """How many characters the file gives no meaning."""
    return sum(each.text == UNKNOWN or "\ue000" <= each.text <= "\uf8ff" for each in characters)


def recognised_characters(page: Any, frame: Frame, recognise: Recogniser) -> tuple[Frame, tuple[Character, ...]]:
    """The characters of a page as ``recognise`` reads its picture, and the frame that they lie in."""
    width, height = frame._replace(reading=frame.shown).size
    scale = min(_DOTS_PER_INCH / 72, _LONGEST_SIDE / max(width, height, 1))
    image = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()
    lines = recognise(image[:, :, :3])
    upright = frame._replace(reading=frame.shown)
    return upright, tuple(character for line in lines for character in _characters(line, scale))


def _characters(line: RecognisedLine, scale: float) -> list[Character]:
    """The characters of a line, spread over its box by their usual widths."""
    left, top, right, bottom = (edge / scale for edge in line.box)
    widths = [0.5 if each.isascii() else 1.0 for each in line.text]
    unit = (right - left) / max(sum(widths), 0.5)
    made, at = [], left
    for text, width in zip(line.text, widths, strict=True):
        made.append(Character(text, at, top, at + width * unit, bottom, bottom - top, origin=Origin.OCR))
        at += width * unit
    return made
