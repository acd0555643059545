"""What a file holds, told by its bytes: the first ones, and for an archive the parts inside; never by its name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from enum import StrEnum

from extract.errors import ReadError


class Format(StrEnum):
    """A kind of content; only some kinds are read."""

    TEXT = "text"  #: whatever is nothing else; decoding says whether it really is text
    DOCX = "docx"
    DOC = "doc"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    PPTX = "pptx"
    PPT = "ppt"
    ODS = "ods"
    ODT = "odt"
    ODF = "odf"
    OFD = "ofd"
    PDF = "pdf"
    RTF = "rtf"
    HTML = "html"
    MHTML = "mhtml"
    SEPARATED = "separated values"  #: text that its name says is a table
    MARKDOWN = "markdown"  #: text that its name says is marked so
    WORD_XML = "word xml"
    ENCRYPTED = "encrypted office"
    OLE = "ole"
    ZIP = "zip"
    BROKEN_ZIP = "broken zip"
    TAR = "tar"
    GZIP = "gzip"
    ARCHIVE = "archive"
    IMAGE = "image"


_STARTS = (
    (b"%PDF", Format.PDF),
    (rb"{\rtf", Format.RTF),
    *((mark, Format.IMAGE) for mark in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
    *((mark, Format.ARCHIVE) for mark in (b"Rar!", b"7z\xbc\xaf")),
    (b"\x1f\x8b", Format.GZIP),
)
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE_STREAMS = (
    ("EncryptedPackage", Format.ENCRYPTED),
    ("WordDocument", Format.DOC),
    ("Workbook", Format.XLS),
    ("Book" + "\x00" * 28, Format.XLS),  # of Excel 95: a name as its directory pads it, since it is a short word
    ("PowerPoint Document", Format.PPT),
)
_ZIP_PARTS = (
    ("word/document.xml", Format.DOCX),
    ("xl/workbook.bin", Format.XLSB),
    ("xl/workbook.", Format.XLSX),
    ("ppt/presentation.", Format.PPTX),
    ("ofd.xml", Format.OFD),
    ("meta-inf/manifest.xml", Format.ODF),
)
_WORD_MAIN = re.compile(rb"ms-word\.(?:document|template)\.macroEnabled|wordprocessingml\.(?:document|template)\.main")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|table)\b", re.I)
_ABOVE_HTML = re.compile(rb"\s+|<!--.*?-->|<\?xml[^>]*\?>", re.I | re.S)  #: matched again and again, never repeated
_WORD_XML = re.compile(rb"\s*<\?xml[^>]*\?>.{0,400}?(?:mso-application|<w:wordDocument|<pkg:package)", re.I | re.S)
_MHTML = re.compile(rb"\s*(?:MIME-Version|Content-Type|From|Subject|Date):.{0,2000}?multipart/related", re.I | re.S)
_BITMAP = re.compile(rb"BM.{4}\x00{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\x00{3}", re.S)  #: a word may begin with BM
_TAR_MARK = 257  #: where a tar archive names itself
_ODT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.text")
_HEAD = 4096
_MAX_PART = 1 << 20
MAX_ENTRIES = 4096  #: of an archive; a report with a picture on each page has some hundreds
UNZIP_ERRORS = (  #: what ``zipfile`` raises on a damaged part
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, OSError, ValueError),
)


ARCHIVE_KINDS = frozenset((Format.ZIP, Format.TAR, Format.GZIP))  #: those whose members are read


def begins_like_archive(head: bytes) -> bool:
    """Whether the first 512 bytes of a file may be those of an archive of documents, or of an Office file."""
    return head.startswith((*_ZIP, b"\x1f\x8b")) or sniffed(head) is Format.TAR


def sniffed(data: bytes) -> Format:
    r"""The kind of content that ``data`` is.

    >>> sniffed(b"%PDF-1.7 ..."), sniffed("全年供地764宗".encode())
    (<Format.PDF: 'pdf'>, <Format.TEXT: 'text'>)
    """
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if _BITMAP.match(data):
        return Format.IMAGE
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data[_TAR_MARK : _TAR_MARK + 5] == b"ustar":
        return Format.TAR
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
            return Format.ODS if kind is Format.ODF and _is_spreadsheet(archive) else kind
    return Format.DOCX if _WORD_MAIN.search(_part(archive, "[content_types].xml")) else Format.ZIP


def _is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument file says that it is a spreadsheet."""
    said = (_part(archive, name) for name in ("mimetype", "meta-inf/manifest.xml"))
    return any(b"application/vnd.oasis.opendocument.spreadsheet" in part for part in said)


def part_name(written: str) -> str:
    """A part's name as it is compared: without case, its folders parted by ``/``."""
    return written.replace("\\", "/").lstrip("/").lower()


def too_many_entries(data: bytes) -> bool:
    """Whether an archive lists more entries than any report holds, told without opening it."""
    return data.count(b"PK\x01\x02") > MAX_ENTRIES


