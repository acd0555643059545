"""Bytes to text: the text is the decoded file, character for character, and a wrong guess never passes silently."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.documents import read_document
from extract.documents.decoding import decoded
from extract.documents.reading import MAX_BYTES
from extract.errors import ReadError, message_in

REPORT = (
    "2022年度青桐县水务局部门整体支出绩效自评报告\r\n全年新建堤防12.6公里，占计划的105%。\r\n\t合计\t９８５．９３\n"
)
ENCODINGS = {
    "UTF-8": REPORT.encode(),
    "UTF-8 with a mark": codecs.BOM_UTF8 + REPORT.encode(),
    "GB18030": REPORT.encode("gb18030"),
    "GBK": REPORT.encode("gbk"),
    "UTF-16 LE": REPORT.encode("utf-16-le"),
    "UTF-16 LE with a mark": codecs.BOM_UTF16_LE + REPORT.encode("utf-16-le"),
    "UTF-16 BE": REPORT.encode("utf-16-be"),
    "UTF-16 BE with a mark": codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be"),
}


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS)
def test_every_encoding_gives_the_same_text(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    assert read_document(path).text == REPORT


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_breaks_stay_as_they_are(newline: str) -> None:
    text = f"一、基本情况{newline}编制97人。{newline}{newline}"
    assert decoded(text.encode(), "r.txt") == text


def test_a_mark_within_the_text_stays() -> None:
    assert decoded("完成\ufeff5个".encode(), "r.txt") == "完成\ufeff5个"


def test_a_character_outside_the_common_plane_counts_once() -> None:
    assert len(decoded("𠮷村3户".encode(), "r.txt")) == 4


@pytest.mark.parametrize("text", ["供地764宗", "得分：98", "鄱阳县2.8万亩", "三"])
def test_few_characters_of_gbk_are_enough(text: str) -> None:
    assert decoded(text.encode("gbk"), "r.txt") == text


def test_four_byte_gb18030_is_read() -> None:
    text = "完成情况：㐀村和𠮷村的预算支出为3万元"
    assert decoded(text.encode("gb18030"), "r.txt") == text


@given(st.text(alphabet=st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), min_size=1))
@settings(max_examples=100, deadline=None)
def test_any_utf8_text_comes_back_as_it_was(text: str) -> None:
    assert decoded(text.encode("utf-8"), "r.txt") == text.removeprefix("\ufeff")


REFUSED = {
    "PDF in disguise": (b"%PDF-1.7\n%\xe2\xe3", "the content is no text"),
    "ZIP in disguise": (b"PK\x03\x04" + bytes(40), "the content is no text"),
    "old Word in disguise": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "the content is no text"),
    "picture in disguise": (b"\x89PNG\r\n\x1a\n" + bytes(40), "the content is no text"),
    "zero bytes": (b"abc\x00\x01\x02\x00def" * 40, "binary"),
    "control characters": (bytes(range(1, 9)) * 40, "binary"),
    "no encoding at all": (b"\xfd\xfc\x80\x81\xff" * 20, "not"),
    "UTF-8 broken in the middle": ("完成".encode() + b"\xff\xff" + "情况".encode(), "byte"),
    "UTF-8 mark over GB18030": (codecs.BOM_UTF8 + REPORT.encode("gb18030"), "is not UTF-8"),
    "Cyrillic in KOI8": ("Отчёт о выполнении плана за год".encode("koi8-r"), "not UTF-8"),
    "Shift-JIS": ("予算12.5%、支出30万円。\n".encode("shift_jis") * 5, "it is no Chinese"),
    "EUC-KR": ("올해 예산 집행률은 95 퍼센트이며 목표를 달성하였다".encode("euc_kr"), "it is no Chinese"),
    "Big5": ("本年度完成預算支出，執行率為95%。".encode("big5"), "it is no Chinese"),
    "GBK cut in mid-character": ("全年完成供地七百宗".encode("gbk")[:-1], "is not GB18030"),
    "Latin-1": ("Résumé où ça été".encode("latin-1") * 5, "not"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_wrong_guess_is_refused_in_both_languages(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        decoded(data, "r.txt")
    assert str(caught.value).startswith("r.txt: ")
    zh = message_in(caught.value, "zh")
    assert zh.startswith("r.txt：")
    assert any("一" <= c <= "鿿" for c in zh)


@pytest.mark.parametrize("data", [b"", b"   \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "　\n".encode()])
def test_file_without_text_is_empty(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=r"empty\.txt: empty") as caught:
        read_document(path)
    assert "空文件" in message_in(caught.value, "zh")


def test_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"No such file.*check the path") as caught:
        read_document(tmp_path / "none.txt")
    assert "文件不存在" in message_in(caught.value, "zh")


def test_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="a folder, not a file"):
        read_document(tmp_path)


def test_too_large_a_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadError, match="split the file"):
        read_document(path)
