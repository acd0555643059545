"""Marks that sentences give: 隐患整改15分，得14.2分；…… 总得分98.61分."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from extract.audit.forms.marks import capped, earned_shares
from extract.audit.forms.sheets import Item, Mark, Sheet, lack_in, summed
from extract.audit.precision import Interval, as_stated
from extract.offsets import CharSpan
from extract.records import Claim, Role

_FIGURE = re.compile(
    r"(?<![\d.,年第至~～—–-])(\d{1,3}(?:\.\d{1,2})?)(?![\d.,]|\s*[-—–~～至])(分(?!钟|之|公|局|类|别|数|支|散|布|项|析|期|年|组|会|管)|)"
)
_TOTAL_WEIGHT = re.compile(
    r"(?:(?:分值|权重|标准分|总分值)(?:[^，。；;,\d得]{0,4}(?:合计|共计?|总计|之和)[为计是]?)|满分(?:值)?[为是]?|^合计[为是]?|[，,]合计[为是]?)$"
)
_TOTAL_SCORE = re.compile(
    r"(?:(?:自评|综合|最终|评价|最后)?(?:总得分|总分|总评分)|得分(?:合计|共计?|总计)|合计得分|综合得分|实得(?:分)?|合计得|共得)[共计]?[为是：:]?$"
)
_SCORE = re.compile(r"(?:得(?:分)?|自评(?:得)?分|实得|评分|折算(?:得)?(?:分)?|计分?|给分|打分|折合)[为是计共：:]?$")
_LOST = re.compile(r"(?:扣(?:分|减|除|了|去|掉|的)?|减|少得?|相差|加)[为：:]?$")
_WEIGHT = re.compile(r"(?:分值|权重|标准分|满分)[为是占：:]?$")
_NAME = re.compile(r"([一-鿿“”、（）()A-Za-z%％\d.—]{1,30}?)(?:一项|这一项|指标|占|为|[:：]|[（(])?$")
_BAND = re.compile(r"^(?:[（(]?不?含|以上|以下|及以|至|到|的?为|[（(]含)")
_NUMBERING = re.compile(r"^[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]\s*")
_ITEM_NUMBER = re.compile(r"(?:^|[\n。；;：:，,\s])[（(]?(\d{1,2}|[一二三四五六七八九十])[)）.．、](?!\d)")
_CLAUSE = re.compile(r"[，。；;,\n、]")
_REACH = 36  #: characters before a figure that tell what it is
_APART = 260  #: from one mark to the next within a sheet
_OTHER_UNIT = re.compile(r"[一-鿿](?<![分其自实得为和与及，])")  #: 合计178处
_BESIDE = 8  #: characters from the total of the points to that of the marks
_SCORE_FOLLOWS = re.compile(r"分?\s*[/／，,、（(]?\s*(?:自评|实际?)?得")
_FEWEST = 3
_FULL = Fraction(100)
_EXECUTION = re.compile(r"执行(?:率|进度|情况)?|资金(?:使用|支出)率")


class _Told(NamedTuple):
    kind: str  #: weight, inner (in brackets), score, total weight or total score
    name: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class _Draft:
    told: tuple[_Told, ...] = ()

    def with_(self, one: _Told) -> _Draft:
        return replace(self, told=(*self.told, one))


def told_sheets(text: str, claims: Sequence[Claim], spans: Sequence[CharSpan]) -> tuple[Sheet, ...]:
    """Sheets that the sentences at ``spans`` tell, each up to the total of its scores."""
    made: list[Sheet] = []
    draft, last = _Draft(), 0
    for one in _marks(text, claims, spans):
        if draft.told and one.mark.span.start - last > _APART:
            draft = _Draft()
        draft, last = draft.with_(one), one.mark.span.end
        if one.kind == "total score":
            sheet = _sheet(text, draft.told)
            made += [_with_shares(text, sheet, claims)] if sheet is not None else []
            draft = _Draft()
    return tuple(made)


def _with_shares(text: str, sheet: Sheet, claims: Sequence[Claim]) -> Sheet:
    """The sheet, with what its items earn: a target and what was done of it are told, or a rate of spending."""
    own = [claim for claim in claims if claim.cell is None]
    items: list[Item] = []
    start = min(mark.span.start for mark in (*sheet.weights, *sheet.scores)) - _REACH
    for item in sheet.items:
        end = max(mark.span.end for mark in (item.weight, item.score) if mark is not None)
        inside = [claim for claim in own if start <= claim.span.start < end]
        words = CharSpan(max(start, 0), end)
        name = item.name or _first_words(text, item)
        named = replace(item, name=name, words=words)
        items.append(replace(named, shares=_earned(inside) or _spent(named, own)))
        start = end
    return replace(sheet, items=tuple(items))


def _first_words(text: str, item: Item) -> str:
    """The name at the head of the item's line, its number taken off."""
    if item.weight is None:
        return ""
    line = text[text.rfind("\n", 0, item.weight.span.start) + 1 : item.weight.span.start]
    return _NUMBERING.sub("", _CLAUSE.split(line)[0].strip())


def _earned(claims: Sequence[Claim]) -> tuple[Interval, ...]:
    goals = [claim for claim in claims if claim.role is Role.TARGET]
    done = [claim for claim in claims if claim.role is Role.ACTUAL]
    if len(goals) != 1 or len(done) != 1 or goals[0].quantity.unit != done[0].quantity.unit:
        return ()
    return earned_shares(goals[0], done[0])


