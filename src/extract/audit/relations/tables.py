"""Relations that a table's rows and columns state: totals and their parts, rates, differences of columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from extract.audit.reckoning import holds, may_add_up
from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.records import Cell, ColumnKind

_TOTAL = re.compile(
    r"合\s*计|总\s*计|总\s*分|小\s*计|总额|总数|^(?:部门|单位)?(?:收入|支出)(?:总计|合计)?$|本年(?:收入|支出)"
    r"|^累\s*计|^全[年省市州县区镇乡](?:合?计)?$"
)
_FUNDS = re.compile(r"资金总额")  #: its marks are a part of the total below
_SUBTOTAL = re.compile(r"小\s*计")
_LEFT = re.compile(r"结余|结转|余额|剩余|差额?|增减|变动|调整数")  #: headers of columns that are reckoned from others
_OF_WHICH = re.compile(r"^其\s*中")
_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]+、"),
    re.compile(r"^\([一二三四五六七八九十]+\)"),
    re.compile(r"^\d{1,2}[.、]"),
)
_NOT_SUMMED = (ColumnKind.RATE, ColumnKind.BASELINE, ColumnKind.SERIAL)
_MARKS = (ColumnKind.WEIGHT, ColumnKind.SCORE)
_FEWEST, _MOST = 2, 12
_MOST_UNSAID, _LONG = 6, 60
_SAID = 2  #: weight of a group whose total row says that it is one
_FAR = 200  #: rows that a total may have
_FEW_ROWS = 3
_SAMPLE = 8
_WIDE = 12
_PROVEN, _BEYOND_DOUBT, _NEAR = 0.85, 0.88, 5
_DOUBTED = 0.5  #: a sum that fails where a cell is empty or was not read

Place = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """The figures of a table by row and column; cells with more than one figure are left out."""

    figures: dict[Place, Figure] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    heads: dict[int, Cell] = field(default_factory=dict)

    @property
    def rows(self) -> list[int]:
        return sorted(self.labels)

    @property
    def columns(self) -> list[int]:
        return sorted(self.heads)


def sheets_of(figures: Sequence[Figure]) -> tuple[Sheet, ...]:
    """The tables of a document, in text order."""
    sheets: dict[int, Sheet] = {}
    crowded: set[tuple[int, Place]] = set()
    for figure in figures:
        cell = figure.claim.cell
        if cell is None or cell.is_header:
            continue
        sheet = sheets.setdefault(cell.table, Sheet())
        place = (cell.row, cell.column)
        if place in sheet.figures:
            crowded.add((cell.table, place))
        sheet.figures[place] = figure
        sheet.labels.setdefault(cell.row, cell.row_header.rsplit(" ", 1)[-1])
        sheet.heads.setdefault(cell.column, cell)
    for table, place in crowded:
        del sheets[table].figures[place]
    return tuple(sheet for _, sheet in sorted(sheets.items()))


def find_table_relations(sheets: Sequence[Sheet]) -> Iterator[tuple[Relation, ...]]:
    """Relations of all tables, each alone: whatever else it might be read as has been weighed."""
    marks: dict[ColumnKind, tuple[Figure, ...]] = {}
    for sheet in sheets:
        yield from _by_total(_column_sums(sheet, marks))
        for relation in _row_relations(sheet):
            yield (relation,)
        marks = _marks_below(sheet, marks)


def _by_total(relations: Iterable[Relation]) -> Iterator[tuple[Relation, ...]]:
    """The sums of each total, which is right when one of them holds."""
    ways: dict[str, list[Relation]] = {}
    for relation in relations:
        ways.setdefault(relation.result.claim.id, []).append(relation)
    for group in ways.values():
        yield tuple(sorted(group, key=lambda relation: -relation.sure))


# --- totals of columns


Group = tuple[int, tuple[int, ...]]  #: the row of a total and the rows of its parts


def _column_sums(sheet: Sheet, marks: dict[ColumnKind, tuple[Figure, ...]]) -> Iterator[Relation]:
    summed = [column for column in sheet.columns if _is_summed(sheet, column)]
    chosen: dict[int, tuple[tuple[int, int, int], list[Relation], list[bool]]] = {}
    for (total, parts), weight in _groups(sheet).items():
        sums = [each for column in summed if (each := _figures_in(sheet, column, total, parts)) is not None]
        likely = len(sums) if weight else sum(may_add_up(*each) for each in sums)
        if not sums or (not weight and (likely < _FEWEST or likely * 2 < len(sums))):
            continue
        relations = [_sum_of(*each, sheet.labels[total]) for each in sums]
        right = [holds(relation) for relation in relations]
        proofs = sum(ok and _is_telling(r) for ok, r in zip(right, relations, strict=True))
        if not weight and (proofs < _FEWEST or proofs * 2 < len(relations)):
            continue
        rank = (proofs, weight, -_misses(relations))
        if total not in chosen or rank > chosen[total][0]:
            chosen[total] = (rank, relations, right)
    for (proofs, weight, _), relations, right in chosen.values():
        lacks_row = weight == _SAID and not proofs and falls_short(_summable(relations))
        most = max(len(relation.members) for relation in relations)
        for relation, ok in zip(relations, right, strict=True):
            if _of_marks(relation) and (lacks_row or not (ok or _misses([relation]) <= _NEAR)):
                continue  # R11 says it
            short = lacks_row and _added(relation) < relation.result.value
            weighed = relation._replace(sure=_BEYOND_DOUBT) if short else _weighed(relation, ok, proofs, weight)
            has_gap = not ok and len(relation.members) < most
            yield weighed._replace(sure=min(weighed.sure, _DOUBTED)) if has_gap else weighed
    yield from _mark_totals(sheet, marks)


def falls_short(relations: Sequence[Relation]) -> bool:
    """Whether several columns all have more in their total than in its rows, as when a row is missing."""
    return len(relations) >= _FEWEST and all(0 < _added(relation) < relation.result.value for relation in relations)


def _summable(relations: Sequence[Relation]) -> list[Relation]:
    """Those of a total row's columns that may be sums: in one of averages the rows come to far more than the total."""
    return [relation for relation in relations if _added(relation) * 2 < relation.result.value * 3]


