"""What a file holds, told by its bytes: the first ones, and for an archive the parts inside; never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from extract.errors import ReadError


class Format(StrEnum):
    """A kind of content; only some kinds are read."""

    TEXT = "text"  #: whatever is nothing else; decoding says whether it really is text
    DOCX = "docx"
    DOC = "doc"
    XLSX = "xlsx"
    XLS = "xls"
    PPTX = "pptx"
    PPT = "ppt"
    ODT = "odt"
    ODF = "odf"
    OFD = "ofd"
    PDF = "pdf"
    RTF = "rtf"
    HTML = "html"
    MHTML = "mhtml"
    WORD_XML = "word xml"
    ENCRYPTED = "encrypted office"
    OLE = "ole"
    ZIP = "zip"
    BROKEN_ZIP = "broken zip"
    ARCHIVE = "archive"
    IMAGE = "image"


_STARTS = (
    (b"%PDF", Format.PDF),
    (rb"{\rtf", Format.RTF),
    *((mark, Format.IMAGE) for mark in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
    *((mark, Format.ARCHIVE) for mark in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")),
)
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE_STREAMS = (
    ("EncryptedPackage", Format.ENCRYPTED),
    ("WordDocument", Format.DOC),
    ("Workbook", Format.XLS),
    ("PowerPoint Document", Format.PPT),
)
_ZIP_PARTS = (
    ("word/document.xml", Format.DOCX),
    ("xl/workbook.", Format.XLSX),
    ("ppt/presentation.", Format.PPTX),
    ("ofd.xml", Format.OFD),
    ("meta-inf/manifest.xml", Format.ODF),
)
_WORD_MAIN = re.compile(rb"ms-word\.(?:document|template)\.macroEnabled|wordprocessingml\.(?:document|template)\.main")
_HTML = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_WORD_XML = re.compile(rb"\s*<\?xml[^>]*\?>.{0,400}?(?:mso-application|<w:wordDocument|<pkg:package)", re.I | re.S)
_MHTML = re.compile(rb"\s*(?:MIME-Version|Content-Type):.{0,400}?multipart/related", re.I | re.S)
_ODT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.text")
_HEAD = 4096
_MAX_CONTENT_TYPES = 1 << 20
MAX_ENTRIES = 4096  #: of an archive; a report with a picture on each page has some hundreds


def sniffed(data: bytes) -> Format:
    r"""The kind of content that ``data`` is.

    >>> sniffed(b"%PDF-1.7 ..."), sniffed("全年供地764宗".encode())
    (<Format.PDF: 'pdf'>, <Format.TEXT: 'text'>)
    """
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(_ZIP):
        return _zip_kind(data)
    return _written_kind(data)


def _ole_kind(data: bytes) -> Format:
    """Told by which stream's name comes first: an embedded object's streams stand behind those of its host."""
    found = [(data.find(name.encode("utf-16-le")), kind) for name, kind in _OLE_STREAMS]
    return min((pair for pair in found if pair[0] >= 0), default=(0, Format.OLE))[1]


def _zip_kind(data: bytes) -> Format:
    if too_many_entries(data):
        return Format.ZIP
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return Format.BROKEN_ZIP
    names = [part_name(info.filename) for info in archive.infolist()]
    if _ODT.match(data, 30):
        return Format.ODT
    for start, kind in _ZIP_PARTS:
        if any(name.startswith(start) for name in names):
            return kind
    return Format.DOCX if _WORD_MAIN.search(_content_types(archive)) else Format.ZIP


def part_name(written: str) -> str:
    """A part's name as it is compared: without case, its folders parted by ``/``."""
    return written.replace("\\", "/").lstrip("/").lower()


def too_many_entries(data: bytes) -> bool:
    """Whether an archive lists more entries than any report holds, told without opening it."""
    return data.count(b"PK\x01\x02") > MAX_ENTRIES


def _content_types(archive: zipfile.ZipFile) -> bytes:
    for info in archive.infolist():
        if part_name(info.filename) == "[content_types].xml" and not info.flag_bits & 1:
            try:
                with archive.open(info) as part:
                    return part.read(_MAX_CONTENT_TYPES)
            except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
                return b""
    return b""


