"""The figures of a document as those that are reckoned from them see them: values in floats, places, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_exact
from extract.audit.relations.records import Figure
from extract.audit.relations.twins import Twins
from extract.claims.names import character_pairs

BACK, AHEAD = 14, 3  #: figures in front and behind that one may follow from
BACK_OF_EACH, AHEAD_OF_EACH = 24, 4
AFAR, NAME, SHARED, MOST_AFAR = 80, 10, 2, 4
NAME_OF_EACH = 14
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

    def over(self, scale: float) -> Printed:
        """In units so many times as large."""
        value, step, low, high, taken_low, taken_high, numeral = self
        return Printed(
            value / scale, step / scale, low / scale, high / scale, taken_low / scale, taken_high / scale, numeral
        )


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
    return Printed(value, step, low, high, taken_low, taken_high, numeral)


class Scene:
    """The figures of a document in text order, their values, where each stands again and which tell one more finely."""

    def __init__(self, figures: Sequence[Figure], told: Mapping[str, int], twins: Twins) -> None:
        self.figures, self.told, self.twins = figures, told, twins
        self.place_of = {figure.claim.id: place for place, figure in enumerate(figures)}
        self._printed: dict[str, Printed] = {}
        self._counted: dict[str, Printed] = {}
        self._names: dict[int, frozenset[str]] = {}
        self._each: dict[str, bool] = {}

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

    def named_like(self, name: frozenset[str], first: int, end: int) -> Iterator[Figure]:
        """The figures of some places that share two pairs of characters or more with a name, last ones first."""
        for place in range(end - 1, first - 1, -1):
            if place not in self._names:
                self._names[place] = frozenset(character_pairs(_words(self.figures[place])))
            if len(name & self._names[place]) >= SHARED and is_stated(self.figures[place]):
                yield self.figures[place]

    def is_each(self, figure: Figure) -> bool:
        """Whether it tells how much there is for each: 人均1.25件."""
        key = figure.claim.id
        if key not in self._each:
            self._each[key] = said("each", figure.before[-NAME:])
        return self._each[key]

    def place(self, figure: Figure) -> int:
        return self.place_of[figure.claim.id]

    def words_of(self, index: int) -> str:
        """The words in front of a figure; of one that is joined to others of its unit, those in front of the first."""
        figure = self.figures[index]
        for place in range(index, max(index - _LISTED, 0), -1):
            own, former = self.figures[place], self.figures[place - 1]
            if former.kind != figure.kind or former.sentence != figure.sentence or not said("joined", own.before):
                return own.before
        return figure.before


def is_stated(figure: Figure) -> bool:
    return is_exact(figure) and figure.value > 0


def _words(figure: Figure) -> str:
    """In front of a figure, or its row's name in a table."""
    cell = figure.claim.cell
    return figure.before[-NAME:] or (cell.row_header[-NAME:] if cell is not None else "")
