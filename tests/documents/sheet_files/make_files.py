"""Makes the workbooks in ``made/``: one written here, saved anew by LibreOffice in each format that it knows.

    python -m tests.documents.sheet_files.make_files

The words are our own and the places invented. The files are kept, so that tests need no office program.
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

MADE = Path(__file__).parent / "made"
FORMATS = ("xlsx", "xls", "ods", "html")


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    _score_sheet(book.active)
    _money_sheet(book.create_sheet("资金"))
    hidden = book.create_sheet("底稿")
    hidden["A1"], hidden.sheet_state = "未公开9999万元", "hidden"
    return book


def _score_sheet(sheet: Worksheet) -> None:
    sheet.title = "自评表"
    rows: list[list[object]] = [
        ["云溪县水务局2023年度项目支出绩效自评表"],
        ["填报日期：", date(2024, 3, 15), None, None, "金额单位：万元"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "内部备注"],
        ["产出指标", "数量指标", "新建堤防（公里）", 12, 12.6, "备注31"],
        [None, None, "巡查次数（次）", 1200, 1234, "备注32"],
        [None, "质量指标", "验收合格率", 0.95, 0.975, "备注33"],
        ["效益指标", "社会效益", "受益人口（人）", 35000, 36120, "备注34"],
        ["废弃指标", "数量指标", "不再考核（个）", 77, 78, "备注35"],
        ["满意度指标", "服务对象", "群众满意度", "≥90%", 0.9364, "备注36"],
        [],
        ["说明：新建堤防超额完成0.6公里，系调整标段所致。"],
    ]
    for row in rows:
        sheet.append(row)
    sheet["B2"].number_format = 'yyyy"年"m"月"d"日"'
    for cell in ("D6", "E6"):
        sheet[cell].number_format = "0.0%"
    sheet["E9"].number_format = "0.00%"
    for row in ("5", "7"):
        sheet[f"D{row}"].number_format = sheet[f"E{row}"].number_format = "#,##0"
    for merged in ("A1:F1", "A4:A6", "B4:B5"):
        sheet.merge_cells(merged)
    sheet.column_dimensions["F"].hidden = True
    sheet.row_dimensions[8].hidden = True
    sheet["E4"].comment = Comment("批注里的88公里不是正文", "甲")


def _money_sheet(sheet: Worksheet) -> None:
    side = Side(style="thin")
    sheet.append(["单位：万元"])
    sheet.append(["项目", "年初预算", "决算", "差异", "执行率"])
    for name, budget, spent in (("堤防", 1234.5, 1200.25), ("管护", 300, 320), ("监测", 86, 0)):
        row = sheet.max_row + 1
        sheet.append([name, budget, spent, f"=B{row}-C{row}", f"=C{row}/B{row}"])
    sheet.append([])
    sheet.append(["合计", "=SUM(B3:B5)", "=SUM(C3:C5)", "=B7-C7", "=C7/B7"])
    for row in range(3, 8):
        for column in "BC":
            sheet[f"{column}{row}"].number_format = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
        sheet[f"D{row}"].number_format = "#,##0.00_);(#,##0.00)"
        sheet[f"E{row}"].number_format = "0.00%"
    for line in sheet["A2:E7"]:
        for cell in line:
            cell.border = Border(left=side, right=side, top=side, bottom=side)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "water.xlsx"
        workbook().save(source)
        for kind in FORMATS:
            profile = (Path(folder) / "profile").as_uri()
            words = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind]
            subprocess.run([*words, "--outdir", str(MADE), str(source)], check=True, timeout=180)


if __name__ == "__main__":
    main()
