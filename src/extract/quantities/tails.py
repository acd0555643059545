"""What the characters behind plain digits mean: their scale, their unit, and the bound behind it.

Few characters tell (``万元，``, ``公顷、``), and the same few stand behind most numbers, so what they mean is worked
out once and remembered by them. Where they could begin a range, a sum, a spoken ratio or a list, the digits are not
plain, and the full reader (``reading``) is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.lexicons import ApproximatorTable, Unit, UnitTable
from extract.quantities.exclusions import SPACES, ExclusionPatterns
from extract.quantities.fronts import Asks
from extract.quantities.numerals import CHINESE, VAGUE, step_of
from extract.records import Approx, Dimension, NumericKind

_WIDTHS = (2, 4, 8)  #: characters that a meaning is remembered by, as many as it was told from
_REMEMBERED = 50_000  #: a text of random characters must not fill the memory
_SCALES = {"万": 4, "亿": 8}
_PARTICLES = "余多"
WITHIN = (Dimension.DURATION, Dimension.LENGTH)  #: 5日内, 3公里内: of these 内 is a bound
_AMOUNTS = (Dimension.MONEY, Dimension.MASS)
_NUMERALS = CHINESE.replace("万", "").replace("亿", "")
_BEGIN_MORE = "-—~至到:/^大×*xwWkKeE成折又、点點" + VAGUE + _NUMERALS
_BEGIN_MORE_BEHIND_SCALE = " 点點0123456789" + VAGUE + CHINESE
_BEGIN_MORE_BEHIND_UNIT = "-—~至到/每半又零之含" + VAGUE
_BEGIN_MORE_BEHIND_MONEY = "0123456789" + CHINESE


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a plain number."""

    rows: int  #: the exclusions that it admits, with the bits of ``Asks``
    length: int = 0  #: characters of scale, unit and bound
    unit: str = ""
    dimension: Dimension = Dimension.NUMBER
    kind: NumericKind = NumericKind.NUMBER
    approx: Approx = Approx.EXACT
    zeros: str = ""  #: that the scale stands for
    step: Decimal = Decimal(1)  #: what the last digit of a whole number is worth
    amount: bool = False  #: a word in front (每亩) may make a rate of it
    numeral: str = "arabic"  #: the sort of number that exclusions are asked for: arabic, bare or chinese
    bounded: bool = False  #: a word behind says ``approx``, so that none in front does


