"""Exclusions that the scan itself can tell, so that it runs past the commonest numbers that measure nothing.

List numbers (``3、``) and years (``2020年``) make up a fourth of the numbers of a report. Where a row of
``exclusions.tsv`` asks in front for so many characters and no other, a look back can hold it; and where few characters
can stand behind, a glance at the next one tells whether the row is worth trying.
"""

from __future__ import annotations

import re

from extract.lexicons import UnitTable
from extract.quantities.exclusions import SPACES, ExclusionPatterns, ExclusionRow, pattern_text
from extract.records import NumericKind

_MOST_DIGITS = 4
_MOST_CHARACTERS = 4  #: that a row may ask for behind the number
_COMMON = (NumericKind.YEAR, NumericKind.CLAUSE_NUMBER)  #: of the others few would be met for the time they take


def asides_behind_first(exclusions: ExclusionPatterns, units: UnitTable) -> str:
    """A pattern of short numbers that are set aside whatever else holds, from behind their first digit."""
    rows = _rows(exclusions, units)
    if not rows:
        return "(?!)"
    behind = re.escape("".join(sorted(set().union(*(_behind(row) for row in rows)))))
    parts = "|".join(pattern_text(row.row, "bare" if row.row.numeral == "bare" else "arabic") for row in rows)
    near = rf"(?=[0-9]{{0,{_MOST_DIGITS - 1}}}+[{behind}])"
    return rf"{near}(?<=(?={parts})[0-9])[0-9]*+"


def _rows(exclusions: ExclusionPatterns, units: UnitTable) -> list[ExclusionRow]:
    rows: list[ExclusionRow] = []
    for row in exclusions.rows:
        if row.row.kind is NumericKind.ORDINAL:  # may be a rank, whatever a later row says
            return rows
        if (
            row.row.kind in _COMMON
            and row.row.numeral != "chinese"
            and _is_told_from_near(row)
            and _holds_of_any(row, units)
        ):
            rows.append(row)
    return rows


def _is_told_from_near(row: ExclusionRow) -> bool:
    before, _ = row.row.pattern.split("<N>")
    return row.number.most <= _MOST_DIGITS and 0 < len(_behind(row)) <= _MOST_CHARACTERS and _looks_back(before)


def _looks_back(before: str) -> bool:
    """Whether stdlib ``re`` can look back at what stands in front."""
    try:
        re.compile(f"(?<={before})")
    except re.error:
        return False
    return True


def _holds_of_any(row: ExclusionRow, units: UnitTable) -> bool:
    """Whether the row holds of a number with a unit too, or lets none stand behind."""
    return row.row.numeral != "bare" or not _behind(row) & units.tree.keys()


def _behind(row: ExclusionRow) -> frozenset[str]:
    """The characters that can stand right behind the number; none where any can."""
    gate = row.behind
    return frozenset() if gate.any or gate.digits else gate.characters - SPACES
