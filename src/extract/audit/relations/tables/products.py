"""Columns that multiply: 数量, 单价（元） and 金额（万元）; 人数, 月标准, 月数 and 补贴; 年接待, 天数 and 日均."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from extract.audit.cues import tells_of_row
from extract.audit.reckoning import holds
from extract.audit.relations.averages import counted_in_own_unit
from extract.audit.relations.figures import is_amount, is_exact
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.audit.relations.tables.sheets import Sheet
from extract.audit.relations.tables.sums import MARKS, PROVEN
from extract.lexicons import default_units
from extract.records import ColumnKind

_NOT_MULTIPLIED = (ColumnKind.RATE, ColumnKind.SERIAL, *MARKS)
_PRICE = re.compile(r"单价|标准|价格|定额|单位成本|[/／]|均")
_HEADS = {"人", "人次"}
_WIDE, _MOST_FACTORS = 9, 3
_FEWEST, _FEWEST_UNSAID = 2, 3
_SAMPLE = 12
_LESS = 0.72  #: a table of two rows, of which one fails


_Convert = Callable[[Figure], Figure]


class _Way(NamedTuple):
    """Columns of which one is the product of the others: the first of them is for each."""

    total: int
    factors: tuple[int, ...]


def products(sheet: Sheet) -> Iterator[Relation]:
    """For each column that most rows bear out as the product of others the relation of each of its rows."""
    columns = [c for c in sheet.columns if sheet.heads[c].kind not in _NOT_MULTIPLIED][:_WIDE]
    rows = [row for row in sheet.rows if not tells_of_row("total", sheet.labels[row])]
    if len(columns) <= _FEWEST or len(rows) < _FEWEST:
        return
    factors = _Factors(sheet)
    taken: set[frozenset[int]] = set()
    for way, sure in _borne_out(factors, columns, rows[:_SAMPLE]):
        own = frozenset((way.total, *way.factors))
        if not any(own >= other for other in taken):
            taken.add(own)
            yield from (relation._replace(sure=sure) for row in rows if (relation := _relation(factors, row, way)))


class _Factors:
    """The figures of a sheet as they are multiplied; None where a cell holds none or one that nobody multiplies."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._known: dict[tuple[_Convert, int, int], Figure | None] = {}

    def total(self, row: int, column: int) -> Figure | None:
        return _multiplied(self.sheet.figures.get((row, column)))

    def price(self, row: int, column: int) -> Figure | None:
        return self._as(_in_base_unit, row, column)

    def count(self, row: int, column: int) -> Figure | None:
        return self._as(counted_in_own_unit, row, column)

    def _as(self, convert: _Convert, row: int, column: int) -> Figure | None:
        key = convert, row, column
        if key not in self._known:
            figure = self.sheet.figures.get((row, column))
            self._known[key] = None if figure is None else _multiplied(convert(figure))
        return self._known[key]


def _multiplied(figure: Figure | None) -> Figure | None:
    fits = figure is not None and figure.value > 0 and is_exact(figure) and is_amount(figure)
    return figure if fits else None


def _borne_out(factors: _Factors, columns: Sequence[int], rows: Sequence[int]) -> list[tuple[_Way, float]]:
    """The ways that most rows hold to, the surest first; three rows at least where no header tells of a price."""
    found: list[tuple[int, _Way, float]] = []
    heads = factors.sheet.heads
    for way in _ways(columns):
        tried = [relation for row in rows if (relation := _relation(factors, row, way)) is not None]
        right = sum(holds(relation) and _is_telling(relation) for relation in tried)
        is_price = _PRICE.search(heads[way.factors[0]].column_header) is not None
        is_told = right >= (_FEWEST if is_price else _FEWEST_UNSAID) and right * 5 >= len(tried) * 3
        if is_told or (is_price and right and len(tried) == _FEWEST):
            found.append((right, way, PROVEN if is_told else _LESS))
    return [(way, sure) for _, way, sure in sorted(found, key=lambda each: (-each[0], len(each[1].factors)))]


def _ways(columns: Sequence[int]) -> Iterator[_Way]:
    for size in range(_FEWEST, _MOST_FACTORS + 1):
        for total in columns:
            others = [column for column in columns if column != total]
            near = others if size == _FEWEST else [c for c in others if abs(c - total) <= _MOST_FACTORS]
            yield from (_Way(total, (each, *counts)) for each in near for counts in _counts(near, each, size - 1))


def _counts(columns: Sequence[int], each: int, size: int) -> Iterator[tuple[int, ...]]:
    return combinations([column for column in columns if column != each], size)


def _relation(factors: _Factors, row: int, way: _Way) -> Relation | None:
    total, price = factors.total(row, way.total), factors.price(row, way.factors[0])
    if total is None or price is None or (price.kind != total.kind and {price.kind, total.kind} != _HEADS):
        return None
    members = [Member(total, Part.TOTAL), Member(price, Part.EACH)]
    for column in way.factors[1:]:
        count = factors.count(row, column)
        if count is None or count.kind == total.kind:
            return None
        members.append(Member(count, Part.COUNT))
    fact = factors.sheet.heads[way.total].column_header or "总额"
    return Relation(RelationKind.PRODUCT, tuple(members), _LESS, fact, table=True)


def _in_base_unit(each: Figure) -> Figure:
    """A price per something as money: 2.5万元/公里."""
    unit, per, _ = each.kind.partition("/")
    row = default_units().named(unit) if per else None
    if row is None:
        return each._replace(kind=unit)
    return each._replace(
        kind=row.base,
        value=each.value * row.factor.numerator / row.factor.denominator,
        step=each.step * row.factor.numerator / row.factor.denominator,
    )


def _is_telling(relation: Relation) -> bool:
    return all(figure.value != 1 for figure in relation.figures[1:])
