"""The learnt weights: how probable it is that a figure is meant to be reckoned in one of several ways, or in none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.audit.following.evidence import Evidence, Proof, evidence_of, features_of_place
from extract.audit.following.readings import Reading, readings_of
from extract.audit.relations.records import Figure
from extract.weights import Weights, models_folder, probabilities, read_weights

NONE = "none"  #: the choice that a figure follows from nothing near it
FILE = "following.tsv"


class Followed(NamedTuple):
    """A reading and how probable it is that it is meant."""

    evidence: Evidence
    sure: float


@cache
def default_following_weights() -> Weights:
    return read_weights(models_folder() / FILE)


def ranked(
    figures: Sequence[Figure], index: int, readings: Sequence[Reading], proofs: Sequence[Proof], weights: Weights
) -> list[Followed]:
    """Readings of the figure at ``index``, the most probable first; the rest of certainty says that none is meant."""
    found = evidence_of(figures, index, readings, proofs)
    if not found:
        return []
    choices = tuple(dict.fromkeys([NONE, *(each.reading.kind.value for each in found)]))
    of_place = dict(
        zip(choices, weights.scores_for(choices, features_of_place(figures, index)), strict=True)
    )
    scores = [of_place[NONE]]
    scores += [of_place[each.reading.kind.value] + weights.score(each.features) for each in found]
    shares = probabilities(scores)[1:]
    out = [Followed(each, share) for each, share in zip(found, shares, strict=True)]
    return sorted(out, key=lambda each: -each.sure)
