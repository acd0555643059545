"""What may stand beside a plain number, and what the characters there ask for.

A number is plain when nothing beside it, or beside its unit, could begin a bound, a range, a sum or a sign. The sets
are worked out once for the tables at hand; what stood behind a number before (公顷, 万元) is remembered with its meaning.
"""

from __future__ import annotations

from typing import NamedTuple

from extract.lexicons import ApproximatorTable
from extract.quantities.exclusions import ExclusionPatterns
from extract.quantities.numerals import CHINESE, VAGUE
from extract.records import Approx, Dimension, NumericKind

SPACES = frozenset(" \t\n\r\f\v")
SIGNS = "-负負的"
BEFORE_MINUS = " \t\n\r\f\v(:：为=|，。；,;"
PARTICLES = "余多"
SCALES = {"万": 4, "亿": 8}
AMOUNTS = (Dimension.MONEY, Dimension.MASS)
SHORT = 8  #: characters of a number that its own form alone never sets aside (phones and codes are longer)
WINDOW = 4  #: characters behind a number that are remembered
_REMEMBERED = 20_000  #: a text of random characters must not fill the memory
_BEHIND = ("-—~至到:/(^大×*xwWkKeE成折又、点點" + VAGUE + CHINESE).replace("万", "").replace("亿", "")
_BEHIND_SCALE = VAGUE + CHINESE + " 0123456789点點"
_BEHIND_UNIT = "-—~至到/每半又零之" + VAGUE


class Tail(NamedTuple):
    """What the characters behind a plain number mean."""

    rows: int  #: of exclusions that may set the number aside
    length: int  #: of scale, unit and bound
    unit: str
    dimension: Dimension
    kind: NumericKind
    approx: Approx
    scale: int  #: a power of ten
    amount: bool  #: a word in front (每亩) may make a rate of it


class Beside:
    """What the characters beside a number ask for, by the tables that a text is read with."""

    def __init__(self, approximators: ApproximatorTable, exclusions: ExclusionPatterns) -> None:
        inside, after = approximators.inside, approximators.after
        self.asks = frozenset((*after, *approximators.signs_after, *inside, *_BEHIND))
        self.scale_asks = frozenset(_BEHIND_SCALE)
        self.unit_asks = frozenset((*inside, *_BEHIND_UNIT))
        self.money_asks = frozenset(CHINESE + "0123456789")
        self.ask = 1 << len(exclusions.rows)  #: a bit beyond those of the rows
        self.lonely = exclusions.told_by_number_alone(SHORT)
        self.in_front = _InFront(self, approximators, exclusions)
        self.tails: dict[str, Tail] = {}

    def remember(self, behind: str, tail: Tail) -> None:
        if len(self.tails) < _REMEMBERED:
            self.tails[behind] = tail


class _InFront(dict[str, int]):
    """The character in front of a number → the rows of exclusions that it admits, and ``Beside.ask`` where it asks."""

    def __init__(self, beside: Beside, approximators: ApproximatorTable, exclusions: ExclusionPatterns) -> None:
        super().__init__()
        self.ask, self.lonely, self.exclusions = beside.ask, beside.lonely, exclusions
        self.asks = frozenset((*approximators.before, *SPACES, *SIGNS, "下", "氏"))

    def __missing__(self, ahead: str) -> int:
        rows = self.ask if ahead in self.asks else self.exclusions.in_front[ahead] & ~self.lonely
        if len(self) < _REMEMBERED:
            self[ahead] = rows
        return rows
