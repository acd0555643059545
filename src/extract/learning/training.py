"""Rebuilds the models from annotated reports: vocabulary, roles, slots and pairs, each calibrated out of fold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.annotation.markup import AnnotatedReport
from extract.annotation.related import RelatedReport
from extract.claims.assembly import draft_claims
from extract.claims.mentions import Mention
from extract.claims.roles import RoleModel, decide_roles
from extract.evaluation.score import Score
from extract.learning.choices import Penalty, Question, fit_calibration, fit_weights
from extract.learning.examples import Example, drafts_of, example_of, pair_questions, role_questions, slot_questions
from extract.learning.following import Studied, fit_following, studied_relations, studied_report
from extract.learning.held_out import held_out_scores
from extract.learning.vocabulary import vocabulary_of
from extract.models import Models
from extract.records import Claim, Role
from extract.segmentation.words import Vocabulary
from extract.slots.catalogue import OTHER, default_catalogue
from extract.slots.cues import CueSearch
from extract.slots.linker import SlotModel, about_report, link_slots
from extract.slots.rows import with_row_slots
from extract.weights import Calibration, Weights, probabilities

Outcomes = dict[str, list[tuple[float, bool]]]  #: roles, slots and pairs → (probability, whether right) of decisions
FOLDS = 4
ROLE_PENALTY = Penalty(place=1.0, fewest=4)
SLOT_PENALTY = Penalty(
    place=3.0,
    shared=0.1,
    fallback=OTHER,
    of_fallback=("always", "dimension", "unit", "role", "money in", "count in", "ratio in", "area in", "sector"),
)
PAIR_PENALTY = Penalty(shared=0.45)


class Readers(NamedTuple):
    """What reads roles and slots."""

    roles: RoleModel
    slots: SlotModel


class TrainingSet:
    """Annotated reports with the questions they answer, worked out once for all folds."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.examples = tuple(examples)
        self.vocabulary = Vocabulary(vocabulary_of(example.report.text for example in self.examples))
        self.catalogue = default_catalogue()
        self.search = CueSearch(self.catalogue)
        self.drafts = {example.name: _gold_drafts(example) for example in self.examples}
        blank = self._slot_model(Weights((), {}, {}, Calibration()))
        self.roles = {e.name: tuple(q for _, q in role_questions(e, self.vocabulary)) for e in self.examples}
        self.slots = {e.name: tuple(q for _, q in slot_questions(e, self.drafts[e.name], blank)) for e in self.examples}

    def folds(self, most: int = FOLDS) -> Iterator[tuple[tuple[Example, ...], tuple[Example, ...]]]:
        """(kept for training, held out): whole batches are held out, which share neither author nor layout."""
        batches = sorted({example.batch for example in self.examples})
        for start in range(min(most, len(batches))):
            out = set(batches[start::most])
            yield (
                tuple(example for example in self.examples if example.batch not in out),
                tuple(example for example in self.examples if example.batch in out),
            )

    def readers(self, examples: Sequence[Example]) -> Readers:
        """What reads roles and slots, fitted to some of the reports, uncalibrated."""
        names = [example.name for example in examples]
        bases = tuple(sorted({base for bases in self.catalogue.bases.values() for base in bases}))
        roles = fit_weights(_of(self.roles, names), choices=[role.value for role in Role], penalty=ROLE_PENALTY)
        slots = fit_weights(_of(self.slots, names), choices=bases, penalty=SLOT_PENALTY)
        return Readers(RoleModel(roles, self.vocabulary), self._slot_model(slots))

    def _slot_model(self, weights: Weights) -> SlotModel:
        return SlotModel(self.catalogue, self.search, weights, self.vocabulary)


def _gold_drafts(example: Example) -> tuple[tuple[Claim, Mention], ...]:
    return drafts_of(example, {span: gold.role for span, gold in example.gold.items()})


def _of(questions: Mapping[str, Sequence[Question]], names: Iterable[str]) -> Iterator[Question]:
    for name in names:
        yield from questions[name]


class Trained(NamedTuple):
    models: Models
    held_out: tuple[tuple[Example, Score], ...]  #: each report with the score of models that had not seen it


