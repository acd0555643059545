"""Says what a run of the loop found, each fault with the smallest text that shows it; called by ``scripts/fuzz``.

``python -m tests.fuzz.report FOUND``: ends with 1 when there is a fault or a slow text.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.fuzz.notebook import SLOW, Found, read_notebook
from tests.fuzz.shrinking import shrunk
from tests.fuzz.slowness import seconds_of
from tests.fuzz.target import check_quantities, fault_of

SHOWN = 120  #: characters of a text
SHRINKING_LIMIT = 600  #: trials for each fault


def main(folder: Path) -> int:
    found = list(read_notebook(folder))
    lines = [_fault(item) for item in found if item.name != SLOW]
    slow = sorted((item for item in found if item.name == SLOW), key=lambda item: -item.excess)
    lines += [_slow(item) for item in slow]
    sys.stdout.write("".join(f"{line}\n" for line in lines) or "nothing found\n")
    return 1 if lines else 0


def _fault(item: Found) -> str:
    if fault_of(item.text) != item.name:
        return f"{item.name}: {_shown(item.text)} (only inside the loop; alone it passes)"
    smallest = shrunk(item.text, lambda text: fault_of(text) == item.name, trials=SHRINKING_LIMIT)
    return f"{item.name}: {_shown(smallest)}"


def _slow(item: Found) -> str:
    times = [min(seconds_of(check_quantities, item.text * times) for _ in range(3)) for times in (1, 2)]
    return (
        f"slow: {item.excess:.0f} times the median cost of a character; {len(item.text)} characters take "
        f"{times[0] * 1000:.1f} ms, twice as many {times[1] / times[0]:.1f} times as long: {_shown(item.text)}"
    )


def _shown(text: str) -> str:
    return repr(text) if len(text) <= SHOWN else f"{text[:SHOWN]!r} … ({len(text)} characters)"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
