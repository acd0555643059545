"""A form says the same, whether it comes as a Word document or as tab-separated text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extract.documents import find_documents, read_document
from extract.documents.reading import document_from_bytes
from extract.extraction import extract
from extract.records import Document, Extraction
from extract.segmentation import segment_document
from tests.documents.docx_files.builder import built, read, table

_Merge = tuple[tuple[int, int], tuple[int, int]]

INDICATORS = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析"],
    ["产出指标", "数量指标", "培训农技人员（人次）", "≥300", "320", "10", "10", ""],
    ["", "", "新建灌溉站（座）", "12", "11", "10", "8", "一座因汛期推迟"],
    ["", "质量指标", "工程验收合格率", "100%", "98.5%", "10", "9", ""],
    ["", "成本指标", "项目总投资（万元）", "≤1500", "1482.6", "10", "10", ""],
    ["效益指标", "社会效益指标", "受益农户（户）", "2600", "2710", "10", "10", ""],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥95%", "96.2%", "10", "10", ""],
]
INDICATOR_MERGES: tuple[_Merge, ...] = (((1, 0), (4, 0)), ((1, 1), (2, 1)))
BUDGET = [
    ["项目名称", "年初预算数", "全年预算数", "执行数", "执行率"],
    ["渠道维修", "100", "120", "118.5", "98.75%"],
    ["人员培训", "30", "30", "30", "100%"],
]
ABOVE = [
    "2022年度云泽县农业农村局部门整体支出绩效自评报告",
    "一、绩效目标",
    "全年计划培训农技人员300人次。",
    "二、指标完成情况",
]
BELOW = ["三、预算执行情况", "单位：万元"]
LAST = ["四、下一步打算", "2023年计划新建灌溉站15座。"]


def _as_word() -> Document:
    def build(word) -> None:
        for text in ABOVE:
            word.add_paragraph(text)
        table(word, INDICATORS, *INDICATOR_MERGES)
        for text in BELOW:
            word.add_paragraph(text)
        table(word, BUDGET)
        for text in LAST:
            word.add_paragraph(text)

    return read(built(build))


def _as_text() -> Document:
    rows = [["\t".join(row) for row in form] for form in (INDICATORS, BUDGET)]
    text = "\n".join([*ABOVE, *rows[0], *BELOW, *rows[1], *LAST])
    return document_from_bytes(text.encode(), name="report.txt", where="report.txt")


def _claims(found: Extraction) -> list[tuple[object, ...]]:
    """What is said of each figure, its place in the text aside."""
    text = found.document.text
    return [
        (
            *(claim.span.of(text), claim.quantity[1:], claim.role, claim.stage, claim.slot, claim.indicator),
            *(claim.period, claim.segment.section),
            claim.cell
            and (claim.cell.table, claim.cell.row, claim.cell.column, claim.cell.row_header, claim.cell.column_header),
        )
        for claim in found.claims
    ]


def _pairs(found: Extraction) -> list[tuple[object, ...]]:
    text = found.document.text
    return [
        (
            pair.target.span.of(text),
            pair.actual.span.of(text) if pair.actual else None,
            *(pair.answer, pair.basis, pair.verdict, pair.ratio),
        )
        for pair in found.pairs
    ]


def test_form_in_word_says_what_it_says_as_text() -> None:
    word, text = extract(_as_word()), extract(_as_text())
    assert _claims(word) == _claims(text)
    assert _pairs(word) == _pairs(text)
    assert [finding.message for finding in word.findings] == [finding.message for finding in text.findings]
    assert len(word.claims) > 30


def test_cells_carry_their_merged_names_and_units() -> None:
    found = extract(_as_word())
    told = {claim.span.of(found.document.text): claim for claim in found.claims if claim.cell}
    assert told["11"].cell is not None
    assert told["11"].cell.row_header == "产出指标 数量指标 新建灌溉站(座)"
    assert (told["11"].quantity.unit, told["11"].role, told["11"].cell.column) == ("座", "actual", 4)
    assert str(told["118.5"].quantity.number) == "1185000.0"
    assert [pair.verdict for pair in found.pairs if pair.target.span.of(found.document.text) == "12"] == ["missed"]


def test_every_figure_of_a_table_has_its_place_in_the_text() -> None:
    document = segment_document(_as_word())
    assert document.grids is not None
    placed = {span for grid in document.grids for row in grid.rows for span in row if span}
    assert {cell.pieces for made in document.tables for cell in made.cells} == placed


TWO_LINES = [
    ["项目名称", "预算情况（万元）", "", "", "执行情况", ""],
    ["", "年初预算数", "调整预算数", "全年预算数", "执行数", "执行率"],
    ["水渠维修", "100", "20", "120", "118.5", "98.75%"],
]


def test_header_over_two_lines() -> None:
    merges: tuple[_Merge, ...] = (((0, 0), (1, 0)), ((0, 1), (0, 3)), ((0, 4), (0, 5)))
    found = extract(read(built(lambda word: table(word, TWO_LINES, *merges))))
    told = {claim.span.of(found.document.text): claim for claim in found.claims}
    headers = {text: claim.cell.column_header for text, claim in told.items() if claim.cell}
    assert headers["100"] == "预算情况(万元) 年初预算数"
    assert headers["118.5"] == "执行情况 执行数"
    assert (told["100"].stage, told["118.5"].stage) == ("opening", "spent")
    assert {told[text].quantity.unit for text in ("100", "20", "120", "118.5")} == {"元"}


SIDE_LABEL = [
    ["项目名称", "渠道维修", "", "", ""],
    ["绩效指标", "一级指标", "三级指标", "年度指标值", "实际完成值"],
    ["", "产出指标", "维修长度（公里）", "12", "12.6"],
    ["", "产出指标", "其他说明", "", ""],
]


def test_side_label_beside_header_and_rows_names_no_row() -> None:
    merges: tuple[_Merge, ...] = (((0, 1), (0, 4)), ((1, 0), (3, 0)))
    found = extract(read(built(lambda word: table(word, SIDE_LABEL, *merges))))
    said = [(c.span.of(found.document.text), c.role, c.cell.row_header) for c in found.claims if c.cell]
    assert said == [("12", "target", "产出指标 维修长度(公里)"), ("12.6", "actual", "产出指标 维修长度(公里)")]


def test_folder_gives_word_documents_too(tmp_path: Path) -> None:
    data = built(lambda word: word.add_paragraph("全年供地764宗。"))
    for name in ("b.DOCX", "a.txt", "~$b.docx", ".c.docx", "d.png"):
        (tmp_path / name).write_bytes(data)
    assert [found.name for found in find_documents([str(tmp_path)])] == ["a.txt", "b.DOCX"]


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    data = built(lambda word: word.add_paragraph("全年供地764宗。"))
    (tmp_path / "a.txt").write_bytes(data)
    assert read_document(tmp_path / "a.txt").text == "全年供地764宗。"


def test_command_runs_over_a_word_document(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(built(lambda word: word.add_paragraph("计划供地700宗，实际供地764宗。")))
    done = subprocess.run(
        [sys.executable, "-m", "extract", "run", str(tmp_path / "a.docx")], capture_output=True, check=True
    )
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert records[0]["media_type"].endswith("wordprocessingml.document")
    assert [record["text"] for record in records if record["kind"] == "claim"] == ["700宗", "764宗"]


@pytest.mark.parametrize("arguments", [["--help"], ["run", "a.txt"]])
def test_text_needs_no_xml_library(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.txt").write_text("全年供地764宗。", encoding="utf-8")
    program = (
        "import sys, extract.cli\n"
        "try:\n    extract.cli.main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "loaded = {'lxml', 'docx'} & set(sys.modules)\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
