"""What each kind of feature is worth, and whether more annotation would help: fits with parts left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from multiprocessing import get_all_start_methods, get_context
from typing import NamedTuple

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
    "neighbours": ("goes on", "first", "sentence behind", "slot of", "part of"),
    "results behind": ("a result", "a goal", "a rate"),
    "same figure elsewhere": ("same figure",),
    "year and sector": ("earlier", "later", "same year", "sector"),
}
_PARTS = (0.25, 0.5, 0.75, 1.0)
_FOLDS = 2  #: fewer than training has: a study tells differences, which need not be exact to the last report
_CLOSE = 1e-5  #: at which weights are settled well enough to be compared
_PROCESSES = 2
_MANY = 20  #: reports from which on it pays to work side by side
_WORTH = 0.002  #: share of decisions worth annotating a third more for


class _Row(NamedTuple):
    """What is left out, and how many of the reports are learnt from."""

    label: str
    keep: Keep
    part: float = 1.0


class _Shares(NamedTuple):
    """Of held-out decisions those that are right."""

    roles: float
    slots: float


def render_study(known: TrainingSet) -> str:
    """Tables in Markdown: the share of held-out decisions that are right, with parts left out."""
    left_out = [
        _Row("nothing", _everything),
        *(_Row(family, _without(starts)) for family, starts in FAMILIES.items()),
        _Row("everything but the word lists, table and section", _only_rules),
    ]
    curve = [_Row(f"{part:.0%}", _everything, part) for part in _PARTS]
    shares = _all_shares(known, (*left_out, *curve[:-1]))
    curve_shares = (*shares[len(left_out) :], shares[0])
    lines = [
        "# What decides",
        "",
        f"Share of right decisions on held-out batches ({_FOLDS} parts), given the true role of the figure before",
        "(roles) and the true roles (slots). Written by `extract train --study`.",
        "",
        "| left out | roles | slots |",
        "|---|---|---|",
        *map(_rendered, left_out, shares),
        "",
        "| reports learnt from | roles | slots |",
        "|---|---|---|",
        *map(_rendered, curve, curve_shares),
        "",
        *_outlook(curve_shares),
    ]
    return "\n".join(lines) + "\n"


def _rendered(row: _Row, shares: _Shares) -> str:
    return f"| {row.label} | {shares.roles:.3f} | {shares.slots:.3f} |"


def _outlook(curve: Sequence[_Shares]) -> tuple[str, ...]:
    """Whether more annotation would help: what the last quarter of the reports added."""
    before, now = curve[-2], curve[-1]
    return tuple(
        f"The last quarter of the reports changed {what} by {gain:+.3f}: "
        f"more reports would {'still' if gain >= _WORTH else 'hardly'} help."
        for what, gain in (("roles", now.roles - before.roles), ("slots", now.slots - before.slots))
    )


def _all_shares(known: TrainingSet, rows: Sequence[_Row]) -> tuple[_Shares, ...]:
    """The shares of each row, worked out side by side where the system can copy a process as it stands."""
    if "fork" not in get_all_start_methods() or len(known.examples) < _MANY:
        return tuple(_shares(known, row) for row in rows)
    _asked[:] = [(known, row) for row in rows]
    try:
        with get_context("fork").Pool(_PROCESSES) as pool:
            return tuple(pool.map(_shares_of_row, range(len(rows)), chunksize=1))
    finally:
        _asked.clear()


_asked: list[tuple[TrainingSet, _Row]] = []  #: what the copies of this process find in their memory


def _shares_of_row(place: int) -> _Shares:
    return _shares(*_asked[place])


def _shares(known: TrainingSet, row: _Row) -> _Shares:
    bases = tuple(sorted({base for bases in known.catalogue.bases.values() for base in bases}))
    roles = tuple(role.value for role in Role)
    return _Shares(
        _held_out_share(known, known.roles, roles, ROLE_PENALTY, row),
        _held_out_share(known, known.slots, bases, SLOT_PENALTY, row),
    )


def _everything(name: str) -> bool:
    return True


def _without(starts: tuple[str, ...]) -> Keep:
    return lambda name: not any(name == start or name.startswith(f"{start} ") for start in starts)


def _only_rules(name: str) -> bool:
    kinds = ("cues of the word lists", "table", "section")
    return name == "always" or not all(_without(FAMILIES[kind])(name) for kind in kinds)


def _held_out_share(
    known: TrainingSet,
    questions: Mapping[str, Sequence[Question]],
    choices: tuple[str, ...],
    penalty: Penalty,
    row: _Row,
) -> float:
    right = asked = 0
    for kept, held_out in known.folds(_FOLDS):
        asked_of = _of(questions, _some(kept, row.part), row.keep)
        learnt = fit_weights(asked_of, choices=choices, penalty=penalty, close=_CLOSE)
        for question in _of(questions, held_out, row.keep):
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
