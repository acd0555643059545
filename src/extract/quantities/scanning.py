"""The scan for the numbers of a report: one pattern finds them, and most are made into records at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from extract.offsets import span_between
from extract.quantities.numerals import ARABIC_BEHIND_FIRST, CHINESE
from extract.quantities.plain import PLAIN_BEHIND_FIRST, PlainReader, make_quantity, number_and_step
from extract.quantities.reading import AFTER_RANK, Reader
from extract.quantities.tables import Tables
from extract.quantities.tails import SHORTEST
from extract.records import NumericKind, Quantity, UnitFrom

_MEASURES = (NumericKind.QUANTITY, NumericKind.NUMBER)
_WHOLE, _WITH_COMMAS_OR_POINT, _OTHER_DIGITS, _NUMERALS = 1, 2, 3, 4  #: groups of the pattern
_PLAIN = (_WHOLE, _WITH_COMMAS_OR_POINT)
_OTHERS = (
    r"(?P<half>(?<=[近过超]半)(?=数|[，。；、,;)]|以上))|(?P<times>(?<=翻)(?:一|两|三|几)?番)"
    r"|(?P<masked>(?<=[Xx×*])(?<![0-9A-Za-z*][Xx×*])[Xx×*]+(?=[万亿元%公亩平米人吨百千]))"
)
#: characters behind Chinese numerals that let them measure something though no unit begins with them
_GOES_ON = "分成余多几来余幾餘點点0123456789 -—~至到"
_GOES_ON_ASIDE = (
    _GOES_ON + "半号月日年个之刻级线方面度手定时般致起直同律切些样流带心并旦向概举体环贯、，。；）)：:.．是要，\n”’》"
)
_BEGINS_UNITS = "百千万兆"  #: the last of Chinese numerals, where it may belong to the unit: 千瓦


def numbers_of_report(text: str, tables: Tables, *, keep_aside: bool) -> Iterator[Quantity]:
    """The numbers of a report's text (folded, ending in a line break); what is set aside only with ``keep_aside``.

    This loop is the innermost of the program. Digits whose neighbours are known to ask for nothing are made a record
    right here; ``PlainReader`` asks what the neighbours of others want to be asked, ``Reader`` reads all else.
    """
    reader = Reader(text, tables)
    read_plain = PlainReader(text, tables, reader, keep_aside=keep_aside)
    tails, fronts, exclusions = tables.tails, tables.fronts, tables.exclusions
    tail_at, makes_a_rate, read = tails.at, read_plain.makes_a_rate, read_plain.read
    tail_of, of_first, of_length, asks = tails.get, exclusions.of_first, exclusions.of_length, tails.asks.any
    written, done = UnitFrom.WRITTEN, 0
    for match in _pattern("".join(sorted(tables.units.tree)), asides=keep_aside).finditer(text):
        start, end = match.span()
        if start < done:
            continue
        group = match.lastindex
        if group in _PLAIN:
            tail = tail_of(text[end : end + 2]) or tail_of(text[end : end + 4]) or tail_at(text, end)
            rows, length, unit, dimension, kind, approx, zeros, step, amount, _ = tail
            rows &= fronts[text[start - 1]]
            if (not rows or not rows & (of_first[text[start]] & of_length[end - start] | asks)) and not (
                amount and makes_a_rate(start, tail)
            ):
                if group == _WHOLE:
                    number = Decimal(text[start:end] + zeros)
                else:
                    number, step = number_and_step(text[start:end], zeros)
                done = end + length
                span = span_between(start, done)
                yield make_quantity(Quantity, (span, number, None, None, unit, dimension, approx, kind, written, step))
                continue
            quantity = read(start, end, tail)
        elif keep_aside or group == _OTHER_DIGITS or _may_measure(match, text, tables):
            quantity = _read(match, reader)
        else:
            continue
        if quantity is None:
            continue
        done = quantity[0].end
        if keep_aside or quantity[7] in _MEASURES:
            yield quantity


@cache
def _pattern(first_of_units: str, *, asides: bool) -> re.Pattern[str]:
    """Where numbers may begin: plain digits (groups 1 and 2), other digits (3), Chinese numerals (4), and other forms.

    It begins with one set of characters, by which the scan runs over everything else; what the first character is, is
    looked back at. Chinese numerals count only where a unit may follow, or, for what is set aside, certain words.
    """
    goes_on = _GOES_ON_ASIDE if asides else _GOES_ON
    follows = re.escape("".join(sorted({*first_of_units, *goes_on} - {*CHINESE})))
    rank = re.escape("名位" + AFTER_RANK)
    return re.compile(
        rf"[0-9{CHINESE}半翻*Xx×](?:(?<=[0-9])(?:{PLAIN_BEHIND_FIRST}|({ARABIC_BEHIND_FIRST}))"
        rf"|(?<=[{CHINESE}])(?<![{CHINESE}][{CHINESE}])(?:([{CHINESE}]*+(?=[{follows}]))"
        rf"|(?<=第[{CHINESE}])[{CHINESE}]*+(?=[{rank}])|(?<=零)[一-鿿]{{2}})|{_OTHERS})"
    )


def _may_measure(match: re.Match[str], text: str, tables: Tables) -> bool:
    """Whether Chinese numerals are worth reading: what stands behind them tells of most that they measure nothing."""
    start, end = match.span()
    if match.lastindex != _NUMERALS:
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
