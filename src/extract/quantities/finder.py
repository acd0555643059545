"""Finds numbers in text, reads their value, unit and bound, and tells what is no quantity.

Two readers share one grammar (``reading``). That of reports yields what the annotation guideline calls a mention, and
is fast: one stdlib pattern scans for numbers, most of which are plain (digits and a unit that a walk through the unit
tree finds) and are made into records right here; only where the characters beside a number ask for it does ``Reader``
read it. The general reader (``everything=True``) yields every number there is, Chinese numerals without a unit too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from extract.lexicons import (
    ApproximatorTable,
    UnitTable,
    default_approximators,
    default_general_units,
    default_none_phrases,
    default_per_words,
    default_unit_prefixes,
    default_units,
)
from extract.offsets import CharSpan, folded
from extract.quantities.exclusions import ExclusionPatterns, default_patterns
from extract.quantities.general import general_quantities
from extract.quantities.numerals import ARABIC, BIG, CHINESE, LONGEST, SMALL, TENS, VAGUE, scaled, step_of
from extract.quantities.reading import Reader, Tables
from extract.records import Approx, Dimension, NumericKind, Quantity, UnitFrom

_MEASURES = (NumericKind.QUANTITY, NumericKind.NUMBER)
_OTHERS = (
    r"(?P<half>(?<=[近过超])半(?=数|[，。；、,;)]|以上))|(?P<times>翻(?:一|两|三|几)?番)"
    r"|(?P<masked>(?<![0-9A-Za-z*])(?:\*{2,}|[XxＸ×]{2,})(?=[万亿元%公亩平米人吨百千]))"
)
#: characters behind Chinese numerals that let them measure something even where no unit begins with them
_GOES_ON = "分成折余多几来余幾餘點点半号月日年个之0123456789 -—~至到、。，；）)：:.．是要方”"


def find_quantities(
    text: str,
    *,
    units: UnitTable | None = None,
    approximators: ApproximatorTable | None = None,
    exclusions: ExclusionPatterns | None = None,
    everything: bool = False,
) -> Iterator[Quantity]:
    """The quantities of ``text`` in order; with ``everything`` every number there is, each with its ``kind``.

    A number without a unit has kind ``number``: whether it measures something is for its surroundings to say.
    Without ``everything`` such a number is given in digits only; and some forms (一个, 三分之二, 5度) mean to the general
    reader what they say by themselves, where reports use them otherwise.

    >>> [(q.span.of("供地764宗3185.9公顷"), str(q.number), q.unit) for q in find_quantities("供地764宗3185.9公顷")]
    [('764宗', '764', '宗'), ('3185.9公顷', '3185.9', '公顷')]
    """
    if everything:
        tables = _tables(units, approximators, exclusions, general=True)
        return general_quantities(_general_text(text), tables)
    tables = _tables(units, approximators, exclusions, general=False)
    return _scan(folded(text) + "\n", tables, keep_aside=False)


def find_numbers(
    text: str,
    *,
    units: UnitTable | None = None,
    approximators: ApproximatorTable | None = None,
    exclusions: ExclusionPatterns | None = None,
) -> Iterator[Quantity]:
    """The quantities of a report's text, and between them the numbers that were set aside, each with its ``kind``.

    >>> [(q.kind.value, q.unit) for q in find_numbers("2020年供地764宗")]
    [('year', ''), ('quantity', '宗')]
    """
    return _scan(folded(text) + "\n", _tables(units, approximators, exclusions, general=False), keep_aside=True)


_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def _general_text(text: str) -> str:
    """Folded text; a full-width comma between full-width digits parts thousands."""
    return folded(_WIDE_COMMA.sub(",", text)) + "\n"


def _tables(
    units: UnitTable | None,
    approximators: ApproximatorTable | None,
    exclusions: ExclusionPatterns | None,
    *,
    general: bool,
) -> Tables:
    units = default_units() if units is None else units
    return Tables(
        _with_general(units) if general else units,
        default_approximators() if approximators is None else approximators,
        default_patterns() if exclusions is None else exclusions,
        default_per_words(),
        default_none_phrases(),
        default_unit_prefixes() if general else {},
        general,
    )


def _with_general(units: UnitTable) -> UnitTable:
    return _default_of_both() if units is default_units() else units.joined_with(default_general_units())


@cache
def _default_of_both() -> UnitTable:
    return default_units().joined_with(default_general_units())


@cache
def _pattern(first_of_units: str) -> re.Pattern[str]:
    """Arabic digits (group 1), Chinese numerals that something follows (group 2), and the few other forms."""
    follows = re.escape("".join(sorted({*first_of_units, *_GOES_ON} - {*CHINESE})))
    return re.compile(rf"({ARABIC})|([{CHINESE}]++(?=[{follows}\n]))|{_OTHERS}|(零[一-鿿]{{2}})")


#: characters behind digits, or behind their unit, with which they read on beyond what the scan reads itself
_ASKS = frozenset(" -—~至到:/.,、又零半每×*(^大" + VAGUE + CHINESE + "wWkKeEＸ分成折")
_ASKS_BEFORE = frozenset("-负負")


def _scan(text: str, tables: Tables, *, keep_aside: bool) -> Iterator[Quantity]:
    """The numbers of a report.

    This loop is the innermost of the program: it makes the record of a plain number itself, by the same rules as
    ``Reader`` (a test holds the two together), and leaves every other number to it.
    """
    reader, rows_near = Reader(text, tables), tables.exclusions.rows_near
    tree, before, after, inside = (
        tables.units.tree,
        tables.approximators.before,
        tables.approximators.after,
        tables.approximators.inside,
    )
    signs, done = tables.approximators.signs_after, 0
    make: Callable[[type[Quantity], tuple[Any, ...]], Quantity] = tuple.__new__  # type: ignore[assignment]
    for match in _pattern("".join(sorted(tree))).finditer(text):
        start, end = match.span()
        if start < done:
            continue
        quantity = None
        if match.lastindex == 1:
            quantity = _plain(
                text, start, end, reader, rows_near, tree, before, after, inside, signs, make
            )
        if quantity is None:
            quantity = _read(match, reader)
            if quantity is None:
                continue
            done = quantity[0].end
            if not keep_aside and quantity[7] not in _MEASURES:
                continue
        yield quantity


def _plain(text, start, end, reader, rows_near, tree, before, after, inside, signs, make):  # type: ignore[no-untyped-def]
    """placeholder"""
    return None


def _read(match: re.Match[str], reader: Reader) -> Quantity | None:
    kind = match.lastgroup
    if kind is None:
        return reader.read(match.start())
    if kind == "half":
        return reader.spoken_half(match.start() - 1, match.end())
    if kind == "times":
        return reader.doubling(*match.span())
    return reader.masked(*match.span())
