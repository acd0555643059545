"""One amount told twice, once more finely: 128.3万人次 beside 1283000人次. What follows is reckoned from the finer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from extract.audit.relations.figures import is_amount, is_exact
from extract.audit.relations.records import Figure, Relation, RelationKind

_DIGITS = re.compile(r"[\d.,，]+")
_FINE = Decimal("0.05")  #: an amount told more coarsely is like too many others

Twins = Mapping[str, Figure]  #: claim → the figure that tells its amount more finely


def finer_of(figures: Sequence[Figure]) -> Twins:
    """The figures that another of their paragraph tells more finely in another unit, each with that one."""
    amounts = [f for f in figures if is_amount(f) and is_exact(f) and f.value > 0]
    out: dict[str, Figure] = {}
    for _, group in groupby(sorted(amounts, key=lambda f: (f.kind, f.value)), key=lambda f: f.kind):
        like = list(group)
        for place, coarse in enumerate(like):
            behind = (like[other] for other in range(place + 1, len(like)))
            before = (like[other] for other in range(place - 1, -1, -1))
            near = [*_while_near(coarse, behind), *_while_near(coarse, before)]
            finer = [other for other in near if _tells_more(other, coarse)]
            if finer:
                out[coarse.claim.id] = min(finer, key=lambda f: (f.step, abs(f.span.start - coarse.span.start)))
    return out


def _while_near(coarse: Figure, others: Iterable[Figure]) -> list[Figure]:
    out: list[Figure] = []
    for other in others:
        if abs(other.value - coarse.value) > coarse.step:
            break
        out.append(other)
    return out


def _tells_more(other: Figure, coarse: Figure) -> bool:
    if other.step >= coarse.step or other.claim.segment.paragraph != coarse.claim.segment.paragraph:
        return False
    unit, own = (_DIGITS.sub("", each.surface) for each in (other, coarse))
    return unit != own and coarse.step <= coarse.value * _FINE


def with_finer(relation: Relation, twins: Twins) -> Relation | None:
    """The relation with the finer figures in place of the coarser; None where it has none such."""
    if relation.kind in (RelationKind.SAME, RelationKind.WITHIN):
        return None
    first, *rest = relation.members
    finer = [member._replace(figure=_finer(member.figure, twins)) for member in rest]
    return relation._replace(members=(first, *finer)) if finer != rest else None


def _finer(figure: Figure, twins: Twins) -> Figure:
    """Its twin, if it has one in the units that the relation reckons in."""
    twin = twins.get(figure.claim.id, figure)
    return twin if abs(twin.value - figure.value) <= figure.step else figure
