"""The wordings of ``goal_cues.tsv``: what is said around targets and what was done of them."""

from __future__ import annotations

import re
from functools import cache

from extract.audit.relations.cues import parse_cues
from extract.lexicons import data_text

_NAME = "goal_cues.tsv"


def tells(cue: str, words: str) -> bool:
    """Whether ``words`` say what ``cue`` stands for.

    >>> tells("admits", "因用地手续未办而推迟"), tells("admits", "任务全面完成")
    (True, False)
    """
    return default_goal_cues()[cue].search(words) is not None


@cache
def default_goal_cues() -> dict[str, re.Pattern[str]]:
    return parse_cues(data_text(_NAME), _NAME)
