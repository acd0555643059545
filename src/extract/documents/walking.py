"""Files, folders, archives and standard input as a list of documents to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.documents.reading import MAX_BYTES, document_from_bytes, file_bytes, read_document
from extract.documents.sniffing import ARCHIVE_KINDS, begins_like_archive, sniffed
from extract.errors import ReadError
from extract.records import Document

STANDARD_INPUT = "-"
SUFFIXES = (
    ".txt",
    ".docx",
    ".doc",
    ".wps",
    ".rtf",
    ".odt",
    ".pdf",
    ".ofd",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".et",
    ".ods",
    ".csv",
    ".tsv",
    ".html",
    ".htm",
    ".mht",
    ".mhtml",
    ".md",
    ".markdown",
)
ARCHIVES = (
    ".zip",
    ".tar",
    ".tar.gz",
    ".tgz",
)
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp")  #: read where they are named, not in folders
_OTHER_SUFFIXES = (
    ".xlsb",
    *PICTURES,
    ".rar",
    ".7z",
)
_SKIPPED = (".", "~$")  #: hidden files, and the locks that Word leaves beside open documents


@dataclass(frozen=True, slots=True)
class Found:
    """A document to read: where it lies, and the name its records carry."""

    path: Path | None  #: None for standard input
    name: str
    inside: str = ""  #: its path in the archive that lies at ``path``
    data: bytes | ReadError | None = None  #: its bytes where they are had already, or why they cannot be had

    @property
    def where(self) -> str:
        """The place in messages."""
        place = "stdin" if self.path is None else str(self.path)
        return f"{place}/{self.inside}" if self.inside else place


def find_documents(paths: Iterable[str]) -> Iterator[Found]:
    """Every document under ``paths`` in a fixed order; a folder gives its readable files, named relative to it.

    An archive gives the documents inside, named as if it were a folder: ``reports.zip/水利/自评.docx``. A path that
    does not exist is given too: reading it says so.
    """
    for given in paths:
        if given == STANDARD_INPUT:
            yield Found(None, "stdin.txt")
            continue
        path = Path(given)
        if path.is_dir():
            for file in _files_below(path, (*SUFFIXES, *ARCHIVES)):
                yield from _documents_at(file, file.relative_to(path).as_posix())
        else:
            yield from _documents_at(path, path.name)


def read_found(found: Found) -> Document:
    """The document that was found, in a file or in an archive.

    Raises:
        ReadError: as ``read_document``, or because its archive does not give it.
    """
    if isinstance(found.data, ReadError):
        raise found.data
    if found.data is not None:
        return document_from_bytes(found.data, name=found.name, where=found.where)
    return read_document(found.path or found.name, name=found.name)


def passed_over(paths: Iterable[str]) -> tuple[Path, ...]:
    """Files in the folders among ``paths`` that look like documents and are of no kind that is read."""
    folders = (Path(given) for given in paths if given != STANDARD_INPUT)
    return tuple(file for folder in folders if folder.is_dir() for file in _files_below(folder, _OTHER_SUFFIXES))


def _documents_at(path: Path, name: str) -> Iterator[Found]:
    """The document at ``path``, or those in the archive that it is."""
    if not is_archive(path):
        yield Found(path, name)
        return
    from extract.documents.archives import MAX_ARCHIVE, read_members

    try:
        data = file_bytes(path, at_most=MAX_ARCHIVE)
        for member in read_members(data, where=str(path), suffixes=SUFFIXES, archives=ARCHIVES):
            yield Found(path, f"{name}/{member.name}", member.name, member.data)
    except ReadError as error:
        yield Found(path, name, data=error)


def is_archive(path: Path) -> bool:
    """Whether a file is an archive of documents: told by its content, of a large one by its name too.

    What is named like a document and holds others is none: it is refused as the document that it claims to be.
    """
    try:
        if path.name.lower().endswith(SUFFIXES) or not path.is_file():
            return False
        with path.open("rb") as file:
            if not begins_like_archive(file.read(512)):
                return False
            if path.stat().st_size > MAX_BYTES:
                return path.name.lower().endswith(ARCHIVES)
            file.seek(0)
            return sniffed(file.read(MAX_BYTES + 1)) in ARCHIVE_KINDS
    except OSError:
        return False  # reading it says why


def _files_below(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, followlinks=False):
        folders.sort()
        for file in sorted(files):
            if file.lower().endswith(suffixes) and not file.startswith(_SKIPPED):
                yield Path(parent) / file
