"""Columns of shares: those of the rows come to the hundred per cent of their total row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.audit.cues import tells_of_row
from extract.audit.reckoning import holds
from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.tables.sheets import Sheet
from extract.audit.relations.tables.sums import NEAR, PROVEN, added, column_sum

_SHARE = re.compile(r"占|比重|结构|构成|份额|比例")
_WHOLE, _FEWEST = 100, 2


def share_sums(sheet: Sheet) -> Iterator[Relation]:
    """The shares above a total row at the end, where they or their total come to a hundred."""
    totals = [row for row in sheet.rows if tells_of_row("total", sheet.labels[row])]
    if totals == sheet.rows[-1:]:
        yield from _of_rows(sheet, totals[0], sheet.rows[:-1])


def bear_out(sheet: Sheet, total: int, parts: Sequence[int]) -> bool:
    """Whether the shares of just these rows come to the hundred per cent of their total."""
    return any(holds(relation) for relation in _of_rows(sheet, total, parts))


def _of_rows(sheet: Sheet, total: int, parts: Sequence[int]) -> Iterator[Relation]:
    for column in sheet.columns:
        if _SHARE.search(sheet.heads[column].column_header) is None:
            continue
        whole = sheet.figures.get((total, column))
        shares = [figure for row in parts if (figure := sheet.figures.get((row, column))) is not None]
        if whole is not None and len(shares) == len(parts) >= _FEWEST and _are_shares([whole, *shares]):
            relation = column_sum(whole, shares, sheet.labels[total])
            if _comes_to_whole(relation):
                yield relation._replace(sure=PROVEN)


def _are_shares(figures: Sequence[Figure]) -> bool:
    return all(is_percent(figure) and is_exact(figure) for figure in figures)


def _comes_to_whole(relation: Relation) -> bool:
    """Whether the total, or what its parts come to, is about a hundred per cent."""
    return relation.result.value == _WHOLE or abs(added(relation) - _WHOLE) <= NEAR
