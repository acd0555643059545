"""Sheets of any kind of workbook, and the blocks that they make: what a person sees, in the order of the tabs.

A reader of one format gives sheets of shown cells; here hidden parts are set aside and merged cells keep their extent.
Where more than one sheet shows anything, each begins with its name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.documents.blocks import Block, Paragraph, laid_out
from extract.documents.content import Content, Note
from extract.documents.placed_cells import PlacedCell, blocks_of_cells
from extract.errors import ReadError
from extract.offsets import CharSpan
from extract.records import Stretch

MAX_SHEETS = 512
MAX_CELLS = 2_000_000  #: with text, of a whole workbook
_NAMED = 5  #: cells that a note names


class Place(NamedTuple):
    """A cell, counted from 0."""

    row: int
    column: int


@dataclass(slots=True)
class Sheet:
    """A sheet as its file has it."""

    name: str
    cells: dict[Place, str] = field(default_factory=dict)  #: what each shows
    merged: dict[Place, tuple[int, int]] = field(default_factory=dict)  #: first cell → (rows, columns)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    framed_rows: set[int] = field(default_factory=set)  #: rows without text in which borders are drawn
    uncounted: list[Place] = field(default_factory=list)  #: formulas whose result the file does not hold
    is_hidden: bool = False


def content_of_sheets(sheets: Sequence[Sheet], *, where: str, media_type: str) -> Content:
    """The text of a workbook, and a grid for each table on its sheets."""
    if sum(len(sheet.cells) for sheet in sheets) > MAX_CELLS or len(sheets) > MAX_SHEETS:
        raise ReadError(
            f"{where}: more than {MAX_CELLS:,} cells or {MAX_SHEETS} sheets; no report is like that, so it is not "
            "read; save the sheets of the report alone",
            zh=f"{where}：单元格超过 {MAX_CELLS:,} 个或工作表超过 {MAX_SHEETS} 张，不像正常的报告，不予读取；"
            "请只保留报告所在的工作表",
        )
    text, grids, stretches = laid_out(read_blocks(sheets, where=where))
    return Content(text=text, media_type=media_type, grids=grids, stretches=stretches, notes=notes_on(sheets))


def read_blocks(sheets: Iterable[Sheet], *, where: str) -> tuple[Block, ...]:
    """Paragraphs and tables of the sheets that are shown; a sheet's name stands above it where there are several."""
    shown = [sheet for sheet in sheets if not sheet.is_hidden]
    blocks = [(sheet.name, sheet_blocks(sheet, where=where)) for sheet in shown]
    written = [(name, made) for name, made in blocks if made]
    if len(written) == 1:
        return written[0][1]
    return tuple(block for name, made in written for block in (Paragraph(name), *made))


def sheet_blocks(sheet: Sheet, *, where: str) -> tuple[Block, ...]:
    """The paragraphs and tables of one sheet."""
    rows, columns = sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)
    framed = (row - bisect_left(rows, row) for row in sheet.framed_rows - sheet.hidden_rows)
    placed = []
    for place, text in sheet.cells.items():
        height, width = sheet.merged.get(place, (1, 1))
        row, column = (
            place.row - bisect_left(rows, place.row),
            place.column - bisect_left(columns, place.column),
        )
        height = place.row + height - bisect_left(rows, place.row + height) - row
        width = place.column + width - bisect_left(columns, place.column + width) - column
        if height > 0 and width > 0 and text.strip():
            placed.append(PlacedCell(row, column, (_paragraph(text, sheet.name, place),), height, width))
    return blocks_of_cells(placed, where=where, framed=frozenset(framed))


def _paragraph(text: str, sheet: str, place: Place) -> Paragraph:
    words = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return Paragraph(words, (Stretch(span=CharSpan(0, len(words)), part=f"{sheet}!{name_of(place)}"),))


def name_of(place: Place) -> str:
    """The cell's name.

    >>> name_of(Place(6, 1)), name_of(Place(0, 27))
    ('B7', 'AB1')
    """
    letters, column = "", place.column + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{place.row + 1}"


def notes_on(sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """What was set aside as hidden, and which formulas have no result in the file."""
    sheets = tuple(sheets)
    hidden = [sheet.name for sheet in sheets if sheet.is_hidden and sheet.cells]
    notes = list[Note]()
    if hidden:
        notes.append(
            Note(f"hidden sheets were set aside: {', '.join(hidden)}", zh=f"未读取隐藏的工作表：{'、'.join(hidden)}")
        )
    for sheet in (sheet for sheet in sheets if not sheet.is_hidden):
        rows = sum(1 for row in {place.row for place in sheet.cells} if row in sheet.hidden_rows)
        columns = sum(1 for column in {place.column for place in sheet.cells} if column in sheet.hidden_columns)
        if rows or columns:
            notes.append(
                Note(
                    f"{sheet.name}: {rows} hidden rows and {columns} hidden columns were set aside",
                    zh=f"{sheet.name}：未读取隐藏的 {rows} 行、{columns} 列",
                )
            )
        if sheet.uncounted:
            names = ", ".join(name_of(place) for place in sheet.uncounted[:_NAMED])
            more = " …" if len(sheet.uncounted) > _NAMED else ""
            notes.append(
                Note(
                    f"{sheet.name}: {len(sheet.uncounted)} formulas have no stored result and read as empty "
                    f"({names}{more}); open the workbook in Excel or WPS and save it",
                    zh=f"{sheet.name}：{len(sheet.uncounted)} 个公式没有保存计算结果，按空白读取（{names}{more}）；"
                    "请用 Excel 或 WPS 打开后保存",
                )
            )
    return tuple(notes)
