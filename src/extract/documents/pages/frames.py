"""How a page lies: from PDF's own coordinates to those of a reader, and of a viewer."""

from __future__ import annotations

from typing import NamedTuple

from extract.records import Box


class Frame(NamedTuple):
    """The visible part of a page in PDF's coordinates (y grows upwards), and how often it is turned by 90°.

    Both ``reading`` and ``shown`` are quarter turns after which text that runs upwards in PDF's coordinates (1), upside
    down (2) or downwards (3) lies upright: the first makes most of the text upright, the second is the page's own.
    """

    left: float
    bottom: float
    right: float
    top: float
    shown: int = 0
    reading: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the page is read."""
        across, up = self.right - self.left, self.top - self.bottom
        return (up, across) if self.reading % 2 else (across, up)

    @property
    def upright(self) -> bool:
        """Whether text is read as a viewer shows it."""
        return self.reading == self.shown

    def read(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of PDF's coordinates, as it is read: from the upper left, y grows downwards."""
        return self._turned(left, bottom, right, top, self.reading)

    def box(self, read: Box) -> Box:
        """A rectangle as it is read → where a viewer shows it."""
        if self.upright:
            return read
        return self._turned(*self._back(read), self.shown)

    def _turned(self, left: float, bottom: float, right: float, top: float, turn: int) -> Box:
        if turn == 0:
            return (left - self.left, self.top - top, right - self.left, self.top - bottom)
        if turn == 1:
            return (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if turn == 2:
            return (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return (self.top - top, self.right - right, self.top - bottom, self.right - left)

    def _back(self, read: Box) -> Box:
        x0, y0, x1, y1 = read
        if self.reading == 0:
            return (x0 + self.left, self.top - y1, x1 + self.left, self.top - y0)
        if self.reading == 1:
            return (y0 + self.left, x0 + self.bottom, y1 + self.left, x1 + self.bottom)
        if self.reading == 2:
            return (self.right - x1, y0 + self.bottom, self.right - x0, y1 + self.bottom)
        return (self.right - y1, self.top - x1, self.right - y0, self.top - x0)
