"""Records of numbers that were read: quantities, ordinals, and what measures nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.lexicons import PerWord, Unit
from extract.offsets import CharSpan
from extract.quantities.measuring import Measured, Measurer
from extract.quantities.patterns import RANK_FOLLOWED_BY
from extract.records import Approx, Dimension, NumericKind, Quantity

_LISTED = re.compile(r"(?:、 ?[0-9]+(?:\.[0-9]+)?(?![0-9.,])){1,20}(?!、 ?[0-9])")
_SEPARATORS = re.compile(r"[，。；、,;\d]")
_RANKED = re.compile(
    r"(?:排名|排|位居|位列|名列|列|居|获|获得|荣获|取得|考核|综合|位次|评比|测评|竞赛|比赛)[^，。；、,;]{0,12}$"
)
_HOURS = frozenset(("小时", "秒", "分钟"))
_LEAST_LISTED = 2


def stated(measurer: Measurer, measured: Measured) -> Quantity:
    """The record of one number: of a list or a rate where it stands in one."""
    numeral, unit = measured.numeral, measured.unit
    start, end = measured.start, measured.end
    if unit is None:
        unit = _list_unit(measurer, measured)
    kind = NumericKind.NUMBER if unit is None else NumericKind.QUANTITY
    name, dimension = ("", Dimension.NUMBER) if unit is None else (unit.unit, unit.dimension)
    if measured.unit is not None and measurer.text[numeral.end] == "大":
        end = numeral.end
    if name and (found := per_word(measurer, measured.start, dimension)):
        name, dimension = f"{name}/{found.per}", Dimension.RATE
        if measurer.general and found.per in _HOURS:
            start = measurer.text.rindex(found.surface, 0, start)
    approx = Approx.ABOUT if measured.value is None else measured.approx
    if measurer.text[start - 1] in "几数數幾" and numeral.scale > 1 and not numeral.arabic:
        approx = Approx.ABOUT
    span = CharSpan(start, end)
    return Quantity(span, measured.value, None, None, name, dimension, approx, kind, precision=numeral.step)


def per_word(measurer: Measurer, start: int, dimension: Dimension) -> PerWord | None:
    """每亩, 户均 … in front of the amount."""
    of_amounts = dimension in (Dimension.MONEY, Dimension.MASS)
    if not of_amounts and not (measurer.general and dimension in (Dimension.LENGTH, Dimension.VOLUME)):
        return None
    before = measurer.text[max(measurer.floor, start - 9) : start].rpartition("\n")[2].rstrip(" 近约达到为是")
    if "每" not in before and "均" not in before:
        return None
    for word in measurer.tables.per_words:
        if (word.per in _HOURS) is of_amounts:
            continue
        place = before.rfind(word.surface)
        if place >= 0:
            between = before[place + len(word.surface) :]
            if len(between) <= word.reach and not _SEPARATORS.search(between):
                return word
    return None


def _list_unit(measurer: Measurer, measured: Measured) -> Unit | None:
    """3、5、8个: the unit that the last of the list has."""
    if not measured.numeral.arabic or measurer.text[measured.end] != "、":
        return None
    match = _LISTED.match(measurer.text, measured.end)
    if match is None or (not measurer.general and match[0].count("、") < _LEAST_LISTED):
        if _is_in_list(measurer, measured.start) and match is not None:
            return measurer.unit_at(match.end())
        return None
    return measurer.unit_at(match.end())


def _is_in_list(measurer: Measurer, start: int) -> bool:
    return measurer.text[start - 1] == "、" and "0" <= measurer.text[start - 2] <= "9"


def bare(start: int, end: int, kind: NumericKind, value: Decimal | None = None) -> Quantity:
    """What measures nothing, of a kind of its own."""
    return Quantity(CharSpan(start, end), value, None, None, "", Dimension.NUMBER, Approx.EXACT, kind)


def ordinal(measurer: Measurer, measured: Measured) -> Quantity:
    """第三: an ordinal; a rank when it is the achievement (排名第三, 第3名)."""
    numeral, text = measured.numeral, measurer.text
    start = text.rindex("第", 0, numeral.start)
    follows = text[numeral.end]
    rank_word = follows in "名位"
    ranked = _RANKED.search(text[max(0, start - 16) : start]) is not None
    if numeral.value is not None and ranked and follows in RANK_FOLLOWED_BY:
        span = CharSpan(start, numeral.end + rank_word)
        return Quantity(span, numeral.value, None, None, "名", Dimension.RANK)
    dimension = Dimension.ORDINAL if measurer.general else Dimension.NUMBER
    span = CharSpan(start, numeral.end)
    return Quantity(span, numeral.value, None, None, "", dimension, Approx.EXACT, NumericKind.ORDINAL)
