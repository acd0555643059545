"""One amount in two units: 31500亩，合2100公顷; 6.84亿元，即68400万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import same_of

_DIGITS = re.compile(r"[\d.,，]+")


def find_conversions(paragraph: Sequence[Figure]) -> Iterator[Relation]:
    """Each figure that its words give as the one before it in another unit."""
    for first, other in pairwise(paragraph):
        if other.kind != first.kind or not (is_amount(other) and is_exact(other) and is_exact(first)):
            continue
        if (
            first.value > 0
            and said("converted", other.before)
            and (_unit(first) != _unit(other) or first.value != other.value)
        ):
            yield same_of(other, first, 0.9, other.claim.indicator or "换算")


def _unit(figure: Figure) -> str:
    """As printed: 万元, where the claim says 元."""
    return _DIGITS.sub("", figure.surface)
