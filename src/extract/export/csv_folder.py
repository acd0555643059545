"""A folder of CSV files for spreadsheets: written document by document, in place only when the run is whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from extract.errors import ReadError, UsageError
from extract.export.jsonl import error_record
from extract.export.tables import (
    CLAIM_COLUMNS,
    ERROR_COLUMNS,
    EXCLUDED_COLUMNS,
    FINDING_COLUMNS,
    PAIR_COLUMNS,
    Row,
    claim_rows,
    excluded_rows,
    finding_rows,
    pair_rows,
    safe_cell,
)
from extract.records import Extraction

PARTIAL = ".part"
_MARK = b"\xef\xbb\xbf"  # Excel takes a CSV file for UTF-8 only when it begins so
_ERRORS, _EXCLUDED, _PROGRESS = "errors.csv", "excluded.csv", "progress.jsonl"


class _Table(NamedTuple):
    columns: tuple[str, ...]
    rows: Callable[[Extraction], Iterator[Row]]


_TABLES = {
    "claims.csv": _Table(CLAIM_COLUMNS, claim_rows),
    "pairs.csv": _Table(PAIR_COLUMNS, pair_rows),
    "findings.csv": _Table(FINDING_COLUMNS, finding_rows),
    _EXCLUDED: _Table(EXCLUDED_COLUMNS, excluded_rows),
    _ERRORS: _Table(ERROR_COLUMNS, lambda _: iter(())),
}


class CsvFolder:
    """claims.csv, pairs.csv and findings.csv in ``folder``; errors.csv too when a document could not be read.

    Until the end the files are called ``*.part``; beside them ``progress.jsonl.part`` says how long each was behind
    each finished document, so that ``resume`` can go on behind the last whole one; ``finished`` names what an earlier
    run finished, and ``kept`` holds its failures and findings. With ``everything`` there is excluded.csv too.

    Raises:
        UsageError: if ``folder`` cannot be one.
    """

    def __init__(self, folder: Path, *, everything: bool = False, resume: bool = False) -> None:
        _make(folder)
        self.folder = folder
        self.names = tuple(name for name in _TABLES if everything or name != _EXCLUDED)
        notes = self._notes() if resume else []
        self.finished = frozenset(note["doc"] for note in notes)
        self.kept = tuple(record for note in notes for record in note["outcome"])
        self.files = self._opened(notes[-1]["sizes"] if notes else None)
        self.progress = self._partial(_PROGRESS).open("ab" if notes else "wb")
        self.failed = any(record["kind"] == "error" for record in self.kept)

    def _partial(self, name: str) -> Path:
        return self.folder / (name + PARTIAL)

    def _notes(self) -> list[dict[str, Any]]:
        """What a run that stopped wrote down: each finished document, and how long each file was behind it."""
        path = self._partial(_PROGRESS)
        if not all(self._partial(name).is_file() for name in (*self.names, _PROGRESS)):
            return []
        whole = [line for line in path.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]
        path.write_bytes(b"".join(whole))
        return [note for note in map(json.loads, whole) if set(note["sizes"]) == set(self.names)]

    def _opened(self, sizes: dict[str, int] | None) -> dict[str, IO[bytes]]:
        files: dict[str, IO[bytes]] = {}
        for name in self.names:
            file = self._partial(name).open("wb" if sizes is None else "r+b")
            if sizes is None:
                file.write(_header(_TABLES[name].columns))
            else:
                file.truncate(sizes[name])
                file.seek(sizes[name])
            files[name] = file
        return files

    def add(self, extraction: Extraction, source: bytes | None = None) -> None:
        """One document's rows, in each file."""
        for name in self.names:
            self.files[name].write(_csv(_TABLES[name].columns, _TABLES[name].rows(extraction)))
        severities = (finding.severity.value for finding in extraction.findings)
        self._note(extraction.document.name, [{"kind": "finding", "severity": severity} for severity in severities])

    def add_error(self, name: str, error: ReadError) -> None:
        record = error_record(name, "read", str(error))
        row = {column: safe_cell(str(record[column]), column) for column in ERROR_COLUMNS}
        self.files[_ERRORS].write(_csv(ERROR_COLUMNS, [row]))
        self.failed = True
        self._note(name, [{"kind": "error"}])

    def _note(self, document: str, outcome: list[dict[str, str]]) -> None:
        for file in self.files.values():
            file.flush()
        sizes = {name: file.tell() for name, file in self.files.items()}
        self.progress.write(json.dumps({"doc": document, "sizes": sizes, "outcome": outcome}).encode("ascii") + b"\n")
        self.progress.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in (*self.files.values(), self.progress):
            file.close()
        if kind is None:
            self._finish()

    def _finish(self) -> None:
        """Moves the files to their names; what an earlier run left and this one has not goes."""
        for name in _TABLES:
            if name in self.names and (name != _ERRORS or self.failed):
                self._partial(name).replace(self.folder / name)
            else:
                self._partial(name).unlink(missing_ok=True)
                (self.folder / name).unlink(missing_ok=True)
        self._partial(_PROGRESS).unlink()


def _make(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            f"{folder}: a file; --format csv writes a folder, give the name of one",
            zh=f"{folder}：是文件；--format csv 输出为文件夹，请给出文件夹名",
        )
    if not folder.parent.is_dir():
        raise UsageError(
            f"{folder.parent}: no such folder; make it first", zh=f"{folder.parent}：文件夹不存在，请先建立"
        )
    folder.mkdir(exist_ok=True)


def _header(columns: tuple[str, ...]) -> bytes:
    return _MARK + (",".join(columns) + "\r\n").encode("ascii")


def _csv(columns: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    """Lines of CSV as RFC 4180 has them, the same on every system."""
    buffer = io.StringIO(newline="")
    csv.DictWriter(buffer, columns, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode("utf-8", "backslashreplace")  # half a surrogate pair, of a file name
