"""One reader timed beside the bare scan, in a process of its own; prints what it measured as JSON.

``python -m benchmarks.timing READER WAY CAP FILES``; run by ``readers.py``, in the environment that holds the reader.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks.loading import LOADERS
from benchmarks.measuring import cpu_seconds, own_peak
from benchmarks.texts import pieces

RUNS = 5  #: the median counts
WARM_UP = "全年投入资金1.26亿元，占25%，新建堤防12公里。"
BARE_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")  #: the simplest scan for numbers, without meaning
BARE_LEAST = 3_000_000  #: characters that the bare scan reads at a time: less would be too short to time


class Timing(NamedTuple):
    characters: int  #: that were read; fewer than asked where the cap would not have sufficed for all
    whole: bool  #: whether these were all
    seconds: float  #: of CPU to read them, the median
    bare: float  #: of CPU for the bare scan over the same characters, the median
    peak: float  #: MiB of the process


def main(reader: str, way: str, cap: str, *paths: str) -> None:
    sys.stdout.write(json.dumps(timing(LOADERS[reader](), pieces(paths, way), float(cap))._asdict()) + "\n")


def timing(read: Callable[[str], object], given: Sequence[str], cap: float) -> Timing:
    """Medians of rounds in which the reader and the bare scan take turns over as many pieces as the cap allows."""
    read(WARM_UP)
    within = pieces_within(cap / (RUNS + 1), read, given)
    joined = "\n".join(within)
    repeats = max(1, round(BARE_LEAST / len(joined)))

    def read_all() -> None:
        for piece in within:
            read(piece)

    def scan() -> None:
        for _ in range(repeats):
            bare_scan(joined)

    rounds = [(cpu_seconds(read_all), cpu_seconds(scan)) for _ in range(RUNS)]
    seconds, bare = (statistics.median(times) for times in zip(*rounds, strict=True))
    characters = sum(map(len, within))
    return Timing(characters, len(within) == len(given), seconds, bare / repeats, own_peak())


def pieces_within(seconds: float, read: Callable[[str], object], given: Sequence[str]) -> Sequence[str]:
    """The first pieces, as many as are read in so much CPU time, and one at least."""
    spent = 0.0
    for index, piece in enumerate(given):
        spent += cpu_seconds(lambda piece=piece: read(piece))  # type: ignore[misc]
        if spent > seconds:
            return given[: index + 1]
    return given


def bare_scan(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in BARE_NUMBER.finditer(text)]


if __name__ == "__main__":
    main(*sys.argv[1:])
