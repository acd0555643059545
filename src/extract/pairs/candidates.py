"""Which actuals may answer a target: those of its row, those near it, and those that share words, slot or value."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from decimal import Decimal

from extract.claims.names import character_pairs
from extract.pairs.wordings import Wordings
from extract.records import Cell, Claim, ColumnKind, Dimension, Role

NEIGHBOURS = 6  #: figures before and behind the target that are looked at whatever they are called
ANSWERING = (Role.ACTUAL, Role.CHANGE)  #: a target of growth is answered by the growth that is told
_COMMON = frozenset(Decimal(share) for share in (0, 5, 10, 50, 60, 70, 80, 85, 90, 95, 98, 100))  #: that name nothing
TELLING = 4  #: actuals whose sentences say most of a target's name
MOST = 6  #: nearest actuals that share one trait; so no document makes the work grow with its square


class ActualIndex:
    """The actuals (and changes) of a document by what a target may share with them."""

    def __init__(self, claims: Sequence[Claim], wordings: Wordings) -> None:
        self.claims = claims
        self._wordings = wordings
        self._told: dict[tuple[Dimension, str], list[int]] = {}
        self._places: dict[Hashable, list[int]] = {}
        cells = [(claim, claim.cell) for claim in claims if claim.cell is not None]
        self._with_actuals = {cell.table for _, cell in cells if cell.kind is ColumnKind.ACTUAL}
        self._answered = {_measured_row(claim, cell) for claim, cell in cells if claim.role in ANSWERING}
        self._in_row = Counter(_row_key(claim) for claim in claims if claim.cell is not None)
        for place, claim in enumerate(claims):
            if claim.role in ANSWERING:
                for trait in _traits(claim):
                    self._places.setdefault(trait, []).append(place)
                for pair in wordings.told(claim):
                    self._told.setdefault((claim.quantity.dimension, pair), []).append(place)

    def is_alone_in_row(self, place: int) -> bool:
        """Whether no other target (or, of an actual, no other actual) of its dimension stands in its row."""
        return self._in_row[_row_key(self.claims[place])] == 1

    def row_answers(self, place: int) -> str:
        """Whether the row of a target holds an actual of its dimension; nothing where its table has no actuals."""
        claim = self.claims[place]
        if claim.cell is None or claim.cell.table not in self._with_actuals:
            return ""
        answered = _measured_row(claim, claim.cell) in self._answered
        return "row with an actual" if answered else "row without an actual"

    def candidates(self, place: int) -> tuple[int, ...]:
        """Places, in text order, of the actuals that may answer the target at ``place`` of ``claims``."""
        target = self.claims[place]
        found = {index for index in self._neighbours(place) if self.claims[index].role in ANSWERING}
        for trait in _traits(target):
            found.update(_nearest(self._places.get(trait, ()), place))
        found.update(self._telling(target, place))
        dimension = target.quantity.dimension
        return tuple(index for index in sorted(found) if self.claims[index].quantity.dimension is dimension)

    def _telling(self, target: Claim, place: int) -> Iterator[int]:
        """The actuals in whose sentences most of the target's name is said, whatever they are called themselves."""
        shared: dict[int, float] = {}
        for pair in sorted(character_pairs(target.indicator)):
            worth = self._wordings.worth(pair)
            for other in _nearest(self._told.get((target.quantity.dimension, pair), ()), place):
                shared[other] = shared.get(other, 0.0) + worth
        ranked = sorted(shared.items(), key=lambda each: (-each[1], abs(each[0] - place), each[0]))
        return (other for other, _ in ranked[:TELLING])

    def _neighbours(self, place: int) -> Iterator[int]:
        yield from range(max(place - NEIGHBOURS, 0), min(place + NEIGHBOURS + 1, len(self.claims)))


def _row_key(claim: Claim) -> Hashable:
    cell = claim.cell
    return None if cell is None else (cell.table, cell.row, claim.role, claim.quantity.dimension)


def _measured_row(claim: Claim, cell: Cell) -> Hashable:
    return cell.table, cell.row, claim.quantity.dimension


def _traits(claim: Claim) -> Iterator[Hashable]:
    dimension, quantity = claim.quantity.dimension, claim.quantity
    if claim.cell is not None:
        yield "row", claim.cell.table, claim.cell.row
    if claim.row_slot is not None:
        yield "answers", claim.row_slot
    elif claim.cell is not None:
        yield "answers", f"table {claim.cell.table} row {claim.cell.row}"
    for pair in character_pairs(claim.indicator):
        yield "name", dimension, pair
    if claim.slot_base != "other":
        yield "slot", dimension, claim.slot_base
    if dimension is not Dimension.RATIO or (quantity.value is not None and quantity.value not in _COMMON):
        yield "value", quantity.unit, quantity.value


def _nearest(places: Sequence[int], place: int) -> Sequence[int]:
    middle = bisect_left(places, place)
    return places[max(middle - MOST, 0) : middle + MOST]
