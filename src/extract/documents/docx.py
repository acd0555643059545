"""Word documents (.docx): the body's text in reading order, and a grid for every table.

Two steps, each to be looked at by itself: the XML into blocks (paragraphs and tables), the blocks into text and grids.

What is read, and how:

* Paragraphs are joined by line feeds; a soft line break is one too. Numbers that Word generates stand in front.
* A table's cells come row by row, parted by tabs, rows ended by line feeds. A merged cell's text stands once.
  Inside a cell a tab is a space; a cell of several paragraphs keeps its line feeds.
* A table inside a cell is read as text of that cell, in place, and gives no grid: it would overlap its parent's.
  Only a table of a single cell is no table but a frame: what it holds is read as if it stood outside.
* Tracked changes count as accepted, hidden text as absent. Of a field its result is read, not its instruction.
* A text box stands in front of the paragraph that it is anchored to, or behind it if words precede the anchor, so that
  no sentence is cut.
* Footnotes and endnotes stand at the end, in the order of their marks; the marks are left out, since a digit behind a
  figure would change it. Headers, footers, comments, charts and pictures are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from extract.documents.blocks import Block, BlockCell, BlockTable, Paragraph, laid_out, shifted
from extract.documents.content import Content
from extract.documents.list_numbers import ListCounter, parse_lists
from extract.documents.packages import Package, opened_package
from extract.documents.wordml import attribute, child, children, is_on, name_of, number_of, value_of
from extract.errors import ReadError
from extract.offsets import CharSpan
from extract.records import Stretch

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_PARAGRAPHS = 200_000
MAX_COLUMNS = 128  #: Word itself allows 63
MAX_PLACES = 1_000_000  #: rows times columns of one table
MAX_NESTING = 8  #: tables in cells and text boxes inside one another
PARAGRAPH = "paragraph "  #: and its number: the part that a stretch names
_MAIN = "word/document.xml"


def read_docx(data: bytes, *, where: str) -> Content:
    """The text of a Word document, and the grids of its tables in text order.

    Raises:
        ReadError: if ``data`` is damaged, encrypted, no Word document, or built to do harm.
    """
    text, grids, stretches = laid_out(read_blocks(opened_package(data, where=where)))
    return Content(text=text, media_type=MEDIA_TYPE, grids=grids, stretches=stretches)


def read_blocks(package: Package) -> tuple[Block, ...]:
    """Paragraphs and tables of the body in reading order, then those of its notes."""
    main = package.related("", "officeDocument") or _MAIN
    body = child(package.xml(main), "w:body")
    if body is None:
        raise ReadError(
            f"{package.where}: no Word document: part {main} has no body; open it in Word and save it as .docx",
            zh=f"{package.where}：不是 Word 文档：部件 {main} 没有正文；请用 Word 打开后另存为 .docx",
        )
    numbering, styles = (_part(package, main, kind) for kind in ("numbering", "styles"))
    reader = _Reader(package.where, ListCounter(parse_lists(numbering, styles)))
    reader.numbers = {element: number for number, element in enumerate(paragraphs_of(body))}
    blocks = reader.blocks(body)
    for kind in ("footnote", "endnote"):
        blocks += reader.notes(_part(package, main, f"{kind}s"), kind)
    return tuple(blocks)


def paragraphs_of(body: Any) -> Iterator[Any]:
    """Every paragraph element below ``body`` in the order of the file; a stretch's part counts them from 0."""
    return (element for element in body.iter("{*}p") if name_of(element) == "w:p")


def _part(package: Package, main: str, kind: str) -> Any:
    name = package.related(main, kind)
    return None if name is None else package.xml(name)


