"""Links each claim to a slot: candidates by the words around it, weighed by where they stand, filtered by dimension."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from extract.claims.indicators import bare_name, is_generic
from extract.claims.mentions import Mention
from extract.offsets import folded
from extract.records import Claim, ColumnKind, Dimension, Role
from extract.slots.catalogue import OTHER, Catalogue, SlotCue, default_catalogue

OTHER_THRESHOLD = 1.0
_REACH = 14.0  #: characters over which a word ahead of the number loses half its say
_PLACES = {"near": 3.0, "behind": 2.2, "ahead": 1.8, "row": 3.4, "heading": 0.6, "column": 0.8}
_BUDGET = ("budget.", "three_public")
_FUND_COLUMNS = frozenset({ColumnKind.OPENING, ColumnKind.ADJUSTED, ColumnKind.SPENT, ColumnKind.RECEIVED})


class Hit(NamedTuple):
    """A cue of the catalogue at ``[start, end)``."""

    start: int
    end: int
    cue: SlotCue
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible slot of a claim."""

    slot: str
    score: float
    reasons: tuple[str, ...]


def link_slots(
    claims: Iterable[tuple[Claim, Mention]],
    words: str,
    *,
    of_project: bool = False,
    catalogue: Catalogue | None = None,
) -> Iterator[tuple[Claim, Mention]]:
    """The claims with the slot that their words speak of most, or ``other``; ``words`` is the text as read.

    In the report ``of_project`` the money of the whole is the project's.
    """
    known = default_catalogue() if catalogue is None else catalogue
    hits = CueHits(words, known)
    before: tuple[Mention, str] | None = None
    for claim, mention in claims:
        candidates = slot_candidates(claim, mention, hits, known, before)
        best = _projects(candidates[0], mention) if of_project else candidates[0]
        before = (mention, best.slot)
        total = sum(math.exp(min(c.score, 30.0)) for c in candidates)
        yield (
            replace(
                claim,
                slot=best.slot,
                slot_base=known.slot(best.slot).base,
                slot_confidence=math.exp(min(best.score, 30.0)) / total,
                reasons=(*claim.reasons, *(f"slot {best.slot}: {reason}" for reason in best.reasons)),
            ),
            mention,
        )


def _projects(best: Candidate, mention: Mention) -> Candidate:
    """Spending is the project's own in a project's report; money by source stays income."""
    if mention.quantity.dimension is Dimension.MONEY and best.slot == "budget.expenditure":
        return replace(best, slot="budget.project", reasons=(*best.reasons, "a project's report"))
    return best


def slot_candidates(
    claim: Claim, mention: Mention, hits: CueHits, catalogue: Catalogue, before: tuple[Mention, str] | None = None
) -> tuple[Candidate, ...]:
    """Every slot that something speaks for, best first; ``other`` stands at the threshold.

    ``before`` is the mention before this one with its slot; a figure that names nothing goes on from it.
    """
    if claim.role is Role.SCORE or claim.quantity.dimension is Dimension.SCORE:
        return (Candidate("evaluation.score", 9.0, ("unit 分",)),)
    scores: dict[str, float] = {OTHER: OTHER_THRESHOLD}
    reasons: dict[str, list[tuple[float, str]]] = {}
    for slot, weight, reason in (*_evidence(mention, hits), *_carried(mention, before, hits)):
        if claim.quantity.dimension in catalogue.slots[slot].dims:
            scores[slot] = scores.get(slot, 0.0) + weight
            reasons.setdefault(slot, []).append((weight, reason))
    for slot, weight, reason in _measure_evidence(mention):
        scores[slot] = scores.get(slot, 0.0) + weight
        reasons.setdefault(slot, []).append((weight, reason))
    if max(scores, key=lambda slot: (scores[slot], slot)) == OTHER:
        for slot, weight, reason in _headings_alone(mention, hits):
            if claim.quantity.dimension in catalogue.slots[slot].dims:
                scores[slot] = scores.get(slot, 0.0) + weight
                reasons.setdefault(slot, []).append((weight, reason))
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Candidate(slot, score, tuple(why for _, why in sorted(reasons.get(slot, ()), reverse=True)[:3]))
        for slot, score in ranked
    )


def _headings_alone(mention: Mention, hits: CueHits) -> Iterator[tuple[str, float, str]]:
    """What the innermost heading says, for a figure that nothing else speaks of."""
    cell, section = mention.segment.cell, mention.segment.section
    title = cell.row_header if cell is not None else section[-1] if section else ""
    for hit in hits.in_name(folded(title)[-60:]):
        if not hit.cue.behind:
            yield hit.cue.slot, hit.cue.weight * (0.2 + 0.07 * (hit.end - hit.start)), f"heading {hit.text}"