def _added(relation: Relation) -> Decimal:
    return sum((figure.value for figure in relation.figures[1:]), Decimal(0))


def _of_marks(relation: Relation) -> bool:
    cell = relation.result.claim.cell
    return cell is not None and cell.kind in _MARKS


def _is_summed(sheet: Sheet, column: int) -> bool:
    return sheet.heads[column].kind not in _NOT_SUMMED


def _is_telling(relation: Relation) -> bool:
    """Whether that it holds proves anything: two parts at least that are not nothing."""
    return sum(figure.value != 0 for figure in relation.figures[1:]) >= _FEWEST


def _misses(relations: Sequence[Relation]) -> int:
    """How far off the sums are, in parts of a hundred of the totals."""
    off = 0
    for relation in relations:
        total, added = relation.result.value, _added(relation)
        off += int(min(abs(added - total) / abs(total) * 100, Decimal(1000))) if total else 0
    return off


def _weighed(relation: Relation, ok: bool, proofs: int, weight: int) -> Relation:
    """The relation as sure as the table makes it."""
    off = _misses([relation])
    near = off <= _NEAR
    if ok or proofs:
        sure = _PROVEN if off <= 60 and weight else 0.55 if off <= 60 else 0.45
    elif weight == _SAID:
        sure = 0.8 if len(relation.members) > 5 or near else 0.5
    else:
        sure = 0.55 if near else 0.3
    return Relation(relation.kind, relation.members, sure, relation.fact, table=True)


