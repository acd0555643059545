"""Archives of reports (.zip, .tar, .tar.gz): each document inside with its bytes, or why it is not read.

Nothing is written to disk. A member that is damaged, encrypted, oversized, a link, or named to lead out of the archive
is told and the rest goes on; what all members unpack to together is bounded.
"""

from __future__ import annotations

import gzip
import io
import posixpath
import re
import stat
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from extract.documents.sniffing import ARCHIVE_KINDS, UNZIP_ERRORS, Format, sniffed, unpacks_in_steps
from extract.errors import ReadError

MAX_ARCHIVE = 256 * 1024 * 1024  #: bytes of an archive that a user names
MAX_MEMBERS = 10_000
MAX_MEMBER = 32 * 1024 * 1024 + 1  #: bytes of a document: one more than is read
MAX_UNPACKED = 512 * 1024 * 1024  #: bytes of everything that is unpacked from one archive
MAX_RATIO = 1000  #: unpacked to packed bytes of a member beyond ``_SMALL``
MAX_DEPTH = 2  #: archives inside one another
MAX_HEADERS = 1024 * 1024  #: bytes in a tar between two files, which are held in memory: long names and the like
_SMALL = 1024 * 1024
_LISTED = b"PK\x01\x02"  #: begins each entry of a zip's table of contents
_MOST_LISTED = 200_000  #: of these marks, as the members may hold some themselves
_SKIPPED = (".", "~$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
_DAMAGE = (*UNZIP_ERRORS, tarfile.TarError, IndexError, RuntimeError, MemoryError)  #: RuntimeError: no end of headers


@dataclass(frozen=True, slots=True)
class Member:
    """A document in an archive: its path there, and its bytes or why they cannot be had."""

    name: str
    data: bytes | ReadError


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked from the archive that the user named."""

    unpacked: int = MAX_UNPACKED
    members: int = MAX_MEMBERS

    def count(self, where: str) -> None:
        self.members -= 1
        if self.members < 0:
            raise _refusal(where, f"more than {MAX_MEMBERS:,} members", "文件数过多")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A member before it is unpacked: its name as a path, its declared sizes, and why it is not read."""

    name: str
    size: int
    packed: int
    refusal: tuple[str, str] | None = None


def read_members(data: bytes, *, where: str, suffixes: tuple[str, ...], archives: tuple[str, ...]) -> Iterator[Member]:
    """The members with one of ``suffixes``, in the archive's order; those named as ``archives`` are opened too.

    Raises:
        ReadError: if the archive itself is damaged, or holds more than any folder of reports.
    """
    yield from _Walk(suffixes, archives, _Budget()).members(data, where, depth=1)


@dataclass(frozen=True, slots=True)
class _Walk:
    suffixes: tuple[str, ...]
    archives: tuple[str, ...]
    budget: _Budget

    def members(self, data: bytes, where: str, depth: int) -> Iterator[Member]:
        kind = sniffed(data)
        entries = (
            _zip_entries(data, where, self.budget)
            if kind is Format.ZIP
            else _tar_entries(data, kind, where, self.budget)
        )
        for entry, opened in entries:
            is_archive = entry.name.lower().endswith(self.archives)
            if not is_archive and not entry.name.lower().endswith(self.suffixes):
                continue
            if any(part.startswith((*_SKIPPED, "__MACOSX")) for part in entry.name.split("/")):
                continue
            inside = f"{where}/{entry.name}"
            content = self._content(entry, opened, inside)
            if is_archive and isinstance(content, bytes) and sniffed(content) in ARCHIVE_KINDS:
                yield from self._nested(entry, content, inside, depth)
            else:
                yield Member(entry.name, content)

    def _nested(self, entry: _Entry, data: bytes, where: str, depth: int) -> Iterator[Member]:
        """The members of an archive inside the archive, named below it."""
        if depth >= MAX_DEPTH:
            yield Member(
                entry.name, _refusal(where, "an archive inside an archive inside an archive", "压缩包嵌套过多")
            )
            return
        try:
            for member in self.members(data, where, depth + 1):
                yield Member(f"{entry.name}/{member.name}", member.data)
        except ReadError as error:
            yield Member(entry.name, error)

    def _content(self, entry: _Entry, opened: _Opener, where: str) -> bytes | ReadError:
        """The bytes of a member; raises only where the archive as a whole has to be given up."""
        if entry.refusal is not None:
            return _refusal(where, *entry.refusal)
        if entry.size > max(_SMALL, MAX_RATIO * entry.packed):
            return _refusal(where, f"unpacks from {entry.packed:,} to {entry.size:,} bytes", "压缩比异常")
        if min(entry.size, MAX_MEMBER) > self.budget.unpacked:
            raise _refusal(where, f"the archive unpacks to more than {MAX_UNPACKED:,} bytes", "压缩包解压后过大")
        try:
            with opened() as member:
                data = member.read(MAX_MEMBER)
        except ReadError:  # of the stream below: all that follows is lost
            raise
        except Exception as error:  # whatever a damaged member makes the libraries stumble over
            return _damaged(where, error)
        self.budget.unpacked -= len(data)
        return data


class _Opener:
    """Opens one member when its bytes are asked for."""

    def __init__(self, archive: zipfile.ZipFile | tarfile.TarFile, member: zipfile.ZipInfo | tarfile.TarInfo) -> None:
        self.archive, self.member = archive, member

    def __call__(self) -> IO[bytes]:
        if isinstance(self.archive, zipfile.ZipFile):
            return self.archive.open(self.member)  # type: ignore[arg-type]
        opened = self.archive.extractfile(self.member)  # type: ignore[arg-type]
        return io.BytesIO() if opened is None else opened


# Zip


def _zip_entries(data: bytes, where: str, budget: _Budget) -> Iterator[tuple[_Entry, _Opener]]:
    if data.count(_LISTED) > _MOST_LISTED:
        raise _refusal(where, f"more than {MAX_MEMBERS:,} members", "文件数过多")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise _damaged(where, error) from error
    for info in archive.infolist():
        budget.count(where)
        if not info.is_dir():
            yield _zip_entry(info), _Opener(archive, info)


def _zip_entry(info: zipfile.ZipInfo) -> _Entry:
    written = zip_name(info)
    name, refusal = _inside_path(written)
    if stat.S_ISLNK(info.external_attr >> 16):
        refusal = ("a link, not a file", "是链接而不是文件")
    elif info.flag_bits & 1:
        refusal = ("protected by a password; pack it again without one", "已加密，请重新打包且不设密码")
    elif not unpacks_in_steps(info):
        refusal = (
            "packed in another way than usual; pack it again as a plain .zip",
            "压缩方式特殊，请重新打包为普通 .zip",
        )
    return _Entry(name, info.file_size, info.compress_size, refusal)


def zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name as its maker wrote it: programs in China write GBK, others UTF-8, and few say which."""
    given = _unicode_name(info)
    if given is not None:
        return given
    if info.flag_bits & 0x800:
        return info.orig_filename
    written = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _unicode_name(info: zipfile.ZipInfo) -> str | None:
    """The name in the extra field 0x7075 (Info-ZIP), where an archive gives it once more in UTF-8."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == 0x7075 and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return None


# Tar


def _tar_entries(data: bytes, kind: Format, where: str, budget: _Budget) -> Iterator[tuple[_Entry, _Opener]]:
    """The files of a tar archive, read once from its begin to its end."""
    packed = io.BytesIO(data)
    stream: Any = _Bounded(gzip.GzipFile(fileobj=packed) if kind is Format.GZIP else packed, where, MAX_UNPACKED)
    try:
        with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
            for info in archive:
                stream.next_header = archive.offset
                budget.count(where)
                if not info.isdir():
                    yield _tar_entry(info), _Opener(archive, info)
    except ReadError:
        raise
    except _DAMAGE as error:
        raise _damaged(where, error) from error


def _tar_entry(info: tarfile.TarInfo) -> _Entry:
    written = info.name.encode("utf-8", "surrogateescape")
    try:
        name, refusal = _inside_path(written.decode("utf-8"))
    except UnicodeDecodeError:
        name, refusal = _inside_path(written.decode("gb18030", "replace"))
    if not info.isfile():
        refusal = ("a link or device, not a file", "是链接或设备而不是文件")
    elif info.issparse():
        refusal = ("a sparse file", "是稀疏文件")
    return _Entry(name, info.size, info.size, refusal)


class _Bounded:
    """A tar's stream that gives up when more comes out of it, or stands in headers, than in any archive of reports."""

    def __init__(self, stream: io.BytesIO | gzip.GzipFile, where: str, most: int) -> None:
        self.stream, self.where, self.left = stream, where, most
        self.given, self.next_header = 0, 0

    def read(self, size: int) -> bytes:
        data = self.stream.read(size)
        self.left -= len(data)
        self.given += len(data)
        if self.given > self.next_header + MAX_HEADERS:
            raise _refusal(self.where, f"headers of more than {MAX_HEADERS:,} bytes", "文件头过大")
        if self.left < 0:
            raise _refusal(self.where, f"the archive unpacks to more than {MAX_UNPACKED:,} bytes", "压缩包解压后过大")
        return data


# Names and refusals


def _inside_path(written: str) -> tuple[str, tuple[str, str] | None]:
    """A member's path within the archive, and why it is refused where it leads out of it."""
    slashed = written.replace("\\", "/")
    parts = [part for part in slashed.split("/") if part not in ("", ".")]
    leads_out = slashed.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", slashed) is not None
    kept = [_CONTROL.sub("_", part) for part in parts if part != ".."]
    name = posixpath.join(*kept) if kept else "_"
    return name, ("its name leads out of the archive", "文件名指向压缩包之外") if leads_out else None


def _refusal(where: str, what: str, what_zh: str) -> ReadError:
    return ReadError(
        f"{where}: {what}, so it is not read; unpack what is needed and give that",
        zh=f"{where}：{what_zh}，不予读取；请解压所需文件后再读",
    )


def _damaged(where: str, error: BaseException) -> ReadError:
    why = str(error) or type(error).__name__
    return ReadError(
        f"{where}: cut off or damaged ({why}); get the archive anew, or unpack it and give the files",
        zh=f"{where}：压缩包不完整或已损坏（{why}）；请重新获取，或解压后再读",
    )
