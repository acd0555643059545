"""What a page says: its characters and where each of them stands, as PDFium sees them.

PDFium's own spaces and line ends are left out, since ``lines`` knows better; what nobody sees is left out too:

* glyphs that are drawn invisibly (render mode 3), unless a picture fills the page: then they are what some program
  recognised in it, and their origin says so;
* white glyphs that stand on nothing dark;
* glyphs at odd angles, which are watermarks.

A glyph that the file gives no character for is U+FFFD: a figure with a hole is malformed, one with a digit less is
wrong. Signs of the fonts Symbol and Wingdings that reports use in targets are read as what they show.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extract.documents.pages.characters import SPACES, UNKNOWN, Character
from extract.documents.pages.frames import Frame
from extract.errors import ReadError
from extract.records import Box, Origin

MAX_CHARACTERS = 100_000  #: of a page; a closely printed one has some thousands
_INVISIBLE = 3
_DROPPED = frozenset("\r\n\x00\u200b\u200c\u200d\ufeff\u00ad")
_LINE_ENDS, _LAST_GENERATED = (10, 13), 32  #: codes: PDFium adds spaces and line ends of its own
_HYPHENS = frozenset("\x02\ufffe")  #: what PDFium makes of a hyphen at a line's end
_WHITE, _LIGHT = 0xF4, 0xA8  #: the least of red, green and blue
_FAINT = 0x90  #: opacity
_STRAIGHT = 0.06  #: quarter turns, some five degrees: text at other angles is a watermark
_ASCENT, _DESCENT = 0.86, 0.14  #: of the size of a font, above and below the line that 汉字 stand on
#: Signs at U+F0xx, where the font Symbol keeps them.
_SYMBOLS = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°"}
#: Ticked and open boxes and ticks at U+F0xx, where the fonts Wingdings keep them.
_WINGDINGS = {0xFE: "☑", 0xFC: "√", 0xA8: "□", 0x6F: "□", 0x52: "☑", 0xFD: "☒"}


class _Raw(NamedTuple):
    """A character as PDFium gives it, in PDF's coordinates."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    quarter: int
    looks: _Looks


@dataclass(frozen=True, slots=True)
class _Looks:
    """How the glyphs of one text object are drawn."""

    size: float = 0.0  #: of its font, in points on paper
    quarter: int | None = 0  #: quarter turns counter-clockwise; None at odd angles
    invisible: bool = False
    white: bool = False
    light: bool = False


class Backdrop(NamedTuple):
    """What lies behind or over the text of a page, in PDF's coordinates."""

    dark: Sequence[Box] = ()  #: filled surfaces on which white text can be seen
    picture: float = 0.0  #: the share of the page that its largest picture takes


def read_characters(page: Any, frame: Frame, backdrop: Backdrop, *, where: str) -> tuple[Frame, tuple[Character, ...]]:
    """The visible characters in the file's order, and the frame turned so that most of them are upright.

    Raises:
        ReadError: if there are more of them than any report's page has.
    """
    raw = [each for each in _raw_characters(page, where) if _is_seen(each, backdrop)]
    quarters = Counter(each.quarter for each in raw if each.text not in SPACES)
    turned = frame._replace(reading=max(quarters, key=lambda quarter: quarters[quarter], default=frame.shown))
    return turned, tuple(_placed(each, turned) for each in raw)


def _placed(raw: _Raw, frame: Frame) -> Character:
    box = frame.read(raw.left, raw.bottom, raw.right, raw.top)
    origin = Origin.OCR if raw.looks.invisible else Origin.TEXT
    return Character(
        raw.text,
        *box,
        raw.looks.size,
        (raw.quarter - frame.reading) % 4,
        raw.looks.light and not raw.looks.white,
        origin,
    )


def _is_seen(raw: _Raw, backdrop: Backdrop) -> bool:
    if raw.looks.invisible:
        return backdrop.picture >= 0.5
    if not raw.looks.white or backdrop.picture >= 0.5:
        return True
    x, y = (raw.left + raw.right) / 2, (raw.bottom + raw.top) / 2
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in backdrop.dark)


def _raw_characters(page: Any, where: str) -> Iterator[_Raw]:
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        count = pdfium.FPDFText_CountChars(text_page.raw)
        if count > MAX_CHARACTERS:
            raise ReadError(
                f"{where}: {count:,} characters on one page; no report is like that, so it is not read",
                zh=f"{where}：一页有 {count:,} 个字符，不像正常的报告，不予读取",
            )
        yield from _each(pdfium, text_page.raw, count)
    finally:
        text_page.close()


