"""What each kind of feature is worth, and whether more annotation would help: fits with parts left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.learning.choices import Penalty, Question, fit_weights
from extract.learning.examples import Example
from extract.learning.training import ROLE_PENALTY, SLOT_PENALTY, TrainingSet
from extract.records import Role
from extract.weights import Features, Weights

Keep = Callable[[str], bool]
FAMILIES: Mapping[str, tuple[str, ...]] = {  #: kind of feature → how the names of its features begin
    "cues of the word lists": ("cue", "cues", "strong cue", "most cues", "nearly most cues", "only slot with cues"),
    "words around": ("near", "in front", "clause", "ahead", "opening", "behind", "beyond", "next", "name", "indicator"),
    "pairs of characters": ("pair",),
    "table": ("column", "row", "alone in", "in words of", "heading"),
    "section": ("section", "in prose", "title"),
    "unit, dimension, bound": ("unit", "dimension", "bound", "figure is", "round figure", "no unit"),
    "neighbours": ("goes on", "first", "sentence behind", "slot of"),
    "same figure elsewhere": ("same figure",),
    "year and sector": ("earlier", "later", "same year", "sector"),
}
_PARTS = (0.25, 0.5, 0.75, 1.0)


def render_study(known: TrainingSet) -> str:
    """Tables in Markdown: the share of held-out decisions that are right, with parts left out."""
    lines = ["# What decides", "", "Share of right decisions on held-out batches, given the true role of the figure"]
    lines += ["before (roles) and the true roles (slots). Written by `extract train --study`.", ""]
    lines += ["| left out | roles | slots |", "|---|---|---|"]
    lines += [_row("nothing", known, lambda name: True)]
    lines += [_row(family, known, _without(starts)) for family, starts in FAMILIES.items()]
    lines += [_row("everything but the word lists, table and section", known, _only_rules)]
    lines += ["", "| reports learnt from | roles | slots |", "|---|---|---|"]
    lines += [_row(f"{part:.0%}", known, lambda name: True, part=part) for part in _PARTS]
    return "\n".join(lines) + "\n"


def _without(starts: tuple[str, ...]) -> Keep:
    return lambda name: not any(name == start or name.startswith(f"{start} ") for start in starts)


def _only_rules(name: str) -> bool:
    kinds = ("cues of the word lists", "table", "section")
    return name == "always" or not all(_without(FAMILIES[kind])(name) for kind in kinds)


def _row(label: str, known: TrainingSet, keep: Keep, *, part: float = 1.0) -> str:
    bases = tuple(sorted({base for bases in known.catalogue.bases.values() for base in bases}))
    roles = _held_out_share(known, known.roles, tuple(role.value for role in Role), ROLE_PENALTY, keep, part)
    slots = _held_out_share(known, known.slots, bases, SLOT_PENALTY, keep, part)
    return f"| {label} | {roles:.3f} | {slots:.3f} |"


def _held_out_share(
    known: TrainingSet,
    questions: Mapping[str, Sequence[Question]],
    choices: tuple[str, ...],
    penalty: Penalty,
    keep: Keep,
    part: float,
) -> float:
    right = asked = 0
    for kept, held_out in known.folds():
        asked_of = tuple(_of(questions, _some(kept, part), keep))
        fewest = min(penalty.fewest, len({question.source for question in asked_of}))
        learnt = fit_weights(asked_of, choices=choices, penalty=replace(penalty, fewest=fewest))
        for question in _of(questions, held_out, keep):
            asked += 1
            right += _answer(question, learnt) in question.right
    return right / asked


def _some(examples: Sequence[Example], part: float) -> Sequence[Example]:
    """Every so many of the reports, so that all batches are among them."""
    return [example for place, example in enumerate(examples) if int((place + 1) * part) > int(place * part)]


def _of(questions: Mapping[str, Sequence[Question]], examples: Iterable[Example], keep: Keep) -> Iterator[Question]:
    for example in examples:
        for question in questions[example.name]:
            own = tuple((choice, _kept(features, keep)) for choice, features in question.candidates)
            yield replace(question, features=_kept(question.features, keep), candidates=own)


def _kept(features: Features, keep: Keep) -> Features:
    return {name: value for name, value in features.items() if keep(name)}


def _answer(question: Question, weights: Weights) -> int:
    of_place = dict(zip(weights.choices, weights.scores(question.features), strict=True))
    scores = [of_place[choice] + weights.score(own) for choice, own in question.candidates]
    return max(range(len(scores)), key=scores.__getitem__)
