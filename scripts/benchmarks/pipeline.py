"""The whole extraction beside the bare scan: separate documents, one long document, and memory over many documents."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Sequence
from itertools import cycle, islice

from benchmarks.measuring import cpu_seconds, own_peak
from benchmarks.texts import LONG, documents, text_of_length
from benchmarks.timing import BARE_LEAST, bare_scan

RUNS = 3  #: over separate documents; the median counts
MANY = 200  #: documents read one after the other
WARM = 40  #: of these after which the program's own memory has grown to its size


def print_pipeline(paths: Sequence[str]) -> None:
    """In a process of its own, which has read nothing before."""
    sys.stdout.flush()
    done = subprocess.run([sys.executable, "-m", "benchmarks.pipeline", *paths], check=False)
    if done.returncode:
        raise SystemExit(f"bench: the measuring of the pipeline ended with exit code {done.returncode}")


def main(paths: Sequence[str]) -> None:
    texts = documents(paths)
    print(f"\n{'extract.extract of':28}  {'characters':>11}  {'chars/s':>12}  {'of bare':>8}")
    _extract_all(texts[:1])
    _print_speed(f"{len(texts)} separate documents", texts, runs=RUNS)
    print(f"\n{'documents read':28}  peak MiB")
    for first, last in ((0, WARM), (WARM, MANY)):
        _extract_all(list(islice(cycle(texts), first, last)))
        print(f"{last:<28}  {own_peak():8.1f}", flush=True)
    print()
    _print_speed("one document", [text_of_length(paths, LONG)], runs=1)


def _print_speed(name: str, texts: Sequence[str], *, runs: int) -> None:
    characters = sum(map(len, texts))
    joined = "\n".join(texts)
    joined *= max(1, BARE_LEAST // len(joined))
    rounds = [(cpu_seconds(lambda: _extract_all(texts)), cpu_seconds(lambda: bare_scan(joined))) for _ in range(runs)]
    seconds, bare = (statistics.median(times) for times in zip(*rounds, strict=True))
    share = bare / len(joined) / (seconds / characters)
    print(f"{name:28}  {characters:11,}  {characters / seconds:12,.0f}  {share:8.5f}", flush=True)


def _extract_all(texts: Sequence[str]) -> None:
    from extract.extraction import extract

    for text in texts:
        extract(text)


if __name__ == "__main__":
    main(sys.argv[1:])
