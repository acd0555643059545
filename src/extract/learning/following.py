"""Learns from right reports which figures are meant to follow from which, and from slips planted in them what tells."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from random import Random
from typing import NamedTuple

from extract.audit.following.evidence import Evidence, Proof, digits_of, evidence_of, features_of_place
from extract.audit.following.model import NONE, ranked
from extract.audit.following.numbers import coarseness, holds
from extract.audit.following.readings import Reading, readings_of
from extract.audit.relations.records import Figure, RelationKind
from extract.learning.choices import Penalty, Question, fit_weights
from extract.offsets import CharSpan
from extract.weights import Weights

PENALTY = Penalty(place=2.0, shared=1.0, fewest=4)
_NUMERAL = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_TELLING = 0.08  #: how likely the readings of a figure hold by chance, at most, to learn from them
_LIKELY, _UNLIKELY = 0.8, 0.1
_SLIPS = 4  #: planted for each relation
_FEWEST_SOURCES = 3


class Studied(NamedTuple):
    """The figures of a right report, and those of them that are known to be wrong."""

    name: str
    batch: str
    figures: tuple[Figure, ...]
    wrong: frozenset[CharSpan]


class Lesson(NamedTuple):
    """A figure with the ways to reckon it, and those that hold."""

    place: int
    readings: tuple[Reading, ...]
    right: frozenset[int]
    chance: float
    proofs: tuple[Proof, ...]


def lessons_of(report: Studied) -> Iterator[Lesson]:
    """Every figure of a report that may follow from others, in text order."""
    figures = report.figures
    place_of = {figure.claim.id: place for place, figure in enumerate(figures)}
    proofs: list[Proof] = []
    for place, figure in enumerate(figures):
        if figure.span in report.wrong:
            continue
        known = [r for r in readings_of(figures, place) if not {r.first.span, r.other.span} & report.wrong]
        if not known:
            continue
        right = frozenset(index for index, reading in enumerate(known) if holds(figure, reading))
        chance = chance_of(figure, known)
        yield Lesson(place, tuple(known), right, chance, tuple(proofs[-3:]))
        if right and chance <= _TELLING:
            reading = known[max(right, key=lambda i: place_of[known[i].other.claim.id])]
            places = (place_of[reading.first.claim.id], place_of[reading.other.claim.id])
            proofs.append(Proof(place, reading, places))


def chance_of(figure: Figure, readings: Sequence[Reading]) -> float:
    """How many of the readings near the printed value are expected to hold by chance."""
    given = float(figure.value)
    near = sum(0.5 <= reading.value / given <= 2 for reading in readings)
    return near * coarseness(figure) / math.log(4)


def fit_following(reports: Iterable[Studied]) -> Weights:
    """The weights of ``following.tsv``: fitted to what is plain, then to what is likely by the first weights too."""
    studied = tuple(reports)
    lessons = {report.name: tuple(lessons_of(report)) for report in studied}
    first = _fitted(studied, lessons, None)
    return _fitted(studied, lessons, first)


def _fitted(studied: Sequence[Studied], lessons: dict[str, tuple[Lesson, ...]], known: Weights | None) -> Weights:
    questions = [q for report in studied for q in questions_of(report, lessons[report.name], known)]
    kinds = [kind.value for kind in RelationKind]
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
    return fit_weights(pruned, choices=[NONE, *kinds], penalty=PENALTY)


def questions_of(report: Studied, lessons: Sequence[Lesson], known: Weights | None) -> Iterator[Question]:
    """What each lesson asks, as it stands and with slips planted."""
    random = Random(f"following {report.name}")
    for lesson in lessons:
        right = _right(report, lesson, known)
        if right is None:
            continue
        found = evidence_of(report.figures, lesson.place, lesson.readings, lesson.proofs)
        yield _question(report, report.figures, lesson.place, found, right)
        if right:
            yield from _with_slips(report, lesson, right, random)


def _right(report: Studied, lesson: Lesson, known: Weights | None) -> frozenset[int] | None:
    """The readings that are meant, none where no one is; None where that cannot be told."""
    if not lesson.right:
        return frozenset()
    figure = report.figures[lesson.place]
    if lesson.chance <= _TELLING and digits_of(figure) > 1:
        return lesson.right
    if known is None:
        return None
    order = ranked(report.figures, lesson.place, lesson.readings, lesson.proofs, known)
    holding = [each for each in order if each.evidence.fit.how == "holds"]
    sure = sum(each.sure for each in holding)
    if sure >= _LIKELY:
        best = holding[0].evidence.reading
        return frozenset([next(i for i, reading in enumerate(lesson.readings) if reading is best)])
    return frozenset() if sure <= _UNLIKELY else None


def _question(
    report: Studied, figures: Sequence[Figure], place: int, found: Sequence[Evidence], right: frozenset[int]
) -> Question:
    candidates = [(NONE, {}), *((each.reading.kind.value, each.features) for each in found)]
    answers = frozenset(index + 1 for index in right) or frozenset([0])
    return Question(features_of_place(figures, place), tuple(candidates), answers, report.name)


def _with_slips(report: Studied, lesson: Lesson, right: frozenset[int], random: Random) -> Iterator[Question]:
    """The same figure when it, or one that it follows from, is printed wrong."""
    meant = {_key(lesson.readings[index]) for index in right}
    spans = {figure.span: place for place, figure in enumerate(report.figures)}
    for _ in range(_SLIPS):
        reading = lesson.readings[random.choice(sorted(right))]
        result = report.figures[lesson.place]
        wrong = random.choice([result, result, result, reading.first, reading.other])
        misprinted = _misprinted(wrong, random, reading if wrong is result else None)
        if misprinted is None:
            continue
        figures = list(report.figures)
        figures[spans[wrong.span]] = misprinted
        readings = readings_of(figures, lesson.place)
        found = evidence_of(figures, lesson.place, readings, lesson.proofs)
        own = frozenset(i for i, each in enumerate(readings) if _key(each) in meant)
        broken = {i for i in own if found[i].fit.how != "holds"}
        if broken and len(broken) == len(own):
            yield _question(report, figures, lesson.place, found, frozenset(own))


def _key(reading: Reading) -> tuple[RelationKind, CharSpan, CharSpan]:
    return reading.kind, reading.first.span, reading.other.span


def _misprinted(figure: Figure, random: Random, reading: Reading | None) -> Figure | None:
    """The figure with a slip of the pen; a result may be reckoned wrongly too."""
    match = _NUMERAL.search(figure.surface)
    if match is None:
        return None
    slips = [_digit_changed, _digit_changed, _swapped, _shifted, _recarried]
    slips += [_reckoned_wrongly] * 2 if reading is not None else []
    numeral = match[0].replace(",", "").replace("，", "")
    slip = random.choice(slips)
    other = _reckoned_wrongly(numeral, random, reading) if slip is _reckoned_wrongly else slip(numeral, random)  # type: ignore[operator, call-arg]
    if not other or other == numeral:
        return None
    try:
        number, before = Decimal(other), Decimal(numeral)
    except InvalidOperation:
        return None
    if number <= 0:
        return None
    worth = figure.value / before
    decimals = len(other.partition(".")[2]) - len(numeral.partition(".")[2])
    surface = figure.surface[: match.start()] + other + figure.surface[match.end() :]
    quantity = figure.claim.quantity
    own = None if quantity.number is None else quantity.number / before * number
    from dataclasses import replace

    claim = replace(figure.claim, quantity=quantity._replace(number=own))
    return figure._replace(
        claim=claim, value=number * worth, step=figure.step * Decimal(10) ** -decimals, surface=surface
    )


def _digit_changed(numeral: str, random: Random) -> str:
    at = random.choice([place for place, sign in enumerate(numeral) if sign.isdigit()])
    others = [digit for digit in "0123456789" if digit != numeral[at] and (at or digit != "0")]
    return numeral[:at] + random.choice(others) + numeral[at + 1 :]


def _swapped(numeral: str, random: Random) -> str:
    at = [i for i in range(len(numeral) - 1) if numeral[i : i + 2].isdigit() and numeral[i] != numeral[i + 1]]
    if not at:
        return ""
    place = random.choice(at)
    return numeral[:place] + numeral[place + 1] + numeral[place] + numeral[place + 2 :]


def _shifted(numeral: str, random: Random) -> str:
    power = random.choice([1, -1])
    return f"{Decimal(numeral).scaleb(power):f}" if "." in numeral else ""


def _recarried(numeral: str, random: Random) -> str:
    """A wrong carry: some place more or less."""
    number = Decimal(numeral)
    places = max(0, number.adjusted())
    off = Decimal(10) ** random.randint(0, places) * random.choice([1, -1, 2, -2, 3, -3, 5])
    return f"{number + off:f}"


def _reckoned_wrongly(numeral: str, random: Random, reading: Reading | None) -> str:
    """A rate the wrong way round, a change over the wrong base."""
    number = Decimal(numeral)
    if reading is None or not number:
        return ""
    step = Decimal(1).scaleb(-len(numeral.partition(".")[2]))
    if reading.kind is RelationKind.QUOTIENT:
        return f"{(10000 / number).quantize(step):f}"
    if reading.kind is RelationKind.GROWTH:
        now, before = reading.first.value, reading.other.value
        return f"{(abs(now - before) / now * 100).quantize(step):f}"
    return ""
