"""Plain numbers: digits, a scale or none, and a unit or none, with nothing beside them that asks for more.

Nearly all numbers of a report are plain, so the scan spends its time here. ``Reader`` reads them the same way, only
slower; a test holds the two together. What is plain is told by the characters beside the number and beside its unit
(``beside``): whatever could begin a bound, a range, a sum or a sign there is left to ``Reader``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extract.offsets import span_between
from extract.quantities.beside import AMOUNTS, BEFORE_MINUS, PARTICLES, SCALES, SIGNS, SPACES, WINDOW, Tail
from extract.quantities.numerals import step_of
from extract.quantities.reading import Reader, Tables
from extract.records import Approx, Dimension, NumericKind, Quantity, UnitFrom

LONGEST = 23  #: characters of a plain number
_STEPS = {exponent: step_of(exponent) for exponent in range(-LONGEST, 9)}
_ZEROS = tuple("0" * count for count in range(9))


def number_and_step(digits: str, scale: int) -> tuple[Decimal, Decimal]:
    """What plain digits are worth with ``scale`` zeros behind them, and what one step of the last digit is.

    >>> number_and_step("1,163.5", 4) == (Decimal(11635000), Decimal(1000))
    True
    """
    if "," in digits:
        digits = digits.replace(",", "")
    point, step = digits.find("."), scale
    if point > 0:
        step -= len(digits) - point - 1
    if not scale:
        return Decimal(digits), _STEPS[step]
    digits = digits.replace(".", "")
    return Decimal(digits + _ZEROS[step] if step >= 0 else f"{digits}E{step}"), _STEPS[step]


def makes_a_rate(text: str, start: int) -> bool:
    """Whether a word in front of an amount may make a rate of it: 每亩, 户均."""
    words = text[start - 9 if start > 9 else 0 : start]
    return "每" in words or "均" in words


def plain_reader(
    text: str, tables: Tables, reader: Reader, *, keep_aside: bool
) -> Callable[[int, int], Quantity | None]:
    """What reads the digits ``text[start:end]`` with their unit, and asks ``reader`` where they are not plain.

    The function returns None where nothing is measured; what is set aside it tells only with ``keep_aside``.
    """
    exclusions, approximators, tree, beside = tables.exclusions, tables.approximators, tables.units.tree, tables.beside
    arabic, bare = exclusions.of_numeral["arabic"], exclusions.of_numeral["bare"]
    in_front, behind, of_first = exclusions.in_front, exclusions.behind, exclusions.of_first
    of_length, of_points, first_kind = exclusions.of_length, exclusions.of_points, exclusions.first_kind
    words_before, ending_at = approximators.before, approximators.ending_at
    words_behind, starting_at = approximators.after, approximators.starting_at
    asks, scale_asks, unit_asks, money_asks = beside.asks, beside.scale_asks, beside.unit_asks, beside.money_asks
    asks_ahead, lonely, ask = beside.in_front.asks, beside.lonely, beside.ask
    read, before_spaces, last = reader.read, reader.approx_before, len(text) - 1
    make: Callable[[type[Quantity], tuple[object, ...]], Quantity] = tuple.__new__
    exact, about, written = Approx.EXACT, Approx.ABOUT, UnitFrom.WRITTEN
    measured, numbers, ordinal = NumericKind.QUANTITY, NumericKind.NUMBER, NumericKind.ORDINAL
    nothing, money, temperature = Dimension.NUMBER, Dimension.MONEY, Dimension.TEMPERATURE

    def plain(start: int, end: int) -> Quantity | None:
        ahead, near, length = text[start - 1], text[end], end - start
        approx, first, farther = exact, start, ahead
        if ahead in SPACES:
            place = start - 2
            farther = text[place]
            while farther in SPACES and place > 0:
                place -= 1
                farther = text[place]
            if farther in SIGNS and ahead == " ":
                return read(start)
            if farther in words_before:
                approx = before_spaces(start) or exact
        elif ahead in words_before:
            approx = ending_at(text, start) or exact
        elif ahead == "-":
            if text[start - 2] in BEFORE_MINUS:
                first -= 1
        elif ahead in SIGNS and (ahead != "的" or text[start - 2] in "负負"):
            return read(start)
        if length > LONGEST:
            return read(start)
        beyond = near
        if near in SPACES:
            place = end
            while beyond in SPACES and place < last:
                place += 1
                beyond = text[place]
            beyond = near + beyond
        digits = text[start:end]
        point = digits.find(".")
        rows = (
            in_front[ahead if farther is ahead else ahead + farther]
            & behind[beyond]
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
        if near in PARTICLES:
            place += 1
            near = text[place]
            approx = about if approx is exact else approx
            if near not in SCALES and near not in tree:
                return read(start)
        if near in asks:
            return read(start)
        scale = 0
        if near in SCALES:
            scale = SCALES[near]
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
            if approx is about and text[end] in PARTICLES:
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
            elif near < "\x80" and near.isalnum() and unit.surface[-1] < "\x80":
                return read(start)
            if dimension is temperature and ahead in "下氏 ":
                return read(start)
            if dimension is money and near in money_asks:
                return read(start)
            if dimension in AMOUNTS and makes_a_rate(text, start):
                return read(start)
        number, step = number_and_step(digits, scale)
        if first != start and number:
            number = -number
        seen = max(place, stop) + (2 if text[stop] in " (" else 1) - end  # characters that were looked at
        if seen <= WINDOW and ahead not in asks_ahead and text[end] not in SPACES:
            shape = bare if unit is None and not scale else arabic
            rows = (behind[text[end]] & shape & ~lonely) | ask
            amount = unit is not None and dimension in AMOUNTS
            beside.remember(
                text[end : end + WINDOW], Tail(rows, stop - end, name, dimension, kind, approx, scale, amount)
            )
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
                step,
            ),
        )

    return plain
