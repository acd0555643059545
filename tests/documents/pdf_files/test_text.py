"""What is read of a page's text, and what is set aside: pages written by hand, one trap each."""

from __future__ import annotations

import pytest

from extract.documents.content import Content
from extract.documents.pdf.reader import read_pdf
from extract.records import Origin
from tests.documents.pdf_files.writer import Page, line_from, pdf_of, picture, text_at, turned_text

SENTENCE = "全年安排资金500万元，完成率98.6%。"


def _read(*pages: Page | str) -> Content:
    return read_pdf(pdf_of(*pages), where="t.pdf")


def _body(*lines: str, left: float = 90, top: float = 700, pitch: float = 22, size: float = 12) -> str:
    return "".join(text_at(left, top - pitch * n, line, size=size) for n, line in enumerate(lines))


TRAPS = {
    "plain": text_at(90, 700, SENTENCE),
    "line struck three times": "".join(text_at(90 + x, 700 + y, SENTENCE) for x, y in ((0, 0), (0.4, 0), (0, 0.3))),
    "every glyph struck twice in turn": "".join(
        text_at(90 + 12 * n + shift, 700, glyph) for n, glyph in enumerate(SENTENCE) for shift in (0, 0.6)
    ),
    "watermark across": turned_text(150, 300, "内部资料严禁外传", (0.7, 0.7, -0.7, 0.7), size=60)
    + text_at(90, 700, SENTENCE),
    "pale watermark": text_at(90, 400, "样稿123", size=80, before="0.8 g") + text_at(90, 700, SENTENCE),
    "see-through watermark": text_at(90, 400, "样稿123", size=80, before="/Pale gs") + text_at(90, 700, SENTENCE),
    "invisible text": text_at(90, 700, SENTENCE) + text_at(90, 600, "隐藏999万元", mode=3),
    "white on white": text_at(90, 700, SENTENCE) + text_at(90, 600, "隐藏999万元", before="1 g"),
    "white on dark": "0.1 0.2 0.5 rg 80 690 400 30 re f\n" + text_at(90, 700, SENTENCE, before="1 g"),
    "underlined": text_at(90, 700, SENTENCE) + line_from(90, 697, 300, 697),
    "framed": text_at(90, 700, SENTENCE) + "60 600 400 200 re S\n",
}


@pytest.mark.parametrize("content", TRAPS.values(), ids=TRAPS.keys())
def test_a_sentence_is_read_once_and_alone(content: str) -> None:
    assert _read(content).text == SENTENCE


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_reads_like_any_other(rotate: int) -> None:
    assert _read(Page(text_at(90, 700, SENTENCE), rotate=rotate)).text == SENTENCE


def test_lines_of_a_page_printed_sideways_come_in_order() -> None:
    lines = ("全年安排资金500万元。", "完成98.6%。")
    content = "".join(turned_text(200 + 22 * n, 100, line, (0, 1, -1, 0)) for n, line in enumerate(lines))
    assert _read(content).text.split("\n") == list(lines)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<0035> -300 <0030> -300 <0030> -200 <4e07> <5143>", "500万元"),
        ("<0035> 50 <0030> 50 <0030> <4e07> <5143>", "500万元"),
        ("<4f9b> <5730> -2500 <5b8c> <6210>", "供地  完成"),
        ("<5355> -900 <4f4d> -900 <540d> -900 <79f0>", "单位名称"),
        ("<ff15><ff10><ff10> <4e07> <5143>", "５００万元"),
    ],
    ids=["wide digits", "tight digits", "gap between words", "evenly spread", "full-width digits stay"],
)
def test_space_is_what_can_be_seen(written: str, read: str) -> None:
    assert _read(f"q BT /F1 12 Tf 1 0 0 1 90 700 Tm [{written}] TJ ET Q").text == read


def test_a_footnotes_mark_is_no_digit_of_a_figure_but_a_square_is_one_of_a_unit() -> None:
    content = text_at(90, 700, "建成1200m") + text_at(144, 705, "2", size=6) + text_at(150, 700, "，资金500")
    content += text_at(204, 705, "1", size=6) + text_at(207, 700, "万元")
    assert _read(content).text == "建成1200m2，资金500万元"


