"""Files, folders and standard input as a list of documents to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

STANDARD_INPUT = "-"
SUFFIXES = (".txt", ".docx", ".doc", ".wps", ".rtf", ".odt", ".ofd")
_OTHER_SUFFIXES = (
    ".pdf",
    ".xls",
    ".xlsx",
    ".et",
    ".html",
    ".htm",
    ".mht",
    ".jpg",
    ".png",
    ".zip",
)
_SKIPPED = (".", "~$")  #: hidden files, and the locks that Word leaves beside open documents


@dataclass(frozen=True, slots=True)
class Found:
    """A document to read: where it lies, and the name its records carry."""

    path: Path | None  #: None for standard input
    name: str


def find_documents(paths: Iterable[str]) -> Iterator[Found]:
    """Every document under ``paths`` in a fixed order; a folder gives its readable files, named relative to it.

    A path that does not exist is given too: reading it says so.
    """
    for given in paths:
        if given == STANDARD_INPUT:
            yield Found(None, "stdin.txt")
            continue
        path = Path(given)
        if path.is_dir():
            yield from (Found(file, file.relative_to(path).as_posix()) for file in _files_below(path))
        else:
            yield Found(path, path.name)


def passed_over(paths: Iterable[str]) -> tuple[Path, ...]:
    """Files in the folders among ``paths`` that look like documents and are of no kind that is read."""
    folders = (Path(given) for given in paths if given != STANDARD_INPUT)
    return tuple(file for folder in folders if folder.is_dir() for file in _files_below(folder, _OTHER_SUFFIXES))


def _files_below(folder: Path, suffixes: tuple[str, ...] = SUFFIXES) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, followlinks=False):
        folders.sort()
        for file in sorted(files):
            if file.lower().endswith(suffixes) and not file.startswith(_SKIPPED):
                yield Path(parent) / file
