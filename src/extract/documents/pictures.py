"""Pictures of printed pages: the text that is recognised in them (``recognition.py``), read like any page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from extract.documents.blocks import laid_out
from extract.documents.content import Content
from extract.documents.pages.frames import Frame
from extract.documents.pages.reading_order import PrintedPage, read_blocks
from extract.documents.recognition import (
    RecognisedLine,
    characters_of,
    check_installed,
    recognised,
    recognition_note,
    rulings_of,
)
from extract.errors import ReadError

MAX_PIXELS = 80_000_000  #: of a picture; an A3 page at 600 dots an inch has 70 million
MAX_FRAMES = 300  #: pages of a TIFF file
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "MPO")
_PAGE_WIDTH = 595.0  #: points; taken where a picture does not say its resolution


def read_picture(data: bytes, *, where: str) -> Content:
    """The text recognised in a picture; each page of a TIFF is a page.

    Raises:
        ReadError: if the extra ``ocr`` is not installed, or the picture is damaged, too large or without text.
    """
    check_installed(where)
    pages, lines = list[PrintedPage](), list[RecognisedLine]()
    for image, points_a_pixel in _images(data, where):
        seen = recognised(image)
        height, width = (side * points_a_pixel for side in image.shape[:2])
        frame = Frame(0.0, 0.0, width, height)
        pages.append(
            PrintedPage(frame, characters_of(seen, points_a_pixel), rulings_of(seen, points_a_pixel, frame.size))
        )
        lines += seen.lines
    text, grids, stretches = laid_out(read_blocks(pages))
    if not text.strip():
        raise ReadError(
            f"{where}: a picture in which no text was recognised; scan it upright at 200 dots an inch or more",
            zh=f"{where}：图片中未识别出文字；请以 200 dpi 以上正向扫描后再读",
        )
    return Content(
        text=text,
        media_type=_media_type(data),
        grids=grids,
        stretches=stretches,
        pages=len(pages),
        notes=(recognition_note("", lines),),
    )


def _media_type(data: bytes) -> str:
    kinds = ((b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"), (b"GIF8", "image/gif"), (b"BM", "image/bmp"))
    return next((kind for start, kind in kinds if data.startswith(start)), "image/tiff")


def _images(data: bytes, where: str) -> Iterator[tuple[Any, float]]:
    """The pictures in a file, upright, in red, green and blue, with the points that a pixel of each stands for."""
    import numpy as np
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and known before a pixel is unpacked
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            if frames > MAX_FRAMES:
                raise _too_large(where, f"{frames:,} pages")
            for number in range(frames):
                picture.seek(number)
                if picture.width * picture.height > MAX_PIXELS:
                    raise _too_large(where, f"{picture.width:,} × {picture.height:,} pixels")
                upright = ImageOps.exif_transpose(picture)
                seen = _on_white(upright)
                yield np.asarray(seen), _points_a_pixel(picture, seen.width)
    except ReadError:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError) as error:
        raise ReadError(
            f"{where}: a damaged picture ({error}); get the file anew, or open it and save it as PNG",
            zh=f"{where}：图片已损坏；请重新获取文件，或打开后另存为 PNG",
        ) from error


def _on_white(picture: Any) -> Any:
    """The picture in three colours; what is transparent becomes white."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
    return picture.convert("RGB")


def _points_a_pixel(picture: Any, width: int) -> float:
    """By the resolution that the picture states, where that is one of a scan; else as if it were as wide as A4."""
    told = picture.info.get("dpi")
    dots = float(told[0]) if isinstance(told, tuple) and told else 0.0
    return 72 / dots if 90 <= dots <= 2400 else _PAGE_WIDTH / width


def _too_large(where: str, what: str) -> ReadError:
    return ReadError(
        f"{where}: a picture of {what}; save it smaller (200 to 300 dots an inch are enough)",
        zh=f"{where}：图片过大（{what}）；请以 200 至 300 dpi 另存后再读",
    )
