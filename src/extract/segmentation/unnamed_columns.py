"""What a column says whose header tells nothing: its place beside a known column, and figures that go with that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.records import ColumnKind
from extract.segmentation.headers import Column
from extract.segmentation.layouts.written import Row, is_figure
from extract.segmentation.reading import pieces_text

_FEWEST_ROWS = 2
_MOSTLY = 0.7  #: of the rows that must go with the known column
_FIGURE = re.compile(r"(?P<sign>[≥≤><=＞＜]*)\s*-?(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>\D{0,8})")
_Both = tuple[str, str]  #: of a row: the cell of the known column, and that of the unknown one


def with_unnamed(words: str, columns: tuple[Column, ...], body: Sequence[Row]) -> tuple[Column, ...]:
    """``columns``, those named that stand right of a target or a weight and hold what was done, or the marks, of it."""
    kinds = {column.kind for column in columns}
    found = list(columns)
    for place in range(1, len(columns)):
        left, own = found[place - 1], found[place]
        if own.kind is not None or not own.header:
            continue
        for known, kind, goes in _PAIRS:
            if left.kind is known and kind not in kinds and _go_together(words, body, place, len(columns), goes):
                found[place] = replace(own, kind=kind)
    return tuple(found)


def _go_together(words: str, body: Sequence[Row], place: int, width: int, goes: Callable[[_Both], bool]) -> bool:
    both = list(_both(words, body, place, width))
    return len(both) >= _FEWEST_ROWS and sum(map(goes, both)) >= _MOSTLY * len(both)


def _both(words: str, body: Sequence[Row], place: int, width: int) -> Iterator[_Both]:
    """The rows whose known column holds a figure."""
    for row in body:
        left, own = (row[n] if len(row) == width else None for n in (place - 1, place))
        if left and own and is_figure(known := pieces_text(left, words)):
            yield known, pieces_text(own, words)


def _has_its_unit(both: _Both) -> bool:
    goal, done = (_FIGURE.fullmatch(text) for text in both)
    return goal is not None and done is not None and goal["unit"].strip() == done["unit"].strip() != ""


def _is_no_more(both: _Both) -> bool:
    weight, score = (_FIGURE.fullmatch(text) for text in both)
    bare = weight is not None and score is not None and weight["unit"].strip() == score["unit"].strip()
    return bare and weight is not None and score is not None and _number(score) <= _number(weight)


def _number(figure: re.Match[str]) -> Decimal:
    return Decimal(figure["number"].replace(",", ""))


_PAIRS = (
    (ColumnKind.TARGET, ColumnKind.ACTUAL, _has_its_unit),
    (ColumnKind.WEIGHT, ColumnKind.SCORE, _is_no_more),
)
