"""Numbers that measure nothing: which kind of thing a number is, told by what stands around it.

Each row of ``exclusions.tsv`` is a pattern of its own. The characters beside a number, and how long the number is,
tell which rows can fit at all; most numbers need none, so that no pattern is tried on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

import regex

from extract.errors import LexiconError
from extract.lexicons import Exclusion, default_exclusions
from extract.quantities.gates import Gate, NumberGate, gate_behind, gate_in_front, gate_of_number
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
SPACES = frozenset(" \t\n\r\f\v")


MOST_DIGITS = 10  #: of a plain number; phone numbers and codes have more


class ExclusionRow(NamedTuple):
    """A row with what tells in advance that it cannot fit."""

    row: Exclusion
    in_front: Gate
    behind: Gate
    number: NumberGate
    begins: Any  #: pattern of the number, which tells of a part of it too

    def may_begin_with(self, digits: str) -> bool:
        return self.begins is None or self.begins.fullmatch(digits, partial=True) is not None


class ExclusionPatterns:
    """The rows of ``exclusions.tsv``, ready to be asked; a set of rows is an integer with a bit for each."""

    def __init__(self, rows: tuple[ExclusionRow, ...]) -> None:
        self.rows = rows
        self.anywhere = {n: _Matchers(rows, n, at_edge=False) for n in _NUMERALS}
        self.at_edge = {n: _Matchers(rows, n, at_edge=True) for n in _NUMERALS}
        self.of_numeral = {n: _bits(n in _numerals_of(row.row) for row in rows) for n in _NUMERALS}
        self.of_first = _Bits(lambda digits: _bits(row.may_begin_with(digits) for row in rows))
        self.of_length = tuple(_bits(row.number.least <= n <= row.number.most for row in rows) for n in range(_LENGTHS))
        self.of_plain = _bits(_may_be_plain(row) for row in rows)
        self.in_front = _Bits(lambda near: _bits(row.in_front.stands_by(near[0], near[-1]) for row in rows))
        self.in_front_of_any = _Bits(lambda near: _bits(row.in_front.may_stand_by(near) for row in rows))
        self.behind = _Bits(lambda near: _bits(row.behind.stands_by(near[0], near[-1]) for row in rows))

    def kind_at(self, text: str, start: int, end: int, numeral: str) -> NumericKind | None:
        """The kind of the number ``text[start:end]``, or None when no row sets it aside."""
        rows = self.of_numeral[numeral] & self.near(text, start, end)
        return self.first_kind(rows, text, start, end, numeral) if rows else None

    def near(self, text: str, start: int, end: int) -> int:
        """The rows that the number itself and the characters beside it admit."""
        in_front, behind = near_in_front(text, start), near_behind(text, end)
        length = min(end - start, _LENGTHS - 1)
        return (
            self.in_front[in_front]
            & self.behind[behind]
            & self.of_first[text[start : min(end, start + 2)]]
            & self.of_length[length]
        )

    def first_kind(self, rows: int, text: str, start: int, end: int, numeral: str) -> NumericKind | None:
        """The kind that the first of ``rows`` which fits gives to ``text[start:end]``."""
        matchers = self.at_edge[numeral] if start and text[start - 1] == "\n" else self.anywhere[numeral]
        for kind, match_at in matchers[rows]:
            match = match_at(text, start)
            if match is not None and match.end() == end:
                return kind
        return None


class _Matchers(dict[int, tuple[tuple[NumericKind, Any], ...]]):
    """Rows → their kinds in order, and what matches each; compiled when first asked."""

    def __init__(self, rows: tuple[ExclusionRow, ...], numeral: str, *, at_edge: bool) -> None:
        super().__init__()
        self.rows, self.numeral, self.at_edge = rows, numeral, at_edge

    def __missing__(self, bits: int) -> tuple[tuple[NumericKind, Any], ...]:
        matchers = tuple(self._matcher(row.row) for index, row in enumerate(self.rows) if bits >> index & 1)
        if len(self) < _REMEMBERED:
            self[bits] = matchers
        return matchers

    def _matcher(self, row: Exclusion) -> tuple[NumericKind, Any]:
        pattern = _pattern_at_edge(row, self.numeral) if self.at_edge else _pattern(row, self.numeral)
        return row.kind, pattern.match


class _Bits(dict[str, int]):
    """What stands beside a number → the rows that admit it, worked out when first asked."""

    def __init__(self, rows_of: Callable[[str], int]) -> None:
        super().__init__()
        self.rows_of = rows_of

    def __missing__(self, near: str) -> int:
        rows = self.rows_of(near)
        if len(self) < _REMEMBERED:
            self[near] = rows
        return rows


def _may_be_plain(row: ExclusionRow) -> bool:
    """Whether plain digits may fit ``row``, which have ``MOST_DIGITS`` before the point, and no second point."""
    digits_alone = row.number.least > MOST_DIGITS and not {".", ","} & {*row.row.number}
    return not digits_alone and row.number.points <= 1


def _bits(holds: Iterable[bool]) -> int:
    return sum(1 << index for index, each in enumerate(holds) if each)


def near_in_front(text: str, start: int) -> str:
    """The character in front of a number; where it is a space, the first one beyond the spaces too."""
    if not start:
        return "\n"
    near = text[start - 1]
    if near not in SPACES:
        return near
    place = start - 1
    while place > 0 and text[place] in SPACES:
        place -= 1
    return near + text[place]


def near_behind(text: str, end: int) -> str:
    """The character behind a number; where it is a space, the first one beyond the spaces too."""
    if end >= len(text):
        return "\n"
    near = text[end]
    if near not in SPACES:
        return near
    place = end
    while place + 1 < len(text) and text[place] in SPACES:
        place += 1
    return near + text[place]


_REMEMBERED = 50_000  #: a text of random characters must not fill the memory
_LENGTHS = 24


def compile_exclusions(rows: tuple[Exclusion, ...]) -> ExclusionPatterns:
    """Patterns that match exactly the number, with what must stand around it looked at from there.

    Raises:
        LexiconError: if a row is no pattern, does not fit its own example, or fits its counter-example.
    """
    for row in rows:
        _check_examples(row)
    return _gated_rows(rows)


def _gated_rows(rows: tuple[Exclusion, ...]) -> ExclusionPatterns:
    return ExclusionPatterns(tuple(_gated(row) for row in rows))


def _gated(row: Exclusion) -> ExclusionRow:
    before, after = row.pattern.split("<N>")
    begins = regex.compile(row.number) if row.number else None
    return ExclusionRow(row, gate_in_front(before), gate_behind(after), gate_of_number(row.number), begins)


def _numerals_of(row: Exclusion) -> tuple[str, ...]:
    if row.numeral == "any":
        return _NUMERALS
    return ("arabic", "bare") if row.numeral == "arabic" else (row.numeral,)


@cache
def _pattern(row: Exclusion, numeral: str) -> Any:
    """What matches the number of ``row``; by stdlib ``re``, which is faster, where it can look back so far."""
    part = pattern_text(row, numeral)
    try:
        return re.compile(part, re.M)
    except re.error:
        return regex.compile(part, regex.M)


@cache
def _pattern_at_edge(row: Exclusion, numeral: str) -> Any:
    """The same for a number that begins a line: what ``row`` wants in front may be there already."""
    before, _ = row.pattern.split("<N>")
    if not before.startswith("^") or re.search(r"(?<![\\[|#*])\|", before) or not re.search(f"{before}\\Z", "", re.M):
        return _pattern(row, numeral)
    return re.compile(pattern_text(row, numeral, in_front=False), re.M)


def pattern_text(row: Exclusion, numeral: str, *, in_front: bool = True) -> str:
    """The number of ``row``, looked at from its first character; what stands in front is asked for last."""
    before, after = row.pattern.split("<N>")
    number = f"(?:{row.number or _ANY_NUMBER[numeral]})"
    whole = f"{number}{_NOT_CUT[numeral]}(?={after})"
    return f"(?={whole})(?<={before}){number}" if before and in_front else whole


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
    return _gated_rows(default_exclusions())
