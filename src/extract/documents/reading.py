"""Path → Document: the only place that opens what a user names."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from extract.documents.content import Content
from extract.documents.decoding import decoded
from extract.documents.masthead import Masthead, read_masthead
from extract.documents.readers import loaded, reader_named, recognising_reader_named
from extract.documents.sniffing import Format, read_as, refused, sniffed
from extract.errors import ReadError
from extract.records import Document

MAX_BYTES = 32 * 1024 * 1024


def read_document(path: str | os.PathLike[str], *, name: str | None = None, guarded: bool = True) -> Document:
    """The text of a file, with what its first page says of year and organisation; of a text file exactly as it is.

    Everything but plain text is read in a process of its own, within limits (``guarded.py``), unless ``guarded`` is
    False: then a file that is built to do harm can do it here.

    Raises:
        ReadError: if the file is missing, empty, too large, damaged, of a kind that is not read or not decodable.
    """
    file = Path(path)
    if file.is_dir():
        raise ReadError(
            f"{file}: a folder, not a file; give the folder to 'extract run', which walks it",
            zh=f"{file}：是文件夹而不是文件；请用 extract run 读取文件夹",
        )
    return document_from_bytes(file_bytes(file), name=name or file.name, where=str(file), guarded=guarded)


def file_bytes(file: Path, *, at_most: int = MAX_BYTES) -> bytes:
    """What a file holds.

    Raises:
        ReadError: if it is missing, forbidden, no regular file or larger than ``at_most`` bytes.
    """
    try:
        with open(file, "rb", opener=_without_waiting) as opened:
            told = os.fstat(opened.fileno())
            if not stat.S_ISREG(told.st_mode):
                raise _no_file(str(file))
            if told.st_size > at_most:
                raise _too_large(str(file), told.st_size, at_most)
            data = opened.read(at_most + 1)
    except OSError as error:
        raise ReadError(
            f"{file}: {error.strerror or error}; check the path and its permissions",
            zh=f"{file}：{_zh_reason(error)}；请检查路径和权限",
        ) from error
    if len(data) > at_most:  # it grew, or never told its size
        raise _too_large(str(file), len(data), at_most)
    return data


def _without_waiting(path: str, flags: int) -> int:
    """Opens ``path``; a pipe whose other end nobody has opened does not keep us waiting."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def text_from_bytes(data: bytes, *, where: str) -> str:
    """The text that ``data`` spells, which may be empty.

    Raises:
        ReadError: if the data are too large, binary or not decodable.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(where, len(data))
    return decoded(data, where)


def document_from_bytes(data: bytes, *, name: str, where: str, guarded: bool = True) -> Document:
    """The document that ``data`` holds; what it is, its content says, not its name; ``guarded`` as there.

    Raises:
        ReadError: as ``read_document``.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(where, len(data))
    content = _content(data, name=name, where=where, guarded=guarded)
    text = content.text
    if not text.strip():
        raise ReadError(
            f"{where}: empty; there is no text in it, check that the right file was given",
            zh=f"{where}：空文件，没有文字；请确认文件是否正确",
        )
    head: Masthead = read_masthead(text)
    return Document(
        name=name,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=content.media_type,
        pages=content.pages,
        grids=content.grids,
        stretches=content.stretches,
        notes=content.notes,
        title=head.title,
        organisation=head.organisation,
        year=head.year,
        report_type=head.report_type,
    )


def _content(data: bytes, *, name: str, where: str, guarded: bool) -> Content:
    kind = read_as(sniffed(data), name=name)
    refusal = refused(data, kind, name=name, where=where)
    if refusal is not None:
        raise refusal
    reader = reader_named(kind)
    if reader is None:
        return Content(text=decoded(data, where), media_type="text/plain")
    content = _read(data, reader, kind, where=where, guarded=guarded)
    if content.unread:
        reader = recognising_reader_named(kind)
        content = _read(data, reader, kind, where=where, guarded=guarded, pictures=content.unread)
    return content


def _read(
    data: bytes, reader: tuple[str, str], kind: Format, *, where: str, guarded: bool, pictures: int = 0
) -> Content:
    """What ``reader`` makes of ``data``, of which ``pictures`` pages have to be recognised."""
    if not guarded:
        return loaded(reader)(data, where=where)
    from extract.documents.guarded import guarded_content, limits_of

    return guarded_content(data, reader=reader, where=where, limits=limits_of(kind, pictures=pictures))


def _no_file(where: str) -> ReadError:
    return ReadError(
        f"{where}: a pipe or device, not a file; save its content as a file, or give '-' and it on standard input",
        zh=f"{where}：是管道或设备而不是文件；请先存成文件，或用 - 从标准输入读取",
    )


def _too_large(where: str, size: int, most: int = MAX_BYTES) -> ReadError:
    return ReadError(
        f"{where}: {size:,} bytes or more; a document of more than {most:,} bytes is not read; split the file",
        zh=f"{where}：{size:,} 字节或更多；超过 {most:,} 字节的文件不予读取，请拆分",
    )


def _zh_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不存在"
    return "没有读取权限" if isinstance(error, PermissionError) else str(error.strerror or error)
