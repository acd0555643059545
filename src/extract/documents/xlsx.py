"""Excel workbooks (.xlsx, .xlsm): the sheets as a person sees them.

A cell's text is what Excel shows of its stored value in its number format; of a formula that is its stored result.
Comments, charts, pictures, headers and footers are left out.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extract.documents.content import Content
from extract.documents.decoding import paired
from extract.documents.local_names import local_name, whole_number
from extract.documents.number_formats import BUILT_IN, GENERAL, shown_number, shown_text
from extract.documents.packages import Package, opened_package
from extract.documents.workbooks import Place, Sheet, content_of_sheets
from extract.errors import ReadError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384  #: as Excel itself bounds a sheet
MAX_MERGED = 100_000
_MAIN = "xl/workbook.xml"
_NAME = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ON = ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class Styles:
    """The number format of each cell style, and whether it draws a border."""

    codes: tuple[str, ...]
    framed: tuple[bool, ...]

    def code(self, style: int) -> str:
        return self.codes[style] if style < len(self.codes) else GENERAL


def read_xlsx(data: bytes, *, where: str) -> Content:
    """The text of a workbook, and the grids of its tables in text order.

    Raises:
        ReadError: if ``data`` is damaged, encrypted, no workbook, or built to do harm.
    """
    return content_of_sheets(read_sheets(opened_package(data, where=where)), where=where, media_type=MEDIA_TYPE)


def read_sheets(package: Package) -> tuple[Sheet, ...]:
    """The worksheets in the order of their tabs."""
    main = package.related("", "officeDocument") or _MAIN
    workbook = package.xml(main)
    entries = list(_inside(workbook, "sheets", "sheet"))
    if not entries:
        raise ReadError(
            f"{package.where}: no workbook: part {main} lists no sheet; open it in Excel and save it as .xlsx",
            zh=f"{package.where}：不是 Excel 工作簿：部件 {main} 没有工作表；请用 Excel 打开后另存为 .xlsx",
        )
    parts = _related_parts(package, main)
    reader = _Reader(
        package.where,
        shared_strings(_part(package, main, "sharedStrings")),
        read_styles(_part(package, main, "styles")),
        any(_is_on(entry, "date1904") for entry in _inside(workbook, "workbookPr")),
    )
    sheets = []
    for entry in entries:
        kind, part = parts.get(_relation(entry), ("", ""))
        if kind == "worksheet":
            sheets.append(reader.sheet(package.xml(part), entry.get("name", ""), entry.get("state", "visible")))
    return tuple(sheets)


def _part(package: Package, main: str, kind: str) -> Any:
    name = package.related(main, kind)
    return None if name is None else package.xml(name)


def _related_parts(package: Package, main: str) -> dict[str, tuple[str, str]]:
    """Id of each relation of the workbook → (its kind, the part's name)."""
    folder, name = posixpath.split(main)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for relation in () if root is None else root:
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        found[relation.get("Id", "")] = (str(relation.get("Type", "")).rsplit("/", 1)[-1], target)
    return found


def _relation(entry: Any) -> str:
    return next((str(value) for name, value in entry.attrib.items() if name.endswith("}id")), "")


def shared_strings(root: Any) -> tuple[str, ...]:
    """The strings that cells name by number."""
    return tuple(_string(item) for item in _inside(root, "si"))


def _string(item: Any) -> str:
    """The characters of a string, of its runs too, without how they are pronounced."""
    words = [child for child in item if local_name(child) == "t"]
    words += [word for run in _inside(item, "r") for word in _inside(run, "t")]
    return paired(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), "".join(word.text or "" for word in words)))


def read_styles(root: Any) -> Styles:
    codes = {int(f.get("numFmtId")): f.get("formatCode", "") for f in _inside(root, "numFmts", "numFmt") if _is_id(f)}
    borders = [
        any(side.get("style", "none") != "none" for side in border) for border in _inside(root, "borders", "border")
    ]
    styles = list(_inside(root, "cellXfs", "xf"))
    numbers = [whole_number(style.get("numFmtId"), 0) for style in styles]
    drawn = [whole_number(style.get("borderId"), 0) for style in styles]
    return Styles(
        tuple(codes.get(number) or BUILT_IN.get(number, GENERAL) for number in numbers),
        tuple(number < len(borders) and borders[number] for number in drawn),
    )


def _is_id(element: Any) -> bool:
    return whole_number(element.get("numFmtId"), -1) >= 0


