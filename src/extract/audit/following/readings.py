"""The ways in which a figure may follow from two told around it, whatever the words say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from extract.audit.relations.averages import counted_in_own_unit, is_counted_in, per_of
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.claims.names import character_pairs
from extract.records import Dimension

BACK, AHEAD = 14, 3  #: figures in front and behind that one may follow from
_BACK_OF_EACH, _AHEAD_OF_EACH = 24, 4
_AFAR, _NAME, _SHARED, _MOST_AFAR = 80, 10, 2, 4
POINTS = "个百分点"
_DIFFERENCES = ("up", "down", "changed", "saved", "beyond", "unspent", "rest_count", "share_money")
_NEAR = 3.0  #: how many times more or less what follows may be than what is printed
_SHIFTS = (10.0, 0.1, 100.0, 0.01)
_UNITS = (1e4, 1e-4)
_CLOSE, _CLOSER = 0.02, 0.006
_MEASURED = (Dimension.COUNT, Dimension.AREA, Dimension.LENGTH, Dimension.MASS, Dimension.VOLUME, Dimension.DURATION)
_PARTS = {
    RelationKind.QUOTIENT: (Part.RATE, Part.NUMERATOR, Part.BASE),
    RelationKind.GROWTH: (Part.RATE, Part.NOW, Part.BEFORE),
    RelationKind.GROWTH_UP: (Part.RATE, Part.CHANGE, Part.NOW),
    RelationKind.GROWTH_DOWN: (Part.RATE, Part.CHANGE, Part.NOW),
    RelationKind.DIFFERENCE: (Part.CHANGE, Part.NOW, Part.BEFORE),
}


class Reading(NamedTuple):
    """A figure reckoned from two others."""

    kind: RelationKind
    first: Figure  #: numerator, state now, change, total
    other: Figure  #: base, state before, count
    value: float  #: what follows, in base units


def relation_of(figure: Figure, reading: Reading, sure: float, fact: str) -> Relation:
    """The reading as a relation; its result first."""
    if reading.kind is RelationKind.PRODUCT:
        counted = counted_in_own_unit(reading.other)
        members = (Member(reading.first, Part.TOTAL), Member(figure, Part.EACH), Member(counted, Part.COUNT))
        return Relation(reading.kind, members, sure, fact)
    result, first, other = _PARTS[reading.kind]
    return Relation(
        reading.kind,
        (Member(figure, result), Member(reading.first, first), Member(reading.other, other)),
        sure,
        fact,
    )


def readings_of(figures: Sequence[Figure], index: int) -> list[Reading]:
    """Those whose value is near the printed one, or a slip of the pen away."""
    figure = figures[index]
    if not is_exact(figure) or figure.value <= 0 or is_alone_in_cell(figures, index):
        return []
    near = [f for f in figures[max(0, index - BACK) : index] if is_exact(f) and f.value > 0]
    near = [*named_afar(figures, index), *near]
    if is_percent(figure):
        behind = figures[index + 1 : index + 1 + AHEAD]
        near += [f for f in behind if f.sentence == figure.sentence and is_exact(f) and f.value > 0]
        return list(_rates(figure, [f for f in near if is_amount(f)]))
    if figure.kind == POINTS:
        return list(_differences(figure, [f for f in near if is_percent(f)]))
    if not is_amount(figure):
        return []
    like = [f for f in near if f.kind == figure.kind] if tells_difference(figure) else []
    return [*_differences(figure, like), *_averages(figure, figures, index)]


def named_afar(figures: Sequence[Figure], index: int) -> list[Figure]:
    """Figures further in front whose words share two pairs of characters or more with those of the figure."""
    name = character_pairs(figures[index].before[-_NAME:])
    if len(name) < _SHARED:
        return []
    far = (f for f in reversed(figures[max(0, index - _AFAR) : max(0, index - BACK)]) if is_exact(f) and f.value > 0)
    like = (f for f in far if len(name & character_pairs(f.before[-_NAME:])) >= _SHARED)
    return list(islice(like, _MOST_AFAR))[::-1]


def tells_difference(figure: Figure) -> bool:
    """Whether its words give it as a change, a rest or a surplus."""
    words = figure.before
    told = any(said(cue, words) for cue in _DIFFERENCES) or said("unspent_behind", figure.after)
    return told and not said("reaches", words)


def is_alone_in_cell(figures: Sequence[Figure], index: int) -> bool:
    """Whether it is all that a table's cell holds: such figures hang together by rows and columns."""
    figure = figures[index]
    if figure.claim.cell is None:
        return False
    own = figure.claim.segment.paragraph
    beside = figures[max(0, index - 1) : index] + figures[index + 1 : index + 2]  # type: ignore[operator]
    return all(other.claim.segment.paragraph != own for other in beside)


