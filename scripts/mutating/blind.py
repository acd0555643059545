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
            raise BlindError(
                f"{where}: {words!r} stands {text.count(words)} times in the text; give words that stand once"
            )
        spans.append((text.index(words), text.index(words) + len(words)))
    return BlindFault(entry["fault"], frozenset(entry["types"]), tuple(spans), entry["stated"], entry["expected"])


def is_found_by(fault: BlindFault, said: Said) -> bool:
    return said.type in fault.types and said.touches(fault.spans)


def names_right(fault: BlindFault, said: Said) -> bool:
    return any(said.puts_right(str(number)) for number in numbers_in(fault.expected))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of a fault: the findings about it, the hints about it."""

    case: str
    fault: BlindFault
    findings: tuple[Said, ...]
    hints: tuple[Said, ...]

    @property
    def has_figure(self) -> bool:
        return bool(numbers_in(self.fault.expected))

    @property
    def is_right(self) -> bool:
        return any(names_right(self.fault, said) for said in self.findings)


def answered(case: Case, said: Iterable[Said]) -> tuple[list[Answer], list[Said]]:
    """The answer to each fault of a text, and the findings that are about none of them."""
    told = list(said)
    answers = []
    for fault in case.faults:
        about = [one for one in told if is_found_by(fault, one)]
        firm, hints = (tuple(one for one in about if one.is_hint is hint) for hint in (False, True))
        answers.append(Answer(case.name, fault, firm, hints))
    beside = [one for one in told if not one.is_hint and not any(is_found_by(fault, one) for fault in case.faults)]
    return answers, beside


def print_blind(cases: list[Case], *, errors: int) -> None:
    """How many are found, how many put right, and what else was said."""
    answers: list[Answer] = []
    others: list[tuple[str, Said]] = []
    for case in cases:
        of_case, beside = answered(case, findings_of(case.text))
        answers += of_case
        others += [(case.name, one) for one in beside]
    if errors:
        _print_errors(answers, others)
    _print_sums(answers, len(cases), Counter(f"{one.rule} {one.type}" for _, one in others))


def _print_errors(answers: Iterable[Answer], others: Iterable[tuple[str, Said]]) -> None:
    for answer in answers:
        if not answer.findings:
            stated, expected = answer.fault.stated or "—", answer.fault.expected or "—"
            print(f"{answer.case}: undetected: {answer.fault.fault} (stated {stated}, {expected} follows)")
    for name, one in others:
        print(f"{name}: also said: {one.rule} {one.type} {one.severity}: {one.message}")


def _print_sums(answers: list[Answer], texts: int, others: Counter[str]) -> None:
    found = sum(bool(answer.findings) for answer in answers)
    hinted = sum(bool(answer.hints) and not answer.findings for answer in answers)
    right = sum(answer.is_right for answer in answers if answer.has_figure)
    told = ", ".join(f"{rule} {count}" for rule, count in sorted(others.items())) or "none"
    print(f"faults by hand: {len(answers)} in {texts} texts")
    print(f"detected: {found} ({share(found, len(answers))}), {hinted} more by hints")
    print(f"right figure named: {right} of {sum(answer.has_figure for answer in answers)} that have one")
    print(f"other findings: {others.total()}; {told}")
