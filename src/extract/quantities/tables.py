"""What a reader of numbers knows besides its grammar, put together once."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extract.lexicons import (
    ApproximatorTable,
    PerWord,
    UnitPrefix,
    UnitTable,
    default_approximators,
    default_general_units,
    default_none_phrases,
    default_per_words,
    default_unit_prefixes,
    default_units,
)
from extract.quantities.exclusions import ExclusionPatterns, default_patterns
from extract.quantities.fronts import Fronts
from extract.quantities.patterns import ScanPatterns
from extract.quantities.tails import Tails


class Tables(NamedTuple):
    """What the readers know."""

    units: UnitTable
    approximators: ApproximatorTable
    exclusions: ExclusionPatterns
    per_words: tuple[PerWord, ...]
    none_phrases: dict[str, str]
    prefixes: dict[str, tuple[UnitPrefix, ...]]
    tails: Tails
    spoken_tails: Tails
    fronts: Fronts
    patterns: ScanPatterns
    general: bool  #: for everything that is a number, and not for reports


def tables_of(
    units: UnitTable | None,
    approximators: ApproximatorTable | None,
    exclusions: ExclusionPatterns | None,
    *,
    general: bool,
) -> Tables:
    """The tables given, and those of the package for what is None."""
    if (units is None or units is default_units()) and approximators is None and exclusions is None:
        return _default_tables(general=general)
    return _made_of(
        default_units() if units is None else units,
        default_approximators() if approximators is None else approximators,
        default_patterns() if exclusions is None else exclusions,
        general=general,
    )


@cache
def _default_tables(*, general: bool) -> Tables:
    return _made_of(default_units(), default_approximators(), default_patterns(), general=general)


def _made_of(
    units: UnitTable, approximators: ApproximatorTable, exclusions: ExclusionPatterns, *, general: bool
) -> Tables:
    none_phrases = default_none_phrases()
    return Tables(
        units.joined_with(default_general_units()) if general else units,
        approximators,
        exclusions,
        default_per_words(),
        none_phrases,
        default_unit_prefixes() if general else {},
        Tails(units, approximators, exclusions),
        Tails(units, approximators, exclusions, spoken=True),
        Fronts(approximators, exclusions),
        ScanPatterns(units, exclusions, none_phrases),
        general,
    )