def _rates(rate: Figure, amounts: Sequence[Figure]) -> Iterator[Reading]:
    given = float(rate.value)
    by_kind: dict[str, list[tuple[Figure, float]]] = {}
    for figure in amounts:
        kind = "count" if figure.claim.quantity.dimension is Dimension.COUNT else figure.kind
        by_kind.setdefault(kind, []).append((figure, float(figure.value)))
    for like in by_kind.values():
        for first, x in like:
            for other, y in like:
                if first is other:
                    continue
                for kind, value in _rates_of(x, y):
                    if is_plausible(value, given, percent=True):
                        yield Reading(kind, first, other, value)


def _rates_of(x: float, y: float) -> Iterator[tuple[RelationKind, float]]:
    yield RelationKind.QUOTIENT, 100 * x / y
    if x != y:
        yield RelationKind.GROWTH, 100 * abs(x - y) / y
    if x < y:
        yield RelationKind.GROWTH_UP, 100 * x / (y - x)
        yield RelationKind.GROWTH_DOWN, 100 * x / (y + x)


def is_plausible(value: float, given: float, *, percent: bool) -> bool:
    """Whether ``given`` may be printed for ``value``, rightly or by a slip."""
    if value <= 0:
        return False
    times = value / given
    if 1 / _NEAR <= times <= _NEAR:
        return True
    if any(abs(times / shift - 1) < _CLOSE for shift in _SHIFTS):
        return True
    if any(abs(times / unit - 1) < _CLOSE for unit in _UNITS):
        return True
    return percent and abs(value * given / 1e4 - 1) < _CLOSER


def _differences(change: Figure, like: Sequence[Figure]) -> Iterator[Reading]:
    given = float(change.value)
    values = [float(figure.value) for figure in like]
    for at, (first, x) in enumerate(zip(like, values, strict=True)):
        for other, y in zip(like[at + 1 :], values[at + 1 :], strict=True):
            told = x > float(other.step) and y > float(first.step)
            if x != y and told and is_plausible(abs(x - y), given, percent=False):
                yield Reading(RelationKind.DIFFERENCE, first, other, abs(x - y))


def _averages(each: Figure, figures: Sequence[Figure], index: int) -> Iterator[Reading]:
    """Totals over counts, where words or the unit say that the figure is one for each."""
    per = per_of(each)
    if per is None or said("before", each.before):
        return
    kind, given = each.kind.partition("/")[0], float(each.value)
    near = [
        f
        for f in figures[max(0, index - _BACK_OF_EACH) : index + 1 + _AHEAD_OF_EACH]
        if f is not each and is_exact(f) and f.value > 0 and is_amount(f)
    ]
    totals = [
        (f, float(f.value)) for f in near if f.kind == kind and f.value > each.value and not said("before", f.before)
    ]
    counts = [
        (f, float(f.claim.quantity.number or f.value))
        for f in near
        if f.claim.quantity.dimension in _MEASURED and is_counted_in(f, per)
    ]
    for total, x in totals:
        for count, y in counts:
            if total is not count and y > 1 and is_plausible(x / y, given, percent=False):
                yield Reading(RelationKind.PRODUCT, total, count, x / y)
