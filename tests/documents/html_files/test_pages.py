"""A web page reads as what a person sees of its content."""

from __future__ import annotations

import pytest

from extract.documents.content import said
from extract.documents.reading import document_from_bytes
from extract.offsets import joined
from extract.records import Document


def read(page: str | bytes, name: str = "a.html") -> Document:
    return document_from_bytes(page if isinstance(page, bytes) else page.encode(), name=name, where=name)


def shown(page: str) -> str:
    return read(f"<html><body>{page}</body></html>").text.replace("\t", "→")


#: what → (markup, text)
PROSE = {
    "paragraphs": ("<p>供地764宗。</p><p>完成。</p>", "供地764宗。\n完成。"),
    "text around blocks": ("甲<div>乙<p>丙</p>丁</div>戊", "甲\n乙\n丙\n丁\n戊"),
    "inline marks": ("<p>完成<b>5</b><span>个</span></p>", "完成5个"),
    "a line break": ("<p>甲<br>乙</p>", "甲\n乙"),
    "a source line between Chinese": ("<p>全年供地\n   764宗，完成\n任务</p>", "全年供地 764宗，完成任务"),
    "spaces": ("<p>  a \t b&nbsp;&nbsp;c </p>", "a b  c"),
    "entities": ("<p>&ge;5&#37;&lt;&#x4e2a;</p>", "≥5%<个"),
    "a heading": ("<h1>总结</h1><h2>一、概况</h2>", "总结\n一、概况"),
    "preformatted": ("<pre>甲  5\n乙  6</pre>", "甲  5\n乙  6"),
    "a comment": ("<p>完成<!-- 9 -->5个</p>", "完成5个"),
    "what is entered": ("<p>完成<input value='5'>个<input type=hidden value=9></p>", "完成5个"),
    "what is chosen": ("<p><select><option>甲<option selected>乙</select></p>", "乙"),
    **{
        f"hidden by {how}": (f"<p>甲</p>{hidden}<p>乙</p>", "甲\n乙")
        for how, hidden in {
            "style": "<p style='color:red; DISPLAY : none'>9个</p>",
            "visibility": "<p style='visibility:hidden'>9个</p>",
            "attribute": "<p hidden>9个<b>8</b></p>",
            "Word": "<span style='mso-hide:all'>9个</span>",
            "script": "<script>var a=9;</script>",
            "style sheet": "<style>p{width:9px}</style>",
            "noscript": "<noscript>9</noscript>",
            "template": "<template><p>9个</p></template>",
            "deletion": "<del>9个</del>",
        }.items()
    },
    "text behind what is hidden": ("<p>甲<span hidden>9</span>乙</p>", "甲乙"),
    "a square": ("<p>建成5万m<sup>2</sup></p>", "建成5万m²"),
    "a cube": ("<p>蓄水5万立方米、7m<sup>3</sup></p>", "蓄水5万立方米、7m³"),
    "a power of ten": ("<p>5×10<sup>4</sup>吨</p>", "5×10⁴吨"),
    "a note's mark": ("<p>供地764<sup>1</sup>宗</p>", "供地764宗"),
    "a note's mark in brackets": ("<p>供地764宗<sup>[12]</sup></p>", "供地764宗"),
    "a linked note's mark": ("<p>面积5m<sup><a href='#n'>2</a></sup></p>", "面积5m"),
    "raised words": ("<p>甲<sup>乙丙</sup></p>", "甲乙丙"),
    "lowered digits": ("<p>PM<sub>2.5</sub></p>", "PM2.5"),
    "bullets": ("<ul><li>甲<li>乙</ul>", "甲\n乙"),
    "a numbered list": ("<ol><li>甲<li><p>乙</p></ol>", "1. 甲\n2. 乙"),
    "a list that begins later": ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", "3. 甲\n7. 乙\n8. 丙"),
    "letters": ("<ol type=a><li>甲<ol type=I><li>乙</ol><li>丙</ol>", "a. 甲\nI. 乙\nb. 丙"),
    "Chinese numbers": ("<ol style='list-style-type:cjk-ideographic'><li>甲<li value=12>乙</ol>", "一、甲\n十二、乙"),
    "numbers backwards": ("<ol reversed><li>甲<li>乙</ol>", "2. 甲\n1. 乙"),
    "a list without numbers": ("<ol style='list-style:none'><li>甲</ol>", "甲"),
    "a list's number and a hidden paragraph": ("<ol><li><p hidden>9</p><p>甲</p></ol>", "1. 甲"),
}