def _figures_in(sheet: Sheet, column: int, total: int, parts: Sequence[int]) -> tuple[Figure, list[Figure]] | None:
    """A total of one column and its parts there; None where too few are written, or they are no exact amounts."""
    whole = sheet.figures.get((total, column))
    if whole is None or is_percent(whole) or not is_exact(whole):
        return None
    found = [figure for row in parts if (figure := sheet.figures.get((row, column))) is not None]
    if len(found) < min(_FEWEST, len(parts)) or len(found) * 2 < len(parts):
        return None
    kind = whole.kind
    return (whole, found) if all(figure.kind == kind and is_exact(figure) for figure in found) else None


def _sum_of(whole: Figure, parts: Sequence[Figure], label: str) -> Relation:
    members = (Member(whole, Part.TOTAL), *[Member(figure, Part.ITEM) for figure in parts])
    return Relation(RelationKind.SUM, members, 0.5, label or "合计", table=True)


def _sum_in(sheet: Sheet, column: int, total: int, parts: Sequence[int]) -> Relation | None:
    found = _figures_in(sheet, column, total, parts)
    return None if found is None else _sum_of(*found, sheet.labels[total])


def _groups(sheet: Sheet) -> dict[Group, int]:
    """Every way in which rows may be parts of another → 2 when its name says so, 1 for lesser words, 0 for none."""
    rows, groups = sheet.rows, dict[Group, int]()
    worded = any(_TOTAL.search(label) or _OF_WHICH.match(label) for label in sheet.labels.values())
    tried = 0 if worded or len(rows) > _LONG else _MOST_UNSAID

    def offer(total: int, parts: Sequence[int], weight: int) -> None:
        if len(parts) >= _FEWEST or (parts and _SUBTOTAL.search(sheet.labels[total])):
            key = (total, tuple(parts))
            groups[key] = max(groups.get(key, 0), weight)

    for index, row in enumerate(rows):
        label = sheet.labels[row]
        above, below = rows[max(0, index - _FAR) : index], rows[index + 1 : index + 1 + _FAR]
        if _TOTAL.search(label):
            for way in _counted(sheet, row, above, below):
                offer(row, way, _SAID)
        level = _level(label)
        if level is not None:
            deeper = _deeper(sheet, below, level)
            offer(row, deeper, 1)
            offer(row, _top_level(sheet, deeper), 1)
        if below and _OF_WHICH.match(sheet.labels[below[0]]):
            for count in range(_FEWEST, min(len(below), _MOST) + 1):
                offer(row, below[:count], 1)
        for count in range(_FEWEST, min(len(below), tried) + 1):
            offer(row, below[:count], 0)
        for count in range(_FEWEST, min(len(above), tried) + 1):
            offer(row, above[-count:], 0)
    return groups


def _counted(sheet: Sheet, row: int, above: Sequence[int], below: Sequence[int]) -> Iterator[Sequence[int]]:
    """The rows that a total may count in: a subtotal those up to the next total, others also all there are."""
    since, until = _since_total(sheet, above), _until_total(sheet, below)
    ways = (since, until) if _SUBTOTAL.search(sheet.labels[row]) else (above, below, since, until)
    for way in ways:
        yield from (way, _outer(sheet, way), _collapsed(sheet, way))
        yield [part for part in way if _SUBTOTAL.search(sheet.labels[part])]
        yield _top_level(sheet, way)


def _level(label: str) -> int | None:
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(label)), None)


def _deeper(sheet: Sheet, below: Sequence[int], level: int) -> list[int]:
    """The rows under a numbered one, up to the next of its level."""
    out: list[int] = []
    for row in below:
        own = _level(sheet.labels[row])
        if (own is not None and own <= level) or _TOTAL.search(sheet.labels[row]):
            break
        out.append(row)
    return out


def _top_level(sheet: Sheet, rows: Sequence[int]) -> list[int]:
    """Of numbered rows those of the highest level among them."""
    levels = [level for row in rows if (level := _level(sheet.labels[row])) is not None]
    return [row for row in rows if levels and _level(sheet.labels[row]) == min(levels)]


