"""The catalogue of indicator slots, one file a sector under ``data/slots/``."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from extract.errors import LexiconError, SlotError
from extract.lexicons import compiled
from extract.records import Dimension

OTHER = "other"
_KEYS = {"id", "parent", "zh", "level", "dims", "cues", "behind"}
_PLAIN = re.compile(r"[^\\.^$*+?{}\[\]|()]{2,}")
_WEIGHTED = re.compile(r"(.+)\*(\d+(?:\.\d+)?)$")


class SlotCue(NamedTuple):
    """Words that speak of a slot."""

    slot: str
    weight: float
    behind: bool  #: speaks only behind the number


@dataclass(frozen=True, slots=True)
class Slot:
    id: str
    base: str  #: the slot of the published catalogue that it folds to
    zh: str
    level: str
    dims: frozenset[Dimension]
    cues: tuple[tuple[str, float], ...]
    behind: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    slots: dict[str, Slot]
    words: dict[str, tuple[SlotCue, ...]]  #: plain words of two characters or more, and what they speak of
    patterns: tuple[tuple[re.Pattern[str], SlotCue], ...]
    bases: dict[Dimension, tuple[str, ...]]  #: the slots without a parent that a figure of each dimension can have

    def slot(self, slot_id: str) -> Slot:
        """The slot of that id.

        Raises:
            SlotError: if there is none; the message names the nearest.
        """
        if slot_id not in self.slots:
            near = difflib.get_close_matches(slot_id, self.slots, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise SlotError(f"slot {slot_id!r} is not in the catalogue{hint}")
        return self.slots[slot_id]

    def folded(self, slot_id: str) -> str:
        """The slot of the published catalogue that an id counts as: ``budget.basic.personnel`` is ``budget.basic``.

        Raises:
            SlotError: if neither it nor what it refines is in the catalogue.
        """
        parts = slot_id.split(".")
        for length in range(len(parts), 0, -1):
            if ".".join(parts[:length]) in self.slots:
                return self.slots[".".join(parts[:length])].base
        return self.slot(slot_id).base


def parse_slots(sources: dict[str, str]) -> Catalogue:
    """The catalogue that YAML ``sources`` (file name → text) spell out.

    Raises:
        LexiconError: naming file and slot, if an id or a slot's cue stands twice, a key is unknown, a dimension or
            pattern is none, or a parent is refined itself.
    """
    slots: dict[str, Slot] = {}
    for name, text in sorted(sources.items()):
        for entry in yaml.load(text, Loader=_LOADER) or []:
            slot = _slot(entry, name)
            if slot.id in slots:
                raise LexiconError(f"{name}: slot {slot.id!r} is defined twice; keep one entry")
            slots[slot.id] = slot
    for slot in slots.values():
        if slot.base not in slots:
            raise LexiconError(f"slot {slot.id!r}: its parent {slot.base!r} is not in the catalogue")
        if slots[slot.base].base != slot.base:
            raise LexiconError(
                f"slot {slot.id!r}: its parent {slot.base!r} is refined itself; name {slots[slot.base].base!r}"
            )
    words, patterns = _cues(slots)
    return Catalogue(slots, words, patterns, {dimension: _bases(slots, dimension) for dimension in Dimension})


def _bases(slots: dict[str, Slot], dimension: Dimension) -> tuple[str, ...]:
    """``other``, which takes what nothing else does, and the bases with a slot of this dimension."""
    fitting = {slot.base for slot in slots.values() if dimension in slot.dims}
    return tuple(sorted({*fitting, OTHER}))


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _slot(entry: dict[str, Any], name: str) -> Slot:
    where = f"{name}: slot {entry.get('id')!r}"
    unknown = set(entry) - _KEYS
    missing = {"id", "zh", "level", "dims"} - set(entry)
    if unknown or missing:
        raise LexiconError(f"{where}: unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    wrong = [dim for dim in entry["dims"] if dim not in set(Dimension)]
    if wrong:
        raise LexiconError(f"{where}: dimensions {wrong} are none of {', '.join(Dimension)}")
    cues, behind = (tuple(_weighted(cue) for cue in entry.get(key, ())) for key in ("cues", "behind"))
    for words in (cues, behind):
        twice = sorted(word for word, times in Counter(word for word, _ in words).items() if times > 1)
        if twice:
            raise LexiconError(f"{where}: cues {twice} stand twice; keep one each")
    return Slot(
        id=entry["id"],
        base=entry.get("parent", entry["id"]),
        zh=entry["zh"],
        level=entry["level"],
        dims=frozenset(Dimension(dim) for dim in entry["dims"]),
        cues=cues,
        behind=behind,
    )


def _weighted(cue: object) -> tuple[str, float]:
    match = _WEIGHTED.match(str(cue))
    return (match[1], float(match[2])) if match else (str(cue), 1.0)


def _cues(slots: dict[str, Slot]) -> tuple[dict[str, tuple[SlotCue, ...]], tuple[tuple[re.Pattern[str], SlotCue], ...]]:
    """Plain words with the slots that they speak of, and the cues that are patterns."""
    words: dict[str, list[SlotCue]] = {}
    patterns = []
    for slot in slots.values():
        for behind, cues in ((False, slot.cues), (True, slot.behind)):
            for text, weight in cues:
                cue = SlotCue(slot.id, weight, behind)
                if _PLAIN.fullmatch(text):
                    words.setdefault(text, []).append(cue)
                else:
                    patterns.append((compiled(text, f"slot {slot.id}"), cue))
    return {word: tuple(found) for word, found in words.items()}, tuple(patterns)


@cache
def default_catalogue() -> Catalogue:
    folder = files("extract") / "data" / "slots"
    return parse_slots({f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")})
