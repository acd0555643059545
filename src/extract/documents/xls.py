"""Workbooks of the old Excel format (.xls) and of WPS (.et): the sheets as a person sees them."""

from __future__ import annotations

import io
from typing import Any

from extract.documents.content import Content
from extract.documents.number_formats import GENERAL, shown_number, shown_text
from extract.documents.workbooks import Place, Sheet, content_of_sheets
from extract.errors import ReadError

MEDIA_TYPE = "application/vnd.ms-excel"
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5  #: kinds of cells, as xlrd numbers them
_SIDES = ("left_line_style", "right_line_style", "top_line_style", "bottom_line_style")


def read_xls(data: bytes, *, where: str) -> Content:
    """The text of a workbook, and the grids of its tables in text order.

    Raises:
        ReadError: if ``data`` is damaged, encrypted or no workbook.
    """
    return content_of_sheets(read_sheets(data, where=where), where=where, media_type=MEDIA_TYPE)


def read_sheets(data: bytes, *, where: str) -> tuple[Sheet, ...]:
    """The worksheets in the order of their tabs."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        return tuple(_sheet(book, sheet) for sheet in book.sheets())
    except MemoryError:  # the file may be sound: whoever set the limit says what to do
        raise
    except Exception as error:  # whatever a damaged file makes the library stumble over
        if "encrypt" in str(error).lower():
            raise ReadError(
                f"{where}: protected by a password; open it with the password and save a copy without one",
                zh=f"{where}：文件已加密；请用密码打开后另存一份不加密的副本",
            ) from error
        raise ReadError(
            f"{where}: damaged or no workbook ({type(error).__name__}: {error}); get the file anew, or open it in "
            "Excel or WPS and save it as .xlsx",
            zh=f"{where}：工作簿已损坏或不是工作簿；请重新获取文件，或用 Excel、WPS 打开后另存为 .xlsx",
        ) from error


def _sheet(book: Any, source: Any) -> Sheet:
    sheet = Sheet(source.name, is_hidden=source.visibility != 0)
    sheet.hidden_rows = {row for row, info in source.rowinfo_map.items() if info.hidden or info.height == 0}
    sheet.hidden_columns = {column for column, info in source.colinfo_map.items() if info.hidden or info.width == 0}
    sheet.merged = {Place(top, left): (below - top, right - left) for top, below, left, right in source.merged_cells}
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            style = book.xf_list[source.cell_xf_index(row, column)]
            if any(getattr(style.border, side) for side in _SIDES):
                sheet.framed_rows.add(row)
            text = _shown(book, source, row, column, style)
            if text:
                sheet.cells[Place(row, column)] = text
    return sheet


def _shown(book: Any, source: Any, row: int, column: int, style: Any) -> str:
    import xlrd

    kind, value = source.cell_type(row, column), source.cell_value(row, column)
    format_ = book.format_map.get(style.format_key)
    code = format_.format_str if format_ is not None else GENERAL
    if kind == _TEXT:
        return shown_text(value, code)
    if kind in (_NUMBER, _DATE):
        is_hidden_zero = value == 0 and not source.show_zero_values
        return "" if is_hidden_zero else shown_number(value, code, from_1904=book.datemode == 1)
    if kind == _BOOLEAN:
        return "TRUE" if value else "FALSE"
    return xlrd.error_text_from_code.get(value, "") if kind == _ERROR else ""
