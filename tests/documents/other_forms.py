"""A report's text written anew in other formats, as a person would have typed it there: for tests of invariance."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import docx
import openpyxl
from openpyxl.styles import Border, Side

from extract.offsets import Pieces, joined
from extract.records import Document, Grid
from extract.segmentation.grids import find_grids
from extract.segmentation.lines import lines_of

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,6})?%?")


@dataclass(frozen=True)
class Merged:
    """A cell: its text, its first row and column, and how many of each it covers."""

    text: str
    row: int
    column: int
    height: int
    width: int


Part = str | list[Merged]  #: a line of prose, or the cells of a table


def parts_of(text: str) -> Iterator[Part]:
    """The report as lines and tables, in order."""
    lines = lines_of(text)
    position = 0
    grids = find_grids(text, lines)
    for grid in (*grids, None):
        end = len(text) if grid is None else grid.span.start
        yield from (line for line in text[position:end].split("\n") if line.strip())
        if grid is not None:
            yield list(_cells(text, grid))
            position = grid.span.end


def _cells(text: str, grid: Grid) -> Iterator[Merged]:
    seen: set[tuple[int, int]] = set()
    for row, places in enumerate(grid.rows):
        for column, pieces in enumerate(places):
            if pieces and (row, column) not in seen:
                height, width = _extent(grid, row, column, pieces)
                seen |= {(row + r, column + c) for r in range(height) for c in range(width)}
                yield Merged(joined(text, pieces).strip(), row, column, height, width)


def _extent(grid: Grid, row: int, column: int, pieces: Pieces) -> tuple[int, int]:
    rows = grid.rows
    width = 1
    while column + width < len(rows[row]) and rows[row][column + width] == pieces:
        width += 1
    height = 1
    while row + height < len(rows) and rows[row + height][column : column + width] == (pieces,) * width:
        height += 1
    return height, width


def as_html(text: str) -> bytes:
    out = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>报告</title></head><body>"]
    for part in parts_of(text):
        if isinstance(part, str):
            out.append(f"<p>{html.escape(part)}</p>")
            continue
        out.append("<table border='1'>")
        for row in range(max(cell.row for cell in part) + 1):
            out.append("<tr>")
            out += _html_row(part, row)
            out.append("</tr>")
        out.append("</table>")
    return "\n".join([*out, "</body></html>"]).encode()


def _html_row(cells: list[Merged], row: int) -> Iterator[str]:
    width = max(cell.column + cell.width for cell in cells)
    covered = {
        (c.row + r, c.column + n): (c.row + r, c.column + n) == (c.row, c.column)
        for c in cells
        for r in range(c.height)
        for n in range(c.width)
    }
    begun = {cell.column: cell for cell in cells if cell.row == row}
    for column in range(width):
        if column in begun:
            cell = begun[column]
            words = html.escape(cell.text).replace("\n", "<br>")
            yield f"<td rowspan='{cell.height}' colspan='{cell.width}'>{words}</td>"
        elif (row, column) not in covered:
            yield "<td></td>"


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for part in parts_of(text):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        rows, columns = max(c.row + c.height for c in part), max(c.column + c.width for c in part)
        table = document.add_table(rows, columns)
        for cell in part:
            first = table.cell(cell.row, cell.column)
            if cell.height * cell.width > 1:
                first = first.merge(table.cell(cell.row + cell.height - 1, cell.column + cell.width - 1))
            first.text = cell.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(text: str, *, numbers: bool = True, gap: int = 1) -> bytes:
    """The report on one sheet: prose in column A, tables with borders and real numbers beneath it."""
    book = openpyxl.Workbook()
    sheet = book.active
    side = Side(style="thin")
    row = 1
    for part in parts_of(text):
        if isinstance(part, str):
            sheet.cell(row, 1, part).data_type = "s"
            row += 1
            continue
        for place in part:
            cell = sheet.cell(row + place.row, 1 + place.column)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            _fill(cell, place.text, numbers)
            if place.height * place.width > 1:
                sheet.merge_cells(
                    start_row=cell.row,
                    end_row=cell.row + place.height - 1,
                    start_column=cell.column,
                    end_column=cell.column + place.width - 1,
                )
        row += max(c.row + c.height for c in part) + gap
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(cell: object, text: str, numbers: bool) -> None:
    """A number as a number with the format that shows it so; anything else as text."""
    if not numbers or not _NUMBER.fullmatch(text):
        cell.value, cell.data_type = text, "s"
        return
    decimals = len(text.rstrip("%").partition(".")[2])
    code = ("#,##0" if "," in text else "0") + ("." + "0" * decimals if decimals else "")
    value = Decimal(text.rstrip("%").replace(",", ""))
    cell.value = float(value / 100) if text.endswith("%") else float(value)
    cell.number_format = code + ("%" if text.endswith("%") else "")


def as_document(text: str) -> Document:
    return Document(name="r.txt", text=text)
