"""PDFs that are not read, or not wholly: the message says what, where and what to do."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import pytest

from extract.documents import recognition
from extract.documents.content import Note, said
from extract.documents.pdf import characters, drawings, opening, reader
from extract.documents.pdf.reader import read_pdf
from extract.documents.reading import document_from_bytes
from extract.documents.recognition import Recognised, RecognisedLine
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


@pytest.fixture
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_NEEDED", ("no_such_module",))


@pytest.mark.usefixtures("without_recognition")
def test_pictures_alone_need_the_extra() -> None:
    with pytest.raises(ReadError, match=r"t.pdf: a scanned PDF: 2 pages.*install zh-claim-extract\[ocr\]") as error:
        read_pdf(pdf_of(SCAN, SCAN), where="t.pdf")
    assert re.search(r"扫描版.*请安装 zh-claim-extract\[ocr\]", error.value.zh)


@pytest.mark.usefixtures("without_recognition")
def test_pages_that_are_pictures_are_named() -> None:
    content = read_pdf(pdf_of(text_at(90, 700, "全年安排资金500万元。"), SCAN, "", SCAN), where="t.pdf")
    (note,) = content.notes
    assert isinstance(note, Note)
    assert note == "pages that need text recognition (install zh-claim-extract[ocr]): 2, 4"
    assert said(note, "zh").startswith("以下页面需要文字识别")
    assert content.pages == 4


def test_a_note_survives_being_sent_to_another_process() -> None:
    note = pickle.loads(pickle.dumps(Note("one page", zh="一页")))
    assert (note, note.zh) == ("one page", "一页")


TEXT = "完成治理43处，占计划的98%"


def _recognised(image: Any) -> Recognised:
    height, width, colours = image.shape
    assert colours == 3
    scale = width / 595
    wide = [6 if each.isascii() else 12 for each in TEXT]
    lefts = [90 + sum(wide[:place]) for place in range(len(wide))]
    edges = tuple((left * scale, (left + step) * scale) for left, step in zip(lefts, wide, strict=True))
    box = (90 * scale, 100 * scale, edges[-1][1], 115 * scale)
    return Recognised((RecognisedLine(TEXT, box, edges, 0.91),)) if height > width else Recognised(())


def test_whoever_recognises_text_in_pictures_is_plugged_in() -> None:
    content = read_pdf(pdf_of(text_at(90, 700, "全年安排资金500万元。"), SCAN), where="t.pdf", recognise=_recognised)
    assert content.text.split("\n") == ["全年安排资金500万元。", TEXT]
    written, recognised = content.stretches
    assert (written.page, written.origin, recognised.page, recognised.origin) == (1, Origin.TEXT, 2, Origin.OCR)
    assert recognised.box == pytest.approx((90, 101.5, 240, 113.5), abs=0.5)


def test_a_note_says_which_pages_were_recognised_and_how_surely() -> None:
    (note,) = read_pdf(pdf_of(SCAN, SCAN), where="t.pdf", recognise=_recognised).notes
    assert note == "text recognised in pictures on pages 1, 2, mean score 0.91: check its figures"
    assert said(note, "zh") == "第 1, 2 页的文字由图片识别得出，平均得分 0.91，请核对数字"


def test_pictures_without_text_are_told() -> None:
    page = text_at(90, 700, "全年安排资金500万元。")
    content = read_pdf(pdf_of(page, SCAN), where="t.pdf", recognise=lambda image: Recognised(()))
    assert content.notes == ("pages that are pictures in which no text was recognised: 2",)
    with pytest.raises(ReadError, match=r"in whose 1 pages no text was recognised; check"):
        read_pdf(pdf_of(SCAN), where="t.pdf", recognise=lambda image: Recognised(()))


def test_lines_that_a_picture_rules_are_a_table() -> None:
    def seen(image: Any) -> Recognised:
        scale = image.shape[1] / 595
        level = [(80.0, y, 280.0, y + 1) for y in (100.0, 130.0, 160.0)]
        upright = [(x, 100.0, x + 1, 160.0) for x in (80.0, 180.0, 280.0)]
        rulings = tuple((a * scale, b * scale, c * scale, d * scale) for a, b, c, d in [*level, *upright])
        words = (("目标", 90, 108), ("实际", 190, 108), ("95%", 90, 138), ("96%", 190, 138))
        lines = tuple(_line(text, x * scale, y * scale, 12 * scale) for text, x, y in words)
        return Recognised(lines, rulings)

    content = read_pdf(pdf_of(SCAN), where="t.pdf", recognise=seen)
    assert content.text == "目标\t实际\n95%\t96%\n"
    assert content.grids is not None
    assert [len(grid.rows) for grid in content.grids] == [2]


def _line(text: str, x: float, y: float, size: float) -> RecognisedLine:
    edges = tuple((x + place * size, x + (place + 1) * size) for place in range(len(text)))
    return RecognisedLine(text, (x, y, edges[-1][1], y + 1.25 * size), edges, 1.0)


def test_no_more_pages_are_recognised_than_is_sensible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_SCANNED_PAGES", 1)
    content = read_pdf(pdf_of(SCAN, SCAN), where="t.pdf", recognise=_recognised)
    assert content.notes[1] == "only 1 pages of pictures are recognised; split the file to have these read: 2"


def test_more_pages_than_any_report_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_PAGES", 2)
    with pytest.raises(ReadError, match="3 pages"):
        read_pdf(pdf_of(*["1"] * 3), where="t.pdf")


def test_more_characters_than_any_page_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(characters, "MAX_CHARACTERS", 5)
    with pytest.raises(ReadError, match="characters on one page"):
        read_pdf(WHOLE, where="t.pdf")


def test_a_page_full_of_drawings_is_read_without_looking_for_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "MAX_RULINGS", 5)
    table = grid((80, 150, 220, 300), (740, 690, 640))
    content = read_pdf(pdf_of(table + text_at(90, 700, "资金500万元。")), where="t.pdf")
    assert content.text == "资金500万元。"
    assert content.notes[0] == "pages with too many drawings to look for tables: 1"
