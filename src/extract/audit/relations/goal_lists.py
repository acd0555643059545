"""Figures that a list of goals gives, which are planned whatever each clause by itself looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.audit.relations.records import Figure

_OPENS = re.compile(
    r"(?:目标|任务)(?:值|如下|包括|有|是|为|定为|设为|设定为|分别[是为])*[:：]|"
    r"(?:年初|年度|总体|全年|绩效)(?:绩效|总体)?(?:目标|任务)(?:是|为|定为|设为|设定为|包括)(?!\d)"
)
_TURNS = re.compile(r"实际|完成(?!率|时)|已|结果|[;；。]")
_LATER = re.compile(r"明年|下一?年|次年|来年|下一步|下步|今后|打算|下阶段|后续")


def _is_of_later(figure: Figure) -> bool:
    return _LATER.search(" ".join((*figure.claim.segment.section, figure.before))) is not None


def figures_of_goal_lists(figures: Sequence[Figure]) -> frozenset[str]:
    """Ids of the claims behind the opening words of a list of goals, to the end of its sentence or to what was done."""
    found: set[str] = set()
    sentence = -1
    for figure in figures:
        if figure.claim.cell is not None:
            continue
        if figure.sentence == sentence and _TURNS.search(figure.before):
            sentence = -1
        if _OPENS.search(figure.before) and not _is_of_later(figure):
            sentence = figure.sentence
        if figure.sentence == sentence:
            found.add(figure.claim.id)
    return frozenset(found)
