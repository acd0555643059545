"""What tells the role of a figure: named features of its words, its place and its neighbours."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from extract.claims.mentions import Mention
from extract.offsets import folded
from extract.records import ColumnKind, NumericKind, Role, Vote
from extract.segmentation.words import Vocabulary, Word

NEAR, AHEAD, BEHIND, BEYOND, OPENING = 3, 18, 4, 5, 3  #: words that are looked at in each place
_VOTE_SCALE = 0.25
_STRONG = 5.0  #: weight of a cue that decides alone
_COMMA = re.compile(r"[，；;:：]|,(?!\d{3})")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a figure's role depends on beside its own sentence."""

    section: tuple[str, str] = ("", "")  #: what the headings above promise, and the title that says so
    year: str | None = None  #: of the report
    previous: tuple[Mention, Role] | None = None  #: the figure before it, with its role
    twins: Mapping[tuple[Decimal | None, str], frozenset[ColumnKind]] = field(default_factory=dict)


def twins_of(mentions: Iterable[Mention]) -> dict[tuple[Decimal | None, str], frozenset[ColumnKind]]:
    """(value, unit) → the kinds of the table columns in which that figure stands."""
    kinds: dict[tuple[Decimal | None, str], set[ColumnKind]] = {}
    for mention in mentions:
        if mention.kind is not None:
            kinds.setdefault((mention.quantity.value, mention.quantity.unit), set()).add(mention.kind)
    return {key: frozenset(found) for key, found in kinds.items()}


def role_features(
    mention: Mention, around: Surroundings, votes: Iterable[Vote], vocabulary: Vocabulary
) -> dict[str, float]:
    """The features of a mention by name; ``votes`` are what the cues say, each role's summed place by place."""
    features: dict[str, float] = {"always": 1.0}
    for vote in votes:
        place = vote.reason.partition(":")[0].partition(" ")[0]
        name = f"cue {place} {vote.choice}"
        features[name] = features.get(name, 0.0) + vote.weight * _VOTE_SCALE
        if vote.weight >= _STRONG:
            features[f"strong cue {place} {vote.choice}"] = 1.0
        total = f"cues {vote.choice}"
        features[total] = features.get(total, 0.0) + vote.weight * 2 * _VOTE_SCALE
    _add_measure(features, mention, around)
    _add_place(features, mention, around, vocabulary)
    _add_words(features, mention, vocabulary)
    _add_neighbour(features, mention, around)
    _add_time(features, mention, around)
    return features


def _add_measure(features: dict[str, float], mention: Mention, around: Surroundings) -> None:
    quantity = mention.quantity
    where = "cell" if mention.segment.cell is not None else around.section[0] or "prose"
    features[f"unit {quantity.unit}"] = 0.5
    features[f"dimension {quantity.dimension}"] = 0.5
    features[f"dimension {quantity.dimension} in {where}"] = 0.5
    features[f"bound {quantity.approx}"] = 0.5
    features[f"bound {quantity.approx} in {where}"] = 0.5
    if quantity.unit_from:
        features[f"unit from {quantity.unit_from}"] = 0.5
    if quantity.number == 0:
        features["figure is 0"] = 0.5
    elif quantity.number == 100 and quantity.unit == "%":
        features["figure is 100%"] = 0.5
    elif quantity.precision == 1 and quantity.number is not None and str(quantity.number).endswith("0"):
        features["round figure"] = 0.5
    if quantity.kind is NumericKind.NUMBER:
        features["no unit"] = 0.5
    if mention.kind is None or mention.segment.cell is None:
        for kind in sorted(around.twins.get((quantity.value, quantity.unit), ())):
            features[f"same figure in column {kind}"] = 1.0


def _add_place(features: dict[str, float], mention: Mention, around: Surroundings, vocabulary: Vocabulary) -> None:
    cell = mention.segment.cell
    role = around.section[0]
    features[f"section {role or 'says nothing'}"] = 1.0
    if cell is None:
        features["in prose"] = 1.0
    else:
        features[f"column of {cell.kind}"] = 1.0
        features["alone in its cell" if mention.alone else "in words of a cell"] = 1.0
        if not mention.alone:
            features[f"in words of a cell of {cell.kind}"] = 1.0
        _add_all(features, "column", vocabulary.cut(folded(cell.column_header[-20:])))
        _add_all(features, "row", vocabulary.cut(folded(cell.row_header.rsplit(" ", 1)[-1][-20:])))


def _add_all(features: dict[str, float], place: str, words: Iterable[Word]) -> None:
    for word in words:
        features[f"{place} {word.text}"] = 0.5


def _add_words(features: dict[str, float], mention: Mention, vocabulary: Vocabulary) -> None:
    """Words in front of the figure, in its clause and before, and behind it."""
    words = vocabulary.cut(mention.sentence)
    starts = [word.start for word in words]
    here = bisect_left(starts, len(mention.before))
    clause_start = len(mention.before) - len(mention.clause)
    for step, word in enumerate(reversed(words[max(here - AHEAD, 0) : here])):
        if step < NEAR:
            features[f"near {word.text}"] = 0.5
            if step == 0:
                features[f"in front {word.text}"] = 0.5
        features[f"clause {word.text}" if word.start >= clause_start else f"ahead {word.text}"] = 0.5
    _add_all(features, "opening", words[: min(OPENING, here)])
    stop = len(mention.before) + mention.place.end - mention.place.start
    after = bisect_left(starts, stop)
    if mention.after:
        features[f"next {mention.after[0]}"] = 0.5
    limit = stop + len(mention.after)
    for step, word in enumerate(words[after : after + BEHIND + BEYOND]):
        if word.end <= limit and step < BEHIND:
            features[f"behind {word.text}"] = 0.5
        else:
            features[f"beyond {word.text}"] = 0.5


def _add_neighbour(features: dict[str, float], mention: Mention, around: Surroundings) -> None:
    if around.previous is None:
        features["first figure"] = 0.5
        return
    before, role = around.previous
    if before.segment is not mention.segment:
        features["first of its sentence"] = 0.5
        features[f"sentence behind {role}"] = 0.5
        return
    between = mention.before[len(mention.before) - (mention.place.start - mention.since) :]
    joint = "、" if between[:1] == "、" else "(" if between[:1] == "(" else "，" if _COMMA.search(between) else "direct"
    unit = "same unit" if before.quantity.unit == mention.quantity.unit else "another unit"
    features[f"goes on from {role}"] = 0.5
    features[f"goes on from {role} by {joint}"] = 0.5
    features[f"goes on from {role} with {unit}"] = 0.5


def _add_time(features: dict[str, float], mention: Mention, around: Surroundings) -> None:
    named = _YEAR.findall(mention.before)
    if named and around.year is not None:
        order = "earlier" if named[-1] < around.year else "later" if named[-1] > around.year else "same"
        features[f"{order} year"] = 1.0
