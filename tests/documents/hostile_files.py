"""Files that are broken or built to do harm, made as bytes: what → (name, bytes)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from tests.documents.docx_files.builder import DECLARED, p, tbl, tc, tr, with_body, with_parts
from tests.documents.ofd_builder import NAMESPACE, ofd, words

SAMPLES = Path(__file__).parent / "samples"
WORD = with_body(p("全年供地764宗。"))
OLD = (SAMPLES / "report.doc").read_bytes()
OFD = ofd(words("全年供地764宗", 20, 40))


def zipped(parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def flagged(data: bytes) -> bytes:
    """A zip that says that its parts are encrypted."""
    made = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            made[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(made)


def overlapping(count: int) -> bytes:
    """A zip whose entries all unpack the same bytes."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(900_000)) + packed.flush()
    sums = struct.pack("<III", zlib.crc32(bytes(900_000)), len(body), 900_000)
    head = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sums + struct.pack("<HH", 17, 0)
    entries = b""
    for number in range(count):
        name = b"word/document.xml" if not number else b"word/media/%06d" % number
        entries += b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sums
        entries += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    start = len(head) + 17 + len(body)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), start, 0)
    return head + b"word/document.xml" + body + entries + end


def nested_bomb() -> bytes:
    inner = zipped({"a": bytes(20_000_000)})
    for level in range(4):
        inner = zipped({f"{level}{n}.zip": inner for n in range(10)})
    return inner


def document(xml: str) -> bytes:
    return with_parts(WORD, {"word/document.xml": xml})


def laughs(outside: str = "") -> str:
    names = "abcdefghij"
    entities = '<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in pairwise(names)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{outside or entities}]>'


def word_xml(doctype: str, text: str) -> bytes:
    return document(f"{doctype}<w:document {DECLARED}><w:body>{p(text)}</w:body></w:document>")


def related(target: str, mode: str = "") -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    link = f'<Relationship Id="r1" Type="{kind}" Target="{target}" {mode}/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return with_parts(
        WORD,
        {"_rels/.rels": f'<Relationships xmlns="{space}">{link}</Relationships>', "word/document.xml": "<x/>"},
    )


def patched(data: bytes, at: int, written: bytes) -> bytes:
    return data[:at] + written + data[at + len(written) :]


def _fat(entry: int) -> int:
    """Where the table of sectors of ``OLD`` keeps entry number ``entry``."""
    return 512 + struct.unpack_from("<I", OLD, 76)[0] * 512 + 4 * entry


def old_cycles() -> dict[str, bytes]:
    """Old files whose sectors, folders or tables lead back to themselves or out of the file."""
    folder = struct.unpack_from("<I", OLD, 48)[0]
    entry = 512 + folder * 512
    main = OLD.index("WordDocument".encode("utf-16-le"))
    first = struct.unpack_from("<I", OLD, main + 116)[0]
    word = 512 + first * 512
    return {
        "OLE FAT cycle": patched(OLD, _fat(first), struct.pack("<I", first)),
        "OLE FAT out of the file": patched(OLD, _fat(first), struct.pack("<I", 0x00FFFFFF)),
        "OLE directory cycle": patched(OLD, _fat(folder), struct.pack("<I", folder)),
        "OLE tree of folders cycle": patched(OLD, entry + 68, struct.pack("<III", 0, 0, 0)),
        "OLE double FAT cycle": patched(OLD, 68, struct.pack("<II", folder, 0xFFFFFF)),
        "OLE sector size 2^65535": patched(OLD, 30, b"\xff\xff"),
        "OLE stream of 4 GB": patched(OLD, main + 120, b"\xff\xff\xff\x7f"),
        "old Word encrypted": patched(OLD, word + 10, struct.pack("<H", 0x0300)),
        "old Word of no known kind": patched(OLD, word, b"\0\0"),
        "old Word with a text table elsewhere": patched(OLD, word + 0x1A2, b"\xff\xff\xff\x7f"),
        "old Word without a text table": patched(OLD, word + 0x1A6, bytes(4)),
        "old Word with a head that ends nowhere": patched(OLD, word + 32, b"\xff\xff"),
    }


