"""Faults written by hand, as reviewers meet them: ``NAME.txt`` with ``NAME.yaml``, a list of what is wrong in it.

    - fault: what is wrong, in words
      types: [arithmetic, total]       # of a finding that says so
      places: [words of the text]      # each there once; a finding must touch one of them
      stated: "12.5%"                  # what the text says; empty where something lacks
      expected: "11.1%"                # what follows; empty where only a person could tell
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mutating.reading import Said, Span, findings_of, numbers_in
from mutating.tables import share

_KEYS = {"fault", "types", "places", "stated", "expected"}


class BlindError(ValueError):
    """A list of faults that does not fit its text."""


@dataclass(frozen=True, slots=True)
class BlindFault:
    fault: str
    types: frozenset[str]
    spans: tuple[Span, ...]
    stated: str
    expected: str


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    text: str
    faults: tuple[BlindFault, ...]


def read_cases(folder: Path, names: Iterable[str] = ()) -> list[Case]:
    wanted = set(names)
    texts = sorted(path for path in folder.glob("*.txt") if not wanted or path.stem in wanted)
    if not texts:
        raise BlindError(f"{folder}: no text NAME.txt of the names asked here")
    return [read_case(path) for path in texts]


def read_case(path: Path) -> Case:
    text = path.read_bytes().decode("utf-8")
    table = path.with_suffix(".yaml")
    told = yaml.safe_load(table.read_text(encoding="utf-8"))
    return Case(path.stem, text, tuple(_fault(entry, text, table.name) for entry in told))


def _fault(entry: dict[str, Any], text: str, where: str) -> BlindFault:
    if set(entry) != _KEYS:
        raise BlindError(f"{where}: keys {sorted(entry)}; there must be {sorted(_KEYS)}")
    spans = []
    for words in entry["places"]:
        if text.count(words) != 1:
            raise BlindError(f"{where}: {words!r} stands {text.count(words)} times in the text; give words that stand once")
        spans.append((text.index(words), text.index(words) + len(words)))
    return BlindFault(entry["fault"], frozenset(entry["types"]), tuple(spans), entry["stated"], entry["expected"])


def is_found_by(fault: BlindFault, said: Said) -> bool:
    return said.type in fault.types and said.touches(fault.spans)


def names_right(fault: BlindFault, said: Said) -> bool:
    return any(said.puts_right(str(number)) for number in numbers_in(fault.expected))


def print_blind(cases: list[Case], *, errors: int) -> None:
    """How many are found, how many put right, and what else was said."""
    found = hinted = right = asked = 0
    others: Counter[str] = Counter()
    for case in cases:
        said = findings_of(case.text)
        firm = [one for one in said if not one.is_hint]
        for fault in case.faults:
            answers = [one for one in firm if is_found_by(fault, one)]
            found += bool(answers)
            hinted += not answers and any(is_found_by(fault, one) for one in said)
            asked += bool(numbers_in(fault.expected))
            right += any(names_right(fault, one) for one in answers)
            if errors and not answers:
                print(f"{case.name}: undetected: {fault.fault} (stated {fault.stated or '—'}, {fault.expected or '—'} follows)")
        beside = [one for one in firm if not any(is_found_by(fault, one) for fault in case.faults)]
        others.update(f"{one.rule} {one.type}" for one in beside)
        if errors:
            for one in beside:
                print(f"{case.name}: also said: {one.rule} {one.type} {one.severity}: {one.message}")
    total = sum(len(case.faults) for case in cases)
    told = ", ".join(f"{rule} {count}" for rule, count in sorted(others.items())) or "none"
    print(f"faults by hand: {total} in {len(cases)} texts; detected {found} ({share(found, total)}), {hinted} more by hints")
    print(f"right figure named: {right} of {asked} that have one")
    print(f"other findings: {sum(others.values())}; {told}")