@pytest.mark.parametrize(("page", "text"), PROSE.values(), ids=PROSE)
def test_prose_as_it_is_seen(page: str, text: str) -> None:
    assert shown(page) == text


#: what → (markup, text)
TABLES = {
    "rows": ("<table><tr><td>甲<td>乙<tr><td>1<td>2</table>", "甲→乙\n1→2\n"),
    "a caption": ("<table><caption>表一</caption><tr><td>甲<td>乙</table>", "表一\n甲→乙\n"),
    "head and foot": (
        "<table><tfoot><tr><td>计<td>3</tfoot><thead><tr><th>甲<th>乙</thead><tbody><tr><td>1<td>2</table>",
        "甲→乙\n1→2\n计→3\n",
    ),
    "merged cells": (
        "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2<tr><td>a<td>b<td>c</table>",
        "甲→乙\n→1→2\na→b→c\n",
    ),
    "more columns than there are": ("<table><tr><td>甲<td colspan=100000>乙<tr><td>1<td>2</table>", "甲→乙\n1→2\n"),
    "more rows than there are": ("<table><tr><td rowspan=99999>甲<td>1<tr><td>2</table>", "甲→1\n→2\n"),
    "no number of columns": ("<table><tr><td colspan='a'>甲<td rowspan='-1'>乙<tr><td>1<td>2</table>", "甲→乙\n1→2\n"),
    "a cell of paragraphs": ("<table><tr><td><p>甲</p><p>乙</p><td>5</table>", "甲\n乙→5\n"),
    "a frame": ("<table><tr><td><p>甲</p><p>乙</p></table>", "甲\n乙"),
    "a table in a frame": ("<table><tr><td>甲<table><tr><td>1<td>2</table></table>", "甲\n1→2\n"),
    "a table in a cell": (
        "<table><tr><td>甲乙丙丁<td>说明文字<tr><td>1<td>x<table><tr><td>a<td>b</table></table>",
        "甲乙丙丁→说明文字\n1→x\na→b\n",
    ),
    "a table for layout": (
        "<table><tr><td>目录<td><table><tr><td>指标<td>目标<tr><td>供地<td>764</table></table>",
        "目录\n指标→目标\n供地→764\n",
    ),
    "a table that says it is for layout": ("<table role=presentation><tr><td>甲<td>乙</table>", "甲\n乙"),
    "a hidden row": (
        "<table><tr><td>甲<td>乙<tr style='display:none'><td>8<td>9<tr><td>1<td>2</table>",
        "甲→乙\n1→2\n",
    ),
    "a title row": ("<table><tr><td colspan=2>自评表<tr><td>甲<td>乙<tr><td>1<td>2</table>", "自评表\n甲→乙\n1→2\n"),
    "text between its cells": ("<table>外<tr><td>甲<td>乙</table>", "外\n甲→乙\n"),
    "tabs in a cell": ("<table><tr><td><pre>甲\t乙</pre><td>5</table>", "甲 乙→5\n"),
}


@pytest.mark.parametrize(("page", "text"), TABLES.values(), ids=TABLES)
def test_tables_as_they_are_seen(page: str, text: str) -> None:
    assert shown(page) == text


def test_merged_cells_cover_their_places() -> None:
    document = read("<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2</table>")
    rows = [[joined(document.text, cell) if cell else "" for cell in row] for row in document.grids[0].rows]
    assert rows == [["甲", "乙", "乙"], ["甲", "1", "2"]]


def test_page_without_tables_leaves_them_to_be_found_in_the_text() -> None:
    assert read("<html><p>甲</p></html>").grids is None