class _Reader:
    """Reads sheets with the workbook's strings and styles."""

    def __init__(self, where: str, strings: Sequence[str], styles: Styles, from_1904: bool) -> None:
        self.where, self.strings, self.styles, self.from_1904 = where, strings, styles, from_1904
        self.zeros = True

    def sheet(self, root: Any, name: str, state: str) -> Sheet:
        sheet = Sheet(name, is_hidden=state != "visible")
        if root is None:
            return sheet
        views = list(_inside(root, "sheetViews", "sheetView"))
        self.zeros = not (views and views[0].get("showZeros", "1") not in _ON)
        sheet.hidden_columns = set(self._hidden_columns(root))
        for first, size in self._merged(root):
            sheet.merged[first] = size
        number = -1
        for row in _inside(root, "sheetData", "row"):
            number = min(whole_number(row.get("r"), number + 2), MAX_ROWS) - 1
            if _is_on(row, "hidden") or row.get("ht") == "0":
                sheet.hidden_rows.add(number)
            self._row(row, number, sheet)
        covered = _covered(sheet)
        sheet.cells = {place: text for place, text in sheet.cells.items() if place not in covered}
        return sheet

    def _row(self, row: Any, number: int, sheet: Sheet) -> None:
        column = -1
        framed = False
        for cell in _inside(row, "c"):
            place = _place(cell.get("r", "")) or Place(number, column + 1)
            column = place.column
            style = whole_number(cell.get("s"), 0)
            framed = framed or (style < len(self.styles.framed) and self.styles.framed[style])
            text = self._shown(cell, style)
            if text is None:
                sheet.uncounted.append(place)
            elif text:
                sheet.cells[Place(number, column)] = text
        if framed:
            sheet.framed_rows.add(number)

    def _shown(self, cell: Any, style: int) -> str | None:
        """What a cell shows; None for a formula without a stored result."""
        kind, code = cell.get("t", "n"), self.styles.code(style)
        inline = next(_inside(cell, "is"), None)
        if kind == "inlineStr":
            return "" if inline is None else shown_text(_string(inline), code)
        value = next((str(part.text or "") for part in _inside(cell, "v")), "")
        if not value:
            return None if kind not in ("s", "str") and next(_inside(cell, "f"), None) is not None else ""
        if kind == "s":
            number = whole_number(value, -1)
            return shown_text(self.strings[number], code) if 0 <= number < len(self.strings) else ""
        if kind == "str":
            return shown_text(value, code)
        if kind == "b":
            return "TRUE" if value in _ON else "FALSE"
        return self._number(value, code) if kind == "n" else value

    def _number(self, value: str, code: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        return "" if number == 0 and not self.zeros else shown_number(number, code, from_1904=self.from_1904)

    def _hidden_columns(self, root: Any) -> Iterator[int]:
        for columns in _inside(root, "cols", "col"):
            if _is_on(columns, "hidden") or columns.get("width") == "0":
                last = min(whole_number(columns.get("max"), 0), MAX_COLUMNS)
                yield from range(max(whole_number(columns.get("min"), 1), 1) - 1, last)

    def _merged(self, root: Any) -> Iterator[tuple[Place, tuple[int, int]]]:
        for number, merged in enumerate(_inside(root, "mergeCells", "mergeCell")):
            if number >= MAX_MERGED:
                raise ReadError(
                    f"{self.where}: more than {MAX_MERGED:,} merged cells; no report is like that, so it is not read; "
                    "copy what is needed to a new workbook",
                    zh=f"{self.where}：合并单元格超过 {MAX_MERGED:,} 个，不像正常的报告，不予读取；请复制到新工作簿",
                )
            first, _, last = merged.get("ref", "").partition(":")
            begin, end = _place(first), _place(last or first)
            if begin and end and end.row >= begin.row and end.column >= begin.column:
                yield begin, (end.row - begin.row + 1, end.column - begin.column + 1)


def _covered(sheet: Sheet) -> set[Place]:
    """The cells with text that a merged cell hides: all that it covers but the first."""
    by_row: dict[int, list[Place]] = {}
    for place in sheet.cells:
        by_row.setdefault(place.row, []).append(place)
    rows = sorted(by_row)
    covered: set[Place] = set()
    for first, (height, width) in sheet.merged.items():
        for row in rows[bisect_left(rows, first.row) : bisect_left(rows, first.row + height)]:
            covered |= {p for p in by_row[row] if first.column <= p.column < first.column + width and p != first}
    return covered


def _place(name: str) -> Place | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    row = int(found[2])
    return Place(row - 1, column - 1) if row <= MAX_ROWS and column <= MAX_COLUMNS else None


def _inside(element: Any, *path: str) -> Iterator[Any]:
    """The elements at ``path`` below ``element``, one name a level, in either kind of namespace."""
    if element is None:
        return
    first, rest = path[0], path[1:]
    for child in element:
        if local_name(child) == first:
            if rest:
                yield from _inside(child, *rest)
            else:
                yield child


def _is_on(element: Any, name: str) -> bool:
    return element.get(name, "0") in _ON