def _measure_evidence(mention: Mention) -> Iterator[tuple[str, float, str]]:
    """What the dimension and the kind of column say."""
    if mention.quantity.dimension is Dimension.RANK:
        yield "honours", 4.0, "a rank"
    if mention.kind is ColumnKind.RATE and mention.quantity.dimension is Dimension.RATIO:
        yield "budget.execution_rate", 4.0, "column of rates"
    if mention.kind in _FUND_COLUMNS and mention.quantity.dimension is Dimension.MONEY:
        yield "budget.project", 1.3, "column of the fund table"


def _carried(mention: Mention, before: tuple[Mention, str] | None, hits: CueHits) -> Iterator[tuple[str, float, str]]:
    """What the slot of the figure before it says, in one sentence."""
    if before is None or before[1] == OTHER or before[0].segment is not mention.segment:
        return
    if mention.alone:
        return
    between = mention.before[len(mention.before) - (mention.place.start - mention.since) :]
    listed = between[:1] in ("、", "(") or between.lstrip("，,；; ").startswith(("其中", "含", "包括"))
    named = _names_something(mention, hits)
    if mention.quantity.dimension is Dimension.MONEY and before[1].startswith(_BUDGET) and listed:
        yield before[1], 0.8 if named else 2.5, "a part of the amount before it"
    elif not named:
        yield before[1], 1.4, "goes on from the figure before it"
    elif is_generic(bare_name(mention.name)):
        yield before[1], 0.6, "goes on from the figure before it"


def _names_something(mention: Mention, hits: CueHits) -> bool:
    """Whether the words since the figure before it speak of any slot that its dimension could be in."""
    known, dimension = hits.catalogue, mention.quantity.dimension
    return any(dimension in known.slot(hit.cue.slot).dims for hit in hits.within(mention.since, mention.place.start))


class CueHits:
    """Where the words of the catalogue stand in a text, and in the names of its rows and headings."""

    def __init__(self, words: str, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.in_text = self._search(words)
        self.starts = [hit.start for hit in self.in_text]
        self.names: dict[str, tuple[Hit, ...]] = {}

    def within(self, start: int, end: int) -> Iterator[Hit]:
        """Hits that lie wholly in ``[start, end)`` of the text."""
        for hit in self.in_text[bisect_left(self.starts, start) : bisect_left(self.starts, end)]:
            if hit.end <= end:
                yield hit

    def in_name(self, name: str) -> tuple[Hit, ...]:
        if name not in self.names:
            self.names[name] = self._search(name)
        return self.names[name]

    def _search(self, text: str) -> tuple[Hit, ...]:
        found = (
            Hit(match.start(), match.end(), cue, match[0])
            for pattern, cue in self.catalogue.cues
            for match in pattern.finditer(text)
        )
        return tuple(sorted(found, key=lambda hit: (hit.start, hit.end, hit.cue.slot)))


def _evidence(mention: Mention, hits: CueHits) -> Iterator[tuple[str, float, str]]:
    """(slot, weight, reason) of every cue around the mention; of a slot's cues in one place the strongest counts."""
    for place, found, end in _places(mention, hits):
        strongest: dict[str, tuple[float, str]] = {}
        for hit in found:
            if hit.cue.behind and place != "behind":
                continue
            weight = _PLACES[place] * hit.cue.weight * (0.2 + 0.07 * (hit.end - hit.start))
            if end is not None:
                weight /= 1 + (end - hit.end) / _REACH
            if weight > strongest.get(hit.cue.slot, (0.0, ""))[0]:
                strongest[hit.cue.slot] = (weight, f"{place} {hit.text}")
        for slot, (weight, reason) in strongest.items():
            yield slot, weight, reason


def _places(mention: Mention, hits: CueHits) -> Iterator[tuple[str, Iterable[Hit], int | None]]:
    """(place, cues there, the end that distance is counted from, if it counts)."""
    cell, start = mention.segment.cell, mention.place.start
    if cell is not None:
        names = cell.row_header.split(" ")
        yield "row", hits.in_name(names[-1][-60:]), None
        yield "heading", hits.in_name(" ".join(names[:-1])[-60:]), None
        if cell.kind not in (ColumnKind.TARGET, ColumnKind.ACTUAL, ColumnKind.WEIGHT, ColumnKind.SCORE):
            yield "column", hits.in_name(cell.column_header), None
    name_start = start - len(mention.name)
    yield "near", hits.within(name_start, start), start
    yield "ahead", hits.within(max(start - len(mention.before), name_start - 90), name_start), start
    yield "behind", hits.within(mention.place.end, mention.place.end + len(mention.after)), None
    for title in mention.segment.section[-2:]:
        yield "heading", hits.in_name(folded(title)), None
