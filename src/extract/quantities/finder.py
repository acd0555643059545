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
from extract.offsets import folded, span_between
from extract.quantities.beside import SHORT, WINDOW, Beside
from extract.quantities.exclusions import ExclusionPatterns, default_patterns
from extract.quantities.general import general_quantities
from extract.quantities.numerals import ARABIC_BEHIND_FIRST, CHINESE
from extract.quantities.plain import makes_a_rate, number_and_step, plain_reader
from extract.quantities.reading import AFTER_RANK, Reader, Tables
from extract.records import NumericKind, Quantity, UnitFrom

_MEASURES = (NumericKind.QUANTITY, NumericKind.NUMBER)
_OTHERS = (
    r"(?P<half>(?<=[近过超]半)(?=数|[，。；、,;)]|以上))|(?P<times>(?<=翻)(?:一|两|三|几)?番)"
    r"|(?P<masked>(?<=[Xx×*])(?<![0-9A-Za-z*][Xx×*])[Xx×*]+(?=[万亿元%公亩平米人吨百千]))"
)
_PLAIN = r"((?:[0-9]*+(?!,)|[0-9]{0,2}(?:,[0-9]{3})*+)(?:\.[0-9]++(?!年))?+(?!(?:,|\.{1,2})?[0-9]))"
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
    Without ``everything`` such a number is given in digits only. Some forms (一个, 三分之二, 5度) mean something else
    by themselves, and so to the general reader, than they do in reports.

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
    if (units is None or units is default_units()) and approximators is None and exclusions is None:
        return _default_tables(general=general)
    return _tables_of(
        default_units() if units is None else units,
        default_approximators() if approximators is None else approximators,
        default_patterns() if exclusions is None else exclusions,
        general=general,
    )


@cache
def _default_tables(*, general: bool) -> Tables:
    return _tables_of(default_units(), default_approximators(), default_patterns(), general=general)


def _tables_of(
    units: UnitTable, approximators: ApproximatorTable, exclusions: ExclusionPatterns, *, general: bool
) -> Tables:
    return Tables(
        units.joined_with(default_general_units()) if general else units,
        approximators,
        exclusions,
        default_per_words(),
        default_none_phrases(),
        default_unit_prefixes() if general else {},
        Beside(approximators, exclusions),
        general,
    )


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
    """The numbers of a report's text (folded, ending in a line break).

    This loop is the innermost of the program. A short number whose neighbours are known to ask for nothing is made a
    record right here; ``plain`` reads the others, and they get to know each other's neighbours there.
    """
    reader, beside, exclusions, done = Reader(text, tables), tables.beside, tables.exclusions, 0
    plain = plain_reader(text, tables, reader, keep_aside=keep_aside)
    tails, in_front, ask = beside.tails, beside.in_front, beside.ask
    of_first, of_length = exclusions.of_first, exclusions.of_length
    make: Callable[[type[Quantity], tuple[object, ...]], Quantity] = tuple.__new__
    written, one = UnitFrom.WRITTEN, Decimal(1)
    for match in _pattern("".join(sorted(tables.units.tree)), asides=keep_aside).finditer(text):
        start, end = match.span()
        if start < done:
            continue
        if match.lastindex == 1:
            tail = tails.get(text[end : end + WINDOW])
            if tail is not None and end - start < SHORT:
                rows, length, unit, dimension, kind, approx, scale, amount = tail
                rows &= in_front[text[start - 1]]
                if not (rows and rows & (of_first[text[start]] & of_length[end - start] | ask)) and not (
                    amount and makes_a_rate(text, start)
                ):
                    digits = text[start:end]
                    if scale or not digits.isdigit():
                        number, step = number_and_step(digits, scale)
                    else:
                        number, step = Decimal(digits), one
                    done = end + length
                    span = span_between(start, done)
                    yield make(Quantity, (span, number, None, None, unit, dimension, approx, kind, written, step))
                    continue
            quantity = plain(start, end)
        elif keep_aside or match.lastindex == 2 or _may_measure(match, text, tables):
            quantity = _read(match, reader)
        else:
            continue
        if quantity is None:
            continue
        done = quantity[0].end
        if keep_aside or quantity[7] in _MEASURES:
            yield quantity


def _may_measure(match: re.Match[str], text: str, tables: Tables) -> bool:
    """Whether Chinese numerals are worth reading: what stands behind them tells of most that they measure nothing."""
    start, end = match.span()
    if match.lastindex != 3:
        return match.lastindex is not None or text[start] != "零" or text[start : start + 3] in tables.none_phrases
    behind = text[end]
    if behind in _GOES_ON:
        return True
    if tables.units.at(text, end) is None and text[end - 1] not in _BEGINS_UNITS:
        return False
    kind = tables.exclusions.kind_at(text, start, end, "chinese")
    return kind is None or (kind is NumericKind.ORDINAL and (behind in "名位" or behind in AFTER_RANK))


def _read(match: re.Match[str], reader: Reader) -> Quantity | None:
    kind = match.lastgroup
    if kind is None:
        return reader.read(match.start())
    if kind == "half":
        return reader.spoken_half(match.start() - 1, match.end())
    if kind == "times":
        return reader.doubling(*match.span())
    return reader.masked(*match.span())
