"""Tables with and without rulings, side headers, and tables that go on over pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.documents import read_document
from extract.documents.content import Content
from extract.documents.pdf.reader import read_pdf
from extract.offsets import joined
from tests.documents.pdf_files.make import BODY, HEAD, INDICATORS, MORE
from tests.documents.pdf_files.writer import grid, line_from, pdf_of, text_at, turned_text

HERE = Path(__file__).parent
ROWS = (
    ("项目", "预算数", "决算数", "执行率"),
    ("基本支出", "1,216.40", "1,198.20", "98.50%"),
    ("项目支出", "1,912.20", "1,789.15", "93.57%"),
    ("合计", "3,128.60", "2,987.35", "95.49%"),
)
XS, YS = (85, 195, 305, 415, 525), (718, 694, 670, 646, 622)


def _words(rows: Sequence[Sequence[str]] = ROWS, top: float = 700) -> str:
    return "".join(
        text_at(90 + 110 * column, top - 24 * row, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )


def _cells(content: Content, table: int = 0) -> list[list[str]]:
    grids = content.grids or ()
    return [[joined(content.text, cell) if cell else "" for cell in row] for row in grids[table].rows]


RULINGS = {
    "strokes": grid(XS, YS),
    "thin filled rectangles": "".join(f"{XS[0]} {y} 440 0.6 re f\n" for y in YS)
    + "".join(f"{x} {YS[-1]} 0.6 96 re f\n" for x in XS),
    "a rectangle for each cell": "".join(f"{x} {y} 110 24 re S\n" for x in XS[:-1] for y in YS[1:]),
    "dashes": "".join(line_from(x, y, x + 8, y) for y in YS for x in range(85, 525, 10))
    + "".join(line_from(x, YS[-1], x, YS[0]) for x in XS),
    "open at the sides": "".join(line_from(85, y, 525, y) for y in YS)
    + "".join(line_from(x, 622, x, 718) for x in XS[1:-1]),
    "three level lines": "".join(line_from(85, y, 525, y) for y in (718, 694, 622)),
    "none": "",
}


@pytest.mark.parametrize("rulings", RULINGS.values(), ids=RULINGS.keys())
def test_a_table_is_found_however_it_is_ruled(rulings: str) -> None:
    content = read_pdf(pdf_of(text_at(85, 740, "资金执行情况（万元）") + rulings + _words()), where="t.pdf")
    assert _cells(content) == [list(row) for row in ROWS]
    assert (content.grids or ())[0].caption == "资金执行情况（万元）"


def test_words_that_stand_apart_in_one_row_are_no_table() -> None:
    row = (
        text_at(90, 740, "填表人：吴禾")
        + text_at(250, 740, "联系电话：0000-1234")
        + text_at(420, 740, "日期：2023年3月")
    )
    content = read_pdf(pdf_of(row), where="t.pdf")
    assert content.grids == ()
    assert content.text == "填表人：吴禾  联系电话：0000-1234  日期：2023年3月"


@pytest.mark.parametrize(
    "side",
    [
        "".join(text_at(80, 680 - 14 * n, sign) for n, sign in enumerate("一级指标")),
        turned_text(92, 610, "一级指标", (0, 1, -1, 0)),
        turned_text(82, 680, "一级指标", (0, -1, 1, 0)),
    ],
    ids=["stacked", "upwards", "downwards"],
)
def test_a_side_header_is_read_as_words_and_fills_its_rows(side: str) -> None:
    inner = "".join(line_from(110, y, 400, y) for y in (660, 620))
    frame = "".join(line_from(60, y, 400, y) for y in (700, 580)) + "".join(
        line_from(x, 580, x, 700) for x in (60, 110, 250, 400)
    )
    words = "".join(text_at(120 + 140 * c, 675 - 40 * r, f"项{r}{c}") for r in range(3) for c in range(2))
    content = read_pdf(pdf_of(frame + inner + side + words), where="t.pdf")
    assert _cells(content) == [["一级指标", f"项{r}0", f"项{r}1"] for r in range(3)]
    assert content.text.count("一级指标") == 1


def test_stacked_figures_of_a_narrow_cell_stay_apart() -> None:
    words = text_at(64, 690, "1,234.56") + text_at(64, 676, "2,345.67") + text_at(120, 690, "甲")
    content = read_pdf(pdf_of(grid((60, 116, 200), (705, 670)) + words), where="t.pdf")
    assert _cells(content) == [["1,234.56\n2,345.67", "甲"]]


def test_a_figure_cut_in_a_narrow_cell_is_whole() -> None:
    words = text_at(64, 690, "12,345,67") + text_at(64, 676, "8.90") + text_at(130, 690, "甲")
    content = read_pdf(pdf_of(grid((60, 122, 200), (705, 670)) + words), where="t.pdf")
    assert _cells(content) == [["12,345,678.90", "甲"]]


def _filled() -> list[list[str]]:
    """The form of ``make`` as its grid must say it: a merged cell in each row that it covers."""
    return [list(row) for row in (HEAD, *INDICATORS)]


@pytest.mark.parametrize(("name", "table"), [("office.pdf", 0), ("browser.pdf", 1)])
def test_a_form_that_breaks_over_pages_is_one_table(name: str, table: int) -> None:
    cells = _cells(_content(name), table)
    assert [[cell.replace("\n", "") for cell in row] for row in cells] == _filled()


@pytest.mark.parametrize("name", ["office.pdf", "browser.pdf"])
def test_a_repeated_header_and_a_merged_cell_stand_once_in_the_text(name: str) -> None:
    text = _content(name).text
    assert text.count("偏差原因分析") == 1
    assert text.count("数量指标") == 1


def test_paragraphs_of_an_office_program_are_those_that_were_typed() -> None:
    lines = read_document(HERE / "office.pdf").text.split("\n")
    typed = ["岚溪县水利局2022年度部门整体支出绩效自评报告", "一、部门概况和绩效目标", *BODY, "二、履职完成情况", *MORE]
    assert lines[: len(typed)] == typed


def test_two_columns_are_read_one_after_the_other() -> None:
    text = read_document(HERE / "columns.pdf").text
    assert text.split("\n") == ["岚溪县水利局绩效自评摘要", *BODY, *MORE]


def test_a_browsers_watermark_is_left_out() -> None:
    assert "内部资料" not in read_document(HERE / "browser.pdf").text


def _content(name: str) -> Content:
    return read_pdf((HERE / name).read_bytes(), where=name)
