"""A picture of a printed page → its characters and the lines it draws (needs the extra ``ocr``).

Picture → upright → boxes that hold a line of print → parted where rulings run through them → read → characters, each
with its place. The models are those inside the package rapidocr; nothing is fetched. What was recognised says so
wherever it goes on (``Origin.OCR``).
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple, Protocol

from extract.documents.content import Note
from extract.documents.misreadings import repaired
from extract.documents.pages.characters import Character
from extract.documents.pages.rulings import Ruling, rulings_along
from extract.documents.pages.tables import ruled_tables
from extract.errors import ReadError
from extract.records import Box, Origin

LEAST_SCORE = 0.5
MAX_LINES = 2000  #: of a picture
MAX_SIDE = 3200  #: pixels; a larger picture is made smaller before lines are looked for
MOST_THREADS = 4
_NEEDED = ("rapidocr", "onnxruntime", "PIL", "cv2")
_DARK = 160
_SHORTEST = 40  #: a ruling is at least this part of the page's shorter side
_TALL = 2.3  #: height against width of a box whose 汉字 stand below one another
_NARROW = 12  #: pixels: a part between two rulings that is narrower holds no character
_LEAST_TURN, _MOST_TURN = 0.15, 8.0  #: degrees by which a sheet may lie askew
_CELLS_WIDTH = 595.0  #: points: as wide as A4 is a page taken in which cells are looked for
_EDGE = 4  #: pixels between a ruling's middle and where a cell's inside begins
_LEAST_INK = 5  #: pixels: what is narrower is dirt
_HIGHEST_INK, _USUAL_LINE = 0.025, 0.014  #: of the page's width: heights of a line of print
_LONGEST, _LONG = 12, 120  #: how many lines, of how many pixels, tell how a sheet lies
_OF_BOX = 0.8  #: the size of a font against the height of the box around a line
_AT_LEFT = frozenset("，。；：、）》】”’！？")  #: signs that are printed at the left of their place
#: The number of a title, behind which recognition drops the space.
_NUMBERED = re.compile(
    r"(?:附[表件图]?|[表图])\d{1,2}?(?=[一-鿿]|(?:19|20)\d\d年)|第[一二三四五六七八九十]{1,3}(?:部分|章|节)(?=[一-鿿])"
)
_AFTER_NUMBER = 0.3  #: of the font's size: a gap that is such a space
_FEW = 5  #: characters
_SAME_SIZE = 0.2  #: sizes of fonts that differ by no more count as one


class RecognisedLine(NamedTuple):
    """A printed line in a picture; places in pixels from its upper left corner."""

    text: str
    box: Box
    edges: tuple[tuple[float, float], ...]  #: left and right of each character
    score: float  #: 0 to 1


class Recognised(NamedTuple):
    """What is seen in a picture; places in pixels from its upper left corner."""

    lines: tuple[RecognisedLine, ...]
    rulings: tuple[Box, ...] = ()


class Recogniser(Protocol):
    """A picture, an array of (height, width, 3) bytes in the order red, green, blue → what is seen in it."""

    def __call__(self, image: Any) -> Recognised: ...


def is_installed() -> bool:
    """Whether the extra ``ocr`` is there."""
    return all(find_spec(name) for name in _NEEDED)


def check_installed(where: str) -> None:
    """Raises a ReadError that names the extra, if it is missing."""
    if not is_installed():
        raise ReadError(
            f"{where}: pages that are pictures need text recognition; install zh-claim-extract[ocr]",
            zh=f"{where}：图片页面需要文字识别；请安装 zh-claim-extract[ocr]",
        )


def recognised(image: Any) -> Recognised:
    """Lines and rulings of a picture that lies upright, give or take some degrees; a ``Recogniser``."""
    import numpy as np

    seen = np.ascontiguousarray(image[:, :, ::-1])  # the models know blue, green, red
    boxes = _line_boxes(seen)
    turn = turn_of(boxes)
    if _LEAST_TURN <= abs(turn) <= _MOST_TURN:
        seen = _turned(seen, turn)
        boxes = _line_boxes(seen)
    rulings = ruled_lines(seen)
    parts = [part for corners in boxes for part in _parts(corners, rulings)]
    parts += _missed(seen, rulings, parts)
    return Recognised(tuple(_read_lines(seen, parts)), rulings)


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


# Characters of a page


def characters_of(seen: Recognised, points_a_pixel: float) -> tuple[Character, ...]:
    """The characters of the lines as those of a page; fonts of nearly one size count as of one."""
    sizes = [_size_of(line) * points_a_pixel for line in seen.lines]
    weighed = sorted(size for line, size in zip(seen.lines, sizes, strict=True) for _ in line.text)
    usual = weighed[len(weighed) // 2] if weighed else 0.0
    return tuple(
        character
        for line, size in zip(seen.lines, sizes, strict=True)
        for character in _characters(line, _shared_size(size, usual, len(line.text)), points_a_pixel)
    )


def _shared_size(size: float, usual: float, length: int) -> float:
    """``usual`` if ``size`` is nearly that; the boxes of a few characters tell their size less well."""
    nearly = _SAME_SIZE if length >= _FEW else 2 * _SAME_SIZE
    return usual if abs(size - usual) <= nearly * usual else size


def rulings_of(seen: Recognised, points_a_pixel: float, size: tuple[float, float]) -> tuple[Ruling, ...]:
    """The rulings as those of a page of this width and height."""
    return tuple(rulings_along((_scaled(box, points_a_pixel) for box in seen.rulings), size))


def _characters(line: RecognisedLine, size: float, points_a_pixel: float) -> Iterator[Character]:
    middle = (line.box[1] + line.box[3]) / 2 * points_a_pixel
    top, bottom, end = middle - size / 2, middle + size / 2, 0.0
    numbered = _NUMBERED.match(line.text)
    for place, (text, (left, right)) in enumerate(zip(repaired(line.text), line.edges, strict=True)):
        left, right = left * points_a_pixel, right * points_a_pixel
        if numbered is not None and place == numbered.end() and left - end > _AFTER_NUMBER * size:
            yield Character(" ", end, top, left, bottom, size, origin=Origin.OCR)
        yield Character(text, left, top, right, bottom, size, origin=Origin.OCR)
        end = right


def _size_of(line: RecognisedLine) -> float:
    """The size of a line's font in pixels: the mean distance of its 汉字, or a part of its box's height."""
    middles = [((left + right) / 2, text) for (left, right), text in zip(line.edges, line.text, strict=True)]
    steps = [
        after - before
        for (before, one), (after, other) in pairwise(middles)
        if "一" <= one <= "鿿" and "一" <= other <= "鿿"
    ]
    high = _OF_BOX * (line.box[3] - line.box[1])
    step = sum(steps) / len(steps) if len(steps) > 2 else high
    return step if 0.75 * high <= step <= 1.4 * high else high


def recognition_note(pages: str, lines: Sequence[RecognisedLine]) -> Note:
    """What a person must know of recognised text: on which pages it is (``2, 4``; all if ""), and how sure it is."""
    mean = sum(line.score for line in lines) / len(lines) if lines else 0.0
    on, on_zh = (f" on pages {pages}", f"第 {pages} 页的") if pages else ("", "")
    return Note(
        f"text recognised in pictures{on}, mean score {mean:.2f}: check its figures",
        zh=f"{on_zh}文字由图片识别得出，平均得分 {mean:.2f}，请核对数字",
    )


# Where lines of print are


_Corners = tuple[tuple[float, float], ...]  #: upper left, upper right, lower right, lower left


def _line_boxes(image: Any) -> list[_Corners]:
    found = _engine()(image, use_det=True, use_cls=False, use_rec=False)
    boxes = () if found.boxes is None else found.boxes[:MAX_LINES]
    return [tuple((float(x), float(y)) for x, y in corners) for corners in boxes]


def turn_of(boxes: Sequence[_Corners]) -> float:
    """By how many degrees the longest lines of a sheet run down to the right."""
    lines = sorted(((right[0] - left[0], right[1] - left[1]) for left, right, _, _ in boxes), reverse=True)
    turns = [math.degrees(math.atan2(down, across)) for across, down in lines[:_LONGEST] if across > _LONG]
    return median(turns) if len(turns) > 2 else 0.0


def _turned(image: Any, degrees: float) -> Any:
    import cv2

    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def _parts(corners: _Corners, rulings: Sequence[Box]) -> Iterator[Box]:
    """The upright box around ``corners``, parted where upright rulings run through it, and 汉字 below one another."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, top, right, bottom = max(min(xs), 0.0), max(min(ys), 0.0), max(xs), max(ys)
    middle = (top + bottom) / 2
    cuts = sorted(
        (box[0], box[2])
        for box in rulings
        if box[3] - box[1] > box[2] - box[0] and left < box[0] and box[2] < right and box[1] <= middle <= box[3]
    )
    start = left
    for end, following in [*cuts, (right, right)]:
        if end - start >= _NARROW:
            yield from _stacked((start, top, end, bottom))
        start = following


