"""Right in another way: a rate of several parts (满意257份、比较满意43份) or of what is left, averages over several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, groupby

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent
from extract.audit.relations.records import Figure, Part, Relation, RelationKind
from extract.claims.names import character_pairs

_BACK, _AHEAD, _FEWEST, _THREE = 12, 6, 2, 3
_FINE = Decimal("0.02")  #: from a figure so finely printed on it is no coincidence that one of the few runs fits
_VERY_FINE = Decimal("0.003")
_NAME = 8  #: characters in front of a figure that name it
_MOST_OF_ALL = 97  #: per cent; parts that are more of their total may well be meant to be all of it
_OF_TWO = (RelationKind.QUOTIENT, RelationKind.GROWTH)

Run = list[Figure]
Around = Callable[[Figure], Sequence[Figure]]


def right_otherwise(figures: Sequence[Figure]) -> Callable[[Relation], bool]:
    """Whether the result of a relation that fails follows from more of the figures beside it, or a rate bears it out.

    A rate may be of several parts, or of what they leave; an average over several counts; and parts that are no whole
    have a rate of their own: 回访540人，满意483人，基本满意36人，满意率96.11%.
    """
    place_of = {figure.claim.id: place for place, figure in enumerate(figures)}

    def around(figure: Figure) -> Sequence[Figure]:
        here = place_of[figure.claim.id]
        return figures[max(0, here - _BACK) : here + 1 + _AHEAD]

    def is_right(relation: Relation) -> bool:
        if relation.kind in _OF_TWO:
            return _is_rate_of_lists(relation, around)
        if relation.kind is RelationKind.PRODUCT and len(relation.members) == _THREE:
            return _is_average_over_a_list(relation, around)
        return relation.kind is RelationKind.SUM and _has_its_rate(relation, around)

    return is_right


def _is_rate_of_lists(relation: Relation, around: Around) -> bool:
    rate, part, base = relation.figures
    if not is_percent(rate) or not _is_fine(rate):
        return False
    if _is_of_the_two(rate, part, base):
        return True
    if relation.kind is not RelationKind.QUOTIENT:
        return False
    near = [figure for figure in around(rate) if figure.span.start < rate.span.start]
    runs = _runs(near if part in near or not _is_very_fine(rate) else around(part), part)
    return any(
        _is_sum_over(rate, run, base) or _is_share_of(rate, run) or _is_share_of_largest(rate, run) for run in runs
    )


def _is_fine(figure: Figure) -> bool:
    return figure.value > 0 and figure.step <= figure.value * _FINE


def _is_very_fine(figure: Figure) -> bool:
    return figure.value > 0 and figure.step <= figure.value * _VERY_FINE


def _is_of_the_two(rate: Figure, part: Figure, base: Figure) -> bool:
    """Whether one counts what the rate is not of: 抽检318批，不合格4批，合格率98.74%; 合格1809批，不合格45批."""
    if part.kind != base.kind or not any(said("the_rest", figure.before) for figure in (part, base)):
        return False
    less, more = sorted((part.value, base.value))
    return _is(rate, more - less, more) or _is(rate, more, less + more)


def _runs(near: Sequence[Figure], part: Figure) -> Iterator[Run]:
    """The neighbouring figures of one measure and sentence among which the part stands."""
    amounts = [figure for figure in near if figure.kind == part.kind and is_exact(figure)]
    for _, group in groupby(amounts, key=lambda figure: figure.sentence):
        run = list(group)
        if len(run) >= _FEWEST and part in run:
            yield run


def _is_sum_over(rate: Figure, run: Run, base: Figure) -> bool:
    """Whether some neighbours in the list, added up, are so much of the base."""
    bases = [base] if base.kind == run[0].kind else []
    bases += [figure for figure in run if figure is not base and figure.value > base.value]
    return any(_is(rate, added, each.value) for each in bases for added in _sums_beside(run, each))


def _sums_beside(run: Run, base: Figure) -> Iterator[Decimal]:
    parts = [figure.value for figure in run if figure is not base]
    for start in range(len(parts)):
        yield from list(accumulate(parts[start:]))[1:]


def _is_share_of(rate: Figure, run: Run) -> bool:
    """Whether one of the list, or the first ones of it, are so much of all of it."""
    *added, whole = accumulate(figure.value for figure in run)
    return any(_is(rate, part, whole) for part in (*added, *(figure.value for figure in run)))


def _is_share_of_largest(rate: Figure, run: Run) -> bool:
    """Whether some neighbours, added up, are so much of what the list is of: 收回600份，满意327份，基本满意231份."""
    return _is_sum_over(rate, run, max(run, key=lambda figure: figure.value))


def _is(rate: Figure, part: Decimal, whole: Decimal) -> bool:
    return whole > 0 and abs(100 * part - rate.value * whole) <= rate.step * whole / 2


def _is_average_over_a_list(relation: Relation, around: Around) -> bool:
    """Whether the total is for the count and its neighbours: 集中供养486人，分散供养2094人，平均每人12038元."""
    total, each, count = relation.figures
    known = around(count)
    stated = next((figure for figure in known if figure.claim.id == count.claim.id), None)
    if stated is None or not stated.value or not _is_very_fine(each):
        return False
    scale = count.value / stated.value
    sums = (own * scale for run in _runs(known, stated) for own in _sums_with(run, run.index(stated)))
    return any(abs(total.value - each.value * own) <= (each.step * own + total.step) / 2 for own in sums)


def _sums_with(run: Run, place: int) -> Iterator[Decimal]:
    """Of neighbours in a list, the one at a place among them."""
    values = [figure.value for figure in run]
    for start in range(place + 1):
        added = list(accumulate(values[start:]))
        yield from added[max(place - start, 1) :]


def _has_its_rate(relation: Relation, around: Around) -> bool:
    """Whether a rate of the parts' name in their sentence says how much of the total they are."""
    total, *parts = relation.figures
    if not total.value or not is_amount(total) or any(member.part is Part.DEDUCTED for member in relation.members):
        return False
    added = sum((part.value for part in parts), Decimal(0))
    names = frozenset[str]().union(*(character_pairs(part.before[-_NAME:]) for part in parts))
    return any(
        is_percent(rate)
        and is_exact(rate)
        and rate.sentence == parts[-1].sentence
        and rate.value < _MOST_OF_ALL
        and _is_very_fine(rate)
        and _is(rate, added, total.value)
        and not names.isdisjoint(character_pairs(rate.before[-_NAME:]))
        for rate in around(parts[-1])
    )
