"""The straight lines that a page draws, whichever format it is of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extract.records import Box

_SHORT = 1.0


class Ruling(NamedTuple):
    """A straight line as it is read: level if ``is_level``, else upright; ``at`` is its y or x."""

    is_level: bool
    at: float
    start: float
    end: float


def rulings_along(boxes: Iterable[Box], size: tuple[float, float]) -> Iterator[Ruling]:
    """The lines that run along thin ``boxes`` of a page of this width and height."""
    width, height = size
    for left, top, right, bottom in boxes:
        level = right - left >= bottom - top
        if level and right - left > _SHORT and -1 <= top <= height + 1:
            ruling = Ruling(True, (top + bottom) / 2, max(left, 0), min(right, width))
        elif not level and bottom - top > _SHORT and -1 <= left <= width + 1:
            ruling = Ruling(False, (left + right) / 2, max(top, 0), min(bottom, height))
        else:
            continue
        if ruling.end > ruling.start:
            yield ruling
