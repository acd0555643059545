"""The ways in which a figure may follow from two told around it, whatever the words say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, permutations, product
from typing import NamedTuple

from extract.audit.following.scenes import (
    AFAR,
    AHEAD,
    AHEAD_OF_EACH,
    BACK,
    BACK_OF_EACH,
    MOST_AFAR,
    NAME,
    NAME_OF_EACH,
    SHARED,
    Scene,
    is_stated,
)
from extract.audit.relations.averages import counted_in_own_unit, is_counted_in, per_of, tells_change
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.claims.names import character_pairs
from extract.records import Dimension

POINTS = "个百分点"
_DIFFERENCES = ("up", "down", "changed", "saved", "beyond", "unspent", "rest_count", "share_money")
_NEAR = 3.0  #: how many times more or less what follows may be than what is printed
_SHIFTS = (1, -1, 2, -2, 4, -4)  #: powers of ten of a point moved, or a unit mistaken
_CLOSE_BY = 3
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


def readings_of(scene: Scene, index: int) -> list[Reading]:
    """Those whose value is near the printed one, or a slip of the pen away; one input at least stands close by."""
    figures = scene.figures
    figure = figures[index]
    if not is_exact(figure) or figure.value <= 0 or is_alone_in_cell(figures, index):
        return []
    if is_percent(figure):
        ahead = (f for f in figures[index + 1 : index + 1 + AHEAD] if f.sentence == figure.sentence)
        known = _told_finely(scene, [*_before(scene, index), *ahead])
        return list(_rates(scene, index, [f for f in known if is_amount(f) and is_exact(f) and f.value > 0]))
    if figure.kind == POINTS:
        return list(_differences(scene, index, [f for f in _before(scene, index) if is_percent(f)]))
    if not is_amount(figure):
        return []
    like = [f for f in _told_finely(scene, _before(scene, index)) if f.kind == figure.kind]
    like = like if tells_difference(figure) else []
    return [*_differences(scene, index, like), *_averages(scene, index)]


def _before(scene: Scene, index: int) -> list[Figure]:
    near = [f for f in scene.figures[max(0, index - BACK) : index] if is_stated(f)]
    return [*named_afar(scene, index), *near]


def _told_finely(scene: Scene, known: Sequence[Figure]) -> list[Figure]:
    """Without those that another among them tells more finely."""
    ids = {figure.claim.id for figure in known}
    return [f for f in known if f.claim.id not in scene.twins or scene.twins[f.claim.id].claim.id not in ids]


def _is_close(scene: Scene, index: int, figure: Figure) -> bool:
    result = scene.figures[index]
    if figure.sentence == result.sentence:
        return True
    near = abs(scene.place(figure) - index) <= _CLOSE_BY
    return near and figure.claim.segment.paragraph == result.claim.segment.paragraph


def named_afar(scene: Scene, index: int) -> list[Figure]:
    """Figures further in front whose words share two pairs of characters or more with those of the figure."""
    name = frozenset(character_pairs(scene.figures[index].before[-NAME:]))
    if len(name) < SHARED:
        return []
    like = scene.named_like(name, max(0, index - AFAR), max(0, index - BACK))
    return list(islice(like, MOST_AFAR))[::-1]


def _named_for_each(scene: Scene, index: int, kind: str, per: str) -> list[Figure]:
    """Totals further in front that share two pairs of characters with the words of an average, and what counts them."""
    name = frozenset(character_pairs(scene.figures[index].before[-NAME_OF_EACH:]))
    first, end = max(0, index - AFAR), max(0, index - BACK_OF_EACH)
    far = scene.figures[first:end]
    totals = [f for f in scene.named_like(name, first, end) if f.kind == kind and _is_known(f)][::-1]
    counts = [f for f in far if f.claim.quantity.dimension in _MEASURED and is_counted_in(f, per) and _is_known(f)]
    return [*totals[-MOST_AFAR:], *counts[-MOST_AFAR:]]


def _is_known(figure: Figure) -> bool:
    return is_stated(figure) and is_amount(figure)


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


def _rates(scene: Scene, index: int, amounts: Sequence[Figure]) -> Iterator[Reading]:
    given = scene.printed(scene.figures[index]).value
    by_kind: dict[str, list[tuple[Figure, float, bool]]] = {}
    for figure in amounts:
        kind = "count" if figure.claim.quantity.dimension is Dimension.COUNT else figure.kind
        known = (figure, scene.printed(figure).value, _is_close(scene, index, figure))
        by_kind.setdefault(kind, []).append(known)
    for like in by_kind.values():
        for (first, x, near), (other, y, by) in permutations(like, 2):
            if near or by:
                alike = first.kind == other.kind and scene.is_each(first) == scene.is_each(other)
                for kind, value in _rates_of(x, y, alike=alike):
                    if is_plausible(value, given, percent=True):
                        yield Reading(kind, first, other, value)


def _rates_of(x: float, y: float, *, alike: bool) -> Iterator[tuple[RelationKind, float]]:
    yield RelationKind.QUOTIENT, 100 * x / y
    if not alike:
        return
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
    power = round(math.log10(times))
    if power in _SHIFTS and abs(times / 10.0**power - 1) < _CLOSE:
        return True
    return percent and abs(value * given / 1e4 - 1) < _CLOSER


def _differences(scene: Scene, index: int, like: Sequence[Figure]) -> Iterator[Reading]:
    given = scene.printed(scene.figures[index]).value
    known = [(figure, scene.printed(figure), _is_close(scene, index, figure)) for figure in like]
    for (first, x, near), (other, y, by) in combinations(known, 2):
        gap = abs(x.value - y.value)
        if (near or by) and gap and x.value > y.step and y.value > x.step and is_plausible(gap, given, percent=False):
            yield Reading(RelationKind.DIFFERENCE, first, other, gap)


def _averages(scene: Scene, index: int) -> Iterator[Reading]:
    """Totals over counts, where words or the unit say that the figure is one for each."""
    figures = scene.figures
    each = figures[index]
    per = per_of(each)
    if per is None or said("before", each.before):
        return
    kind, given = each.kind.partition("/")[0], scene.printed(each).value
    around = figures[max(0, index - BACK_OF_EACH) : index + 1 + AHEAD_OF_EACH]
    near = [f for f in around if f is not each and is_exact(f) and f.value > 0 and is_amount(f)]
    afar = _named_for_each(scene, index, kind, per)
    known = _told_finely(scene, [*afar, *near])
    totals = [
        f
        for f in known
        if f.kind == kind and f.value > each.value and not said("before", f.before) and not tells_change(f)
    ]
    counts = [f for f in known if f.claim.quantity.dimension in _MEASURED and is_counted_in(f, per)]
    ids = {f.claim.id for f in afar}
    for total, count in product(totals, counts):
        close = _is_close(scene, index, total) or _is_close(scene, index, count)
        if total is not count and (close or total.claim.id in ids):
            x, y = scene.printed(total).value, scene.counted(count).value
            if y > 1 and is_plausible(x / y, given, percent=False):
                yield Reading(RelationKind.PRODUCT, total, count, x / y)
