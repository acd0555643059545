"""Runs the rules over a document's claims and pairs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from extract.audit.case import Case
from extract.audit.findings import Checked, with_issues
from extract.audit.profiles import Profile, profile_for
from extract.audit.rules.blank_marks import check_blank_marks
from extract.audit.rules.listed_names import check_listed_names
from extract.audit.rules.r01_totals import RULE as R01
from extract.audit.rules.r06_missed import check_missed
from extract.audit.rules.r07_unanswered import check_unanswered
from extract.audit.rules.r08_backfitted import check_backfitted
from extract.audit.rules.r09_fund_score import check_fund_scores
from extract.audit.rules.r10_indicator_scores import check_indicator_scores
from extract.audit.rules.r11_weights import RULE as R11
from extract.audit.rules.r11_weights import check_weights
from extract.audit.rules.r12_reasons import check_reasons
from extract.audit.rules.r17_contradictions import check_contradictions
from extract.audit.rules.r20_low_targets import check_low_targets
from extract.audit.rules.r21_unmeasurable import check_unmeasurable
from extract.audit.rules.r22_placement import check_placement
from extract.audit.rules.r24_forecasts import check_forecasts
from extract.audit.rules.r25_satisfaction import check_satisfaction
from extract.audit.rules.r26_accruals import check_accruals
from extract.audit.rules.r28_missing_parts import check_missing_parts
from extract.audit.rules.r29_outdated_rules import check_outdated_rules
from extract.audit.rules.relation_rules import check_relations
from extract.records import Claim, Dimension, Document, Finding, Holds, Pair
from extract.weights import Weights

_ON_FORMS = (
    check_missed,
    check_unanswered,
    check_backfitted,
    check_fund_scores,
    check_indicator_scores,
    check_weights,
    check_reasons,
    check_contradictions,
    check_low_targets,
    check_unmeasurable,
    check_placement,
    check_forecasts,
    check_satisfaction,
    check_accruals,
    check_missing_parts,
    check_blank_marks,
    check_outdated_rules,
    check_listed_names,
)


def audit_document(
    document: Document,
    claims: Sequence[Claim],
    pairs: Sequence[Pair],
    *,
    profile: Profile | None = None,
    following: Weights | None = None,
) -> tuple[tuple[Finding, ...], tuple[Holds, ...]]:
    """(findings in text order, relations that were checked and are right).

    ``profile`` says what holds where the document prints nothing itself; without, the national one of its kind.
    ``following`` decide which figures are meant to follow from which; without, the weights that come with the program.
    """
    chosen = profile_for(document.report_type) if profile is None else profile
    case = Case(document, claims, pairs, chosen)
    checked = [item for item in _checked(case, following) if item.rule not in chosen.not_applied]
    findings = with_issues(_without_echoes([item for item in checked if isinstance(item, Finding)]))
    holds = _each_once(item for item in checked if isinstance(item, Holds))
    return findings, tuple(sorted(holds, key=lambda h: (h.claims[0].span.start, h.rule)))


def _each_once(holds: Iterable[Holds]) -> Iterator[Holds]:
    """Without those that say the same of the same figures."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for item in holds:
        key = item.rule, frozenset(claim.id for claim in item.claims)
        if key not in seen:
            seen.add(key)
            yield item


def _without_echoes(findings: Sequence[Finding]) -> list[Finding]:
    """Without totals of marks that R01 finds wrong where R11 names the one mark that makes them so."""
    named = {claim.id for item in findings if item.rule == R11 and item.slip for claim in item.claims}
    return [item for item in findings if not (item.rule == R01 and item.claims and _echoes(item.claims[0], named))]


def _echoes(claim: Claim, named: Container[str]) -> bool:
    return claim.quantity.dimension is Dimension.SCORE and claim.id in named


def _checked(case: Case, following: Weights | None) -> Iterator[Checked]:
    yield from check_relations(case, following)
    for check in _ON_FORMS:
        yield from check(case)
