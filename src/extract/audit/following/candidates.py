"""The figures that one may be reckoned from: around it, in its row, of like names elsewhere, and budgets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from extract.audit.following.scenes import NAME, Scene, is_beside, is_stated, named_rate
from extract.audit.relations.averages import counts_each
from extract.audit.relations.figures import is_amount
from extract.audit.relations.records import Figure

_BACK, _AHEAD = 14, 3  #: figures in front and behind that one may follow from
_BACK_OF_EACH, _AHEAD_OF_EACH = 24, 4
_CLOSE_BY = 3
_OF_ROW = 12
_NAMED, _COUNTS, _TOTALS, _MADE_OF = 6, 6, 6, 3
_TOGETHER = 2  #: figures apart at most of two that stand elsewhere


def candidates_of(scene: Scene, index: int, *, ahead: bool = False) -> list[Figure]:
    """What the figure at a place may follow from, in text order; ``ahead``: also of what comes behind it."""
    figures, figure = scene.figures, scene.figures[index]
    near = {place for place in range(max(0, index - _BACK), index) if is_stated(figures[place])}
    if ahead:
        near |= {p for p in range(index + 1, min(index + 1 + _AHEAD, len(figures))) if _is_like(figure, figures[p])}
    near |= set(_of_row(scene, index))
    afar = (place for place in scene.named_like(index) if place not in near)
    near |= set(islice(afar, _NAMED))
    if ahead:
        near |= {*scene.budgets, *_of_rate(scene, index)}
    near.discard(index)
    return told_finely(scene, [figures[place] for place in sorted(near)])


def _is_like(figure: Figure, other: Figure) -> bool:
    return other.sentence == figure.sentence and is_stated(other)


def _of_row(scene: Scene, index: int) -> Iterator[int]:
    """The other figures of a cell's row."""
    figures, figure = scene.figures, scene.figures[index]
    if figure.claim.cell is None:
        return
    for place in range(max(0, index - _OF_ROW), min(index + 1 + _OF_ROW, len(figures))):
        if is_stated(figures[place]) and is_beside(figures[place], figure):
            yield place


def _of_rate(scene: Scene, index: int) -> Iterator[int]:
    """What a rate of its name is made of, wherever it stands, the nearest first: a sample and those content of it."""
    words = named_rate(scene.words_of(index)[-NAME:] + scene.figures[index].claim.indicator[-NAME:])
    if words is not None:
        for places in scene.parts_and_bases(words):
            yield from _nearest(places, index, _MADE_OF)


def _nearest(places: Sequence[int], index: int, most: int) -> list[int]:
    """So many of some places, which stand in text order, as are nearest."""
    here = bisect_left(places, index)
    near = places[max(0, here - most) : here + most]
    return sorted(near, key=lambda place: abs(place - index))[:most]


def told_finely(scene: Scene, known: Sequence[Figure]) -> list[Figure]:
    """Without those that another among them tells more finely."""
    ids = {figure.claim.id for figure in known}
    return [f for f in known if f.claim.id not in scene.twins or scene.twins[f.claim.id].claim.id not in ids]


def is_close(scene: Scene, index: int, figure: Figure) -> bool:
    """Whether a figure stands in the sentence or row of the one at ``index``, or not far from it."""
    result = scene.figures[index]
    if is_beside(figure, result):
        return True
    near = abs(scene.place(figure) - index) <= _CLOSE_BY
    return near and figure.claim.segment.paragraph == result.claim.segment.paragraph


def are_together(one: Figure, other: Figure, apart: int) -> bool:
    """Whether two figures stand in one sentence or row, next to each other or nearly so."""
    return abs(apart) <= _TOGETHER and is_beside(one, other)


def totals_and_counts(scene: Scene, index: int, kind: str, per: str) -> tuple[list[Figure], list[Figure]]:
    """What an average may be reckoned from: amounts of its kind, and what counts those it is for."""
    figures, each = scene.figures, scene.figures[index]
    around = range(max(0, index - _BACK_OF_EACH), min(index + 1 + _AHEAD_OF_EACH, len(figures)))
    near = [place for place in around if place != index and _is_known(figures[place])]
    known = set(near)
    like = [place for place in scene.named_like(index) if place not in known and is_amount(figures[place])]
    totals = [place for place in like if figures[place].kind == kind][:_TOTALS]
    totals += [place for place in near if figures[place].kind == kind]
    counts = [place for place in near if counts_each(figures[place], per)]
    counts += [place for place in like if counts_each(figures[place], per)][:_COUNTS]
    around_it = _nearest(scene.counted_as(per), index, _COUNTS + len(known) + 1)
    counts += [place for place in around_it if place not in known and place != index][:_COUNTS]
    own = [figures[place] for place in sorted(set(totals))]
    return (
        told_finely(scene, [figure for figure in own if figure.value > each.value]),
        told_finely(scene, [figures[place] for place in sorted(set(counts))]),
    )


def _is_known(figure: Figure) -> bool:
    return is_stated(figure) and is_amount(figure)
