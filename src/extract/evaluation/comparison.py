"""An annotated report beside what was predicted for it: which claim is which mention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.annotation.markup import AnnotatedReport, GoldMention
from extract.evaluation.predictions import PredictedClaim, Predictions
from extract.evaluation.sameness import overlap, same_value
from extract.offsets import CharSpan

_ENOUGH = 0.5  #: of what two spans cover together, to be the same place


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Both sides, and the claims that are mentions."""

    report: AnnotatedReport
    predictions: Predictions
    mentions: Mapping[str, GoldMention]  #: by name
    claims: Mapping[str, PredictedClaim]  #: by id
    outside: frozenset[str]  #: ids of claims in stretches that were not annotated: they are not scored
    matched: Mapping[str, GoldMention]  #: id of a claim → the mention that it is

    @property
    def scored(self) -> tuple[PredictedClaim, ...]:
        return tuple(claim for claim in self.predictions.claims if claim.id not in self.outside)

    def surface(self, mention: GoldMention) -> str:
        return mention.span.of(self.report.text)

    def name_of(self, claim: str | None) -> str | None:
        """The name of the mention that a claim is, if it is one."""
        mention = self.matched.get(claim) if claim is not None else None
        return mention.name if mention else None


def compared(report: AnnotatedReport, predictions: Predictions) -> Comparison:
    outside = frozenset(claim.id for claim in predictions.claims if _is_outside(claim.span, report.zones))
    scored = [claim for claim in predictions.claims if claim.id not in outside]
    return Comparison(
        report=report,
        predictions=predictions,
        mentions={mention.name: mention for mention in report.mentions},
        claims={claim.id: claim for claim in predictions.claims},
        outside=outside,
        matched=_matched(scored, report),
    )


def _is_outside(span: CharSpan, zones: Sequence[CharSpan]) -> bool:
    """Whether more than half of ``span`` lies in one zone."""
    return any(2 * (min(span.end, zone.end) - max(span.start, zone.start)) > span.end - span.start for zone in zones)


def _matched(claims: Sequence[PredictedClaim], report: AnnotatedReport) -> dict[str, GoldMention]:
    """Claim id → mention, each once: the same span first, then the best overlap, then text order."""
    options = []
    for claim in claims:
        for mention in report.mentions:
            if claim.span.overlaps(mention.span) and _is_same(claim, mention, report.text):
                close = (claim.span == mention.span, overlap(claim.span, mention.span))
                options.append((-close[0], -close[1], claim.span.start, claim.id, mention.name, mention))
    matched: dict[str, GoldMention] = {}
    taken: set[str] = set()
    for *_, claim_id, name, mention in sorted(options, key=lambda option: option[:5]):
        if claim_id not in matched and name not in taken:
            matched[claim_id] = mention
            taken.add(name)
    return matched


def _is_same(claim: PredictedClaim, mention: GoldMention, text: str) -> bool:
    return overlap(claim.span, mention.span) >= _ENOUGH and same_value(claim, mention, mention.span.of(text))
