"""Where records go: stdout, or a file that appears only when it is whole."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from extract.errors import UsageError

PARTIAL = ".part"


class RecordFile:
    """Lines of finished documents, kept in ``OUT.part`` and moved to ``OUT`` at the end of a whole run.

    With ``resume`` the documents that an interrupted run finished are kept, and ``finished`` names them.
    """

    def __init__(self, path: Path, *, resume: bool) -> None:
        self.path, self.partial = path, path.with_name(path.name + PARTIAL)
        if not path.parent.is_dir():
            raise UsageError(
                f"{path.parent}: no such folder; make it first", zh=f"{path.parent}：文件夹不存在，请先建立"
            )
        self.finished: frozenset[str] = self._kept() if resume else frozenset()
        self.file: IO[bytes] = self.partial.open("ab" if resume else "wb")

    def _kept(self) -> frozenset[str]:
        """Cuts the partial file behind its last whole document and names what is left."""
        if not self.partial.is_file():
            return frozenset()
        lines = self.partial.read_bytes().splitlines(keepends=True)
        whole = [line for line in lines if line.endswith(b"\n")]
        names = [json.loads(line)["doc"] for line in whole]
        while names and names[-1] == names[0] == names[len(names) // 2] and len(set(names)) == 1:
            names, whole = [], []
        last = names[-1] if names else None
        kept = [line for line, name in zip(whole, names, strict=True) if name != last]
        temporary = self.partial.with_name(self.partial.name + ".new")
        temporary.write_bytes(b"".join(kept))
        temporary.replace(self.partial)
        return frozenset(name for name in names if name != last)

    def write(self, lines: Iterable[str]) -> None:
        """One document's lines, at once."""
        self.file.write("".join(lines).encode("utf-8"))
        self.file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.fsync(self.file.fileno())
        self.file.close()
        if kind is None:
            self.partial.replace(self.path)


class Stdout:
    """Lines on standard output, UTF-8 and no newline translation on any system."""

    finished: frozenset[str] = frozenset()

    def write(self, lines: Iterable[str]) -> None:
        if sys.stdout is None:
            raise UsageError(
                "standard output is closed; give -o OUT or leave it open", zh="标准输出已关闭；请用 -o 指定输出文件"
            )
        sys.stdout.buffer.write("".join(lines).encode("utf-8"))
        sys.stdout.buffer.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return


def drop_stdout() -> None:
    """After its reader has gone: nothing more is written, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
