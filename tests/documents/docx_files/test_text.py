"""What of a Word document is text, and in which order."""

from __future__ import annotations

import hashlib

import pytest

from extract.documents.docx import MEDIA_TYPE
from tests.documents.docx_files.builder import built, p, r, read, tbl, tc, text_of, tr, with_body


def test_paragraphs_are_joined_by_line_feeds() -> None:
    data = built(lambda word: [word.add_paragraph(text) for text in ("一、基本情况", "", "编制97人。")])
    document = read(data)
    assert document.text == "一、基本情况\n\n编制97人。"
    assert document.media_type == MEDIA_TYPE
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.grids == ()


def test_what_the_first_page_says_is_read() -> None:
    document = read(built(lambda word: word.add_paragraph("2022年度青桐县水务局部门整体支出绩效自评报告")))
    assert (document.year, document.organisation, document.report_type) == ("2022", "青桐县水务局", "department")


BODIES = {
    "runs read on": (f"<w:p>{r('供地')}{r('764')}{r('宗')}</w:p>", "供地764宗"),
    "soft line break": ("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r></w:p>", "甲\n乙\n丙"),
    "tab in the body": ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>", "甲\t乙"),
    "tab stops are no tabs": (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>',
        "甲",
    ),
    "space is kept where the file says so": (f"<w:p>{r('33 ')}{r('人')}</w:p>", "33 人"),
    "line breaks of the file are no text": ("<w:p><w:r><w:t>\n  甲\n 乙 \n</w:t></w:r></w:p>", "甲  乙"),
    "no-break hyphen": ("<w:p><w:r><w:t>10</w:t><w:noBreakHyphen/><w:t>20%</w:t></w:r></w:p>", "10-20%"),
    "sign of the symbol font": ('<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r></w:p>', "≥95%"),
    "sign of another font": ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0B3"/><w:t>95%</w:t></w:r></w:p>', "95%"),
    "hyperlink": (f"<w:p>{r('见')}<w:hyperlink>{r('附件')}</w:hyperlink></w:p>", "见附件"),
    "hidden text": (f"<w:p>{r('投入5万元')}{r('（旧稿3万元）', '<w:vanish/>')}</w:p>", "投入5万元"),
    "hidden turned off": ("<w:p>" + r("甲", '<w:vanish w:val="0"/>') + "</w:p>", "甲"),
    "content controls": (
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{r('甲')}<w:sdt><w:sdtContent>{r('乙')}</w:sdtContent></w:sdt></w:p>"
        "</w:sdtContent></w:sdt>",
        "甲乙",
    ),
    "comments leave no mark": (
        f'<w:p><w:commentRangeStart w:id="0"/>{r("甲")}<w:r><w:commentReference w:id="0"/></w:r></w:p>',
        "甲",
    ),
    "phonetic guide": (f"<w:p><w:ruby><w:rt>{r('qīng')}</w:rt><w:rubyBase>{r('青')}</w:rubyBase></w:ruby></w:p>", "青"),
    "formula": (
        "<w:p><m:oMath><m:r><m:t>执行率=</m:t></m:r><m:f><m:num><m:r><m:t>执行数</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>预算数</m:t></m:r></m:den></m:f></m:oMath></w:p>",
        "执行率=执行数/预算数",
    ),
}


@pytest.mark.parametrize(("body", "text"), BODIES.values(), ids=BODIES)
def test_characters(body: str, text: str) -> None:
    assert text_of(f"{body}{p('完。')}") == f"{text}\n完。"


