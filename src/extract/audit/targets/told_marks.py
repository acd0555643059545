"""Figures of the text beside the marks of a sheet: which item a target or an actual told in sentences belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.audit.case import Case, amount_of
from extract.audit.cues import tells_of_goal
from extract.audit.forms import IndicatorRow, figure_in
from extract.audit.forms.sheets import Item
from extract.audit.targets.goals import words_before
from extract.pairs.verdicts import compared, ratio_of
from extract.records import Claim, Pair, Role, Verdict

_NAME_END = re.compile(r"[(（].*$|(?:数|数量|情况)$")
_SHORTEST = 3  #: characters that two names must share, if neither is the other's part
_BEFORE = 14
_SENTENCE = 60  #: characters before a figure that may tell of a later year
_MOST_KEPT = 16384  #: pairs of names whose likeness is kept
_COMMON = (100, 95, 90, 85, 80, 10, 20, 50)  #: targets that many indicators have
_MET = (Verdict.MET, Verdict.EXCEEDED)
_ROLES = (Role.ACTUAL, Role.CONTEXT)
_LEAST, _MOST = 0.6, 1.7  #: of the target: a figure further off is of another scope


@dataclass(frozen=True, slots=True)
class ToldOtherwise:
    """A row of full marks, and the one figure of the text that has its indicator short of the target."""

    row: IndicatorRow
    goal: Claim
    done: Claim
    told: Claim


def has_full_marks(case: Case, pair: Pair) -> bool:
    """Whether a target and what was done of it, told in sentences, have all their marks in a form or a told sheet."""
    goal, done = pair.target, pair.actual
    if done is None or (done.cell is not None and goal.cell is None):
        return False
    alike = case.rows_with_target.get(amount_of(goal), ())
    if any(row.has_full_marks and _has_target(row, goal, among=alike) for row in alike):
        return True
    return any(_is_of_item(item, pair) for sheet in case.sheets if sheet.is_told for item in sheet.items)


def _has_target(row: IndicatorRow, goal: Claim, *, among: Sequence[IndicatorRow]) -> bool:
    """Whether a row has a target of the text; ``among`` are all rows with a target of its amount."""
    own = figure_in(row.target)
    return own is not None and (own.id == goal.id or shared(row.name, goal.indicator) >= 2 or _is_only_one(goal, among))


def _is_only_one(goal: Claim, among: Sequence[IndicatorRow]) -> bool:
    """Whether no other row has this target, and its figure has digits enough to be known by."""
    digits = sum(map(str.isdigit, str(goal.quantity.number)))
    return len(among) == 1 and digits >= 2 and goal.quantity.number not in _COMMON


def _is_of_item(item: Item, pair: Pair) -> bool:
    """Whether the target stands where a told sheet gives full marks, or the item bears its name."""
    if item.weight is None or item.score is None or item.score.value != item.weight.value:
        return False
    inside = item.words is not None and item.words.start <= pair.target.span.start < item.words.end
    names = (pair.target.indicator, pair.actual.indicator if pair.actual is not None else "")
    return inside or any(_is_part(item.name, name) for name in names)


def _is_part(one: str, other: str) -> bool:
    """Whether the shorter of two names stands in the longer."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 2 and shorter in longer


def shared(one: str, other: str) -> int:
    """How many characters in a row two names share."""
    most = 0
    for start in range(len(one)):
        while start + most < len(one) and one[start : start + most + 1] in other:
            most += 1
    return most


def told_otherwise(case: Case) -> Iterator[ToldOtherwise]:
    """Rows that meet their targets with full marks while the text tells less, and nowhere what the row says."""
    in_rows = {(row.table, row.row) for _, row in case.rows()}
    told = [
        claim
        for claim in case.claims
        if (claim.cell is None or (claim.cell.table, claim.cell.row) not in in_rows)
        and claim.quantity.number is not None
    ]
    told_in: dict[str, _Named] = {}
    for _, row in case.rows():
        pair = case.pair_in(row)
        if pair is None or pair.actual is None or not row.has_full_marks or pair.verdict not in _MET:
            continue
        unit = pair.actual.quantity.unit
        if unit not in told_in:
            own = [c for c in told if c.quantity.unit == unit and not is_of_another_year(case, c)]
            told_in[unit] = _Named(case, own)
        of_unit = told_in[unit].like(row.name)
        same = [claim for claim in of_unit if claim.quantity.number == pair.actual.quantity.number]
        if any(_likeness(case, row.name, claim) >= 2 for claim in same):
            continue
        other = of_name(case, row, [claim for claim in of_unit if claim.role in _ROLES])
        if other is not None and _is_short_of(pair.target, other) and not _is_part_of(case, pair.actual, other):
            yield ToldOtherwise(row, pair.target, pair.actual, other)


