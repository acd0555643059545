"""Old Word documents (.doc, and .wps of WPS Office): text, tables and list numbers, laid out as those of .docx.

Read as ``docx.py`` reads its format: hidden and deleted text left out, of fields the result, notes and text boxes at
the end, headers and comments not at all. Tables keep merged cells; columns are told by the edges of cells. Files of
Word 95 and before are handed to LibreOffice.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from extract.documents.blocks import Block, BlockCell, BlockTable, Paragraph, laid_out
from extract.documents.content import Content
from extract.documents.decoding import paired
from extract.documents.docx import MAX_COLUMNS, MAX_NESTING, MAX_PARAGRAPHS, MAX_PLACES, SYMBOLS
from extract.documents.list_numbers import Level, ListCounter, ListDefinitions, NumberedList
from extract.documents.office import read_with_office
from extract.documents.word_binary import LIST_USES, LISTS, Piece, TooOldError, WordFile, opened_word

MEDIA_TYPE = "application/msword"
_SAME_EDGE = 20  #: twips; cells drawn by hand in two rows may miss one another by so little
_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_TABLE, _LIST_USE, _LIST_LEVEL = 0xD608, 0x460B, 0x260A
_DELETED, _HIDDEN, _SYMBOL = 0x0800, 0x083C, 0x6A09
_ENDS = re.compile(r"[\r\x07\x0c]")
_MARKS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_SIGNS = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-"}
_FIELD_BEGIN, _FIELD_RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_FORMS = {  # MSONFC of [MS-OSHARED] 2.2.1.3
    **{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital"},
    **{11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle", 22: "decimalZero", 23: "bullet"},
    **{26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese"},
    **{29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting"},
    **{34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital"},
    **{37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none"},
}


def read_doc(data: bytes, *, where: str) -> Content:
    """The text of an old Word document, and the grids of its tables.

    Raises:
        ReadError: if it is damaged or protected by a password, or so old that only LibreOffice reads it, which lacks.
    """
    try:
        word = opened_word(data, where=where)
    except TooOldError:
        return read_with_office(data, suffix=".doc", media_type=MEDIA_TYPE, where=where)
    try:
        text, grids, stretches = laid_out(_blocks(word))
    except (struct.error, IndexError) as error:
        raise word.damaged(str(error)) from error
    return Content(text=text, media_type=MEDIA_TYPE, grids=grids, stretches=stretches)


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph with the properties that tell where it stands."""

    text: str
    depth: int = 0  #: tables that it stands in
    ends_cell: bool = False
    ends_row: bool = False
    edges: tuple[int, ...] = ()  #: of the row's cells, at the end of a row
    merges: tuple[int, ...] = ()  #: 1: goes on from above, 2 or 3: the first of its column


