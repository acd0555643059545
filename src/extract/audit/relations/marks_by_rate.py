"""Marks reckoned from a rate in words: 执行率97.76%; 满分10分，按执行率折算得9.78分."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import share_of
from extract.records import Dimension

_BY_RATE = re.compile(r"按(?:照)?[^，。;]{0,4}?([一-鿿]{2,4}率)[^，。;]{0,4}(?:折算|计算|换算|计分|计)[^，。;]{0,6}$")
_FULL = re.compile(r"(?:满分|分值|权重|标准分)[为是:共]?$")
_SURE, _LESS, _MOST = 0.8, 0.15, 3


def find_marks_by_rate(figures: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    """For each mark that its words reckon from a rate the rates of that name in front of it, the first likeliest."""
    for place, (weight, mark) in enumerate(pairwise(figures)):
        name = _BY_RATE.search(mark.before)
        if name is None or not (_is_mark(mark) and _is_mark(weight) and _FULL.search(weight.before)):
            continue
        rates = [
            f for f in figures[:place] if is_percent(f) and is_exact(f) and f.before.rstrip("为达是").endswith(name[1])
        ]
        yield tuple(
            share_of(rate, mark, weight, _SURE - _LESS * rank, "得分率") for rank, rate in enumerate(rates[:_MOST])
        )


def _is_mark(figure: Figure) -> bool:
    return figure.claim.quantity.dimension is Dimension.SCORE and figure.value > 0 and is_exact(figure)
