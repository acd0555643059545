"""What words say, by the files of cues that reviewers edit: one pattern a cue."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from extract.errors import LexiconError
from extract.lexicons import compiled, data_text, table_rows

_FILLERS = r"(?:[为是达约近仅有均数额:“”\"()]|达到|达成|只有|高达|分别|约为|累计|大约|总共|至少)*"
_PLACES = {"in": "(?:{})", "tail": "(?:{})" + _FILLERS + "$", "head": "^(?:{})"}
_AS = "as"  #: instead of a place: all rows of another cue


def told_by(name: str) -> Callable[[str, str], bool]:
    """Whether words say what a cue of the data file ``name`` stands for.

    >>> tells = told_by("form_cues.tsv")
    >>> tells("not_done", "未完成"), tells("not_done", "大部分已完成")
    (True, False)
    """

    def tells(cue: str, words: str) -> bool:
        return cues_of(name)[cue].search(words) is not None

    return tells


tells_of_form = told_by("form_cues.tsv")
tells_of_goal = told_by("goal_cues.tsv")
tells_of_row = told_by("table_cues.tsv")


def words_of_goal(cue: str) -> re.Pattern[str]:
    """The words that a cue of ``goal_cues.tsv`` stands for, to be found or taken out."""
    return cues_of("goal_cues.tsv")[cue]


@cache
def cues_of(name: str) -> dict[str, re.Pattern[str]]:
    """The cues of a data file."""
    return parse_cues(data_text(name), name)


def parse_cues(text: str, name: str) -> dict[str, re.Pattern[str]]:
    """Cue → one pattern of all its rows.

    Raises:
        LexiconError: if a row asks for an unknown place or cue, or gives no pattern.
    """
    rows: dict[str, list[str]] = {}
    for where, cells in table_rows(name, text, ("cue", "where", "pattern", "seen")):
        if cells["where"] == _AS:
            rows.setdefault(cells["cue"], []).extend(_rows_of(cells["pattern"], rows, where))
            continue
        if cells["where"] not in _PLACES:
            raise LexiconError(f"{where}: place {cells['where']!r} is none of {', '.join((*_PLACES, _AS))}")
        compiled(cells["pattern"], where)
        rows.setdefault(cells["cue"], []).append(_PLACES[cells["where"]].format(cells["pattern"]))
    return {cue: re.compile("|".join(patterns)) for cue, patterns in rows.items()}


def _rows_of(cue: str, rows: Mapping[str, Sequence[str]], where: str) -> Sequence[str]:
    if cue not in rows:
        raise LexiconError(f"{where}: no rows of cue {cue!r} stand above; put them in front of the row that names it")
    return rows[cue]
