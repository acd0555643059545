"""A table's targets and actuals, and the narrative that tells them again under a like name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.audit.cues import tells_of_goal, tells_of_row
from extract.audit.digits import are_swapped, digits_of, is_one_apart
from extract.audit.reckoning import told as band
from extract.audit.relations.cues import said
from extract.audit.relations.figures import kind_of_each
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.sames import is_near_miss, slip_parts
from extract.audit.relations.shapes import same_of
from extract.claims.contrasts import are_told_apart
from extract.claims.names import character_pairs
from extract.records import Approx, ColumnKind, Dimension, Role

_SIDES = {ColumnKind.TARGET: "planned", ColumnKind.ACTUAL: "is"}
_EMPTY = re.compile(r"(?:完成|实际|数量|情况|指标|程度|工作|任务|项目|[(（][^)）]*[)）]|[\s\d.、:：])+")
_EARLIER = re.compile(
    r"上年|去年|上一年|同期|往年|年初(?![^，。；]{0,4}(?:目标|计划|任务|指标|定|设|要求|承诺|下达))|截至"
)
_WORDS = 20
_LIKE, _MOST = 0.3, 24
_HALF, _ENOUGH = 0.5, 0.75
_RESULTS = re.compile(r"(?:目标|任务|计划|指标)[^，。；\d]{0,4}(?:完成|实现|执行|落实)(?:情况|结果|程度|进度)")
_NEAR = 12
_LEAST_TOTAL, _TELLING = 60, 3
_RARE, _REACH, _FEWEST_SIGNS = 2, 6, 3
_DEFINITE = (Approx.EXACT, Approx.AT_LEAST, Approx.AT_MOST)


def is_of_before(figure: Figure) -> bool:
    """Whether the words before a figure speak of the year before: 上年满意度."""
    return _EARLIER.search(figure.before[-_WORDS:]) is not None


def calls_target(figure: Figure) -> bool:
    """Whether the words right before a figure call it a target; 目标完成情况 calls it none."""
    return said("target", _RESULTS.sub("", figure.before)[-_NEAR:])


class _Row:
    """A row's target and actual."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.pairs = character_pairs(name)
        self.sides: dict[str, Figure] = {}


