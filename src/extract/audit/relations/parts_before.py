"""A total and its parts in front of it: A 60万元，B 30万元，合计90万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact
from extract.audit.relations.lists import is_mixed, list_before
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import sum_of
from extract.audit.relations.wholes import ALL, FAR, FEWEST, LOOSE, MERE, is_whole
from extract.quantities.numerals import parse_count

_ADDS = re.compile(r"[。;，](?:另有?|另外|此外|加上|连同|外加)")  #: what is added to what stands in front
_MOST_ADDED = 3
_NEAR = 10  #: a sum of things of several kinds is off by no more than a tenth
_COUNT = re.compile(r"[两二三四五六七八九]")


def summed_up(before: Sequence[Figure], total: Figure) -> Iterator[Relation]:
    """A 60万元；B 20万元；两项相加90万元: the list may be told in clauses of their own."""
    listed = list_before(before, total)
    if listed:
        far = abs(sum(part.value for part in listed) - total.value) * _NEAR > total.value
        yield sum_of(total, listed, MERE if far and is_mixed(total, listed) else ALL)
        return
    if before and _ADDS.match(before[-1].before) and said("total", total.before):
        yield from _added_on(before, total)
    listed = list_before(before, total, "sums_up_all")
    if listed:
        yield sum_of(total, listed, ALL if is_whole(listed) else LOOSE)


def _added_on(before: Sequence[Figure], total: Figure) -> Iterator[Relation]:
    """实有82名…。另有劳务派遣21名，共计103名: what stands in front, and what is added to it."""
    *earlier, last = before
    like = [f for f in earlier if f.kind == total.kind == last.kind and is_exact(f) and is_amount(f)]
    near = [f for f in reversed(like) if abs(f.value + last.value - total.value) * _NEAR <= total.value]
    for rank, first in enumerate(near[:_MOST_ADDED]):
        yield sum_of(total, (first, last), ALL if not rank else MERE)


def parts_before(sentence: Sequence[Figure], index: int) -> Iterator[Relation]:
    """A 60万元，B 30万元，合计90万元."""
    total = sentence[index]
    named = said("total_named", total.before)
    if not (named or said("total", total.before) or said("total_loose", total.before)):
        return
    like = [
        figure
        for figure in sentence[max(0, index - FAR) : index]
        if figure.kind == total.kind and not (said("of", figure.before) and said("of_base", figure.after))
    ]
    while like and not is_exact(like[-1]):
        like.pop()
    if len(like) < FEWEST:
        return
    sure = 0.9 if named else 0.8 if said("total", total.before) else 0.5
    for parts in _suffixes(like, total, named):
        yield sum_of(total, parts, _surety_before(total, parts, sure))


def _surety_before(total: Figure, parts: Sequence[Figure], sure: float) -> float:
    """A list in front of 共 may be longer than what is added up: only near its sum it is surely the one."""
    added = sum(part.value for part in parts)
    near = total.value > 0 and abs(added - total.value) * 10 <= total.value
    together = all(part.group == total.group for part in parts)
    if near and together:
        return max(sure, 0.8)
    return sure if near or sure > 0.85 else min(sure, 0.5)


def _suffixes(like: list[Figure], total: Figure, named: bool) -> Iterator[list[Figure]]:
    told = _COUNT.search(total.before) if named else None
    count = parse_count(told[0]) if told is not None else None
    if count:
        if len(like) >= count:
            yield like[-count:]
        return
    own = [figure for figure in like if figure.group == total.group]
    start = 0
    for place, figure in enumerate(like):
        if place and said("parts", figure.before):
            start = place
    natural = like[start:] if len(own) < FEWEST else own
    if len(natural) >= FEWEST:
        yield natural
    for size in range(FEWEST, len(like) + 1):
        if size != len(natural):
            yield like[-size:]
