"""Makes the sample files beside it from Word XML of our own writing, with LibreOffice and pypdfium2.

Usage, from the repository's root: python -m tests.documents.samples.make
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.documents.docx_files.builder import p, r, tbl, tc, tr, with_body

HERE = Path(__file__).parent
_LEVEL = (
    '<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
    '<w:lvlText w:val="{text}"/></w:lvl>'
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    + _LEVEL.format(n=0, form="chineseCountingThousand", text="%1、")
    + _LEVEL.format(n=1, form="decimal", text="（%2）")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="1"><w:p><w:r><w:t>含上年结转12.5万元。</w:t></w:r></w:p></w:footnote>'
)
_MARK = '<w:r><w:footnoteReference w:id="1"/></w:r>'
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> = 1400+1 </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1401</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _listed(text: str, level: int) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def _cell(text: str, width: int, *, span: int = 1, merge: str = "") -> str:
    merged = {"": "", "first": '<w:vMerge w:val="restart"/>', "next": "<w:vMerge/>"}[merge]
    return tc(text, f'<w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/>{merged}')


def _table() -> str:
    rows = (
        tr(_cell("指标", 2000, span=2), _cell("年度指标值", 2000), _cell("实际完成值", 2000)),
        tr(
            _cell("产出指标", 1000, merge="first"),
            _cell("新建堤防", 1000),
            _cell("12公里", 2000),
            _cell("12.6公里", 2000),
        ),
        tr(_cell("", 1000, merge="next"), _cell("清淤河道", 1000), _cell("≥40公里", 2000), _cell("38.5公里", 2000)),
        tr(_cell("满意度", 2000, span=2), _cell("≥95%", 2000), _cell("96.5%", 2000)),
    )
    head = f"<w:tblPr><w:tblW w:w='6000' w:type='dxa'/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
    grid = "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{w}"/>' for w in (1000, 1000, 2000, 2000)) + "</w:tblGrid>"
    return tbl(*rows).replace("<w:tbl>", f"<w:tbl>{head}{grid}", 1)


def report() -> bytes:
    """A report with what Word files are made of: lists, a field, a footnote, hidden text, a table with merged cells."""
    body = (
        p("2022年度青桐县水务局部门整体支出绩效自评报告")
        + _listed("基本情况", 0)
        + _listed("局机关编制97人，在职114人。", 1)
        + f"<w:p>{r('年初预算')}{_FIELD}{r('万元')}{_MARK}{r('，支出1388.2万元。')}"
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏999万元</w:t></w:r></w:p>"
        + _listed("完成情况", 0)
        + _listed("全年新建堤防12.6公里。", 1)
        + _table()
        + p("以上数据截至2022年12月31日。")
    )
    return with_body(body, numbering=_NUMBERING, footnotes=_FOOTNOTES)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.docx").write_bytes(report())
        profile = (folder / "profile").as_uri()
        for kind in ("doc", "rtf", "odt", "pdf"):
            command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
            subprocess.run([*command, "--outdir", name, str(folder / "report.docx")], check=True, timeout=120)
        (HERE / "report.docx").write_bytes((folder / "report.docx").read_bytes())
        (HERE / "report.doc").write_bytes((folder / "report.doc").read_bytes())
        (HERE / "report.wps").write_bytes((folder / "report.doc").read_bytes())
        for kind in ("rtf", "odt"):
            (HERE / f"report.{kind}").write_bytes((folder / f"report.{kind}").read_bytes())
        _scan(folder / "report.pdf").save(HERE / "scan.png", dpi=(200, 200), optimize=True)


def _scan(path: Path) -> object:
    import pypdfium2

    page = pypdfium2.PdfDocument(path)[0].render(scale=200 / 72).to_pil().convert("L")
    return page.crop((0, 0, page.width, page.height // 2)).quantize(8)


if __name__ == "__main__":
    sys.exit(main())
