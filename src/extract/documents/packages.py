"""The parts of an Office file (a zip of XML), opened so that no hostile one does harm."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

from extract.documents.sniffing import MAX_ENTRIES, UNZIP_ERRORS, part_name, too_many_entries, unpacks_in_steps
from extract.errors import ReadError

MAX_UNPACKED = 512 * 1024 * 1024  #: bytes of all parts together, pictures too, as the archive declares them
MAX_XML = 32 * 1024 * 1024  #: bytes of one XML part, unpacked
MAX_RATIO = 400  #: unpacked to packed bytes of a part beyond ``_SMALL``; long empty forms reach about 100
MAX_TAGS = 3_000_000
MAX_DEPTH = 120  #: elements inside one another; a table in a text box in a group has about 30
_SMALL = 1024 * 1024
_DTD = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")


@dataclass(frozen=True, slots=True)
class Package:
    """An Office file whose parts can be asked for by name."""

    where: str
    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]

    def xml(self, part: str) -> Any:
        """The root element of an XML part; None if there is no such part.

        Raises:
            ReadError: if it is damaged, too large, nested too deeply, no XML, or declares entities.
        """
        info = self.parts.get(part_name(part))
        return None if info is None else _parsed(self._bytes(info), f"{self.where} ({info.filename})")

    def related(self, part: str, kind: str) -> str | None:
        """The name of the part that ``part`` ("" for the package) is tied to as ``kind`` (``numbering`` …)."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if root is None else root:
            is_kind = str(relation.get("Type", "")).rsplit("/", 1)[-1] == kind
            if is_kind and relation.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        return None

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise ReadError(
                f"{self.where}: protected by a password (zip encryption); save a copy without one",
                zh=f"{self.where}：文件已加密（zip 密码）；请另存一份不加密的副本",
            )
        if not unpacks_in_steps(info):
            raise _hostile(
                self.where,
                f"part {info.filename} is packed in another way than Office packs (method {info.compress_type})",
                f"部件 {info.filename} 的压缩方式异常",
            )
        if info.file_size > MAX_XML:
            raise _hostile(self.where, f"part {info.filename} has {info.file_size:,} bytes", "部件过大")
        try:
            with self.archive.open(info) as part:
                return part.read(MAX_XML)
        except UNZIP_ERRORS as error:
            raise ReadError(
                f"{self.where}: part {info.filename} is damaged ({error}); get the file anew, or let Office repair it",
                zh=f"{self.where}：部件 {info.filename} 已损坏；请重新获取文件，或用 Word 或 Excel 修复后保存",
            ) from error


def opened_package(data: bytes, *, where: str) -> Package:
    """The parts of the Office file that ``data`` is.

    Raises:
        ReadError: if it is cut off or damaged, or unpacks to more than any report holds.
    """
    if too_many_entries(data):
        raise _hostile(where, f"more than {MAX_ENTRIES:,} parts", "部件数过多")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ReadError(
            f"{where}: cut off or damaged ({error}); get the file anew, or let Word or Excel repair it and save it",
            zh=f"{where}：文件不完整或已损坏；请重新获取文件，或用 Word 或 Excel 修复后保存",
        ) from error
    entries = archive.infolist()
    unpacked = sum(info.file_size for info in entries)
    if unpacked > MAX_UNPACKED:
        raise _hostile(where, f"unpacks to {unpacked:,} bytes", "解压后过大")
    for info in entries:
        if info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
            raise _hostile(where, f"part {info.filename} unpacks to {info.file_size:,} bytes", "压缩比异常")
    parts: dict[str, zipfile.ZipInfo] = {}
    for info in entries:
        parts.setdefault(part_name(info.filename), info)
    return Package(where, archive, parts)


def _parsed(data: bytes, where: str) -> Any:
    if any(mark in data for mark in _DTD):
        raise _hostile(where, "declares a document type", "含文档类型声明")
    if data.count(b"<") > MAX_TAGS:
        raise _hostile(where, f"more than {MAX_TAGS:,} elements", "元素过多")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(
            f"{where}: damaged XML ({error}); get the file anew, or let Word or Excel repair it and save it",
            zh=f"{where}：XML 已损坏（{error}）；请重新获取文件，或用 Word 或 Excel 修复后保存",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _hostile(where, "declares a document type", "含文档类型声明")
    if _TOO_DEEP(root):
        raise _hostile(where, f"more than {MAX_DEPTH} elements inside one another", "嵌套过深")
    return root


def _hostile(where: str, what: str, what_zh: str) -> ReadError:
    return ReadError(
        f"{where}: {what}; no report is like that, so it is not read; open it in Word or Excel and save it anew",
        zh=f"{where}：{what_zh}，不像正常的报告，不予读取；请用 Word 或 Excel 打开后另存",
    )
