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
