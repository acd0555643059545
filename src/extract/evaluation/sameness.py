"""When a prediction says the same as an annotation: values, units, slots, spans, figures in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Protocol

from extract.annotation.markup import GoldMention
from extract.errors import LexiconError
from extract.lexicons import data_text, table_rows
from extract.offsets import CharSpan
from extract.records import Dimension

_FIGURE = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_GENERAL = "*"


class Valued(Protocol):
    """Whatever states a number, or two ends, of a unit."""

    @property
    def number(self) -> Decimal | None: ...
    @property
    def low(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class EqualUnits:
    """Written forms of units that are compared as one."""

    compared_as: Mapping[str, str]
    general: frozenset[str]  #: measure words that do where the annotator's is not written

    def same(self, one: str, other: str) -> bool:
        return self.compared_as.get(one, one) == self.compared_as.get(other, other)


def parse_equal_units(text: str, name: str = "equal_units.tsv") -> EqualUnits:
    """The table that a file spells.

    Raises:
        LexiconError: naming the line, if a form stands twice.
    """
    compared_as: dict[str, str] = {}
    for where, cells in table_rows(name, text, ("written", "equal_to")):
        if cells["written"] in compared_as:
            raise LexiconError(f"{where}: {cells['written']!r} stands twice; keep one row")
        compared_as[cells["written"]] = cells["equal_to"]
    general = frozenset(written for written, equal in compared_as.items() if equal == _GENERAL)
    return EqualUnits({w: e for w, e in compared_as.items() if e != _GENERAL}, general | {""})


@cache
def default_equal_units() -> EqualUnits:
    return parse_equal_units(data_text("evaluation/equal_units.tsv"))


def same_value(claim: Valued, gold: GoldMention, surface: str) -> bool:
    """Whether ``claim`` states the number and unit of ``gold``, which is written ``surface``.

    For a measure word that the annotator supplied, because the text writes none there, a general one or none will do.
    """
    if (claim.number, claim.low, claim.high) != (gold.number, gold.low, gold.high):
        return False
    units = default_equal_units()
    if units.same(claim.unit, gold.unit):
        return True
    supplied = gold.dimension is Dimension.COUNT and gold.unit not in surface
    return supplied and units.compared_as.get(claim.unit, claim.unit) in units.general


def same_slot(slot: str, gold: str) -> bool:
    """Whether ``slot`` is ``gold`` or refines it.

    >>> same_slot("three_public.reception", "three_public"), same_slot("three_public", "three_public.reception")
    (True, False)
    """
    return slot == gold or slot.startswith(f"{gold}.")


def overlap(one: CharSpan, other: CharSpan) -> float:
    """What two spans share of what they cover together.

    >>> overlap(CharSpan(0, 4), CharSpan(2, 6))
    0.3333333333333333
    """
    both = min(one.end, other.end) - max(one.start, other.start)
    return both / (max(one.end, other.end) - min(one.start, other.start)) if both > 0 else 0.0


def figures_in(text: str) -> frozenset[Decimal]:
    """The numbers in a piece of text, thousands separators removed.

    >>> sorted(map(str, figures_in("应为94.44%（17/18），即1,634")))
    ['1634', '17', '18', '94.44']
    """
    return frozenset(Decimal(re.sub("[,，]", "", figure)) for figure in _FIGURE.findall(text))
