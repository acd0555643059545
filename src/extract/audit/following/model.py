"""The learnt weights: how probable it is that a figure is meant to be reckoned in one of several ways, or in none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from extract.audit.following.evidence import Evidence, Proof, evidence_of
from extract.audit.following.numbers import coarseness, holds
from extract.audit.following.places import features_of_place
from extract.audit.following.readings import Reading, readings_of, relation_of
from extract.audit.following.scenes import Printed, Scene
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_percent
from extract.audit.relations.records import Figure, Relation, RelationKind
from extract.audit.relations.twins import Twins
from extract.records import Role
from extract.weights import FOLLOWING, Told, Weights, models_folder, probabilities, read_weights

_SOME_TOLD, _FAR_OFF = 1.5, 0.2  #: figures that no slip explains are wrong by a fifth at most
_NEVER = 2.0
#: what numbers tell → how probable a reading must be
_LEAST = ((5.0, 0.7), (3.6, 0.85), (2.5, 0.96), (_SOME_TOLD, 0.98), (0.0, _NEVER))
_WORDED = ((_SOME_TOLD, 0.6), (0.0, 0.9))  #: … one that words speak for too
_FAR_WORDED = 0.96  #: … and that is far off without a slip
_OF_CHANGE = (RelationKind.GROWTH_UP, RelationKind.GROWTH_DOWN)
_FAR_TOLD = 5.0  #: what numbers must tell where more than the whole would follow
SIBLINGS = 3  #: proofs before a figure that it may be like
TELLING = 0.08  #: how likely readings of a figure hold by chance, at most, to prove it
_NEAR, _BREADTH = 2.0, math.log(4)
RATHER, BY_FAR = 4, 300
_FOREMOST = 0.35  #: how probable the likeliest must be alone
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


def ranked(
    scene: Scene, index: int, readings: Sequence[Reading], proofs: Sequence[Proof], weights: Weights
) -> list[Followed]:
    """Readings of the figure at ``index``, the most probable first; the rest of certainty says that none is meant."""
    found = evidence_of(scene, index, readings, proofs)
    if not found:
        return []
    choices = tuple(dict.fromkeys([NONE, *(each.reading.kind.value for each in found)]))
    own = weights.scores_for(choices, Told(features_of_place(scene, index)))
    of_place = dict(zip(choices, own, strict=True))
    scores = [of_place[NONE]]
    scores += [of_place[each.reading.kind.value] + weights.score(each.features) for each in found]
    shares = probabilities(scores)[1:]
    out = [Followed(each, share) for each, share in zip(found, shares, strict=True)]
    return sorted(out, key=lambda each: -each.sure)


def find_following(
    figures: Sequence[Figure],
    holding: Sequence[Relation],
    unproven: Iterable[Sequence[Relation]],
    told: Mapping[str, int],
    weights: Weights,
    twins: Twins,
) -> Iterator[Relation]:
    """What figures are most probably meant to follow from and do not, where nothing explains them.

    ``holding`` are the relations that were found to hold, ``unproven`` what words tie together of which nothing holds:
    of such a reading less is asked. ``told`` says how often the digits of a claim stand again, ``twins`` which figures
    tell one more finely.
    """
    scene, known = Scene(figures, told, twins), explained_by(holding)
    worded = {key for ways in unproven for way in ways if way.sure >= _SURELY and (key := _key(way)) is not None}
    proofs: list[Proof] = []
    for index, figure in enumerate(figures):
        readings = readings_of(scene, index)
        if not readings:
            continue
        proof = proof_of(scene, index, readings)
        if proof is not None:
            proofs.append(proof)
        if (proof is None and figure.claim.id in known) or is_given(figure):
            continue
        if proof is None or is_contested(figure):
            order = ranked(scene, index, readings, proofs[-SIBLINGS:], weights)
            best = failing(order, BY_FAR if is_contested(figure) else RATHER)
            if best is None or _passes_over(scene, index, best.evidence.reading):
                continue
            relation = relation_of(figure, best.evidence.reading, _surety(best.sure), _fact(best))
            if best.sure >= least_of(figure, best.evidence, worded=_key(relation) in worded):
                yield relation


def _passes_over(scene: Scene, index: int, reading: Reading) -> bool:
    """Whether a growth is reckoned without the amount right in front: 出口26.1亿元，进口12.3亿元、下降12.1%."""
    figure, former = scene.figures[index], scene.figures[index - 1] if index else None
    if reading.kind is not RelationKind.GROWTH or former is None or former in (reading.first, reading.other):
        return False
    like = former.sentence == figure.sentence and former.kind == reading.first.kind and former.depth == figure.depth
    return like and not any(said(cue, former.before) for cue in ("up", "down", "changed", "more", "less"))


def least_of(figure: Figure, evidence: Evidence, *, worded: bool) -> float:
    """How probable a reading must be: the less its numbers tell, the more, and less where words speak for it too."""
    reading, telling = evidence.reading, evidence.fit.telling
    beyond = reading.kind is RelationKind.QUOTIENT and reading.value > _WHOLE >= figure.value
    guessed = reading.kind in _ADDED and not telling
    far = telling < _SOME_TOLD and abs(math.log(reading.value / float(figure.value))) > _FAR_OFF
    if worded:
        afar = _FAR_WORDED if is_percent(figure) else _NEVER
        return afar if far else next(least for told, least in _WORDED if telling >= told)
    if far or guessed or (beyond and telling < _FAR_TOLD):
        return _NEVER
    return next(least for told, least in _LEAST if telling >= told)


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
    figure = scene.figures[index]
    right = [reading for reading in readings if holds(scene, index, reading)]
    if not right or chance_of(scene.printed(figure), readings) > TELLING:
        return None
    nearest = max(right, key=lambda reading: scene.place(reading.other))
    return Proof(index, nearest, (scene.place(nearest.first), scene.place(nearest.other)))


def is_given(figure: Figure) -> bool:
    """Whether it is a target or a standard, or says that all is done, which nobody reckons."""
    if figure.claim.role is Role.TARGET or said("standard", figure.before):
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


def failing(order: Sequence[Followed], times: float) -> Followed | None:
    """The likeliest reading that fails, as sure as all of them, unless those that hold are not so much less likely."""
    best = next((each for each in order if each.evidence.fit.how != "holds"), None)
    holding = [each for each in order if each.evidence.fit.how == "holds"]
    if best is None or best.sure < _FOREMOST or any(each.evidence.reading.kind in _OF_CHANGE for each in holding):
        return None
    held = sum(each.sure for each in holding)
    return None if held * times >= best.sure else Followed(best.evidence, sum(each.sure for each in order) - held)


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
