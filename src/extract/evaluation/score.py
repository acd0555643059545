"""The score of predictions against annotations: what is counted of a report, and of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce

from extract.annotation.markup import AnnotatedReport
from extract.evaluation.calibration import Sureness
from extract.evaluation.claims import score_claims
from extract.evaluation.comparison import compared
from extract.evaluation.counts import Confusion, Counts, Measure, Share, macro_f1
from extract.evaluation.findings import score_findings
from extract.evaluation.mistakes import Mistake
from extract.evaluation.pairs import score_pairs
from extract.evaluation.predictions import Predictions


class ShareName(StrEnum):
    """What is asked of those that were found."""

    ROLES = "roles|found"
    SLOTS = "slots|found"
    APPROX = "approx|found"
    VERDICT = "verdict|found"
    FIGURE = "figure|found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What was counted in one report or in several."""

    counts: Mapping[Measure, Counts] = field(default_factory=lambda: dict.fromkeys(Measure, Counts()))
    shares: Mapping[ShareName, Share] = field(default_factory=lambda: dict.fromkeys(ShareName, Share()))
    confusion: Confusion = field(default_factory=dict)  #: of roles
    advisory: Mapping[str, int] = field(default_factory=dict)  #: findings of types that are not scored
    in_zones: int = 0  #: findings that rest on nothing but figures of stretches that were not annotated
    against_checked: int = 0  #: false findings on what the annotator checked and found right, or rounded
    sure_roles: tuple[Sureness, ...] = ()
    sure_slots: tuple[Sureness, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def role_macro_f1(self) -> float:
        return macro_f1(self.confusion)

    def __add__(self, other: Score) -> Score:
        return Score(
            counts={measure: self.counts[measure] + other.counts[measure] for measure in Measure},
            shares={name: self.shares[name] + other.shares[name] for name in ShareName},
            confusion=Counter(self.confusion) + Counter(other.confusion),
            advisory=Counter(self.advisory) + Counter(other.advisory),
            in_zones=self.in_zones + other.in_zones,
            against_checked=self.against_checked + other.against_checked,
            sure_roles=self.sure_roles + other.sure_roles,
            sure_slots=self.sure_slots + other.sure_slots,
            mistakes=self.mistakes + other.mistakes,
        )


def score_report(report: AnnotatedReport, predictions: Predictions) -> Score:
    """How far ``predictions`` agree with what is annotated in ``report``."""
    comparison = compared(report, predictions)
    claims, pairs, findings = score_claims(comparison), score_pairs(comparison), score_findings(comparison)
    matched = len(comparison.matched)
    return Score(
        counts={
            **claims.counts,
            Measure.PAIRS: pairs.pairs,
            Measure.UNANSWERED: pairs.unanswered,
            Measure.FINDINGS: findings.counts,
        },
        shares={
            ShareName.ROLES: Share(claims.counts[Measure.ROLES].right, matched),
            ShareName.SLOTS: Share(claims.counts[Measure.SLOTS].right, matched),
            ShareName.APPROX: claims.approx,
            ShareName.VERDICT: pairs.verdicts,
            ShareName.FIGURE: findings.figures,
        },
        confusion=claims.confusion,
        advisory=findings.advisory,
        in_zones=findings.in_zones,
        against_checked=findings.against_checked,
        sure_roles=claims.sure_roles,
        sure_slots=claims.sure_slots,
        mistakes=claims.mistakes + pairs.mistakes + findings.mistakes,
    )


def added(scores: Iterable[Score]) -> Score:
    """One score of several reports: counts added up, so that every figure weighs the same."""
    return reduce(Score.__add__, scores, Score())
