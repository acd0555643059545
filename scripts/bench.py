"""Measures the program against what the same machine does at the same moment; called by ``scripts/bench``."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

RUNS = 7  #: of each process; the median counts
SCANS = 5  #: of the long text
BARE_REPEATS = 20  #: of the bare scan in each, which alone is too short to time
LONG = 1_000_000  #: characters
BARE_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")  #: the simplest scan for numbers, without meaning


class Cost(NamedTuple):
    seconds: float  #: CPU, user and system, of the whole process
    peak: float  #: MiB of memory held at most; never told lower than what this script holds itself


def main(paths: Sequence[str]) -> None:
    if paths[:1] == ["--scan"]:
        print_scan(paths[1:])
        return
    longest = max(paths, key=lambda path: Path(path).stat().st_size)
    print_processes(longest)
    subprocess.run([sys.executable, __file__, "--scan", *paths], check=True)


def print_processes(longest: str) -> None:
    """Start-up and a cold run of one document, each beside a Python that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        extract = [sys.executable, "-m", "extract"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "extract --help": [*extract, "--help"],
            f"extract run {Path(longest).name}": [*extract, "run", longest, "-o", f"{folder}/claims.jsonl"],
        }
        costs = median_costs(commands.values())
    print(f"{'process':48}  {'CPU s':>7}  {'ratio':>6}  {'peak MiB':>8}")
    for name, cost in zip(commands, costs, strict=True):
        print(f"{name:48}  {cost.seconds:7.3f}  {cost.seconds / costs[0].seconds:6.2f}  {cost.peak:8.1f}")


def median_costs(commands: Iterable[list[str]]) -> list[Cost]:
    """The median of each command over rounds in which they take turns, after one round that fills the caches."""
    rounds = [[cost_of(command) for command in commands] for _ in range(RUNS + 1)][1:]
    return [Cost(*map(statistics.median, zip(*costs, strict=True))) for costs in zip(*rounds, strict=True)]


def cost_of(command: list[str]) -> Cost:
    nothing = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, 1, 2)
    process = os.posix_spawn(command[0], command, os.environ, file_actions=nothing)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"bench: {' '.join(command)} ended with exit code {os.waitstatus_to_exitcode(status)}")
    return Cost(usage.ru_utime + usage.ru_stime, peak_of(usage.ru_maxrss))


def peak_of(maxrss: int) -> float:
    """MiB; Linux counts KiB, macOS bytes."""
    return maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def print_scan(paths: Sequence[str]) -> None:
    """Characters a second that the finder reads, beside a bare scan for digits over the same text."""
    import resource

    from extract.quantities import find_quantities

    text = long_text(paths)
    finder, digits = scan_seconds(text, find_quantities)
    found = sum(1 for _ in find_quantities(text))
    print(f"\n{'scan of ' + format(len(text), ',') + ' characters':48}  {'CPU s':>7}  {'ratio':>6}  {'M chars/s':>9}")
    for name, seconds in (("bare scan for digits", digits), (f"find_quantities ({found:,} found)", finder)):
        print(f"{name:48}  {seconds:7.3f}  {seconds / digits:6.2f}  {len(text) / seconds / 1e6:9.2f}")
    print(
        f"{'peak MiB of the scanning process':48}  {peak_of(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss):7.1f}"
    )


def long_text(paths: Sequence[str]) -> str:
    """The texts, over and over, until there are about a million characters."""
    once = "\n".join(Path(path).read_bytes().decode("utf-8-sig") for path in paths)
    if not once.strip():
        raise SystemExit("bench: the texts given are empty")
    return "\n".join([once] * max(1, round(LONG / (len(once) + 1))))


def scan_seconds(text: str, finder: Callable[[str], Iterable[object]]) -> tuple[float, float]:
    """CPU seconds of the finder and of the bare scan: medians over rounds in which they take turns."""

    def bare() -> None:
        for _ in range(BARE_REPEATS):
            _ = [match.span() for match in BARE_NUMBER.finditer(text)]

    rounds = [(cpu_seconds(lambda: list(finder(text))), cpu_seconds(bare)) for _ in range(SCANS)]
    found, digits = zip(*rounds, strict=True)
    return statistics.median(found), statistics.median(digits) / BARE_REPEATS


def cpu_seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1:])
