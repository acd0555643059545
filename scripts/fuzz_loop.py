"""The fuzzing loop itself: tries texts until its time is up, and writes down every fault as it meets it.

``python scripts/fuzz_loop.py FOUND [LIBFUZZER-OPTIONS] CORPUS``, from the top of the repository, with atheris: a fault
does not stop the loop; of each name the shortest text is kept in the folder FOUND.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import Any

import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]

with atheris.instrument_imports(include=["extract"]):
    from tests.fuzz import target

    import extract

    extract.extract("计划供地700宗，实际供地764宗。")  # what is loaded on first use is instrumented as well

from tests.fuzz.mutation import crossed, mutated
from tests.fuzz.notebook import Notebook
from tests.fuzz.slowness import SlowTexts


class Fuzzing:
    """One run: the texts tried, what they showed, and how long they took."""

    def __init__(self, found: Path) -> None:
        self._notebook, self._slow = Notebook(found), SlowTexts()

    def try_bytes(self, data: bytes) -> None:
        text = target.decoded(data)
        self._try(text)
        long = target.stretched(text)
        if long is not None:
            self._try(long)

    def _try(self, text: str) -> None:
        """Notes a fault, or else that the quantities took very long."""
        try:
            excess = self._slow.excess(text, target.check_quantities)
            target.check_some_claims(text)
        except Exception as error:
            self._notebook.note(target.name_of(error), text)
            return
        if excess is not None:
            self._notebook.note_slow(text, excess)


def custom_mutator(data: bytes, max_size: int, seed: int) -> bytes:
    """Mostly changes that know how figures are written; one in eight as libFuzzer likes it."""
    random = Random(seed)
    if random.randrange(8) == 0:
        changed: bytes = atheris.Mutate(data, max_size)
        return changed
    return target.encoded(mutated(target.decoded(data), random, longest=max_size))[:max_size]


def custom_crossover(first: bytes, second: bytes, max_size: int, seed: int) -> bytes:
    text = crossed(target.decoded(first), target.decoded(second), Random(seed), longest=max_size)
    return target.encoded(text)[:max_size]


def main(arguments: list[str]) -> None:
    fuzzing = Fuzzing(Path(arguments[1]))
    options: dict[str, Any] = {"custom_mutator": custom_mutator, "custom_crossover": custom_crossover}
    atheris.Setup([arguments[0], *arguments[2:]], fuzzing.try_bytes, **options)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