class _Named:
    """Claims by the pairs of characters in their names and in the clauses in front of them."""

    def __init__(self, case: Case, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._places: dict[str, list[int]] = {}
        for place, claim in enumerate(claims):
            for pair in _pairs(claim.indicator) | _pairs(_clause(_words(case, claim))):
                self._places.setdefault(pair, []).append(place)

    def like(self, name: str) -> list[Claim]:
        """Those whose words share two characters in a row with a name, in text order."""
        places = {place for pair in _pairs(name) for place in self._places.get(pair, ())}
        return [self._claims[place] for place in sorted(places)]


def _pairs(name: str) -> set[str]:
    """The neighbouring characters of a name as it stands."""
    return {name[place : place + 2] for place in range(len(name) - 1)}


def _is_part_of(case: Case, done: Claim, told: Claim) -> bool:
    """Whether the next figure of the sentence makes up the row's: 干流26平方公里，支流12平方公里, 38 in the row."""
    behind = next((c for c in case.claims_beside(told) if c.span.start > told.span.start), None)
    if behind is None or behind.quantity.unit != told.quantity.unit:
        return False
    values = [c.quantity.value for c in (done, told, behind)]
    return None not in values and values[0] == (values[1] or 0) + (values[2] or 0)


_IN_BRACKET = re.compile(r"\s*[（(](?:到|至)?(20\d\d)年?")
_YEAR = re.compile(r"(20\d\d)年")
_OTHER_YEAR = re.compile(r"上年|去年|上一年|同期|往年|年初|原为|原有")


def is_of_another_year(case: Case, claim: Claim) -> bool:
    """Whether a figure is told of a year before the report's: by its period, or by the words of its clause."""
    period, year = claim.period or "", case.document.year or ""
    if period.endswith("/prev") or (period[:4] and year and period[:4] < year):
        return True
    clause = re.split(r"[，。；,;]", _words(case, claim))[-1]
    return claim.role is Role.BASELINE or _OTHER_YEAR.search(clause) is not None


def is_for_later(case: Case, goal: Claim) -> bool:
    """Whether a target is one of a later year, or of a plan of several: “十四五”目标2.6平方米, 95%（2025年）."""
    year = case.document.year or ""
    start = max(goal.segment.span.start, goal.span.start - _BEFORE)
    before = re.split(r"[，。；,;]", case.document.text[start : goal.span.start])[-1]
    behind = _IN_BRACKET.match(case.document.text, goal.span.end)
    above = " ".join(goal.segment.section[-1:]) if goal.cell is None else ""
    years = [*_YEAR.findall(f"{before} {above}"), *([behind[1]] if behind else [])]
    if year != "" and any(each > year for each in years):
        return True
    sentence = words_before(case, goal, _SENTENCE) if goal.cell is None else ""
    return tells_of_goal("long_plan", before) or tells_of_goal("later", f"{above} {sentence}")


def of_name(case: Case, row: IndicatorRow, claims: list[Claim]) -> Claim | None:
    """The claim whose name or words share most with the row's; None where two share as much, or none enough."""
    name = _NAME_END.sub("", row.name)
    if len(name) < 2:
        return None
    ranked = sorted(((_likeness(case, name, claim), claim) for claim in claims), key=lambda each: -each[0])
    if not ranked or ranked[0][0] < min(max(_SHORTEST, len(name) / 2), len(name)):
        return None
    return ranked[0][1] if len(ranked) == 1 or ranked[1][0] < ranked[0][0] else None


def _likeness(case: Case, name: str, claim: Claim) -> int:
    return _likeness_of(name, claim.indicator, _words(case, claim))


def _words(case: Case, claim: Claim) -> str:
    """The words in front of a figure."""
    return case.document.text[max(claim.segment.span.start, claim.span.start - _BEFORE) : claim.span.start]


def _clause(words: str) -> str:
    """The clause that words end in, without white space."""
    return re.split(r"[，。；,;]", "".join(words.split()))[-1]


@lru_cache(maxsize=_MOST_KEPT)
def _likeness_of(name: str, indicator: str, words: str) -> int:
    """How many characters in a row a name shares with another, or with the clause that ``words`` end in."""
    before = _clause(words)
    whole = len(name) if len(indicator) >= 2 and indicator in name else 0
    return max(whole, shared(name, indicator), shared(name, before))


def _is_short_of(goal: Claim, told: Claim) -> bool:
    ratio = ratio_of(goal, told)
    return ratio is not None and _LEAST < ratio < _MOST and compared(goal, told, "") is Verdict.MISSED
