"""Scores of claims: quantities found, their spans, roles, slots and bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.annotation.markup import GoldMention
from extract.evaluation.calibration import Sureness
from extract.evaluation.comparison import Comparison
from extract.evaluation.counts import Confusion, Counts, Measure, Share
from extract.evaluation.mistakes import Mistake, MistakeKind, mistake
from extract.evaluation.predictions import PredictedClaim
from extract.evaluation.sameness import Valued, same_slot

_Found = Sequence[tuple[PredictedClaim, GoldMention]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimScore:
    counts: Mapping[Measure, Counts]
    approx: Share
    confusion: Confusion
    sure_roles: tuple[Sureness, ...]
    sure_slots: tuple[Sureness, ...]
    mistakes: tuple[Mistake, ...]


def score_claims(comparison: Comparison) -> ClaimScore:
    """What is right of the claims of a report; role, slot and bound are asked of those that are mentions."""
    found = [(claim, comparison.matched[claim.id]) for claim in comparison.scored if claim.id in comparison.matched]
    right = {
        Measure.QUANTITIES: len(found),
        Measure.SPANS: sum(claim.span == mention.span for claim, mention in found),
        Measure.ROLES: sum(claim.role == mention.role for claim, mention in found),
        Measure.SLOTS: sum(same_slot(claim.slot, mention.slot) for claim, mention in found),
    }
    predicted, gold = len(comparison.scored), len(comparison.report.mentions)
    return ClaimScore(
        counts={measure: Counts(number, predicted, gold, number) for measure, number in right.items()},
        approx=Share(sum(claim.approx == mention.approx for claim, mention in found), len(found)),
        confusion=Counter((mention.role.value, claim.role) for claim, mention in found),
        sure_roles=tuple(_sure_roles(found)),
        sure_slots=tuple(_sure_slots(found)),
        mistakes=(*_missed(comparison), *_spurious(comparison), *_wrong(comparison, found)),
    )


def _sure_roles(found: _Found) -> Iterator[Sureness]:
    for claim, mention in found:
        if claim.role_confidence is not None:
            yield Sureness(claim.role_confidence, claim.role == mention.role)


def _sure_slots(found: _Found) -> Iterator[Sureness]:
    for claim, mention in found:
        if claim.slot_confidence is not None:
            yield Sureness(claim.slot_confidence, same_slot(claim.slot, mention.slot))


def _missed(comparison: Comparison) -> Iterator[Mistake]:
    """Mentions that no claim is, each with the claims that touch it."""
    found = {mention.name for mention in comparison.matched.values()}
    for mention in comparison.report.mentions:
        if mention.name not in found:
            near = [claim for claim in comparison.scored if claim.span.overlaps(mention.span)]
            yield mistake(
                MistakeKind.MISSED_QUANTITY,
                comparison.report,
                mention.span,
                gold=value_of(mention),
                predicted="; ".join(f"{claim.span.of(comparison.report.text)}: {value_of(claim)}" for claim in near),
            )


def _spurious(comparison: Comparison) -> Iterator[Mistake]:
    for claim in comparison.scored:
        if claim.id not in comparison.matched:
            kind = MistakeKind.SPURIOUS_QUANTITY
            yield mistake(kind, comparison.report, claim.span, predicted=value_of(claim))


def _wrong(comparison: Comparison, found: _Found) -> Iterator[Mistake]:
    report = comparison.report
    for claim, mention in found:
        asked = (
            (
                MistakeKind.WRONG_SPAN,
                claim.span == mention.span,
                comparison.surface(mention),
                claim.span.of(report.text),
            ),
            (MistakeKind.WRONG_APPROX, claim.approx == mention.approx, mention.approx.value, claim.approx),
            (MistakeKind.WRONG_ROLE, claim.role == mention.role, mention.role.value, claim.role),
            (MistakeKind.WRONG_SLOT, same_slot(claim.slot, mention.slot), mention.slot, claim.slot),
        )
        for kind, right, gold, predicted in asked:
            if not right:
                yield mistake(kind, report, mention.span, gold=gold, predicted=predicted)


def value_of(claim: Valued) -> str:
    """Number and unit as a person compares them: ``12.6 公里``, ``10–20 %``."""
    number = _plain(claim.number) if claim.low is None else f"{_plain(claim.low)}–{_plain(claim.high)}"
    return f"{number} {claim.unit}".rstrip()


def _plain(number: Decimal | None) -> str:
    return "?" if number is None else f"{number:f}"
