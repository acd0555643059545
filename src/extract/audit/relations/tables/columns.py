"""What the columns of a table say of each other: rates and growth of two, sums and differences of several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from extract.audit.reckoning import holds
from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.audit.relations.tables.sheets import Sheet
from extract.audit.relations.tables.sums import FEWEST, MARKS, PROVEN
from extract.records import ColumnKind

_LEFT = re.compile(r"结余|结转|余额|剩余|差额?|增减|变动|调整数")  #: headers of columns that are reckoned from others
_OF_MARKS = re.compile(r"得分")  #: in the header of a rate of marks
_DECREASES = frozenset({"减", "减少", "降", "下降", "少"})
_FEW_ROWS = 3
_SAMPLE = 8
_WIDE = 12
Build = Callable[[int], Relation | None]


def row_relations(sheet: Sheet) -> Iterator[Relation]:
    columns = sheet.columns[:_WIDE]
    percents = [c for c in columns if _share_of(sheet, c, is_percent)]
    others = [c for c in columns if c not in percents and sheet.heads[c].kind not in (ColumnKind.SERIAL, *MARKS)]
    marks = [c for c in columns if sheet.heads[c].kind in MARKS]
    for column in percents:
        of_marks = _OF_MARKS.search(sheet.heads[column].column_header) is not None
        yield from _best_rate(sheet, column, marks if of_marks else others)
    sums = (sum_ for column in others for sum_ in _best_sum(sheet, column, [c for c in others if c != column]))
    yield from _once_each(sums)


def _once_each(sums: Iterable[Relation]) -> Iterator[Relation]:
    """Of sums that turn one equation about the one whose result is reckoned: what is left, else the whole."""
    turned: dict[frozenset[str], list[Relation]] = {}
    for relation in sums:
        turned.setdefault(frozenset(figure.claim.id for figure in relation.figures), []).append(relation)
    for same in turned.values():
        left = (relation for relation in same if _LEFT.search(relation.fact))
        whole = (relation for relation in same if all(member.part is not Part.DEDUCTED for member in relation.members))
        yield next(left, None) or next(whole, None) or same[0]


def _share_of(sheet: Sheet, column: int, test: Callable[[Figure], bool]) -> bool:
    found = [figure for (_, c), figure in sheet.figures.items() if c == column]
    return sum(map(test, found)) * 2 > len(found)


def _best_rate(sheet: Sheet, column: int, others: Sequence[int]) -> Iterator[Relation]:
    """The rate column as quotient or growth of two others: the reading that most rows bear out."""
    kinds = {c: sheet.heads[c].kind for c in others}
    head = sheet.heads[column].column_header
    grows = re.search(r"增|减|降|变动|同比", head) is not None
    named = [(RelationKind.QUOTIENT, part, base) for part, base in _named_rate(kinds) if not grows]
    found = [(RelationKind.QUOTIENT, a, b) for a in others for b in others if a != b and not grows]
    found += [(RelationKind.GROWTH, a, b) for a in others for b in others if a != b and grows]
    builds = [_rate_builder(sheet, column, *way) for way in dict.fromkeys([*named, *found])]
    yield from _voted(sheet, column, builds, len(named))


def _named_rate(kinds: dict[int, ColumnKind | None]) -> Iterator[tuple[int, int]]:
    """(part, base) by what the columns are: spent over budget, done over planned."""
    ways = (
        (ColumnKind.SPENT, ColumnKind.ADJUSTED),
        (ColumnKind.SPENT, ColumnKind.OPENING),
        (ColumnKind.ACTUAL, ColumnKind.TARGET),
        (ColumnKind.SPENT, ColumnKind.RECEIVED),
    )
    for part_kind, base_kind in ways:
        parts = [c for c, kind in kinds.items() if kind is part_kind]
        bases = [c for c, kind in kinds.items() if kind is base_kind]
        if parts and bases:
            yield parts[-1], bases[-1]


def _rate_builder(sheet: Sheet, column: int, kind: RelationKind, part: int, base: int) -> Build:
    def build(row: int) -> Relation | None:
        rate, one, other = (sheet.figures.get((row, c)) for c in (column, part, base))
        if rate is None or one is None or other is None or one.kind != other.kind or not is_percent(rate):
            return None
        if is_percent(one) or other.value <= 0 or one.value <= 0 or not all(map(is_exact, (rate, one, other))):
            return None
        if rate.value == 100 and one.value > other.value and kind is RelationKind.QUOTIENT:
            return None  # a rate that is capped at 100 %
        if rate.value < 0 and kind is RelationKind.GROWTH:
            if one.value >= other.value:
                return None
            rate = rate._replace(value=-rate.value)
        members = (Member(rate, Part.RATE), Member(one, Part.NUMERATOR), Member(other, Part.BASE))
        return Relation(kind, members, 0.5, sheet.heads[column].column_header or "比率", table=True)

    return build


def _best_sum(sheet: Sheet, column: int, others: Sequence[int]) -> Iterator[Relation]:
    """A column as the sum of columns beside it, or as the difference of two others."""
    after = [c for c in others if c > column]
    before = [c for c in others if c < column]
    ways: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    ways += [(tuple(after[:n]), ()) for n in range(FEWEST, min(len(after), 8) + 1)]
    ways += [(tuple(before[-n:]), ()) for n in range(FEWEST, min(len(before), 8) + 1)]
    ways += [way for a, b in combinations(before, 2) for way in (((a,), (b,)), ((b,), (a,)))]
    ways += [((a, b), (c,)) for a, b, c in combinations(before[-4:], 3)]
    ways += [((a, c), (b,)) for a, b, c in combinations(after[:5], 3)]
    ways += [(pair, ()) for pair in combinations(after[:6], 2) if pair != tuple(after[:2])]
    builds = [_sum_builder(sheet, column, plus, minus) for plus, minus in dict.fromkeys(ways)]
    yield from _voted(sheet, column, builds, 0)


def _sum_builder(sheet: Sheet, column: int, plus: tuple[int, ...], minus: tuple[int, ...]) -> Build:
    totals = sheet.in_column(column)
    items, taken_off = [sheet.in_column(c) for c in plus], [sheet.in_column(c) for c in minus]
    kind = sheet.kind_of(column)
    are_plain = kind != "" and all(sheet.kind_of(c) == kind for c in (*plus, *minus))

    def build(row: int) -> Relation | None:
        total = totals.get(row)
        if total is None or not (are_plain or (is_exact(total) and not is_percent(total))):
            return None
        given = [own[row] for own in items if row in own]
        taken = [own[row] for own in taken_off if row in own]
        found = [*given, *taken]
        if len(found) < FEWEST or (minus and not given):
            return None
        if not are_plain and any(f.kind != total.kind or is_percent(f) or not is_exact(f) for f in found):
            return None
        added = [f for f in given if not _falls(f)] + [f for f in taken if _falls(f)]
        off = [f for f in taken if not _falls(f)] + [f for f in given if _falls(f)]
        if minus and _falls(total):
            added, off = off, added
        members = [Member(total, Part.TOTAL), *[Member(f, Part.ITEM) for f in added]]
        members += [Member(f, Part.DEDUCTED) for f in off]
        return Relation(RelationKind.SUM, tuple(members), 0.5, sheet.heads[column].column_header or "合计", table=True)

    return build


def _falls(figure: Figure) -> bool:
    """Whether its cell makes a figure a decrease: 减3, or (232,500) as accountants print what is below zero."""
    return figure.before in _DECREASES or (figure.before == "(" and figure.after.startswith(")"))


def _voted(sheet: Sheet, column: int, builds: Sequence[Build], named: int) -> Iterator[Relation]:
    """The relations of the reading that most rows bear out: three of five, or by name when no row speaks against it."""
    rows = [row for row in sheet.rows if (row, column) in sheet.figures]
    sample = rows[:_SAMPLE]
    best: tuple[int, int, Build] | None = None
    rivals: list[Build] = []  #: other readings that bear out rows enough to excuse one
    for place, build in enumerate(builds):
        tried = [relation for row in sample if (relation := build(row)) is not None]
        right = sum(holds(relation) and _is_told(relation) for relation in tried)
        by_name = place < named
        if right >= FEWEST or by_name or len(rows) < _FEW_ROWS:
            rivals.append(build)
        if not tried or (right < FEWEST and not by_name):
            continue
        if right * 5 < len(tried) * 3 and not (by_name and (right or len(tried) == 1)):
            continue
        if best is None or right > best[0]:
            best = (right, len(tried), build)
    if best is None:
        return
    sure = PROVEN if best[0] >= FEWEST else 0.75
    for row in rows:
        relation = best[2](row)
        if relation is None:
            continue
        if holds(relation) or not any((other := build(row)) and holds(other) for build in rivals):
            yield Relation(relation.kind, relation.members, sure, relation.fact, table=True)


def _is_told(relation: Relation) -> bool:
    """Whether that it holds tells anything: not 0 = 0 + 0, not 100 % of itself."""
    values = [figure.value for figure in relation.figures]
    if relation.kind is RelationKind.SUM:
        return sum(value != 0 for value in values[1:]) >= FEWEST
    return True
