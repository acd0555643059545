"""Statements of one measure in several places: in the narrative, in its summary, in the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from extract.audit.digits import are_swapped, digits_of, is_one_apart, places_apart
from extract.audit.reckoning import agree
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.goal_lists import figures_of_goal_lists
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import same_of
from extract.claims.contrasts import are_told_apart
from extract.claims.names import character_pairs
from extract.records import Claim, ColumnKind, Dimension, Role

_ROLES = {Role.ACTUAL: "is", Role.CONTEXT: "is", Role.TARGET: "planned", Role.SCORE: "marks"}
_MOST_LIKE = 16  #: figures that share a pair of characters which a further one is compared with
_FEWEST_PAIRS = 2
_TEN, _HUNDRED, _TEN_THOUSAND = Decimal(10), Decimal(100), Decimal(10_000)
_LIKE, _ALIKE, _HOLDS_IN, _EQUAL = 0.85, 0.55, 0.95, 0.99
_TELLING_DIGITS, _LONG_NAME = 3, 5
_NEAR = 10  #: two figures of one name that differ by more than a tenth measure different things


def measure_name(claim: Claim) -> str:
    """What is measured; in a table of figures the column belongs to the name."""
    cell = claim.cell
    if cell is None or cell.kind in (ColumnKind.TARGET, ColumnKind.ACTUAL) or not cell.column_header:
        return claim.indicator
    return f"{claim.indicator} {cell.column_header}"


def find_sames(figures: Sequence[Figure]) -> Iterator[Relation]:
    """Each statement with the earlier ones of the same measure: those that agree, and those that a slip parts."""
    by_pair: dict[tuple[str, str, str], list[int]] = {}
    rows: dict[str, list[int]] = {}
    goals = figures_of_goal_lists(figures)
    for place, figure in enumerate(figures):
        if not _is_comparable(figure):
            continue
        key = (figure.kind, "planned" if figure.claim.id in goals else _ROLES[figure.claim.role])
        pairs = character_pairs(measure_name(figure.claim))
        sharing: list[int] = []
        for pair in sorted(pairs):
            posted = by_pair.setdefault((*key, pair), [])
            sharing += posted[-_MOST_LIKE:]
            posted.append(place)
        shared = Counter(sharing)
        linked = rows.get(figure.claim.row_slot or "", [])
        yield from _compared(figures, place, shared, linked, are_planned=key[1] == "planned")
        cell = figure.claim.cell
        if cell is not None:
            rows.setdefault(f"table {cell.table} row {cell.row}", []).append(place)


def _is_comparable(figure: Figure) -> bool:
    return (
        is_exact(figure)
        and figure.claim.role in _ROLES
        and figure.claim.indicator != ""
        and figure.value != 0
        and not (figure.claim.role is Role.SCORE and said("deducted", figure.before))
    )


def _compared(
    figures: Sequence[Figure], place: int, shared: Counter[int], linked: list[int], *, are_planned: bool
) -> Iterator[Relation]:
    one = figures[place]
    agreed = False
    against: list[Relation] = []
    enough = shared.items() if linked else [item for item in shared.items() if item[1] >= _FEWEST_PAIRS]
    best = sorted(enough, key=lambda item: (-item[1], -item[0]))
    for other, count in islice(best, _MOST_LIKE):
        if count < _FEWEST_PAIRS and other not in linked:
            break
        relation = _same(one, figures[other], count, are_planned=are_planned)
        if relation is None:
            continue
        if agree(one, figures[other]):
            if not agreed:
                yield relation
            agreed = True
        else:
            against.append(relation)
    for other in linked:
        earlier = figures[other]
        if earlier.kind == one.kind and _ROLES[earlier.claim.role] == _ROLES[one.claim.role] and _apart(one, earlier):
            relation = _relation(one, earlier, 0.85)
            if agree(one, earlier):
                yield relation
                agreed = True
            elif slip_parts(relation):
                against.append(relation)
    if not agreed and against:
        yield max(against, key=lambda relation: relation.sure)


def _same(one: Figure, other: Figure, shared: int, *, are_planned: bool) -> Relation | None:
    """The relation of two statements, as sure as their names are like; None where they measure different things."""
    if not _may_be_told_again(one, other) or not _apart(one, other):
        return None
    names = measure_name(one.claim), measure_name(other.claim)
    mine, theirs = (character_pairs(name) for name in names)
    fewest = min(len(mine), len(theirs))
    if fewest < _FEWEST_PAIRS:
        return None
    like, inside = 2 * shared / (len(mine) + len(theirs)), shared / fewest
    if like < 1 and sorted(names[0]) == sorted(names[1]):  # 满意度回访, 回访满意度
        like = inside = 1.0
    if like < _ALIKE and not (inside >= _HOLDS_IN and fewest > _FEWEST_PAIRS):
        return None
    if _told_apart(one, other, names):
        return None
    relation = _relation(one, other, 0.85 if like >= _LIKE else 0.75 if like >= 0.7 else 0.65)
    if agree(one, other) or (slip_parts(relation) and (like >= _ALIKE or inside >= _HOLDS_IN)):
        return relation
    if like >= _EQUAL and are_planned and _are_unrevised(one, other):
        return _relation(one, other, 0.8)
    if like >= _LIKE and abs(one.value - other.value) * _NEAR <= max(one.value, other.value):
        return _relation(one, other, _sure_of_near(one, names[0], like))
    return None


def _are_unrevised(one: Figure, other: Figure) -> bool:
    """Whether one digit parts two targets, and no words tell of a change or of another time."""
    digits = digits_of(one.surface), digits_of(other.surface)
    told = (f"{' '.join(f.claim.segment.section[-1:])} {f.before}{f.after}" for f in (one, other))
    return is_one_apart(*digits) and not any(said("revised", words) for words in told)


def _sure_of_near(figure: Figure, name: str, like: float) -> float:
    """How sure it is that figures of one name that lie near each other are to be the same."""
    if like < _EQUAL:
        return 0.6
    if figure.is_whole and figure.value < _HUNDRED:
        return 0.8
    return 0.8 if is_percent(figure) and len(name) >= _LONG_NAME else 0.6


def _may_be_told_again(one: Figure, other: Figure) -> bool:
    """Whether the values are near, or a power of ten or a change of digits apart; most that are compared are not."""
    if abs(one.value - other.value) * _NEAR <= max(one.value, other.value):
        return True
    digits = digits_of(one.surface), digits_of(other.surface)
    apart = places_apart(*digits)
    if apart is not None and len(digits[0]) > 1:
        return len(apart) <= _SWAPPED
    return digits[0].strip("0") == digits[1].strip("0")


_SWAPPED = 2  #: digits that differ when two change places


def _relation(one: Figure, other: Figure, sure: float) -> Relation:
    return same_of(one, other, sure, measure_name(one.claim))


def slip_parts(relation: Relation) -> bool:
    """Whether a slip of the pen makes one of the two figures the other: of few digits only swapped ones tell."""
    one, other = (digits_of(figure.surface) for figure in relation.figures)
    values = [figure.value for figure in relation.figures]
    if len(one) == len(other) and values[0] * _TEN > values[1] and values[1] * _TEN > values[0]:
        return are_swapped(one, other) or (is_one_apart(one, other) and len(one) >= _TELLING_DIGITS)
    return max(values) == min(values) * _TEN_THOUSAND or max(values) in (min(values) * _TEN, min(values) * _HUNDRED)


def is_near_miss(relation: Relation) -> bool:
    """Whether the two figures have as many digits and differ in one of them."""
    one, other = (digits_of(figure.surface) for figure in relation.figures)
    return len(one) > 1 and is_one_apart(one, other)


def _apart(one: Figure, other: Figure) -> bool:
    """Whether the two stand in different places, and speak of the same time, body and stage."""
    a, b = one.claim, other.claim
    if a.segment.paragraph == b.segment.paragraph:
        return False
    if a.cell is not None and b.cell is not None and a.cell.table == b.cell.table:
        return False
    if a.stage is not None and b.stage is not None and a.stage is not b.stage:
        return False
    if a.period is not None and b.period is not None and _year_end(a.period) != _year_end(b.period):
        return False
    if a.quantity.dimension is Dimension.SCORE and _is_part_mark(a) != _is_part_mark(b):
        return False
    return a.organisation == b.organisation or not (a.organisation and b.organisation)


def _year_end(period: str) -> str:
    """The year where a period is its end: what is done by December is done in the year."""
    return period.removesuffix("-12")


def _is_part_mark(claim: Claim) -> bool:
    return claim.cell is not None and claim.cell.kind is ColumnKind.WEIGHT


def are_of_one_measure(one: Figure, other: Figure) -> bool:
    """Whether nothing tells two statements apart: their places, times, bodies, stages, and the words about them."""
    return _apart(one, other) and not _told_apart(one, other, (measure_name(one.claim), measure_name(other.claim)))


def _told_apart(one: Figure, other: Figure, names: tuple[str, str]) -> bool:
    if are_told_apart(*names):
        return True
    headings = " ".join(one.claim.segment.section[-2:]), " ".join(other.claim.segment.section[-2:])
    return are_told_apart(f"{one.before[-24:]} {headings[0]}", f"{other.before[-24:]} {headings[1]}")