def find_told_rows(figures: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    """For each target and actual of a row the place of the narrative that tells it, where there is one."""
    rows = _rows(figures)
    if not rows:
        return
    posted, by_value = _posted(figures, frozenset().union(*(row.pairs for row in rows))), _by_value(figures)
    for row in rows:
        told = {side: _told(figure, row, side, figures, posted) for side, figure in row.sides.items()}
        for side in row.sides:
            known = {other.claim.id for other, _ in told[side]}
            beside = _beside_answer(row, side, figures, by_value)
            told[side] += [(other, 0.0) for other in beside if other.claim.id not in known]
        anchors = {
            side: {other.sentence for other, _ in told[side] if band(figure).meets(band(other))}
            for side, figure in row.sides.items()
        }
        for side, figure in row.sides.items():
            rest = [figure for other, figure in row.sides.items() if other != side]
            near = set[int]().union(*(found for other, found in anchors.items() if other != side))
            yield from _ways(figure, told[side], near, rest)


def _by_value(figures: Sequence[Figure]) -> dict[tuple[str, Decimal], list[int]]:
    found: dict[tuple[str, Decimal], list[int]] = {}
    for place, figure in enumerate(figures):
        if figure.claim.cell is None:
            found.setdefault((kind_of_each(figure), figure.value), []).append(place)
    return found


def _beside_answer(
    row: _Row, side: str, figures: Sequence[Figure], by_value: dict[tuple[str, Decimal], list[int]]
) -> Iterator[Figure]:
    """Of a sentence with the other figure of the row (任务为420张) those beside it that may tell this one."""
    for other_side, other in row.sides.items():
        places = by_value.get((kind_of_each(other), other.value), ())
        if other_side == side or len(places) > _RARE or len(other.surface) < _FEWEST_SIGNS:
            continue
        for place in places:
            found = figures[place]
            for beside in figures[max(0, place - _REACH) : place + _REACH + 1]:
                if beside is found or beside.sentence != found.sentence or kind_of_each(beside) != kind_of_each(other):
                    continue
                if other_side in _sides(found) and side in _sides(beside):
                    yield beside


def _rows(figures: Sequence[Figure]) -> list[_Row]:
    rows: dict[tuple[int, int], _Row] = {}
    for figure in figures:
        cell = figure.claim.cell
        if cell is None or cell.is_header or not _is_definite(figure) or not cell.row_header:
            continue
        row = rows.setdefault((cell.table, cell.row), _Row(_EMPTY.sub("", cell.row_label)))
        if cell.kind in _SIDES:
            row.sides.setdefault(_SIDES[cell.kind], figure)
        elif cell.kind is None and figure.claim.quantity.dimension is not Dimension.SCORE:
            row.sides.setdefault("is" if row.sides or not _is_bound(figure) else "planned", figure)
    return [row for row in rows.values() if row.pairs]


def _is_bound(figure: Figure) -> bool:
    return figure.claim.quantity.approx is not Approx.EXACT


def _posted(figures: Sequence[Figure], sought: frozenset[str]) -> dict[tuple[str, str], list[int]]:
    """(kind, pair of characters that is sought) → the places of narrative figures with it in their words."""
    posted: dict[tuple[str, str], list[int]] = {}
    for place, figure in enumerate(figures):
        if figure.claim.cell is not None or figure.claim.quantity.dimension is Dimension.SCORE:
            continue
        if figure.claim.role in (Role.BASELINE, Role.CHANGE) and figure.kind != "%":
            continue
        kind = kind_of_each(figure)
        for pair in character_pairs(_words(figure)) & sought:
            posted.setdefault((kind, pair), []).append(place)
    return posted


def _words(figure: Figure) -> str:
    headings = "".join(figure.claim.segment.section[-1:])
    return f"{headings} {figure.claim.indicator} {figure.before[-_WORDS:]}"


def _told(
    figure: Figure, row: _Row, side: str, figures: Sequence[Figure], posted: dict[tuple[str, str], list[int]]
) -> list[tuple[Figure, float]]:
    """The figures of the narrative with some of the row's name in their words, and how much of it."""
    kind = kind_of_each(figure)
    shared = Counter(place for pair in sorted(row.pairs) for place in posted.get((kind, pair), ())[-_MOST:])
    out = []
    for place, count in sorted(shared.items()):
        other = figures[place]
        own = character_pairs(f"{other.claim.indicator} {other.before[-_WORDS:]}")
        likeness = max(len(own & row.pairs) / len(row.pairs), count / len(row.pairs) / 2)
        if tells_of_goal("long_plan", other.before) or is_of_before(other):
            continue
        if likeness >= _LIKE and side in _sides(other) and not are_told_apart(row.name, _words(other)):
            out.append((other, likeness))
    return sorted(out, key=lambda item: -item[1])


def _is_definite(figure: Figure) -> bool:
    """Whether it is a figure or a bound, and no 约."""
    return figure.claim.quantity.approx in _DEFINITE


def _sides(figure: Figure) -> tuple[str, ...]:
    """Whether the words give it as planned or done; both where only the sentence says that it is a target."""
    if calls_target(figure) or figure.after.startswith(("的目标", "的任务", "的要求", "目标", "任务")):
        return ("planned",)
    if figure.claim.role is not Role.TARGET:
        return ("is",)
    return ("planned", "is")


def _ways(
    figure: Figure, told: Sequence[tuple[Figure, float]], near: set[int], rest: Sequence[Figure]
) -> Iterator[tuple[Relation, ...]]:
    """The place that agrees; else the one of the likeliest name, where a slip or the sentence tells that it is meant.

    ``near`` are sentences that tell the other side of the row, ``rest`` the figure of that side.
    """
    agreeing = next((other for other, _ in told if band(figure).meets(band(other))), None)
    if agreeing is not None:
        yield (_same(figure, agreeing, 0.85),)
        return
    free = [(o, like) for o, like in told if not any(band(o).meets(band(each)) for each in rest)]
    best = max((likeness for _, likeness in free), default=0.0)
    for other, likeness in free:
        relation = _same(figure, other, 0.85)
        beside = other.sentence in near
        alone = sum(each.sentence == other.sentence for each, _ in free) == 1
        slipped = slip_parts(relation) and (likeness >= _HALF or beside)
        if likeness == best and (slipped or (beside and alone and (likeness >= _ENOUGH or is_near_miss(relation)))):
            yield (relation,)
            return


def find_told_scores(figures: Sequence[Figure]) -> Iterator[Relation]:
    """The total of marks of a table, and the narrative that tells it: 自评总分99.32分."""
    marks = [f for f in figures if f.claim.quantity.dimension is Dimension.SCORE]
    totals = [f for f in marks if f.claim.cell is not None and f.value > _LEAST_TOTAL and _is_total(f)]
    for figure in marks:
        if figure.claim.cell is None and totals and _tells_total(figure, totals):
            nearest = min(totals, key=lambda total: abs(total.value - figure.value))
            yield _same(nearest, figure, 0.82)


def _tells_total(figure: Figure, totals: Sequence[Figure]) -> bool:
    """Whether words call marks the total; where they are too few for one, or only 自评 is said, their digits tell."""
    is_slip = any(_is_misprint(figure, total) for total in totals)
    if said("told_score", figure.before):
        return figure.value > _LEAST_TOTAL or is_slip
    return is_slip and figure.value > _LEAST_TOTAL and said("own_score", figure.before)


def _is_misprint(figure: Figure, total: Figure) -> bool:
    one, other = digits_of(figure.surface), digits_of(total.surface)
    return len(one) >= _TELLING and (one == other or is_one_apart(one, other) or are_swapped(one, other))


def _is_total(figure: Figure) -> bool:
    cell = figure.claim.cell
    return cell is not None and cell.kind is ColumnKind.SCORE and tells_of_row("total", cell.row_label)


def _same(figure: Figure, other: Figure, sure: float) -> Relation:
    name = figure.claim.cell.row_label if figure.claim.cell is not None else ""
    return same_of(figure, other, sure, name or figure.claim.indicator)
