"""R02 for the direction of a change: its size follows from two figures, but it is called a rise where they fall."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.audit.findings import Checked, finding
from extract.audit.graph import Graph
from extract.audit.relations import Figure
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent
from extract.audit.rules.r02_derived import RULE
from extract.audit.wording import written
from extract.records import FindingType, Severity

_BACK = 3  #: figures in front of a change that it may be reckoned from
_STEPS = 3  #: of its last digit that a change has at least, to be known by
_OTHER = {"up": "下降", "down": "上升"}


def check_directions(graph: Graph) -> Iterator[Checked]:
    """A finding for each change that has the size of what its two figures show, and the other direction."""
    judged = graph.judgement
    told = {failure.figure.claim.id for failure in judged.failing}
    for _, group in groupby(graph.figures, key=lambda figure: figure.claim.segment.paragraph):
        paragraph = tuple(group)
        for place, change in enumerate(paragraph):
            if change.claim.id in told or change.claim.cell is not None or not is_exact(change):
                continue
            side = "up" if said("rises_by", change.before) else "down" if said("falls_by", change.before) else ""
            both = _states(paragraph[max(0, place - _BACK) : place], change)
            if side and both is not None and _is_turned(change, *both, side=side):
                yield _turned(graph, change, *both, side=side)


def _states(before: Sequence[Figure], change: Figure) -> tuple[Figure, Figure] | None:
    """(this year's, the earlier one's): the two figures right before a change, of which one is called earlier."""
    own = [f for f in before if is_amount(f) and is_exact(f) and f.sentence == change.sentence]
    if len(own) < 2 or own[-1].kind != own[-2].kind:
        return None
    one, other = own[-2:]
    years = [_YEAR.findall(figure.before)[-1:] for figure in (one, other)]
    if all(years) and years[0] != years[1]:
        return (other, one) if years[0] < years[1] else (one, other)
    earlier = [said("of_year_before", figure.before) for figure in (one, other)]
    if earlier[0] == earlier[1]:
        return None
    return (other, one) if earlier[0] else (one, other)


_YEAR = re.compile(r"20\d\d(?=年)")


def _is_turned(change: Figure, now: Figure, base: Figure, *, side: str) -> bool:
    if not base.value or (now.value > base.value) == (side == "up"):
        return False
    by = abs(now.value - base.value)
    follows = by / base.value * 100 if is_percent(change) else by
    same = is_percent(change) or change.kind == now.kind
    return same and follows >= _STEPS * change.step and abs(follows - change.value) <= change.step / 2


def _turned(graph: Graph, change: Figure, now: Figure, base: Figure, *, side: str) -> Checked:
    text = graph.document.text
    stated, given, earlier = (written(figure.claim, text) for figure in (change, now, base))
    sign = "<" if side == "up" else ">"
    said = "上升" if side == "up" else "下降"
    return finding(
        graph.document,
        FindingType.ARITHMETIC,
        RULE,
        (change.claim, now.claim, base.claim),
        severity=Severity.MEDIUM,
        confidence=0.85,
        stated=stated,
        expected=f"{_OTHER[side]}{stated}",
        workings=f"{given}{sign}{earlier}",
        message=f"原文称{said}{stated}，而{given}{sign}{earlier}，应为{_OTHER[side]}{stated}。请核对并更正。",
    )
