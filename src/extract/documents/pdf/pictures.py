"""Pages of a PDF as small grey pictures, for whoever shows where a figure is printed.

A picture is bounded in pixels before it is drawn, and in bytes after: a page that is too large in fine shades is drawn
coarser, and in the end left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extract.documents.content import PagePicture, Pictures
from extract.documents.pdf.opening import opened_pdf
from extract.documents.pdf.png import grey_png

MAX_PICTURES = 100  #: of one document
MAX_PICTURE = 400_000  #: bytes
MAX_TOGETHER = 12_000_000  #: bytes of all pictures of one document
MAX_SIDE = 2400  #: pixels
_POINTS_PER_INCH = 72


class Look(NamedTuple):
    dots_per_inch: int
    bits: int  #: 2 ** bits shades of grey


LOOKS = (Look(120, 4), Look(96, 4), Look(96, 2), Look(72, 2))  #: the first that is small enough is taken


def page_pictures(data: bytes, *, where: str, pages: Sequence[int]) -> Pictures:
    """Pictures of ``pages`` (counted from 1), which stand in order of importance: the first of them are drawn first.

    It is called in the process in which untrusted files are read (``guarded_pictures``).

    Raises:
        ReadError: if ``data`` cannot be opened.
    """
    pdf = opened_pdf(data, where=where)
    try:
        return _drawn(pdf, [number for number in dict.fromkeys(pages) if 1 <= number <= len(pdf)])
    finally:
        pdf.close()


def _drawn(pdf: Any, numbers: Sequence[int]) -> Pictures:
    shown: list[PagePicture] = []
    undrawn: list[int] = []
    together = 0
    for place, number in enumerate(numbers):
        if len(shown) == MAX_PICTURES or together > MAX_TOGETHER - MAX_PICTURE:
            return Pictures(tuple(sorted(shown)), tuple(sorted(numbers[place:])), tuple(sorted(undrawn)))
        picture = _picture(pdf, number)
        if picture is None:
            undrawn.append(number)
        else:
            shown.append(picture)
            together += len(picture.png)
    return Pictures(tuple(sorted(shown)), (), tuple(sorted(undrawn)))


def _picture(pdf: Any, number: int) -> PagePicture | None:
    """The page in the first look that is small enough; None if there is none, or PDFium cannot draw it."""
    import pypdfium2

    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError:
        return None
    try:
        width, height = page.get_size()
        drawn = (_png(page, scale, bits) for scale, bits in _scales(width, height))
        png = next((png for png in drawn if len(png) <= MAX_PICTURE), None)
        return None if png is None else PagePicture(number, width, height, png)
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()


def _scales(width: float, height: float) -> Iterator[tuple[float, int]]:
    """(pixels a point, bits) of each look for a page of so many points; none for a page that is next to no page."""
    if min(width, height) < 1:
        return
    most = MAX_SIDE / max(width, height)
    if min(width, height) * most < 1:
        return
    yield from dict.fromkeys((min(look.dots_per_inch / _POINTS_PER_INCH, most), look.bits) for look in LOOKS)


def _png(page: Any, scale: float, bits: int) -> bytes:
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        buffer = memoryview(bitmap.buffer).cast("B")
        pixels = b"".join(buffer[row * stride : row * stride + width] for row in range(height))
    finally:
        bitmap.close()
    return grey_png(pixels, width=width, height=height, bits=bits)