CHANGES = {
    "inserted words stay": (f"<w:p>{r('完成')}<w:ins>{r('12')}</w:ins>{r('公里')}</w:p>", "完成12公里"),
    "deleted words go": (
        f"<w:p>{r('完成')}<w:del><w:r><w:delText>10</w:delText></w:r></w:del><w:ins>{r('12')}</w:ins>{r('公里')}</w:p>",
        "完成12公里",
    ),
    "moved words stand where they went": (
        f"<w:p><w:moveFrom>{r('甲')}</w:moveFrom>{r('乙')}<w:moveTo>{r('甲')}</w:moveTo></w:p>",
        "乙甲",
    ),
    "inserted inside deleted goes": (f"<w:p>{r('甲')}<w:del><w:ins>{r('乙')}</w:ins></w:del></w:p>", "甲"),
    "a deleted paragraph end joins": (p("上半", "<w:rPr><w:del/></w:rPr>") + p("下半"), "上半下半"),
    "a deleted paragraph leaves no line": (
        p("前。")
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
        + p("后。"),
        "前。\n后。",
    ),
    "a deleted row goes": (
        tbl(tr("甲", "乙"), tr("丙", "丁").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>"), tr("戊", "己")),
        "甲\t乙\n戊\t己",
    ),
}


@pytest.mark.parametrize(("body", "text"), CHANGES.values(), ids=CHANGES)
def test_tracked_changes_count_as_accepted(body: str, text: str) -> None:
    assert text_of(f"{body}{p('完。')}") == f"{text}\n完。"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


_INSTRUCTION = "<w:r><w:instrText> SUM(ABOVE) </w:instrText></w:r>"
FIELDS = {
    "result of a field": (
        f"{r('共')}{_mark('begin')}{_INSTRUCTION}{_mark('separate')}{r('764')}{_mark('end')}{r('宗')}",
        "共764宗",
    ),
    "field without result": (f"{r('甲')}{_mark('begin')}{_INSTRUCTION}{_mark('end')}{r('乙')}", "甲乙"),
    "simple field": (f'<w:fldSimple w:instr=" DATE ">{r("2022")}</w:fldSimple>', "2022"),
    "result of a field inside an instruction": (
        f"{_mark('begin')}{_INSTRUCTION}{_mark('begin')}{_INSTRUCTION}{_mark('separate')}{r('3')}{_mark('end')}"
        f"{_mark('separate')}{r('9')}{_mark('end')}",
        "9",
    ),
    "end without beginning": (f"{_mark('end')}{r('甲')}", "甲"),
}


@pytest.mark.parametrize(("runs", "text"), FIELDS.values(), ids=FIELDS)
def test_fields_show_their_results_only(runs: str, text: str) -> None:
    assert text_of(f"<w:p>{runs}</w:p>{p('完。')}") == f"{text}\n完。"


def test_field_that_is_never_closed_takes_nothing_below_with_it() -> None:
    assert text_of(f"<w:p>{r('甲')}{_mark('begin')}{_INSTRUCTION}</w:p>{p('乙')}") == "甲\n乙"


def _box(*paragraphs: str) -> str:
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
        f"<wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


BOXES = {
    "alone in its paragraph": (f"<w:p>{_box(p('甲'), p('乙'))}</w:p>", "甲\n乙"),
    "in front of the words": (f"<w:p>{_box(p('单位：万元'))}{r('收入情况')}</w:p>", "单位：万元\n收入情况"),
    "behind when words precede it": (
        f"<w:p>{r('全年完成')}{_box(p('图注'))}{r('12公里。')}</w:p>",
        "全年完成12公里。\n图注",
    ),
    "of the old kind only": (
        f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{p('甲')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
        "甲",
    ),
    "empty for new programs": (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback><w:t>甲</w:t></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>",
        "甲",
    ),
    "inside a cell": (tbl(tr(tc(f"<w:p>{_box(p('甲'))}{r('乙')}</w:p>"), "丙")), "甲\n乙\t丙"),
}


@pytest.mark.parametrize(("body", "text"), BOXES.values(), ids=BOXES)
def test_text_box_stands_once_at_its_anchor(body: str, text: str) -> None:
    assert text_of(f"{body}{p('完。')}") == f"{text}\n完。"


def test_table_in_a_text_box_is_a_table() -> None:
    document = read(with_body(f"<w:p>{_box(tbl(tr('甲', '乙'), tr('丙', '丁')), p())}</w:p>{p('完。')}"))
    assert document.grids is not None
    assert len(document.grids) == 1


def _noted(kind: str, mark: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{mark}"/></w:r>'


def test_notes_stand_at_the_end_in_the_order_of_their_marks() -> None:
    body = (
        f"<w:p>{r('投入5万元')}{_noted('endnote', 2)}{_noted('footnote', 3)}{r('。')}</w:p>"
        f"<w:p>{r('验收2次')}{_noted('footnote', 2)}{_noted('footnote', 3)}{r('。')}</w:p>"
        f"<w:p><w:del>{_noted('footnote', 4)}</w:del>{r('完。')}</w:p>"
    )
    footnotes = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>' + "".join(
        f'<w:footnote w:id="{n}">{p(f"脚注{n}")}</w:footnote>' for n in (2, 3, 4)
    )
    text = text_of(body, footnotes=footnotes, endnotes=f'<w:endnote w:id="2">{p("尾注")}</w:endnote>')
    assert text == "投入5万元。\n验收2次。\n完。\n脚注3\n脚注2\n尾注"


def test_headers_and_footers_are_left_out() -> None:
    def build(word) -> None:
        word.add_paragraph("正文。")
        word.sections[0].header.paragraphs[0].text = "内部资料"
        word.sections[0].footer.paragraphs[0].text = "第1页"

    assert read(built(build)).text == "正文。"


def test_strict_office_files_are_read_alike() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = p("甲") + tbl(tr(tc("乙", '<w:gridSpan w:val="2"/>')), tr("丙", "丁"))
    ours, theirs = read(with_body(body)), read(with_body(body, namespace=strict))
    assert (theirs.text, theirs.grids) == (ours.text, ours.grids)
