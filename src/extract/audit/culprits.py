"""Which figure of a failing relation is the wrong one, and what it should be."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.audit.digits import digits_of
from extract.audit.doubts import FINE, FITTING, TELLING, Doubt, coarseness_of
from extract.audit.reckoning import derived, expected, holds
from extract.audit.relations import Figure, Relation, RelationKind, Ways
from extract.audit.rewritings import SlipKind
from extract.audit.slips import Slip

_STRONG = 0.01
_ELSEWHERE, _FEWEST_DIGITS = 1.5, 3  #: what it tells that another figure of so many digits has the very value
_MOST_ASKED = 6  #: other failing relations of a figure


@dataclass(frozen=True, slots=True)
class Failure:
    """A relation that does not hold, the figure that is most likely wrong, and what it should be."""

    relation: Relation
    culprit: int  #: index of the member
    right: Decimal  #: in base units
    slip: Slip | None
    sure: float

    @property
    def figure(self) -> Figure:
        return self.relation.members[self.culprit].figure


Printed = Callable[[Figure, Decimal], bool]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else is known of the claims of doubtful relations."""

    proven: Counter[str]  #: how often a claim is borne out
    doubted: Mapping[str, Sequence[Doubt]]  #: the doubts that a claim stands in
    readings: Mapping[str, Sequence[Relation]]  #: readings that fail and hardly hold by chance
    printed: Printed  #: whether another figure has a value


def values_of(figures: Sequence[Figure]) -> Printed:
    """Whether a figure with three digits or more stands elsewhere in the document with a given value."""
    by_value: dict[tuple[str, Decimal], set[str]] = {}
    for figure in figures:
        if len(digits_of(figure.surface).strip("0")) >= _FEWEST_DIGITS:
            by_value.setdefault((figure.kind, figure.value), set()).add(figure.claim.id)

    def stands(figure: Figure, value: Decimal) -> bool:
        return bool(by_value.get((figure.kind, value), set()) - {figure.claim.id})

    return stands


def surroundings_of(
    doubts: Sequence[Doubt], unproven: Iterable[Ways], proven: Counter[str], printed: Printed
) -> Surroundings:
    doubted: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        for figure in doubt.relation.figures:
            doubted.setdefault(figure.claim.id, []).append(doubt)
    fine = (way for ways in unproven for way in ways if coarseness_of(way) <= FINE)
    return Surroundings(proven, doubted, _by_claim(fine, doubted), printed)


def settled(doubt: Doubt, known: Surroundings) -> Failure:
    """The member that most speaks against: no other relation bears it out, others fail with it, a slip explains it."""
    relation = doubt.relation
    slip_of: dict[int, Slip] = {}
    for slip in doubt.slips:
        slip_of.setdefault(slip.index, slip)
    weights = [
        math.fsum((*_against(doubt, index, known), *_for_slip(doubt, slip_of.get(index), known)))
        for index in range(len(relation.members))
    ]
    culprit = weights.index(max(weights))
    own = slip_of.get(culprit)
    if culprit and own is None and ((expected(relation, culprit) or 0) <= 0 or _lacks_part(relation, culprit)):
        culprit, own = 0, slip_of.get(0)
    if not culprit and own is None and slip_of and (expected(relation) or 0) <= 0 < relation.result.value:
        culprit, own = doubt.slips[0].index, doubt.slips[0]
    right = own.value if own is not None else expected(relation, culprit)
    if own is None and culprit == 0:
        own = next((slip for slip in doubt.slips if slip.chance <= TELLING[1][0]), None)
        own = None if own is None else _reversed(own)
    return Failure(relation, culprit, right or Decimal(0), own, min(doubt.sure, 0.95))


def _against(doubt: Doubt, index: int, known: Surroundings) -> Iterator[float]:
    """What speaks against the member at ``index`` by its place in the relation, and by other relations."""
    relation, claim = doubt.relation, doubt.relation.members[index].figure.claim.id
    if index == derived(relation):
        yield 0.5
    if relation.kind is RelationKind.SAME and _is_told_beside_table(relation, index):
        yield 0.7
    yield 1.0 * min(len(known.doubted[claim]) - 1, 3)
    yield -0.7 * min(known.proven[claim], 3)
    figure, meant = relation.members[index].figure, expected(relation, index)
    if meant and meant != figure.value and known.printed(figure, meant):
        yield _ELSEWHERE


def _for_slip(doubt: Doubt, slip: Slip | None, known: Surroundings) -> Iterator[float]:
    """What speaks for a slip of the pen in its member: that it puts others right, too, that it is telling, its kind."""
    if slip is None:
        return
    relation, claim = doubt.relation, doubt.relation.members[slip.index].figure.claim.id
    others = (other for other in known.doubted[claim][:_MOST_ASKED] if other is not doubt)
    yield 0.5 * sum(_is_put_right(other.relation, claim, slip.value) for other in others)
    weak = (other for other in known.readings.get(claim, ())[:_MOST_ASKED] if _is_another(other, relation))
    if any(_is_put_right(other, claim, slip.value) for other in weak):
        yield 0.6
    if slip.chance <= FITTING and slip.value == expected(relation, slip.index):
        yield 0.3
    yield 0.9 if slip.chance <= _STRONG or slip.index == derived(relation) else 0.3
    if slip.kind is SlipKind.UNIT:
        yield 0.8 if len(slip.right) > len(slip.printed) else 0.3


def _by_claim(relations: Iterable[Relation], wanted: Container[str]) -> dict[str, list[Relation]]:
    """The relations that each of the ``wanted`` claims stands in."""
    found: dict[str, list[Relation]] = {}
    for relation in relations:
        for figure in relation.figures:
            if figure.claim.id in wanted:
                found.setdefault(figure.claim.id, []).append(relation)
    return found


def _lacks_part(relation: Relation, index: int) -> bool:
    """Whether a sum falls short by so much that the part at ``index`` is no misprint, and another is not told."""
    lack = relation.result.value - (expected(relation) or Decimal(0))
    return relation.kind is RelationKind.SUM and lack * _OF_PART > relation.figures[index].value


_OF_PART = 4  #: a part that is wrong without any slip is so by less than a quarter


def _is_another(relation: Relation, known: Relation) -> bool:
    """Whether a relation has none but one figure in common with a known one, and so says something else."""
    return len({figure.claim.id for figure in relation.figures} & {f.claim.id for f in known.figures}) == 1


def _is_put_right(relation: Relation, claim: str, value: Decimal) -> bool:
    """Whether another failing relation holds, too, with ``value`` in the figure's place."""
    place = next(index for index, figure in enumerate(relation.figures) if figure.claim.id == claim)
    return holds(relation, {place: value})


def _is_told_beside_table(relation: Relation, index: int) -> bool:
    """Whether the statement at ``index`` is of the narrative and the other of a table, which comes from the books."""
    own, other = relation.members[index].figure.claim, relation.members[1 - index].figure.claim
    return own.cell is None and other.cell is not None


def _reversed(slip: Slip) -> Slip:
    """A figure that is right as printed was reckoned with as if it were another: 142.02 for 148.02."""
    return Slip(slip.index, slip.kind, slip.right, slip.printed, slip.value, slip.chance)
