"""Rates of what stands in front of their sentence, of a base shared with rates beside, or shown by the digits alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extract.audit.relations.cues import default_rate_words, said
from extract.audit.relations.figures import is_amount, is_exact, is_percent
from extract.audit.relations.records import Figure, Relation, RelationKind
from extract.audit.relations.shapes import share_of

REACH = 8  #: figures to look back at in a sentence
NEAR, _TELLING = 14, 4
WHOLE = 100
_MOST_BASES, _TWO, _SAME_NAME = 5, 2, 3
RATE_NAME = re.compile(r"([一-鿿]{1,10}?)(?:率|度|比例|比重)[^率]{0,8}$")
COMMAS = re.compile(r"[，,:]")


def can_be_part(figure: Figure) -> bool:
    return is_amount(figure) and is_exact(figure) and figure.value > 0


def quotient(rate: Figure, part: Figure, base: Figure, sure: float, fact: str) -> Relation:
    """A rate of what was done, or of what is left: 整改率, 审减率."""
    left = said("rate_left", rate.before[-12:]) and not said("rate_left", part.before[-10:] + "率")
    share = share_of(rate, part, base, sure, fact)
    return share._replace(kind=RelationKind.REMAINDER) if left else share


def from_afar(rate: Figure, before: Sequence[Figure]) -> Iterator[Relation]:
    """执行率 of a budget that an earlier paragraph states: what its name says it is made of."""
    name = RATE_NAME.search(rate.before)
    words = next((row for row in default_rate_words() if name and row.stem.search(name[0])), None)
    amounts = [figure for figure in before if can_be_part(figure)]
    if words is None:
        yield from _that_fit(rate, amounts[-NEAR:])
        return
    parts = [f for f in amounts[-NEAR:] if words.part.search(f.before[-14:] + f.after[:5])]
    bases = [f for f in amounts if words.base.search(f.before[-14:])]
    told = {base.value for base in bases if base.claim.segment.paragraph == rate.claim.segment.paragraph}
    whole = max(told, default=None)
    alone = len({part.value for part in parts}) == 1 and sum(told) in (whole, 2 * (whole or 0))
    for part in reversed(parts[-4:]):
        for base in reversed(bases[-6:]):
            if part.value != base.value and part.kind == base.kind:
                sure = 0.75 if alone and base.value == whole else 0.45
                yield quotient(rate, part, base, sure, name[0].rstrip("为达约是") if name else "比率")
    yield from _that_fit(rate, amounts[-NEAR:])


def _that_fit(rate: Figure, amounts: Sequence[Figure]) -> Iterator[Relation]:
    """Whatever two figures nearby give a rate of three digits or more: it is no coincidence."""
    if len(rate.surface.rstrip("%")) < _TELLING:
        return
    slack = rate.step * 2
    over = rate.value > WHOLE and not (said("target", rate.before) or said("of_plan", rate.before))
    if over and said("rate", rate.before):
        return
    for part in amounts:
        share = part.value * 100
        for base in amounts:
            if (
                base is not part
                and base.kind == part.kind
                and abs(share - rate.value * base.value) <= slack * base.value
            ):
                yield quotient(rate, part, base, 0.4, "比率")


def like_siblings(
    rate: Figure, paragraph: Sequence[Figure], index: int, before: Sequence[Figure]
) -> Iterator[Relation]:
    """甲64.3万元，占19.1%；乙88.9万元，占26.5%: the figure in front over a base that rates beside it share."""
    amounts = [figure for figure in before if can_be_part(figure)]
    if not amounts or len(COMMAS.findall(rate.before)) > 2:
        return
    part = amounts[-1]
    beside = [*paragraph[max(0, index - REACH) : index], *paragraph[index + 1 : index + 1 + REACH]]
    siblings = [
        (other, own)
        for other, own in _with_parts(beside)
        if other is not rate and own.kind == part.kind and _is_worded_like(other, rate)
    ]
    bases: dict[Decimal, Figure] = {}
    for base in reversed(amounts[:-1]):
        if base.kind == part.kind and base.value > part.value and len(bases) < _MOST_BASES:
            bases.setdefault(base.value, base)
    for place, base in enumerate(bases.values()):
        votes = sum(
            abs(own.value * 100 - other.value * base.value) <= other.step * base.value for other, own in siblings
        )
        near = 0.5 if base.claim.segment.paragraph == rate.claim.segment.paragraph else 0.3
        sure = (0.88 if votes >= _TWO else 0.8) if votes else near - 0.05 * place
        yield quotient(rate, part, base, sure, "比率")


def _with_parts(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Each rate with the amount in front of it."""
    for own, other in pairwise(figures):
        if is_percent(other) and can_be_part(own):
            yield other, own


def _is_worded_like(one: Figure, other: Figure) -> bool:
    """Whether both are shares, or rates of one name."""
    if "占" in one.before and "占" in other.before:
        return True
    return one.before.rstrip("为达约是")[-_SAME_NAME:] == other.before.rstrip("为达约是")[-_SAME_NAME:]
