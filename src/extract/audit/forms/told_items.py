"""What sentences tell of the items of a sheet of marks: their words, what they earn, their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from extract.audit.forms.marks import capped, earned_shares
from extract.audit.forms.sheets import Item, Sheet
from extract.audit.placed import PlacedClaims
from extract.audit.precision import Interval, as_stated
from extract.offsets import CharSpan
from extract.quantities.numerals import parse_count
from extract.records import Claim, Role

_NUMBERING = re.compile(r"^[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]\s*")
_ITEM_NUMBER = re.compile(r"(?:^|[\n。；;：:，,\s])[（(]?(\d{1,2}|[一二三四五六七八九十])[)）.．、](?!\d)")
_CLAUSE = re.compile(r"[，。；;,\n、]")
_REACH = 36  #: characters before a figure that tell what it is
_BESIDE = 10  #: characters from a mark to its rate
_OF_MARKS = re.compile(r"得分率|比率|占比|为满分的")
_EXECUTION = re.compile(r"执行(?:率|进度|情况)?|资金(?:使用|支出)率")


def with_shares(text: str, sheet: Sheet, told: PlacedClaims) -> Sheet:
    """The sheet, with what its items earn: a target and what was done of it are told, or a rate of spending."""
    items: list[Item] = []
    start = min(mark.span.start for mark in (*sheet.weights, *sheet.scores)) - _REACH
    for item in sheet.items:
        end = max(mark.span.end for mark in (item.weight, item.score) if mark is not None)
        words = CharSpan(max(start, 0), end)
        name = item.name or _first_words(text, item)
        named = replace(item, name=name, words=words)
        items.append(
            replace(named, shares=_rated(text, end, told) or _earned(told.within(words)) or _spent(named, told))
        )
        start = end
    return replace(sheet, items=tuple(items))


def _first_words(text: str, item: Item) -> str:
    """The name at the head of the item's line, its number taken off."""
    if item.weight is None:
        return ""
    line = text[text.rfind("\n", 0, item.weight.span.start) + 1 : item.weight.span.start]
    return _NUMBERING.sub("", _CLAUSE.split(line)[0].strip())


def _rated(text: str, end: int, told: PlacedClaims) -> tuple[Interval, ...]:
    """The rate of marks that stands right behind them: 得38.6分，得分率96.5%."""
    for claim in told.within(CharSpan(end, end + _BESIDE + 1)):
        if _OF_MARKS.search(text[end : claim.span.start]):
            rate = as_stated(claim.quantity) if claim.quantity.unit == "%" else None
            return () if rate is None else (capped(rate.times(Fraction(1, 100))),)
    return ()


def _earned(claims: Sequence[Claim]) -> tuple[Interval, ...]:
    goals = [claim for claim in claims if claim.role is Role.TARGET]
    done = [claim for claim in claims if claim.role is Role.ACTUAL]
    if len(goals) != 1 or len(done) != 1 or goals[0].quantity.unit != done[0].quantity.unit:
        return ()
    return earned_shares(goals[0], done[0])


def _spent(item: Item, told: PlacedClaims) -> tuple[Interval, ...]:
    """The rate of execution that the text tells, if it tells one."""
    if _EXECUTION.search(item.name) is None:
        return ()
    rates = [c for c in told.claims if c.quantity.unit == "%" and c.indicator.endswith(("执行率", "支出率"))]
    values = {claim.quantity.number for claim in rates}
    rate = as_stated(rates[0].quantity) if len(values) == 1 else None
    return () if rate is None else (capped(rate.times(Fraction(1, 100))),)


def jumps(text: str, items: Sequence[Item]) -> bool:
    """Whether the items are numbered in order, but for one number that is not there."""
    numbers = [number for item in items if (number := _number(text, item)) is not None]
    steps = sorted(other - one for one, other in pairwise(numbers))
    return len(numbers) == len(items) and steps == [1] * (len(steps) - 1) + [2]


def _number(text: str, item: Item) -> int | None:
    """The number in front of an item, where its line or clause begins with one."""
    if item.weight is None:
        return None
    before = text[max(0, item.weight.span.start - _REACH) : item.weight.span.start]
    found = list(_ITEM_NUMBER.finditer(before))
    if not found:
        return None
    return parse_count(found[-1][1])