def test_a_figure_that_a_lines_end_cuts_is_whole() -> None:
    first = "全年供地764宗、3,185.9公顷，其中工矿仓储用地212宗、1,0"
    second = "46.3公顷，住宅用地8宗、506.8公顷，其余都是基础设施等其他的"
    full = "按照批准的年度计划和上级下达的指标组织实施并且按月通报进度"
    text = _read(text_at(114, 722, first) + _body(second, *[full] * 3, "完成。")).text
    assert "\n" not in text
    assert "1,046.3公顷" in text


def test_paragraphs_end_where_they_are_indented_anew() -> None:
    full = "本年度共安排项目资金一千二百万元用于农村供水保障工程建设和维护"
    first = text_at(114, 722, full) + _body(f"{full}以及", "管护。")
    second = text_at(114, 656, full) + _body("支出。", top=634)
    assert _read(first + second).text.split("\n") == [f"{full}{full}以及管护。", f"{full}支出。"]


def test_a_paragraph_goes_on_over_the_pages_end() -> None:
    full = "本年度共安排项目资金一千二百万元用于农村供水保障工程建设和维护管护"
    pages = (_body(*[full] * 3, top=120), _body(f"{full}", "共计43处。", top=780))
    assert _read(*pages).text == full * 4 + "共计43处。"


def test_headers_footers_and_page_numbers_are_set_aside() -> None:
    pages = [
        text_at(90, 805, "岚溪县水利局自评材料")
        + text_at(90, 700, f"第{n}项完成{n}0处。")
        + text_at(290, 40, f"- {n} -")
        for n in (1, 2, 3)
    ]
    assert _read(*pages).text.split("\n") == ["第1项完成10处。", "第2项完成20处。", "第3项完成30处。"]


@pytest.mark.parametrize("number", ["— 3 —", "第3页 共9页", "3/9", "3", "Page 3 of 9"])
def test_a_pages_number_is_known_on_a_single_page(number: str) -> None:
    centred = 297.5 - 3 * len(number)
    assert _read(text_at(90, 700, SENTENCE) + text_at(centred, 40, number)).text == SENTENCE


def test_what_several_pages_say_in_their_middle_stays() -> None:
    pages = [text_at(90, 500, "完成率98.6%。") for _ in range(3)]
    assert _read(*pages).text == "完成率98.6%。\n完成率98.6%。\n完成率98.6%。"


def test_invisible_text_over_a_picture_is_what_was_recognised_there() -> None:
    content = _read(picture(0, 0, 595, 842) + text_at(90, 700, SENTENCE, mode=3))
    assert content.text == SENTENCE
    assert {stretch.origin for stretch in content.stretches} == {Origin.OCR}


def _coded(mapping: dict[int, str]) -> Content:
    rows = "".join(f"<{code:04x}> <{text.encode('utf-16-be').hex()}> " for code, text in mapping.items())
    codes = "".join(f"{code:04x}" for code in range(1, 7))
    content = f"q BT /F1 12 Tf 1 0 0 1 90 700 Tm <{codes}> Tj ET Q"
    return read_pdf(pdf_of(content, to_unicode=f"{len(mapping)} beginbfchar {rows}endbfchar"), where="t.pdf")


def test_characters_without_a_meaning_leave_a_hole_and_are_counted() -> None:
    content = _coded({1: "5", 2: "0", 4: "万", 5: "元"})
    assert content.text == "50\ufffd万元\ufffd"
    assert "2 of 6 characters (33.3%)" in content.notes[0]


def test_private_characters_are_counted_too() -> None:
    content = _coded({1: "5", 2: "\ue123", 3: "\ufffd", 4: "万", 5: "元", 6: "。"})
    assert "2 of 6 characters (33.3%)" in content.notes[0]


def test_a_text_that_is_all_readable_needs_no_note() -> None:
    assert _read(text_at(90, 700, SENTENCE)).notes == ()
