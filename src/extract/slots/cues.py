"""Where the words of the catalogue stand in a text, and in the names of its rows and headings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import compress, count
from operator import add
from typing import NamedTuple

from extract.slots.catalogue import Catalogue, SlotCue


class Hit(NamedTuple):
    """A cue of the catalogue at ``[start, end)``."""

    start: int
    end: int
    cue: SlotCue
    text: str


_MOST_NAMES = 2048  #: names of rows and headings whose cues are kept: forms share them


class CueSearch:
    """Finds every cue of a catalogue: plain words by their first two characters, patterns one by one."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._patterns = catalogue.patterns
        self._words = catalogue.words
        lengths: dict[str, set[int]] = {}
        for word in catalogue.words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {head: tuple(sorted(found)) for head, found in lengths.items()}
        self.in_name = lru_cache(maxsize=_MOST_NAMES)(self.hits)

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Every cue in ``text``, by where it begins."""
        found = [
            Hit(match.start(), match.end(), cue, match[0])
            for pattern, cue in self._patterns
            for match in pattern.finditer(text)
        ]
        found.extend(self._plain_hits(text))
        return tuple(sorted(found, key=lambda hit: (hit.start, hit.end, hit.cue.slot)))

    def _plain_hits(self, text: str) -> Iterator[Hit]:
        lengths_at = [*map(self._lengths.get, map(add, text, text[1:]))]  # by the two characters at each place
        for start, lengths in zip(compress(count(), lengths_at), filter(None, lengths_at), strict=True):
            for length in lengths:
                word = text[start : start + length]
                for cue in self._words.get(word, ()) if len(word) == length else ():
                    yield Hit(start, start + length, cue, word)


class CueHits:
    """The cues of one text, by where they stand."""

    def __init__(self, words: str, search: CueSearch) -> None:
        self.search = search
        self._in_text = search.hits(words)
        self._starts = [hit.start for hit in self._in_text]

    def within(self, start: int, end: int) -> list[Hit]:
        """Hits that lie wholly in ``[start, end)`` of the text."""
        found = self._in_text[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [hit for hit in found if hit.end <= end]