def train(known: TrainingSet, related: Sequence[RelatedReport] = ()) -> Trained:
    """Models fitted to all of the reports, their confidence calibrated on reports that were held out.

    Pairs, and what follows from what, are learnt from claims as models read them that had not seen the report: so they
    are used to their mistakes. What follows from what is learnt of ``related`` reports too.
    The models of one fold are calibrated with the outcomes of the others; the scores are of unseen reports in this
    respect too.
    """
    folds = [(known.readers(kept), kept, held_out) for kept, held_out in known.folds()]
    read = {e.name: read_by(readers, e) for readers, _, held_out in folds for e in held_out}
    pairs = {e.name: tuple(q for _, q in pair_questions(e, read[e.name])) for e in known.examples}
    following = fit_following([*(studied_report(e, read[e.name]) for e in known.examples), *_related(known, related)])
    models = [(Models(*readers, _pair_weights(pairs, kept), following), held_out) for readers, kept, held_out in folds]
    outcomes = [_joined(outcomes_of(e, each, known, pairs[e.name]) for e in held_out) for each, held_out in models]
    scored: list[tuple[Example, Score]] = []
    for place, (each, held_out) in enumerate(models):
        others = _joined(outcomes[:place] + outcomes[place + 1 :])
        scored.extend(held_out_scores(held_out, _calibrated(each, others)))
    final = Models(*known.readers(known.examples), _pair_weights(pairs, known.examples), following)
    return Trained(_calibrated(final, _joined(outcomes)), tuple(sorted(scored, key=lambda pair: pair[0].name)))


def _related(known: TrainingSet, reports: Sequence[RelatedReport]) -> Iterator[Studied]:
    """The reports with relations, as models read them that saw none of them."""
    if not reports:
        return
    readers = known.readers(known.examples)
    for report in reports:
        example = example_of(AnnotatedReport(name=report.name, text=report.text, mentions=()))
        yield studied_relations(report, example.document, read_by(readers, example))


def _pair_weights(pairs: Mapping[str, Sequence[Question]], examples: Iterable[Example]) -> Weights:
    return fit_weights(_of(pairs, [example.name for example in examples]), choices=(), penalty=PAIR_PENALTY)


def read_by(readers: Readers, example: Example) -> tuple[Claim, ...]:
    """The claims of an example with the roles and slots that ``readers`` give them."""
    decisions = decide_roles(example.document, example.mentions, readers.roles)
    drafts = draft_claims(example.document, example.mentions, decisions)
    about = about_report(example.document)
    linked = link_slots(drafts, example.reading.words, about=about, model=readers.slots)
    return with_row_slots([claim for claim, _ in linked])


def _joined(outcomes: Iterable[Outcomes]) -> Outcomes:
    joined: dict[str, list[tuple[float, bool]]] = {}
    for each in outcomes:
        for what, found in each.items():
            joined.setdefault(what, []).extend(found)
    return joined


def _calibrated(models: Models, outcomes: Outcomes) -> Models:
    def calibrated(weights: Weights, what: str) -> Weights:
        sure = outcomes[what]
        return replace(weights, calibration=fit_calibration([share for share, _ in sure], [right for _, right in sure]))

    return Models(
        replace(models.roles, weights=calibrated(models.roles.weights, "roles")),
        replace(models.slots, weights=calibrated(models.slots.weights, "slots")),
        calibrated(models.pairs, "pairs"),
        models.following,
    )


def outcomes_of(
    example: Example, models: Models, known: TrainingSet, pairs: Sequence[Question]
) -> dict[str, list[tuple[float, bool]]]:
    """(probability, whether right) of every decision on a report that the models have not seen."""
    sure: Outcomes = {"roles": [], "slots": [], "pairs": []}
    for claim in read_by(Readers(models.roles, models.slots), example):
        gold = example.gold.get(claim.span)
        if gold is not None:
            sure["roles"].append((claim.role_confidence, claim.role is gold.role))
            sure["slots"].append((claim.slot_confidence, claim.slot_base == known.catalogue.folded(gold.slot)))
    for question in pairs:
        shares = probabilities([models.pairs.score(features) for _, features in question.candidates])
        best = max(range(len(shares)), key=shares.__getitem__)
        sure["pairs"].append((shares[best], best in question.right))
    return sure
