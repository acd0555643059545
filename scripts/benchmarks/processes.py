"""Start-up and a cold run of one document, each beside a Python that does nothing."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import median_costs


def print_processes(path: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        extract = [sys.executable, "-m", "extract"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "extract --help": [*extract, "--help"],
            f"extract run {Path(path).name}": [*extract, "run", path, "-o", f"{folder}/claims.jsonl"],
        }
        costs = median_costs(commands.values())
    print(f"{'process':48}  {'CPU s':>7}  {'ratio':>6}  {'peak MiB':>8}")
    for name, cost in zip(commands, costs, strict=True):
        print(f"{name:48}  {cost.seconds:7.3f}  {cost.seconds / costs[0].seconds:6.2f}  {cost.peak:8.1f}")
