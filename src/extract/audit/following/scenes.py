"""The figures of a document as those that are reckoned from them see them: values in floats, places, names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from extract.audit.relations.averages import MEASURED, is_unit_of, unit_counted
from extract.audit.relations.cues import RateWords, default_rate_words, said
from extract.audit.relations.figures import is_amount
from extract.audit.relations.records import Figure
from extract.audit.relations.twins import Twins
from extract.claims.names import character_pairs
from extract.records import Approx, Stage

CLAUSE = re.compile(r"[，,。;；:：]")
WORDS = 14
NAME, NAME_OF_RESULT = 10, 14  #: characters in front of a figure that may name it
_COMMON = 24  #: figures whose names share a pair of characters that says nothing any more
_LISTED = 8


class Printed(NamedTuple):
    """A figure in floats: what it says, and what it may have been printed from."""

    value: float
    step: float
    low: float
    high: float
    taken_low: float  #: where others follow from it: one without decimals is what it says
    taken_high: float
    numeral: str
    number: float  #: the numeral's, in the unit that it is printed in; 0 where none stands
    decimals: int

    @property
    def scale(self) -> float:
        """How many base units its own unit has."""
        return self.value / self.number

    @property
    def digits(self) -> str:
        return self.numeral.replace(".", "")

    def over(self, scale: float) -> Printed:
        """In units so many times as large."""
        value, step, low, high, taken_low, taken_high, *printed = self
        sizes = [size / scale for size in (value, step, low, high, taken_low, taken_high)]
        return Printed._make((*sizes, *printed))


_NUMERAL = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")


def printed(figure: Figure) -> Printed:
    value, step = float(figure.value), float(figure.step)
    whole = figure.is_whole
    low, high = (value, value) if whole else (value - step / 2, value + step)
    precision = figure.claim.quantity.precision
    plain = whole or (precision >= 1 and precision.normalize().adjusted() % 4 == 0)
    taken_low, taken_high = (value, value) if plain else (low, high)
    match = _NUMERAL.search(figure.surface)
    numeral = match[0].replace(",", "").replace("，", "").replace("．", ".") if match else ""
    decimals = len(numeral.partition(".")[2])
    return Printed(value, step, low, high, taken_low, taken_high, numeral, float(numeral or 0), decimals)


class Scene:
    """The figures of a document in text order, their values, where each stands again and which tell one more finely."""

    def __init__(self, figures: Sequence[Figure], told: Mapping[str, int], twins: Twins) -> None:
        self.figures, self.told, self.twins = figures, told, twins
        self.place_of = {figure.claim.id: place for place, figure in enumerate(figures)}
        self._printed: dict[str, Printed] = {}
        self._counted: dict[str, Printed] = {}
        self._each: dict[str, bool] = {}
        self._counts: dict[str, list[int]] = {}
        self._rated: dict[RateWords, tuple[list[int], list[int]]] = {}

    def printed(self, figure: Figure) -> Printed:
        key = figure.claim.id
        if key not in self._printed:
            self._printed[key] = printed(figure)
        return self._printed[key]

    def counted(self, figure: Figure) -> Printed:
        """As ``printed``, in the unit that it is printed in."""
        key = figure.claim.id
        if key not in self._counted:
            own, number = self.printed(figure), figure.claim.quantity.number
            self._counted[key] = own.over(own.value / float(number)) if number else own
        return self._counted[key]

    @cached_property
    def _places_named(self) -> Mapping[str, Sequence[int]]:
        """Pair of characters → the places of figures that have it in their names."""
        places: dict[str, list[int]] = {}
        for place, figure in enumerate(self.figures):
            if is_stated(figure):
                for pair in name_of(figure):
                    places.setdefault(pair, []).append(place)
        return {pair: own for pair, own in places.items() if len(own) <= _COMMON}

    def named_like(self, index: int) -> list[int]:
        """The places of other figures whose names share most with the words of a figure, best first, nearest first."""
        shared: dict[int, float] = {}
        pairs = dict[int, int]()
        for pair in name_of_result(self.figures[index], self.words_of(index)):
            own = self._places_named.get(pair, ())
            for place in own:
                shared[place] = shared.get(place, 0.0) + 1 / len(own)
                pairs[place] = pairs.get(place, 0) + 1
        shared.pop(index, None)
        telling = [place for place, much in shared.items() if pairs[place] >= _PAIRS or much >= _RARE]
        return sorted(telling, key=lambda place: (-pairs[place], -shared[place], abs(place - index)))

    @cached_property
    def budgets(self) -> tuple[int, ...]:
        """The places of the amounts of a budget and its spending that are told most often."""
        places: dict[Decimal, list[int]] = {}
        for place, figure in enumerate(self.figures):
            if figure.claim.stage in _BUDGETED and figure.kind == "元" and is_stated(figure):
                places.setdefault(figure.value, []).append(place)
        often = sorted(places.values(), key=lambda own: (-len(own), own[0]))
        return tuple(own[0] for own in often[:_BUDGETS] if len(own) > 1)

    def counted_as(self, per: str) -> Sequence[int]:
        """The places of figures that count what there is one each of."""
        if per not in self._counts:
            own = (places for unit, places in self._places_of_unit.items() if per and is_unit_of(per, unit))
            self._counts[per] = sorted(chain.from_iterable(own))
        return self._counts[per]

    @cached_property
    def _places_of_unit(self) -> Mapping[str, Sequence[int]]:
        """Unit as it is printed → the places of what counts or measures in it."""
        places: dict[str, list[int]] = {}
        for place, figure in enumerate(self.figures):
            if is_stated(figure) and figure.claim.quantity.dimension in MEASURED:
                places.setdefault(unit_counted(figure), []).append(place)
        return places

    def parts_and_bases(self, words: RateWords) -> tuple[Sequence[int], Sequence[int]]:
        """The places of amounts whose words are those of the part, and of the base, of a rate."""
        if words not in self._rated:
            near = [
                (place, words_near(figure))
                for place, figure in enumerate(self.figures)
                if is_stated(figure) and is_amount(figure)
            ]
            parts = [place for place, around in near if words.part.search(around)]
            self._rated[words] = parts, [place for place, around in near if words.base.search(around)]
        return self._rated[words]

    def is_each(self, figure: Figure) -> bool:
        """Whether it tells how much there is for each: 人均1.25件."""
        key = figure.claim.id
        if key not in self._each:
            self._each[key] = said("each", figure.before[-NAME:])
        return self._each[key]

    def place(self, figure: Figure) -> int:
        return self.place_of[figure.claim.id]

    def words_of(self, index: int) -> str:
        """The words in front of a figure; of one that is joined to others of its unit, those in front of the first.

        Of one that is all that a cell holds, the headers of its row and column.
        """
        figure = self.figures[index]
        if figure.claim.cell is not None and not figure.before:
            return headers_of(figure)
        for place in range(index, max(index - _LISTED, 0), -1):
            own, former = self.figures[place], self.figures[place - 1]
            if former.kind != figure.kind or former.sentence != figure.sentence or not said("joined", own.before):
                return own.before
        return figure.before


_PAIRS, _RARE = 2, 0.3  #: pairs of characters that two names must share, or how rare what they share must be


_BUDGETED, _BUDGETS = (Stage.OPENING, Stage.ADJUSTED, Stage.RECEIVED, Stage.SPENT), 4


def is_stated(figure: Figure) -> bool:
    """Whether others may follow from it: as printed, or as the bound of a target."""
    return figure.value > 0 and figure.claim.quantity.approx is not Approx.ABOUT


def headers_of(figure: Figure) -> str:
    """What the table says of a figure: its row, then its column."""
    cell = figure.claim.cell
    return "" if cell is None else f"{cell.row_header}，{cell.column_header}"


def words_near(figure: Figure) -> str:
    """The words that may name a figure: in front of it, behind it, or in its row's header."""
    cell = figure.claim.cell
    before = figure.before[-WORDS:] or (cell.row_header[-WORDS:] if cell is not None else "")
    return before + CLAUSE.split(figure.after, maxsplit=1)[0][:6]


def named_rate(words: str) -> RateWords | None:
    """What a rate of that name is made of."""
    return next((row for row in default_rate_words() if row.stem.search(words)), None)


def is_beside(one: Figure, other: Figure) -> bool:
    """Whether two figures stand in one sentence, or in one row of a table."""
    first, second = one.claim.cell, other.claim.cell
    if first is not None and second is not None and first.table == second.table:
        return first.row == second.row
    return one.sentence == other.sentence


def name_of(figure: Figure) -> frozenset[str]:
    """The pairs of characters that may name a figure: in front of it, or in its row's header."""
    cell = figure.claim.cell
    return character_pairs(figure.before[-NAME:] or (cell.row_header[-NAME:] if cell is not None else ""))


def name_of_result(figure: Figure, words: str) -> frozenset[str]:
    return character_pairs(words[-NAME_OF_RESULT:]) | character_pairs(figure.claim.indicator[-NAME:])
