"""Rates of what is listed: 满意257份、比较满意43份，满意度（前两档）, shares of parts whose whole no figure gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, groupby

from extract.audit.relations.figures import is_exact
from extract.audit.relations.records import Figure, Relation, RelationKind

_BACK, _FEWEST = 12, 2
_FINE = Decimal("0.02")  #: from a rate so finely printed on it is no coincidence that one of the few runs fits

Run = list[Figure]


def rate_of_listed(figures: Sequence[Figure]) -> Callable[[Relation], bool]:
    """Whether a rate that does not follow from two figures follows from a list in which its part stands."""
    place_of = {figure.claim.id: place for place, figure in enumerate(figures)}

    def follows(relation: Relation) -> bool:
        if relation.kind is not RelationKind.QUOTIENT:
            return False
        rate, part, base = relation.figures
        if rate.kind != "%" or not rate.value or rate.step > rate.value * _FINE:
            return False
        here = place_of[rate.claim.id]
        runs = list(_runs(figures[max(0, here - _BACK) : here], part))
        return any(
            _is_sum_over(rate, run, base) or _is_share_of(rate, run) or _is_share_of_largest(rate, run) for run in runs
        )

    return follows


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
    """Whether one of the list is so much of all of it."""
    whole = sum((figure.value for figure in run), Decimal(0))
    return any(_is(rate, figure.value, whole) for figure in run)


def _is_share_of_largest(rate: Figure, run: Run) -> bool:
    """Whether some neighbours, added up, are so much of what the list is of: 收回600份，满意327份，基本满意231份."""
    return _is_sum_over(rate, run, max(run, key=lambda figure: figure.value))


def _is(rate: Figure, part: Decimal, whole: Decimal) -> bool:
    return whole > 0 and abs(100 * part - rate.value * whole) <= rate.step * whole / 2
