"""The scan for the numbers of a report: one pattern finds them, and most are made into records at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from extract.offsets import CharSpan, span_between
from extract.quantities.asides import asides_behind_first
from extract.quantities.numerals import ARABIC_BEHIND_FIRST, BIG, CHINESE
from extract.quantities.plain import (
    PLAIN_BEHIND_FIRST,
    SMALL_NUMBERS,
    SPOKEN_DIGITS,
    PlainReader,
    number_and_step,
)
from extract.quantities.reading import AFTER_RANK, Reader
from extract.quantities.tables import Tables
from extract.records import Approx, NumericKind, Quantity, UnitFrom

_MEASURES = (NumericKind.QUANTITY, NumericKind.NUMBER)
_WHOLE, _WITH_COMMAS_OR_POINT, _SPOKEN_DIGIT = 1, 2, 3  #: groups of the pattern that are plain numbers
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
    plain = PlainReader(text, tables, reader, keep_aside=keep_aside)
    ask, makes_a_rate, small = plain.ask, plain.rate, SMALL_NUMBERS.get
    tail_of, tail_at, asks = tables.tails.get, tables.tails.at, tables.tails.asks.any
    spoken_tail_of, spoken_tail_at = tables.spoken_tails.get, tables.spoken_tails.at
    fronts, of_first, of_length = tables.fronts, tables.exclusions.of_first, tables.exclusions.of_length
    new, written, done = tuple.__new__, UnitFrom.WRITTEN, 0
    read: Approx | Quantity | None
    for match in _pattern_of(tables, asides=keep_aside).finditer(text):
        start, end = match.span()
        group = match.lastindex
        if start < done or group is None:
            continue
        if group > _SPOKEN_DIGIT:
            read = _read(match, reader) if keep_aside or _may_measure(match, text, tables) else None
        else:
            if group == _SPOKEN_DIGIT:
                tail = spoken_tail_of(text[end : end + 2]) or spoken_tail_at(text, end)
            else:
                tail = tail_of(text[end : end + 2]) or tail_of(text[end : end + 4]) or tail_at(text, end)
            digits, read = text[start:end], tail.approx
            asked = tail.rows & fronts[text[start - 2 : start] or f"\n\n{text[:start]}"[-2:]]
            if asked:
                asked &= of_first[digits[:2]] & of_length[end - start] | asks
                if asked:
                    read = ask(start, end, tail, asked)
            if tail.amount and makes_a_rate(start, tail):
                read = reader.read(start)
            if isinstance(read, Approx):
                zeros, step = tail.zeros, tail.step
                if group == _WITH_COMMAS_OR_POINT:
                    number, step = number_and_step(digits, zeros)
                else:
                    number = Decimal(digits + zeros) if zeros else small(digits) or Decimal(digits)
                done = end + tail.length
                yield new(
                    Quantity,
                    (
                        span_between(CharSpan, (start, done)),
                        number,
                        None,
                        None,
                        tail.unit,
                        tail.dimension,
                        read,
                        tail.kind,
                        written,
                        step,
                    ),
                )
                continue
        if read is None:
            continue
        done = read[0].end
        if keep_aside or read[7] in _MEASURES:
            yield read


def _pattern_of(tables: Tables, *, asides: bool) -> re.Pattern[str]:
    none_phrases = "|".join(re.escape(phrase[1:]) for phrase in tables.none_phrases)
    passed_over = "(?!)" if asides else asides_behind_first(tables.exclusions, tables.units)
    return _pattern("".join(sorted(tables.units.tree)), none_phrases, passed_over, asides=asides)


@cache
def _pattern(first_of_units: str, none_phrases: str, passed_over: str, *, asides: bool) -> re.Pattern[str]:
    """Where numbers may begin: plain ones (groups 1 to 3), and by name what a full reader reads.

    It begins with one set of characters, by which the scan runs over everything else; what the first character is, is
    looked back at. Chinese numerals count only where a unit may follow, or, for what is set aside, certain words.
    """
    goes_on = _GOES_ON_ASIDE if asides else _GOES_ON
    follows = re.escape("".join(sorted({*first_of_units, *goes_on} - {*CHINESE})))
    rank, scales = re.escape("名位" + AFTER_RANK), "".join(BIG)
    nought = "" if asides else rf"(?!(?<=零)[^点點 {CHINESE}])"  # 清零项目: by itself it measures nothing
    begins_run = rf"(?<=[{CHINESE}])(?<![{CHINESE}][{CHINESE}])"
    spoken_digit = rf"(?<=[{SPOKEN_DIGITS}])(?<![{CHINESE}][{CHINESE}])(?![{CHINESE}])(?=[{follows}])()"
    digits = rf"(?<=[0-9])(?P<digits>{ARABIC_BEHIND_FIRST})"
    numerals = rf"(?<![{scales}])(?P<numerals>[{CHINESE}]*+(?=[{follows}]))"
    great_parts = rf"(?<=[{scales}])(?P<parts>[{scales}]?(?= {{0,3}}分))"
    ranked = rf"(?<=第[{CHINESE}])(?P<rank>[{CHINESE}]*+(?=[{rank}]))"
    return re.compile(
        rf"[0-9{CHINESE}半翻*Xx×](?:(?<=[0-9])(?:{passed_over}|{PLAIN_BEHIND_FIRST})|{spoken_digit}|{digits}"
        rf"|{begins_run}(?:(?<=零)(?P<none>{none_phrases})|{nought}{numerals}|{great_parts}|{ranked})|{_OTHERS})",
        re.M,
    )


def _may_measure(match: re.Match[str], text: str, tables: Tables) -> bool:
    """Whether Chinese numerals are worth reading: what stands behind them tells of most that they measure nothing."""
    if match.lastgroup != "numerals":
        return True
    start, end = match.span()
    behind = text[end]
    if behind in _GOES_ON:
        return True
    if tables.units.at(text, end) is None and text[end - 1] not in _BEGINS_UNITS:
        return False
    kind = tables.exclusions.kind_at(text, start, end, "chinese")
    return kind is None or (kind is NumericKind.ORDINAL and (behind in "名位" or behind in AFTER_RANK))


def _read(match: re.Match[str], reader: Reader) -> Quantity | None:
    kind = match.lastgroup
    if kind == "none":
        return reader.none_phrase(match.start())
    if kind == "half":
        return reader.spoken_half(match.start() - 1, match.end())
    if kind == "times":
        return reader.doubling(*match.span())
    if kind == "masked":
        return reader.masked(*match.span())
    return reader.read(match.start())
