"""A quantity in its surroundings: sentence, clause, headings and cell, as every later decision reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extract.lexicons import AS_BEFORE, UnitTable, implied_unit, unit_of_name
from extract.offsets import CharSpan
from extract.records import (
    Approx,
    ColumnKind,
    Dimension,
    NumericKind,
    Quantity,
    Segment,
    UnitFrom,
)
from extract.segmentation.cell_units import written_unit
from extract.segmentation.reading import Reading
from extract.segmentation.sentences import clause_around

_STATES = re.compile(r"(?:为|是|达|达到|共|共计|计|[≥≤><=]|得分|总分|满分)\s*$")
_PARTS_IN_BRACKETS = re.compile(
    r"\d(?P<unit>[一-鿿]{1,3})[(（](?P<parts>[一-鿿]{1,8}\d[\d,.]*(?:[、，,；;][一-鿿]{1,8}\d[\d,.]*)+)[)）]"
)
_CLOSES = re.compile(r"\s*(?:[，。；;、)）]|$|[(（])")
_ENDS = re.compile(r"\s*(?:[，。；;、,:)）]|$)")
_MYRIADS = ("万", "亿")
_NEAR = 16  #: characters in front of a number that say what it counts
_GRADES = re.compile(r"优|良|合格|不合格|等级|等次")
_AROUND_ALONE = re.compile(
    r"[≥≤><=\s%()]|不低于|不少于|不超过|小于|大于|近|约|以上|以下|以内|左右|达到?|[上提][升高]|[下降][降低]|增[加长]|减少|[增升减降]|合计|总分|小计"
)
_NO_MEASURE = re.compile(r"电话|手机|传真|邮编|邮政编码|代码|账号|证号|编号$")
_KEY = re.compile(r"[一-鿿()]{2,14}[:：]\s*")  #: 一般公共预算：3521.40 in one cell


class Mention(NamedTuple):
    """A quantity that may be a claim, and the words around it as they are read (folded, cut lines whole)."""

    quantity: Quantity
    segment: Segment
    place: CharSpan  #: where the figure stands in the reading
    since: int  #: where in the reading the figure before it in its sentence ends, or the sentence begins
    sentence: str  #: the whole sentence or paragraph of a cell
    before: str  #: the sentence up to the number
    clause: str  #: its clause up to the number
    name: str  #: the words since the number before it, or since the clause began
    after: str  #: the words behind it, up to the next number or the clause's end
    alone: bool  #: the only content of its line in a table cell

    @property
    def span(self) -> CharSpan:
        return self.quantity.span

    @property
    def written(self) -> str:
        """The figure as it is read."""
        start = len(self.before)
        return self.sentence[start : start + self.place.end - self.place.start]

    @property
    def kind(self) -> ColumnKind | None:
        return self.segment.cell.kind if self.segment.cell else None

    @property
    def rest(self) -> str:
        """The sentence behind the figure."""
        return self.sentence[len(self.before) + self.place.end - self.place.start :]


def find_mentions(reading: Reading, quantities: tuple[Quantity, ...], units: UnitTable) -> Iterator[Mention]:
    """The quantities that measure something where they stand, with units that headers or wording give.

    ``quantities`` were found in ``reading.words``; the mentions' spans count in the document.
    """
    previous: Mention | None = None
    money: Mention | None = None
    for index, quantity in enumerate(quantities):
        if reading.is_cut(quantity.span):
            continue
        following = _text_after(quantities, index, len(reading.words))
        settled = _settled(_mention(reading, quantity, previous, following), money, units)
        if settled is not None:
            yield settled
            previous = settled
            money = settled if settled.quantity.dimension is Dimension.MONEY else money


def _text_after(quantities: tuple[Quantity, ...], index: int, end: int) -> int:
    """Where the words behind a figure stop: at the next one, but 12宗80栋 share the words behind both."""
    place = index + 1
    while place < len(quantities) and quantities[place].span.start - quantities[place - 1].span.end <= 1:
        place += 1
    return quantities[place].span.start if place < len(quantities) else end


def _mention(reading: Reading, quantity: Quantity, previous: Mention | None, following: int) -> Mention:
    words, place = reading.words, quantity.span
    segment, sentence = reading.segment_at(place.start)
    clause = clause_around(words, sentence, place)
    since = previous.place.end if previous is not None and previous.place.start >= sentence.start else sentence.start
    end = max(place.end, min(clause.end, following, sentence.end))
    return Mention(
        quantity=quantity.at(reading.document_span(place)),
        segment=segment,
        place=place,
        since=min(since, place.start),
        sentence=sentence.of(words),
        before=words[sentence.start : place.start],
        clause=words[clause.start : place.start],
        name=words[min(max(clause.start, since), place.start) : place.start],
        after=words[place.end : end],
        alone=segment.cell is not None and _is_alone(words, place, sentence),
    )


def _is_alone(words: str, place: CharSpan, sentence: CharSpan) -> bool:
    before, after = words[sentence.start : place.start], words[place.end : sentence.end]
    keyed = _KEY.fullmatch(before) is not None
    return not _AROUND_ALONE.sub("", after if keyed else before + after)


def _settled(mention: Mention, money: Mention | None, units: UnitTable) -> Mention | None:
    """``mention`` with the unit that is understood; None when it measures nothing."""
    quantity, cell = mention.quantity, mention.segment.cell
    if cell is not None and cell.kind is ColumnKind.SERIAL:
        return None
    if cell is not None and _NO_MEASURE.search(cell.row_label):
        return None
    if quantity.kind is NumericKind.QUANTITY:
        return _with_operator(mention) if mention.alone else mention
    if cell is not None and mention.alone:
        if _is_numbering(cell.column, cell.column_header, cell.row_header, quantity):
            return None
        given = _with_unit(quantity, cell.unit_hint, UnitFrom.HEADER, units)
        return _with_operator(mention._replace(quantity=given))
    unit = _unit_of_myriads(mention, money)
    if unit:
        return mention._replace(quantity=_with_unit(quantity, unit, UnitFrom.IMPLIED, units))
    return _stated_bare(mention, units)


def _unit_of_myriads(mention: Mention, money: Mention | None) -> str:
    """The unit of 865万 with nothing behind it, by its words; what adds to money told so in its sentence is money."""
    if mention.written[-1:] not in _MYRIADS or not _ENDS.match(mention.after):
        return ""
    unit = implied_unit(mention.name[-_NEAR:])
    if unit != AS_BEFORE:
        return unit
    goes_on = money is not None and money.sentence == mention.sentence and money.written[-1:] in _MYRIADS
    return money.quantity.unit if money is not None and goes_on else ""


def _is_numbering(column: int, column_header: str, row_header: str, quantity: Quantity) -> bool:
    whole = quantity.number is not None and quantity.number == int(quantity.number) and 0 <= quantity.number < 200
    return column == 0 and not row_header and whole and not column_header


def _with_unit(quantity: Quantity, hint: str, source: UnitFrom, units: UnitTable) -> Quantity:
    """``quantity`` in the unit of ``hint`` (万元 → 元, number times 10,000; 元/人次 as the rate it is)."""
    written = written_unit(hint, units)
    if written is None:
        return quantity._replace(dimension=Dimension.COUNT, kind=NumericKind.QUANTITY)
    unit, factor = written
    return quantity._replace(
        number=_times(quantity.number, factor),
        low=_times(quantity.low, factor),
        high=_times(quantity.high, factor),
        unit=unit.unit,
        dimension=unit.dimension,
        kind=NumericKind.QUANTITY,
        unit_from=source,
        precision=quantity.precision * factor,
    )


def _times(number: Decimal | None, factor: int) -> Decimal | None:
    return None if number is None else number * factor


def _with_operator(mention: Mention) -> Mention:
    """A comparison sign in a column of its own bounds the target beside it."""
    cell = mention.segment.cell
    if cell is None or cell.kind is not ColumnKind.TARGET or cell.operator not in _SIGNS:
        return mention
    if mention.quantity.approx is not Approx.EXACT:
        return mention
    return mention._replace(quantity=mention.quantity._replace(approx=_SIGNS[cell.operator]))


_SIGNS = {
    "≥": Approx.AT_LEAST,
    ">=": Approx.AT_LEAST,
    "≤": Approx.AT_MOST,
    "<=": Approx.AT_MOST,
    ">": Approx.MORE_THAN,
    "<": Approx.LESS_THAN,
}


def _unit_of_whole(mention: Mention) -> str:
    """The unit of the figure whose parts a bracket lists, this one among them: 8605人次（线上6420、线下2185）."""
    place = len(mention.before)
    lists = (match for match in _PARTS_IN_BRACKETS.finditer(mention.sentence) if match.end() > place)
    whole = next(lists, None)
    return whole["unit"] if whole is not None and whole.start("parts") <= place else ""


def _stated_bare(mention: Mention, units: UnitTable) -> Mention | None:
    """A number without a unit in prose counts only where the wording states it (问责为0；S≥90)."""
    quantity = mention.quantity
    bound = quantity.approx not in (Approx.EXACT, Approx.ABOUT)
    if bound and _GRADES.search(mention.sentence):
        return mention._replace(quantity=_with_unit(quantity, "分", UnitFrom.IMPLIED, units))
    shared = _unit_of_whole(mention)
    if shared:
        return mention._replace(quantity=_with_unit(quantity, shared, UnitFrom.IMPLIED, units))
    if not _STATES.search(mention.before) or not _CLOSES.match(mention.after or ""):
        return None
    name = re.sub(r"(?:为|是|达到?|共计?|计)\s*$", "", mention.name.strip())
    hint = unit_of_name(name)
    if quantity.number == 0 and not hint:
        hint = "次"
    return mention._replace(quantity=_with_unit(quantity, hint, UnitFrom.IMPLIED, units))
