"""Two halves whose whole stands further in front: 全年274560件…；上半年129860件，下半年144700件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.audit.relations.far_rates import can_be_part
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import sum_of
from extract.audit.relations.wholes import is_whole

_BACK, _MOST = 10, 3
_SURE, _LESS = 0.6, 0.1
_NEAR = 4  #: a whole that halves miss by more than a quarter is of something else


def find_halves(paragraph: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    """For each two figures whose names make a whole the figures in front that may be it, those that fit best first."""
    for place, (one, other) in enumerate(pairwise(paragraph)):
        if one.kind != other.kind or not _are_parts(one, other) or not is_whole((one, other)):
            continue
        added = one.value + other.value
        before = [f for f in paragraph[max(0, place - _BACK) : place] if f.kind == one.kind and can_be_part(f)]
        wholes = [f for f in reversed(before) if abs(f.value - added) * _NEAR <= added]
        ways = [sum_of(whole, (one, other), _SURE - _LESS * rank) for rank, whole in enumerate(wholes[:_MOST])]
        if ways:
            yield tuple(ways)


def _are_parts(one: Figure, other: Figure) -> bool:
    return can_be_part(one) and can_be_part(other) and other.before.startswith(("、", "，", ";"))
