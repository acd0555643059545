"""A workbook reads as what a person sees of its sheets."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from extract.documents.content import said
from extract.offsets import CharSpan, joined
from tests.documents.docx_files.builder import part_of, with_parts
from tests.documents.sheet_files.builder import built, of_rows, read, saved, shown

HEADER = ("指标", "目标值", "实际值")
#: what → (rows, text)
LAID_OUT = {
    "a table alone": ([HEADER, ("堤防", 12, 12.6)], "指标→目标值→实际值\n堤防→12→12.6\n"),
    "a title above": ([("自评表",), HEADER, ("堤防", 12, 13)], "自评表\n指标→目标值→实际值\n堤防→12→13\n"),
    "the unit at the right": (
        [("自评表",), (None, None, "单位：万元"), HEADER, ("堤防", 12, 13)],
        "自评表\n单位：万元\n指标→目标值→实际值\n堤防→12→13\n",
    ),
    "labels beside each other": (
        [("填报单位：水务局", None, "单位：万元"), HEADER, ("堤防", 12, 13)],
        "填报单位：水务局\n单位：万元\n指标→目标值→实际值\n堤防→12→13\n",
    ),
    "labels with values in cells of their own": (
        [("填报日期：", "3月5日", "单位：万元"), HEADER, ("堤防", 12, 13)],
        "填报日期：3月5日\n单位：万元\n指标→目标值→实际值\n堤防→12→13\n",
    ),
    "a note below": ([HEADER, ("堤防", 12, 13), ("注：含续建。",)], "指标→目标值→实际值\n堤防→12→13\n注：含续建。"),
    "a section's title inside": (
        [HEADER, ("堤防", 12, 13), ("二、管护",), ("巡查", 5, 6)],
        "指标→目标值→实际值\n堤防→12→13\n二、管护→→\n巡查→5→6\n",
    ),
    "two tables and an empty row": (
        [HEADER, ("堤防", 12, 13), (), ("项目", "预算"), ("管护", 30)],
        "指标→目标值→实际值\n堤防→12→13\n项目→预算\n管护→30\n",
    ),
    "two tables and a caption": (
        [HEADER, ("堤防", 12, 13), ("表2 资金表",), ("项目", "预算", "决算"), ("管护", 30, 31)],
        "指标→目标值→实际值\n堤防→12→13\n表2 资金表\n项目→预算→决算\n管护→30→31\n",
    ),
    "prose alone": ([("一、概况",), ("全年新建堤防12公里。",)], "一、概况\n全年新建堤防12公里。"),
    "an empty column": ([("指标", None, "实际"), ("堤防", None, 13)], "指标→实际\n堤防→13\n"),
    "lines in a cell": (
        [HEADER, ("堤防\n（公里）", "1.甲\r\n2.乙\t丙", 13)],
        "指标→目标值→实际值\n堤防\n（公里）→1.甲\n2.乙 丙→13\n",
    ),
}


@pytest.mark.parametrize(("rows", "text"), LAID_OUT.values(), ids=LAID_OUT)
def test_titles_and_tables_are_told_apart(rows: list[tuple[object, ...]], text: str) -> None:
    assert shown(read(of_rows(*rows))) == text


def test_merged_cells_stand_once_and_cover_their_places() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (("一级", "预算", None), (None, "年初", "全年"), ("产出", 5, 6), (None, 7, 8)):
            sheet.append(row)
        for cells in ("A1:A2", "B1:C1", "A3:A4"):
            sheet.merge_cells(cells)

    document = read(built(fill))
    assert shown(document) == "一级→预算\n→年初→全年\n产出→5→6\n→7→8\n"
    rows = [[joined(document.text, cell) if cell else "" for cell in row] for row in document.grids[0].rows]
    assert rows == [["一级", "预算", "预算"], ["一级", "年初", "全年"], ["产出", "5", "6"], ["产出", "7", "8"]]


def test_what_is_hidden_is_set_aside_and_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    for row in (HEADER, ("堤防", 12, 13), ("旧项", 77, 78)):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    other = book.create_sheet("底稿")
    other["A1"], other.sheet_state = "99个", "veryHidden"
    document = read(saved(book))
    assert shown(document) == "指标→实际值\n堤防→13\n"
    assert document.notes == (
        "hidden sheets were set aside: 底稿",
        "表: 1 hidden rows and 1 hidden columns were set aside",
    )


def test_a_merged_cell_shows_in_what_is_left_of_it() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (("预算", None, "甲"), ("年初", "全年", "乙")):
            sheet.append(row)
        sheet.merge_cells("A1:B1")
        sheet.column_dimensions["A"].hidden = True

    assert shown(read(built(fill))) == "预算→甲\n全年→乙\n"


def test_a_framed_row_without_text_stays_in_its_table() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (HEADER, ("堤防", 12, 13), (), ("管护", 5, 6)):
            sheet.append(row)
        sheet["A3"].border = Border(left=Side(style="thin"))

    assert len(read(built(fill)).grids) == 1


def test_each_sheet_is_headed_by_its_name() -> None:
    book = openpyxl.Workbook()
    book.active.title = "产出"
    book.active.append(HEADER)
    book.active.append(("堤防", 12, 13))
    book.create_sheet("空表")
    book.create_sheet("说明")["A1"] = "全年完成5件。"
    assert shown(read(saved(book))) == "产出\n指标→目标值→实际值\n堤防→12→13\n说明\n全年完成5件。"


def test_every_cell_is_named() -> None:
    document = read(of_rows(HEADER, ("堤防", 12, 12.6)))
    start = document.text.index("12.6")
    assert document.place_of(CharSpan(start, start + 4)).part == "表!C2"


def test_formulas_without_a_result_are_told() -> None:
    document = read(of_rows(HEADER, ("堤防", 12, "=B2*2")))
    assert shown(document) == "指标→目标值→实际值\n堤防→12→\n"
    assert document.notes == (
        "表: 1 formulas have no stored result and read as empty (C2); open the workbook in Excel or WPS and save it",
    )
    assert [said(note, "zh") for note in document.notes] == [
        "表：1 个公式没有保存计算结果，按空白读取（C2）；请用 Excel 或 WPS 打开后保存"
    ]


def _with_cells(cells: str, **parts: str) -> bytes:
    data = of_rows(("x",))
    sheet = part_of(data, "xl/worksheets/sheet1.xml")
    start, end = sheet.index("<sheetData>") + 11, sheet.index("</sheetData>")
    return with_parts(data, {"xl/worksheets/sheet1.xml": sheet[:start] + cells + sheet[end:], **parts})


#: what → (cells, text)
CELLS = {
    "a formula's stored result": ('<row r="1"><c r="A1"><f>B1*2</f><v>12.5</v></c></row>', "12.5"),
    "a formula's stored text": ('<row r="1"><c r="A1" t="str"><f>B1</f><v>完成5件</v></c></row>', "完成5件"),
    "a formula with an empty text": (
        '<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c t="inlineStr"><is><t>甲</t></is></c></row>',
        "甲",
    ),
    "runs without readings": (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>建</t></r><r><t>5座</t></r><rPh><t>ジ</t></rPh></is></c></row>',
        "建5座",
    ),
    "cells and rows without names": ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", "1→2\n3"),
    "an error": ('<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c></row>', "#DIV/0!"),
    "a truth": ('<row r="1"><c r="A1" t="b"><v>1</v></c></row>', "TRUE"),
    "half of an escaped character": (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>甲_xD800_乙_xDE00__xD83D__xDE00_</t></is></c></row>',
        "甲\ufffd乙\ufffd😀",
    ),
    "an escaped line feed": ('<row r="1"><c r="A1" t="inlineStr"><is><t>甲_x000A_乙</t></is></c></row>', "甲\n乙"),
    "a string that is not there": ('<row r="1"><c r="A1" t="s"><v>99</v></c><c r="B1"><v>5</v></c></row>', "5"),
    "the same cell twice": ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "2"),
    "no number": ('<row r="1"><c r="A1"><v>甲</v></c></row>', "甲"),
}


@pytest.mark.parametrize(("cells", "text"), CELLS.values(), ids=CELLS)
def test_cell_shows(cells: str, text: str) -> None:
    assert shown(read(_with_cells(cells))) == text


def test_zeros_that_the_sheet_hides_are_absent() -> None:
    data = of_rows(("甲", 0, 5))
    sheet = part_of(data, "xl/worksheets/sheet1.xml").replace("<sheetView ", '<sheetView showZeros="0" ')
    assert shown(read(with_parts(data, {"xl/worksheets/sheet1.xml": sheet}))) == "甲→5\n"


def test_cells_under_a_merged_one_are_not_seen() -> None:
    data = of_rows(("甲", 5), ("乙", 6))
    sheet = part_of(data, "xl/worksheets/sheet1.xml")
    merged = sheet.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>')
    assert shown(read(with_parts(data, {"xl/worksheets/sheet1.xml": merged}))) == "甲→5\n→6\n"
