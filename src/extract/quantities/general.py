"""The general reader: every number of a text, whatever it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.offsets import CharSpan
from extract.quantities.numerals import ARABIC, BIG, CHINESE
from extract.quantities.ratios import doubling
from extract.quantities.reading import Reader
from extract.quantities.tables import Tables
from extract.records import Approx, NumericKind, Quantity

_NUMBER = re.compile(
    rf"(?P<point>(?<![0-9A-Za-z.])\.[0-9]+(?![.0-9]))|{ARABIC}"
    r"|(?P<times>翻了?(?:一|两|三|几)?番)|(?P<below>零(?=下|上))|(?P<both>一半)|(?P<half>半)"
    rf"|(?P<masked>(?<![0-9A-Za-z*])(?:\*{{2,}}|[Xx×]{{2,}}))|(?P<chinese>[{CHINESE}]+)"
)
_SCALES_ALONE = frozenset(BIG)
_LINK = re.compile(r"[ ，,、]*(?:并且|而且|并|且|但|而|和|同时|或者)?[ ，,]*")
_COMPARED = re.compile(r"^[大小高低](?=[，,]?比)")
_ABOVE, _BELOW = (Approx.MORE_THAN, Approx.AT_LEAST), (Approx.LESS_THAN, Approx.AT_MOST)


def general_quantities(text: str, tables: Tables) -> Iterator[Quantity]:
    """Every number of ``text`` (folded, ending in a line break) in order, each with its kind."""
    waiting: Quantity | None = None
    for quantity in _numbers(text, tables):
        if waiting is not None:
            both = _both_bounds(text, tables, waiting, quantity)
            if both is not None:
                waiting = both
                continue
            yield waiting
        waiting = quantity
    if waiting is not None:
        yield waiting


def _numbers(text: str, tables: Tables) -> Iterator[Quantity]:
    reader, position = Reader(text, tables), 0
    while match := _NUMBER.search(text, position):
        quantity = _read(match, reader)
        if quantity is None:
            position = _past_what_is_none(match, text)
            continue
        yield quantity
        position = reader.measurer.floor = max(quantity.span.end, match.start() + 1)


def _read(match: re.Match[str], reader: Reader) -> Quantity | None:
    kind, start = match.lastgroup, match.start()
    if kind == "point":
        return reader.without_whole(start, match.end())
    if kind == "times":
        return doubling(reader.measurer, *match.span())
    if kind == "both":
        return reader.one_half(start)
    if kind == "half":
        return reader.half_of_a_unit(start)
    if kind == "masked":
        return reader.masked(*match.span())
    if kind == "below":
        return None
    return reader.read(start)


def _past_what_is_none(match: re.Match[str], text: str) -> int:
    """Where to look on: behind scales that begin nothing (万), else behind the whole run."""
    if match.lastgroup == "chinese" and match[0][0] in _SCALES_ALONE:
        return match.start() + 1 if len(match[0].lstrip("".join(BIG))) else match.end()
    return match.end()


def _both_bounds(text: str, tables: Tables, first: Quantity, second: Quantity) -> Quantity | None:
    """大于10小于20: the two bounds of one range; None where they bound no range together."""
    if first.number is None or second.number is None or (first.unit and first.unit != second.unit):
        return None
    between = text[first.span.end : second.span.start]
    if len(between) > _LONGEST_LINK or "\n" in between:
        return None
    rising = first.approx in _ABOVE and second.approx in _BELOW and first.number < second.number
    falling = first.approx in _BELOW and second.approx in _ABOVE and first.number > second.number
    if not (rising or falling) or not _is_link(between, tables):
        return None
    low, high = sorted((first.number, second.number))
    kind = NumericKind.QUANTITY if second.unit else NumericKind.NUMBER
    span = CharSpan(first.span.start, second.span.end)
    return Quantity(span, None, low, high, second.unit, second.dimension, Approx.EXACT, kind)


_LONGEST_LINK = 12


def _is_link(between: str, tables: Tables) -> bool:
    """Whether nothing stands between two bounds but 并且 and the word of the second."""
    tight = between.replace(" ", "")
    rest = _LINK.sub("", _COMPARED.sub("", tight, count=1), count=1)
    for word in tables.approximators.before.get(rest[-1:], ()):
        if rest == word.surface:
            return True
    return rest == "比"
