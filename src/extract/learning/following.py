"""Learns from right reports which figures are meant to follow from which, and from slips planted in them what tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import NamedTuple

from extract.annotation.markup import AnnotatedReport
from extract.annotation.related import RelatedReport
from extract.audit.following.evidence import Around, Evidence, Proof, evidence_of, fitted
from extract.audit.following.model import (
    NONE,
    SIBLINGS,
    TELLING,
    chance_of,
    explained_by,
    is_contested,
    proof_of,
)
from extract.audit.following.numbers import holds
from extract.audit.following.places import digits_of, features_of_place
from extract.audit.following.readings import Reading, readings_of
from extract.audit.following.scenes import Printed, Scene
from extract.audit.judging import judge, restated
from extract.audit.relations import Figure, RelationKind, find_figures, find_relations
from extract.audit.relations.twins import finer_of
from extract.learning.choices import Penalty, Question, fit_weights
from extract.learning.examples import Example
from extract.learning.misprints import misprinted
from extract.offsets import CharSpan
from extract.records import Claim, Document
from extract.weights import Weights

Key = tuple[RelationKind, CharSpan, CharSpan]
Values = frozenset[tuple[str, Decimal]]  #: of three figures that hang together: kind and value of each
PENALTY = Penalty(place=5.0, shared=2.5, fewest=4)
_SLIPS = 4  #: planted for each relation
_NO_FAULTS = ("holds", "rounding")
_FEWEST_SOURCES, _THREE = 3, 3


class Studied(NamedTuple):
    """The figures of a right report, those of them that are known to be wrong, and those that others explain."""

    name: str
    figures: tuple[Figure, ...]
    wrong: frozenset[CharSpan]
    explained: frozenset[str]
    told: frozenset[Values] | None = None  #: what people said that figures follow from, where they said all

    def scene(self, figures: Sequence[Figure] | None = None) -> Scene:
        own = self.figures if figures is None else figures
        return Scene(own, restated(own), finer_of(own))


class Lesson(NamedTuple):
    """A figure with the ways to reckon it, and those that hold."""

    place: int
    readings: tuple[Reading, ...]
    right: frozenset[Key]  #: none where it follows from nothing
    proofs: tuple[Proof, ...]


def studied_report(example: Example, claims: Sequence[Claim]) -> Studied:
    """An annotated report as its claims were read."""
    figures = find_figures(example.document, sorted(claims, key=lambda claim: claim.span))
    holding = judge(find_relations(figures, ()), restated(figures)).holding
    return Studied(example.name, figures, _wrong(example.report), explained_by(holding))


def studied_relations(report: RelatedReport, document: Document, claims: Sequence[Claim]) -> Studied:
    """A report whose relations people told, as its claims were read: of its figures no others follow from two."""
    figures = find_figures(document, sorted(claims, key=lambda claim: claim.span))
    at = {start: figure for figure in figures for start in range(figure.span.start, figure.span.end)}
    told = {
        frozenset((at[number.start].kind, at[number.start].value) for number in relation.figures)
        for relation in report.relations
        if len(relation.figures) == _THREE and all(number.start in at for number in relation.figures)
    }
    return Studied(report.name, figures, frozenset(), frozenset(), frozenset(told))


def _wrong(report: AnnotatedReport) -> frozenset[CharSpan]:
    """Where the figures stand that annotators found wrong."""
    spans = {mention.name: mention.span for mention in report.mentions}
    faults = (finding for finding in report.findings if finding.type not in _NO_FAULTS)
    return frozenset(spans[name] for fault in faults for name in fault.names if name in spans)


def lessons_of(report: Studied) -> Iterator[Lesson]:
    """Every figure of a report that may follow from others, in text order."""
    scene = report.scene()
    proofs: list[Proof] = []
    for place, figure in enumerate(report.figures):
        if figure.span in report.wrong:
            continue
        known = [r for r in readings_of(scene, place) if not {r.first.span, r.other.span} & report.wrong]
        if not known:
            continue
        own = scene.printed(figure)
        holding = [reading for reading in known if holds(own, reading)]
        chance = chance_of(own, known)
        if report.told is not None:
            meant = frozenset(_key(reading) for reading in holding if values_of(figure, reading) in report.told)
            if meant or chance > TELLING or not holding:
                yield Lesson(place, tuple(known), meant, tuple(proofs[-SIBLINGS:]))
        elif _is_plain(own, holding, chance) or (not holding and figure.claim.id not in report.explained):
            right = frozenset(_key(reading) for reading in holding)
            yield Lesson(place, tuple(known), right, tuple(proofs[-SIBLINGS:]))
        proof = proof_of(scene, place, known)
        if proof is not None:
            proofs.append(proof)


def _is_plain(figure: Printed, holding: Sequence[Reading], chance: float) -> bool:
    """Whether what holds does so by no coincidence."""
    return bool(holding) and chance <= TELLING and digits_of(figure.numeral) > 1


def fit_following(reports: Iterable[Studied]) -> Weights:
    """The weights of ``following.tsv``."""
    questions = [question for report in reports for question in questions_of(report)]
    sources: dict[str, set[str]] = {}
    for question in questions:
        for _, own in question.candidates:
            for name in own:
                sources.setdefault(name, set()).add(question.source)
    kept = {name for name, own in sources.items() if len(own) >= _FEWEST_SOURCES}
    pruned = (
        Question(
            q.features,
            tuple((choice, {k: v for k, v in own.items() if k in kept}) for choice, own in q.candidates),
            q.right,
            q.source,
        )
        for q in questions
    )
    return fit_weights(pruned, choices=[NONE, *(kind.value for kind in RelationKind)], penalty=PENALTY)


def questions_of(report: Studied) -> Iterator[Question]:
    """What each figure of a report asks, as it stands and with slips planted."""
    random, scene = Random(f"following {report.name}"), report.scene()
    for lesson in lessons_of(report):
        around = Around(scene, lesson.place)
        found = evidence_of(around, fitted(around, lesson.readings), lesson.proofs)
        if found:
            yield _question(report.name, scene, lesson.place, found, lesson.right)
        if lesson.right:
            yield from _with_slips(report, lesson, random)


def _question(source: str, scene: Scene, place: int, found: Sequence[Evidence], right: frozenset[Key]) -> Question:
    candidates = [(NONE, {}), *((each.reading.kind.value, each.features) for each in found)]
    answers = frozenset(i for i, each in enumerate(found, 1) if _key(each.reading) in right) or frozenset([0])
    return Question(features_of_place(scene, place), tuple(candidates), answers, source)


def _with_slips(report: Studied, lesson: Lesson, random: Random) -> Iterator[Question]:
    """The same figure when it, or one that it follows from, is printed wrong."""
    known = [reading for reading in lesson.readings if _key(reading) in lesson.right]
    spans = {figure.span: place for place, figure in enumerate(report.figures)}
    result = report.figures[lesson.place]
    for _ in range(_SLIPS):
        reading = random.choice(known)
        wrong = random.choice([result, result, result, reading.first, reading.other])
        printed = misprinted(wrong, random, reading if wrong is result else None)
        if printed is None:
            continue
        figures = list(report.figures)
        figures[spans[wrong.span]] = printed
        scene = report.scene(figures)
        readings = readings_of(scene, lesson.place)
        if proof_of(scene, lesson.place, readings) is not None and not is_contested(figures[lesson.place]):
            continue
        around = Around(scene, lesson.place)
        found = evidence_of(around, fitted(around, readings), lesson.proofs)
        own = [each for each in found if _key(each.reading) in lesson.right]
        if own and all(each.fit.how != "holds" for each in own):
            yield _question(report.name, scene, lesson.place, found, lesson.right)


def _key(reading: Reading) -> Key:
    return reading.kind, reading.first.span, reading.other.span


def values_of(figure: Figure, reading: Reading) -> Values:
    """What the three figures of a reading are."""
    return frozenset((each.kind, each.value) for each in (figure, reading.first, reading.other))
