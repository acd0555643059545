"""Pages of PDFs in the report: a box around each claim, links to and fro, and what is told of pages left out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.cli import main
from extract.documents.pdf import pictures
from extract.documents.pdf.reader import read_pdf
from extract.documents.reading import document_from_bytes
from extract.documents.recognition import Recognised, RecognisedLine
from extract.export.html import sheets
from extract.export.html.page import render_page
from extract.export.html.sheets import claim_boxes, pages_by_weight, placed, ranges
from extract.extraction import extract
from extract.records import Document, Extraction
from tests.documents.pdf_files.writer import pdf_of, picture, text_at
from tests.export.pages import REPORT, Page, extracted

FILES = Path(__file__).parents[1] / "documents" / "pdf_files"
CONFLICTING = (FILES / "columns.pdf").read_bytes()  #: findings rest on two figures that go over two printed lines
SCAN = picture(60, 60, 480, 720)


@cache
def extracted_pdf(data: bytes = CONFLICTING) -> Extraction:
    return extract(document_from_bytes(data, name="r.pdf", where="r.pdf"))


@cache
def page_of_pdf(data: bytes = CONFLICTING) -> Page:
    return Page(render_page(extracted_pdf(data), data))


def notes(page: Page) -> list[str]:
    return [element.text for element in page.classed("note") if element.within("pages")]


def test_each_claim_is_boxed_once_a_printed_line_in_the_colour_of_its_role() -> None:
    extraction, boxes = extracted_pdf(), list(page_of_pdf().classed("box"))
    expected = [claim.role.value for claim in extraction.claims for _ in extraction.document.boxes_of(claim.span)]
    assert Counter(box.attributes["class"].split()[1] for box in boxes) == Counter(expected)
    assert len(boxes) > len(extraction.claims)
    assert len([box for box in boxes if "id" in box.attributes]) == len(extraction.claims)


def test_a_box_leads_to_its_card_and_card_findings_and_pairs_lead_to_the_box() -> None:
    page = page_of_pdf()
    assert {target[1:] for target in page.targets} <= set(page.ids)
    assert [identity for identity, times in Counter(page.ids).items() if times > 1] == []
    for number in range(1, len(extracted_pdf().claims) + 1):
        box, card = page.at(f"d1-b{number}"), page.at(f"d1-c{number}-card")
        assert box.attributes["href"] == f"#{card.attributes['id']}"
        assert box.attributes["title"]
        back = [e.attributes["href"] for e in page.classed("close") if card in e.parents]
        assert back == [f"#d1-b{number}", f"#d1-c{number}"]
    for place in ("finding", "pairs"):
        assert any(link.within(place) and link.text == "第1页" for link in page.classed("on-page"))


def test_claims_that_a_finding_rests_on_are_flagged_and_the_finding_stands_beside_the_page() -> None:
    extraction, page = extracted_pdf(), page_of_pdf()
    assert extraction.findings
    rested_on = {claim.id for finding in extraction.findings for claim in finding.claims}
    found = {
        box.attributes["id"].removeprefix("d1-b")
        for box in page.classed("found")
        if box.is_a("box") and "id" in box.attributes
    }
    assert found == {str(n) for n, claim in enumerate(extraction.claims, 1) if claim.id in rested_on}
    beside = [e.text for e in page.elements if e.tag == "li" and e.within("margin")]
    assert sorted(beside) == sorted(finding.message for finding in extraction.findings)
    pins = [flag.attributes["data-n"] for flag in page.classed("flag") if flag.within("pins")]
    assert len(pins) == sum(len({claim.id for claim in finding.claims}) for finding in extraction.findings) > 1


def test_only_with_pages_may_the_page_show_pictures_and_only_its_own() -> None:
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    for page, expected in (
        (Page(render_page(extracted_pdf())), policy),
        (page_of_pdf(), policy.replace("; base", "; img-src data:; base")),
    ):
        (found,) = [e.attributes["content"] for e in page.elements if "http-equiv" in e.attributes]
        assert found == expected
    assert [e.tag for e in Page(render_page(extracted_pdf())).elements if e.tag == "img"] == []
    sources = [e.attributes["src"] for e in page_of_pdf().elements if e.tag == "img"]
    assert [bool(re.fullmatch(r"data:image/png;base64,[A-Za-z0-9+/]+=*", source)) for source in sources] == [True]


def test_pages_that_are_not_shown_are_told_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf_of(
        text_at(90, 700, "云溪坪县林务局绩效自评报告"),
        text_at(90, 700, "全年完成造林1320亩。"),
        text_at(90, 700, "全年支出86万元。"),
    )
    assert notes(page_of_pdf(data)) == ["第1页没有数字，未附图。"]
    monkeypatch.setattr(sheets, "guarded_pictures", pictures.page_pictures)  # bounds are set in this process
    monkeypatch.setattr(pictures, "MAX_PICTURES", 1)
    page = Page(render_page(extracted_pdf(data), data))
    assert notes(page) == ["第1页没有数字，未附图。", "第3页超出图像总量上限，未附图。"]
    assert {target[1:] for target in page.targets} <= set(page.ids)
    monkeypatch.setattr(pictures, "MAX_PICTURE", 10)
    page = Page(render_page(extracted_pdf(data), data))
    assert notes(page) == ["第1页没有数字，未附图。", "第2、3页无法成图，未附图。"]
    assert list(page.classed("box")) == []
    assert {target[1:] for target in page.targets} <= set(page.ids)


def test_a_document_that_is_no_pdf_says_so() -> None:
    page = Page(render_page(extracted(REPORT), REPORT.encode()))
    assert notes(page) == ["不是 PDF，没有页面图像。"]
    assert list(page.classed("on-page")) == []


def test_a_pdf_that_cannot_be_opened_again_says_why() -> None:
    page = Page(render_page(extracted_pdf(), CONFLICTING[: len(CONFLICTING) // 2]))
    assert len(notes(page)) == 1
    assert "不完整" in notes(page)[0]
    assert {target[1:] for target in page.targets} <= set(page.ids)


def test_figures_recognised_in_a_scan_are_boxed_where_they_were_recognised() -> None:
    def recognise(image: Any) -> Recognised:
        text, scale = "全年完成造林1320亩。", image.shape[1] / 595
        step = 110 * scale / len(text)
        edges = tuple((90 * scale + step * at, 90 * scale + step * (at + 1)) for at in range(len(text)))
        return Recognised((RecognisedLine(text, (90 * scale, 100 * scale, 200 * scale, 112 * scale), edges, 0.9),))

    data = pdf_of(SCAN)
    content = read_pdf(data, where="r.pdf", recognise=recognise)
    extraction = extract(
        Document(name="r.pdf", text=content.text, media_type=content.media_type, stretches=content.stretches, pages=1)
    )
    (box,) = Page(render_page(extraction, data)).classed("box")
    left, top, width, height = (float(n) for n in re.findall(r":([\d.]+)%", box.attributes["style"]))
    assert (top, height) == pytest.approx((99 / 8.42, 14 / 8.42), abs=0.4)
    assert 90 / 5.95 < left < left + width < 202 / 5.95


def test_pages_with_findings_go_before_other_pages_with_claims() -> None:
    data = pdf_of(*(text_at(90, 700, f"全年完成造林{n}亩。") for n in (1320, 1330, 1340)))
    extraction = extracted_pdf(data)
    finding = replace(extracted_pdf().findings[0], claims=(extraction.claims[-1],))
    assert pages_by_weight(replace(extraction, findings=()), claim_boxes(extraction)) == [1, 2, 3]
    assert pages_by_weight(replace(extraction, findings=(finding,)), claim_boxes(extraction)) == [3, 1, 2]


@pytest.mark.parametrize(
    ("box", "style"),
    [
        ((100, 50, 148, 60), "left:49.5%;top:49%;width:25%;height:12%"),
        ((-20, -20, 500, 500), "left:0%;top:0%;width:100%;height:100%"),
        ((300, 300, 310, 310), "left:100%;top:100%;width:0%;height:0%"),
    ],
    ids=["inside", "over the edges", "beside the page"],
)
def test_a_box_stays_on_its_page(box: tuple[float, float, float, float], style: str) -> None:
    assert placed(box, width=200, height=100) == style


@pytest.mark.parametrize(
    ("numbers", "written"), [([4], "4"), ([1, 2], "1、2"), ([1, 2, 3], "1–3"), ([1, 3, 4, 5, 9, 10], "1、3–5、9、10")]
)
def test_pages_in_a_row_are_written_as_one(numbers: list[int], written: str) -> None:
    assert ranges(numbers) == written


def test_the_command_shows_pages_only_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "r.pdf").write_bytes(CONFLICTING)
    (folder / "r.txt").write_text(REPORT, encoding="utf-8")
    for options, pictures_shown in (([], 0), (["--pages"], 1)):
        assert main(["report", str(folder), "-o", str(tmp_path / "page.html"), *options]) == 0
        page = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
        assert len([e for e in page.elements if e.tag == "img"]) == pictures_shown
        assert len(list(page.classed("report"))) == 2
