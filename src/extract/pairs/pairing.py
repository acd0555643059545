"""Pairs: for every target the actual that answers it, words that do, or nothing, by learnt weights, with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extract.lexicons import UnitTable, default_units
from extract.offsets import CharSpan, folded
from extract.pairs.candidates import ActualIndex
from extract.pairs.features import (
    add_competition,
    add_nearest,
    add_rivalry,
    kind_of,
    open_features,
    pair_features,
    unit_fit,
    word_features,
)
from extract.pairs.verdicts import basis_of, ratio_of, verdict_of
from extract.pairs.wording import WordAnswers
from extract.pairs.wordings import Wordings
from extract.records import Answer, Claim, Dimension, Document, Pair, Role
from extract.weights import Weights, models_folder, probabilities, read_weights

STANDARD_MARGIN = 0.5  #: how probable a further actual of one standard must be, against the best
_MOST_REASONS = 5
_RARE = "rare likeness, {}"
_SHARED_STANDARD = re.compile(r"均|都|分别|皆")


@cache
def default_pair_weights() -> Weights:
    return read_pair_weights(models_folder())


def read_pair_weights(folder: Path) -> Weights:
    """The weights of pairs in a folder of models.

    Raises:
        LexiconError: if the file is missing or malformed.
    """
    return read_weights(folder / "pairs.tsv")


class Possibility(NamedTuple):
    """One way in which a target may be answered, and what speaks for it."""

    answer: Answer
    actual: Claim | None
    features: Mapping[str, float]
    evidence: tuple[CharSpan, ...] = ()


def pair_claims(
    document: Document, claims: Sequence[Claim], *, units: UnitTable | None = None, weights: Weights | None = None
) -> Iterator[Pair]:
    """Each target with the actual (of a shared standard: the actuals) that answers it, or with none."""
    words = folded(document.text)
    learnt = default_pair_weights() if weights is None else weights
    for target, possibilities in target_possibilities(document, claims, units=units):
        shares = probabilities([learnt.score(each.features) for each in possibilities])
        ranked = sorted(zip(shares, range(len(shares)), strict=True), key=lambda pair: (-pair[0], pair[1]))
        for share, index in _chosen(target, ranked, possibilities, words):
            yield _pair(target, possibilities[index], learnt, share, words)


def target_possibilities(
    document: Document, claims: Sequence[Claim], *, units: UnitTable | None = None
) -> Iterator[tuple[Claim, tuple[Possibility, ...]]]:
    """Each target with the ways in which it may be answered: by a figure, in words, or not at all."""
    table = default_units() if units is None else units
    wordings = Wordings(folded(document.text), claims)
    index, answers = ActualIndex(claims, wordings), WordAnswers(document)
    places = [place for place, claim in enumerate(claims) if claim.role is Role.TARGET]
    figures_of = [_figures(index, place, table, wordings) for place in places]
    add_rivalry([(claims[place], figures) for place, figures in zip(places, figures_of, strict=True)])
    for place, figures in zip(places, figures_of, strict=True):
        target = claims[place]
        best = max((features.get("likeness of names", 0.0) for _, features in figures), default=None)
        rare = max((features.get(_RARE.format(kind_of(target)), 0.0) for _, features in figures), default=0.0)
        told = answers.best(target)
        evidence = () if told.segment is None else (told.segment.span,)
        yield (
            target,
            (
                *(Possibility(Answer.FIGURE, actual, features) for actual, features in figures),
                Possibility(Answer.WORDS, None, word_features(told), evidence),
                Possibility(
                    Answer.NONE,
                    None,
                    open_features(
                        target,
                        best,
                        index.row_answers(place),
                        told,
                        rare=rare,
                        listed=wordings.is_listed(claims, place),
                    ),
                ),
            ),
        )


def _figures(
    index: ActualIndex, place: int, units: UnitTable, wordings: Wordings
) -> tuple[tuple[Claim, dict[str, float]], ...]:
    """The actuals that may answer the target at ``place``, and what is known of each without the other targets."""
    target = index.claims[place]
    found = []
    for other in index.candidates(place):
        actual = index.claims[other]
        fit = unit_fit(target, actual, units)
        if fit is not None:
            between = wordings.targets_between(place, other, target.quantity.dimension)
            found.append(
                (actual, other - place, pair_features(target, actual, other - place, fit, wordings, between=between))
            )
    for _, steps, features in found:
        if "same row" in features and index.is_alone_in_row(place) and index.is_alone_in_row(place + steps):
            features["the only target and actual of a row"] = 1.0
    add_nearest(target, found)
    known = [features for _, _, features in found]
    add_competition(known, [f.get("likeness of names", 0.0) + f.get("overlap of names", 0.0) for f in known])
    return tuple((actual, features) for actual, _, features in found)


def _chosen(
    target: Claim, ranked: Sequence[tuple[float, int]], possibilities: Sequence[Possibility], words: str
) -> Iterator[tuple[float, int]]:
    """The most probable; of a standard that several rates share, the best of each slot."""
    best_share, best = ranked[0]
    yield ranked[0]
    first = possibilities[best].actual
    sentence = target.segment.span.of(words)
    if first is None or target.quantity.dimension is not Dimension.RATIO or not _SHARED_STANDARD.search(sentence):
        return
    slots = {first.slot_base}
    for share, index in ranked[1:]:
        actual = possibilities[index].actual
        if actual is None or share < best_share * STANDARD_MARGIN:
            return
        if actual.indicator[-3:] == first.indicator[-3:] and actual.slot_base not in slots:
            slots.add(actual.slot_base)
            yield share, index


def _pair(target: Claim, chosen: Possibility, weights: Weights, share: float, words: str) -> Pair:
    actual = chosen.actual
    return Pair(
        target=target,
        actual=actual,
        answer=chosen.answer,
        basis=basis_of(target),
        verdict=None if actual is None else verdict_of(target, actual, actual.segment.span.of(words)),
        ratio=None if actual is None else ratio_of(target, actual),
        confidence=weights.calibration.share(share),
        evidence=(target.segment.span, *((actual.segment.span,) if actual is not None else chosen.evidence)),
        reasons=_reasons(target, chosen, weights),
    )


def _reasons(target: Claim, chosen: Possibility, weights: Weights) -> tuple[str, ...]:
    """What spoke for the choice, strongest first."""
    if chosen.answer is not Answer.FIGURE or chosen.actual is None:
        return ("answered in words",) if chosen.answer is Answer.WORDS else ("no figure answers it",)
    said = [(weights.shared.get(name, 0.0) * value, name) for name, value in chosen.features.items()]
    named = f"names {target.indicator} and {chosen.actual.indicator}"
    strong = [
        name
        for weight, name in sorted(said, key=lambda pair: (-pair[0], pair[1]))
        if weight > 0 and name != "an answer"
    ]
    return tuple(dict.fromkeys(named if "name" in reason else reason for reason in strong))[:_MOST_REASONS]