def _written_kind(data: bytes) -> Format:
    head = data[: 2 * _HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    for pattern, kind in ((_HTML, Format.HTML), (_WORD_XML, Format.WORD_XML), (_MHTML, Format.MHTML)):
        if pattern.match(head):
            return kind
    return Format.TEXT


_SAVE = ("open it in Word or WPS and save it as .docx", "请用 Word 或 WPS 打开后另存为 .docx")
_TEXT_OR_DOCX = ("save it as .docx or .txt and give that", "请另存为 .docx 或 .txt 后再读")
_UNREAD: dict[Format, tuple[tuple[str, str], tuple[str, str]]] = {
    Format.HTML: (("a web page (HTML), whatever its name says", "网页（HTML），与文件名不符"), _SAVE),
    Format.MHTML: (("a web archive (MHTML), whatever its name says", "网页存档（MHTML），与文件名不符"), _SAVE),
    Format.WORD_XML: (("a Word document as one XML file", "单个 XML 文件形式的 Word 文档"), _SAVE),
    Format.ODF: (("an OpenDocument file or another archive with a manifest", "OpenDocument 等压缩格式文件"), _SAVE),
    Format.XLSX: (("an Excel workbook (.xlsx), which is not read", "Excel 工作簿（.xlsx），暂不支持"), _TEXT_OR_DOCX),
    Format.XLS: (("a workbook of the old Excel format (.xls)", "旧版 Excel 工作簿（.xls）"), _TEXT_OR_DOCX),
    Format.PPTX: (("a presentation (.pptx), which is not read", "演示文稿（.pptx），暂不支持"), _TEXT_OR_DOCX),
    Format.PPT: (("a presentation of the old format (.ppt)", "旧版演示文稿（.ppt）"), _TEXT_OR_DOCX),
    Format.PDF: (
        ("no text but a PDF document, which is not read", "内容不是文本，而是 PDF 文件，暂不支持"),
        _TEXT_OR_DOCX,
    ),
    Format.OLE: (
        ("an Office file of an old kind without a Word document", "旧版 Office 文件，不含文档"),
        _TEXT_OR_DOCX,
    ),
    Format.ENCRYPTED: (
        ("protected by a password", "文件已加密"),
        ("open it with the password and save a copy without one", "请用密码打开后另存一份不加密的副本"),
    ),
    Format.ZIP: (
        ("an archive (zip) that is no Word document", "压缩包（zip），不是 Word 文档"),
        ("unpack it and give the documents inside", "请解压后读取其中的文件"),
    ),
    Format.ARCHIVE: (
        ("an archive, not a document", "压缩包，不是文档"),
        ("unpack it and give the documents inside", "请解压后读取其中的文件"),
    ),
    Format.BROKEN_ZIP: (
        ("cut off or damaged: it begins like a .docx, but its table of contents is missing", "文件不完整或已损坏"),
        ("get the file anew, or let Word repair it and save it", "请重新获取文件，或用 Word 修复后保存"),
    ),
}
_MAYBE_TEXT = frozenset({Format.HTML, Format.MHTML, Format.WORD_XML})
_OFFICE_NAMES = (".docx", ".docm", ".doc", ".wps")


def refused(data: bytes, kind: Format, *, name: str, where: str) -> ReadError | None:
    """Why content of ``kind`` under ``name`` is not read, and what to do; None if it is.

    Marked-up text counts as text unless its name says that it is a Word document.
    """
    is_office = name.lower().endswith(_OFFICE_NAMES)
    if kind is Format.TEXT and is_office and data.strip():
        start = data[:8]
        return ReadError(
            f"{where}: named like a Word document, but the content is none (it begins with {start!r}); "
            "if it is plain text, name it .txt; otherwise get the file anew",
            zh=f"{where}：文件名像 Word 文档，内容却不是（以 {start!r} 开头）；"
            "若是纯文本请改名为 .txt，否则请重新获取文件",
        )
    if kind not in _UNREAD or (kind in _MAYBE_TEXT and not is_office):
        return None
    (what, what_zh), (do, do_zh) = _UNREAD[kind]
    return ReadError(f"{where}: {what}; {do}", zh=f"{where}：{what_zh}；{do_zh}")