def _each(pdfium: Any, text: Any, count: int) -> Iterator[_Raw]:
    looks_of, place = _LooksOf(pdfium, text), _PlaceOf(pdfium, text)
    unicode_of = pdfium.FPDFText_GetUnicode
    high = 0  #: the first half of a character beyond the basic plane
    for index in range(count):
        code = unicode_of(text, index)
        if code <= _LAST_GENERATED and (code in _LINE_ENDS or pdfium.FPDFText_IsGenerated(text, index) == 1):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        character = _character(pdfium, text, index, code)
        if character in _DROPPED:
            continue
        looks = looks_of.at(index)
        box = None if looks.quarter is None else place.at(index, looks.size, looks.quarter)
        if box is not None and looks.quarter is not None:
            yield _Raw(character, *box, looks.quarter, looks)


class _PlaceOf:
    """Where each character stands: as wide as it runs, and as high as its font whatever the glyph shows of it."""

    def __init__(self, pdfium: Any, text: Any) -> None:
        self.pdfium, self.text = pdfium, text
        self.box, self.x, self.y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()

    def at(self, index: int, size: float, quarter: int) -> Box | None:
        box, x, y = self.box, self.x, self.y
        if not self.pdfium.FPDFText_GetLooseCharBox(self.text, index, box):
            return None
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if not self.pdfium.FPDFText_GetCharOrigin(self.text, index, x, y):
            return (left, bottom, right, top)
        if quarter % 2:
            if not _is_at_middle(y.value, bottom, top, size):
                up, down = (_ASCENT, _DESCENT) if quarter == 3 else (_DESCENT, _ASCENT)
                left, right = x.value - down * size, x.value + up * size
        elif not _is_at_middle(x.value, left, right, size):
            up, down = (_ASCENT, _DESCENT) if quarter == 0 else (_DESCENT, _ASCENT)
            bottom, top = y.value - down * size, y.value + up * size
        return (left, bottom, right, top)


def _is_at_middle(at: float, start: float, end: float, size: float) -> bool:
    """Whether a glyph hangs from its middle, as those of fonts for writing downwards do, instead of its corner."""
    return abs(at - (start + end) / 2) < 0.15 * size and min(abs(at - start), abs(at - end)) > 0.3 * size


def _character(pdfium: Any, text: Any, index: int, code: int) -> str:
    if code == 0 or 0xD800 <= code < 0xE000 or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1:
        return UNKNOWN
    character = chr(code)
    if character in _HYPHENS:
        return "-"
    if 0xF000 <= code <= 0xF0FF:
        return _symbol(pdfium, text, index, code & 0xFF) or character
    return character


def _symbol(pdfium: Any, text: Any, index: int, code: int) -> str:
    name = _font_name(pdfium, pdfium.FPDFText_GetTextObject(text, index)).lower()
    if "wingdings" in name:
        return _WINGDINGS.get(code, "")
    return _SYMBOLS.get(code, "") if "symbol" in name else ""


def _font_name(pdfium: Any, text_object: Any) -> str:
    font = pdfium.FPDFTextObj_GetFont(text_object) if text_object else None
    if not font:
        return ""
    room = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, room, len(room))
    return room.value.decode("utf-8", "replace")


class _LooksOf:
    """How each character is drawn, asked once a text object."""

    def __init__(self, pdfium: Any, text: Any) -> None:
        self.pdfium, self.text = pdfium, text
        self.key, self.looks = b"", _Looks()

    def at(self, index: int) -> _Looks:
        drawn = self.pdfium.FPDFText_GetTextObject(self.text, index)
        key = bytes(drawn)  # its address: the characters of one object follow each other
        if key != self.key:
            self.key, self.looks = key, self._asked(drawn, index)
        return self.looks

    def _asked(self, drawn: Any, index: int) -> _Looks:
        size, quarter = self._size_and_turn(drawn, index)
        if drawn and self.pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE:
            return _Looks(size, quarter, invisible=True)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not self.pdfium.FPDFText_GetFillColor(self.text, index, red, green, blue, alpha):
            return _Looks(size, quarter)
        least = min(red.value, green.value, blue.value)
        return _Looks(size, quarter, white=least >= _WHITE, light=least >= _LIGHT or alpha.value <= _FAINT)

    def _size_and_turn(self, drawn: Any, index: int) -> tuple[float, int | None]:
        matrix, size = self.pdfium.FS_MATRIX(), ctypes.c_float()
        if not self.pdfium.FPDFText_GetMatrix(self.text, index, matrix):
            return self.pdfium.FPDFText_GetFontSize(self.text, index), 0
        if not (drawn and self.pdfium.FPDFTextObj_GetFontSize(drawn, size)):
            size.value = self.pdfium.FPDFText_GetFontSize(self.text, index)
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        is_right = abs(quarters - round(quarters)) <= _STRAIGHT
        return abs(size.value) * math.hypot(matrix.c, matrix.d), round(quarters) % 4 if is_right else None
