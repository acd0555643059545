"""Words of Chinese text: the longest that a vocabulary knows, else single characters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from extract.errors import LexiconError


class Word(NamedTuple):
    """A word at ``[start, end)`` of the text that was cut."""

    start: int
    end: int
    text: str


class Vocabulary:
    """The words that a model was trained with (jieba found them, in the reports that it was trained on)."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}
        self.cut = lru_cache(maxsize=512)(self._cut)

    def _cut(self, text: str) -> tuple[Word, ...]:
        """The words of ``text`` in order; digits and white space are none."""
        out, place, end, words, lengths = [], 0, len(text), self.words, self._lengths
        while place < end:
            for length in lengths.get(text[place : place + 2], ()):
                if text[place : place + length] in words:
                    break
            else:
                length = 1
                if text[place] in _NO_WORD:
                    place += 1
                    continue
            out.append(Word(place, place + length, text[place : place + length]))
            place += length
        return tuple(out)


@cache
def read_vocabulary(path: Path) -> Vocabulary:
    """The words in a file, one a line.

    Raises:
        LexiconError: if the file is missing.
    """
    if not path.is_file():
        raise LexiconError(f"{path.name}: no such list of words; run `extract train` to build it")
    return Vocabulary(path.read_text(encoding="utf-8").split())


_NO_WORD = frozenset(" \t\n\r　0123456789.,")
