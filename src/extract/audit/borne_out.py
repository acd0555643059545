"""Slips that two statements bear out: readings that fail, with no other figure in common, and one slip mends both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from extract.audit.doubts import SURE, Doubt
from extract.audit.relations import Relation, RelationKind
from extract.audit.slips import Slip

_JOINT = 0.006  #: chance that one slip mends two readings that have nothing to do with the figure
_MOST = 12  #: readings that one slip mends
Weighed = Sequence[tuple[Relation, tuple[Slip, ...]]]  #: the readings of a statement, each with the slips that mend it


class _Mended(NamedTuple):
    statement: int
    relation: Relation
    slips: tuple[Slip, ...]
    slip: Slip


def borne_out_twice(statements: Sequence[Weighed]) -> Iterator[Doubt]:
    """A doubt for each figure that two failing statements would have otherwise, and alike."""
    found: dict[tuple[str, Decimal], list[_Mended]] = {}
    for number, weighed in enumerate(statements):
        for relation, slips in weighed:
            if relation.kind not in (RelationKind.SAME, RelationKind.WITHIN):
                for slip in slips:
                    key = (relation.figures[slip.index].claim.id, slip.value)
                    found.setdefault(key, []).append(_Mended(number, relation, slips, slip))
    for doubt in _likeliest(found).values():
        yield from doubt


def _likeliest(found: Mapping[tuple[str, Decimal], Sequence[_Mended]]) -> dict[str, tuple[Doubt, Doubt]]:
    """Claim → the two doubts of the slip that is least by chance."""
    best: dict[str, tuple[float, tuple[Doubt, Doubt]]] = {}
    for (claim, _), mended in found.items():
        for one, other in combinations(mended[:_MOST], 2):
            joint = one.slip.chance * other.slip.chance
            if joint <= min(_JOINT, best[claim][0] if claim in best else 1.0) and _are_apart(one, other, claim):
                best[claim] = (joint, (_doubt(one), _doubt(other)))
    return {claim: doubts for claim, (_, doubts) in best.items()}


def _doubt(mended: _Mended) -> Doubt:
    """The slip that is borne out, before all others that would mend the reading."""
    return Doubt(mended.relation, (mended.slip, *(slip for slip in mended.slips if slip is not mended.slip)), SURE)


def _are_apart(one: _Mended, other: _Mended, claim: str) -> bool:
    ids = [{figure.claim.id for figure in each.relation.figures} - {claim} for each in (one, other)]
    return one.statement != other.statement and not ids[0] & ids[1]
