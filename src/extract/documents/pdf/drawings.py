"""What a page draws: lines of tables, dark surfaces and pictures.

Lines come in every disguise: strokes, thin filled rectangles, the four sides of a stroked rectangle, dashes. Each is
told by where it runs, not by how it is drawn.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from typing import Any

from extract.documents.pages.frames import Frame
from extract.documents.pages.rulings import Ruling, rulings_along
from extract.documents.pdf.characters import Backdrop
from extract.records import Box

MAX_OBJECTS = 30_000  #: drawings of a page that are looked at; beyond them it is a map or a plan, not a table
MAX_POINTS = 200_000
MAX_RULINGS = 6_000
_THIN = 3.0  #: points: filled rectangles up to this width are lines
_SHORT = 1.0
_NESTING = 6
_DARK = 0xB0


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_drawings(page: Any, frame: Frame) -> tuple[tuple[Box, ...], Backdrop, bool]:
    """Thin boxes in PDF's coordinates that may be lines, what lies behind the text, and whether there was too much."""
    scan = _Scan(frame)
    scan.look(page.raw, _IDENTITY, 0)
    return tuple(scan.thin), Backdrop(tuple(scan.dark), scan.picture), scan.too_many


def rulings_of(thin: tuple[Box, ...], frame: Frame) -> tuple[Ruling, ...]:
    """The lines among ``thin`` boxes of PDF's coordinates, as they are read."""
    return tuple(rulings_along((frame.read(*box) for box in thin), frame.size))


class _Scan:
    """One walk over a page's drawings."""

    def __init__(self, frame: Frame) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium, self.frame = pdfium, frame
        self.thin: list[Box] = []
        self.dark: list[Box] = []
        self.picture = 0.0
        self.objects, self.points = 0, 0

    @property
    def too_many(self) -> bool:
        return self.objects > MAX_OBJECTS or self.points > MAX_POINTS or len(self.thin) > MAX_RULINGS

    def look(self, container: Any, matrix: _Matrix, nesting: int) -> None:
        pdfium = self.pdfium
        for drawn in self._inside(container, nesting):
            self.objects += 1
            if self.too_many:
                return
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(drawn, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._image(drawn, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and nesting < _NESTING:
                self.look(drawn, _product(self._matrix(drawn), matrix), nesting + 1)

    def _inside(self, container: Any, nesting: int) -> Iterator[Any]:
        pdfium = self.pdfium
        if nesting == 0:
            for index in range(pdfium.FPDFPage_CountObjects(container)):
                yield pdfium.FPDFPage_GetObject(container, index)
        else:
            for index in range(pdfium.FPDFFormObj_CountObjects(container)):
                yield pdfium.FPDFFormObj_GetObject(container, index)

    def _matrix(self, drawn: Any) -> _Matrix:
        made = self.pdfium.FS_MATRIX()
        if not self.pdfium.FPDFPageObj_GetMatrix(drawn, made):
            return _IDENTITY
        return (made.a, made.b, made.c, made.d, made.e, made.f)

    def _image(self, drawn: Any, matrix: _Matrix) -> None:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if self.pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            corners = ((left.value, bottom.value), (right.value, top.value))
            box = _around([_moved(matrix, *corner) for corner in corners])
            self.picture = max(self.picture, self._share(box))

    def _share(self, box: Box) -> float:
        frame = self.frame
        across = min(box[2], frame.right) - max(box[0], frame.left)
        up = min(box[3], frame.top) - max(box[1], frame.bottom)
        whole = (frame.right - frame.left) * (frame.top - frame.bottom)
        return max(across, 0) * max(up, 0) / whole if whole > 0 else 0.0

    def _path(self, drawn: Any, matrix: _Matrix) -> None:
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        if not self.pdfium.FPDFPath_GetDrawMode(drawn, filled, stroked) or not (filled.value or stroked.value):
            return
        own = _product(self._matrix(drawn), matrix)
        for points in self._strokes(drawn, own):
            box = _around(points)
            across, up = box[2] - box[0], box[3] - box[1]
            if min(across, up) <= _THIN:
                if max(across, up) > _SHORT:
                    self.thin.append(box)
            elif stroked.value:
                self.thin += _sides(points)
            elif self._is_dark(drawn):
                self.dark.append(box)
        if stroked.value and filled.value and self._is_dark(drawn):
            self.dark += [_around(points) for points in self._strokes(drawn, own)]

    def _is_dark(self, drawn: Any) -> bool:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        known = self.pdfium.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha)
        return bool(known) and min(red.value, green.value, blue.value) < _DARK and alpha.value > 0x40

    def _strokes(self, drawn: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
        """The corners of each stroke of a path; curves count by their ends."""
        pdfium = self.pdfium
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for index in range(min(pdfium.FPDFPath_CountSegments(drawn), MAX_POINTS)):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
            self.points += 1
            if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points
                points = []
            points.append(_moved(matrix, x.value, y.value))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points


def _sides(points: list[tuple[float, float]]) -> Iterator[Box]:
    """The level and upright lines between corners that follow each other."""
    for one, other in itertools.pairwise(points):
        box = _around([one, other])
        if min(box[2] - box[0], box[3] - box[1]) <= _SHORT < max(box[2] - box[0], box[3] - box[1]):
            yield box


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _product(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """The matrix that does what ``inner`` does, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))