def _stacked(box: Box) -> Iterator[Box]:
    """The box, or one for each of the 汉字 that stand below one another in it."""
    left, top, right, bottom = box
    if bottom - top < _TALL * (right - left):
        yield box
        return
    count = round((bottom - top) / (right - left))
    for place in range(count):
        high = (bottom - top) / count
        yield (left, top + place * high, right, top + (place + 1) * high)


def _missed(image: Any, rulings: Sequence[Box], parts: Sequence[Box]) -> Iterator[Box]:
    """Around what is printed in cells in which no line was found: short figures and signs such as — and ＝."""
    height, width = image.shape[:2]
    middles = [((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in parts]
    scale = _CELLS_WIDTH / width
    along = rulings_along((_scaled(box, scale) for box in rulings), (_CELLS_WIDTH, height * scale))
    for table in ruled_tables(list(along)):
        for cell in table.cells:
            left, top, right, bottom = _scaled(table.box_of(cell), 1 / scale)
            if not any(left < x < right and top < y < bottom for x, y in middles):
                yield from _ink(image, (left + _EDGE, top + _EDGE, right - _EDGE, bottom - _EDGE))


def _ink(image: Any, box: Box) -> Iterator[Box]:
    """Around the dark of one line in ``box``; none where there is too little, or where it is as high as several."""
    left, top, right, bottom = (round(edge) for edge in box)
    dark = image[top:bottom, left:right].min(axis=2) < _DARK if right > left and bottom > top else None
    if dark is None or not dark.any():
        return
    ys, xs = dark.any(axis=1).nonzero()[0].tolist(), dark.any(axis=0).nonzero()[0].tolist()
    wide, high = xs[-1] + 1 - xs[0], ys[-1] + 1 - ys[0]
    if wide < _LEAST_INK or high > _HIGHEST_INK * image.shape[1]:
        return
    middle, half = top + ys[0] + high / 2, max(high, _USUAL_LINE * image.shape[1]) / 2
    margin = half / 4
    yield (
        max(left + xs[0] - margin, 0.0),
        max(middle - half - margin, 0.0),
        left + xs[-1] + 1 + margin,
        middle + half + margin,
    )


def _scaled(box: Box, scale: float) -> Box:
    return (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)


# What they say


def _read_lines(image: Any, boxes: Sequence[Box]) -> Iterator[RecognisedLine]:
    crops = [image[int(top) : math.ceil(bottom), int(left) : math.ceil(right)] for left, top, right, bottom in boxes]
    shown = [(box, crop) for box, crop in zip(boxes, crops, strict=True) if crop.size]
    if not shown:
        return
    read = _engine().recognize_txt([crop for _, crop in shown])
    for (box, crop), written, score, words in zip(shown, read.txts, read.scores, read.word_results, strict=True):
        text = written.strip()
        if text and score >= LEAST_SCORE:
            yield _line(_sign_or(text, crop), box, words, float(score))


def _sign_or(text: str, crop: Any) -> str:
    """``text``, or the sign that it was read for, which is flatter in its picture."""
    sign, most = _FLAT.get(text, (text, 0.0))
    if most == 0.0:
        return text
    dark = crop.min(axis=2) < _DARK
    ys, xs = dark.any(axis=1).nonzero()[0].tolist(), dark.any(axis=0).nonzero()[0].tolist()
    is_flat = bool(ys) and ys[-1] + 1 - ys[0] <= most * (xs[-1] + 1 - xs[0])
    return sign if is_flat else text


def _line(text: str, box: Box, words: Any, score: float) -> RecognisedLine:
    """A line with the edges of its characters, by the columns of the picture in which the model saw them."""
    columns = [column for word in words.word_cols or () for column in word]
    written = [place for place, character in enumerate(text) if not character.isspace()]
    if len(columns) != len(written) or not words.line_txt_len:
        return RecognisedLine(text, box, _even_edges(text, box), round(score, 4))
    unit = (box[2] - box[0]) / words.line_txt_len
    middles = {place: box[0] + (column + 0.5) * unit for place, column in zip(written, columns, strict=True)}
    return RecognisedLine(text, box, tuple(_edges(text, box, middles)), round(score, 4))


def _edges(text: str, box: Box, middles: dict[int, float]) -> Iterator[tuple[float, float]]:
    """Edges about the middles: as wide as such characters are, where the neighbours leave so much."""
    high = _OF_BOX * (box[3] - box[1])
    right = box[0]
    for place, character in enumerate(text):
        before, after = middles.get(place - 1), middles.get(place + 1)
        middle = middles.get(place)
        if middle is None:  # a space
            start = right
            end = after - high / 4 if after is not None else right
            yield (start, max(start, end))
            continue
        half = high * (0.5 if not character.isascii() else 0.4 if character.isalpha() else 0.25)
        left = max(middle - half, box[0], right if before is None else (before + middle) / 2)
        ends = place + 1 == len(text) and character in _AT_LEFT
        right = middle + 1.5 * half if ends else min(middle + half, box[2])
        right = min(right, math.inf if after is None else (after + middle) / 2)
        left, right = min(left, middle), max(right, middle)
        yield (left, right)


def _even_edges(text: str, box: Box) -> tuple[tuple[float, float], ...]:
    """Edges where only the box is known: half-width characters take half."""
    shares = [1.0 if ord(character) > 0x2E7F else 0.55 for character in text]
    unit, at, edges = (box[2] - box[0]) / (sum(shares) or 1.0), box[0], list[tuple[float, float]]()
    for share in shares:
        edges.append((at, at + share * unit))
        at += share * unit
    return tuple(edges)


#: 汉字 that alone in a cell are read for a sign → the sign, and the most that it is high against its width.
_FLAT = {"二": ("＝", 0.55), "一": ("—", 0.1)}


@cache
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    threads = max(1, min(MOST_THREADS, os.cpu_count() or 1))
    return RapidOCR(
        params={
            "Global.max_side_len": MAX_SIDE,
            "Global.log_level": "error",
            "Global.return_word_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )
