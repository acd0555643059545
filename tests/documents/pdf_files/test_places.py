"""Every figure's box holds that figure, and the text layer there says so."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

import extract
from extract.documents.pdf.reader import read_pdf
from extract.offsets import CharSpan
from extract.records import Box, Document
from tests.documents.pdf_files.writer import Page, pdf_of, text_at, turned_text

HERE = Path(__file__).parent
WATERMARK = "内部资料"  #: of browser.pdf, which lies over some figures


def _printed(pdf: pypdfium2.PdfDocument, page: int, box: Box) -> str:
    height = pdf[page - 1].get_height()
    left, top, right, bottom = box
    words = (
        pdf[page - 1]
        .get_textpage()
        .get_text_bounded(left + 0.5, height - bottom + 0.5, right - 0.5, height - top - 0.5)
    )
    return "".join(sign for sign in str(words) if not sign.isspace() and sign not in WATERMARK)


@pytest.mark.parametrize("name", ["office.pdf", "browser.pdf", "columns.pdf"])
def test_the_text_inside_a_claims_box_is_the_claims(name: str) -> None:
    document = extract.read(HERE / name)
    pdf = pypdfium2.PdfDocument(HERE / name)
    claims = extract.extract(document).claims
    assert len(claims) > 30
    wrong = []
    for claim in claims:
        printed = "".join(_printed(pdf, page, box) for page, box in document.boxes_of(claim.span))
        if printed != "".join(claim.span.of(document.text).split()):
            wrong.append((claim.span.of(document.text), printed))
    assert wrong == []


def test_stretches_cover_the_text_in_order() -> None:
    document = extract.read(HERE / "office.pdf")
    ends = [0, *(stretch.span.end for stretch in document.stretches)]
    assert all(end <= stretch.span.start for end, stretch in zip(ends, document.stretches, strict=False))
    covered = sum(stretch.span.end - stretch.span.start for stretch in document.stretches)
    assert covered >= sum(not sign.isspace() for sign in document.text)


SIDEWAYS = {
    "as it is": (Page(text_at(90, 700, "资金500万元")), (114.0, 131.68, 132.0, 143.68)),
    "with an edge cut off": (
        Page(text_at(190, 800, "资金500万元"), box=(100, 100, 695, 942)),
        (114.0, 131.68, 132.0, 143.68),
    ),
    "turned by its viewer": (Page(text_at(90, 700, "资金500万元"), rotate=90), (698.32, 114.0, 710.32, 132.0)),
    "turned by its text": (Page(turned_text(200, 100, "资金500万元", (0, 1, -1, 0))), (189.68, 700.0, 201.68, 718.0)),
    "turned by both": (
        Page(turned_text(200, 100, "资金500万元", (0, 1, -1, 0)), rotate=90),
        (124.0, 189.68, 142.0, 201.68),
    ),
}


@pytest.mark.parametrize(("page", "box"), SIDEWAYS.values(), ids=SIDEWAYS.keys())
def test_a_box_counts_from_the_upper_left_of_the_page_as_it_is_shown(page: Page, box: Box) -> None:
    content = read_pdf(pdf_of(page), where="t.pdf")
    document = Document(name="t", text=content.text, stretches=content.stretches)
    start = document.text.index("500")
    place = document.place_of(CharSpan(start, start + 3))
    assert place.page == 1
    assert place.box == pytest.approx(box, abs=0.1)
