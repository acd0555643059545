"""Totals of what one cell lists: a column that a text dump has in one cell, 合计 at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_exact
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.tables.sums import NEAR, PROVEN, column_sum, misses

_FEWEST = 3


def find_cell_lists(figures: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    """For each cell that ends with a total the sum of the figures in front of it, where it comes near."""
    for place, group in groupby(figures, key=_place):
        if place is None:
            continue
        *parts, total = group
        if len(parts) < _FEWEST or not said("total", total.before) or not total.value:
            continue
        if all(part.kind == total.kind and is_exact(part) for part in (*parts, total)):
            relation = column_sum(total, parts, "合计")._replace(sure=PROVEN)
            if misses([relation]) <= NEAR:
                yield (relation,)


def _place(figure: Figure) -> tuple[int, int, int] | None:
    cell = figure.claim.cell
    return None if cell is None else (cell.table, cell.row, cell.column)
