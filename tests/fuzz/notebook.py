"""What a run of the loop found, kept on disk at once: the loop is ended from outside and has no last word."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SLOW = "slow"
SLOWEST = 20  #: slow texts kept of one run


class Found(NamedTuple):
    name: str  #: of the fault, or ``slow``
    text: str
    excess: float  #: of a slow text: how many times the median cost of a character it took; else 0


class Notebook:
    """A folder with one JSON file per fault, and the texts that took longest."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._shortest: dict[str, int] = {found.name: len(found.text) for found in read_notebook(folder)}
        self._slow: list[tuple[float, Path]] = []

    def note(self, name: str, text: str) -> None:
        """Keeps ``text`` when it is the shortest that shows this fault."""
        if len(text) < self._shortest.get(name, sys.maxsize):
            self._shortest[name] = len(text)
            self._write(Found(name, text, 0.0), name)

    def note_slow(self, text: str, excess: float) -> None:
        """Keeps ``text`` while it is among the slowest."""
        self._slow.append((excess, self._write(Found(SLOW, text, excess), SLOW + text)))
        self._slow.sort(reverse=True)
        for _, path in self._slow[SLOWEST:]:
            path.unlink(missing_ok=True)
        del self._slow[SLOWEST:]

    def _write(self, found: Found, key: str) -> Path:
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        path = self._folder / f"{digest}.json"
        path.write_text(json.dumps(found._asdict()) + "\n", encoding="ascii")
        return path


def read_notebook(folder: Path) -> Iterator[Found]:
    """What the folder holds, in the order of the files' names."""
    for path in sorted(folder.glob("*.json")):
        yield Found(**json.loads(path.read_text(encoding="ascii")))
