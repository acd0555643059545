"""Shares given in a row: 甲60万元，乙40万元，二者占比依次为60%和40%."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import share_of

_FEWEST = 2
_BASES = 3
_JOINING = 8  #: characters between the rates of a row at most


def find_share_lists(paragraph: Sequence[Figure], before: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    """For each rate of such a row its part over the whole, likeliest first."""
    place = 0
    while place < len(paragraph):
        row = _row(paragraph, place)
        if len(row) >= _FEWEST:
            yield from _of_row(row, [*before, *paragraph[:place]])
        place += max(len(row), 1)


def _row(paragraph: Sequence[Figure], start: int) -> list[Figure]:
    first = paragraph[start]
    if not is_percent(first) or not said("shares", first.before):
        return []
    out = [first]
    for figure in paragraph[start + 1 :]:
        if not is_percent(figure) or len(figure.before) > _JOINING or not said("joined", figure.before):
            break
        out.append(figure)
    return out


def _of_row(row: Sequence[Figure], earlier: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    amounts = [f for f in earlier if is_amount(f) and is_exact(f) and f.value > 0]
    if not amounts:
        return
    kinds = Counter(f.kind for f in amounts)
    kind = next((f.kind for f in reversed(amounts) if kinds[f.kind] > len(row)), "")
    like = [f for f in amounts if f.kind == kind]
    parts, bases = like[-len(row) :], like[: -len(row)]
    if len(parts) < len(row) or not bases:
        return
    nearest = list(reversed([base for base in bases if base.value >= max(part.value for part in parts)]))[:_BASES]
    for rate, part in zip(row, parts, strict=True):
        ways = [
            share_of(
                rate,
                part,
                base,
                0.8 if not place and base.claim.segment.paragraph == rate.claim.segment.paragraph else 0.4,
                "占比",
            )
            for place, base in enumerate(nearest)
        ]
        if ways:
            yield tuple(ways)
