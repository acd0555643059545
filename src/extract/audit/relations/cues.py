"""What words say of relations: the cues of ``relation_cues.tsv``, what rates are made of, and names of all parts."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extract.audit.cues import told_by
from extract.lexicons import compiled, data_text, table_rows

_MOST_SAID = 16384  #: words whose cues are kept, more than a long report has: several readings of a figure ask the same
_tells = told_by("relation_cues.tsv")


@lru_cache(maxsize=_MOST_SAID)
def said(cue: str, words: str) -> bool:
    """Whether ``words`` say what ``cue`` stands for.

    >>> said("total", "，合计为"), said("total", "，其中")
    (True, False)
    """
    return _tells(cue, words)


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
