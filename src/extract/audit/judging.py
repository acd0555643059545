"""Which relations hold, which fail beyond doubt, and which figure of a failing one is the wrong one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from extract.audit.doubts import (
    FINE,
    FITTING,
    SURE,
    TELLING,
    VERY_FINE,
    Doubt,
    coarseness_of,
    doubt_of,
    proof_of,
)
from extract.audit.misreadings import is_explained, is_of_another_rate, of_inputs, of_shared_out, rates_of, sums_of
from extract.audit.reckoning import derived, expected, holds
from extract.audit.relations import Figure, Relation, RelationKind, Ways
from extract.audit.relations.twins import Twins
from extract.audit.rewritings import SlipKind
from extract.audit.slips import Slip, find_slips

_STRONG, _TELLING_DIGITS = 0.01, 4
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """The relations of a document, checked."""

    holding: tuple[Relation, ...]
    failing: tuple[Failure, ...]


def restated(figures: Sequence[Figure]) -> Counter[str]:
    """How often the very digits of a figure stand elsewhere in the document, twice at most."""
    places: dict[str, set[int]] = {}
    digits = {figure.claim.id: _digits(figure) for figure in figures}
    for figure in figures:
        places.setdefault(digits[figure.claim.id], set()).add(figure.claim.segment.paragraph)
    return Counter(
        {
            figure.claim.id: min(len(places[own]) - 1, 2)
            for figure in figures
            if len(own := digits[figure.claim.id]) >= _TELLING_DIGITS and len(places[own]) > 1
        }
    )


def _digits(figure: Figure) -> str:
    return "".join(c for c in figure.surface if c.isdigit() or c == ".")


Further = Callable[[Sequence[Relation], Sequence[Ways]], Iterable[Relation]]


def judge(
    statements: Iterable[Ways],
    restated: Counter[str],
    further: Further = lambda *_: (),
    is_meant_otherwise: Callable[[Relation], bool] = lambda _: False,
    twins: Twins = MappingProxyType({}),
) -> Judgement:
    """Each statement by its likeliest reading that holds; where none does, what speaks against it.

    ``restated`` says how often the digits of a claim stand elsewhere: such a claim is less likely a slip. ``further``
    gives the relations that fail beyond doubt, from those that hold and the statements of which no reading holds.
    ``is_meant_otherwise`` says of a failing relation whether its result follows from more figures than the two.
    ``twins`` tell figures more finely: what holds with the coarser alone proves nothing.
    """
    holding: list[Relation] = []
    doubts: list[Doubt] = []
    unproven: list[Ways] = []
    for ways in statements:
        proof = proof_of(ways, twins)
        if proof is not None:
            holding.append(proof)
        else:
            unproven.append(ways)
            doubt = doubt_of(ways)
            if doubt is not None:
                doubts.append(doubt)
    sums = sums_of(holding)
    doubts += [Doubt(relation, find_slips(relation), relation.sure) for relation in further(holding, unproven)]
    doubts = [doubt for doubt in doubts if not is_explained(doubt.relation, sums)]
    settled = {(key, relation.result.sentence) for relation in holding if (key := of_inputs(relation)) is not None}
    doubts = [doubt for doubt in doubts if (of_inputs(doubt.relation), doubt.relation.result.sentence) not in settled]
    shared = {key for relation in holding if (key := of_shared_out(relation)) is not None}
    doubts = [doubt for doubt in doubts if of_shared_out(doubt.relation) not in shared]
    doubts = [doubt for doubt in doubts if not is_meant_otherwise(doubt.relation)]
    spoken = rates_of(holding)
    doubts = [doubt for doubt in doubts if not is_of_another_rate(doubt, spoken)]
    telling = (relation for relation in holding if relation.sure >= 0.5 or coarseness_of(relation) <= VERY_FINE)
    proven = Counter(figure.claim.id for relation in telling for figure in _told(relation))
    proven.update(restated)
    blamed = Counter(figure.claim.id for doubt in doubts for figure in doubt.relation.figures)
    by_claim: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        for figure in doubt.relation.figures:
            by_claim.setdefault(figure.claim.id, []).append(doubt)
    fine = [way for ways in unproven for way in ways if coarseness_of(way) <= FINE]
    readings = _by_claim(fine, blamed)
    failing = (_settled(doubt, proven, blamed, by_claim, readings) for doubt in doubts)
    return Judgement(tuple(holding), tuple(f for f in failing if not _is_borne_out(f, proven)))


def _is_borne_out(failure: Failure, proven: Counter[str]) -> bool:
    """Whether the figure blamed on a reading of little surety is right by what stands elsewhere."""
    is_unit = failure.slip is not None and failure.slip.kind is SlipKind.UNIT
    return failure.relation.sure < SURE and not is_unit and proven[failure.figure.claim.id] > 0


def _told(relation: Relation) -> Sequence[Figure]:
    """The figures that a holding relation confirms; a part that is below its whole confirms nothing."""
    return () if relation.kind is RelationKind.WITHIN else relation.figures


def _by_claim(relations: Iterable[Relation], wanted: Container[str]) -> dict[str, list[Relation]]:
    """The relations that each of the ``wanted`` claims stands in."""
    found: dict[str, list[Relation]] = {}
    for relation in relations:
        for figure in relation.figures:
            if figure.claim.id in wanted:
                found.setdefault(figure.claim.id, []).append(relation)
    return found


def _settled(
    doubt: Doubt,
    proven: Counter[str],
    blamed: Counter[str],
    by_claim: dict[str, list[Doubt]],
    readings: dict[str, list[Relation]],
) -> Failure:
    """The member that most speaks against: no other relation bears it out, others fail with it, a slip explains it."""
    relation = doubt.relation
    reckoned = derived(relation)
    slip_of: dict[int, Slip] = {}
    for slip in doubt.slips:
        slip_of.setdefault(slip.index, slip)

    def suspicion(index: int) -> float:
        claim = relation.members[index].figure.claim.id
        slip = slip_of.get(index)
        weight = 0.5 if index == reckoned else 0.0
        weight += 0.7 if relation.kind is RelationKind.SAME and _is_told_beside_table(relation, index) else 0.0
        weight += 1.0 * min(blamed[claim] - 1, 3)
        weight -= 0.7 * min(proven[claim], 3)
        if slip is not None:
            others = (other for other in by_claim[claim][:_MOST_ASKED] if other is not doubt)
            weight += 0.5 * sum(_is_put_right(other.relation, claim, slip.value) for other in others)
            weak = (other for other in readings.get(claim, ())[:_MOST_ASKED] if _is_another(other, relation))
            weight += 0.6 if any(_is_put_right(other, claim, slip.value) for other in weak) else 0.0
            weight += 0.3 if slip.chance <= FITTING and slip.value == expected(relation, index) else 0.0
            weight += 0.9 if slip.chance <= _STRONG or index == reckoned else 0.3
            weight += 0.3 if slip.kind is SlipKind.UNIT else 0.0
            weight += 0.5 if slip.kind is SlipKind.UNIT and len(slip.right) > len(slip.printed) else 0.0
        return weight

    culprit = max(range(len(relation.members)), key=lambda index: (suspicion(index), -index))
    own = slip_of.get(culprit)
    if culprit and own is None and ((expected(relation, culprit) or 0) <= 0 or _lacks_part(relation, culprit)):
        culprit, own = 0, slip_of.get(0)
    right = own.value if own is not None else expected(relation, culprit)
    if own is None and culprit == 0:
        own = next((slip for slip in doubt.slips if slip.chance <= TELLING[1][0]), None)
        own = None if own is None else _reversed(own)
    return Failure(relation, culprit, right or Decimal(0), own, min(doubt.sure, 0.95))


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
