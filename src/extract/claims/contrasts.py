"""Words that tell two measures of like names apart."""

from __future__ import annotations

from functools import cache, lru_cache

from extract.errors import LexiconError
from extract.lexicons import data_text, table_rows


def are_told_apart(one: str, other: str) -> bool:
    """Whether each name has a word that the other's excludes.

    >>> are_told_apart("农村垃圾处理率", "城镇垃圾处理率"), are_told_apart("新增学位", "全年新增学位")
    (True, False)
    """
    mine = _words_of(one)
    return bool(mine) and any(
        own - theirs and theirs - own for own, theirs in zip(mine, _words_of(other), strict=False)
    )


@lru_cache(maxsize=65536)
def _words_of(name: str) -> tuple[frozenset[str], ...]:
    """Of each set of words that exclude each other those that ``name`` has; nothing where it has none of any."""
    found = tuple(frozenset(word for word in words if word in name) for words in default_contrasts())
    return found if any(found) else ()


@cache
def default_contrasts() -> tuple[frozenset[str], ...]:
    return parse_contrasts(data_text("contrasts.tsv"))


def parse_contrasts(text: str, name: str = "contrasts.tsv") -> tuple[frozenset[str], ...]:
    """The sets of words that exclude each other.

    Raises:
        LexiconError: if a row has fewer than two words.
    """
    sets = []
    for where, cells in table_rows(name, text, ("words", "seen")):
        words = cells["words"].split()
        if len(set(words)) < 2:
            raise LexiconError(f"{where}: {cells['words']!r} tells nothing apart; give two words or more")
        sets.append(frozenset(words))
    return tuple(sets)