_DROPPED = frozenset(
    f"w:{name}"
    for name in (
        *("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"),
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "rt"),
    )
)
_WRAPPERS = ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo")
_SIGNS = {"w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_TABS, _NOTES = ("w:tab", "w:ptab"), ("w:footnoteReference", "w:endnoteReference")
_CHARACTERS = frozenset(("w:t", "m:t", "w:sym", *_TABS, *_SIGNS))
_WHITE = {9: " ", 10: " ", 13: " "}
#: The signs of the font Symbol that reports use in targets, by their code there.
SYMBOLS = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_Piece = str | list[Block]  #: characters, or a text box that is anchored between them


@dataclass(slots=True)
class _Scan:
    """Where the walk through one paragraph is, and what it has met."""

    nesting: int
    in_cell: bool
    fields: list[bool] = field(default_factory=list)  #: of each open field, whether its result has begun
    pieces: list[_Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """What a paragraph holds: its characters, and the text boxes in front of them and behind."""

    text: str
    before: list[Block]
    after: list[Block]


class _Reader:
    """Walks a document's XML in reading order; remembers list numbers and note marks on the way."""

    def __init__(self, where: str, counter: ListCounter) -> None:
        self.where, self.counter = where, counter
        self.numbers: dict[Any, int] = {}  #: of the body's paragraphs, in the order of the file
        self.paragraphs = 0
        self.marks: dict[tuple[str, str], None] = {}  #: (kind, id) of each note, in the order of the marks

    def blocks(self, container: Any, *, nesting: int = 0, in_cell: bool = False) -> list[Block]:
        """The paragraphs and tables inside ``container``."""
        if nesting > MAX_NESTING:
            raise self._hostile(f"more than {MAX_NESTING} tables inside one another", "表格嵌套过深")
        made: list[Block] = []
        carried, carried_from = "", list[Stretch]()
        for element in self._unwrapped(container):
            if name_of(element) == "w:tbl":
                made += [Paragraph(carried, tuple(carried_from))] if carried else []
                made += self._table(element, nesting, in_cell)
                carried, carried_from = "", []
                continue
            goes_on = child(element, "w:pPr", "w:rPr", "w:del") is not None
            label = "" if goes_on else self.counter.label(child(element, "w:pPr"))
            line = self._line(element, nesting, in_cell)
            source = self._stretches(element, len(label + carried), line.text)
            made += line.before
            if goes_on:  # its end was deleted: it is read as the beginning of the next paragraph
                carried += line.text
                carried_from += source
            elif label or carried or line.text or not (line.before or line.after):
                made.append(Paragraph(label + carried + line.text, (*shifted(carried_from, len(label)), *source)))
                carried, carried_from = "", []
            made += line.after
        return [*made, Paragraph(carried, tuple(carried_from))] if carried else made

    def _stretches(self, element: Any, start: int, text: str) -> list[Stretch]:
        """Which paragraph of the file the characters came from; those of notes stand in another part."""
        number = self.numbers.get(element)
        if number is None or not text:
            return []
        return [Stretch(span=CharSpan(start, start + len(text)), part=f"{PARAGRAPH}{number}")]

    def notes(self, root: Any, kind: str) -> list[Block]:
        """The notes of ``kind`` that the text refers to, in the order of their marks."""
        notes = {attribute(note, "id") or "": note for note in children(root, f"w:{kind}")}
        made: list[Block] = []
        for key in [mark for marked, mark in self.marks if marked == kind]:
            if key in notes:
                made += self.blocks(notes[key])
        return made

    def _unwrapped(self, container: Any) -> Iterator[Any]:
        """Paragraphs and tables below ``container``, out of content controls and the like."""
        for element in container:
            name = name_of(element)
            if name in ("w:p", "w:tbl"):
                self._count_paragraph()
                yield element
            elif name in _WRAPPERS:
                yield from self._unwrapped(element)
            elif name == "mc:AlternateContent":
                yield from self._unwrapped(next(iter(children(element, "mc:Choice", "mc:Fallback")), ()))
            elif name in ("w:altChunk", "w:subDoc"):
                raise ReadError(
                    f"{self.where}: holds another file ({name[2:]}) in place of text; open it in Word and save it anew",
                    zh=f"{self.where}：正文中嵌有其他文件（{name[2:]}）；请用 Word 打开后另存",
                )

    def _count_paragraph(self) -> None:
        self.paragraphs += 1
        if self.paragraphs > MAX_PARAGRAPHS:
            raise self._hostile(f"more than {MAX_PARAGRAPHS:,} paragraphs", "段落过多")

    # Tables

    def _table(self, table: Any, nesting: int, in_cell: bool) -> list[Block]:
        rows = [
            (row, list(_inside(row, "w:tc"))) for row in _inside(table, "w:tr") if child(row, "w:trPr", "w:del") is None
        ]
        if len(rows) == 1 and len(rows[0][1]) == 1:
            return self.blocks(rows[0][1][0], nesting=nesting + 1, in_cell=in_cell)
        made: list[tuple[BlockCell, ...]] = []
        open_above: frozenset[int] = frozenset()
        for row, cells in rows:
            made.append(tuple(self._cells(row, cells, open_above, nesting)))
            open_above = frozenset(cell.column for cell in made[-1] if cell.merges)
        width = max((cell.column + cell.width for row in made for cell in row), default=0)
        if len(made) * width > MAX_PLACES:
            raise self._hostile(f"a table of {len(made):,} rows and {width} columns", "表格过大")
        return [BlockTable(tuple(made), width)]

    def _cells(self, row: Any, cells: list[Any], open_above: frozenset[int], nesting: int) -> Iterator[BlockCell]:
        column = _columns_before(row)
        last: BlockCell | None = None
        for cell in cells:
            width = _width(cell)
            if column + width > MAX_COLUMNS:
                raise self._hostile(f"a table of more than {MAX_COLUMNS} columns", "表格列数过多")
            if last is not None and value_of(child(cell, "w:tcPr", "w:hMerge"), "restart") == "continue":
                last = replace(last, width=last.width + width)
            else:
                if last is not None:
                    yield last
                merge = child(cell, "w:tcPr", "w:vMerge")
                goes_on = column in open_above and merge is not None and value_of(merge, "continue") == "continue"
                last = BlockCell(self._cell_blocks(cell, goes_on, nesting), column, width, merge is not None, goes_on)
            column += width
        if last is not None:
            yield last

    def _cell_blocks(self, cell: Any, goes_on: bool, nesting: int) -> tuple[Block, ...]:
        """What a cell shows: nothing of its own below the first part of a merged one, or if it was deleted."""
        if goes_on or child(cell, "w:tcPr", "w:cellDel") is not None:
            return ()
        return tuple(self.blocks(cell, nesting=nesting + 1, in_cell=True))

    # Paragraphs

    def _line(self, paragraph: Any, nesting: int, in_cell: bool) -> _Line:
        scan = _Scan(nesting, in_cell)
        self._gather(paragraph, scan)
        text, before, after = list[str](), list[Block](), list[Block]()
        begun = False
        for piece in scan.pieces:
            if isinstance(piece, str):
                text.append(piece)
                begun = begun or bool(piece.strip())
            else:
                (after if begun else before).extend(piece)
        return _Line("".join(text), before, after)

    def _gather(self, element: Any, scan: _Scan) -> None:
        """Adds the characters and text boxes below ``element`` to the pieces of ``scan``."""
        for inner in element:
            name = name_of(inner)
            if name in _DROPPED or (name == "w:r" and is_on(child(inner, "w:rPr", "w:vanish"))):
                continue
            if name in _CHARACTERS:
                if all(scan.fields):
                    scan.pieces.append(_characters(inner, name, scan.in_cell))
            elif name == "w:fldChar":
                _turn(scan.fields, attribute(inner, "fldCharType"))
            elif name == "w:txbxContent":
                scan.pieces.append(self.blocks(inner, nesting=scan.nesting + 1, in_cell=scan.in_cell))
            elif name == "mc:AlternateContent":
                self._gather_alternative(inner, scan)
            elif name in _NOTES:
                self.marks.setdefault((name[2:-9], attribute(inner, "id") or ""))
            else:
                if name == "m:den":
                    scan.pieces.append("/")
                self._gather(inner, scan)

    def _gather_alternative(self, element: Any, scan: _Scan) -> None:
        """The first branch that holds any text: the same text box is written once for new programs, once for old."""
        before = len(scan.pieces)
        for branch in children(element, "mc:Choice", "mc:Fallback"):
            self._gather(branch, scan)
            if any(scan.pieces[before:]):
                return

    def _hostile(self, what: str, what_zh: str) -> ReadError:
        return ReadError(
            f"{self.where}: {what}; no report is like that, so it is not read; split or simplify it in Word",
            zh=f"{self.where}：{what_zh}，不像正常的报告，不予读取；请用 Word 拆分或简化",
        )


def _inside(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, out of content controls and the like."""
    for inner in element:
        if name_of(inner) == name:
            yield inner
        elif name_of(inner) in _WRAPPERS:
            yield from _inside(inner, name)


def _columns_before(row: Any) -> int:
    return number_of(child(row, "w:trPr", "w:gridBefore"), 0, at_most=MAX_COLUMNS + 1)


def _width(cell: Any) -> int:
    return max(1, number_of(child(cell, "w:tcPr", "w:gridSpan"), 1, at_most=MAX_COLUMNS + 1))


def _turn(fields: list[bool], kind: str | None) -> None:
    """``fields`` after a field mark; a mark without its partner changes nothing."""
    if kind == "begin":
        fields.append(False)
    elif kind == "separate" and fields:
        fields[-1] = True
    elif kind == "end" and fields:
        fields.pop()


def _characters(element: Any, name: str, in_cell: bool) -> str:
    if name in _TABS:
        return " " if in_cell else "\t"
    if name == "w:sym":
        return _symbol(element)
    if name in _SIGNS:
        return _SIGNS[name]
    text = str(element.text or "")
    if element.get(_SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    return text.translate(_WHITE)


def _symbol(element: Any) -> str:
    code = attribute(element, "char") or ""
    if (attribute(element, "font") or "").lower() != "symbol" or not re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
        return ""
    return SYMBOLS.get(int(code, 16) & 0xFF, "")
