"""The wordings of ``form_cues.tsv``: what the words of a report say about its forms."""

from __future__ import annotations

import re
from functools import cache

from extract.audit.relations.cues import parse_cues
from extract.lexicons import data_text

_NAME = "form_cues.tsv"


def tells(cue: str, words: str) -> bool:
    """Whether ``words``, without white space, say what ``cue`` stands for.

    >>> tells("not_done", "未完成"), tells("not_done", "大部分已完成")
    (True, False)
    """
    return default_form_cues()[cue].search(words) is not None


@cache
def default_form_cues() -> dict[str, re.Pattern[str]]:
    return parse_cues(data_text(_NAME), _NAME)
