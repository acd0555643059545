"""Workbooks that LibreOffice saved in four formats read alike; ``make_files.py`` makes them."""

from __future__ import annotations

import pytest

from extract.documents.content import said
from extract.extraction import extract
from extract.records import Document
from tests.documents.sheet_files.builder import read, shown
from tests.documents.sheet_files.make_files import MADE

SCORES = """云溪县水务局2023年度项目支出绩效自评表
填报日期：2024年3月15日
金额单位：万元
一级指标→二级指标→三级指标→年度指标值→实际完成值
产出指标→数量指标→新建堤防（公里）→12→12.6
→→巡查次数（次）→1,200→1,234
→质量指标→验收合格率→95.0%→97.5%
效益指标→社会效益→受益人口（人）→35,000→36,120
满意度指标→服务对象→群众满意度→≥90%→93.64%
说明：新建堤防超额完成0.6公里，系调整标段所致。
"""
MONEY = """单位：万元
项目→年初预算→决算→差异→执行率
堤防→1,234.50→1,200.25→34.25→97.23%
管护→300.00→320.00→(20.00)→106.67%
监测→86.00→-→86.00→0.00%
合计→1,620.50→1,520.25→100.25→93.81%
"""


def _made(kind: str) -> Document:
    path = MADE / f"water.{kind}"
    return read(path.read_bytes(), path.name)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_formats_of_workbooks_read_alike(kind: str) -> None:
    document = _made(kind)
    assert shown(document) == f"自评表\n{SCORES}资金\n{MONEY}"
    assert document.notes == (
        "hidden sheets were set aside: 底稿",
        "自评表: 1 hidden rows and 1 hidden columns were set aside",
    )
    assert [said(note, "zh") for note in document.notes] == [
        "未读取隐藏的工作表：底稿",
        "自评表：未读取隐藏的 1 行、1 列",
    ]


def test_workbook_as_web_page_reads_as_the_workbook() -> None:
    text = shown(_made("html"))
    assert SCORES in text
    assert MONEY in text


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "html"])
def test_claims_of_a_workbook(kind: str) -> None:
    extraction = extract(_made(kind))
    text = extraction.document.text
    found = {c.span.of(text): (str(c.quantity.number), c.quantity.unit, c.role.value) for c in extraction.claims}
    assert found["97.5%"] == ("97.5", "%", "actual")
    assert found["1,234"] == ("1234", "次", "actual")
    assert found["36,120"] == ("36120", "人", "actual")
    assert not {"77", "78", "88公里", "9999万元"} & set(found)


@pytest.mark.parametrize(("kind", "part"), [("xlsx", "自评表!E6"), ("xls", "自评表!E6"), ("ods", "自评表!E6")])
def test_claims_name_their_cells(kind: str, part: str) -> None:
    extraction = extract(_made(kind))
    claim = next(c for c in extraction.claims if c.span.of(extraction.document.text) == "97.5%")
    assert extraction.document.place_of(claim.span).part == part
