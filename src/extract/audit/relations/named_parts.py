"""A part told clauses behind the whole that its name ends in: 网络零售额6.84亿元，…；其中农产品网络零售额5.12亿元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import within_of

_FEWEST = 3  #: characters of the whole's name
_BACK = 6  #: figures between the two, at most
_SURE = 0.8


def find_named_parts(paragraph: Sequence[Figure]) -> Iterator[Relation]:
    """A relation for each part with a figure of its kind further back that has the rest of its name."""
    for place, part in enumerate(paragraph):
        if "其中" not in part.before or not is_amount(part) or not is_exact(part):
            continue
        back = paragraph[max(0, place - _BACK) : max(0, place - 1)]
        whole = next((figure for figure in reversed(back) if _is_whole_of(figure, part)), None)
        if whole is not None:
            yield within_of(part, whole, _SURE)


def _is_whole_of(figure: Figure, part: Figure) -> bool:
    name, own = figure.claim.indicator, part.claim.indicator
    if figure.kind != part.kind or figure.claim.period != part.claim.period or not is_exact(figure):
        return False
    ends = len(name) >= _FEWEST and own != name and own.endswith(name)
    return ends and figure.claim.role is part.claim.role and not said("target", figure.before)
