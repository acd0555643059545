"""The learnt weights: how probable it is that a figure is meant to be reckoned in one of several ways, or in none."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from extract.audit.following.evidence import Around, Evidence, Fitted, Proof, evidence_of, fitted
from extract.audit.following.numbers import OF_CHANGE, coarseness, holds
from extract.audit.following.places import features_of_place
from extract.audit.following.readings import Reading, readings_of, relation_of
from extract.audit.following.scenes import Printed, Scene
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_percent
from extract.audit.relations.records import Figure, Relation, RelationKind
from extract.records import Role
from extract.weights import FOLLOWING, Told, Weights, models_folder, probabilities, read_weights

#: what numbers tell → how probable a reading must be: first set on right reports held out of training, then raised by
#: hand where right texts of tests/audit gave alarms
_LEAST = ((5.0, 0.85), (2.5, 0.94), (0.5, 0.95), (0.0, 0.93))
_ADDED_LEAST = ((0.5, 0.975), (0.0, 0.98))  #: … a sum or difference that no word tells
_WORDED = 0.8  #: … one that words speak for too
_CONTESTED = 0.7  #: … of a rate that holds when it is reckoned the wrong way round
_FAR_OFF, _NEVER = 0.2, 2.0  #: figures that no slip explains are wrong by a fifth at most
_LIKELY = 0.85  #: of what a figure follows from, where words say something else
_DIFFERENCES = ("up", "down", "changed", "saved", "beyond", "unspent", "rest_count", "share_money")
_OF_TWO = (RelationKind.QUOTIENT, RelationKind.GROWTH, RelationKind.DIFFERENCE)
SIBLINGS = 3  #: proofs before a figure that it may be like
TELLING = 0.08  #: how likely readings of a figure hold by chance, at most, to prove it
_NEAR, _BREADTH = 2.0, math.log(4)
_CROWD = 48  #: ways to reckon a figure of which some fit by chance, so that none tells anything
_SURELY = 0.5  #: how surely words must say what explains a figure
_ADDED = (RelationKind.SUM, RelationKind.DIFFERENCE)
_WHOLE, _THREE, _TOLD = 100, 3, 0.8
_FACTS = {
    RelationKind.QUOTIENT: "比率",
    RelationKind.GROWTH: "增减比例",
    RelationKind.GROWTH_UP: "增减比例",
    RelationKind.GROWTH_DOWN: "增减比例",
    RelationKind.DIFFERENCE: "增减数",
    RelationKind.SUM: "合计",
    RelationKind.PRODUCT: "总额",
}
NONE = "none"  #: the choice that a figure follows from nothing near it


class Followed(NamedTuple):
    """A reading and how probable it is that it is meant."""

    evidence: Evidence
    sure: float


@cache
def default_following_weights() -> Weights:
    return read_weights(models_folder() / FOLLOWING)


def ranked(around: Around, known: Sequence[Fitted], proofs: Sequence[Proof], weights: Weights) -> list[Followed]:
    """Readings of a figure, the most probable first; the rest of certainty says that none is meant."""
    found = evidence_of(around, known, proofs)
    if not found:
        return []
    choices = tuple(dict.fromkeys([NONE, *(each.reading.kind.value for each in found)]))
    own = weights.scores_for(choices, Told(features_of_place(around.scene, around.index)))
    of_place = dict(zip(choices, own, strict=True))
    scores = [of_place[NONE]]
    scores += [of_place[each.reading.kind.value] + weights.score(each.features) for each in found]
    shares = probabilities(scores)[1:]
    out = [Followed(each, share) for each, share in zip(found, shares, strict=True)]
    return sorted(out, key=lambda each: -each.sure)


def find_following(
    scene: Scene, holding: Sequence[Relation], unproven: Iterable[Sequence[Relation]], weights: Weights
) -> Iterator[Relation]:
    """What figures are most probably meant to follow from and do not, where nothing explains them.

    ``holding`` are the relations that were found to hold, ``unproven`` what words tie together of which nothing holds:
    of such a reading less is asked.
    """
    known = explained_by(holding)
    summed = {_claims(way) for ways in unproven for way in ways if _is_sum(way)}
    worded = {key for ways in unproven for way in ways if way.sure >= _SURELY and (key := _key(way)) is not None}
    proofs: list[Proof] = []
    for index, figure in enumerate(scene.figures):
        readings = readings_of(scene, index)
        if not readings:
            continue
        proof = proof_of(scene, index, readings)
        if proof is not None:
            proofs.append(proof)
        if (proof is None and figure.claim.id in known) or is_given(figure) or len(readings) > _CROWD:
            continue
        if proof is None or is_contested(figure):
            around = Around(scene, index)
            likely = fitted(around, readings)
            if not any(_may_fail(figure, each) for each in likely):
                continue
            best = failing(ranked(around, likely, proofs[-SIBLINGS:], weights))
            if best is None:
                continue
            relation = relation_of(figure, best.evidence.reading, _surety(best.sure), _fact(best))
            if _claims(relation) in summed:
                continue
            if best.sure >= least_of(
                figure, best.evidence, worded=_key(relation) in worded, contested=proof is not None
            ):
                yield relation


def follows_otherwise(scene: Scene, weights: Weights) -> Callable[[Relation], bool]:
    """Whether the result of a failing relation follows, by a reading of its kind that is likely meant, from others."""

    @cache
    def likely(index: int) -> tuple[Followed, ...]:
        readings = readings_of(scene, index)
        if proof_of(scene, index, readings) is None:
            return ()
        around = Around(scene, index)
        order = ranked(around, fitted(around, readings), (), weights)
        return tuple(each for each in order if each.evidence.fit.how == "holds")

    def is_meant(relation: Relation) -> bool:
        if relation.kind not in _OF_TWO or len(relation.members) != _THREE:
            return False
        inputs = _claims(relation)
        like = (e for e in likely(scene.place(relation.result)) if e.evidence.reading.kind is relation.kind)
        return sum(each.sure for each in like if not _inputs(each.evidence.reading) <= inputs) >= _LIKELY

    return is_meant


def least_of(figure: Figure, evidence: Evidence, *, worded: bool, contested: bool) -> float:
    """How probable a reading must be: the less its numbers tell, the more, and less where words speak for it too."""
    if not _may_fail(figure, evidence):
        return _NEVER
    guessed = evidence.reading.kind in _ADDED and not tells_difference(figure)
    steps = _ADDED_LEAST if guessed else _LEAST
    least = next(least for told, least in steps if evidence.fit.telling >= told)
    return min(least, _WORDED if worded else least, _CONTESTED if contested else least)


def _may_fail(figure: Figure, known: Fitted | Evidence) -> bool:
    """Whether a figure may be meant by a reading that does not hold: a slip tells why, or it is not far off."""
    if known.fit.how == "holds":
        return False
    return bool(known.fit.telling) or abs(math.log(known.reading.value / float(figure.value))) <= _FAR_OFF


def tells_difference(figure: Figure) -> bool:
    """Whether its words give it as a change, a rest or a surplus."""
    words = figure.before
    told = any(said(cue, words) for cue in _DIFFERENCES) or said("unspent_behind", figure.after)
    return told and not said("reaches", words)


def explained_by(holding: Sequence[Relation]) -> frozenset[str]:
    """The claims that follow from others, or have a part in a sum or a difference."""
    known: set[str] = set()
    for relation in holding:
        if relation.sure < _SURELY and not relation.table:
            continue
        if relation.kind in _ADDED:
            known.update(figure.claim.id for figure in relation.figures)
        elif relation.kind not in (RelationKind.WITHIN, RelationKind.SAME):
            known.add(relation.result.claim.id)
    return frozenset(known)


def proof_of(scene: Scene, index: int, readings: Sequence[Reading]) -> Proof | None:
    """The reading that holds, if that is no coincidence; the nearest of several."""
    own = scene.printed(scene.figures[index])
    right = [reading for reading in readings if holds(own, reading)]
    if not right or chance_of(own, readings) > TELLING:
        return None
    nearest = max(right, key=lambda reading: scene.place(reading.other))
    return Proof(index, nearest, (scene.place(nearest.first), scene.place(nearest.other)))


def is_given(figure: Figure) -> bool:
    """Whether it is a target or a standard, or says that all is done, which nobody reckons."""
    if figure.claim.role is Role.TARGET or said("of_goal", figure.after):
        return True
    if said("standard", figure.before) or said("bounded", figure.before):
        return True
    return is_percent(figure) and figure.value == _WHOLE


def is_contested(figure: Figure) -> bool:
    """Whether a rate may hold when it is reckoned the wrong way round, or over the wrong base."""
    if not is_percent(figure):
        return False
    changed = any(said(cue, figure.before) for cue in ("up", "down", "rate_of_change"))
    planned = said("of_plan", figure.before) or said("target", figure.before)
    return changed or (figure.value > _WHOLE and not planned)


def chance_of(figure: Printed, readings: Sequence[Reading]) -> float:
    """How many of the readings near the printed value are expected to hold by chance."""
    near = sum(1 / _NEAR <= reading.value / figure.value <= _NEAR for reading in readings)
    return near * coarseness(figure) / _BREADTH


def failing(order: Sequence[Followed]) -> Followed | None:
    """The likeliest reading that fails, unless those that hold are likelier."""
    best = next((each for each in order if each.evidence.fit.how != "holds"), None)
    holding = [each for each in order if each.evidence.fit.how == "holds"]
    if best is None or any(each.evidence.reading.kind in OF_CHANGE for each in holding):
        return None
    return best if best.sure > sum(each.sure for each in holding) else None


def _inputs(reading: Reading) -> set[str]:
    return {reading.first.claim.id, reading.other.claim.id}


def _is_sum(relation: Relation) -> bool:
    return relation.kind is RelationKind.SUM and relation.sure >= _SURELY


def _claims(relation: Relation) -> frozenset[str]:
    return frozenset(figure.claim.id for figure in relation.figures)


def _key(relation: Relation) -> tuple[object, ...] | None:
    """What two relations of one result have alike that reckon it from the same two figures in the same way."""
    if len(relation.members) != _THREE:
        return None
    one, two = (member.figure.claim.id for member in relation.members[1:])
    kind = RelationKind.GROWTH if relation.kind is RelationKind.REMAINDER else relation.kind
    inputs = frozenset((one, two)) if kind is RelationKind.DIFFERENCE else (one, two)
    return kind, relation.result.claim.id, inputs


def _surety(sure: float) -> float:
    """From 0.8, at which a failing relation is told, on."""
    return _TOLD + 0.15 * sure


def _fact(best: Followed) -> str:
    return _FACTS[best.evidence.reading.kind]
