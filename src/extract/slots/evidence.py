"""What speaks for a slot: cues near the figure, ahead of it, behind it, in the names of its row and its headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from extract.claims.indicators import bare_name, is_generic, name_in_table
from extract.claims.mentions import Mention
from extract.offsets import folded
from extract.records import ColumnKind, Dimension
from extract.slots.catalogue import OTHER, Catalogue
from extract.slots.cues import CueHits, CueSearch, Hit

_REACH = 14.0  #: characters over which a word ahead of the number loses half its say
_PLACES = {"near": 3.0, "behind": 2.2, "ahead": 1.8, "row": 3.4, "heading": 0.6, "column": 0.8}
_TELL_NO_SLOT = (ColumnKind.TARGET, ColumnKind.ACTUAL, ColumnKind.WEIGHT, ColumnKind.SCORE)  #: headers of any slot
_MOST_NAMES = 4096  #: of rows and headings, what they say being kept: forms share them
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
    slots, dimension = catalogue.slots, mention.quantity.dimension
    found = [
        evidence
        for evidence in (*_cue_evidence(mention, hits), *_carried(mention, before, hits, catalogue))
        if dimension in slots[evidence.slot].dims
    ]
    found.extend(_measure_evidence(mention))
    if not found:
        found.extend(e for e in _headings_alone(mention, hits.search) if dimension in slots[e.slot].dims)
    return tuple(found)


def _cue_evidence(mention: Mention, hits: CueHits) -> Iterator[Evidence]:
    """Every cue around the mention; of a slot's cues in one place the strongest counts."""
    cell, start, end = mention.segment.cell, mention.place.start, mention.place.end
    search = hits.search
    if cell is not None:
        named = cell.column_header if cell.organisation else cell.row_header
        outer, _, name = named.rpartition(" ")
        yield from _of_name("row", name[-60:], search)
        yield from _of_name("heading", outer[-60:], search)
        if cell.kind not in _TELL_NO_SLOT:
            yield from _of_name("column", cell.column_header, search)
    name_start = start - len(mention.name)
    yield from _strongest("near", hits.within(name_start, start), start)
    yield from _strongest("ahead", hits.within(max(start - len(mention.before), name_start - 90), name_start), start)
    yield from _strongest("behind", hits.within(end, end + len(mention.after)), None)
    for title in mention.segment.section[-2:]:
        yield from _of_name("heading", title, search)


@lru_cache(maxsize=_MOST_NAMES)
def _of_name(place: str, name: str, search: CueSearch) -> tuple[Evidence, ...]:
    """What a name of a row or a heading says, wherever it stands."""
    return tuple(_strongest(place, search.in_name(folded(name)), None))


def _strongest(place: str, hits: Iterable[Hit], end: int | None) -> Iterable[Evidence]:
    """The strongest cue of each slot; with ``end`` those farther from it say less."""
    strongest: dict[str, Evidence] = {}
    for hit in hits:
        slot, of_place, behind = hit.cue
        if behind and place != "behind":
            continue
        weight = _PLACES[place] * of_place * (0.2 + 0.07 * (hit.end - hit.start))
        if end is not None:
            weight /= 1 + (end - hit.end) / _REACH
        known = strongest.get(slot)
        if known is None or weight > known.weight:
            strongest[slot] = Evidence(slot, weight, place, f"{place} {hit.text}")
    return strongest.values()


def _headings_alone(mention: Mention, search: CueSearch) -> Iterator[Evidence]:
    """What the innermost heading says, for a figure that nothing else speaks of."""
    cell, section = mention.segment.cell, mention.segment.section
    named = name_in_table(cell) if cell is not None and cell.organisation else None
    title = named or (cell.row_header if cell is not None else section[-1] if section else "")
    for hit in search.in_name(folded(title)[-60:]):
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
