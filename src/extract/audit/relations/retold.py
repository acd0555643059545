"""A row's figure that the narrative tells otherwise: by the likeness of name and digits, where nothing tells it as is.

``told_rows`` asks for a slip of the pen or for the row's other figure in the sentence; this one weighs names that lie
close, digits, and whether any other figure comes into question. What it finds is surer the more of it there is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extract.audit.cues import tells_of_goal
from extract.audit.digits import are_swapped, digits_of, is_one_apart
from extract.audit.reckoning import told as band
from extract.audit.relations.figures import kind_of_each
from extract.audit.relations.goal_lists import figures_of_goal_lists
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import same_of
from extract.audit.relations.told_rows import calls_target, is_of_before
from extract.claims.contrasts import are_told_apart
from extract.claims.names import character_pairs
from extract.records import Approx, ColumnKind, Dimension, Role

_SIDES = {ColumnKind.TARGET: "planned", ColumnKind.ACTUAL: "is"}
_ROLES = (Role.TARGET, Role.ACTUAL, Role.CONTEXT)
_DEFINITE = (Approx.EXACT, Approx.AT_LEAST, Approx.AT_MOST)
_EMPTY = re.compile(r"完成|实际|数量|情况|指标|程度|工作|任务|项目|年度|总|[(（][^)）]*[)）]|[\s\d.、:：]")
_WORDS = 20  #: characters before a figure that name it
_MOST = 24  #: figures with one pair of characters that a row is compared with
_REACH_BACK = 60  #: characters of the sentence before a figure
_NAMED, _SPOKEN, _HEADED = 1.0, 0.7, 0.4  #: what a pair of characters counts before a figure, in its sentence, above it
_LEAST_NAME, _SURE_AT, _LEAD = 0.5, 1.1, 0.2
_CONTAINED, _SHORTEST = 0.55, 2  #: likeness of a short name that stands in the row's: 检查 in 安全检查
_DIGIT, _TWO_DIGITS, _CLOSE, _FAR = 0.6, 0.25, 0.15, 0.5
_LEAST_NEAR = {"planned": _TWO_DIGITS, "is": -_FAR}  #: targets are revised, and told so: only a slip of digits tells
_NEAR = 0.25  #: by which values may differ that lie close
_SURELY, _WHOLE = 0.9, 0.9
_IN_LIST, _FEWEST_TOLD = 0.3, 2  #: what it says that the sentence tells so many other rows of the table as they are
_REACH = 3  #: times: figures further apart measure different things, but for a digit
_TELLING = 3
_SURE = 0.82


class _Words(NamedTuple):
    """Pairs of characters before a figure, the nearest first."""

    near: frozenset[str]
    spoken: frozenset[str]
    above: frozenset[str]
    is_goal: bool  #: told in a list of goals


@dataclass(frozen=True, slots=True)
class _Row:
    name: frozenset[str]
    words: str
    bare: str  #: the words without those that name nothing
    sides: dict[str, Figure]


def find_retold(figures: Sequence[Figure]) -> Iterator[Relation]:
    """A relation for each figure of a row that the narrative tells with another value."""
    told = [f for f in figures if f.claim.cell is None and f.claim.role in _ROLES and _is_countable(f)]
    rows = list(_rows(figures))
    if not rows or not told:
        return
    words = _words_of(told, figures)
    posted = _posted(words)
    worth = _worth(rows, words)
    taken = {(kind_of_each(f), f.value) for row in rows for f in row.sides.values()}
    of_rows = [[(told[place], words[place]) for place in _places(row, posted)] for row in rows]
    lists = _lists(rows, of_rows, worth)
    for row, own in zip(rows, of_rows, strict=True):
        for side, figure in row.sides.items():
            found = _otherwise(figure, side, row, own, worth, taken, lists)
            if found is not None:
                yield same_of(figure, found, _SURE, row.words or figure.claim.indicator)


def _rows(figures: Sequence[Figure]) -> Iterator[_Row]:
    rows: dict[tuple[int, int], _Row] = {}
    for figure in figures:
        cell = figure.claim.cell
        if cell is None or cell.is_header or cell.kind not in _SIDES or not cell.row_header or not _is_definite(figure):
            continue
        key = (cell.table, cell.row)
        if key not in rows:
            words = cell.row_label
            bare = re.sub(rf"{re.escape(figure.claim.quantity.unit)}$", "", _EMPTY.sub("", words))
            rows[key] = _Row(character_pairs(bare), words, bare, {})
        rows[key].sides.setdefault(_SIDES[cell.kind], figure)
    return (row for row in rows.values() if row.name)


def _is_definite(figure: Figure) -> bool:
    return figure.claim.quantity.approx in _DEFINITE and _is_countable(figure)


def _is_countable(figure: Figure) -> bool:
    return figure.claim.quantity.dimension is not Dimension.SCORE and figure.value > 0


def _words_of(told: Sequence[Figure], figures: Sequence[Figure]) -> list[_Words]:
    """Pairs of characters right before each figure or in its name, in its sentence so far, in the heading above it."""
    so_far: dict[int, str] = {}
    spoken: dict[str, str] = {}
    for figure in figures:
        if figure.claim.cell is None:
            so_far[figure.sentence] = (so_far.get(figure.sentence, "") + figure.before)[-_REACH_BACK:]
            spoken[figure.claim.id] = so_far[figure.sentence]
    goals = figures_of_goal_lists(figures)
    return [
        _Words(
            character_pairs(f"{figure.claim.indicator} {figure.before[-_WORDS:]}"),
            character_pairs(spoken[figure.claim.id]),
            character_pairs("".join(figure.claim.segment.section[-1:])),
            figure.claim.id in goals,
        )
        for figure in told
    ]


def _posted(words: Sequence[_Words]) -> dict[str, list[int]]:
    posted: dict[str, list[int]] = {}
    for place, each in enumerate(words):
        for pair in each.near | each.spoken | each.above:
            posted.setdefault(pair, []).append(place)
    return posted


def _worth(rows: Sequence[_Row], words: Sequence[_Words]) -> dict[str, float]:
    """What a pair of characters says: less the more rows and figures have it."""
    seen = Counter(pair for row in rows for pair in row.name)
    seen.update(pair for each in words for pair in each.near)
    return {pair: 1 / (1 + math.log(count)) for pair, count in seen.items()}


def _places(row: _Row, posted: dict[str, list[int]]) -> list[int]:
    return sorted({place for pair in row.name for place in posted.get(pair, ())[-_MOST:]})


def _lists(
    rows: Sequence[_Row], of_rows: Sequence[Sequence[tuple[Figure, _Words]]], worth: dict[str, float]
) -> frozenset[tuple[int, str]]:
    """(sentence, side) of those that tell several rows of a table as they are: they go through the table."""
    agreeing = Counter(
        key
        for row, own in zip(rows, of_rows, strict=True)
        for side, figure in row.sides.items()
        for key in {(other.sentence, side) for other, words in own if _tells(figure, other, row, words, worth)}
    )
    return frozenset(key for key, count in agreeing.items() if count >= _FEWEST_TOLD)


def _tells(figure: Figure, other: Figure, row: _Row, words: _Words, worth: dict[str, float]) -> bool:
    same = kind_of_each(other) == kind_of_each(figure) and band(figure).meets(band(other))
    return same and _likeness(row.name, words, worth) >= _LEAST_NAME


def _otherwise(
    figure: Figure,
    side: str,
    row: _Row,
    told: Sequence[tuple[Figure, _Words]],
    worth: dict[str, float],
    taken: set[tuple[str, Decimal]],
    lists: frozenset[tuple[int, str]],
) -> Figure | None:
    """The figure of the narrative that is meant to say the same, if none says it and one leads the others."""
    alike = [
        (other, max(_likeness(row.name, words, worth), _contained(row, other)), words.is_goal)
        for other, words in told
        if kind_of_each(other) == kind_of_each(figure)
    ]
    if any(like >= _LEAST_NAME / 2 and band(figure).meets(band(other)) for other, like, _ in alike):
        return None
    free = [
        (other, like + nearness)
        for other, like, is_goal in alike
        if (nearness := _nearness(figure, other, like) + (_IN_LIST if (other.sentence, side) in lists else 0.0))
        >= _LEAST_NEAR[side]
        and like >= _LEAST_NAME
        and _is_definite(other)
        and _may_mean(side, row, other, like, is_goal=is_goal)
        and _is_free(other, row, taken)
    ]
    ranked = sorted(free, key=lambda each: -each[1])
    if not ranked or ranked[0][1] < _SURE_AT or (len(ranked) > 1 and ranked[1][1] > ranked[0][1] - _LEAD):
        return None
    return ranked[0][0]


def _likeness(name: frozenset[str], words: _Words, worth: dict[str, float]) -> float:
    """How much of a row's name, rare words counting more, the words before a figure have: 0 to 1."""
    whole = math.fsum(worth[pair] for pair in name)
    return math.fsum(worth[pair] * _level(pair, words) for pair in name) / whole if whole else 0.0


