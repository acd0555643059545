"""Averages of a sum that a table holds in its row: 师资培训176人，人均1994.52元, and 351,036 in the row 师资培训."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.audit.relations.averages import average_of, counts_each, per_of
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, kind_of_each
from extract.audit.relations.records import Figure, Relation
from extract.records import ColumnKind

_MONEY = "元"
_NUMBERING = re.compile(r"^[(（]?[\d一二三四五六七八九十①-⑳]{1,3}[)）.、．]?|^[\s:：]+|^其中[:：]?")
_BREAK = re.compile(r"[，,、。;；:：(（]")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]?")
_NEAR, _HEAD = 14, 24
_FEWEST, _FEWEST_OF_HEAD = 2, 4
_MOST_COUNTS, _MOST_ROWS = 4, 2
_REACH = (Decimal(1) / 3, Decimal(3))
_SHIFTED = (Decimal("0.0001"), Decimal("0.1"), Decimal(10), Decimal(10000))
_CLOSE = Decimal("0.02")
_SPENT, _OTHER = 0.65, 0.5


class PricedRows:
    """The sums of money in a document's tables, by the names of their rows."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._rows: dict[str, list[Figure]] = {}
        for figure in figures:
            cell = figure.claim.cell
            if cell is None or cell.is_header or figure.kind != _MONEY or figure.value <= 0 or not is_exact(figure):
                continue
            label = _BRACKETS.sub("", _plain(cell.row_label))
            if len(label) >= _FEWEST and not said("each", label[-_NEAR:]):
                self._rows.setdefault(label, []).append(figure)

    def named(self, each: Figure, head: str) -> Iterator[Figure]:
        """The sums of the rows that the words in front of a figure name, else that its paragraph opens with."""
        near = [label for label in self._rows if label in each.before[-_NEAR:]]
        title = _plain(head[:_HEAD])
        first = _BREAK.split(title, maxsplit=1)[0]
        of_head = [
            label
            for label in self._rows
            if len(label) >= _FEWEST_OF_HEAD and (label in first or (len(first) >= _FEWEST_OF_HEAD and first in label))
        ]
        for label in (near or of_head)[:_MOST_ROWS]:
            yield from self._rows[label]


def _plain(words: str) -> str:
    """Without the number of an item, and 其中."""
    return _NUMBERING.sub("", _NUMBERING.sub("", words.strip()))


def find_row_averages(paragraph: Sequence[Figure], index: int, rows: PricedRows) -> tuple[Relation, ...]:
    """The ways in which a figure for each hangs together with a row's sum and a count of its paragraph."""
    each = paragraph[index]
    if each.claim.cell is not None or not is_exact(each) or not is_amount(each) or each.value <= 0:
        return ()
    per = per_of(each) if kind_of_each(each) == _MONEY else None
    if per is None or said("before", each.before):
        return ()
    counts = [f for f in paragraph[:index] if is_exact(f) and f.value > 1 and counts_each(f, per)][-_MOST_COUNTS:]
    ways = [
        _product(total, each, count) for total in rows.named(each, paragraph[0].before) for count in reversed(counts)
    ]
    return tuple(sorted((way for way in ways if _is_near(way)), key=lambda way: -way.sure))


def _product(total: Figure, each: Figure, count: Figure) -> Relation:
    cell = total.claim.cell
    sure = _SPENT if cell is not None and cell.kind in (ColumnKind.SPENT, None) else _OTHER
    sure -= 0.2 if said("target", count.before[-8:]) else 0.0
    return average_of(total, each, count, sure)


def _is_near(relation: Relation) -> bool:
    total, each, count = relation.figures
    off = each.value * count.value / total.value
    return _REACH[0] <= off <= _REACH[1] or any(abs(off / shift - 1) <= _CLOSE for shift in _SHIFTED)
