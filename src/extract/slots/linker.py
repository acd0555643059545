"""Links each claim to a slot: candidates by the words around it, chosen by learnt weights, ``other`` when none fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extract.claims.mentions import Mention
from extract.records import Claim, Dimension, Document, Role
from extract.segmentation.words import Vocabulary, read_vocabulary
from extract.slots.catalogue import OTHER, Catalogue, default_catalogue
from extract.slots.cues import CueHits, CueSearch
from extract.slots.evidence import Evidence, slot_evidence
from extract.slots.features import Report, candidate_features, told_of_slot
from extract.slots.sectors import sector_of
from extract.weights import Told, Weights, models_folder, probabilities, read_weights

SCORES = "evaluation.score"  #: the slot of marks, whatever is said around them
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class SlotModel:
    """What decides slots: the catalogue, the weights of features, and the words that features are made of."""

    catalogue: Catalogue
    search: CueSearch
    weights: Weights
    vocabulary: Vocabulary


@cache
def default_slot_model() -> SlotModel:
    return read_slot_model(models_folder())


def read_slot_model(folder: Path) -> SlotModel:
    """The model in a folder of weights, with the catalogue that comes with the program.

    Raises:
        LexiconError: if a file is missing or malformed.
    """
    catalogue = default_catalogue()
    weights, vocabulary = read_weights(folder / "slots.tsv"), read_vocabulary(folder / "words.txt")
    return SlotModel(catalogue, CueSearch(catalogue), weights, vocabulary)


class Candidate(NamedTuple):
    """A possible slot of a claim."""

    slot: str
    base: str
    probability: float
    reasons: tuple[str, ...]


class SlotHistory:
    """The slots of the figures before: of the one before in its sentence, and of those of the same name."""

    def __init__(self) -> None:
        self.last: tuple[Mention, str] | None = None
        self._of_name: dict[tuple[str, Dimension], str] = {}

    def before(self, mention: Mention) -> str | None:
        """The slot of the figure before it in its sentence."""
        if self.last is None or self.last[0].segment is not mention.segment or mention.alone:
            return None
        return self.last[1]

    def of_name(self, claim: Claim) -> str | None:
        return self._of_name.get((claim.indicator, claim.quantity.dimension)) if claim.indicator else None

    def add(self, claim: Claim, mention: Mention, base: str) -> None:
        self.last = (mention, base)
        if claim.indicator:
            self._of_name.setdefault((claim.indicator, claim.quantity.dimension), base)


def link_slots(
    claims: Iterable[tuple[Claim, Mention]], words: str, *, about: Report | None = None, model: SlotModel | None = None
) -> Iterator[tuple[Claim, Mention]]:
    """The claims with the slot that most speaks for, or ``other``; ``words`` is the text as read."""
    linker = default_slot_model() if model is None else model
    hits = CueHits(words, linker.search)
    history = SlotHistory()
    report = Report() if about is None else about
    for claim, mention in claims:
        best = best_slot(claim, mention, hits, linker, history, report)
        history.add(claim, mention, best.base)
        yield (
            replace(
                claim,
                slot=best.slot,
                slot_base=best.base,
                slot_confidence=linker.weights.calibration.share(best.probability),
                reasons=(*claim.reasons, *[f"slot {best.slot}: {reason}" for reason in best.reasons]),
            ),
            mention,
        )


def best_slot(
    claim: Claim, mention: Mention, hits: CueHits, model: SlotModel, history: SlotHistory, about: Report
) -> Candidate:
    """The most probable of the slots that the figure can have."""
    quantity = claim.quantity
    if claim.role is Role.SCORE or quantity.dimension is Dimension.SCORE:
        return Candidate(SCORES, SCORES, 1.0, ("marks",))
    evidence, own = slot_evidence_of(claim, mention, hits, model, history)
    told = told_of_slot(claim, mention, model.vocabulary, about)
    weights, bases = model.weights, bases_of(claim, model.catalogue)
    scores = weights.scores_for(bases, told)
    for base, features in own.items():
        if base in bases:
            scores[bases.index(base)] += weights.score(features)
    shares = probabilities(scores)
    share = max(shares)
    best = bases[shares.index(share)]
    reasons = _reasons(best, evidence, told, model)
    return Candidate(_finest(best, evidence, model.catalogue), best, share, reasons)


def slot_evidence_of(
    claim: Claim, mention: Mention, hits: CueHits, model: SlotModel, history: SlotHistory
) -> tuple[tuple[Evidence, ...], dict[str, dict[str, float]]]:
    """What speaks for slots as such: the evidence, and the features of each candidate that it makes."""
    evidence = slot_evidence(mention, hits, model.catalogue, history.last)
    before, named_before = history.before(mention), history.of_name(claim)
    return evidence, candidate_features(evidence, model.catalogue, before=before, named_before=named_before)


def about_report(document: Document) -> Report:
    return Report(of_project=document.report_type == "project", sector=sector_of(document))


def bases_of(claim: Claim, catalogue: Catalogue) -> tuple[str, ...]:
    """The slots of the published catalogue that a figure of this dimension can have."""
    return catalogue.bases[claim.quantity.dimension]


def _finest(base: str, evidence: Iterable[Evidence], catalogue: Catalogue) -> str:
    """The refined slot under ``base`` that the words speak for; ``base`` itself when they do not."""
    scores: dict[str, float] = {}
    for slot, weight, _, _ in evidence:
        if catalogue.slots[slot].base == base:
            scores[slot] = scores.get(slot, 0.0) + weight
    return max(sorted(scores), key=scores.__getitem__, default=base)


def _reasons(base: str, evidence: Iterable[Evidence], told: Told, model: SlotModel) -> tuple[str, ...]:
    slots = model.catalogue.slots
    cues = sorted([(-weight, reason) for slot, weight, _, reason in evidence if slots[slot].base == base])
    said = [reason for _, reason in cues[:_MOST_REASONS]]
    if base in model.weights.choices:
        said += model.weights.reasons(told.own, base, told.shared, most=_MOST_REASONS)
    return tuple(dict.fromkeys(said)) or ("nothing else fits",) * (base == OTHER)
