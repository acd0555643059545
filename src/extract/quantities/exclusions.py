"""Numbers that measure nothing: which kind of thing a number is, told by what stands around it.

Each row of ``exclusions.tsv`` is a pattern of its own. The characters beside a number, and how long the number is,
tell which rows can fit at all; most numbers need none, so that no pattern is tried on them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import regex

from extract.errors import LexiconError
from extract.lexicons import Exclusion, default_exclusions
from extract.quantities.gates import Gate, gate_behind, gate_in_front, gate_of_number
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
_NUMERALS = ("arabic", "bare", "chinese")
_SPACES = " \t\n\r\f\v"


class _Row(NamedTuple):
    row: Exclusion
    in_front: Gate
    behind: Gate
    first: Gate
    least: int  #: characters of the shortest number that fits
    most: int


@dataclass(frozen=True, slots=True)
class ExclusionPatterns:
    """The rows of ``exclusions.tsv`` that may set aside each sort of numeral, in the order of the file."""

    rows: dict[str, tuple[_Row, ...]]
    near: dict[tuple[str, str, str, str, str], tuple[_Row, ...]] = field(default_factory=dict, compare=False)

    def kind_at(self, text: str, start: int, end: int, numeral: str) -> NumericKind | None:
        """The kind of the number ``text[start:end]``, or None when no row sets it aside."""
        rows = self.rows_near(text, start, end, numeral)
        if not rows:
            return None
        first, length = text[start], end - start
        for row in rows:
            if row.least <= length <= row.most and row.first.admits(first):
                match = _pattern(row.row, numeral).match(text, start)
                if match is not None and match.end() == end:
                    return row.row.kind
        return None

    def rows_near(self, text: str, start: int, end: int, numeral: str) -> tuple[_Row, ...]:
        """The rows that the characters beside ``text[start:end]`` admit."""
        before = farther = text[start - 1] if start else "\n"
        after = beyond = text[end] if end < len(text) else "\n"
        place = start - 1
        while farther in _SPACES and place > 0:
            place -= 1
            farther = text[place]
        place = end
        while beyond in _SPACES and place + 1 < len(text):
            place += 1
            beyond = text[place]
        key = (numeral, before, farther, after, beyond)
        found = self.near.get(key)
        if found is None:
            found = tuple(
                row
                for row in self.rows[numeral]
                if row.in_front.stands_by(before, farther) and row.behind.stands_by(after, beyond)
            )
            if len(self.near) < _REMEMBERED:
                self.near[key] = found
        return found


_REMEMBERED = 20_000  #: pairs of neighbours; a text of random characters must not fill the memory


def compile_exclusions(rows: tuple[Exclusion, ...]) -> ExclusionPatterns:
    """Patterns that match exactly the number, with what must stand around it looked at from there.

    Raises:
        LexiconError: if a row is no pattern, does not fit its own example, or fits its counter-example.
    """
    for row in rows:
        _check_examples(row)
    return _sorted_by_numeral(rows)


def _sorted_by_numeral(rows: tuple[Exclusion, ...]) -> ExclusionPatterns:
    by_numeral: dict[str, list[_Row]] = {numeral: [] for numeral in _NUMERALS}
    for row in rows:
        before, after = row.pattern.split("<N>")
        first, least, most = gate_of_number(row.number)
        gated = _Row(row, gate_in_front(before), gate_behind(after), first, least, most)
        for numeral in _NUMERALS:
            if row.numeral in (numeral, "any") or (row.numeral == "arabic" and numeral == "bare"):
                by_numeral[numeral].append(gated)
    return ExclusionPatterns({numeral: tuple(each) for numeral, each in by_numeral.items()})


@cache
def _pattern(row: Exclusion, numeral: str) -> Any:
    return regex.compile(_part(row, numeral), regex.M)


def _part(row: Exclusion, numeral: str) -> str:
    before, after = row.pattern.split("<N>")
    look_behind = f"(?<={before})" if before else ""
    number = row.number or _ANY_NUMBER[numeral]
    return f"{look_behind}(?:{number}){_NOT_CUT[numeral]}(?={after})"


def _check_examples(row: Exclusion) -> None:
    try:
        pattern = _pattern(row, row.numeral)
    except regex.error as error:
        raise LexiconError(f"{row.where}: {row.pattern!r} is no pattern: {error}") from error
    if not pattern.search(row.example):
        raise LexiconError(f"{row.where}: example {row.example!r} is not set aside by {row.pattern!r}")
    if pattern.search(row.but_not):
        raise LexiconError(f"{row.where}: {row.but_not!r} is set aside by {row.pattern!r}, but should not be")


@cache
def default_patterns() -> ExclusionPatterns:
    """The package's own rows; a test checks their examples, so that no run waits for that."""
    return _sorted_by_numeral(default_exclusions())
