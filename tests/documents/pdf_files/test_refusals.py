"""PDFs that are not read, or not wholly: the message says what, where and what to do."""

from __future__ import annotations

import pickle
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extract.documents.content import Note, said
from extract.documents.pdf import characters, opening, rulings
from extract.documents.pdf.reader import read_pdf
from extract.documents.pdf.scans import RecognisedLine
from extract.documents.reading import document_from_bytes
from extract.errors import ReadError
from extract.records import Origin
from tests.documents.pdf_files.writer import grid, pdf_of, picture, text_at

HERE = Path(__file__).parent
WHOLE = pdf_of(text_at(90, 700, "全年安排资金500万元。"))
SCAN = picture(0, 0, 595, 842)

REFUSED = {
    "password": ((HERE / "locked.pdf").read_bytes(), "password", "加密"),
    "cut off": (WHOLE[:-80], "cut off", "不完整"),
    "cut off in the middle": (WHOLE[: len(WHOLE) // 2], "cut off", "不完整"),
    "garbage": (b"%PDF-1.7\n" + b"x" * 3000 + b"startxref\n1\n%%EOF", "damaged", "损坏"),
    "scanned": (pdf_of(SCAN, SCAN), r"scanned PDF: 2 pages.*\[ocr\]", r"扫描版.*\[ocr\]"),
    "blank": (pdf_of(""), "without any text", "没有文字"),
}


@pytest.mark.parametrize(("data", "message", "zh"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_says_what_to_do(data: bytes, message: str, zh: str) -> None:
    with pytest.raises(ReadError, match=f"r.pdf: .*{message}") as error:
        document_from_bytes(data, name="r.pdf", where="r.pdf")
    assert re.search(zh, error.value.zh)


def test_a_document_that_only_keeps_people_from_copying_is_read() -> None:
    locked, plain = ((HERE / name).read_bytes() for name in ("open-locked.pdf", "office.pdf"))
    assert read_pdf(locked, where="a").text == read_pdf(plain, where="b").text


def test_pages_that_are_pictures_are_named() -> None:
    content = read_pdf(pdf_of(text_at(90, 700, "全年安排资金500万元。"), SCAN, "", SCAN), where="t.pdf")
    (note,) = content.notes
    assert isinstance(note, Note)
    assert note.endswith("2, 4")
    assert said(note, "zh").startswith("以下页面需要文字识别")
    assert content.pages == 4


def test_a_note_survives_being_sent_to_another_process() -> None:
    note = pickle.loads(pickle.dumps(Note("one page", zh="一页")))
    assert (note, note.zh) == ("one page", "一页")


def _recognised(image: Any) -> Sequence[RecognisedLine]:
    height, width, _ = image.shape
    scale = width / 595
    line = (90 * scale, 100 * scale, 222 * scale, 112 * scale)
    return [RecognisedLine("完成治理43处，占计划的98%", line)] if height > width else []


def test_whoever_recognises_text_in_pictures_is_plugged_in() -> None:
    content = read_pdf(pdf_of(text_at(90, 700, "全年安排资金500万元。"), SCAN), where="t.pdf", recognise=_recognised)
    assert content.text.split("\n") == ["全年安排资金500万元。", "完成治理43处，占计划的98%"]
    assert content.notes == ()
    written, recognised = content.stretches
    assert (written.page, written.origin, recognised.page, recognised.origin) == (1, Origin.TEXT, 2, Origin.OCR)
    assert recognised.box == pytest.approx((90, 100, 222, 112), abs=0.5)


def test_more_pages_than_any_report_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_PAGES", 2)
    with pytest.raises(ReadError, match="3 pages"):
        read_pdf(pdf_of(*["1"] * 3), where="t.pdf")


def test_more_characters_than_any_page_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(characters, "MAX_CHARACTERS", 5)
    with pytest.raises(ReadError, match="characters on one page"):
        read_pdf(WHOLE, where="t.pdf")


def test_a_page_full_of_drawings_is_read_without_looking_for_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulings, "MAX_RULINGS", 5)
    table = grid((80, 150, 220, 300), (740, 690, 640))
    content = read_pdf(pdf_of(table + text_at(90, 700, "资金500万元。")), where="t.pdf")
    assert content.text == "资金500万元。"
    assert content.notes[0] == "pages with too many drawings to look for tables: 1"
