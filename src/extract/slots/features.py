"""What tells the slot of a figure: named features of its words, and of each slot that something speaks for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from extract.claims.mentions import Mention
from extract.offsets import folded
from extract.records import Claim, ColumnKind, Dimension, Role
from extract.segmentation.words import START, Vocabulary
from extract.slots.catalogue import OTHER, Catalogue
from extract.slots.evidence import Evidence
from extract.weights import Shared, Told

AHEAD, BEHIND = 15, 5  #: words that are looked at
_MOST_SHARED = 1024  #: of each kind of what figures share that are kept
_STRENGTHS = {
    each: f"cues of {each}" for each in (0.5, 1.0, 1.5, 2.2, 3.2, 5.0)
}  #: rising; each says something of its own


@dataclass(frozen=True, slots=True)
class Report:
    """What the whole report tells of its figures."""

    of_project: bool = False
    sector: str = ""


def place_features(claim: Claim, mention: Mention, vocabulary: Vocabulary, about: Report) -> dict[str, float]:
    """What is said of a figure, whichever slot it speaks for."""
    return told_of_slot(claim, mention, vocabulary, about).features()


def told_of_slot(claim: Claim, mention: Mention, vocabulary: Vocabulary, about: Report) -> Told:
    """``place_features``, those that other figures share apart."""
    quantity, cell = mention.quantity, mention.segment.cell
    shared = [
        _of_measure(quantity.dimension, quantity.unit, claim.role, about),
        _of_indicator(claim.indicator, vocabulary),
        _of_titles(mention.segment.section[-2:], vocabulary),
    ]
    own = _of_words(mention, vocabulary)
    if cell is not None:
        headers = _of_headers(cell.row_header, cell.column_header, cell.kind, vocabulary)
        own = {name: value for name, value in own.items() if name not in headers.features}
        shared.append(headers)
    return Told(own, tuple(shared))


@lru_cache(maxsize=_MOST_SHARED)
def _of_measure(dimension: Dimension, unit: str, role: Role, about: Report) -> Shared:
    """What a figure says by itself, whatever words stand around it."""
    features = {
        "always": 0.5,
        f"dimension {dimension}": 1.0,
        f"unit {unit}": 1.0,
        f"role {role}": 0.5,
        f"{dimension} in a {'project' if about.of_project else 'department'}'s report": 0.5,
    }
    if about.sector:
        features[f"sector {about.sector}"] = 0.5
        features[f"sector {about.sector}, {dimension}"] = 0.5
    return Shared(features)


@lru_cache(maxsize=_MOST_SHARED)
def _of_headers(row: str, column: str, kind: ColumnKind | None, vocabulary: Vocabulary) -> Shared:
    """What the headers of a cell say."""
    outer, _, name = row.rpartition(" ")
    features = dict.fromkeys(vocabulary.named("name", name[-24:]), 1.0)
    features.update(dict.fromkeys(vocabulary.named("heading", outer[-24:]), 0.5))
    features.update(dict.fromkeys(vocabulary.named("column", column[-20:]), 0.5))
    features[f"column of {kind}"] = 0.5
    return Shared(features)


@lru_cache(maxsize=_MOST_SHARED)
def _of_indicator(name: str, vocabulary: Vocabulary) -> Shared:
    pairs = [f"pair {name[start : start + 2]}" for start in range(len(name) - 1)]
    return Shared({**dict.fromkeys(vocabulary.named("indicator", name), 1.0), **dict.fromkeys(pairs, 0.5)})


@lru_cache(maxsize=_MOST_SHARED)
def _of_titles(titles: tuple[str, ...], vocabulary: Vocabulary) -> Shared:
    """What the headings above a figure say."""
    return Shared({name: 0.6 for title in titles for name in vocabulary.named("title", folded(title)[-24:])})


def _of_words(mention: Mention, vocabulary: Vocabulary) -> dict[str, float]:
    """What the words of its sentence around a figure say."""
    features: dict[str, float] = {}
    words = vocabulary.cut(mention.sentence)
    figure = len(mention.before)
    here = bisect_left(words, figure, key=START)
    named_from = figure - len(mention.name)
    for step, (start, _, text) in enumerate(reversed(words[max(here - AHEAD, 0) : here])):
        if start >= named_from:
            features[f"name {text}"] = 1.0
        else:
            features.setdefault(f"ahead {text}", 0.7 if step < AHEAD // 2 else 0.4)
    stop = figure + mention.place.end - mention.place.start
    after = bisect_left(words, stop, lo=here, key=START)
    limit = stop + len(mention.after)
    for _, end, text in words[after : after + BEHIND]:
        if end <= limit:
            features[f"behind {text}"] = 1.0
    return features


def candidate_features(
    evidence: Iterable[Evidence], catalogue: Catalogue, *, before: str | None, named_before: str | None
) -> dict[str, dict[str, float]]:
    """Slot of the published catalogue → what speaks for it as such.

    ``before`` is the slot of the figure before it in its sentence, ``named_before`` that of an earlier figure of the
    same name.
    """
    slots = catalogue.slots
    scores: dict[str, float] = {}
    found: dict[str, dict[str, float]] = {}
    for slot, weight, place, _ in evidence:
        scores[slot] = scores.get(slot, 0.0) + weight
        features, name = found.setdefault(slots[slot].base, {}), f"cue {place}"
        features[name] = max(features.get(name, 0.0), weight)
    best = max(scores.values(), default=0.0)
    for slot, score in scores.items():
        features = found[slots[slot].base]
        for strength, name in _STRENGTHS.items():
            if score < strength:
                break
            features[name] = 1.0
        if score == best:
            features["most cues"] = 1.0
        if score >= 0.6 * best:
            features["nearly most cues"] = 1.0
    told = [base for slot in scores if (base := slots[slot].base) != OTHER]
    if len(told) == 1:
        found[told[0]]["only slot with cues"] = 1.0
    if before is not None:
        found.setdefault(before, {})["slot of the figure before"] = 1.0
    if named_before is not None:
        found.setdefault(named_before, {})["slot of an earlier figure of that name"] = 1.0
    return found
