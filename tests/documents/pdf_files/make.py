"""Makes the PDFs of this folder anew: ``python -m tests.documents.pdf_files.make [FOLDER]``.

They are made by the programs that reports are made by, LibreOffice and a browser, so that ordinary tests can read what
these write without having them. Places and figures are invented.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_FONT = "Noto Serif CJK SC"

BODY = (
    "岚溪县水利局负责全县水资源管理、河道治理、农村供水和水土保持工作，内设股室9个，所属事业单位4个。2022年末编制86名，在职82人，"
    "其中局机关31人、所属单位51人，退休人员47人。",
    "全年预算数为3,128.60万元，其中基本支出1,216.40万元，项目支出1,912.20万元。实际支出2,987.35万元，预算执行率95.49%，"
    "结转141.25万元，主要是河道治理工程尾款未到合同约定的支付时间。“三公”经费支出12.86万元，比上年减少1.34万元。",
    "年初计划治理河道18.5公里，新建和改造农村供水工程24处，治理水土流失面积36.2平方公里，维修养护渠道142公里，解决饮水不稳定人口"
    "1.28万人，水质达标率达到95%以上，群众满意度不低于90%。",
)
MORE = (
    "全年治理河道19.2公里，完成计划的103.78%；新建和改造农村供水工程24处，受益人口1.31万人；治理水土流失面积35.8平方公里，"
    "占计划的98.90%，未完成的0.4平方公里因征地手续滞后顺延到下一年度实施。",
    "维修养护渠道145公里，改善灌溉面积2.36万亩；整治病险水库6座，拆除违章建筑1,860平方米；开展巡河3.2万人次，发现并交办问题"
    "428个，销号421个，销号率98.36%。水质监测点52个，全年监测624次，达标612次，达标率98.08%。",
    "委托第三方发放问卷500份，收回486份，其中满意和基本满意的452份，满意度93.00%。自评得分94.6分，等次为优。",
)
INDICATORS = (
    ("产出指标", "数量指标", "治理河道长度", "≥18.5公里", "19.2公里", "8", "8", ""),
    ("产出指标", "数量指标", "新建和改造农村供水工程", "24处", "24处", "8", "8", ""),
    (
        "产出指标",
        "数量指标",
        "治理水土流失面积",
        "≥36.2平方公里",
        "35.8平方公里",
        "8",
        "7.9",
        "征地手续滞后，0.4平方公里顺延",
    ),
    ("产出指标", "数量指标", "维修养护渠道", "≥142公里", "145公里", "6", "6", ""),
    ("产出指标", "质量指标", "工程验收合格率", "100%", "100%", "5", "5", ""),
    ("产出指标", "质量指标", "水质达标率", "≥95%", "98.08%", "5", "5", ""),
    (
        "产出指标",
        "时效指标",
        "工程按期完工率",
        "≥95%",
        "91.67%",
        "5",
        "4.8",
        "两处供水工程因雨季停工，实际完工时间比计划晚43天，已于十二月底前全部通水，今后将错开汛期安排施工",
    ),
    ("产出指标", "成本指标", "每公里河道治理成本", "≤62万元", "60.4万元", "5", "5", ""),
    ("效益指标", "社会效益指标", "解决饮水不稳定人口", "≥1.28万人", "1.31万人", "10", "10", ""),
    ("效益指标", "生态效益指标", "河道问题销号率", "≥95%", "98.36%", "10", "10", ""),
    ("效益指标", "经济效益指标", "改善灌溉面积", "≥2.2万亩", "2.36万亩", "10", "10", ""),
    ("满意度指标", "服务对象满意度", "群众满意度", "≥90%", "93.00%", "10", "10", ""),
)
HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")


def make_all(folder: Path) -> list[Path]:
    """Every PDF of this folder, written to ``folder``."""
    makers: dict[str, Callable[[Path], None]] = {
        "office.pdf": _office,
        "browser.pdf": lambda path: _printed(path, _form_page()),
        "columns.pdf": lambda path: _printed(path, _columns_page()),
    }
    for name, make in makers.items():
        make(folder / name)
    for name, password in (("locked.pdf", "geheim"), ("open-locked.pdf", "")):
        _locked(folder / "office.pdf", folder / name, password)
    return [folder / name for name in (*makers, "locked.pdf", "open-locked.pdf")]


# LibreOffice


def _office(path: Path) -> None:
    """A report with a title, headings, paragraphs over pages, header, page numbers and a table that breaks twice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "office.docx")
        _docx().save(str(source))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        shutil.copy(source.with_suffix(".pdf"), path)


