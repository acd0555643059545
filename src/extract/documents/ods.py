"""OpenDocument spreadsheets (.ods): the sheets as a person sees them; the file holds each cell's shown text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.documents.content import Content
from extract.documents.local_names import attribute, local_name, whole_number
from extract.documents.packages import Package, opened_package
from extract.documents.workbooks import MAX_CELLS, Place, Sheet, content_of_sheets
from extract.errors import ReadError

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_REPEATED = 4096  #: times that a cell with text is repeated; beyond, somebody filled a whole column
_ROW_GROUPS = ("table-row-group", "table-header-rows", "table-rows")
_COLUMN_GROUPS = ("table-column-group", "table-header-columns", "table-columns")
_LEFT_OUT = ("annotation", "shapes", "forms", "ruby-text", "note")
_BORDER = re.compile(r"\d")


def read_ods(data: bytes, *, where: str) -> Content:
    """The text of a spreadsheet, and the grids of its tables in text order.

    Raises:
        ReadError: if ``data`` is damaged, encrypted, no spreadsheet, or built to do harm.
    """
    return content_of_sheets(read_sheets(opened_package(data, where=where)), where=where, media_type=MEDIA_TYPE)


def read_sheets(package: Package) -> tuple[Sheet, ...]:
    """The sheets in the order of their tabs."""
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and any(local_name(element) == "encryption-data" for element in manifest.iter()):
        raise ReadError(
            f"{package.where}: protected by a password; open it with the password and save a copy without one",
            zh=f"{package.where}：文件已加密；请用密码打开后另存一份不加密的副本",
        )
    root = package.xml("content.xml")
    body = None if root is None else next(root.iter("{*}spreadsheet"), None)
    if body is None:
        raise ReadError(
            f"{package.where}: no spreadsheet: its content holds no sheet; open it and save it as .xlsx",
            zh=f"{package.where}：不是电子表格：内容中没有工作表；请打开后另存为 .xlsx",
        )
    hidden, framed = _hidden_tables(root), _framed_styles(root)
    return tuple(_Reader(package.where, framed).sheet(table, hidden) for table in body if local_name(table) == "table")


def _hidden_tables(root: Any) -> frozenset[str]:
    """The styles of sheets that are not shown."""
    return frozenset(
        attribute(style, "name")
        for style in root.iter("{*}style")
        if any(attribute(inner, "display") == "false" for inner in style if local_name(inner) == "table-properties")
    )


def _framed_styles(root: Any) -> frozenset[str]:
    """The styles of cells that draw a border."""
    return frozenset(
        attribute(style, "name")
        for style in root.iter("{*}style")
        for inner in style
        if any("border" in key and _BORDER.search(value) for key, value in inner.attrib.items())
    )


class _Reader:
    def __init__(self, where: str, framed: frozenset[str]) -> None:
        self.where, self.framed = where, framed
        self.written = 0  #: cells with text

    def sheet(self, table: Any, hidden: frozenset[str]) -> Sheet:
        sheet = Sheet(attribute(table, "name"), is_hidden=attribute(table, "style-name") in hidden)
        sheet.hidden_columns = set(_hidden_columns(table))
        number = 0
        for row in _inside(table, "table-row", _ROW_GROUPS):
            times = min(_count(row, "number-rows-repeated"), MAX_ROWS)
            cells = self._cells(row)
            if cells:
                self._check(times, len(cells))
            is_hidden = attribute(row, "visibility") in ("collapse", "filter")
            is_framed = any(attribute(cell, "style-name") in self.framed for cell in row)
            for again in range(times if cells or (is_framed and times < MAX_REPEATED) else 0):
                here = number + again
                for column, (text, height, width) in cells.items():
                    sheet.cells[Place(here, column)] = text
                    sheet.merged[Place(here, column)] = (height, width)
                if is_hidden:
                    sheet.hidden_rows.add(here)
                if is_framed:
                    sheet.framed_rows.add(here)
            if is_hidden and not cells:
                sheet.hidden_rows |= set(range(number, min(number + times, MAX_ROWS)))
            number += times
        return sheet

    def _cells(self, row: Any) -> dict[int, tuple[str, int, int]]:
        """Column → (shown text, rows, columns) of the cells of a row that hold text."""
        cells: dict[int, tuple[str, int, int]] = {}
        column = 0
        for cell in row:
            name = local_name(cell)
            if name not in ("table-cell", "covered-table-cell"):
                continue
            times = min(_count(cell, "number-columns-repeated"), MAX_COLUMNS)
            text = _shown(cell) if name == "table-cell" else ""
            if text:
                self._check(times, 1)
                size = (_count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned"))
                cells |= {column + again: (text, *size) for again in range(times)}
            column += times
        return cells

    def _check(self, times: int, cells: int) -> None:
        self.written += times * cells
        if times > MAX_REPEATED or self.written > 2 * MAX_CELLS:
            raise ReadError(
                f"{self.where}: a row or cell with text is repeated {times:,} times; no report is like that, so it is "
                "not read; delete what is not needed",
                zh=f"{self.where}：同一行或单元格的文字重复 {times:,} 次，不像正常的报告，不予读取；请删去无关内容",
            )


def _hidden_columns(table: Any) -> Iterator[int]:
    number = 0
    for column in _inside(table, "table-column", _COLUMN_GROUPS):
        times = min(_count(column, "number-columns-repeated"), MAX_COLUMNS)
        if attribute(column, "visibility") in ("collapse", "filter"):
            yield from range(number, min(number + times, MAX_COLUMNS))
        number += times


def _inside(table: Any, name: str, groups: tuple[str, ...]) -> Iterator[Any]:
    for element in table:
        if local_name(element) == name:
            yield element
        elif local_name(element) in groups:
            yield from _inside(element, name, groups)


def _shown(cell: Any) -> str:
    """The lines of a cell; a cell without any shows its value."""
    lines = [_line(paragraph) for paragraph in cell if local_name(paragraph) in ("p", "h")]
    return "\n".join(lines) if lines else attribute(cell, "value") or attribute(cell, "string-value")


def _line(element: Any) -> str:
    text = str(element.text or "")
    for inner in element:
        name = local_name(inner)
        if name == "s":
            text += " " * min(_count(inner, "c"), 1000)
        elif name in ("tab", "line-break"):
            text += " " if name == "tab" else "\n"
        elif name not in _LEFT_OUT:
            text += _line(inner)
        text += str(inner.tail or "")
    return text


def _count(element: Any, name: str) -> int:
    return max(1, whole_number(attribute(element, name), 1))
