"""Which relations hold, and which fail beyond doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from extract.audit.borne_out import borne_out_twice
from extract.audit.culprits import Failure, Printed, settled, surroundings_of
from extract.audit.digits import numeral_of
from extract.audit.doubts import (
    SURE,
    VERY_FINE,
    Doubt,
    coarseness_of,
    doubt_of,
    proof_of,
    weighed,
)
from extract.audit.misreadings import not_misread
from extract.audit.relations import Figure, Relation, RelationKind, Ways
from extract.audit.relations.twins import Twins
from extract.audit.rewritings import SlipKind
from extract.audit.slips import find_slips

_TELLING_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Judgement:
    """The relations of a document, checked."""

    holding: tuple[Relation, ...]
    failing: tuple[Failure, ...]


def restated(figures: Sequence[Figure]) -> Counter[str]:
    """How often the very digits of a figure stand elsewhere in the document, twice at most."""
    places: dict[str, set[int]] = {}
    digits = {figure.claim.id: numeral_of(figure.surface) for figure in figures}
    for figure in figures:
        places.setdefault(digits[figure.claim.id], set()).add(figure.claim.segment.paragraph)
    return Counter(
        {
            figure.claim.id: min(len(places[own]) - 1, 2)
            for figure in figures
            if len(own := digits[figure.claim.id]) >= _TELLING_DIGITS and len(places[own]) > 1
        }
    )


Further = Callable[[Sequence[Relation], Sequence[Ways]], Iterable[Relation]]


def judge(
    statements: Iterable[Ways],
    restated: Counter[str],
    further: Further = lambda *_: (),
    is_meant_otherwise: Callable[[Relation], bool] = lambda _: False,
    twins: Twins = MappingProxyType({}),
    printed: Printed = lambda *_: False,
) -> Judgement:
    """Each statement by its likeliest reading that holds; where none does, what speaks against it.

    ``restated`` says how often the digits of a claim stand elsewhere: such a claim is less likely a slip. ``further``
    gives the relations that fail beyond doubt, from those that hold and the statements of which no reading holds.
    ``is_meant_otherwise`` says of a failing relation whether its result follows from other figures than its own.
    ``twins`` tell figures more finely: what holds with the coarser alone proves nothing. ``printed`` says whether
    another figure has a value: the one that a slip would give is then likely meant.
    """
    holding, unproven = _weighed(statements, twins)
    readings = [weighed(ways) for ways in unproven]
    doubts = [doubt for each in readings if (doubt := doubt_of(each)) is not None]
    known = {id(doubt.relation) for doubt in doubts}
    doubts += [doubt for doubt in borne_out_twice(readings) if id(doubt.relation) not in known]
    doubts += [Doubt(relation, find_slips(relation), relation.sure) for relation in further(holding, unproven)]
    doubts = [doubt for doubt in not_misread(doubts, holding) if not is_meant_otherwise(doubt.relation)]
    telling = (relation for relation in holding if relation.sure >= 0.5 or coarseness_of(relation) <= VERY_FINE)
    proven = Counter(figure.claim.id for relation in telling for figure in _told(relation))
    proven.update(restated)
    surroundings = surroundings_of(doubts, unproven, proven, printed)
    failing = (settled(doubt, surroundings) for doubt in doubts)
    return Judgement(tuple(holding), tuple(f for f in failing if not _is_borne_out(f, proven)))


def _weighed(statements: Iterable[Ways], twins: Twins) -> tuple[list[Relation], list[Ways]]:
    """(the readings that hold, the statements of which none does)."""
    holding: list[Relation] = []
    unproven: list[Ways] = []
    for ways in statements:
        proof = proof_of(ways, twins)
        if proof is None:
            unproven.append(ways)
        else:
            holding.append(proof)
    return holding, unproven


def _is_borne_out(failure: Failure, proven: Counter[str]) -> bool:
    """Whether the figure blamed on a reading of little surety is right by what stands elsewhere."""
    is_unit = failure.slip is not None and failure.slip.kind is SlipKind.UNIT
    return failure.relation.sure < SURE and not is_unit and proven[failure.figure.claim.id] > 0


def _told(relation: Relation) -> Sequence[Figure]:
    """The figures that a holding relation confirms; a part that is below its whole confirms nothing."""
    return () if relation.kind is RelationKind.WITHIN else relation.figures