def _docx() -> Any:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    made = Document()
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = "岚溪县水利局绩效自评材料"
    _page_number(section.footer.paragraphs[0])
    title = made.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("岚溪县水利局2022年度部门整体支出绩效自评报告").font.size = Pt(20)
    for heading, paragraphs in (("一、部门概况和绩效目标", BODY), ("二、履职完成情况", MORE)):
        for text in (heading, *paragraphs):
            paragraph = made.add_paragraph(text)
            paragraph.paragraph_format.first_line_indent = Pt(28)
            paragraph.paragraph_format.line_spacing = 1.5
            paragraph.paragraph_format.space_after = Pt(0)
    made.add_paragraph("附：部门整体支出绩效自评表")
    _docx_table(made)
    return made


def _page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    run = paragraph.add_run()._r
    for kind in ("begin", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run.append(mark)
        if kind == "begin":
            field = OxmlElement("w:instrText")
            field.text = "PAGE"
            run.append(field)
    paragraph.add_run(" —")


def _docx_table(made: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    rows = [HEAD, *INDICATORS]
    table = made.add_table(len(rows), len(HEAD))
    table.style = "Table Grid"
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if column < 2 and number > 1 and rows[number - 1][column] == text:
                continue
            cell = table.cell(number, column)
            last = number
            while column < 2 and last + 1 < len(rows) and rows[last + 1][column] == text:
                last += 1
            if last > number:
                cell = cell.merge(table.cell(last, column))
            cell.paragraphs[0].add_run(text).font.size = Pt(12)


# A browser


def _printed(path: Path, page: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(page, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={path}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=180)


def _form_page() -> str:
    """A form: side headers written downwards, merged cells, a repeated header, bold strokes, a watermark."""
    rows = []
    for number, row in enumerate(INDICATORS):
        cells = []
        for column, text in enumerate(row):
            if column < 2 and number and INDICATORS[number - 1][column] == text:
                continue
            count = sum(1 for other in INDICATORS[number:] if other[column] == text) if column < 2 else 1
            kind = ' class="side"' if column == 0 else ""
            cells.append(f'<td rowspan="{count}"{kind}>{text}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    head = "".join(f"<th>{text}</th>" for text in HEAD)
    funds = (
        '<tr><td rowspan="2">资金情况</td><td></td><td>全年预算数</td><td>全年执行数</td><td>执行率</td></tr>'
        "<tr><td>年度资金总额（万元）</td><td>3,128.60</td><td>2,987.35</td><td>95.49%</td></tr>"
    )
    return f"""<!doctype html><html lang="zh"><meta charset="utf-8"><style>
        @page {{ size: A4; margin: 20mm }} body {{ font: 10.5pt "{_FONT}"; margin: 0 }}
        table {{ border-collapse: collapse; width: 100%; margin: 6pt 0 }}
        td, th {{ border: 1px solid black; padding: 14pt 3pt; font-weight: normal }}
        .side {{ writing-mode: vertical-rl; text-align: center }} h1 {{ font-size: 16pt; text-align: center }}
        .mark {{ position: fixed; top: 45%; left: 10%; font-size: 60pt; color: #ccc; transform: rotate(-35deg) }}
        </style><div class="mark">内部资料</div><h1>岚溪县农村供水项目支出绩效自评表</h1>
        <p>项目名称：农村供水保障　　金额单位：万元</p><table>{funds}</table>
        <table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>
        <p>总分：94.6分</p></html>"""


def _columns_page() -> str:
    """A summary in two columns beneath a title over both."""
    paragraphs = "".join(f"<p>{text}</p>" for text in (*BODY, *MORE))
    return f"""<!doctype html><html lang="zh"><meta charset="utf-8"><style>
        @page {{ size: A4; margin: 20mm }} body {{ font: 10.5pt/1.6 "{_FONT}"; margin: 0 }}
        h1 {{ font-size: 16pt; text-align: center }} p {{ text-indent: 2em; margin: 0; text-align: justify }}
        div {{ column-count: 2; column-gap: 10mm }}</style>
        <h1>岚溪县水利局绩效自评摘要</h1><div>{paragraphs}</div></html>"""


# Passwords


def _locked(source: Path, path: Path, password: str) -> None:
    """``source`` encrypted; with an empty password anyone may open it."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(source))
    writer.encrypt(user_password=password, owner_password="eigen", algorithm="RC4-128")
    writer.write(path)


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
