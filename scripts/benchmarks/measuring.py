"""CPU time and peak memory, of a process or of a piece of work inside one."""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

RUNS = 7  #: of each process; the median counts


class Cost(NamedTuple):
    seconds: float  #: CPU, user and system, of the whole process
    peak: float  #: MiB of memory held at most; never told lower than what this script holds itself


def median_costs(commands: Iterable[list[str]]) -> list[Cost]:
    """The median of each command over rounds in which they take turns, after one round that fills the caches."""
    asked = list(commands)
    rounds = [[cost_of(command) for command in asked] for _ in range(RUNS + 1)][1:]
    return [Cost(*map(statistics.median, zip(*costs, strict=True))) for costs in zip(*rounds, strict=True)]


def cost_of(command: list[str]) -> Cost:
    nothing = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, 1, 2)
    process = os.posix_spawn(command[0], command, os.environ, file_actions=nothing)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"bench: {' '.join(command)} ended with exit code {os.waitstatus_to_exitcode(status)}")
    return Cost(usage.ru_utime + usage.ru_stime, _mebibytes(usage.ru_maxrss))


def cpu_seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def own_peak() -> float:
    """MiB that this process held at most; where the kernel tells, without what its parent held before it began."""
    status = Path("/proc/self/status")
    if status.exists():
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(fields["VmHWM"].split()[0]) / 1024
    return _mebibytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _mebibytes(maxrss: int) -> float:
    """MiB; Linux counts KiB, macOS bytes."""
    return maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