_LONG = "全年新建堤防12公里，完成计划的105%。" * 20
#: what → markup around a long text that does not count
AROUND = {
    "article": f"<nav>首页5</nav><div>推荐7</div><article><header>题</header>{_LONG}</article><footer>电话9</footer>",
    "main": f"<div>推荐7</div><main><h1>题</h1>{_LONG}</main>",
    "role": f"<div>推荐7</div><div role=main><h1>题</h1>{_LONG}</div>",
    "an element known by its id": f"<div><h1>题</h1><div>推荐7</div><div id=zoom>{_LONG}</div></div>",
    "an element known by its class": f"<h1>题</h1><div>推荐7</div><div class='x TRS_Editor'>{_LONG}</div>",
    "navigation alone": f"<nav>首页5</nav><header>局长信箱</header><h1>题</h1><div>{_LONG}</div><footer>9</footer>",
}


@pytest.mark.parametrize("page", AROUND.values(), ids=AROUND)
def test_what_stands_around_the_content_is_set_aside(page: str) -> None:
    assert read(f"<html><body>{page}</body></html>").text == f"题\n{_LONG}"


def test_small_article_is_not_taken_for_the_content() -> None:
    text = read(f"<html><body><article>摘要</article><div>{_LONG}</div></body></html>").text
    assert text == f"摘要\n{_LONG}"


_PAGE = "<html><head>{}</head><body><p>全年新建堤防12公里，完成年度目标的105%。</p></body></html>"
_UTF8 = "<meta charset=utf-8>"
_GB = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>"


@pytest.mark.parametrize("declared", ["", _UTF8, _GB, "<meta charset=nonsense>", "<meta charset=iso-8859-1>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encoding_is_told_by_content(declared: str, encoding: str) -> None:
    page = _PAGE.format(declared).encode(encoding)
    assert read(page).text == "全年新建堤防12公里，完成年度目标的105%。"


def test_a_few_unreadable_characters_are_noted() -> None:
    page = (_PAGE.format(_UTF8) + "堤" * 3000).encode().replace("全年".encode(), b"\xe5\x85", 1)
    document = read(page)
    assert "12公里" in document.text
    assert document.notes == ("1 characters of the page are not utf-8 and could not be read",)
    assert [said(note, "zh") for note in document.notes] == ["网页中有 1 个字符不符合 utf-8 编码，无法读出"]


def test_declared_encoding_of_another_script_is_used() -> None:
    page = _PAGE.format("<meta charset=big5>").replace("全年新建堤防", "全年興建堤防").replace("标", "標")
    assert read(page.encode("big5", "ignore")).text.startswith("全年興建堤防12公里")


def test_page_that_is_cut_off_says_so() -> None:
    notes = read("<html><body><p>供地764宗").notes
    assert notes == ("the page has no end; it may be cut off",)
    assert [said(note, "zh") for note in notes] == ["网页没有结尾，可能不完整"]


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xls", "a.doc", "报告"])
def test_page_is_told_by_content(name: str) -> None:
    document = read("<!-- x --><table border=1><tr><td>甲<td>5</table>", name)
    assert (document.text, document.media_type) == ("甲\t5\n", "text/html")


def test_name_says_that_a_fragment_is_a_page() -> None:
    assert read("<p>甲<b>5</b></p>").text == "甲5"


@pytest.mark.parametrize("name", ["a.txt", "stdin.txt"])
def test_text_stays_as_it_is(name: str) -> None:
    page = "<html><body>2022&nbsp;</body></html>\n"
    assert read(page, name).text == page


_ARCHIVE = """From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n
--b\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{page}\r\n
--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO\r\n--b--\r\n"""


def _quoted(text: str, encoding: str) -> str:
    return "".join(f"={byte:02X}" for byte in text.encode(encoding))


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_web_archive_reads_as_its_page(charset: str) -> None:
    page = _quoted("<html><body><p>全年新建堤防12公里</p></body></html>", charset)
    archive = _ARCHIVE.format(charset=charset, page=page)
    document = read(archive, "a.mht")
    assert (document.text, document.media_type) == ("全年新建堤防12公里", "multipart/related")
