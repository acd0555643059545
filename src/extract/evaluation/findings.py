"""Scores of findings: faults found, false alarms, and whether the right figure was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extract.annotation.markup import GoldFinding
from extract.evaluation.comparison import Comparison
from extract.evaluation.counts import Counts, Share
from extract.evaluation.mistakes import Mistake, MistakeKind, mistake
from extract.evaluation.predictions import PredictedFinding
from extract.evaluation.sameness import figures_in, same_value
from extract.offsets import CharSpan
from extract.records import FindingType


class Family(StrEnum):
    """Faults that are provable from the text; a finding answers faults of its own family."""

    FIGURES = "figures"
    FORM = "form"
    MISSED = "missed"


FAMILIES: Mapping[str, Family] = {
    FindingType.ARITHMETIC: Family.FIGURES,
    FindingType.TOTAL: Family.FIGURES,
    FindingType.CONFLICT: Family.FIGURES,
    FindingType.UNIT: Family.FORM,
    FindingType.MALFORMED: Family.FORM,
    FindingType.MISSED: Family.MISSED,
}
_CHECKED = ("holds", "rounding")  #: what an annotator checked and found right, or off by no more than rounding
_Answers = Sequence[tuple[PredictedFinding, Sequence[int]]]  #: a finding and which of the faults it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingScore:
    counts: Counts
    figures: Share
    advisory: Mapping[str, int]
    in_zones: int
    against_checked: int
    mistakes: tuple[Mistake, ...]


def score_findings(comparison: Comparison) -> FindingScore:
    """Faults answered, against those plus findings that answer none.

    Repeats count neither way, nor do answers to optional faults and findings in stretches that were not annotated.
    """
    faults = [finding for finding in comparison.report.findings if finding.type in FAMILIES]
    reported = [finding for finding in comparison.predictions.findings if finding.type in FAMILIES]
    answers = [(each, [n for n, fault in enumerate(faults) if _answers(comparison, each, fault)]) for each in reported]
    found = {index for _, answered in answers for index in answered}
    required = sum(not fault.optional for fault in faults)
    missed = [fault for index, fault in enumerate(faults) if index not in found and not fault.optional]
    false = [each for each, answered in answers if not answered and not _is_in_zone(comparison, each)]
    hits = required - len(missed)
    others = (finding.type for finding in comparison.predictions.findings if finding.type not in FAMILIES)
    return FindingScore(
        counts=Counts(hits, hits + len(false), required, hits),
        figures=_figures(answers, faults),
        advisory=Counter(others),
        in_zones=sum(_is_in_zone(comparison, each) for each in reported),
        against_checked=sum(_checked_as(comparison, each) is not None for each in false),
        mistakes=(*(_missed(comparison, fault) for fault in missed), *_false(comparison, false)),
    )


def _claims_of(comparison: Comparison, finding: PredictedFinding) -> tuple[str, ...]:
    """Ids of the claims that a finding rests on, each once."""
    return tuple(each for each in dict.fromkeys(finding.claims) if each in comparison.claims)


def _is_in_zone(comparison: Comparison, finding: PredictedFinding) -> bool:
    ids = _claims_of(comparison, finding)
    return bool(ids) and set(ids) <= comparison.outside


def _answers(comparison: Comparison, finding: PredictedFinding, fault: GoldFinding) -> bool:
    """Whether a finding is of the fault's family and rests, by half at least, on its mentions or their figures.

    Of a fault that rests on no mention the stated figure decides.
    """
    if FAMILIES[finding.type] is not FAMILIES[fault.type]:
        return False
    if not fault.names:
        return bool(figures_in(fault.stated) & _stated(comparison, finding))
    ids = _claims_of(comparison, finding)
    own = [comparison.name_of(each) in fault.names for each in ids]
    shared = sum(mine or _states_a_figure_of(comparison, each, fault) for each, mine in zip(ids, own, strict=True))
    return any(own) and 2 * shared >= len(ids)


def _stated(comparison: Comparison, finding: PredictedFinding) -> frozenset[object]:
    numbers = (comparison.claims[each].number for each in _claims_of(comparison, finding))
    return frozenset({*figures_in(finding.stated), *(number for number in numbers if number is not None)})


def _states_a_figure_of(comparison: Comparison, claim_id: str, fault: GoldFinding) -> bool:
    mentions = (comparison.mentions[name] for name in fault.names)
    return any(same_value(comparison.claims[claim_id], each, comparison.surface(each)) for each in mentions)


def _figures(answers: _Answers, faults: Sequence[GoldFinding]) -> Share:
    """Of the answered faults whose right figure is known, those where the first finding on them gives it."""
    asked: dict[int, bool] = {}
    for finding, answered in answers:
        for index in answered:
            right = figures_in(faults[index].right)
            if right and index not in asked:
                asked[index] = bool(figures_in(finding.expected) & right)
    return Share(sum(asked.values()), len(asked))


def _missed(comparison: Comparison, fault: GoldFinding) -> Mistake:
    span = comparison.mentions[fault.names[0]].span if fault.names else None
    gold = f"{fault.type}: {' → '.join(part for part in (fault.stated, fault.right) if part)} {fault.why}"
    return mistake(MistakeKind.MISSED_FINDING, comparison.report, span, gold=gold)


def _false(comparison: Comparison, findings: Sequence[PredictedFinding]) -> Iterator[Mistake]:
    for finding in findings:
        ids = _claims_of(comparison, finding)
        span: CharSpan | None = comparison.claims[ids[0]].span if ids else None
        gold = _checked_as(comparison, finding) or ""
        predicted = f"{finding.type}: {finding.message}"
        yield mistake(MistakeKind.FALSE_FINDING, comparison.report, span, gold=gold, predicted=predicted)


def _checked_as(comparison: Comparison, finding: PredictedFinding) -> str | None:
    """``holds`` or ``rounding`` where the annotator says so of the mentions that a finding rests on."""
    names = {comparison.name_of(each) for each in _claims_of(comparison, finding)} - {None}
    for checked in comparison.report.findings:
        if checked.type in _CHECKED and len(names) > 1 and names <= set(checked.names):
            return checked.type
    return None
