"""Plain numbers: digits, a scale or none, and a unit or none, with nothing beside them that asks for more.

Nearly all numbers of a report are plain, so the scan spends its time here. ``Reader`` reads them the same way, only
slower; a test holds the two together. What is plain is told by the characters beside the number and beside its unit:
whatever could begin a bound, a range, a sum or a sign there is left to ``Reader``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extract.offsets import span_between
from extract.quantities.exclusions import near_behind
from extract.quantities.numerals import CHINESE, VAGUE, step_of
from extract.quantities.reading import Reader, Tables
from extract.records import Approx, Dimension, NumericKind, Quantity, UnitFrom

LONGEST = 23  #: characters of a plain number
_SCALES = {"万": 4, "亿": 8}
_SPACES = frozenset(" \t\n\r\f\v")
_SIGNS = "-负負的"
_BEFORE_MINUS = " \t\n\r\f\v(:：为=|，。；,;"
_PARTICLES = "余多"
_AMOUNTS = (Dimension.MONEY, Dimension.MASS)
_BEHIND = ("-—~至到:/(^大×*xwWkKeE成折又、" + VAGUE + CHINESE).replace("万", "").replace("亿", "")
_BEHIND_SCALE = VAGUE + CHINESE + " 0123456789"
_BEHIND_UNIT = "-—~至到/每半又零之" + VAGUE
_STEPS = {exponent: step_of(exponent) for exponent in range(-LONGEST, 9)}


def plain_reader(
    text: str, tables: Tables, reader: Reader, *, keep_aside: bool
) -> Callable[[int, int], Quantity | None]:
    """What reads the digits ``text[start:end]`` with their unit, and asks ``reader`` where they are not plain.

    The function returns None where nothing is measured; what is set aside it tells only with ``keep_aside``.
    """
    exclusions, approximators, tree = tables.exclusions, tables.approximators, tables.units.tree
    arabic, bare = exclusions.of_numeral["arabic"], exclusions.of_numeral["bare"]
    in_front, behind, of_first = exclusions.in_front, exclusions.behind, exclusions.of_first
    of_length, of_points, first_kind = exclusions.of_length, exclusions.of_points, exclusions.first_kind
    read = reader.read
    words_before, ending_at = approximators.before, approximators.ending_at
    words_behind, starting_at = approximators.after, approximators.starting_at
    before_spaces = reader.approx_before
    asks = frozenset((*words_behind, *approximators.signs_after, *approximators.inside, *_BEHIND))
    scale_asks, unit_asks = frozenset(_BEHIND_SCALE), frozenset((*approximators.inside, *_BEHIND_UNIT))
    money_asks = frozenset(CHINESE + "0123456789")
    make: Callable[[type[Quantity], tuple[object, ...]], Quantity] = tuple.__new__
    exact, written, measured, numbers, nothing = (
        Approx.EXACT,
        UnitFrom.WRITTEN,
        NumericKind.QUANTITY,
        NumericKind.NUMBER,
        Dimension.NUMBER,
    )
    ordinal, money, temperature, about = NumericKind.ORDINAL, Dimension.MONEY, Dimension.TEMPERATURE, Approx.ABOUT

    def plain(start: int, end: int) -> Quantity | None:
        ahead, near, length = text[start - 1], text[end], end - start
        approx, first, farther = exact, start, ahead
        if ahead in _SPACES:
            place = start - 2
            farther = text[place]
            while farther in _SPACES and place > 0:
                place -= 1
                farther = text[place]
            if farther in _SIGNS and ahead == " ":
                return read(start)
            if farther in words_before:
                approx = before_spaces(start) or exact
        elif ahead in words_before:
            approx = ending_at(text, start) or exact
        elif ahead == "-":
            if text[start - 2] in _BEFORE_MINUS:
                first -= 1
        elif ahead in _SIGNS and (ahead != "的" or text[start - 2] in "负負"):
            return read(start)
        if length > LONGEST:
            return read(start)
        digits = text[start:end]
        point = digits.find(".")
        rows = (
            in_front[ahead if farther is ahead else ahead + farther]
            & behind[near_behind(text, end) if near in _SPACES else near]
            & of_first[digits[0]]
            & of_length[length]
            & of_points[point > 0]
        )
        if near == "、" and rows & bare:
            kind = first_kind(rows & bare, text, start, end, "bare")
            return read(start) if kind is None or kind is ordinal or keep_aside else None
        place = end
        while near == " ":
            place += 1
            near = text[place]
        if near in _PARTICLES:
            place += 1
            near = text[place]
            approx = about if approx is exact else approx
            if near not in _SCALES and near not in tree:
                return read(start)
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
            rows &= bare if unit is None and not scale else arabic
            if rows:
                kind = first_kind(rows, text, start, end, "bare" if unit is None and not scale else "arabic")
                if kind is not None:
                    return read(start) if keep_aside or kind is ordinal else None
        if unit is None:
            if approx is about and text[end] in _PARTICLES:
                return read(start)
            name, dimension, kind = "", nothing, numbers
        else:
            name, dimension, kind = unit.unit, unit.dimension, measured
            near = text[stop]
            if near in unit_asks:
                return read(start)
            if near == " ":
                near = text[stop + 1]
                if near in unit_asks or near in words_behind or near == " " or near == "(":
                    return read(start)
            elif near == "(":
                if text[stop + 1] in "含不":
                    return read(start)
            elif near in words_behind:
                word = starting_at(text, stop)
                if word is not None:
                    stop, approx = stop + len(word.surface), word.approx
                    if word.surface == "内" or text[stop] in unit_asks or text[stop] == " ":
                        return read(start)
            elif near < "\x80" and near.isalnum():
                return read(start)
            if dimension is temperature and ahead in "下氏 ":
                return read(start)
            if dimension in _AMOUNTS:
                words = text[start - 9 if start > 9 else 0 : start]
                if "每" in words or "均" in words or (dimension is money and near in money_asks):
                    return read(start)
        if "," in digits:
            digits = digits.replace(",", "")
            point = digits.find(".")
        step = scale
        if point > 0:
            step -= len(digits) - point - 1
        if scale:
            if step < 0:
                return read(start)
            digits = digits.replace(".", "") + _ZEROS[step]
        number = Decimal(digits)
        if first != start and number:
            number = -number
        return make(
            Quantity,
            (
                span_between(first, stop),
                number,
                None,
                None,
                name,
                dimension,
                approx,
                kind,
                written,
                _STEPS[step],
            ),
        )

    return plain


_ZEROS = tuple("0" * count for count in range(9))
