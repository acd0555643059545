"""Where records go: stdout, or a file that appears only when it is whole."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from extract.errors import UsageError

PARTIAL = ".part"


class RecordFile:
    """Lines of finished documents, kept in ``OUT.part`` and moved to ``OUT`` at the end of a whole run.

    With ``resume`` the documents that an interrupted run finished are kept: ``kept`` holds their records, and
    ``finished`` names them.
    """

    def __init__(self, path: Path, *, resume: bool) -> None:
        self.path, self.partial = path, path.with_name(path.name + PARTIAL)
        if not path.parent.is_dir():
            raise UsageError(
                f"{path.parent}: no such folder; make it first", zh=f"{path.parent}：文件夹不存在，请先建立"
            )
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name a file in it", zh=f"{path}：是文件夹，请给出其中的文件名")
        self.kept = self._kept() if resume else ()
        self.finished = frozenset(str(record["doc"]) for record in self.kept)
        try:
            self.file: IO[bytes] = self.partial.open("ab" if resume else "wb")
        except OSError as error:
            raise _unwritable(str(self.partial), error) from error

    def _kept(self) -> tuple[dict[str, Any], ...]:
        """Cuts the partial file in front of its last document, which may be half written, and reads what is left."""
        if not self.partial.is_file():
            return ()
        lines = [line for line in self.partial.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]
        records = [self._record(line, number) for number, line in enumerate(lines, 1)]
        last = records[-1]["doc"] if records else None
        kept = [(line, record) for line, record in zip(lines, records, strict=True) if record["doc"] != last]
        temporary = self.partial.with_name(self.partial.name + ".new")
        temporary.write_bytes(b"".join(line for line, _ in kept))
        temporary.replace(self.partial)
        return tuple(record for _, record in kept)

    def _record(self, line: bytes, number: int) -> dict[str, Any]:
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        if not isinstance(record, dict) or not {"kind", "doc"} <= set(record):
            raise UsageError(
                f"{self.partial}: line {number} is no record of a run; remove the file or run without --resume",
                zh=f"{self.partial}：第 {number} 行不是记录；请删除该文件，或去掉 --resume",
            )
        return record

    def write(self, lines: Iterable[str]) -> None:
        """One document's lines, at once."""
        try:
            self.file.write(_encoded(lines))
            self.file.flush()
        except OSError as error:
            raise _unwritable(str(self.partial), error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # a full disk was said when it was written to
            os.fsync(self.file.fileno())
            self.file.close()
        if kind is None:
            self.partial.replace(self.path)


class Stdout:
    """Lines on standard output, UTF-8 and no newline translation on any system."""

    kept: tuple[dict[str, Any], ...] = ()
    finished: frozenset[str] = frozenset()

    def write(self, lines: Iterable[str]) -> None:
        if sys.stdout is None:
            raise UsageError(
                "standard output is closed; give -o OUT or leave it open", zh="标准输出已关闭；请用 -o 指定输出文件"
            )
        try:
            sys.stdout.buffer.write(_encoded(lines))
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            drop_stdout()
            raise _unwritable("stdout", error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return


def _encoded(lines: Iterable[str]) -> bytes:
    """UTF-8; half a surrogate pair (of a file name, of JSON) is written as the escape that JSON has for it."""
    return "".join(lines).encode("utf-8", "backslashreplace")


def _unwritable(where: str, error: OSError) -> UsageError:
    reason = error.strerror or str(error)
    return UsageError(f"{where}: cannot write: {reason}", zh=f"{where}：无法写入：{reason}")


def drop_stdout() -> None:
    """After its reader has gone: nothing more is written, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
