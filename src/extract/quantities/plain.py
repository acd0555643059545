"""Plain numbers: digits, a scale or none, and a unit or none, with nothing beside them that asks for more.

Nearly all numbers of a report are plain, so the scan spends its time here. ``Reader`` reads them the same way, only
slower; a test holds the two together. What is plain is told by the characters beside the number and beside its unit:
whatever could begin a bound, a range, a sum or a sign there is left to ``Reader``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extract.offsets import CharSpan
from extract.quantities.exclusions import near_behind, near_in_front
from extract.quantities.numerals import CHINESE, VAGUE, step_of
from extract.quantities.reading import Reader, Tables
from extract.records import Approx, Dimension, NumericKind, Quantity, UnitFrom

LONGEST = 23  #: characters of a plain number
_SCALES = {"万": 4, "亿": 8}
_SPACES = frozenset(" \t\n\r\f\v")
_SIGNS = "-负負的下氏几数"
_AMOUNTS = (Dimension.MONEY, Dimension.MASS)
_BEHIND = ("-—~至到:/(^大×*xwWkKeE成折又、" + VAGUE + CHINESE).replace("万", "").replace("亿", "")
_BEHIND_SCALE = VAGUE + CHINESE + " 0123456789"
_BEHIND_UNIT = "-—~至到/每半又零" + VAGUE
_STEPS = {exponent: step_of(exponent) for exponent in range(-LONGEST, 9)}


def plain_reader(
    text: str, tables: Tables, reader: Reader, *, keep_aside: bool
) -> Callable[[int, int], Quantity | None]:
    """A function that reads the digits ``text[start:end]`` with their unit, and asks ``reader`` when they are not plain.

    The function returns None where nothing is measured; what is set aside it tells only with ``keep_aside``.
    """
    exclusions, approximators, tree = tables.exclusions, tables.approximators, tables.units.tree
    arabic, bare = exclusions.of_numeral["arabic"], exclusions.of_numeral["bare"]
    in_front, behind, of_first = exclusions.in_front, exclusions.behind, exclusions.of_first
    of_length, first_kind, read = exclusions.of_length, exclusions.first_kind, reader.read
    ahead_asks = frozenset((*approximators.before, *_SIGNS))
    bound = {*approximators.after, *approximators.inside}
    asks, scale_asks = frozenset((*bound, *approximators.signs_after, *_BEHIND)), frozenset(_BEHIND_SCALE)
    unit_asks = frozenset((*bound, *_BEHIND_UNIT))
    money_asks = frozenset(CHINESE)
    make, new, set_start, set_end = tuple.__new__, object.__new__, CharSpan.start.__set__, CharSpan.end.__set__  # type: ignore[attr-defined]
    exact, written, measured, numbers, nothing = (
        Approx.EXACT,
        UnitFrom.WRITTEN,
        NumericKind.QUANTITY,
        NumericKind.NUMBER,
        Dimension.NUMBER,
    )
    ordinal, temperature, money = NumericKind.ORDINAL, Dimension.TEMPERATURE, Dimension.MONEY

    def plain(start: int, end: int) -> Quantity | None:
        ahead, near, length = text[start - 1], text[end], end - start
        if ahead in ahead_asks or length > LONGEST or (ahead == " " and text[start - 2] in ahead_asks):
            return read(start)
        rows = (
            in_front[near_in_front(text, start) if ahead in _SPACES else ahead]
            & behind[near_behind(text, end) if near in _SPACES else near]
            & of_first[text[start]]
            & of_length[length]
        )
        if near == "、" and rows & bare:
            kind = first_kind(rows & bare, text, start, end, "bare")
            return read(start) if kind is None or kind is ordinal or keep_aside else None
        place = end
        while near == " ":
            place += 1
            near = text[place]
        if near in asks:
            return read(start)
        scale = 0
        if near in _SCALES:
            scale = _SCALES[near]
            place += 1
            near = text[place]
            if near in scale_asks or near in asks:
                return read(start)
        stop = place if scale else end
        unit, node = None, tree.get(near)
        while node is not None:
            place += 1
            if node.unit is not None:
                unit, stop = node.unit, place
            node = node.longer.get(text[place])
        if rows:
            numeral = "bare" if unit is None and not scale else "arabic"
            rows &= bare if unit is None and not scale else arabic
            kind = first_kind(rows, text, start, end, numeral) if rows else None
            if kind is not None:
                return read(start) if keep_aside or kind is ordinal else None
        if unit is not None:
            near = text[stop]
            if near in unit_asks or (near.isascii() and near.isalnum()):
                return read(start)
            if near == " " and (text[stop + 1] in unit_asks or text[stop + 1] == " "):
                return read(start)
            if near == "之" and unit.surface == "分":
                return read(start)
            dimension = unit.dimension
            if dimension in _AMOUNTS:
                words = text[start - 9 if start > 9 else 0 : start]
                if "每" in words or "均" in words or (dimension is money and near in money_asks):
                    return read(start)
        digits = text[start:end]
        if "," in digits:
            digits = digits.replace(",", "")
        point = digits.find(".")
        decimals = 0 if point < 0 else len(digits) - point - 1
        if scale:
            if decimals > scale:
                return read(start)
            digits = digits.replace(".", "") + _ZEROS[scale - decimals]
        span = new(CharSpan)
        set_start(span, start)
        set_end(span, stop)
        if unit is None:
            return make(
                Quantity,
                (span, Decimal(digits), None, None, "", nothing, exact, numbers, written, _STEPS[scale - decimals]),
            )
        return make(
            Quantity,
            (
                span,
                Decimal(digits),
                None,
                None,
                unit.unit,
                unit.dimension,
                exact,
                measured,
                written,
                _STEPS[scale - decimals],
            ),
        )

    return plain


_ZEROS = tuple("0" * count for count in range(9))
