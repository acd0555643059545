"""Sums that sentences state: a total and 其中 its parts, listed parts and 合计, marks and their total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent
from extract.audit.relations.parts_before import parts_before, summed_up
from extract.audit.relations.parts_behind import parts_behind
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import within_of
from extract.audit.relations.wholes import FEWEST
from extract.records import Role

_WHOLE = 100
_OPENS_PARTS = re.compile(
    r"(?:其中[,，:]?|[从按就][^，。；;:]{1,10}(?:分|看|讲|说)[，:]"
    r"|(?:钱|款|资金|经费|费用|支出|开支)[里中][,，:]?|(?:构成|去向|用途|明细|分布|组成|分项|地方|方面|块)(?:情况)?(?:如下|是|为)?:)"
    r"[^，。；;:]{0,12}$"
)
_OF_WHAT = re.compile(r"支出|收入|投入|到位|支付|拨付|花|付")
_NOT_ALONE = 0.3
_NEAR = 10  #: characters in front of a total that say of what it is


def find_sums(sentence: Sequence[Figure], earlier: Sequence[Figure] = ()) -> Iterator[tuple[Relation, ...]]:
    """For each total in a sentence the ways to read its parts, likeliest first; ``earlier`` are of its paragraph."""
    for index, total in enumerate(sentence):
        if is_exact(total) and is_amount(total):
            told_before = summed_up((*earlier, *sentence[:index]), total)
            ways = (*told_before, *parts_behind(sentence, index), *parts_before(sentence, index))
            if ways:
                yield ways
        elif is_exact(total) and is_percent(total) and total.value == _WHOLE:
            shares = tuple(summed_up((*earlier, *sentence[:index]), total))
            if shares:
                yield shares


def find_sums_across(before: Sequence[Figure], sentence: Sequence[Figure]) -> tuple[Relation, ...]:
    """批准面积42公顷。其中：甲镇30公顷，乙镇12公顷: the parts open a sentence, their total stands in the one before."""
    first = sentence[0]
    opens = _OPENS_PARTS.search(first.before)
    if opens is None or len(sentence) < FEWEST:
        return ()
    totals = [
        f for f in before if f.kind == first.kind and is_amount(f) and is_exact(f) and not said("moved", f.before)
    ]
    about = _OF_WHAT.findall(sentence[0].before)
    if about:
        named = [f for f in totals if any(word in f.before[-_NEAR:] for word in about)]
        totals = named or totals
    elif "其中" not in opens[0]:
        totals = [f for f in totals if f is before[0] and f.claim.role not in (Role.TARGET, Role.BASELINE)]
    apart = 0.0 if len(totals) == 1 else _NOT_ALONE
    ways = (way for total in reversed(totals) for way in parts_behind((total, *sentence), 0))
    return tuple(Relation(way.kind, way.members, way.sure - apart, way.fact) for way in ways if way.sure > apart)


def find_parts_within(sentence: Sequence[Figure]) -> Iterator[Relation]:
    """其中 a single part: no more than the figure before it."""
    for whole, part, other in zip(sentence, sentence[1:], (*sentence[2:], None), strict=False):
        if other is not None and other.kind == part.kind and other.depth >= part.depth:
            continue
        is_part = part.kind == whole.kind and "其中" in part.before[:6] and is_amount(whole) and is_exact(part)
        if is_part and not (said("moved", whole.before) or said("beyond", whole.before)):
            yield within_of(part, whole, 0.85)