def _outer(sheet: Sheet, rows: Sequence[int]) -> list[int]:
    """Rows without subtotals, and without those that 其中 makes parts of the one above."""
    out: list[int] = []
    inside = False
    for row in rows:
        inside = inside or (_OF_WHICH.match(sheet.labels[row]) is not None and bool(out))
        if not inside and not _SUBTOTAL.search(sheet.labels[row]):
            out.append(row)
    return out


def _collapsed(sheet: Sheet, rows: Sequence[int]) -> list[int]:
    """Rows without the runs behind 其中 that add up to the row in front of them."""
    out, place = list[int](), 0
    while place < len(rows):
        row = rows[place]
        run = _run_of_parts(sheet, row, rows[place + 1 : place + 1 + _MOST])
        out.append(row)
        place += 1 + run
    return out


def _run_of_parts(sheet: Sheet, row: int, below: Sequence[int]) -> int:
    """How many of the rows behind 其中 add up to ``row`` in some column; 0 when none do."""
    if not below or not _OF_WHICH.match(sheet.labels[below[0]]):
        return 0
    for count in range(len(below), 1, -1):
        sums = (_sum_in(sheet, column, row, below[:count]) for column in sheet.columns if _is_summed(sheet, column))
        if any(each is not None and holds(each) for each in sums):
            return count
    return 0


def _since_total(sheet: Sheet, above: Sequence[int]) -> list[int]:
    out: list[int] = []
    for row in reversed(above):
        if _TOTAL.search(sheet.labels[row]):
            break
        out.insert(0, row)
    return out


def _until_total(sheet: Sheet, below: Sequence[int]) -> list[int]:
    out: list[int] = []
    for row in below:
        if _TOTAL.search(sheet.labels[row]):
            break
        out.append(row)
    return out


def _marks_in(sheet: Sheet, kind: ColumnKind) -> list[Figure]:
    """The marks of one kind, of rows that have a weight, from top to bottom."""
    columns = [column for column in sheet.columns if sheet.heads[column].kind is kind]
    weights = {row for (row, column) in sheet.figures if sheet.heads[column].kind is ColumnKind.WEIGHT}
    return [
        figure
        for (row, column), figure in sorted(sheet.figures.items())
        if column in columns and row in weights and not _is_grand(sheet, row)
    ]


def _is_grand(sheet: Sheet, row: int) -> bool:
    """Whether a row totals marks; one with money in it is of the funds, and its marks are a part of the total."""
    label = sheet.labels[row]
    if _TOTAL.search(label) is None or _FUNDS.search(label) is not None:
        return False
    return not any(figure.claim.quantity.unit == "元" for (r, _), figure in sheet.figures.items() if r == row)


def _marks_below(sheet: Sheet, earlier: dict[ColumnKind, tuple[Figure, ...]]) -> dict[ColumnKind, tuple[Figure, ...]]:
    """The marks that a total further down may count in: those since the last total."""
    marked = {row for (row, column) in sheet.figures if sheet.heads[column].kind in _MARKS}
    if any(_is_grand(sheet, row) for row in marked):
        return {}
    return {kind: (*earlier.get(kind, ()), *_marks_in(sheet, kind)) for kind in _MARKS}


def _mark_totals(sheet: Sheet, earlier: dict[ColumnKind, tuple[Figure, ...]]) -> Iterator[Relation]:
    """Totals of marks that count in those of tables above; of those that lack a row R11 speaks."""
    if not any(earlier.values()):
        return
    for row in dict.fromkeys(row for row, _ in sorted(sheet.figures)):
        relations = list(_marks_of_total(sheet, earlier, row)) if _is_grand(sheet, row) else []
        if not falls_short([relation for relation in relations if not holds(relation)]):
            yield from (each for each in relations if holds(each) or _misses([each]) <= _NEAR)


