"""Which column a cell belongs in, when its place in the row does not tell: by what sort of text suits which column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extract.offsets import folded
from extract.records import ColumnKind
from extract.segmentation.cell_units import written_unit
from extract.segmentation.layouts.written import LONG, PLACEHOLDER
from extract.segmentation.levels import header_level, is_total, name_levels

MONEY_KINDS = frozenset(
    {
        ColumnKind.OPENING,
        ColumnKind.ADJUSTED,
        ColumnKind.RECEIVED,
        ColumnKind.SPENT,
        ColumnKind.CARRIED_IN,
        ColumnKind.CARRIED_OUT,
    }
)
OPERATOR = re.compile(r"[≥≤><=]{1,2}|定性|定量|正向|反向|正向指标|反向指标|负向")
_MOST_MARKS = 100  #: a figure above is no mark
_PLAIN = re.compile(r"-?\d[\d,.]*")
_MEASURED = re.compile(r"[≥≤><=不低于少超过约近]{0,3}\s*-?\d[\d,.]*\s*(?:[万亿]?\s*[^\d\s]{0,8})")
_SORTS = ("plain", "amount", "measured", "percent", "operator", "unit", "short", "long", "none")
#: how well each sort of text suits each kind of column, in the order of _SORTS
_FIT: dict[ColumnKind | None, tuple[float, ...]] = {
    ColumnKind.NAME: (-2, -2, -2.5, -2.5, -3, -1, 1.5, 0.7, -1),
    ColumnKind.TARGET: (1.8, 1.8, 2.3, 2.2, -1, -1, 0.8, 1.2, 0.3),
    ColumnKind.ACTUAL: (1.8, 1.8, 2.2, 2.2, -1, -1, 0.8, 1.2, 0.3),
    ColumnKind.BASELINE: (1.5, 1.5, 1.5, 1.5, -2, -1, 0, -1, 0.3),
    ColumnKind.CONTEXT: (1.5, 1.5, 1, 0, -2, -1, 0, -1, 0.3),
    ColumnKind.RATE: (0.8, 0.8, -1, 3, -3, -3, -2, -3, 0.4),
    ColumnKind.WEIGHT: (2.2, -3, -2, -2.5, -3, -3, -3, -4, 0.4),
    ColumnKind.SCORE: (2.2, -3, -2, -2.5, -3, -3, -2, -4, 0.4),
    ColumnKind.OPERATOR: (-3, -3, -3, -3, 4, -1, -2, -4, 0),
    ColumnKind.UNIT: (-3, -3, -3, 1, -2, 4, -1, -4, 0),
    ColumnKind.REASON: (-2, -2, -2, -2, -2, -1, 0.8, 1.1, 0.2),
    ColumnKind.SERIAL: (0.5, -3, -3, -3, -3, -3, -3, -4, 0),
    None: (0.2, 0.2, 0.2, 0.2, 0, 0, 0.3, 0.3, 0.1),
} | dict.fromkeys(MONEY_KINDS, (2.0, 2.4, 0.0, -2.0, -3.0, -3.0, -2.0, -4.0, 0.4))
_CHEAP_TO_SKIP = {ColumnKind.REASON: 0.2, ColumnKind.OPERATOR: 0.3, ColumnKind.UNIT: 0.3, None: 0.2}
_ROW_BREAK = 0.3
_FEWEST_AT_HOME = 4
_OF_LEVEL = 1.0
_OF_OUTER_LEVEL = 0.6  #: the same of 成本指标, which stands at the second level more often than at the first
_OVER_ALL = 2.0  #: what a total's name gains by standing in front of all levels


def is_unit(word: str) -> bool:
    """Whether ``word`` is a unit of the table, perhaps with 万 or 亿, or a rate of two."""
    return written_unit(word) is not None


def fit(text: str, kind: ColumnKind | None) -> float:
    """How well a cell's text suits a column; the higher, the better."""
    return _FIT[kind][_sort(text)]


@lru_cache(maxsize=4096)
def _sort(written: str) -> int:
    """The index in ``_SORTS`` of a cell's text; kept, since each column asks for it."""
    text = "".join(folded(written).split())
    if PLACEHOLDER.fullmatch(text):
        return _SORTS.index("none")
    if OPERATOR.fullmatch(text):
        return _SORTS.index("operator")
    if _PLAIN.fullmatch(text):
        return _SORTS.index("amount" if "," in text or _whole_part(text) > _MOST_MARKS else "plain")
    if _MEASURED.fullmatch(text):
        return _SORTS.index("percent" if text.endswith(("%", "‰")) else "measured")
    if is_unit(text):
        return _SORTS.index("unit")
    return _SORTS.index("long" if len(text) > LONG else "short")


def _whole_part(number: str) -> int:
    return int(number.lstrip("-").split(".")[0])


class Place(NamedTuple):
    """A column as a place for cells: what it says, and of which level its names are."""

    kind: ColumnKind | None
    level: int | None = None


def place_under(header: str, kind: ColumnKind | None) -> Place:
    return Place(kind, header_level(header) if kind is ColumnKind.NAME else None)


