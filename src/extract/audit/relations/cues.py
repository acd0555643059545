"""The wordings of ``relation_cues.tsv``, one pattern a cue."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extract.errors import LexiconError
from extract.lexicons import compiled, data_text, table_rows

_FILLERS = r"(?:[为是达约近仅有均数额:“”\"()]|达到|达成|只有|高达|分别|约为|累计|大约|总共|至少)*"
_MOST_SAID = 4096  #: words whose cues are kept: several readings of a figure ask for the same
_PLACES = {"in": "(?:{})", "tail": "(?:{})" + _FILLERS + "$", "head": "^(?:{})"}


@lru_cache(maxsize=_MOST_SAID)
def said(cue: str, words: str) -> bool:
    """Whether ``words`` say what ``cue`` stands for.

    >>> said("total", "，合计为"), said("total", "，其中")
    (True, False)
    """
    return default_cues()[cue].search(words) is not None


@cache
def default_cues() -> dict[str, re.Pattern[str]]:
    return parse_cues(data_text("relation_cues.tsv"))


def parse_cues(text: str, name: str = "relation_cues.tsv") -> dict[str, re.Pattern[str]]:
    """Cue → one pattern of all its rows.

    Raises:
        LexiconError: if a row asks for an unknown place or gives no pattern.
    """
    rows: dict[str, list[str]] = {}
    for where, cells in table_rows(name, text, ("cue", "where", "pattern", "seen")):
        if cells["where"] not in _PLACES:
            raise LexiconError(f"{where}: place {cells['where']!r} is none of {', '.join(_PLACES)}")
        compiled(cells["pattern"], where)
        rows.setdefault(cells["cue"], []).append(_PLACES[cells["where"]].format(cells["pattern"]))
    return {cue: re.compile("|".join(patterns)) for cue, patterns in rows.items()}


class RateWords(NamedTuple):
    """What a rate of a name is made of."""

    stem: re.Pattern[str]
    part: re.Pattern[str]
    base: re.Pattern[str]


@cache
def default_rate_words() -> tuple[RateWords, ...]:
    return parse_rate_words(data_text("relation_rates.tsv"))


def parse_rate_words(text: str, name: str = "relation_rates.tsv") -> tuple[RateWords, ...]:
    """What rates of known names are made of, in the order of the file."""
    return tuple(
        RateWords(*(compiled(cells[column], where) for column in ("stem", "part", "base")))
        for where, cells in table_rows(name, text, ("stem", "part", "base", "seen"))
    )


@cache
def default_wholes() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """The sets of words that name all parts of a whole."""
    rows = table_rows("relation_wholes.tsv", data_text("relation_wholes.tsv"), ("parts", "seen"))
    return tuple(tuple(compiled(part, where) for part in cells["parts"].split()) for where, cells in rows)
