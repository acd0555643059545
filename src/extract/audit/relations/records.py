"""What a relation is: figures, the part each has in it, the words that say so, and how sure that is."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from extract.offsets import CharSpan
from extract.records import Claim


class RelationKind(StrEnum):
    """How the figures hang together; the first figure of a relation is the one that follows from the others."""

    SUM = "sum"  #: total = parts, those taken off with a minus
    DIFFERENCE = "difference"  #: difference = more − less, whichever is more
    QUOTIENT = "quotient"  #: rate = part ÷ base (× 100 for %)
    REMAINDER = "remainder"  #: rate = (base − part) ÷ base
    GROWTH = "growth"  #: rate = |now − before| ÷ before
    GROWTH_UP = "growth_up"  #: rate = change ÷ (now − change)
    GROWTH_DOWN = "growth_down"  #: rate = change ÷ (now + change)
    PRODUCT = "product"  #: total = each × count, or × several
    SAME = "same"  #: one measure, stated twice
    WITHIN = "within"  #: a part is no more than its whole


class Part(StrEnum):
    """What a figure is to its relation."""

    TOTAL = "total"
    ITEM = "item"
    DEDUCTED = "deducted"
    RATE = "rate"
    NUMERATOR = "numerator"
    BASE = "base"
    CHANGE = "change"
    NOW = "now"
    BEFORE = "before"
    EACH = "each"
    COUNT = "count"
    STATED = "stated"
    EARLIER = "earlier"


class Band(NamedTuple):
    """Closed interval of exact values that a printed figure can stand for."""

    low: Decimal
    high: Decimal

    def meets(self, other: Band) -> bool:
        return self.low <= other.high and other.low <= self.high


class Figure(NamedTuple):
    """A claim's number ready for reckoning, and the words around it (a NamedTuple: there is one for every claim)."""

    claim: Claim
    value: Decimal  #: in the base unit of its kind
    step: Decimal  #: what one step of its last printed digit is worth, in the base unit
    kind: str  #: figures of one kind can be added and compared: the base unit, or the measure word of a count
    before: str  #: the words since the figure before it in its paragraph, white space and look-alikes made plain
    after: str  #: the words up to the next figure
    sentence: int  #: counted within the document
    group: int  #: the stretch of its sentence between semicolons
    depth: int  #: how many brackets stand open before it
    surface: str  #: as printed, white space taken out

    @property
    def span(self) -> CharSpan:
        return self.claim.span

    @property
    def is_whole(self) -> bool:
        """Whether it is a count of things, which rounds nothing."""
        return self.claim.quantity.dimension == "count" and self.claim.quantity.precision == 1


class Member(NamedTuple):
    """A figure with its part in a relation."""

    figure: Figure
    part: Part


class Relation(NamedTuple):
    """Figures that the wording or a table ties together."""

    kind: RelationKind
    members: tuple[Member, ...]  #: the one that follows from the others first
    sure: float  #: from 0 to 1: how surely the words or the table say this
    fact: str  #: what the reviewer calls it: 合计, 完成率
    table: bool = False  #: told by a table's rows or columns

    @property
    def result(self) -> Figure:
        return self.members[0].figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple([member.figure for member in self.members])

    @property
    def spans(self) -> tuple[CharSpan, ...]:
        """The evidence: where its figures stand."""
        return tuple(figure.span for figure in self.figures)
