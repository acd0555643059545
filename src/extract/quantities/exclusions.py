"""Numbers that measure nothing: which kind of thing a number is, told by what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from extract.errors import LexiconError
from extract.lexicons import Exclusion, default_exclusions
from extract.records import NumericKind

_ANY_NUMBER = {
    "arabic": r"\d[\d,.]*",
    "bare": r"\d[\d,.]*",
    "chinese": r"[零〇一二两三四五六七八九十百千万亿]+",
    "any": r"(?:\d[\d,.]*|[零〇一二两三四五六七八九十百千万亿]+)",
}
_NOT_CUT = {
    "arabic": r"(?![\d.,]*\d)",
    "bare": r"(?!,?\d|\.\d(?!\d\d\d年|[\d,]))",
    "chinese": r"(?![零〇一二两三四五六七八九十百千万亿])",
    "any": r"(?![\d.,]*\d)(?![零〇一二两三四五六七八九十百千万亿])",
}


@dataclass(frozen=True, slots=True)
class ExclusionPatterns:
    """The rows of ``exclusions.tsv``, joined to one pattern for each sort of numeral."""

    by_numeral: dict[str, Any]
    kinds: dict[str, NumericKind]

    def kind_at(self, text: str, start: int, end: int, numeral: str) -> NumericKind | None:
        """The kind of the number ``text[start:end]``, or None when no row sets it aside."""
        match = self.by_numeral[numeral].match(text, start)
        return self.kinds[match.lastgroup] if match is not None and match.end() == end else None


def compile_exclusions(rows: tuple[Exclusion, ...]) -> ExclusionPatterns:
    """Patterns that match exactly the number, with what must stand around it looked at from there.

    Raises:
        LexiconError: if a row is no pattern, does not fit its own example, or fits its counter-example.
    """
    parts: dict[str, list[str]] = {"arabic": [], "bare": [], "chinese": []}
    kinds: dict[str, NumericKind] = {}
    for index, row in enumerate(rows):
        name = f"r{index}"
        kinds[name] = row.kind
        _check_examples(row)
        for numeral in ("arabic", "bare", "chinese"):
            if row.numeral in (numeral, "any") or (row.numeral == "arabic" and numeral == "bare"):
                parts[numeral].append(_part(row, numeral, name))
    return ExclusionPatterns({key: regex.compile("|".join(each), regex.M) for key, each in parts.items()}, kinds)


def _part(row: Exclusion, numeral: str, name: str) -> str:
    before, after = row.pattern.split("<N>")
    look_behind = f"(?<={before})" if before else ""
    number = row.number or _ANY_NUMBER[numeral]
    return f"{look_behind}(?P<{name}>{number}){_NOT_CUT[numeral]}(?={after})"


def _check_examples(row: Exclusion) -> None:
    numeral = "any" if row.numeral == "any" else row.numeral
    try:
        pattern = regex.compile(_part(row, numeral, "n"), regex.M)
    except regex.error as error:
        raise LexiconError(f"{row.where}: {row.pattern!r} is no pattern: {error}") from error
    if not pattern.search(row.example):
        raise LexiconError(f"{row.where}: example {row.example!r} is not set aside by {row.pattern!r}")
    if pattern.search(row.but_not):
        raise LexiconError(f"{row.where}: {row.but_not!r} is set aside by {row.pattern!r}, but should not be")


@cache
def default_patterns() -> ExclusionPatterns:
    return compile_exclusions(default_exclusions())