def _contained(row: _Row, other: Figure) -> float:
    name = _EMPTY.sub("", other.claim.indicator)
    return _CONTAINED if len(name) >= _SHORTEST and name in row.bare else 0.0


def _level(pair: str, words: _Words) -> float:
    if pair in words.near:
        return _NAMED
    return _SPOKEN if pair in words.spoken else _HEADED if pair in words.above else 0.0


def _nearness(figure: Figure, other: Figure, like: float) -> float:
    """What the digits say: one of them differs, or two change places; values far apart speak against."""
    one, two = digits_of(figure.surface), digits_of(other.surface)
    one_apart = is_one_apart(one, two)
    if (one_apart and len(one) >= _TELLING) or are_swapped(one, two):
        return _DIGIT
    if not 1 / _REACH <= float(other.value / figure.value) <= _REACH:
        return -_FAR if not one_apart else _TWO_DIGITS if like >= _WHOLE else 0.0
    if one_apart:
        return _TWO_DIGITS
    return _CLOSE if abs(float(other.value / figure.value) - 1) <= _NEAR else 0.0


def _is_free(other: Figure, row: _Row, taken: set[tuple[str, Decimal]]) -> bool:
    """Whether no other row tells this value."""
    own = {each.value for each in row.sides.values()}
    return other.value in own or (kind_of_each(other), other.value) not in taken


def _may_mean(side: str, row: _Row, other: Figure, like: float, *, is_goal: bool) -> bool:
    """Whether a figure of the narrative is of the row's side, year and body, and nothing tells the two apart."""
    claim = other.claim
    if (claim.period or "").endswith("/prev") or "-" in (claim.period or "") or is_of_before(other):
        return False
    if tells_of_goal("long_plan", other.before):
        return False
    surely = claim.role_confidence >= _SURELY
    if side == "planned":
        fits = is_goal or (claim.role is Role.TARGET and surely)
    else:
        fits = not is_goal and claim.role is not Role.TARGET and not calls_target(other)
    retells = any(band(other).meets(band(each)) for each in row.sides.values())
    if not fits or (retells and not (side == "is" and surely and like >= _WHOLE)):
        return False
    return not are_told_apart(row.words, f"{claim.indicator} {other.before[-_WORDS:]}")
