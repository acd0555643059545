"""The grade that follows from the total score (R11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.audit.case import Case
from extract.audit.findings import Checked
from extract.audit.forms import figure_in
from extract.audit.grades import bands_of, grade_given, grade_of
from extract.audit.rules.form_findings import on_claims, said
from extract.records import Claim, Holds

_RULE = "R11"
_TOTAL_SCORE = re.compile(r"(?:自评|综合|最终|评价)?(?:总?得分|总分|评分)(?:为|是)?(\d{1,3}(?:\.\d+)?)分")


def check_grade(case: Case) -> Iterator[Checked]:
    """The grade against the printed bands, else the profile's."""
    given, score = grade_given(case.plain), _document_score(case)
    if given is None or score is None or score.quantity.number is None:
        return
    bands = bands_of(case.plain, case.profile.grades)
    right = grade_of(score.quantity.number, bands)
    known = {grade.name for grade in bands.grades}
    source = "报告所列等级划分" if bands.printed else f"{case.profile.title}的等级划分"
    if given.name == right:
        yield Holds(rule=_RULE, claims=(score,), workings=f"{said(case, score)}为“{right}”（{source}）")
    elif given.name in known:
        text = f"总分{said(case, score)}，等级为“{given.name}”；按{source}应为“{right}”。请核对总分和等级并更正。"
        workings = f"{said(case, score)}→{right}"
        yield on_claims(case, _RULE, (score,), expected=right, workings=workings, message=text)


def _document_score(case: Case) -> Claim | None:
    """The total of the only form; else the total score that the text tells, if it tells one."""
    totals = [form.total for form in case.forms if form.total is not None]
    if len(totals) == 1:
        score = figure_in(totals[0].score)
        if score is not None and score.quantity.number:
            return score
    told = {Decimal(match[1]) for match in _TOTAL_SCORE.finditer(case.plain)}
    scores = [claim for claim in case.claims if claim.quantity.unit == "分" and claim.quantity.number in told]
    return scores[0] if len(told) == 1 and scores else None