def _marks_of_total(sheet: Sheet, earlier: dict[ColumnKind, tuple[Figure, ...]], row: int) -> Iterator[Relation]:
    for column in sheet.columns:
        kind, total = sheet.heads[column].kind, sheet.figures.get((row, column))
        if total is None or kind not in _MARKS or not earlier.get(kind):
            continue
        own = [figure for figure in _marks_in(sheet, kind) if figure.claim.cell and figure.claim.cell.row < row]
        parts = [*earlier[kind], *own]
        if len(parts) > _FEWEST and total.kind == parts[0].kind:
            members = (Member(total, Part.TOTAL), *(Member(part, Part.ITEM) for part in parts))
            yield Relation(RelationKind.SUM, members, _BEYOND_DOUBT, "总分", table=True)


# --- what columns say of each other


Build = Callable[[int], Relation | None]


def _row_relations(sheet: Sheet) -> Iterator[Relation]:
    columns = sheet.columns[:_WIDE]
    percents = [c for c in columns if _share_of(sheet, c, is_percent)]
    others = [c for c in columns if c not in percents and sheet.heads[c].kind not in (ColumnKind.SERIAL, *_MARKS)]
    for column in percents:
        yield from _best_rate(sheet, column, others)
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
        members = (Member(rate, Part.RATE), Member(one, Part.NUMERATOR), Member(other, Part.BASE))
        return Relation(kind, members, 0.5, sheet.heads[column].column_header or "比率", table=True)

    return build


def _best_sum(sheet: Sheet, column: int, others: Sequence[int]) -> Iterator[Relation]:
    """A column as the sum of columns beside it, or as the difference of two others."""
    after = [c for c in others if c > column]
    before = [c for c in others if c < column]
    ways: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    ways += [(tuple(after[:n]), ()) for n in range(_FEWEST, min(len(after), 8) + 1)]
    ways += [(tuple(before[-n:]), ()) for n in range(_FEWEST, min(len(before), 8) + 1)]
    ways += [way for a, b in combinations(before, 2) for way in (((a,), (b,)), ((b,), (a,)))]
    ways += [((a, b), (c,)) for a, b, c in combinations(before[-4:], 3)]
    ways += [((a, c), (b,)) for a, b, c in combinations(after[:5], 3)]
    ways += [(pair, ()) for pair in combinations(after[:6], 2) if pair != tuple(after[:2])]
    builds = [_sum_builder(sheet, column, plus, minus) for plus, minus in dict.fromkeys(ways)]
    yield from _voted(sheet, column, builds, 0)


def _sum_builder(sheet: Sheet, column: int, plus: tuple[int, ...], minus: tuple[int, ...]) -> Build:
    def build(row: int) -> Relation | None:
        total = sheet.figures.get((row, column))
        if total is None or is_percent(total) or not is_exact(total):
            return None
        items = [sheet.figures.get((row, c)) for c in plus]
        taken_off = [sheet.figures.get((row, c)) for c in minus]
        found = [figure for figure in (*items, *taken_off) if figure is not None]
        if len(found) < _FEWEST or (minus and not any(items)):
            return None
        if any(f.kind != total.kind or is_percent(f) or not is_exact(f) for f in found):
            return None
        members = [Member(total, Part.TOTAL), *[Member(f, Part.ITEM) for f in items if f is not None]]
        members += [Member(f, Part.DEDUCTED) for f in taken_off if f is not None]
        return Relation(RelationKind.SUM, tuple(members), 0.5, sheet.heads[column].column_header or "合计", table=True)

    return build


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
        if right >= _FEWEST or by_name or len(rows) < _FEW_ROWS:
            rivals.append(build)
        if not tried or (right < _FEWEST and not by_name):
            continue
        if right * 5 < len(tried) * 3 and not (by_name and (right or len(tried) == 1)):
            continue
        if best is None or right > best[0]:
            best = (right, len(tried), build)
    if best is None:
        return
    sure = _PROVEN if best[0] >= _FEWEST else 0.75
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
        return sum(value != 0 for value in values[1:]) >= _FEWEST
    return True
