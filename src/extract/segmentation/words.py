"""Words of Chinese text: the longest that a vocabulary knows, else single characters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from extract.errors import LexiconError


class Word(NamedTuple):
    """A word at ``[start, end)`` of the text that was cut."""

    start: int
    end: int
    text: str


START = itemgetter(0)  #: where a word begins, for finding the words at a place
_MOST_TEXTS = 1024  #: whose words are kept: sentences, and names and headings that stand in many places


class Vocabulary:
    """The words that a model was trained with (jieba found them, in the reports that it was trained on)."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}
        self.cut = lru_cache(maxsize=_MOST_TEXTS)(self._cut)
        self.named = lru_cache(maxsize=_MOST_TEXTS)(self._named)

    def _cut(self, text: str) -> tuple[Word, ...]:
        """The words of ``text`` in order; digits and white space are none."""
        out, place, end, words, lengths_of = [], 0, len(text), self.words, self._lengths.get
        new = tuple.__new__  # of a NamedTuple, whose own way to be made takes twice as long
        while place < end:
            for length in lengths_of(text[place : place + 2], ()):
                word = text[place : place + length]
                if word in words:
                    out.append(new(Word, (place, place + length, word)))
                    place += length
                    break
            else:
                word = text[place]
                place += 1
                if word not in _NO_WORD:
                    out.append(new(Word, (place - 1, place, word)))
        return tuple(out)

    def _named(self, place: str, text: str) -> tuple[str, ...]:
        """The words of ``text``, each behind the name of the place where they stand: features of short texts."""
        return tuple(f"{place} {word.text}" for word in self.cut(text))


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