def unpacks_in_steps(info: zipfile.ZipInfo) -> bool:
    """Whether a part can be unpacked up to a bound: what bzip2 and LZMA pack comes out whole, however large it is."""
    return info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The begin of a part of an archive; nothing if it is missing or cannot be read."""
    for info in archive.infolist():
        if part_name(info.filename) == name and not info.flag_bits & 1 and unpacks_in_steps(info):
            try:
                with archive.open(info) as part:
                    return part.read(_MAX_PART)
            except (*UNZIP_ERRORS, MemoryError):
                return b""
    return b""


def _written_kind(data: bytes) -> Format:
    head = data[: 2 * _HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    if _HTML.match(head, _above_html(head)):
        return Format.HTML
    for pattern, kind in ((_WORD_XML, Format.WORD_XML), (_MHTML, Format.MHTML)):
        if pattern.match(head):
            return kind
    return Format.TEXT


def _above_html(head: bytes) -> int:
    """Where the space, comments and XML declarations end that may stand above a page's first element."""
    end = 0
    while found := _ABOVE_HTML.match(head, end):
        end = found.end()
    return end


_SAVE = ("open it in Word or WPS and save it as .docx", "请用 Word 或 WPS 打开后另存为 .docx")
_TEXT_OR_DOCX = ("save it as .docx or .txt and give that", "请另存为 .docx 或 .txt 后再读")
_UNREAD: dict[Format, tuple[tuple[str, str], tuple[str, str]]] = {
    Format.WORD_XML: (("a Word document as one XML file", "单个 XML 文件形式的 Word 文档"), _SAVE),
    Format.ODF: (("an OpenDocument file or another archive with a manifest", "OpenDocument 等压缩格式文件"), _SAVE),
    Format.XLSB: (
        ("a binary Excel workbook (.xlsb), which is not read", "二进制 Excel 工作簿（.xlsb），暂不支持"),
        ("open it in Excel and save it as .xlsx", "请用 Excel 打开后另存为 .xlsx"),
    ),
    Format.PPTX: (("a presentation (.pptx), which is not read", "演示文稿（.pptx），暂不支持"), _TEXT_OR_DOCX),
    Format.PPT: (("a presentation of the old format (.ppt)", "旧版演示文稿（.ppt）"), _TEXT_OR_DOCX),
    Format.OLE: (
        ("an Office file of an old kind without a Word document", "旧版 Office 文件，不含文档"),
        _TEXT_OR_DOCX,
    ),
    Format.ENCRYPTED: (
        ("protected by a password", "文件已加密"),
        ("open it with the password and save a copy without one", "请用密码打开后另存一份不加密的副本"),
    ),
    **dict.fromkeys(
        (Format.ZIP, Format.TAR, Format.GZIP),
        (
            ("an archive, not a document", "压缩包，不是文档"),
            (
                "give it to 'extract run', which reads what is in it, or unpack it",
                "请用 extract run 读取其中的文件，或先解压",
            ),
        ),
    ),
    Format.ARCHIVE: (
        ("a RAR or 7-Zip archive, which is not read", "RAR 或 7-Zip 压缩包，暂不支持"),
        ("unpack it and give the folder, or pack it as .zip", "请解压后读取文件夹，或改用 .zip 压缩"),
    ),
    Format.BROKEN_ZIP: (
        ("cut off or damaged: it begins like a .docx, but its table of contents is missing", "文件不完整或已损坏"),
        ("get the file anew, or let Word repair it and save it", "请重新获取文件，或用 Word 修复后保存"),
    ),
}
_OFFICE_NAMES = (".docx", ".docm", ".doc", ".wps")
_BOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
_TEXT_NAMES = (".txt",)
_NAMED_TEXT = (
    ((".csv", ".tsv"), Format.SEPARATED),
    ((".md", ".markdown"), Format.MARKDOWN),
    ((".html", ".htm", ".xhtml", ".shtml"), Format.HTML),
)
_WRITTEN = frozenset({Format.HTML, Format.MHTML, Format.WORD_XML})


def read_as(kind: Format, *, name: str) -> Format:
    """What content of ``kind`` is read as under ``name``: text named .txt as it is, other text as its name says.

    >>> read_as(Format.HTML, name="a.txt"), read_as(Format.TEXT, name="a.CSV"), read_as(Format.DOCX, name="a.txt")
    (<Format.TEXT: 'text'>, <Format.SEPARATED: 'separated values'>, <Format.DOCX: 'docx'>)
    """
    if kind in _WRITTEN and name.lower().endswith(_TEXT_NAMES):
        return Format.TEXT
    if kind is not Format.TEXT:
        return kind
    return next((said for names, said in _NAMED_TEXT if name.lower().endswith(names)), kind)


def refused(data: bytes, kind: Format, *, name: str, where: str) -> ReadError | None:
    """Why content of ``kind`` under ``name`` is not read, and what to do; None if it is."""
    if kind is Format.TEXT and data.strip():
        if name.lower().endswith(_OFFICE_NAMES):
            return _pretending(data, where, "a Word document", "Word 文档")
        if name.lower().endswith(_BOOK_NAMES):
            return _pretending(data, where, "a workbook", "电子表格")
    if kind not in _UNREAD:
        return None
    (what, what_zh), (do, do_zh) = _UNREAD[kind]
    return ReadError(f"{where}: {what}; {do}", zh=f"{where}：{what_zh}；{do_zh}")


def _pretending(data: bytes, where: str, what: str, what_zh: str) -> ReadError:
    start = data[:8]
    return ReadError(
        f"{where}: named like {what}, but the content is none (it begins with {start!r}); "
        "if it is plain text, name it .txt; otherwise get the file anew",
        zh=f"{where}：文件名像 {what_zh}，内容却不是（以 {start!r} 开头）；若是纯文本请改名为 .txt，否则请重新获取文件",
    )
