"""Text recognised in pictures of printed pages (needs the extra ``ocr``): its lines, and tables that lines rule.

The models are those inside the package rapidocr; nothing is fetched. What was recognised says so wherever it goes on
(``Origin.OCR``), with the place of each line.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from extract.documents.blocks import laid_out
from extract.documents.content import Content, Note
from extract.documents.printed import Page, Ruling, evenly_edged, printed_blocks
from extract.errors import ReadError
from extract.records import Box, Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_PIXELS = 80_000_000  #: of a picture; an A3 page at 600 dots an inch has 70 million
MAX_FRAMES = 300  #: pages of a TIFF file
MAX_SIDE = 3200  #: pixels; a larger page is made smaller for recognition
LEAST_SCORE = 0.5
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "MPO")
_NEEDED = ("rapidocr", "onnxruntime", "PIL", "cv2")
_PAGE_WIDTH = 595.0  #: points; taken where a picture does not say its resolution
_DARK = 160
_SHORTEST = 40  #: a ruling is at least this part of the page's shorter side


class RecognisedLine(NamedTuple):
    """A printed line in a picture."""

    text: str
    box: Box  #: in pixels from the upper left corner
    score: float  #: 0 to 1


def recognised_lines(image: Any) -> tuple[RecognisedLine, ...]:
    """The printed lines of an upright picture, an array of (height, width, 3) bytes in the order blue, green, red.

    Raises:
        ReadError: if the extra ``ocr`` is not installed.
    """
    _check_installed("picture")
    found = _engine()(image)
    if found.boxes is None or found.txts is None or found.scores is None:
        return ()
    lines = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        xs, ys = [float(corner[0]) for corner in corners], [float(corner[1]) for corner in corners]
        if text.strip() and score >= LEAST_SCORE:
            lines.append(RecognisedLine(text.strip(), (min(xs), min(ys), max(xs), max(ys)), round(float(score), 4)))
    return tuple(lines)


def ruled_lines(image: Any) -> tuple[Box, ...]:
    """The level and upright lines drawn in a picture, in pixels: long thin runs of dark."""
    import cv2

    height, width = image.shape[:2]
    least = max(30, min(height, width) // _SHORTEST)
    dark = (cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) < _DARK).astype("uint8")
    made = list[Box]()
    for size in ((least, 1), (1, least)):
        runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        _, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
        for left, top, wide, high, _ in stats[1:].tolist():
            if min(wide, high) <= max(6, least // 4):
                made.append((float(left), float(top), float(left + wide), float(top + high)))
    return tuple(made)


def recognised_page(image: Any, *, number: int, scale: float) -> tuple[Page, tuple[float, ...]]:
    """A page with the words and rulings of its picture, ``scale`` points a pixel; and the score of each line."""
    lines = recognised_lines(image)
    words = tuple(evenly_edged(line.text, _scaled(line.box, scale)) for line in lines)
    rulings = tuple(Ruling(*_scaled(box, scale)) for box in ruled_lines(image))
    return Page(number, image.shape[0] * scale, words, rulings, Origin.OCR), tuple(line.score for line in lines)


def read_picture(data: bytes, *, where: str) -> Content:
    """The text recognised in a picture; each page of a TIFF is a page.

    Raises:
        ReadError: if the extra ``ocr`` is not installed, or the picture is damaged, too large or without text.
    """
    _check_installed(where)
    pages, scores = list[Page](), list[float]()
    for number, (image, scale) in enumerate(_images(data, where), start=1):
        page, scored = recognised_page(image, number=number, scale=scale)
        pages.append(page)
        scores += scored
    blocks, is_ruled = printed_blocks(pages)
    text, grids, stretches = laid_out(blocks)
    if not text.strip():
        raise ReadError(
            f"{where}: a picture in which no text was recognised; scan it upright at 200 dots an inch or more",
            zh=f"{where}：图片中未识别出文字；请以 200 dpi 以上正向扫描后再读",
        )
    return Content(
        text=text,
        media_type=_media_type(data),
        grids=grids if is_ruled else None,
        stretches=stretches,
        pages=len(pages),
        notes=(recognition_note(scores),),
    )


def recognition_note(scores: Sequence[float]) -> Note:
    """What a person must know of recognised text."""
    mean = sum(scores) / len(scores) if scores else 0.0
    return Note(
        f"text recognised in pictures, mean score {mean:.2f}: check its figures",
        zh=f"文字由图片识别得出，平均得分 {mean:.2f}，请核对数字",
    )


def _media_type(data: bytes) -> str:
    kinds = ((b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"), (b"GIF8", "image/gif"), (b"BM", "image/bmp"))
    return next((kind for start, kind in kinds if data.startswith(start)), "image/tiff")


def _scaled(box: Box, scale: float) -> Box:
    return (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)


def _check_installed(where: str) -> None:
    if not all(find_spec(name) for name in _NEEDED):
        raise ReadError(
            f"{where}: pages that are pictures need text recognition; install zh-claim-extract[ocr]",
            zh=f"{where}：图片页面需要文字识别；请安装 zh-claim-extract[ocr]",
        )


@cache
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.max_side_len": MAX_SIDE, "Global.log_level": "error"})


def _images(data: bytes, where: str) -> Iterator[tuple[Any, float]]:
    """The pictures in a file, upright, with the points that a pixel of each stands for."""
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
                yield np.asarray(seen)[:, :, ::-1].copy(), _points_a_pixel(picture, seen.width)
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
