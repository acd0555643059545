"""Which readings that fail only misread what holds: a sum of other parts, a rate of another name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.audit.doubts import (
    FITTING,
    SURE,
    Doubt,
    coarseness_of,
)
from extract.audit.relations import Figure, Relation, RelationKind

_Sums = dict[
    str, list[tuple[frozenset[str], str]]
]  #: claim → (parts, total) of each sum that holds and has it as a part


def not_misread(doubts: Sequence[Doubt], holding: Sequence[Relation]) -> list[Doubt]:
    """The doubts that no relation of those that hold explains away."""
    sums, rates = _sums_of(holding), _rates_of(holding)
    changes = {(key, relation.result.sentence) for relation in holding if (key := _of_inputs(relation)) is not None}
    return [
        doubt
        for doubt in doubts
        if not _is_explained(doubt.relation, sums)
        and (_of_inputs(doubt.relation), doubt.relation.result.sentence) not in changes
        and not _is_of_another_rate(doubt, rates)
    ]


def _sums_of(holding: Sequence[Relation]) -> _Sums:
    sums: _Sums = {}
    for relation in holding:
        if relation.kind is RelationKind.SUM:
            parts = frozenset(figure.claim.id for figure in relation.figures[1:])
            for part in parts:
                sums.setdefault(part, []).append((parts, relation.result.claim.id))
    return sums


def _is_explained(relation: Relation, sums: _Sums) -> bool:
    """Whether a sum that fails only misreads one that holds: its parts have another total, or its total is a part too.

    A difference is misread where its result is a part of such a sum beside both that it was reckoned from, one
    of little surety where it is a part of any.

    A table that gives its parts and their sums adds up to the total twice, which is right as well.
    """
    if relation.kind is RelationKind.DIFFERENCE:
        own = sums.get(relation.result.claim.id, ())
        inputs = {figure.claim.id for figure in relation.figures[1:]}
        return bool(own) if relation.sure < SURE else any(inputs <= known for known, _ in own)
    if relation.kind is not RelationKind.SUM:
        return False
    total, parts = relation.result, relation.figures[1:]
    ids = frozenset(figure.claim.id for figure in parts)
    if any(
        _reads_over(ids, total.claim.id, known, owner)
        for part in (relation.figures)
        for known, owner in sums.get(part.claim.id, ())
    ):
        return True
    told = relation.table and relation.sure >= _TOLD
    if any(
        ids <= known and (total.claim.id in known or (owner != total.claim.id and not (told and ids < known)))
        for known, owner in sums.get(parts[0].claim.id, ())
    ):
        return True
    added = sum(figure.value for figure in parts)
    return relation.table and len(parts) > _TWICE and abs(added - 2 * total.value) <= total.step


def _reads_over(ids: frozenset[str], total: str, known: frozenset[str], owner: str) -> bool:
    """Whether the parts go on beyond a sum that holds: behind its last part, to its total, or to that of the whole."""
    if owner == total:
        return known < ids
    return owner in ids and (known < ids or (total in known and known - {total} < ids))


_Rates = dict[tuple[str, str], list[Figure]]  #: part and base → the rates that follow from them


def _rates_of(holding: Sequence[Relation]) -> _Rates:
    rates: _Rates = {}
    for relation in holding:
        if (
            relation.kind is RelationKind.QUOTIENT
            and relation.result.kind == "%"
            and coarseness_of(relation) <= _FINE_RATE
        ):
            rates.setdefault(_inputs(relation), []).append(relation.result)
    return rates


def _inputs(relation: Relation) -> tuple[str, str]:
    return relation.figures[1].claim.id, relation.figures[2].claim.id


def _is_of_another_rate(doubt: Doubt, rates: _Rates) -> bool:
    """Whether its part and base were told for a rate beside, and this one has a name of its own.

    办结1279件，办结率99.38%，噪声类占61%; 满意721份，满意度94.4%。租赁补贴对象满意度97%: unless a slip of the pen makes
    one of the two the other.
    """
    relation = doubt.relation
    if relation.kind is not RelationKind.QUOTIENT or relation.result.kind != "%":
        return False
    beside = [rate for rate in rates.get(_inputs(relation), ()) if rate is not relation.result]
    if not beside:
        return False
    own = _rate_name(relation.result)
    names = [_rate_name(rate) for rate in beside]
    alike = any(not name or own[-_NAME_END:] == name[-_NAME_END:] for name in names)
    slipped = any(slip.index == 0 and slip.chance <= FITTING for slip in doubt.slips)
    return not alike or (len(own) > len(names[0]) and not slipped)


def _rate_name(rate: Figure) -> str:
    return _NAME_BREAK.split(rate.before)[-1].rstrip("为达到约是有了")


_NAME_BREAK = re.compile(r"[，,、。;:()\s]")
_NAME_END, _FINE_RATE = 2, 0.03
_TOLD = 0.85  #: how sure a table makes a subtotal whose rows a grand total counts in as well
_TWICE = 3  #: parts from which a table may hold sums of its parts among them


def _of_inputs(relation: Relation) -> tuple[object, ...] | None:
    """What a change or rate reckons from which figures: where one holds, another figure beside it means something else.

    None of relations that words or guesses hardly tie together, and of sums and products.
    """
    if relation.kind not in _OF_TWO or relation.sure < _WORDED:
        return None
    return relation.kind, frozenset(figure.claim.id for figure in relation.figures[1:])


_OF_TWO = (RelationKind.DIFFERENCE, RelationKind.GROWTH, RelationKind.QUOTIENT, RelationKind.REMAINDER)
_WORDED = 0.5  #: how surely words must say what a figure follows from