def _spent(item: Item, claims: Sequence[Claim]) -> tuple[Interval, ...]:
    """The rate of execution that the text tells, if it tells one."""
    if _EXECUTION.search(item.name) is None:
        return ()
    rates = [claim for claim in claims if claim.quantity.unit == "%" and claim.indicator.endswith(("执行率", "支出率"))]
    values = {claim.quantity.number for claim in rates}
    rate = as_stated(rates[0].quantity) if len(values) == 1 else None
    return () if rate is None else (capped(rate.times(Fraction(1, 100))),)


def _marks(text: str, claims: Sequence[Claim], spans: Sequence[CharSpan]) -> Iterator[_Told]:
    at = {claim.span.start: claim for claim in claims if claim.cell is None}
    full: _Told | None = None  #: the last total of the points
    for span in spans:
        for found in _FIGURE.finditer(text, span.start, span.end):
            before = "".join(text[max(span.start, found.start() - _REACH) : found.start()].split())
            kind = _kind(before, found, text)
            if not kind:
                continue
            if kind == "score" and full is not None and found.start() - full.mark.span.end <= _BESIDE:
                kind = "total score"  # 总分100分，得94分
            digits = found[1]
            step = Fraction(1, 10 ** len(digits.partition(".")[2]))
            mark = Mark(Fraction(digits), step, CharSpan(*found.span(1)), at.get(found.start()))
            one = _Told(kind, _name(before), mark)
            full = one if kind == "total weight" else full
            yield one


def _kind(before: str, found: re.Match[str], text: str) -> str:
    """What a number of points is; empty for other numbers, deductions and the borders of grades."""
    has_unit = bool(found[2])
    behind = text[found.end() : found.end() + 4].lstrip()
    if _BAND.match(behind) or _LOST.search(before):
        return ""
    if not has_unit and _OTHER_UNIT.match(behind):
        return ""
    if _TOTAL_SCORE.search(before):
        return "total weight" if _SCORE_FOLLOWS.match(text, found.end()) else "total score"
    if _TOTAL_WEIGHT.search(before):
        return "total weight"
    if _SCORE.search(before) and (has_unit or before.endswith(("得分", "得分：", "得分:"))):
        return "score"
    bracketed = before.endswith(("（", "(")) and behind.startswith(("）", ")"))
    if _WEIGHT.search(before):
        return "weight"
    if bracketed and (has_unit or _is_one_of_brackets(text, found)):
        return "inner"
    return "weight" if has_unit and _NAME.search(_CLAUSE.split(before)[-1]) else ""


def _is_one_of_brackets(text: str, found: re.Match[str]) -> bool:
    """Whether other bare numbers in brackets stand beside: 预算执行（10）、隐患整改率（25）."""
    around = text[max(0, found.start() - 60) : found.end() + 60]
    return len(re.findall(r"[（(]\d{1,2}(?:\.\d)?[)）]", around)) >= _FEWEST


def _name(before: str) -> str:
    own = [part for part in re.split(r"[，。；;,\n、：:（(）)“”]", before) if part]
    return next((part for part in reversed(own) if not _SCORE.search(part) and not _WEIGHT.search(part)), "")


def _sheet(text: str, told: Sequence[_Told]) -> Sheet | None:
    """Items with their points and marks, if one of the sums holds or their numbers jump: else it was not understood."""
    weights = [one for one in told if one.kind == "total weight"]
    total = told[-1].mark
    own = [one for one in told if one.kind not in ("total weight", "total score")]
    for items in (_in_turn(own), _by_lists(own)):
        sheet = Sheet(items, weights[-1].mark if weights else None, total, is_told=True)
        is_understood = len(items) >= _FEWEST and sheet.is_whole
        if is_understood and (_holds_in_part(sheet) or (lack_in(sheet, _FULL) and _jumps(text, items))):
            return sheet
    return None


def _jumps(text: str, items: Sequence[Item]) -> bool:
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
    digits = found[-1][1]
    return int(digits) if digits.isdigit() else "一二三四五六七八九十".find(digits) + 1


def _in_turn(told: Sequence[_Told]) -> tuple[Item, ...]:
    """Each weight with the score behind it; weights in brackets in between are parts of it, if there is one."""
    items: list[Item] = []
    weight: _Told | None = None
    for one in told:
        if one.kind == "weight" or (one.kind == "inner" and weight is None):
            weight = one
        elif one.kind == "score" and weight is not None:
            items.append(Item(weight.name, weight.mark, one.mark))
            weight = None
    return tuple(items)


def _by_lists(told: Sequence[_Told]) -> tuple[Item, ...]:
    """All weights first and all scores behind them, in the same order."""
    weights = [one for one in told if one.kind in ("weight", "inner")]
    scores = [one for one in told if one.kind == "score"]
    if len(weights) != len(scores) or told[: len(weights)] != weights:
        return ()
    return tuple(Item(one.name, one.mark, other.mark) for one, other in zip(weights, scores, strict=True))


def _holds_in_part(sheet: Sheet) -> bool:
    full = sheet.weight.value if sheet.weight is not None else Fraction(100)
    score = sheet.score
    scores_hold = score is not None and abs(summed(sheet.scores) - score.value) <= Fraction(2, 100)
    return scores_hold or summed(sheet.weights) == full