def placed_row(texts: Sequence[str], own_places: Sequence[int], places: Sequence[Place], width: int) -> list[int]:
    """The column of each written cell of a row, order kept; ``own_places`` count among the row's ``width`` cells.

    A short row with an empty cell within, whose cells all suit the columns that they stand in, lacks none in front.
    """
    has_gap = any(after - own > 1 for own, after in pairwise(own_places))
    at_home = all(
        own < len(places) and fit(text, places[own].kind) > 0 for text, own in zip(texts, own_places, strict=True)
    )
    shift = 0 if has_gap and at_home and len(texts) >= _FEWEST_AT_HOME else len(places) - width
    suits = _Suits(places, ())
    costs = _SkipCosts([place.kind for place in places])
    best: list[list[tuple[float, int]]] = [[(-costs.before(n), -1) for n in range(len(places) + 1)]]
    for text, own in zip(texts, own_places, strict=True):
        line: list[tuple[float, int]] = [(float("-inf"), -1)]
        for column in range(len(places)):
            gain = suits.gain(text, column) + 0.3 * (column == own) + 0.8 * (column == own + shift)
            reached, skipped = best[-1][column][0] + gain, line[-1][0] - costs.of(column)
            line.append((reached, column) if reached > skipped else (skipped, line[-1][1]))
        best.append(line)
    columns, limit = [], len(places)
    for index in range(len(texts), 0, -1):
        limit = best[index][limit][1]
        columns.append(limit)
    return columns[::-1]


def placed_stream(texts: Sequence[str], places: Sequence[Place]) -> list[list[tuple[int, int]]]:
    """Cells without row ends as rows of (cell, column): the split and placement that suits all of them best.

    A word that was cut stands in one column with the piece before it.
    """
    if not texts:
        return []
    kinds = [place.kind for place in places]
    costs, suits = _SkipCosts(kinds), _Suits(places, texts)
    scores = [suits.gain(texts[0], n) - costs.before(n) for n in range(len(kinds))]
    sources: list[list[_Step]] = []
    for previous, text in pairwise(texts):
        both_words = _is_words(previous) and _is_words(text)
        ends = [score - costs.after(n) - _ROW_BREAK for n, score in enumerate(scores)]
        last = max(range(len(kinds)), key=lambda n: ends[n])
        line, steps = [], []
        for column, kind in enumerate(kinds):
            options = [(scores[n] - costs.between(n, column), n, False) for n in range(column)]
            options.append((ends[last] - costs.before(column), last, True))
            if both_words and kind in _WORDY:
                options.append((scores[column] - _GOES_ON, column, False))
            best, source, new_row = max(options)
            line.append(best + suits.gain(text, column))
            steps.append((source, new_row))
        scores = line
        sources.append(steps)
    return _rows_back([score - costs.after(n) for n, score in enumerate(scores)], sources)


class _Suits:
    """How well a text suits a column, the level of its names counted in.

    Where some of ``texts`` are the usual names of a level, other words are none of that level.
    """

    def __init__(self, places: Sequence[Place], texts: Sequence[str]) -> None:
        self.places = places
        self.usual = frozenset(level for text in texts for level in name_levels(text))
        self.first_name = next((n for n, place in enumerate(places) if place.kind is ColumnKind.NAME), -1)

    def gain(self, text: str, column: int) -> float:
        kind, level = self.places[column]
        return fit(text, kind) + (self._level_gain(text, column, level) if kind is ColumnKind.NAME else 0.0)

    def _level_gain(self, text: str, column: int, level: int | None) -> float:
        if is_total(text):
            return _OVER_ALL if column == self.first_name else 0.0
        if level is None:
            return 0.0
        known = name_levels(text)
        if known:
            return _OF_LEVEL if level == max(known) else _OF_OUTER_LEVEL if level in known else -_OF_LEVEL
        return -_OF_LEVEL if level in self.usual else 0.0


_Step = tuple[int, bool]  #: the column of the cell before, and whether a new row began
_WORDY = (ColumnKind.NAME, ColumnKind.REASON, ColumnKind.TARGET, ColumnKind.ACTUAL, None)
_GOES_ON = 0.9


def _is_words(text: str) -> bool:
    return _sort(text) in (_SORTS.index("short"), _SORTS.index("long"))


class _SkipCosts:
    """What it costs to leave columns empty: little for names that are merged, more for what a row is for."""

    def __init__(self, kinds: Sequence[ColumnKind | None]) -> None:
        last_name = max((n for n, kind in enumerate(kinds) if kind is ColumnKind.NAME), default=0)
        costs = [_skip_cost(kind, n == last_name) for n, kind in enumerate(kinds)]
        self.sums = [sum(costs[:n]) for n in range(len(kinds) + 1)]

    def of(self, column: int) -> float:
        return self.sums[column + 1] - self.sums[column]

    def before(self, column: int) -> float:
        return self.sums[column]

    def after(self, column: int) -> float:
        return self.sums[-1] - self.sums[column + 1]

    def between(self, left: int, right: int) -> float:
        return self.sums[right] - self.sums[left + 1]


def _skip_cost(kind: ColumnKind | None, names_row: bool) -> float:
    if kind is ColumnKind.NAME:
        return 1.6 if names_row else 0.1
    return _CHEAP_TO_SKIP.get(kind, 0.7)


def _rows_back(scores: list[float], sources: list[list[_Step]]) -> list[list[tuple[int, int]]]:
    """The rows that the best path through the cells makes, read from its end."""
    column = max(range(len(scores)), key=lambda n: scores[n])
    rows: list[list[tuple[int, int]]] = [[]]
    for index in range(len(sources), -1, -1):
        rows[-1].append((index, column))
        if index:
            column, new_row = sources[index - 1][column]
            if new_row:
                rows.append([])
    return [row[::-1] for row in reversed(rows)]
