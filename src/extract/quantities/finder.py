"""Finds numbers in text, reads their value, unit and bound, and tells what is no quantity.

Two readers share one grammar (``reading``). That of reports yields what the annotation guideline calls a mention, and
is fast: one stdlib pattern scans for numbers, most of which are plain (digits and a unit that a walk through the unit
tree finds) and are made into records right here; only where the characters beside a number ask for it does ``Reader``
read it. The general reader (``everything=True``) yields every number there is, Chinese numerals without a unit too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

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
from extract.offsets import folded
from extract.quantities.exclusions import ExclusionPatterns, default_patterns
from extract.quantities.general import general_quantities
from extract.quantities.numerals import ARABIC_BEHIND_FIRST, CHINESE
from extract.quantities.plain import plain_reader
from extract.quantities.reading import AFTER_RANK, Reader, Tables
from extract.records import NumericKind, Quantity

_MEASURES = (NumericKind.QUANTITY, NumericKind.NUMBER)
_OTHERS = (
    r"(?P<half>(?<=[近过超]半)(?=数|[，。；、,;)]|以上))|(?P<times>(?<=翻)(?:一|两|三|几)?番)"
    r"|(?P<masked>(?<=[Xx×*])(?<![0-9A-Za-z*][Xx×*])[Xx×*]+(?=[万亿元%公亩平米人吨百千]))"
)
_PLAIN = r"([0-9]*+(?:,[0-9]{3})*+(?:\.[0-9]++(?!年))?+(?!(?:,|\.{1,2})?[0-9]))"
#: characters behind Chinese numerals that let them measure something though no unit begins with them
_GOES_ON = "分成余多几来余幾餘點点0123456789 -—~至到"
_GOES_ON_ASIDE = (
    _GOES_ON + "半号月日年个之刻级线方面度手定时般致起直同律切些样流带心并旦向概举体环贯、，。；）)：:.．是要，\n”’》"
)
_BEGINS_UNITS = "百千万兆"  #: the last of Chinese numerals, where it may belong to the unit: 千瓦


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
    Without ``everything`` such a number is given in digits only. Some forms (一个, 三分之二, 5度) mean something else by
    themselves, and so to the general reader, than they do in reports.

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
def _pattern(first_of_units: str, *, asides: bool) -> re.Pattern[str]:
    """Where numbers may begin: plain digits (group 1), other digits (2), Chinese numerals (3), and the few other forms.

    It begins with one set of characters, by which the scan runs over everything else; what the first character is, is
    looked back at. Chinese numerals count only where a unit may follow, or, for what is set aside, certain words.
    """
    goes_on = _GOES_ON_ASIDE if asides else _GOES_ON
    follows = re.escape("".join(sorted({*first_of_units, *goes_on} - {*CHINESE})))
    rank = re.escape("名位" + AFTER_RANK)
    return re.compile(
        rf"[0-9{CHINESE}半翻*Xx×](?:(?<=[0-9])(?:{_PLAIN}|({ARABIC_BEHIND_FIRST}))"
        rf"|(?<=[{CHINESE}])(?<![{CHINESE}][{CHINESE}])(?:([{CHINESE}]*+(?=[{follows}]))"
        rf"|(?<=第[{CHINESE}])[{CHINESE}]*+(?=[{rank}])|(?<=零)[一-鿿]{{2}})|{_OTHERS})"
    )


def _scan(text: str, tables: Tables, *, keep_aside: bool) -> Iterator[Quantity]:
    """The numbers of a report's text (folded, ending in a line break)."""
    reader, exclusions, done = Reader(text, tables), tables.exclusions, 0
    plain = plain_reader(text, tables, reader, keep_aside=keep_aside)
    for match in _pattern("".join(sorted(tables.units.tree)), asides=keep_aside).finditer(text):
        start = match.start()
        if start < done:
            continue
        group = match.lastindex
        if group == 1:
            quantity = plain(start, match.end())
        elif group == 3 and not keep_aside and (end := match.end()) and text[end] not in _GOES_ON:
            measures = reader.units.at(text, end) is not None or text[end - 1] in _BEGINS_UNITS
            kind = exclusions.kind_at(text, start, end, "chinese") if measures else NumericKind.NUMBER
            quantity = reader.read(start) if kind is None or kind is NumericKind.ORDINAL else None
        else:
            quantity = _read(match, reader)
        if quantity is None:
            continue
        done = quantity[0].end
        if keep_aside or quantity[7] in _MEASURES:
            yield quantity


def _read(match: re.Match[str], reader: Reader) -> Quantity | None:
    kind = match.lastgroup
    if kind is None:
        return reader.read(match.start())
    if kind == "half":
        return reader.spoken_half(match.start() - 1, match.end())
    if kind == "times":
        return reader.doubling(*match.span())
    return reader.masked(*match.span())
