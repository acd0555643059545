"""When a target's answer that is gone is missed: by the text alone, not by what the audit finds.

An empty cell beside a target always is. An answer that is gone from a sentence is not where the text still tells it:
"told again" elsewhere, "follows" from what is left of its sentence (a rate from its parts, an amount from
the share of the target that it is), "said to be met" (高于95%的目标, 没有超编), or "full marks" for the target in
words.
"""

from __future__ import annotations

import re

from extract.annotation.related import PrintedNumber, RelatedReport, ToldRelation
from mutating.faults import Edit

_ENDS = "。\n"  #: of a sentence
_MET = re.compile(
    r"(?:高|低|多|少|优|好|大|小)于|超[过出额编]|达(?:到|成|标)|符合|满足|控制在|(?:为|是|占)?(?:目标|计划|任务)的|完成(?:率|了|目标|任务|计划)|相差"
)
_MARKS = re.compile(r"[^，,；;]{0,4}(?:[，,：:]?\d+分)?[，,]?得(?:满分|\d+(?:\.\d+)?分)")
_NEXT = 3  #: clauses from the gap on that speak of what is gone


def doubt(report: RelatedReport, relation: ToldRelation, edit: Edit) -> str:
    """Why nobody misses the answer (the first figure) that ``edit`` takes out of a sentence; empty where they do."""
    actual, target = relation.figures[:2]
    if any(_has(each, actual) for each in report.relations if each.kind == "restated"):
        return "told again"
    if any(_gives(report.text, each, actual) for each in report.relations):
        return "follows"
    behind = _clauses_behind(report.text, edit.end)
    if _MET.search(behind) or (
        _is_near(report.text, edit.start, target) and _MET.search(_clause_of(report.text, target))
    ):
        return "said to be met"
    told = _clauses_behind(report.text, target.end)
    return "full marks" if _MARKS.search(behind) or _MARKS.match(told) else ""


def _has(relation: ToldRelation, figure: PrintedNumber) -> bool:
    return any(each.place == figure.place for each in relation.figures)


def _gives(text: str, relation: ToldRelation, actual: PrintedNumber) -> bool:
    """Whether an equation gives the figure from others that all stand in its sentence."""
    if not _has(relation, actual) or re.fullmatch(r"[^<>=]+=[^<>=]+", relation.formula) is None:
        return False
    return all(_is_near(text, actual.start, figure) for figure in relation.figures)


def _clauses_behind(text: str, start: int) -> str:
    """The rest of the sentence from a place on, a few clauses of it."""
    end = next((place for place in range(start, len(text)) if text[place] in _ENDS), len(text))
    return "，".join(re.split(r"[，,]", text[start:end])[:_NEXT])


def _is_near(text: str, place: int, figure: PrintedNumber) -> bool:
    """Whether a figure stands in the sentence of a place."""
    first, last = sorted((place, figure.start))
    return not any(sign in text[first:last] for sign in _ENDS)


def _clause_of(text: str, target: PrintedNumber) -> str:
    start = max(text.rfind(sign, 0, target.start) for sign in "，,。；;：:、\n")
    return re.split(r"[，,。；;\n]", text[start + 1 :], maxsplit=1)[0]
