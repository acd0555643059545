"""Files that are damaged, disguised or built to do harm are refused in words that say what to do."""

from __future__ import annotations

import io
import struct
import zipfile

import docx
import pytest

from extract.documents import packages
from extract.documents.sniffing import Format, sniffed
from extract.errors import ReadError
from tests.documents.docx_files.builder import (
    DECLARED,
    built,
    p,
    part_of,
    r,
    read,
    saved,
    tbl,
    tc,
    tr,
    with_body,
    with_parts,
)

WORD = built(lambda word: word.add_paragraph("全年供地764宗。"))


def _ole(*streams: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + b"".join(s.encode("utf-16-le").ljust(128, b"\0") for s in streams)
    )


def _zip(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _encrypted_zip() -> bytes:
    """``WORD`` with the flag of encryption on every part, in its local heads and in its table of contents."""
    data = bytearray(WORD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _with_broken_part() -> bytes:
    with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
        info = archive.getinfo("word/document.xml")
    head = info.header_offset
    lengths = struct.unpack("<HH", WORD[head + 26 : head + 30])
    start = head + 30 + sum(lengths)
    return WORD[: start + 20] + bytes(40) + WORD[start + 60 :]


def _document(xml: str) -> bytes:
    return with_parts(WORD, {"word/document.xml": xml})


def _deep_tables(depth: int) -> str:
    inner = p("甲")
    for _ in range(depth):
        inner = tbl(tr(tc(inner + p()), "乙"))
    return inner


_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;">]>'
    f"<w:document {DECLARED}><w:body>{p('&b;')}</w:body></w:document>"
)
_OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY f SYSTEM "file:///somewhere/secret">]>'
    f"<w:document {DECLARED}><w:body>{p('&f;')}</w:body></w:document>"
)
#: what → (file, name, words of the English message, words of the Chinese one)
REFUSED = {
    "old Word": (_ole("Root Entry", "1Table", "WordDocument"), "a.docx", "save it as .docx", "另存为 .docx"),
    "old Word with a workbook in it": (_ole("WordDocument", "Workbook"), "a.doc", "in Word or WPS", "Word、WPS"),
    "old Excel without a sheet": (_ole("Workbook"), "a.xls", "damaged", "损坏"),
    "old file of another kind": (_ole("Root Entry"), "a.doc", "without a Word document", "旧版 Office"),
    "encrypted by Office": (_ole("EncryptionInfo", "EncryptedPackage"), "a.docx", "without one", "不加密的副本"),
    "encrypted zip": (_encrypted_zip(), "a.docx", "password", "加密"),
    "Word as XML": (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>', "a.docx", "one XML", "XML"),
    "plain text": ("全年供地764宗。".encode(), "a.docx", "name it .txt", "改名为 .txt"),
    "zero bytes": (bytes(4096), "a.docx", "get the file anew", "重新获取"),
    "nothing": (b"", "a.docx", "empty", "空文件"),
    "PDF": (b"%PDF-1.7", "a.docx", "PDF", "PDF"),
    "picture": (b"\x89PNG\r\n", "a.docx", "picture", "图片"),  # damaged, or without the extra that recognises text
    "cut off": (WORD[: len(WORD) // 2], "a.docx", "get the file anew", "重新获取"),
    "cut off at its head": (WORD[:10], "a.docx", "cut off", "不完整"),
    "part with other bytes": (_with_broken_part(), "a.docx", "document.xml is damaged", "已损坏"),
    "archive of files": (_zip({"报告.docx": WORD}), "a.docx", "unpack", "解压"),
    "workbook without a sheet": (_zip({"xl/workbook.xml": b"<x/>"}), "a.docx", "Excel", "Excel"),
    "presentation": (_zip({"ppt/presentation.xml": b"<x/>"}), "a.docx", "presentation", "演示文稿"),
    "OpenDocument": (_zip({"META-INF/manifest.xml": b"<x/>"}), "a.docx", "OpenDocument", "OpenDocument"),
    "OFD": (_zip({"OFD.xml": b"<x/>"}), "a.docx", "OFD", "OFD"),
    "no body": (_document(f"<w:document {DECLARED}/>"), "a.docx", "has no body", "没有正文"),
    "no XML": (_document("<w:document"), "a.docx", "damaged XML", "XML 已损坏"),
    "no text": (built(lambda word: word.add_paragraph("")), "a.docx", "no text in it", "没有文字"),
    "another file in place of text": (with_body('<w:altChunk r:id="rId9"/>'), "a.docx", "altChunk", "另存"),
    "entities in entities": (_document(_LAUGHS), "a.docx", "document type", "文档类型"),
    "entities from outside": (_document(_OUTSIDE), "a.docx", "document type", "文档类型"),
    "entities in two bytes": (
        with_parts(WORD, {"word/document.xml": _LAUGHS.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")}),
        *("a.docx", "document type", "文档类型"),
    ),
    "deep XML": (
        with_body("<w:p>" + "<w:ins>" * 130 + r("甲") + "</w:ins>" * 130 + "</w:p>"),
        "a.docx",
        "inside",
        "嵌套过深",
    ),
    "XML deeper than its parser goes": (
        with_body("<w:p>" + "<w:ins>" * 3000 + "</w:ins>" * 3000 + "</w:p>"),
        *("a.docx", "word/document.xml", "word/document.xml"),
    ),
    "tables in tables": (with_body(_deep_tables(10) + p()), "a.docx", "tables inside one another", "嵌套过深"),
    "wide table": (
        with_body(tbl(tr(tc("甲", '<w:gridSpan w:val="99999999"/>'), "乙"))),
        "a.docx",
        "columns",
        "列数过多",
    ),
    "ratio": (with_parts(WORD, {"word/media/a.bin": bytes(8_000_000)}), "a.docx", "unpacks to", "压缩比异常"),
}


@pytest.mark.parametrize(("data", "name", "said", "said_zh"), REFUSED.values(), ids=REFUSED)
def test_refused_in_words_that_say_what_to_do(data: bytes, name: str, said: str, said_zh: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, name)
    assert str(caught.value).startswith(name)
    assert said in str(caught.value)
    assert said_zh in caught.value.zh


def test_too_many_parts() -> None:
    crowd = {f"word/media/{n}.png": b"" for n in range(packages.MAX_ENTRIES)}
    with pytest.raises(ReadError, match="an archive"):
        read(_zip({"word/document.xml": b"<x/>", **crowd}, method=zipfile.ZIP_STORED))


LIMITS = {
    "MAX_UNPACKED": (2000, "unpacks to"),
    "MAX_XML": (500, "bytes"),
    "MAX_TAGS": (20, "elements"),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_limits_of_a_package(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    value, said = LIMITS[limit]
    monkeypatch.setattr(packages, limit, value)
    with pytest.raises(ReadError, match=said):
        read(with_body(p("甲") * 60))


def test_too_many_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.documents.docx.MAX_PARAGRAPHS", 50)
    assert read(with_body(p("甲") * 50)).text
    with pytest.raises(ReadError, match="more than 50 paragraphs"):
        read(with_body(p("甲") * 51))


def test_too_large_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.documents.docx.MAX_PLACES", 50)
    wide = tc("甲", '<w:gridSpan w:val="20"/>')
    with pytest.raises(ReadError, match="3 rows and 21 columns"):
        read(with_body(tbl(*[tr(wide, "乙")] * 3)))


def test_tables_in_tables_are_read_as_deep_as_reports_have_them() -> None:
    assert read(with_body(_deep_tables(6) + p())).text.startswith("甲")


def test_endless_list_number_does_not_grow() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="99999999999"/>'
        f'<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="{"%1" * 9999}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = p("甲", '<w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr>')
    body += p("乙", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert len(read(with_body(body, numbering=numbering)).text) < 3000


KINDS = {
    "Word": (WORD, Format.DOCX),
    "Word without a table of contents of kinds": (with_parts(WORD, {"[Content_Types].xml": None}), Format.DOCX),
    "Word with its main part elsewhere": (
        _zip(
            {
                "[Content_Types].xml": b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>",
                "x.xml": b"<x/>",
            }
        ),
        Format.DOCX,
    ),
    "Word with other slashes": (_zip({"word\\document.xml": b"<x/>"}), Format.DOCX),
    "text": ("一、基本情况".encode(), Format.TEXT),
    "text in GB18030": ("一、基本情况".encode("gb18030"), Format.TEXT),
    "text with left-overs of a web page": ("<p>一、基本情况</p>".encode(), Format.TEXT),
    "empty": (b"", Format.TEXT),
    "workbook": (_zip({"xl/workbook.xml": b""}), Format.XLSX),
    "binary workbook": (_zip({"xl/workbook.bin": b""}), Format.XLSB),
    "archive": (b"Rar!\x1a\x07", Format.ARCHIVE),
    "archive of files": (_zip({"甲.txt": b""}), Format.ZIP),
    "page": (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", Format.HTML),
    "page in two bytes": ("<html><body>甲</body></html>".encode("utf-16"), Format.HTML),
    "page that begins with its table": (b"<table border=1><tr>", Format.HTML),
}


@pytest.mark.parametrize(("data", "kind"), KINDS.values(), ids=KINDS)
def test_kind_is_told_by_content(data: bytes, kind: Format) -> None:
    assert sniffed(data) is kind


def test_main_part_of_another_name() -> None:
    data = saved(docx.Document())
    moved = with_parts(
        data,
        {
            "word/document.xml": None,
            "word/other.xml": f"<w:document {DECLARED}><w:body>{p('甲')}</w:body></w:document>",
            "_rels/.rels": part_of(data, "_rels/.rels").replace("word/document.xml", "/word/other.xml"),
        },
    )
    assert read(moved).text == "甲"
