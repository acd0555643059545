"""Parts of a report as files of the formats that Python libraries write: Word, Excel, HTML."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable

from rendering.sources import Part, TypedTable

_FIGURE = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
_PERCENT = re.compile(r"(-?\d{1,9}(?:\.(\d{1,4}))?)%")
_WIDE = 60  #: of a workbook's columns, in characters


def word_file(parts: Iterable[Part]) -> bytes:
    """A .docx by python-docx, cells really merged."""
    import docx
    from docx.oxml.ns import qn

    word = docx.Document()
    style = word.styles["Normal"]
    style.font.name = "Noto Serif CJK SC"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    for part in parts:
        if isinstance(part, str):
            word.add_paragraph(part)
            continue
        made = word.add_table(rows=part.rows, cols=part.columns, style="Table Grid")
        for cell in part.cells:
            target = made.cell(cell.row, cell.column)
            if cell.rows > 1 or cell.columns > 1:
                target = target.merge(made.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
            target.text = cell.text
    return _saved(word.save)


def web_page(parts: Iterable[Part]) -> bytes:
    """An HTML page in UTF-8 with rowspan and colspan."""
    body = "\n".join(f"<p>{html.escape(p)}</p>" if isinstance(p, str) else _web_table(p) for p in parts)
    head = '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>报告</title></head>'
    return f"{head}<body>\n{body}\n</body></html>\n".encode()


def _web_table(table: TypedTable) -> str:
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
        rows[cell.row].append(f"<td{spans}>{html.escape(cell.text).replace(chr(10), '<br>')}</td>")
    return "<table>\n" + "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "\n</table>"


def workbook(parts: Iterable[Part]) -> bytes:
    """An .xlsx by openpyxl: one sheet, a paragraph a row, figures as real numbers with their number format."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    top = 1
    for part in parts:
        if isinstance(part, str):
            sheet.cell(top, 1).value = f"'{part}" if part.startswith("=") else part
            top += 1
            continue
        top += 1
        for cell in part.cells:
            _write(sheet.cell(top + cell.row, 1 + cell.column), cell.text)
            if cell.rows > 1 or cell.columns > 1:
                last = f"{get_column_letter(cell.column + cell.columns)}{top + cell.row + cell.rows - 1}"
                sheet.merge_cells(f"{get_column_letter(cell.column + 1)}{top + cell.row}:{last}")
        top += part.rows + 1
    return _saved(book.save)


def _write(cell: object, text: str) -> None:
    """A figure as the number that Excel would hold, and how it is shown."""
    percent, figure = _PERCENT.fullmatch(text), _FIGURE.fullmatch(text)
    if percent:
        cell.value = float(percent[1]) / 100  # type: ignore[attr-defined]
        cell.number_format = "0." + "0" * len(percent[2]) + "%" if percent[2] else "0%"  # type: ignore[attr-defined]
    elif figure and not (len(text) > 1 and text[0] == "0" and text[1] != "."):
        places = len(text.split(".")[1]) if "." in text else 0
        cell.value = float(text) if places else int(text)  # type: ignore[attr-defined]
        cell.number_format = "0." + "0" * places if places else "0"  # type: ignore[attr-defined]
    else:
        cell.value = text  # type: ignore[attr-defined]


def _saved(save: object) -> bytes:
    buffer = io.BytesIO()
    save(buffer)  # type: ignore[operator]
    return buffer.getvalue()
