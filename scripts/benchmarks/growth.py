"""How our time grows with the text: what a character costs in longer texts, beside the shortest."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Sequence

from benchmarks.measuring import cpu_seconds
from benchmarks.texts import LONG, single_line, text_of_length

RUNS = 3  #: the median counts
TIMES = (1, 2, 4, 8)
SHORTEST = LONG // 8


def print_growth(paths: Sequence[str]) -> None:
    """In a process of its own, which has read nothing before."""
    sys.stdout.flush()
    done = subprocess.run([sys.executable, "-m", "benchmarks.growth", *paths], check=False)
    if done.returncode:
        raise SystemExit(f"bench: the measuring of growth ended with exit code {done.returncode}")


def main(paths: Sequence[str]) -> None:
    lines = {f"{times}×": text_of_length(paths, SHORTEST * times) for times in TIMES}
    long_line = single_line(paths)
    line = {"1×, a single line": long_line[:SHORTEST], "10 MB, a single line": long_line}
    print(f"\n{'extract.find_quantities on':28}  {'characters':>11}  {'CPU s':>8}  {'time':>7}  {'a character':>11}")
    for texts in (lines, line):
        _print_texts(texts)


def _print_texts(texts: dict[str, str]) -> None:
    """Time and time for a character, as ratios to the first text."""
    rounds = [[_seconds(text) for text in texts.values()] for _ in range(RUNS)]
    medians = [statistics.median(seconds) for seconds in zip(*rounds, strict=True)]
    first = next(iter(texts.values()))
    for (name, text), seconds in zip(texts.items(), medians, strict=True):
        ratio = seconds / medians[0]
        each = ratio * len(first) / len(text)
        print(f"{name:28}  {len(text):11,}  {seconds:8.3f}  {ratio:6.2f}×  {each:10.2f}×", flush=True)


def _seconds(text: str) -> float:
    from extract import find_quantities

    return cpu_seconds(lambda: find_quantities(text))


if __name__ == "__main__":
    main(sys.argv[1:])
