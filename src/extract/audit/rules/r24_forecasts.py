"""R24: a forecast given as a result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.wording import written
from extract.lexicons import heading_cue
from extract.records import Claim, FindingType, Role, Severity

RULE = "R24"
_FORECAST = re.compile(
    r"(?:预计|预期|有望|可望|力争)?(?<!不)(?<!许)(?<!认)可(?:以)?(?:增加|达(?:到)?|实现|新增|节约|减少|提高|增收|带动|产生|创造)|(?:预计|有望|可望)(?:将|可|能)?(?:增加|达到?|实现|新增|节约|减少|提高|增收|带动|完成)"
)
_CLAUSE = re.compile(r"[，。；：！？、,;]|\n")
_REACH = 24
_LATER = re.compile(r"明年|下年|下一?年度|来年|今后|下一步|到20\d\d年|年底前|下半年")
_AIMS = re.compile(r"目标|计划|任务|要求|指标值|力争|拟|打算")
_MET = re.compile(r"实际|已(?:经)?|截至|最终")


def check_forecasts(case: Case) -> Iterator[Checked]:
    """A finding for each figure that is told among results and is only expected; later years' figures are plans."""
    for claim in case.claims:
        if not _is_told_as_result(case, claim):
            continue
        word = _forecast_before(case, claim)
        if word is not None:
            yield _forecast(case, claim, word)


def _is_told_as_result(case: Case, claim: Claim) -> bool:
    """An actual or a change; what reads as a target because it is only expected, if nothing around it is of goals."""
    if claim.role in (Role.ACTUAL, Role.CHANGE):
        return True
    if claim.role is not Role.TARGET or claim.cell is not None:
        return False
    cues = [heading_cue(title) for title in claim.segment.section]
    aims = any(cue is not None and cue.role in (Role.TARGET, Role.PLAN) for cue in cues)
    return not aims and bool(claim.segment.section) and not _AIMS.search(case.words_of(claim.segment))


def _forecast_before(case: Case, claim: Claim) -> str | None:
    """The word of the claim's clause that makes it a forecast."""
    start = max(claim.segment.span.start, claim.span.start - _REACH)
    before = case.document.text[start : claim.span.start]
    clause = _CLAUSE.split(before)[-1]
    found = _FORECAST.search(clause)
    after = case.document.text[claim.span.end : claim.segment.span.end]
    if found is None or _LATER.search(clause) or _MET.search(clause + after):
        return None
    return found[0]


def _forecast(case: Case, claim: Claim, word: str) -> Checked:
    said = written(claim, case.document.text)
    return finding(
        case.document,
        FindingType.FORECAST,
        RULE,
        (claim,),
        severity=Severity.MEDIUM,
        confidence=0.6,
        stated=said,
        message=f"“{word}{said}”是预计数，列在完成情况中，未见实际数。请说明实际完成数及依据。",
    )
