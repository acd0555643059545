"""Changes against a state that is told without its like: 上年支出1702.6万元，增支133.6万元; 调整率11.49%."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from extract.audit.relations.balances import Ledger
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent
from extract.audit.relations.flows import closes, opens
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import difference_of, growth_of, share_of

_TIMES = re.compile(r"上年度?|去年|同期|上一?年度?|年初|前年|20\d\d年|同比|[比较与和，,;。:、()的为是]")
_DATED = re.compile(r"20\d\d年[^，。;\d]{2,12}$")
_REACH, _MOST = 8, 3
_MONEY = "元"

Named = Callable[[str, Figure], Sequence[Figure]]


def find_against_before(paragraph: Sequence[Figure], index: int, named: Named, ledger: Ledger) -> tuple[Relation, ...]:
    """The ways to reckon a change behind the state before, where the state now was told elsewhere."""
    change = paragraph[index]
    if index == 0 or not is_exact(change) or not (said("up", change.before) or said("down", change.before)):
        return ()
    was = next((f for f in reversed(paragraph[max(0, index - 2) : index]) if _is_of_before(f) and is_amount(f)), None)
    if was is None or was.sentence != change.sentence or (not is_percent(change) and change.kind != was.kind):
        return ()
    now = _now(was, named, ledger)
    sure = 0.8 if len(now) == 1 else 0.55
    return tuple(_change(change, each, was, sure - 0.05 * place) for place, each in enumerate(now))


def _is_of_before(figure: Figure) -> bool:
    """Whether its words give it as the state before, or of a year that they name."""
    return said("before", figure.before) or (_DATED.search(figure.before) is not None and bool(figure.claim.period))


def _is_later(figure: Figure, was: Figure) -> bool:
    years = (figure.claim.period or "", was.claim.period or "")
    return said("before", was.before) or not all(years) or years[0][:4] > years[1][:4]


def _now(was: Figure, named: Named, ledger: Ledger) -> list[Figure]:
    """The figures that may say what the state before has become, different values only."""
    name = _TIMES.sub("", was.before[-12:])
    found = [
        f
        for f in named(name, was)
        if f.kind == was.kind and not said("before", f.before) and is_exact(f) and _is_later(f, was)
    ]
    if not found and was.kind == _MONEY and said("balance_part", was.before):
        found = ledger.nearest(ledger.parts, was, _MOST)
    values = {f.value: f for f in reversed(found) if f.value > 0 and f.value != was.value}
    return list(reversed(values.values()))[:_MOST]


def _change(change: Figure, now: Figure, was: Figure, sure: float) -> Relation:
    if is_percent(change):
        return growth_of(change, now, was, sure)
    return difference_of(change, now, was, sure, "增减数")


def find_adjustment(paragraph: Sequence[Figure], index: int) -> Iterator[Relation]:
    """年初3286.4万元……调整后3664万元，调整率11.49%."""
    rate = paragraph[index]
    if not is_exact(rate) or not said("rate_of_change", rate.before):
        return
    known = [f for f in paragraph[max(0, index - _REACH) : index] if is_amount(f) and is_exact(f) and f.value > 0]
    if not known:
        return
    opening = next((f for f in known if opens(f)), None)
    last = known[-1]
    if opening is None or opening is last or opening.kind != last.kind:
        return
    if closes(last):
        yield _change(rate, last, opening, 0.8)
        return
    yield share_of(rate, last, opening, 0.7, "调整率")
