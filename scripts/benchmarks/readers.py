"""The table of readers: characters a second, as a share of the bare scan, and beside ours."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from benchmarks.timing import Timing

OVERTIME = 6  #: times its cap that a peer may take in all, since a piece once begun is read to its end
STARTING = 30  #: seconds that a reader may take to be ready


class Row(NamedTuple):
    reader: str  #: a name of ``loading.LOADERS``
    way: str  #: of ``texts.WAYS``
    peer: str = ""  #: whose environment it runs in; empty: the program's own


_BARE = Row("bare scan for digits", "text")
_RECOGNIZERS = ("percentage", "number", "dimension", "currency")
OURS = (_BARE, *(Row("extract.find_quantities", way) for way in ("text", "document", "line")))
PEERS = (
    *(Row("JioNLP extract_money", way, "jionlp") for way in ("document", "line")),
    *(Row(f"Recognizers-Text {model}", "line", "recognizers") for model in _RECOGNIZERS),
    *(Row("Recognizers-Text, all four", way, "recognizers") for way in ("document", "line")),
    *(Row("duckling", way, "duckling") for way in ("document", "line")),
)


def print_readers(rows: Iterable[Row], pythons: Mapping[str, str], paths: Sequence[str], *, cap: float) -> None:
    """A line for each row, as soon as it is measured; rows of ours come first, so that the others can be compared."""
    print(
        f"\n{'reader':28}  {'a call':8}  {'characters':>11}  {'chars/s':>12}  {'of bare':>8}  {'ours is':>9}  peak MiB"
    )
    ours: dict[str, float] = {}
    shortened = False
    for row in rows:
        timing = timing_of(row, pythons.get(row.peer, sys.executable), paths, cap)
        head = f"{row.reader:28}  {row.way:8}"
        if isinstance(timing, str):
            print(f"{head}  {timing}", flush=True)
            continue
        share = timing.bare / timing.seconds
        if not row.peer and row is not _BARE:
            ours[row.way] = share
        shortened |= not timing.whole
        print(f"{head}  {_figures(timing, share, ours.get(row.way))}", flush=True)
    print(
        "each reader in a process of its own, in turns with the bare scan over the same characters; medians of CPU time"
    )
    if shortened:
        print(f"< fewer characters, for a reader too slow to read all of them several times within {cap:g} s")


def _figures(timing: Timing, share: float, ours: float | None) -> str:
    characters = f"{'' if timing.whole else '< '}{timing.characters:,}"
    times = f"{ours / share:,.1f} ×" if ours else ""
    speed = timing.characters / timing.seconds
    return f"{characters:>11}  {speed:12,.0f}  {share:8.5f}  {times:>9}  {timing.peak:8.1f}"


def timing_of(row: Row, python: str, paths: Sequence[str], cap: float) -> Timing | str:
    """What was measured, or in a few words why nothing could be."""
    limit = STARTING + OVERTIME * cap if row.peer else None
    command = [python, "-m", "benchmarks.timing", row.reader, row.way, str(cap if row.peer else math.inf), *paths]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False, cwd="/")
    except subprocess.TimeoutExpired:
        return f"not measured: over {limit:g} s, so slow is one {row.way}"
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        return f"not measured: {said[-1]}"
    return Timing(**json.loads(done.stdout.splitlines()[-1]))
