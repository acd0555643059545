"""The structure of old Word files (.doc, .wps): text pieces, and the properties of paragraphs and characters.

[MS-DOC] sections are named where a structure is read. Nothing is trusted: whatever points outside of its stream is
left out or refused.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import olefile

from extract.errors import ReadError

MAX_STREAM = 64 * 1024 * 1024
MAX_RUNS = 2_000_000
_PAGE = 512
_WORD, _LONG = struct.Struct("<H"), struct.Struct("<I")
_ENCRYPTED, _ONE_TABLE = 0x0100, 0x0200
_OLDEST = 0x00C1  #: Word 97
_LENGTHS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  #: of an operand, by the kind that its code tells
_TABLE_DEFINITION, _LONG_TABS = 0xD608, 0xC615
_HUGE = (0x6645, 0x6646)  #: the properties stand in the stream Data

#: Places of what the head points to, in pairs of offset and length (FibRgFcLcb97, 2.5.6)
NOTES, END_NOTES, CHARACTERS, PARAGRAPHS, FONTS, CLX, LISTS, LIST_USES = 2, 46, 12, 13, 15, 33, 73, 74


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together in the stream WordDocument."""

    start: int  #: of its first character in the text
    text: str
    offset: int  #: of its first byte in the stream
    width: int  #: bytes of a character

    def offset_of(self, position: int) -> int:
        return self.offset + (position - self.start) * self.width


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of the stream, in order, each with its properties as ``(code, operand)``."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    properties: list[bytes] = field(default_factory=list)

    def at(self, offset: int) -> bytes:
        """The properties, unparsed, of the byte at ``offset``."""
        found = bisect_right(self.starts, offset) - 1
        return self.properties[found] if found >= 0 and offset < self.ends[found] else b""


