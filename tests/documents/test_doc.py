"""Old Word files say what the same report says as .docx."""

from __future__ import annotations

import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from extract.documents import find_documents, read_document
from extract.documents.doc import _Bytes, _level
from extract.documents.office import office_program
from extract.documents.word_binary import LISTS, WordFile
from extract.errors import ReadError
from extract.records import Document

SAMPLES = Path(__file__).parent / "samples"


def read(kind: str) -> Document:
    return read_document(SAMPLES / f"report.{kind}", guarded=False)


def same(one: Document, other: Document) -> bool:
    return (one.text, one.grids) == (other.text, other.grids)


def test_the_old_file_reads_as_the_new_one() -> None:
    assert same(read("doc"), read("docx"))
    assert read("doc").media_type == "application/msword"


@pytest.mark.parametrize(
    "words",
    [
        "一、基本情况\n（1）局机关",
        "年初预算1401万元，支出1388.2万元。\n",
        "\n\t清淤河道\t≥40公里",
        "含上年结转12.5万元。",
    ],
    ids=["list numbers", "field", "merged cell", "note"],
)
def test_what_word_files_are_made_of(words: str) -> None:
    text = read("doc").text
    assert words in text
    assert "999" not in text  # hidden


def _word(table: bytes, place: int, offset: int, length: int) -> WordFile:
    """A file whose head holds nothing but the pair number ``place``."""
    head = bytes(32) + struct.pack("<HHH", 0, 0, place + 1) + bytes(8 * place) + struct.pack("<II", offset, length)
    return WordFile("a.doc", head, table, b"")


def test_what_follows_a_part_is_told_by_its_place() -> None:
    word = _word(b"..ab..ab!", LISTS, 6, 2)
    assert (word.pointed(LISTS), word.behind(LISTS)) == (b"ab", b"!")
    assert (word.pointed(LISTS + 1), word.behind(LISTS + 1)) == (b"", b"")


def test_half_of_a_character_in_a_list_number_is_one_that_is_unknown() -> None:
    text = "第\ud800\x00".encode("utf-16-le", "surrogatepass")
    level = _level(_Bytes(bytes(28) + struct.pack("<H", 3) + text))
    assert level.text == "第\ufffd%1"


def test_a_file_of_wps_is_told_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "报告.wps").write_bytes((SAMPLES / "report.doc").read_bytes())
    (found,) = find_documents([str(tmp_path)])
    assert found.path is not None
    assert same(read_document(found.path, guarded=False), read("docx"))


def test_without_libreoffice_the_message_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.documents.office.office_program", lambda: None)
    with pytest.raises(ReadError, match=r"install LibreOffice Writer, or save the document as \.docx") as caught:
        read("odt")
    assert "请安装，或另存为 .docx" in caught.value.zh


@pytest.mark.system
@pytest.mark.office
class TestWithLibreOffice:
    def test_opendocument_reads_as_word(self) -> None:
        found = read_document(SAMPLES / "report.odt")
        assert same(found, read("docx"))
        assert found.media_type == "application/vnd.oasis.opendocument.text"

    def test_rich_text_keeps_words_and_tables(self) -> None:
        found = read_document(SAMPLES / "report.rtf")
        assert found.text.split("\n")[-6:] == read("docx").text.split("\n")[-6:]
        assert found.grids is not None
        assert len(found.grids) == 1

    def test_a_text_that_is_no_rich_text_ends_in_a_line(self, tmp_path: Path) -> None:
        (tmp_path / "a.rtf").write_bytes(b"{\\rtf1" + b"{" * 200_000)
        with pytest.raises(ReadError):
            read_document(tmp_path / "a.rtf")

    def test_what_libreoffice_saves_anew_reads_the_same(self, tmp_path: Path) -> None:
        program = office_program()
        assert program is not None
        command = [program, f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", "doc"]
        command += ["--outdir", str(tmp_path), str(SAMPLES / "report.docx")]
        subprocess.run(command, check=True, timeout=120, capture_output=True)
        assert same(replace(read_document(tmp_path / "report.doc"), name="x"), read("docx"))
