"""Averages and unit prices: 58户，户均3120元，共计18.096万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.records import Dimension

_REACH = 5
_MEASURED = (Dimension.COUNT, Dimension.AREA, Dimension.LENGTH, Dimension.MASS, Dimension.VOLUME)
_OF_EACH = {"户": "户", "人": "人", "亩": "亩", "车": "辆", "件": "件", "村": "个", "次": "次", "处": "处", "套": "套"}


def find_averages(sentence: Sequence[Figure], index: int) -> tuple[Relation, ...]:
    """The ways in which a figure for each of something hangs together with the total and the count around it."""
    each = sentence[index]
    per = each.claim.quantity.unit.partition("/")
    words = each.before[-8:]
    if not is_exact(each) or not is_amount(each) or each.value <= 0:
        return ()
    if not per[1] and not said("each", words):
        return ()
    near = [f for f in sentence[max(0, index - _REACH) : index + _REACH + 1] if f is not each and is_exact(f)]
    unit = per[0] or each.kind
    totals = [f for f in near if f.kind == unit and f.value > 0 and not said("each", f.before[-8:])]
    counts = [f for f in near if f.claim.quantity.dimension in _MEASURED and f.value > 0 and f.kind != unit]
    ways = [
        _product(total, each, count, _surety(sentence, index, total, count, per[2] or words))
        for total in totals
        for count in counts
    ]
    return tuple(sorted(ways, key=lambda way: -way.sure))


def _product(total: Figure, each: Figure, count: Figure, sure: float) -> Relation:
    own = count.claim.quantity.number or count.value
    counted = count._replace(value=own, step=count.claim.quantity.precision)
    members = (Member(total, Part.TOTAL), Member(each, Part.EACH), Member(counted, Part.COUNT))
    return Relation(RelationKind.PRODUCT, members, sure, "总额")


def _surety(sentence: Sequence[Figure], index: int, total: Figure, count: Figure, words: str) -> float:
    each = sentence[index]
    place = {id(figure): position for position, figure in enumerate(sentence)}
    away = max(abs(place[id(total)] - index), abs(place[id(count)] - index))
    unit = count.claim.quantity.unit
    fits = any(word in words and unit.startswith(measure) for word, measure in _OF_EACH.items()) or unit in words
    sure = 0.55 if away <= 2 else 0.35
    sure += 0.2 if fits else -0.15
    sure -= 0.15 if total.group != each.group or count.group != each.group else 0.0
    return max(sure, 0.05)


def find_all_averages(sentence: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    for index in range(len(sentence)):
        ways = find_averages(sentence, index)
        if ways:
            yield ways