@dataclass(frozen=True, slots=True)
class WordFile:
    """An old Word file, its streams in memory."""

    where: str
    main: bytes
    table: bytes
    data: bytes

    def pointed(self, place: int) -> bytes:
        """The part of the table stream that the head's pair number ``place`` points to; empty where there is none."""
        offset, length = self._pair(place)
        return self.table[offset : offset + length]

    def behind(self, place: int) -> bytes:
        """The table stream from behind the part that pair number ``place`` points to: levels follow their lists."""
        offset, length = self._pair(place)
        return self.table[offset + length :] if length else b""

    def _pair(self, place: int) -> tuple[int, int]:
        """Offset and length as the head's pair number ``place`` gives them; zeros where there is none."""
        base = 32
        words = _WORD.unpack_from(self.main, base)[0]
        base += 2 + 2 * words
        base += 2 + 4 * _WORD.unpack_from(self.main, base)[0]
        if place >= _WORD.unpack_from(self.main, base)[0]:
            return 0, 0
        offset, length = struct.unpack_from("<II", self.main, base + 2 + 8 * place)
        return offset, length

    def lengths(self) -> dict[str, int]:
        """Characters of each story (FibRgLw97, 2.5.4), in the order of the text."""
        base = 32 + 2 + 2 * _WORD.unpack_from(self.main, 32)[0] + 2
        names = ("text", "notes", "headers", "macros", "comments", "end notes", "boxes", "header boxes")
        counts = struct.unpack_from("<8i", self.main, base + 4 * 3)
        return {name: max(0, count) for name, count in zip(names, counts, strict=True)}

    def pieces(self) -> list[Piece]:
        """The text, in order (Clx, 2.9.38, and PlcPcd, 2.8.35)."""
        made, total = list[Piece](), 0
        for start, end, written in _entries(self._piece_table(), 8):
            told = _LONG.unpack_from(written, 2)[0]
            width, offset = (1, (told & 0x3FFFFFFF) // 2) if told & 0x40000000 else (2, told & 0x3FFFFFFF)
            data = self.main[offset : offset + (end - start) * width]
            text = data.decode("cp1252", "replace") if width == 1 else _wide(data)
            total += len(text)
            if len(text) != end - start or total > MAX_STREAM:
                raise self.damaged("text pieces that point outside of the text")
            made.append(Piece(start, text, offset, width))
        return made

    def _piece_table(self) -> bytes:
        clx, at = self.pointed(CLX), 0
        while at + 3 <= len(clx) and clx[at] == 1:
            at += 3 + _WORD.unpack_from(clx, at + 1)[0]
        if at + 5 > len(clx) or clx[at] != 2:
            raise self.damaged("no table of its text pieces")
        return clx[at + 5 : at + 5 + _LONG.unpack_from(clx, at + 1)[0]]

    def paragraph_runs(self) -> Runs:
        """Paragraph properties (PapxFkp, 2.9.175), each begun by the two bytes of its style."""
        return self._runs(PARAGRAPHS, 13)

    def character_runs(self) -> Runs:
        """Character properties (ChpxFkp, 2.9.33)."""
        return self._runs(CHARACTERS, 1)

    def _runs(self, place: int, entry: int) -> Runs:
        """The runs of each page of properties; ``entry``: bytes of a page's entry for one run."""
        runs = Runs()
        of_page = _paragraph_properties if entry == 13 else _character_properties
        for _, _, written in _entries(self.pointed(place), 4):
            number = _LONG.unpack(written)[0] & 0x3FFFFF
            page = self.main[number * _PAGE : (number + 1) * _PAGE]
            if len(page) < _PAGE:
                continue
            count = page[-1]
            if 4 * (count + 1) + count * entry >= _PAGE:
                continue
            edges = struct.unpack_from(f"<{count + 1}I", page)
            for n, (start, end) in enumerate(pairwise(edges)):
                runs.starts.append(start)
                runs.ends.append(end)
                runs.properties.append(of_page(page, 2 * page[4 * (count + 1) + n * entry]))
            if len(runs.starts) > MAX_RUNS:
                raise self.damaged("more runs of characters than any report has")
        if any(a > b for a, b in pairwise(runs.starts)):
            order = sorted(range(len(runs.starts)), key=runs.starts.__getitem__)
            return Runs(
                [runs.starts[n] for n in order], [runs.ends[n] for n in order], [runs.properties[n] for n in order]
            )
        return runs

    def changes(self, properties: bytes) -> Iterator[tuple[int, bytes]]:
        """The properties as pairs of code and operand (Sprm, 2.2.5), with those that stand in the stream Data."""
        for code, operand in changes(properties):
            if code in _HUGE and len(operand) == 4:
                at = _LONG.unpack(operand)[0]
                if at + 2 <= len(self.data):
                    length = _WORD.unpack_from(self.data, at)[0]
                    yield from changes(self.data[at + 2 : at + 2 + length])
            else:
                yield code, operand

    def fonts(self) -> list[str]:
        """Names of fonts by number (SttbfFfn, 2.9.286)."""
        table, names, at = self.pointed(FONTS), list[str](), 4
        while at < len(table):
            length = table[at] + 1
            names.append(_wide(table[at + 40 : at + length]).split("\0")[0])
            at += length
        return names

    def damaged(self, what: str) -> ReadError:
        return ReadError(
            f"{self.where}: damaged: {what}; get the file anew, or open it in Word or WPS and save it as .docx",
            zh=f"{self.where}：文件已损坏；请重新获取文件，或用 Word、WPS 打开后另存为 .docx",
        )


def changes(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """Pairs of code and operand; what is cut off is left out."""
    at = 0
    while at + 2 < len(properties):
        code = _WORD.unpack_from(properties, at)[0]
        at += 2
        length = _LENGTHS.get(code >> 13)
        if code == _TABLE_DEFINITION:
            length = _WORD.unpack_from(properties, at)[0] + 1 if at + 2 <= len(properties) else 1
        elif code == _LONG_TABS and properties[at] == 255:
            return
        elif length is None:
            length = properties[at] + 1
        yield code, properties[at : at + length]
        at += length


class TooOldError(Exception):
    """The file is of Word 95 or before, whose structure is another one."""


def opened_word(data: bytes, *, where: str) -> WordFile:
    """The streams of an old Word file.

    Raises:
        ReadError: if it is damaged or protected by a password.
        TooOldError: if it is of Word 95 or before.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            main = _stream(ole, "WordDocument")
            head = struct.unpack_from("<11H", main) if len(main) >= 0x200 else None
            flags = head[5] if head else 0
            table = _stream(ole, "1Table" if flags & _ONE_TABLE else "0Table")
            word = WordFile(where, main, table, _stream(ole, "Data"))
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise ReadError(
            f"{where}: cut off or damaged ({error}); get the file anew, or open it in Word or WPS and save it as .docx",
            zh=f"{where}：文件不完整或已损坏；请重新获取文件，或用 Word、WPS 打开后另存为 .docx",
        ) from error
    if head is None or head[0] not in (0xA5EC, 0xA5DC, 0xA697, 0xA698, 0xA699):
        raise word.damaged("its head is none of a Word document")
    if flags & _ENCRYPTED:
        raise ReadError(
            f"{where}: protected by a password; open it with the password and save a copy without one",
            zh=f"{where}：文件已加密；请用密码打开后另存一份不加密的副本",
        )
    if head[0] != 0xA5EC or head[1] < _OLDEST:
        raise TooOldError
    return word


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    if not ole.exists(name):
        return b""
    if ole.get_size(name) > MAX_STREAM:
        raise ValueError(f"stream {name} of {ole.get_size(name):,} bytes")
    with ole.openstream(name) as stream:
        data = bytes(stream.read())
    if _is_circular(ole, name):
        raise ValueError(f"the sectors of stream {name} lead back to themselves")
    return data


def _is_circular(ole: olefile.OleFileIO, name: str) -> bool:
    """Whether a sector stands twice in a stream, which would be read as text that nobody wrote."""
    entry = ole.direntries[ole._find(name)]
    following = ole.minifat if entry.size < ole.minisectorcutoff else ole.fat
    sector, seen = entry.isectStart, set[int]()
    while 0 <= sector < len(following):
        if sector in seen:
            return True
        seen.add(sector)
        sector = following[sector]
    return False


def _entries(plc: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """The ranges of a PLC (2.2.2) with what it says of each: n + 1 positions, then n entries of ``size`` bytes."""
    count = max(0, (len(plc) - 4) // (4 + size))
    edges = struct.unpack_from(f"<{count + 1}I", plc) if count else ()
    for number, (start, end) in enumerate(pairwise(edges)):
        if start < end:
            at = 4 * (count + 1) + number * size
            yield start, end, plc[at : at + size]


def _paragraph_properties(page: bytes, at: int) -> bytes:
    if not 0 < at < _PAGE - 2:
        return b""
    words = page[at]
    start, length = (at + 1, 2 * words - 1) if words else (at + 2, 2 * page[at + 1])
    return page[start + 2 : start + length]  # behind the number of the style


def _character_properties(page: bytes, at: int) -> bytes:
    return page[at + 1 : at + 1 + page[at]] if 0 < at < _PAGE - 1 else b""


def _wide(data: bytes) -> str:
    """UTF-16, a character for each two bytes even where they are half of one, so that every position holds."""
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])))