def cut_off() -> dict[str, tuple[str, bytes]]:
    """Files cut at several points."""
    made = {}
    for name, data in (
        ("a.docx", WORD),
        ("a.doc", OLD),
        ("a.ofd", OFD),
        ("a.odt", (SAMPLES / "report.odt").read_bytes()),
    ):
        for percent in (5, 50, 95):
            made[f"{name[2:]} cut at {percent} %"] = (name, data[: len(data) * percent // 100])
    return made


def png(width: int, height: int, body: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body or zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def tiff_cycle() -> bytes:
    """A TIFF whose only page is followed by itself."""
    tags = (
        (256, 3, 1, 8),
        (257, 3, 1, 8),
        (258, 3, 1, 1),
        (259, 3, 1, 1),
        (262, 3, 1, 0),
        (273, 4, 1, 8),
        (279, 4, 1, 8),
    )
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<IQ", 16, 0) + struct.pack("<H", len(tags)) + entries + struct.pack("<I", 16)


def pdf(*objects: str) -> bytes:
    body = "".join(f"{n} 0 obj {written} endobj\n" for n, written in enumerate(objects, start=1))
    return f"%PDF-1.7\n{body}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF".encode()


def stream(head: str, packed: bytes) -> str:
    return f"<< {head} /Filter /FlateDecode /Length {len(packed)} >> stream\n{packed.decode('latin-1')}\nendstream"


def whole_pdf(*objects: str, trailer: str = "") -> bytes:
    """A PDF whose table of objects is right, so that nothing is mended before the harm begins."""
    out, places = b"%PDF-1.7\n", list[int]()
    for number, written in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{written}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(places) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>"
    return out + f"{end}\nstartxref\n{len(out)}\n%%EOF\n".encode()


CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"


def one_page(content: str, *, box: str = "0 0 595 842", more: str = "", others: tuple[str, ...] = ()) -> bytes:
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {more} >>"
    return whole_pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, *others)


def packed_twice(data: bytes) -> bytes:
    return zlib.compress(zlib.compress(data, 9), 9)


def hostile_pdfs() -> dict[str, tuple[str, bytes]]:
    zeros = zlib.compress(bytes(200_000_000), 9)
    nothing = stream("", zlib.compress(b" "))
    pages = " ".join(f"{4 + n} 0 R" for n in range(3000))
    many = [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R >> %{n}" for n in range(3000)]
    outline = "".join(f"<< /Title (x) /Parent {n} 0 R /First {n + 2} 0 R >>|" for n in range(5, 3000)).split("|")[:-1]
    deep = "[" * 100_000 + "]" * 100_000
    files = {
        "PDF of pages that are their own parents": whole_pdf(
            CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 9 >>", "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 >>"
        ),
        "PDF that says it has 2 thousand million pages": whole_pdf(
            CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", "<< /Type /Page /Parent 2 0 R >>"
        ),
        "PDF of 3,000 pages": whole_pdf(CATALOG, f"<< /Type /Pages /Kids [{pages}] /Count 3000 >>", nothing, *many),
        "PDF content bomb": one_page(stream("", zeros)),
        "PDF content packed twice": one_page(
            stream("", packed_twice(bytes(200_000_000))).replace("/FlateDecode", "[/FlateDecode /FlateDecode]")
        ),
        "PDF object stream bomb": whole_pdf(
            "<< /Type /Catalog /Pages 9 0 R >>", stream("/Type /ObjStm /N 100000000 /First 10", zeros)
        ),
        "PDF of a page of 10^9 points": one_page(nothing, box="0 0 1e9 1e9"),
        "PDF of a page of no size": one_page(nothing, box="0 0 0 0"),
        "PDF of a page turned inside out": one_page(nothing, box="nan inf -1e99 x"),
        "PDF picture of 10^10 pixels": one_page(
            stream("", zlib.compress(b"q 595 0 0 842 0 0 cm /I Do Q")),
            more="/Resources << /XObject << /I 5 0 R >> >>",
            others=(
                stream(
                    "/Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8",
                    zlib.compress(bytes(1000)),
                ),
            ),
        ),
        "PDF of deep outlines": whole_pdf(
            "<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            nothing,
            *outline,
        ),
        "PDF of deep brackets": one_page(f"<< /Length 0 /X {deep} >> stream\n\nendstream"),
        "PDF whose length is elsewhere, and there too": one_page("<< /Length 4 0 R >> stream\nx\nendstream"),
        "PDF encrypted by no known way": whole_pdf(
            CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>", trailer="/Encrypt << /Filter /Own /V 99 /R 99 >>"
        ),
        "PDF whose table of objects leads to itself": whole_pdf(CATALOG, trailer="/Prev 9").replace(
            b"startxref\n", b"startxref\n0"
        ),
        "PDF linearized and cut off": b"%PDF-1.7\n1 0 obj << /Linearized 1 /L 99999999 >> endobj\nstartxref\n0\n%%EOF",
        "PDF head alone": b"%PDF-1.7\n",
    }
    return {name: ("a.pdf", data) for name, data in files.items()}


def drawing_itself() -> bytes:
    """A PDF whose form draws itself twice, which a reader follows to the end of time or memory."""
    form = "<< /XObject << /F 5 0 R >> >>"
    looped = stream(f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources {form}", zlib.compress(b"/F Do /F Do"))
    return one_page(stream("", zlib.compress(b"/F Do")), more=f"/Resources {form}", others=(looped,))


def strange_files() -> dict[str, tuple[str, bytes]]:
    """Files that say 764宗 and lie about the rest."""

    def sheet(head: str, reference: str = "A1") -> bytes:
        row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        cell = f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>供地764宗</t></is></c></row>'
        return workbook(f"<worksheet {SHEET}>{head}<sheetData>{cell}</sheetData></worksheet>")

    flood = "&amp;" * 200_000
    return {
        "workbook that says it is huge": ("a.xlsx", sheet('<dimension ref="A1:XFD1048576"/>')),
        "workbook that says it is nothing": ("a.xlsx", sheet('<dimension ref="ZZ-1"/>')),
        "workbook of one far cell": ("a.xlsx", sheet("", "XFD1048576")),
        "workbook that counts its strings wrongly": (
            "a.xlsx",
            workbook(
                f'<worksheet {SHEET}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>99</v></c>'
                "</row></sheetData></worksheet>",
                strings=f'<sst {SHEET} count="4000000000" uniqueCount="4000000000"><si><t>供地764宗</t></si></sst>',
            ),
        ),
        "HTML of entities": ("a.html", f"<html><body><p>供地764宗</p><p>{flood}</p></body></html>".encode()),
        "HTML of unclosed paragraphs": ("a.html", f"<html><body>供地764宗{'<p>' * 100_000}</body></html>".encode()),
        "HTML of one huge attribute": ("a.html", f'<html><body a="{"x" * 5_000_000}">供地764宗'.encode()),
        "HTML table of a wide cell": (
            "a.html",
            '<html><body><table><tr><td colspan="99999999" rowspan="99999999">供地764宗</td></tr></table>'.encode(),
        ),
    }


SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(sheet: str, *, strings: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of one sheet."""
    packages = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {SHEET} xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": strings or f"<sst {SHEET}/>",
    }
    return zipped({name: xml.encode() for name, xml in parts.items()} | dict(more or {}))


def hostile_workbooks(url: str) -> dict[str, tuple[str, bytes]]:
    def rows(inside: str) -> str:
        return f"<worksheet {SHEET}><sheetData>{inside}</sheetData></worksheet>"

    entity = f'<!DOCTYPE x [<!ENTITY f SYSTEM "{url}">]>'
    files = {
        "workbook without cells": workbook(rows("")),
        "workbook with laughs": workbook(
            laughs() + rows('<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>')
        ),
        "workbook with an entity from outside": workbook(
            entity + rows('<row r="1"><c r="A1" t="inlineStr"><is><t>&f;</t></is></c></row>')
        ),
        "workbook of strings that laugh": workbook(
            rows('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
            strings=laughs() + f"<sst {SHEET}><si><t>&j;</t></si></sst>",
        ),
        "workbook shared strings bomb": workbook(rows(""), more={"xl/sharedStrings.xml": bytes(90_000_000)}),
        "workbook that lacks its sheet": workbook("", more={"xl/_rels/workbook.xml.rels": b"<x/>"}),
        "workbook cut in its sheet": workbook(f'<worksheet {SHEET}><sheetData><row r="1"><c r="A1"><v>7'),
        "workbook encrypted": flagged(workbook(rows(""))),
        "workbook of overlapping entries": overlapping(5000).replace(b"word/document.xml", b"xl/workbook.xml__"),
    }
    return {name: ("a.xlsx", data) for name, data in files.items()}


def hostile_pages() -> dict[str, tuple[str, bytes]]:
    return {
        "HTML without text": ("a.html", b"<html><body><script>alert(1)</script><p> </p></body></html>"),
        "HTML nested 100,000 deep without text": ("a.html", b"<html><body>" + b"<div>" * 100_000),
        "HTML of tables in tables": ("a.html", b"<html><body>" + b"<table><tr><td>" * 20_000),
        "MHTML of nothing": ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n"),
    }


def hostile_archives() -> dict[str, bytes]:
    """Archives, which ``run`` walks: nothing in them is a report."""
    return {
        "zip of a zip of a zip": zipped({"a.zip": zipped({"b.zip": nested_bomb()})}),
        "zip that leads out of its folder": zipped({"../../../../../../tmp/extract-out.txt": b"\x81\xff\xfe"}),
        "zip that leads to the root": zipped({"/tmp/extract-out.txt": b"\x81\xff\xfe"}),
        "zip encrypted": flagged(zipped({"a.txt": "供地764宗".encode()})),
        "zip bomb": zipped({"a.txt": bytes(400_000_000)}),
        "zip of overlapping entries": overlapping(3000).replace(b"word/document.xml", b"reports/aaaaa.txt"),
        "zip of nothing": zipped({}),
    }


def deep_page(depth: int) -> str:
    return "<ofd:PageBlock>" * depth + words("甲", 20, 40) + "</ofd:PageBlock>" * depth


def hostile_files(url: str = "http://127.0.0.1:9/x") -> dict[str, tuple[str, bytes]]:
    """All of them; those that ask for something outside ask for ``url``."""
    outside = f'<!ENTITY f SYSTEM "{url}">'
    whole = f'<!DOCTYPE x SYSTEM "{url}">'
    parameter = f'<!ENTITY % f SYSTEM "{url}"> %f;'
    main = "Doc_0/Pages/Page_0/Content.xml"
    page = f"<ofd:Page {NAMESPACE}><ofd:Content>&f;</ofd:Content></ofd:Page>"
    quadratic = f'<!ENTITY a "{"哈" * 50_000}">'
    files = {
        # text
        "empty": ("a.txt", b""),
        "blank": ("b.txt", "　\n\t".encode()),
        "binary": ("c.txt", bytes(range(256)) * 99),
        "no known encoding": ("d.txt", b"\x81\xff\xfe\x80" * 99),
        "half of UTF-16": ("e.txt", "供地".encode("utf-16")[:-1]),
        # zip and .docx
        "bomb in a part": ("a.docx", with_parts(WORD, {"word/document.xml": bytes(30_000_000)})),
        "bomb beside the text": ("a.docx", with_parts(WORD, {"word/media/a.bin": bytes(60_000_000)})),
        "nested bomb": ("a.docx", nested_bomb()),
        "overlapping entries": ("a.docx", overlapping(3000)),
        "more overlapping entries than parts": ("a.docx", overlapping(20_000)),
        "password of a zip": ("a.docx", flagged(WORD)),
        "laughs": ("a.docx", word_xml(laughs(), "&j;")),
        "quadratic": ("a.docx", word_xml(laughs(quadratic), "&a;" * 20_000)),
        "entity from outside": ("a.docx", word_xml(laughs(outside), "&f;")),
        "document type from outside": ("a.docx", word_xml(f'<?xml version="1.0"?>{whole}', "甲")),
        "parameter entity from outside": ("a.docx", word_xml(laughs(parameter), "甲")),
        "laughs in UTF-16": (
            "a.docx",
            document((laughs() + f"<w:document {DECLARED}><w:body>{p('&j;')}</w:body></w:document>").replace(
                'version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16")),  # type: ignore[arg-type]
        ),
        "deep XML": ("a.docx", with_body("<w:ins>" * 5000 + "</w:ins>" * 5000)),
        "deep tables": ("a.docx", with_body(_deep_table(40) + p())),
        "wide cell": ("a.docx", with_body(tbl(tr(tc("甲", '<w:gridSpan w:val="999999999"/>'), "乙")))),
        "relation to itself": ("a.docx", related("_rels/.rels")),
        "relation out of the file": ("a.docx", related("../../../../etc/passwd")),
        "relation to the network": ("a.docx", related(url, 'TargetMode="External"')),
        "another file in place of text": ("a.docx", with_body('<w:altChunk r:id="r9"/>')),
        "macros and no text": ("a.docm", with_parts(with_body(p()), {"word/vbaProject.bin": OLD})),
        "no body": ("a.docx", document(f"<w:document {DECLARED}/>")),
        "two bytes of zip": ("a.docx", b"PK\x03\x04"),
        "end of a zip alone": ("a.docx", b"PK\x05\x06" + bytes(18)),
        "no zip under its name": ("a.docx", b"hello"),
        # OLE
        "OLE head alone": ("a.doc", OLD[:512]),
        "OLE of zeros": ("a.doc", OLD[:8] + bytes(4096)),
        "Office encryption": ("a.docx", OLD[:512] + "EncryptedPackage".encode("utf-16-le") + bytes(512)),
        # OFD
        "OFD without pages": ("a.ofd", ofd()),
        "OFD without text": ("a.ofd", ofd("")),
        "OFD that lacks its document": ("a.ofd", zipped({"OFD.xml": f"<ofd:OFD {NAMESPACE}/>".encode()})),
        "OFD with laughs": ("a.ofd", ofd("", parts={main: (laughs() + page.replace("&f;", "&j;")).encode()})),
        "OFD with an entity from outside": ("a.ofd", ofd("", parts={main: (laughs(outside) + page).encode()})),
        "OFD with too deep blocks": ("a.ofd", ofd(deep_page(200))),
        "OFD page bomb": ("a.ofd", ofd("", parts={main: bytes(30_000_000)})),
        "OFD that is its own page": ("a.ofd", ofd(parts={"Doc_0/Document.xml": _own_page().encode()})),
        "OFD outside of its package": (
            "a.ofd",
            ofd("", parts={"OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>../../etc/passwd</ofd:DocRoot>"
                           "</ofd:DocBody></ofd:OFD>".encode()}),
        ),
        "OFD encrypted": ("a.ofd", flagged(OFD)),
        # pictures
        "picture of 4 thousand million pixels": ("a.png", png(65_000, 65_000)),
        "picture bomb": ("a.png", png(60_000, 60_000, zlib.compress(bytes(50_000_000)))),
        "picture without an end": ("a.png", png(100, 100)[:40]),
        "picture of no bytes": ("a.png", b"\x89PNG\r\n\x1a\n"),
        "photograph cut off": ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20)),
        "TIFF whose page follows itself": ("a.tif", tiff_cycle()),
        "TIFF of nothing": ("a.tif", b"II*\x00\xff\xff\xff\xff"),
        # what is refused or read elsewhere
        "PDF cut off": ("a.pdf", b"%PDF-1.7\n1 0 obj <<"),
        "PDF whose pages are their own kids": (
            "a.pdf",
            pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        ),
        "PDF with a password": ("a.pdf", pdf("<< /Type /Catalog /Pages 2 0 R >>") + b"/Encrypt 9 0 R"),
        "document packed with LZMA": ("a.docx", zipped(_parts(WORD), method=zipfile.ZIP_LZMA)),
        "document packed with bzip2": ("a.docx", zipped(_parts(WORD), method=zipfile.ZIP_BZIP2)),
        "workbook packed with LZMA": ("a.ods", zipped({"META-INF/manifest.xml": _MANIFEST}, method=zipfile.ZIP_LZMA)),
        "workbook bomb": (
            "a.xlsx",
            zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(90_000_000)}),
        ),
        "archive cut off": ("a.zip", zipped({"a.txt": b"x" * 999})[:60]),
        "compressed stream": ("a.gz", b"\x1f\x8b" + bytes(20)),
    }  # fmt: skip
    files |= hostile_pdfs() | hostile_workbooks(url) | hostile_pages()
    files |= {name: ("a.doc", data) for name, data in old_cycles().items()}
    return files | cut_off()


def _deep_table(depth: int) -> str:
    inner = p("甲")
    for _ in range(depth):
        inner = tbl(tr(tc(inner + p()), "乙"))
    return inner


_MANIFEST = b"application/vnd.oasis.opendocument.spreadsheet"


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _own_page() -> str:
    return (
        f'<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:TemplatePage ID="1" BaseLoc="Document.xml"/></ofd:CommonData>'
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="Document.xml"/></ofd:Pages></ofd:Document>'
    )
