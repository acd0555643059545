"""Lists whose total stands further in front: 全年清运95895吨，…；焚烧90142吨，焚烧率94.0%，其余5753吨填埋.

No word ties the two; what one slip of the pen mends to the last digit does, or what another statement bears out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.audit.relations.cues import said
from extract.audit.relations.far_rates import can_be_part
from extract.audit.relations.lists import is_tidy
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import sum_of
from extract.audit.relations.wholes import FEWEST, is_whole

_BACK, _MOST, _LONGEST = 14, 4, 9
_REACH = 5  #: a total that a list misses by more times than so many is of something else
_MERE, _WORD, _FAR = 0.25, 0.1, 0.02
_NEAR = 12  #: characters in front of a total that may say that it is one
_STOP = re.compile(r"[。!?]|\.(?=[一-鿿])")
_STOPS = ("target", "before", "each", "standard")


def find_far_lists(paragraph: Sequence[Figure], earlier: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    """For each list of a sentence the figures in front that may be its total, likeliest first."""
    known = [*earlier, *paragraph]
    for stretch in _stretches(paragraph):
        for parts in _lists(stretch):
            place = next(at for at, figure in enumerate(known) if figure is parts[0])
            ways = tuple(_ways(known[max(0, place - _BACK) : place], parts))
            if ways:
                yield tuple(sorted(ways, key=lambda way: -way.sure))


def _stretches(paragraph: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The figures between full stops: a semicolon parts items of a list, too."""
    stretch: list[Figure] = []
    for figure in paragraph:
        if stretch and _STOP.search(figure.before):
            yield stretch
            stretch = []
        stretch.append(figure)
    yield stretch


def _lists(stretch: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The figures of one kind side by side that may be parts, and those between semicolons where there are several."""
    for whole in _runs(stretch):
        yield whole
        clauses = [list(clause) for _, clause in groupby(whole, key=lambda figure: figure.group)]
        if len(clauses) > 1:
            yield from (clause for clause in clauses if len(clause) >= FEWEST)


def _runs(stretch: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Those of one kind, shares and figures in brackets behind them set aside."""
    for kind in dict.fromkeys(figure.kind for figure in stretch):
        parts: list[Figure] = []
        for figure in stretch:
            if figure.kind != kind:
                continue
            fits = (
                can_be_part(figure)
                and not said("moved", figure.before)
                and not any(said(cue, figure.before) for cue in _STOPS)
            )
            if parts and (not fits or figure.depth != parts[0].depth or not _goes_on(figure)):
                if len(parts) >= FEWEST:
                    yield parts
                parts = []
            if fits:
                parts.append(figure)
        if FEWEST <= len(parts) <= _LONGEST:
            yield parts


def _goes_on(figure: Figure) -> bool:
    return figure.before.startswith(("、", "，", ";", "和", "及", "与")) or not figure.before


def _ways(before: Sequence[Figure], parts: Sequence[Figure]) -> Iterator[Relation]:
    like = [f for f in reversed(before) if f.kind == parts[0].kind and can_be_part(f) and not said("moved", f.before)]
    added = sum(part.value for part in parts)
    fitting = [total for total in like if added <= total.value * _REACH and total.value <= added * _REACH]
    for rank, total in enumerate(fitting[:_MOST]):
        yield sum_of(total, parts, _surety(total, parts) - _FAR * rank)


def _surety(total: Figure, parts: Sequence[Figure]) -> float:
    rest = said("rest_count", parts[-1].before)
    is_list = is_tidy(parts) and len(parts) > FEWEST
    told = is_list + rest + is_whole(parts) + said("parts", parts[0].before) + said("headed", total.before[-_NEAR:])
    return _MERE + _WORD * min(told - 1, 3)
