"""The scan for the numbers of a report: one pattern finds them, and most are made into records at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.offsets import CharSpan, span_between
from extract.quantities.patterns import GOES_ON, RANK_FOLLOWED_BY
from extract.quantities.plain import SMALL_NUMBERS, PlainReader, number_and_step
from extract.quantities.ratios import doubling, spoken_half
from extract.quantities.reading import Reader
from extract.quantities.tables import Tables
from extract.records import Approx, NumericKind, Quantity, UnitFrom

_MEASURES = (NumericKind.QUANTITY, NumericKind.NUMBER)
_WHOLE, _WITH_COMMAS_OR_POINT, _SPOKEN_DIGIT = 1, 2, 3  #: groups of the pattern that are plain numbers
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
    pattern = tables.patterns.of_all if keep_aside else tables.patterns.of_measures
    new, written, done = tuple.__new__, UnitFrom.WRITTEN, 0
    read: Approx | Quantity | None
    for match in pattern.finditer(text):
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


def _may_measure(match: re.Match[str], text: str, tables: Tables) -> bool:
    """Whether Chinese numerals are worth reading: what stands behind them tells of most that they measure nothing."""
    if match.lastgroup != "numerals":
        return True
    start, end = match.span()
    behind = text[end]
    if behind in GOES_ON:
        return True
    if tables.units.at(text, end) is None and text[end - 1] not in _BEGINS_UNITS:
        return False
    kind = tables.exclusions.kind_at(text, start, end, "chinese")
    return kind is None or (kind is NumericKind.ORDINAL and behind in RANK_FOLLOWED_BY)


def _read(match: re.Match[str], reader: Reader) -> Quantity | None:
    kind = match.lastgroup
    if kind == "none":
        return reader.none_phrase(match.start())
    if kind == "half":
        return spoken_half(reader.measurer, match.start() - 1, match.end())
    if kind == "times":
        return doubling(reader.measurer, *match.span())
    if kind == "masked":
        return reader.masked(*match.span())
    return reader.read(match.start())
