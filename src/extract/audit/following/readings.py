"""The ways in which a figure may follow from two told around it, whatever the words say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from extract.audit.following.candidates import are_together, candidates_of, is_close, totals_and_counts
from extract.audit.following.scenes import NAME, Printed, Scene
from extract.audit.relations.averages import counted_in_own_unit, per_of
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent, tells_change
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.records import Dimension

POINTS = "个百分点"
_NEAR = 3.0  #: how many times more or less what follows may be than what is printed
_SHIFTS = (1, -1, 2, -2, 4, -4)  #: powers of ten of a point moved, or a unit mistaken
_CLOSE, _CLOSER = 0.02, 0.006
_PARTS = {
    RelationKind.QUOTIENT: (Part.RATE, Part.NUMERATOR, Part.BASE),
    RelationKind.GROWTH: (Part.RATE, Part.NOW, Part.BEFORE),
    RelationKind.GROWTH_UP: (Part.RATE, Part.CHANGE, Part.NOW),
    RelationKind.GROWTH_DOWN: (Part.RATE, Part.CHANGE, Part.NOW),
    RelationKind.DIFFERENCE: (Part.CHANGE, Part.NOW, Part.BEFORE),
    RelationKind.SUM: (Part.TOTAL, Part.ITEM, Part.ITEM),
}


class Reading(NamedTuple):
    """A figure reckoned from two others."""

    kind: RelationKind
    first: Figure  #: numerator, state now, change, total
    other: Figure  #: base, state before, count
    value: float  #: what follows, in base units
    inputs: tuple[Printed, Printed]  #: the two in floats; what is a count in the unit that it is printed in


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


def readings_of(scene: Scene, index: int) -> list[Reading]:
    """Those whose value is near the printed one, or a slip of the pen away."""
    figure = scene.figures[index]
    if not is_exact(figure) or figure.value <= 0:
        return []
    if is_percent(figure):
        known = candidates_of(scene, index, ahead=True)
        of_marks = _MARKS in scene.words_of(index)[-NAME:]
        return list(_rates(scene, index, [f for f in known if is_amount(f) or (of_marks and f.kind == _MARKS)]))
    if figure.kind == POINTS:
        return list(_differences(scene, index, [f for f in candidates_of(scene, index) if is_percent(f)]))
    if figure.claim.cell is not None and is_alone_in_cell(scene.figures, index):
        return []
    like = [f for f in candidates_of(scene, index) if f.kind == figure.kind] if is_reckoned_with(figure) else []
    return [*_differences(scene, index, like), *_sums(scene, index, like), *_averages(scene, index)]


def is_reckoned_with(figure: Figure) -> bool:
    """Whether figures of its kind are added, and shares of them told."""
    return is_amount(figure) or figure.kind == _MARKS


_MARKS = "分"


def is_alone_in_cell(figures: Sequence[Figure], index: int) -> bool:
    """Whether it is all that a table's cell holds: such figures hang together by rows and columns."""
    figure = figures[index]
    if figure.claim.cell is None:
        return False
    own = figure.claim.segment.paragraph
    beside = figures[max(0, index - 1) : index] + figures[index + 1 : index + 2]  # type: ignore[operator]
    return all(other.claim.segment.paragraph != own for other in beside)


class _Known(NamedTuple):
    """A figure that another may follow from."""

    figure: Figure
    printed: Printed
    place: int
    is_close: bool


def _known(scene: Scene, index: int, figures: Iterable[Figure]) -> list[_Known]:
    return [_Known(f, scene.printed(f), scene.place(f), is_close(scene, index, f)) for f in figures]


def _pairs(known: Sequence[_Known]) -> Iterator[tuple[_Known, _Known]]:
    """Any two of which one stands close, or that stand together."""
    for one, other in combinations(known, 2):
        if one.is_close or other.is_close or are_together(one.figure, other.figure, other.place - one.place):
            yield one, other


def _rates(scene: Scene, index: int, known: Sequence[Figure]) -> Iterator[Reading]:
    given = scene.printed(scene.figures[index]).value
    changes = said("change", scene.words_of(index))
    by_kind: dict[str, list[_Known]] = {}
    for each in _known(scene, index, known):
        kind = "count" if each.figure.claim.quantity.dimension is Dimension.COUNT else each.figure.kind
        by_kind.setdefault(kind, []).append(each)
    for like in by_kind.values():
        for pair in _pairs(like):
            alike = pair[0].figure.kind == pair[1].figure.kind
            alike = alike and scene.is_each(pair[0].figure) == scene.is_each(pair[1].figure)
            for first, other in (pair, pair[::-1]):
                for kind, value in _rates_of(first.printed.value, other.printed.value, alike=alike, changes=changes):
                    if is_plausible(value, given, percent=True):
                        yield Reading(kind, first.figure, other.figure, value, (first.printed, other.printed))


def _rates_of(x: float, y: float, *, alike: bool, changes: bool) -> Iterator[tuple[RelationKind, float]]:
    yield RelationKind.QUOTIENT, 100 * x / y
    if not alike:
        return
    if x != y:
        yield RelationKind.GROWTH, 100 * abs(x - y) / y
    if x < y and changes:
        yield RelationKind.GROWTH_UP, 100 * x / (y - x)
        yield RelationKind.GROWTH_DOWN, 100 * x / (y + x)


def is_plausible(value: float, given: float, *, percent: bool) -> bool:
    """Whether ``given`` may be printed for ``value``, rightly or by a slip."""
    if value <= 0:
        return False
    times = value / given
    if 1 / _NEAR <= times <= _NEAR:
        return True
    power = round(math.log10(times))
    if power in _SHIFTS and abs(times / 10.0**power - 1) < _CLOSE:
        return True
    return percent and abs(value * given / 1e4 - 1) < _CLOSER


def _differences(scene: Scene, index: int, like: Sequence[Figure]) -> Iterator[Reading]:
    given = scene.printed(scene.figures[index]).value
    for one, other in _pairs(_known(scene, index, like)):
        x, y = one.printed, other.printed
        gap = abs(x.value - y.value)
        if gap and x.value > y.step and y.value > x.step and is_plausible(gap, given, percent=False):
            yield Reading(RelationKind.DIFFERENCE, one.figure, other.figure, gap, (x, y))


def _sums(scene: Scene, index: int, like: Sequence[Figure]) -> Iterator[Reading]:
    """Of two parts in front."""
    given = scene.printed(scene.figures[index]).value
    for one, other in _pairs(_known(scene, index, [f for f in like if scene.place(f) < index])):
        total = one.printed.value + other.printed.value
        if is_plausible(total, given, percent=False):
            yield Reading(RelationKind.SUM, one.figure, other.figure, total, (one.printed, other.printed))


def _averages(scene: Scene, index: int) -> Iterator[Reading]:
    """Totals over counts, where words or the unit say that the figure is one for each."""
    each = scene.figures[index]
    per = per_of(each)
    if per is None or said("before", each.before):
        return
    given = scene.printed(each).value
    totals, counts = totals_and_counts(scene, index, each.kind.partition("/")[0], per)
    for total, count in product(totals, counts):
        if total is count or said("before", total.before) or tells_change(total):
            continue
        x, y = scene.printed(total), scene.counted(count)
        if y.value > 1 and is_plausible(x.value / y.value, given, percent=False):
            yield Reading(RelationKind.PRODUCT, total, count, x.value / y.value, (x, y))