class _Window:
    """The characters of ``text`` behind ``start``, and how many of them were looked at."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.seen = text, start, 0

    def __getitem__(self, place: int) -> str:
        self.seen = max(self.seen, place + 1)
        return self.text[min(self.start + place, len(self.text) - 1)]

    def near(self) -> str:
        """The first character; where it is a space, the first one beyond the spaces too."""
        place = 0
        while self[place] in SPACES and self.start + place + 1 < len(self.text):
            place += 1
        return self[0] + self[place] if place else self[0]


class Tails(dict[str, Tail]):
    """Characters behind a number → what they mean, for those that were met."""

    def __init__(
        self,
        units: UnitTable,
        approximators: ApproximatorTable,
        exclusions: ExclusionPatterns,
        *,
        spoken: bool = False,
    ) -> None:
        """``spoken``: behind one Chinese digit (三个), which measures only with a unit."""
        super().__init__()
        self.spoken = spoken
        self.tree, self.by_surface = units.tree, units.by_surface
        self.approximators, self.exclusions = approximators, exclusions
        self.asks = Asks(exclusions)
        self.asks_reader = Tail(self.asks.front | self.asks.reader)
        after, inside = approximators.after, approximators.inside
        self.begin_more = frozenset((*after, *approximators.signs_after, *inside, *_BEGIN_MORE)) - {"("}
        self.begin_more_behind_scale = self.begin_more | {*_BEGIN_MORE_BEHIND_SCALE}
        self.begin_more_behind_unit = frozenset((*inside, *_BEGIN_MORE_BEHIND_UNIT))

    def at(self, text: str, end: int) -> Tail:
        """What stands at ``text[end:]``; the text ends in a line break."""
        for width in _WIDTHS:
            tail = self.get(text[end : end + width])
            if tail is not None:
                return tail
        window = _Window(text, end)
        tail = self._meaning(window)
        self._remember(window, tail)
        return tail

    def _remember(self, window: _Window, tail: Tail) -> None:
        if len(self) >= _REMEMBERED:
            self.clear()
        for width in _WIDTHS:
            if window.seen <= width and window.start + window.seen <= len(window.text):
                self[window.text[window.start : window.start + width]] = tail
                return

    def _meaning(self, window: _Window) -> Tail:
        place = 0
        while window[place] == " ":
            place += 1
        particle = window[place] in _PARTICLES
        if particle:
            place += 1
            if self.spoken:
                return self.asks_reader
            if window[place] not in _SCALES and window[place] not in self.tree:
                return self.asks_reader
        if self._begins_more(window, place):
            return self._aside_or_asked(window)
        scale = _SCALES.get(window[place], 0)
        if scale:
            place += 1
            if self.spoken or window[place] in self.begin_more_behind_scale:
                return self.asks_reader
        unit, stop = self._unit(window, place)
        if unit is not None:
            return self._of_unit(window, unit, stop, scale, Approx.ABOUT if particle else Approx.EXACT)
        if particle:
            return self.asks_reader
        if self.spoken:
            return Tail(self._rows(window, "chinese") | self.asks.unit, numeral="chinese")
        numeral = "arabic" if scale else "bare"
        rows = self._rows(window, numeral) | self.asks.front
        return Tail(rows, place if scale else 0, zeros="0" * scale, step=step_of(scale), numeral=numeral)

    def _begins_more(self, window: _Window, place: int) -> bool:
        return window[place] in self.begin_more or (window[place] == "(" and window[place + 1] in "含不")

    def _aside_or_asked(self, window: _Window) -> Tail:
        """For the full reader; but a list number (3、) may be set aside without it."""
        numeral = "chinese" if self.spoken else "bare"
        rows = self._rows(window, numeral) if window[0] == "、" else 0
        return Tail(rows | self.asks.reader, numeral=numeral)

    def _rows(self, window: _Window, numeral: str) -> int:
        """The exclusions that may fit a number of this sort with this behind it."""
        return self.exclusions.behind[window.near()] & self.exclusions.of_numeral[numeral] & self.exclusions.of_plain

    def _unit(self, window: _Window, place: int) -> tuple[Unit | None, int]:
        """The longest unit at ``place``, and where it ends."""
        unit, stop, node = None, place, self.tree.get(window[place])
        while node is not None:
            place += 1
            if node.unit is not None:
                unit, stop = node.unit, place
            node = node.longer.get(window[place])
        return unit, stop

    def _of_unit(self, window: _Window, unit: Unit, stop: int, scale: int, approx: Approx) -> Tail:
        unit, stop, approx = self._around_particle(window, unit, stop, approx)
        if self._goes_on(window, unit, stop) or window[stop] == "多":
            return self.asks_reader
        blank = window[stop] == " "
        end, bound = self._bound(window, unit, stop + blank)
        if bound is None:
            end = stop
        if self._joined(window, end) or (bound is not None and self._goes_on_behind_bound(window, end)):
            return self.asks_reader
        cold = self.asks.cold if unit.dimension is Dimension.TEMPERATURE else 0
        numeral = "chinese" if self.spoken else "arabic"
        return Tail(
            rows=self._rows(window, numeral) | self.asks.front | cold,
            length=end,
            unit=unit.unit,
            dimension=unit.dimension,
            kind=NumericKind.QUANTITY,
            approx=approx if bound is None else bound,
            zeros="0" * scale,
            step=step_of(scale),
            amount=unit.dimension in _AMOUNTS,
            numeral=numeral,
            bounded=bound is not None,
        )

    def _around_particle(self, window: _Window, unit: Unit, stop: int, approx: Approx) -> tuple[Unit, int, Approx]:
        """人余次 is 人次 with a particle inside."""
        if window[stop] in self.approximators.inside:
            for length in (2, 1):
                rest = "".join(window[stop + place] for place in range(1, length + 1))
                whole = self.by_surface.get(unit.surface + rest)
                if whole is not None:
                    return whole, stop + 1 + length, Approx.ABOUT
        return unit, stop, approx

    def _goes_on(self, window: _Window, unit: Unit, stop: int) -> bool:
        """Whether what stands behind ``unit`` may add to it: a range, a sum, a second unit, letters."""
        near = window[stop]
        if near in self.begin_more_behind_unit or (near == "不" and window[stop + 1] == "含"):
            return True
        if near == " ":
            after = window[stop + 1]
            return after in self.begin_more_behind_unit or after in " (不"
        if unit.dimension is Dimension.MONEY and near in _BEGIN_MORE_BEHIND_MONEY:
            return True
        return near.isascii() and near.isalnum() and unit.surface[-1].isascii()

    def _bound(self, window: _Window, unit: Unit, stop: int) -> tuple[int, Approx | None]:
        """Where the word behind the unit ends (以上), and what it says; ``stop`` and None where there is none."""
        for word in self.approximators.after.get(window[stop], ()):
            if all(window[stop + place] == character for place, character in enumerate(word.surface)):
                fits = word.surface != "内" or unit.dimension in WITHIN
                return (stop + len(word.surface), word.approx) if fits else (stop, None)
        return stop, None

    def _goes_on_behind_bound(self, window: _Window, end: int) -> bool:
        return window[end] == " " or window[end] in self.begin_more_behind_unit

    def _joined(self, window: _Window, end: int) -> bool:
        """Whether (含) stands at ``end`` with the dash of a range behind it."""
        if window[end] != "(" or window[end + 1] not in "含不":
            return False
        place = end + (2 if window[end + 1] == "含" else 3)
        while window[place] in ") ":
            place += 1
        return window[place] in "-—~至到"
