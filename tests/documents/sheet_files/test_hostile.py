"""Damaged, disguised and malicious workbooks: each is refused quickly, and the message says what to do."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.documents.xls import read_sheets
from extract.errors import ReadError
from tests.documents.docx_files.builder import part_of, with_parts
from tests.documents.sheet_files.builder import of_rows, read, shown
from tests.documents.sheet_files.make_files import MADE

GOOD = of_rows(("指标", "目标"), ("堤防", 12))
SHEET = "xl/worksheets/sheet1.xml"
_ODS = (MADE / "water.ods").read_bytes()
_XLS = (MADE / "water.xls").read_bytes()
_BOOK = _XLS.index(b"\x09\x08")  #: where the stream of the workbook begins
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;">]>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///somewhere/secret">]>'


def _sheet(before: str = "", *, data: str = "", after: str = "") -> bytes:
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return with_parts(GOOD, {SHEET: f"{before}<worksheet {names}><sheetData>{data}</sheetData>{after}</worksheet>"})


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _ods(rows: str) -> bytes:
    content = part_of(_ODS, "content.xml")
    start, end = content.index("<table:table "), content.rindex("</table:table>")
    return with_parts(_ODS, {"content.xml": f'{content[:start]}<table:table table:name="表">{rows}{content[end:]}'})


def _ods_row(attributes: str, cell: str, words: str = "5") -> str:
    shown_cell = f"<table:table-cell {cell}><text:p>{words}</text:p></table:table-cell>"
    return f"<table:table-row {attributes}>{shown_cell}</table:table-row>"


def _row(number: int, column: str) -> str:
    """A row with a cell in column A and one in another."""
    return f'<row r="{number}"><c r="A{number}"><v>{number}</v></c><c r="{column}{number}"><v>1</v></c></row>'


def test_want_of_memory_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def starves(**_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("xlrd.open_workbook", starves)
    with pytest.raises(MemoryError):
        read_sheets(_XLS, where="a.xls")


_SPREAD = "".join(_row(n, "BCDEFGHIJK"[n % 10]) for n in range(1, 5_000))
_STAIRS = "".join(_row(n, "".join(chr(65 + n // step % 26) for step in (26, 1))) for n in range(1, 2001))
_MERGED = (f'<mergeCell ref="A{n}:{chr(66 + n * 7 % 24)}{n + n % 5}"/>' for n in range(1, 100_003))
#: what → (file, name, words of the English message, words of the Chinese one)
REFUSED = {
    "encrypted ods": (
        with_parts(_ODS, {"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        *("a.ods", "password", "加密"),
    ),
    "binary workbook": (_zip({"xl/workbook.bin": b""}), "a.xlsb", "save it as .xlsx", "另存为 .xlsx"),
    "plain text": ("全年供地764宗。".encode(), "a.xls", "name it .txt", "改名为 .txt"),
    "cut off": (GOOD[: len(GOOD) // 2], "a.xlsx", "cut off", "不完整"),
    "old workbook cut off": (_XLS[:5000], "a.xls", "of an old kind", "旧版"),
    "old workbook of zeros": (_XLS[:_BOOK] + bytes(4000) + _XLS[_BOOK + 4000 :], "a.xls", "damaged", "损坏"),
    "no sheets": (with_parts(GOOD, {"xl/workbook.xml": "<workbook/>"}), "a.xlsx", "lists no sheet", "没有工作表"),
    "entities in entities": (_sheet(_LAUGHS), "a.xlsx", "document type", "文档类型"),
    "entities from outside": (_sheet(_OUTSIDE), "a.xlsx", "document type", "文档类型"),
    "entities in an ods": (
        with_parts(_ODS, {"content.xml": f"{_LAUGHS}<x>&b;</x>"}),
        "a.ods",
        "document type",
        "文档类型",
    ),
    "an ods without a sheet": (with_parts(_ODS, {"content.xml": "<x/>"}), "a.ods", "no sheet", "没有工作表"),
    "deep XML": (_sheet(data="<row>" * 200 + "</row>" * 200), "a.xlsx", "inside", "嵌套过深"),
    "a bomb": (with_parts(GOOD, {"xl/media/image1.png": bytes(50_000_000)}), "a.xlsx", "unpacks to", "压缩比"),
    "too many merged cells": (
        _sheet(after="<mergeCells>" + "".join(_MERGED) + "</mergeCells>"),
        *("a.xlsx", "merged cells", "合并单元格"),
    ),
    "a table of two million places": (_sheet(data=_STAIRS), "a.xlsx", "rows and", "表格有"),
    "a row repeated a million times": (
        _ods(_ods_row('table:number-rows-repeated="1000000"', "")),
        *("a.ods", "repeated 1,000,000 times", "重复"),
    ),
    "rows of repeated cells": (
        _ods(_ods_row('table:number-rows-repeated="4000"', 'table:number-columns-repeated="4000"')),
        *("a.ods", "repeated", "重复"),
    ),
    "nothing but empty cells": (of_rows(("",)), "a.xlsx", "no text in it", "没有文字"),
}


@pytest.mark.parametrize(("data", "name", "said", "said_zh"), REFUSED.values(), ids=REFUSED)
def test_refused_quickly_with_advice(data: bytes, name: str, said: str, said_zh: str) -> None:
    began = time.monotonic()
    with pytest.raises(ReadError) as error:
        read(data, name)
    assert said in str(error.value)
    assert said_zh in error.value.zh
    assert str(error.value).startswith(f"{name}")
    assert time.monotonic() - began < 5


#: what → (file, name, text)
HARMLESS = {
    "a lie about the size": (
        _sheet('<?xml version="1.0"?>', data='<row r="1"><c r="A1"><v>5</v></c></row>', after=""),
        *("a.xlsx", "5"),
    ),
    "cells at the corners": (
        _sheet(data='<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'),
        *("a.xlsx", "1\n2"),
    ),
    "everything merged": (
        _sheet(
            data='<row r="1"><c r="A1"><v>1</v></c></row>',
            after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        *("a.xlsx", "1"),
    ),
    "merged backwards": (
        _sheet(
            data='<row r="1"><c r="A1"><v>1</v></c></row>', after='<mergeCells><mergeCell ref="B2:A1"/></mergeCells>'
        ),
        *("a.xlsx", "1"),
    ),
    "a million empty rows": (
        _ods('<table:table-row table:number-rows-repeated="1048000"/>' + _ods_row("", "")),
        *("a.ods", "5"),
    ),
    "a cell that claims to cover everything": (
        _ods(_ods_row("", 'table:number-rows-spanned="1048576" table:number-columns-spanned="16384"')),
        *("a.ods", "5"),
    ),
}


@pytest.mark.parametrize(("data", "name", "text"), HARMLESS.values(), ids=HARMLESS)
def test_lies_about_size_are_harmless(data: bytes, name: str, text: str) -> None:
    began = time.monotonic()
    assert shown(read(data, name)) == text
    assert time.monotonic() - began < 2


def test_long_sheet_is_read_in_time() -> None:
    began = time.monotonic()
    assert read(_sheet(data=_SPREAD)).grids
    assert time.monotonic() - began < 20


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_bytes_are_told_or_read(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([GOOD, _XLS, _ODS]))
    broken = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=20)):
        broken[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ReadError):
        assert read(bytes(broken)).text
