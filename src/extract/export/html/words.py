"""The words and signs of the HTML report, from ``data/report/words.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

from extract.errors import LexiconError
from extract.lexicons import compiled, data_text
from extract.records import (
    Answer,
    Approx,
    Basis,
    FindingType,
    NumericKind,
    Role,
    Severity,
    Stage,
    Verdict,
)

FILE = "report/words.yaml"
_SETS: dict[str, type[StrEnum]] = {
    "roles": Role,
    "severities": Severity,
    "verdicts": Verdict,
    "answers": Answer,
    "bases": Basis,
    "finding_types": FindingType,
    "stages": Stage,
    "approximations": Approx,
    "kinds": NumericKind,
}
_KEYS = {"word", "sign", "about"}


@dataclass(frozen=True, slots=True)
class Word:
    """How a value is said on the page."""

    word: str
    sign: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the page says that does not come from a report."""

    values: Mapping[tuple[type[StrEnum], str], Word]  #: by set too: ``budget`` stands in several
    reasons: tuple[tuple[re.Pattern[str], str], ...]
    terms: Mapping[str, str]  #: the words that stand in reasons
    pairing: Mapping[str, str]  #: Chinese for what speaks for a pair, as ``models/pairs.tsv`` calls it
    labels: Mapping[str, str]

    def label(self, name: str, **parts: object) -> str:
        return self.labels[name].format(**parts)

    def of(self, value: StrEnum) -> Word:
        return self.values[type(value), value.value]

    def reason(self, reason: str, slots: Mapping[str, str]) -> str:
        """A reason in Chinese as far as the table knows it; ``slots`` gives the names of slots.

        >>> default_words().reason("slot land.supply: near 供地", {"land.supply": "土地供应"})
        '指标“土地供应”：紧邻“供地”'
        """
        said = self._said(reason, slots)
        return reason if said is None else said

    def pair_reasons(self, reasons: Iterable[str], slots: Mapping[str, str]) -> tuple[str, ...]:
        """What speaks for a pair, in Chinese and each once; what has no Chinese words is left out.

        >>> default_words().pair_reasons(["same unit", "columns None and None", "near value"], {})
        ('单位相同', '数值相近')
        """
        said = (self.pairing[each] if each in self.pairing else self._said(each, slots) for each in reasons)
        return tuple(dict.fromkeys(words for words in said if words))

    def _said(self, reason: str, slots: Mapping[str, str]) -> str | None:
        for pattern, zh in self.reasons:
            match = pattern.fullmatch(reason)
            if match:
                held = [self.terms.get(part.strip(), part.strip()) for part in match.groups()]
                inner = [self.reason(part, slots) for part in held[1:]] if "{slot}" in zh else held[1:]
                return zh.format("", *held[:1], *inner, slot=slots.get(held[0], held[0]) if held else "")
        return None


def parse_words(text: str, name: str = FILE) -> Words:
    """The words that a YAML text spells out.

    Raises:
        LexiconError: naming the group, if one is missing, or lacks a value, or has one that nobody uses.
    """
    data: dict[str, Any] = yaml.safe_load(text)
    _same(name, "groups", data, {*_SETS, "reasons", "terms", "pairing", "labels"})
    values: dict[tuple[type[StrEnum], str], Word] = {}
    for group, kind in _SETS.items():
        _same(f"{name}: {group}", "values", data[group], {value.value for value in kind})
        for value in kind:
            entry = data[group][value.value]
            if not set(entry) <= _KEYS or "word" not in entry:
                raise LexiconError(f"{name}: {group}.{value}: keys are {sorted(entry)}; give word, and sign and about")
            values[kind, value.value] = Word(**entry)
    reasons = tuple((compiled(pattern, f"{name}: reasons"), zh) for pattern, zh in data["reasons"])
    return Words(values, reasons, data["terms"], data["pairing"], data["labels"])


def _same(where: str, what: str, given: Iterable[str], expected: set[str]) -> None:
    missing, unknown = expected - set(given), set(given) - expected
    if missing or unknown:
        raise LexiconError(f"{where}: {what} missing {sorted(missing)}, unknown {sorted(unknown)}")


@cache
def default_words() -> Words:
    return parse_words(data_text(FILE))
