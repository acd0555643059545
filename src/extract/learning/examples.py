"""Annotated reports as questions: what a model sees of each figure, and what the annotator decided."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from extract.annotation.markup import AnnotatedReport, GoldMention, GoldPair
from extract.claims.assembly import draft_claims
from extract.claims.features import Surroundings, told_of_role, twins_of, wholes_of
from extract.claims.mentions import Mention, find_mentions
from extract.claims.roles import RoleDecision, allowed_roles, role_votes
from extract.claims.sections import section_roles
from extract.documents.reading import document_from_bytes
from extract.evaluation.groups import FIRST_BATCH
from extract.learning.choices import Question
from extract.lexicons import default_units
from extract.offsets import CharSpan
from extract.pairs.pairing import Possibility, target_possibilities
from extract.quantities import find_numbers
from extract.records import MEASURES, Answer, Claim, Dimension, Document, Role
from extract.segmentation import segment_document
from extract.segmentation.reading import Reading
from extract.segmentation.words import Vocabulary
from extract.slots.cues import CueHits
from extract.slots.features import place_features
from extract.slots.linker import SlotHistory, SlotModel, about_report, bases_of, slot_evidence_of

_NOTHING: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated report as the program reads it, and the annotator's mention beside each that it found."""

    report: AnnotatedReport
    document: Document
    reading: Reading
    mentions: tuple[Mention, ...]
    gold: Mapping[CharSpan, GoldMention]  #: by the span of the mention that was found

    @property
    def name(self) -> str:
        return self.report.name

    @property
    def batch(self) -> str:
        return dict(self.report.about).get("batch", FIRST_BATCH)

    @property
    def sector(self) -> str:
        return dict(self.report.about).get("sector", "")


def example_of(report: AnnotatedReport) -> Example:
    document = segment_document(document_from_bytes(report.text.encode(), name=f"{report.name}.txt", where=report.name))
    reading = Reading(document)
    units = default_units()
    measures = tuple(quantity for quantity in find_numbers(reading.words, units=units) if quantity.kind in MEASURES)
    mentions = tuple(find_mentions(reading, measures, units))
    return Example(report, document, reading, mentions, _matched(mentions, report.mentions))


def _matched(found: Iterable[Mention], gold: Iterable[GoldMention]) -> dict[CharSpan, GoldMention]:
    """The annotator's mention of each found one: it overlaps and says the same number."""
    in_order = sorted(gold, key=lambda mention: mention.span)
    ends = [mention.span.end for mention in in_order]
    matched = {}
    for mention in found:
        for candidate in in_order[bisect_left(ends, mention.span.start + 1) :]:
            if candidate.span.start >= mention.span.end:
                break
            value = candidate.low if candidate.number is None else candidate.number
            if value == mention.quantity.value:
                matched[mention.span] = candidate
                break
    return matched


def role_questions(example: Example, vocabulary: Vocabulary) -> Iterator[tuple[CharSpan, Question]]:
    """The span of each annotated mention, and the question of its role; the figure before it has its true role."""
    sections, twins = section_roles(example.document.segments, example.document.year), twins_of(example.mentions)
    wholes = wholes_of(example.mentions)
    before = None
    for mention in example.mentions:
        gold = example.gold.get(mention.span)
        if gold is None:
            continue
        whole = example.gold.get(wholes[mention.span]) if mention.span in wholes else None
        role = whole.role if whole is not None else None
        around = Surroundings(sections[mention.segment.section], example.document.year, before, twins, role)
        votes = tuple(role_votes(mention, around.section, around.year, around.previous))
        told = told_of_role(mention, around, votes, vocabulary)
        candidates = tuple((role.value, _NOTHING) for role in allowed_roles(*told))
        right = frozenset(index for index, (choice, _) in enumerate(candidates) if choice == gold.role)
        yield mention.span, Question(told.features(), candidates, right, example.batch)
        before = (mention, gold.role)


def slot_questions(
    example: Example, drafts: Sequence[tuple[Claim, Mention]], model: SlotModel
) -> Iterator[tuple[CharSpan, Question]]:
    """The span of each annotated mention that is no mark, and the question of its slot; those before it have theirs.

    ``drafts`` are the example's claims with the roles that the annotator gave; of ``model`` the weights are not asked.
    """
    hits = CueHits(example.reading.words, model.search)
    history = SlotHistory()
    about = about_report(example.document)
    for claim, mention in drafts:
        gold = example.gold.get(mention.span)
        if gold is None:
            continue
        right = model.catalogue.folded(gold.slot)
        if claim.role is not Role.SCORE and claim.quantity.dimension is not Dimension.SCORE:
            _, own = slot_evidence_of(claim, mention, hits, model, history)
            features = place_features(claim, mention, model.vocabulary, about)
            bases = bases_of(claim, model.catalogue)
            candidates = tuple((base, own.get(base, {})) for base in bases)
            index = frozenset(place for place, base in enumerate(bases) if base == right)
            yield mention.span, Question(features, candidates, index, example.name)
        history.add(claim, mention, right)


def drafts_of(example: Example, roles: Mapping[CharSpan, Role]) -> tuple[tuple[Claim, Mention], ...]:
    """The claims of an example, each with the role given for its span; slots are still open."""
    known = [mention for mention in example.mentions if mention.span in roles]
    return tuple(draft_claims(example.document, known, [RoleDecision(roles[m.span], 1.0) for m in known]))


def pair_questions(example: Example, claims: Sequence[Claim]) -> Iterator[tuple[CharSpan, Question]]:
    """The span of each annotated target, and the question what answers it, with the claims as they were read.

    Right is the annotated actual, or another of the same role, number, unit and slot: reports repeat themselves.
    """
    spans = {mention.name: mention.span for mention in example.report.mentions}
    found = {gold.span: span for span, gold in example.gold.items()}
    by_span = {claim.span: claim for claim in claims}
    answers: dict[CharSpan, list[GoldPair]] = {}
    for pair in example.report.pairs:
        if spans[pair.target] in found:
            answers.setdefault(found[spans[pair.target]], []).append(pair)
    for target, possibilities in target_possibilities(example.document, claims):
        pairs = answers.get(target.span, [])
        actuals = [by_span[found[spans[pair.actual]]] for pair in pairs if pair.actual and spans[pair.actual] in found]
        right = frozenset(
            index for index, each in enumerate(possibilities) if _is_right(each, actuals, {p.verdict for p in pairs})
        )
        candidates = tuple((each.answer.value, each.features) for each in possibilities)
        yield target.span, Question({}, candidates, right, example.name)


def _is_right(possibility: Possibility, actuals: Sequence[Claim], verdicts: Set[str]) -> bool:
    if possibility.answer is Answer.WORDS:
        return "in_words" in verdicts
    if possibility.answer is Answer.NONE:
        return "unanswered" in verdicts
    return any(_says_the_same(possibility.actual, actual) for actual in actuals)


def _says_the_same(one: Claim | None, other: Claim) -> bool:
    return one is not None and (one.quantity.value, one.quantity.unit, one.slot_base) == (
        other.quantity.value,
        other.quantity.unit,
        other.slot_base,
    )
