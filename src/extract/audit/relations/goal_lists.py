"""Figures that a list of goals gives, which are planned whatever each clause by itself looks like."""

from __future__ import annotations

from collections.abc import Sequence

from extract.audit.cues import tells_of_goal
from extract.audit.relations.records import Figure


def _is_of_later(figure: Figure) -> bool:
    return tells_of_goal("later_goals", " ".join((*figure.claim.segment.section, figure.before)))


def figures_of_goal_lists(figures: Sequence[Figure]) -> frozenset[str]:
    """Ids of the claims behind the opening words of a list of goals, to the end of its sentence or to what was done."""
    found: set[str] = set()
    sentence = -1
    for figure in figures:
        if figure.claim.cell is not None:
            continue
        if figure.sentence == sentence and tells_of_goal("turns_to_results", figure.before):
            sentence = -1
        if (
            tells_of_goal("opens_goals", figure.before) or tells_of_goal("opens_goals_of_year", figure.before)
        ) and not _is_of_later(figure):
            sentence = figure.sentence
        if figure.sentence == sentence:
            found.add(figure.claim.id)
    return frozenset(found)