@dataclass(slots=True)
class _OpenTable:
    """A table whose end has not come yet."""

    rows: list[tuple[list[tuple[Block, ...]], _Line]] = field(default_factory=list)
    cells: list[tuple[Block, ...]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def _blocks(word: WordFile) -> list[Block]:
    made, start = list[Block](), 0
    reader = _Reader(word)
    stories = {}
    for name, length in word.lengths().items():
        stories[name] = (start, start + length)
        start += length
    for name in ("text", "notes", "end notes", "boxes"):
        lines = list(reader.lines(*stories[name]))
        if name != "text":
            lines = [line for line in lines if line.text.strip() or line.depth]
        elif lines and not lines[-1].text and not lines[-1].depth:
            lines.pop()  # behind the end mark of the last paragraph nothing stands
        made += _nested(word, lines)
    return made


class _Reader:
    """Walks the text paragraph by paragraph."""

    def __init__(self, word: WordFile) -> None:
        self.word = word
        self.pieces = word.pieces()
        self.text = "".join(piece.text for piece in self.pieces)
        self.starts = [piece.start for piece in self.pieces]
        self.paragraphs = word.paragraph_runs()
        self.fonts = word.fonts()
        self.shown = self._shown()
        self.counter, self.uses = _lists(word)
        self.count = 0

    def lines(self, start: int, end: int) -> Iterator[_Line]:
        """The paragraphs of the story between two positions."""
        open_fields: list[bool] = []  # of each, whether its result has begun
        at, end = start, min(end, len(self.text))
        for mark in _ENDS.finditer(self.text, start, end):
            self.count += 1
            if self.count > MAX_PARAGRAPHS:
                raise self.word.damaged(f"more than {MAX_PARAGRAPHS:,} paragraphs")
            yield self._line(at, mark.start(), mark[0], open_fields)
            at = mark.end()
        if at < end:
            yield _Line(self._characters(at, end, open_fields))

    def _line(self, start: int, end: int, mark: str, open_fields: list[bool]) -> _Line:
        told = dict(self.word.changes(self.paragraphs.at(self._offset(end))))
        depth = min(_number(told.get(_DEPTH, b"")), MAX_NESTING) or int(_is_on(told, _IN_TABLE) or mark == "\x07")
        inner = depth > 1
        ends_row = _is_on(told, _INNER_ROW_END if inner else _ROW_END)
        ends_cell = _is_on(told, _INNER_CELL) if inner else mark == "\x07"
        text = self._characters(start, end, open_fields)
        open_fields[:] = [begun for begun in open_fields if begun]  # an instruction ends with its paragraph
        if depth:
            text = text.replace("\t", " ")
        if not ends_row:
            text = self._label(told) + text
        edges, merges = _row(told.get(_TABLE, b"")) if ends_row else ((), ())
        return _Line(text, depth, ends_cell and not ends_row, ends_row, edges, merges)

    def _label(self, told: dict[int, bytes]) -> str:
        use, level = _number(told.get(_LIST_USE, b"")), _number(told.get(_LIST_LEVEL, b""))
        return self.counter.label_at((self.uses[use - 1], level)) if 0 < use <= len(self.uses) else ""

    def _offset(self, position: int) -> int:
        return self._piece(position).offset_of(position)

    def _piece(self, position: int) -> Piece:
        return self.pieces[max(0, bisect_right(self.starts, position) - 1)]

    def _characters(self, start: int, end: int, open_fields: list[bool]) -> str:
        """The characters that a reader sees: of fields their results, of marks what they stand for."""
        out, at = list[str](), start
        for mark in _MARKS.finditer(self.shown, start, end):
            out += [self.shown[at : mark.start()]] if all(open_fields) else []
            at = mark.end()
            if mark[0] == _FIELD_BEGIN:
                open_fields.append(False)
            elif mark[0] == _FIELD_RESULT and open_fields:
                open_fields[-1] = True
            elif mark[0] == _FIELD_END and open_fields:
                open_fields.pop()
            elif all(open_fields):
                out.append(_SIGNS.get(mark[0], ""))
        out += [self.shown[at:end]] if all(open_fields) else []
        return paired("".join(out))

    def _shown(self) -> str:
        """The text with hidden and deleted characters blotted out (with a mark that shows nothing), signs put in."""
        out, runs = list[str](), self.word.character_runs()
        for piece in self.pieces:
            text, stop = piece.text, piece.offset + len(piece.text) * piece.width
            number = max(0, bisect_right(runs.starts, piece.offset) - 1)
            while number < len(runs.starts) and runs.starts[number] < stop:
                sign = self._sign(runs.properties[number])
                if sign is not None:
                    first = max(0, (runs.starts[number] - piece.offset) // piece.width)
                    last = max(first, (min(runs.ends[number], stop) - piece.offset) // piece.width)
                    text = text[:first] + _blotted(text[first:last], sign) + text[last:]
                number += 1
            out.append(text)
        return "".join(out)

    def _sign(self, properties: bytes) -> str | None:
        """What stands in place of a run's characters; None for themselves."""
        if not properties:
            return None
        told = dict(self.word.changes(properties))
        if _is_on(told, _HIDDEN) or _is_on(told, _DELETED):
            return "\x01"
        symbol = told.get(_SYMBOL, b"")
        if len(symbol) != 4:
            return None
        font, code = struct.unpack("<HH", symbol)
        is_symbol = font < len(self.fonts) and self.fonts[font].lower() == "symbol"
        return SYMBOLS.get(code & 0xFF, "\x01") if is_symbol else "\x01"


def _blotted(text: str, sign: str) -> str:
    """``text`` with ``sign`` for every character but the ends of paragraphs and the marks of fields."""
    return re.sub(r"[^\r\x07\x0c\x13-\x15]", sign, text)


def _is_on(told: dict[int, bytes], code: int) -> bool:
    return told.get(code, b"\0")[:1] == b"\1"


def _number(operand: bytes) -> int:
    return int.from_bytes(operand[:4], "little")


def _row(operand: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Edges of a row's cells in twips, and how each merges with those above and below (TDefTableOperand, 2.9.319)."""
    if len(operand) < 3:
        return (), ()
    count = operand[2]
    if len(operand) < 3 + 2 * (count + 1):
        return (), ()
    edges = struct.unpack_from(f"<{count + 1}h", operand, 3)
    cells = operand[3 + 2 * (count + 1) :]
    flags = [_number(cells[20 * n : 20 * n + 2]) for n in range(count)]
    return edges, tuple(flag >> 5 & 3 for flag in flags)


# Tables


def _nested(word: WordFile, lines: list[_Line]) -> list[Block]:
    """Paragraphs and tables, those inside cells too."""
    made, tables = list[Block](), list[_OpenTable]()

    def close() -> None:
        table = _closed(word, tables.pop())
        (tables[-1].blocks if tables else made).extend(table)

    for line in lines:
        while len(tables) > line.depth:
            close()
        while len(tables) < line.depth:
            tables.append(_OpenTable())
        if not tables:
            made.append(Paragraph(line.text))
            continue
        table = tables[-1]
        if line.ends_row:
            table.rows.append((table.cells, line))
            table.cells = []
        else:
            table.blocks.append(Paragraph(line.text))
        if line.ends_cell:
            table.cells.append(tuple(table.blocks))
            table.blocks = []
    while tables:
        close()
    return made


def _closed(word: WordFile, table: _OpenTable) -> list[Block]:
    """A table; one of a single cell is a frame, whose content stands for it."""
    left = [*(block for cell in table.cells for block in cell), *table.blocks]  # cut off before its row ended
    if len(table.rows) == 1 and len(table.rows[0][0]) == 1:
        return [*table.rows[0][0][0], *left]
    if not table.rows:
        return left
    columns = _columns(line.edges for _, line in table.rows)
    made: list[tuple[BlockCell, ...]] = []
    open_above: frozenset[int] = frozenset()
    for cells, line in table.rows:
        made.append(tuple(_cells(cells, line, columns, open_above)))
        open_above = frozenset(cell.column for cell in made[-1] if cell.merges)
    width = max((cell.column + cell.width for row in made for cell in row), default=0)
    if width > MAX_COLUMNS or len(made) * width > MAX_PLACES:
        raise word.damaged(f"a table of {len(made):,} rows and {width} columns, which no report has")
    return [BlockTable(tuple(made), width), *left]


def _columns(rows: Iterator[tuple[int, ...]]) -> dict[int, int]:
    """Edge → number of the column that begins there; edges that all but meet are one."""
    edges = sorted({edge for row in rows for edge in row})
    columns, number = dict[int, int](), 0
    for before, edge in pairwise([*edges[:1], *edges]):
        number += edge - before > _SAME_EDGE
        columns[edge] = number
    return columns


def _cells(
    cells: list[tuple[Block, ...]], line: _Line, columns: dict[int, int], open_above: frozenset[int]
) -> Iterator[BlockCell]:
    is_told = len(line.edges) == len(cells) + 1
    for number, blocks in enumerate(cells):
        column = columns[line.edges[number]] if is_told else number
        width = max(1, columns[line.edges[number + 1]] - column) if is_told else 1
        merge = line.merges[number] if is_told and number < len(line.merges) else 0
        goes_on = merge == 1 and column in open_above
        yield BlockCell(() if goes_on else blocks, column, width, merge > 0, goes_on)


# Lists


def _lists(word: WordFile) -> tuple[ListCounter, list[str]]:
    """The document's lists (PlfLst, 2.9.188), and which of them each use names (PlfLfo, 2.9.187)."""
    heads, levels = word.pointed(LISTS), _Bytes(word.behind(LISTS))
    count = min(_number(heads[:2]), (len(heads) - 2) // 28) if len(heads) > 2 else 0
    made = {}
    for number in range(count):
        head = heads[2 + 28 * number : 2 + 28 * (number + 1)]
        name = str(_number(head[:4]))
        depth = 1 if head[26] & 1 else 9
        made[name] = NumberedList(name, {n: _level(levels) for n in range(depth)}, {})
    uses = word.pointed(LIST_USES)
    used = min(_number(uses[:4]), (len(uses) - 4) // 16) if len(uses) > 4 else 0
    names = [str(_number(uses[4 + 16 * n : 8 + 16 * n])) for n in range(used)]
    return ListCounter(ListDefinitions(lists=made)), names


@dataclass(slots=True)
class _Bytes:
    """Bytes that are read from the front."""

    rest: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        self.at += count
        return self.rest[self.at - count : self.at]


def _level(given: _Bytes) -> Level:
    """How one level is numbered (LVL, 2.9.150)."""
    head = given.take(28).ljust(28, b"\0")
    given.take(head[25])
    given.take(head[24])
    text = paired("".join(map(chr, _shorts(given.take(2 * _number(given.take(2)))))))
    return Level(
        form=_FORMS.get(head[4], "decimal"),
        text="".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in text),
        start=struct.unpack_from("<i", head)[0],
        restart=head[26] if head[5] & 8 else None,
        gap={0: "\t", 1: " "}.get(head[15], ""),
        legal=bool(head[5] & 4),
    )


def _shorts(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])
