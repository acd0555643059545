"""The texts that readers are measured on: the files given, over and over."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

LONG = 1_000_000  #: characters
ONE_LINE = 10_000_000  #: bytes of UTF-8 in the text that is a single line
WAYS = ("text", "document", "line")  #: what is given to a reader in one call


def documents(paths: Sequence[str]) -> list[str]:
    """The text of each file that holds one."""
    texts = [Path(path).read_bytes().decode("utf-8-sig") for path in paths]
    told = [text for text in texts if text.strip()]
    if not told:
        raise SystemExit("bench: the texts given are empty")
    return told


def long_text(paths: Sequence[str], characters: int = LONG) -> str:
    """The documents one after the other, over and over, until there are so many characters (to the nearest round)."""
    once = "\n".join(documents(paths))
    return "\n".join([once] * max(1, round(characters / (len(once) + 1))))


def text_of_length(paths: Sequence[str], characters: int) -> str:
    """The first characters of the long text, exactly so many."""
    return long_text(paths, characters + len(long_text(paths, 0)))[:characters]


def single_line(paths: Sequence[str], size: int = ONE_LINE) -> str:
    """A text without an end of line, of so many bytes (to the nearest character)."""
    once = "；".join("\n".join(documents(paths)).splitlines())
    line = once * (size // len(once.encode()) + 1)
    return line.encode()[:size].decode(errors="ignore")


def pieces(paths: Sequence[str], way: str) -> list[str]:
    """What a reader is given call by call: about a million characters as one text, as documents or as lines.

    Documents and lines stand in a random order, the same in every run: a reader that is too slow for all of them is
    measured on the first few, which must not all come from one report.
    """
    if way == "text":
        return [long_text(paths)]
    given = documents(paths)
    once = given if way == "document" else [line for text in given for line in text.splitlines() if line.strip()]
    mixed = once * max(1, round(LONG / sum(map(len, once))))
    random.Random(0).shuffle(mixed)
    return mixed
