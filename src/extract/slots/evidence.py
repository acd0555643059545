"""What speaks for a slot: cues near the figure, ahead of it, behind it, in the names of its row and its headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extract.claims.indicators import bare_name, is_generic, name_in_table
from extract.claims.mentions import Mention
from extract.offsets import folded
from extract.records import ColumnKind, Dimension
from extract.slots.catalogue import OTHER, Catalogue
from extract.slots.cues import CueHits, Hit

_REACH = 14.0  #: characters over which a word ahead of the number loses half its say
_PLACES = {"near": 3.0, "behind": 2.2, "ahead": 1.8, "row": 3.4, "heading": 0.6, "column": 0.8}
_BUDGET = ("budget.", "three_public")
FUND_COLUMNS = frozenset({ColumnKind.OPENING, ColumnKind.ADJUSTED, ColumnKind.SPENT, ColumnKind.RECEIVED})


class Evidence(NamedTuple):
    """A reason for a slot."""

    slot: str
    weight: float
    place: str
    reason: str


def slot_evidence(
    mention: Mention, hits: CueHits, catalogue: Catalogue, before: tuple[Mention, str] | None
) -> tuple[Evidence, ...]:
    """Everything that speaks for a slot which a figure of this dimension can have.

    ``before`` is the mention before this one with its slot; a figure that names nothing goes on from it.
    """
    dimension = mention.quantity.dimension
    found = [
        evidence
        for evidence in (*_cue_evidence(mention, hits), *_carried(mention, before, hits, catalogue))
        if dimension in catalogue.slots[evidence.slot].dims
    ]
    found.extend(_measure_evidence(mention))
    if not found:
        found.extend(e for e in _headings_alone(mention, hits) if dimension in catalogue.slots[e.slot].dims)
    return tuple(found)


def _cue_evidence(mention: Mention, hits: CueHits) -> Iterator[Evidence]:
    """Every cue around the mention; of a slot's cues in one place the strongest counts."""
    for place, found, end in _places(mention, hits):
        strongest: dict[str, Evidence] = {}
        for hit in found:
            if hit.cue.behind and place != "behind":
                continue
            weight = _PLACES[place] * hit.cue.weight * (0.2 + 0.07 * (hit.end - hit.start))
            if end is not None:
                weight /= 1 + (end - hit.end) / _REACH
            known = strongest.get(hit.cue.slot)
            if known is None or weight > known.weight:
                strongest[hit.cue.slot] = Evidence(hit.cue.slot, weight, place, f"{place} {hit.text}")
        yield from strongest.values()


def _places(mention: Mention, hits: CueHits) -> Iterator[tuple[str, Iterable[Hit], int | None]]:
    """(place, cues there, the end that distance is counted from, if it counts)."""
    cell, start = mention.segment.cell, mention.place.start
    if cell is not None:
        names = cell.column_header.split(" ") if cell.organisation else cell.row_header.split(" ")
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


def _headings_alone(mention: Mention, hits: CueHits) -> Iterator[Evidence]:
    """What the innermost heading says, for a figure that nothing else speaks of."""
    cell, section = mention.segment.cell, mention.segment.section
    named = name_in_table(cell) if cell is not None and cell.organisation else None
    title = named or (cell.row_header if cell is not None else section[-1] if section else "")
    for hit in hits.in_name(folded(title)[-60:]):
        if not hit.cue.behind:
            weight = hit.cue.weight * (0.2 + 0.07 * (hit.end - hit.start))
            yield Evidence(hit.cue.slot, weight, "heading alone", f"heading {hit.text}")


def _measure_evidence(mention: Mention) -> Iterator[Evidence]:
    """What the dimension and the kind of column say."""
    if mention.quantity.dimension is Dimension.RANK:
        yield Evidence("honours", 4.0, "rank", "a rank")
    if mention.kind is ColumnKind.RATE and mention.quantity.dimension is Dimension.RATIO:
        yield Evidence("budget.execution_rate", 4.0, "column of rates", "column of rates")
    if mention.kind in FUND_COLUMNS and mention.quantity.dimension is Dimension.MONEY:
        yield Evidence("budget.project", 1.3, "fund table", "column of the fund table")


def _carried(
    mention: Mention, before: tuple[Mention, str] | None, hits: CueHits, catalogue: Catalogue
) -> Iterator[Evidence]:
    """What the slot of the figure before it says, in one sentence."""
    if before is None or before[1] == OTHER or before[0].segment is not mention.segment or mention.alone:
        return
    between = mention.before[len(mention.before) - (mention.place.start - mention.since) :]
    listed = between[:1] in ("、", "(") or between.lstrip("，,；; ").startswith(("其中", "含", "包括"))
    since = hits.within(mention.since, mention.place.start)
    named = any(mention.quantity.dimension in catalogue.slots[hit.cue.slot].dims for hit in since)
    if mention.quantity.dimension is Dimension.MONEY and before[1].startswith(_BUDGET) and listed:
        yield Evidence(before[1], 0.8 if named else 2.5, "part", "a part of the amount before it")
    elif not named:
        yield Evidence(before[1], 1.4, "goes on", "goes on from the figure before it")
    elif is_generic(bare_name(mention.name)):
        yield Evidence(before[1], 0.6, "goes on named", "goes on from the figure before it")
