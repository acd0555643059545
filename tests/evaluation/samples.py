"""A small annotated report, and predictions that agree with it in everything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extract.annotation.markup import AnnotatedReport, parse_markup
from extract.evaluation.predictions import PredictedClaim, Predictions, predictions_from_report
from extract.lexicons import default_units

REPORT = """sector: 水利
layout: prose, pipe rows
--- text
青桐县水务局自评报告
编制{97|context staff unit=人@implied #staff}。
计划新建堤防{12公里|target other #plan}，
修渠{8处|target irrigation #canals}，公务接待{3万元|target three_public #guests}。
实际新建{12.6公里|actual other #dyke}，完成计划的{110%|actual other #rate}；接待{2万元|actual three_public #spent}。
再次说明：新建{12.6公里|actual other #again}。满意度达到{95%以上|target satisfaction #pleased}的要求，群众都说好。
合计{30个|actual other #total}，其中{10个|actual other #one}、{20个|actual other #two}。
争取{8.000.00余万元|actual funding.won number= unit=元 approx=about #broken}。
{<zone}附表 5个 6个 7个{zone>}
--- pairs
plan <- dyke exceeded
guests <- spent budget
canals unanswered
pleased in_words
--- findings
arithmetic rate dyke plan | stated 110% | right 105% | 12.6÷12=105%，不是110%
malformed broken | stated 8.000.00余万元 | 小数点写错
missed? plan dyke | 专家意见不一
holds total one two | 10+20=30
budget guests spent | 接待费节余
"""


def parsed(source: str = REPORT, name: str = "r") -> AnnotatedReport:
    return parse_markup(source, name=name, units=default_units())


GOLD = parsed()
PERFECT = predictions_from_report(GOLD)


def with_claim(id_: str, **changes: Any) -> Predictions:
    """The perfect predictions with one claim changed."""
    claims = tuple(replace(claim, **changes) if claim.id == id_ else claim for claim in PERFECT.claims)
    return replace(PERFECT, claims=claims)


def with_pair(target: str, **changes: Any) -> Predictions:
    """The perfect predictions with the pair of one target changed."""
    pairs = tuple(replace(pair, **changes) if pair.target == target else pair for pair in PERFECT.pairs)
    return replace(PERFECT, pairs=pairs)


def with_finding(type_: str, **changes: Any) -> Predictions:
    """The perfect predictions with the finding of one type changed."""
    findings = tuple(replace(each, **changes) if each.type == type_ else each for each in PERFECT.findings)
    return replace(PERFECT, findings=findings)


def claim(id_: str) -> PredictedClaim:
    return next(each for each in PERFECT.claims if each.id == id_)
