"""R01: a stated total equals its parts, within what rounding of the printed digits allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from extract.audit.findings import Checked, finding
from extract.audit.precision import Interval, as_stated, printed
from extract.audit.wording import amount, bare, written
from extract.lexicons import UnitTable, default_units
from extract.records import Approx, Claim, ColumnKind, Dimension, Document, FindingType, Holds, Role, Severity

RULE = "R01"
_OPENS_PARTS = re.compile(
    r"^[^，。；\d]{0,14}[，,;；:：(（\s]*(?:其中|分别|包括|含)[^，。；]{0,14}$|^\s*[(（][^，。；]{0,14}$"
)
_TOTAL_BEHIND = re.compile(r"(?:合计|共计|总计|总额)[^，。；、\d]{0,6}$")
_TOTAL_ROW = re.compile(r"^(?:合计|总计|总分|小计|年度资金总额|资金总额|支出合计|本年合计|合计数)")
_FUNDS = frozenset({"年度资金总额", "资金总额"})  #: a row of the fund table, whose marks are a part of the total
_SUBTOTAL = re.compile(r"^小计")
_FEWEST_PARTS = 2
_FEWEST_UNPROVEN = 4  #: parts of a total that nothing else proves to be theirs
_OF_WHICH = re.compile(r"^(?:其中)")
_PARTIAL = re.compile(r"等$|等\s*[^，。；]{0,6}$")
_BALANCE = re.compile(r"结转|结余")
_TEN_THOUSAND = 10_000
_NEAR = Fraction(5, 100)  #: a sum off by no more than this is a slip; further off, the list is taken to be partial
_MARKS = (ColumnKind.WEIGHT, ColumnKind.SCORE)
_SUMMED = (
    ColumnKind.OPENING,
    ColumnKind.ADJUSTED,
    ColumnKind.RECEIVED,
    ColumnKind.SPENT,
    ColumnKind.CARRIED_IN,
    ColumnKind.CARRIED_OUT,
    ColumnKind.WEIGHT,
    ColumnKind.SCORE,
)


def check_totals(document: Document, claims: Sequence[Claim], *, units: UnitTable | None = None) -> Iterator[Checked]:
    """Totals in sentences and in the columns of tables."""
    table = default_units() if units is None else units
    for group in _sentences(claims):
        yield from _check_sentence(document, group, table)
    yield from _check_tables(document, _tables(claims))


def _sentences(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    groups: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.segment.span.start, claim.segment.span.end), []).append(claim)
    yield from (group for group in groups.values() if len(group) > 2)


@dataclass(frozen=True, slots=True)
class _Sum:
    total: Claim
    parts: tuple[Claim, ...]


def _check_sentence(document: Document, group: list[Claim], units: UnitTable) -> Iterator[Checked]:
    for index, claim in enumerate(group):
        parts = _parts_behind(document, group, index, units)
        if len(parts) < 2:
            parts = _parts_before(document, group, index, units)
        if len(parts) >= 2:
            yield from _compared(document, _Sum(claim, tuple(parts)), units, FindingType.ARITHMETIC)


def _parts_behind(document: Document, group: list[Claim], index: int, units: UnitTable) -> list[Claim]:
    """The listed figures behind a total: 100万元，其中：A 60万元，B 30万元，C 10万元."""
    if index + 2 >= len(group) or not _can_be_summed(group[index]):
        return []
    between = document.text[group[index].span.end : group[index + 1].span.start]
    if not _OPENS_PARTS.match(between):
        return []
    closing = _closing(document.text, group[index].span.end, between)
    nested = (
        _in_brackets(document.text, group[index].span.end, group[index + 1 :]) if closing == len(document.text) else ()
    )
    parts: list[Claim] = []
    for claim in (claim for claim in group[index + 1 :] if claim not in nested):
        if claim.span.start >= closing or not _can_be_summed(claim):
            break
        gap = document.text[parts[-1].span.end : claim.span.start] if parts else ""
        if (
            re.search(r"其中|；|;", gap)
            or not _alike(group[index], claim, units)
            or claim.role is not group[index].role
        ):
            break
        parts.append(claim)
    return parts


def _in_brackets(text: str, start: int, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The figures that stand in brackets behind one of the listed parts: they are parts of that part."""
    inside = []
    for claim in claims:
        before = text[start : claim.span.start]
        if len(re.findall(r"[(（]", before)) > len(re.findall(r"[)）]", before)):
            inside.append(claim)
    return tuple(inside)


def _is_balance(total: Claim, part: Claim) -> bool:
    """What is carried over is no part of what was spent."""
    return _BALANCE.search(part.indicator) is not None and "支出" in total.indicator


def _closing(text: str, start: int, between: str) -> int:
    """Where a list in brackets ends; far away if the parts stand in no brackets."""
    opened = re.search(r"[(（]", between)
    if opened is None:
        return len(text)
    match = re.search(r"[)）]", text[start + opened.end() :])
    return start + opened.end() + match.start() if match else len(text)


def _parts_before(document: Document, group: list[Claim], index: int, units: UnitTable) -> list[Claim]:
    """The listed figures in front of 合计 X."""
    if index < 2:
        return []
    words = document.text[group[index - 1].span.end : group[index].span.start]
    if not _TOTAL_BEHIND.search(words):
        return []
    parts: list[Claim] = []
    for claim in reversed(group[:index]):
        if not _can_be_summed(claim) or not _alike(group[index], claim, units) or claim.role is not group[index].role:
            break
        parts.insert(0, claim)
    return parts


def _can_be_summed(claim: Claim) -> bool:
    quantity = claim.quantity
    return quantity.number is not None and quantity.approx is Approx.EXACT and quantity.dimension is not Dimension.RATIO


def _alike(total: Claim, part: Claim, units: UnitTable) -> bool:
    if total.quantity.unit == part.quantity.unit:
        return True
    one, other = units.named(total.quantity.unit), units.named(part.quantity.unit)
    counts = Dimension.COUNT in (total.quantity.dimension, part.quantity.dimension)
    return one is not None and other is not None and one.base == other.base and not counts


def _compared(document: Document, sums: _Sum, units: UnitTable, type_: FindingType) -> Iterator[Checked]:
    """The sum that follows beside the stated total: a proof, a finding, or nothing when the list seems partial."""
    total = _total_of(sums)
    follows, exactly = _added(sums, units)
    if total is None or follows is None:
        return
    added = "+".join(bare(part) for part in sums.parts)
    workings = f"{added}={amount(exactly, sums.total)}"
    if follows.meets(total):
        yield Holds(rule=RULE, claims=(sums.total, *sums.parts), workings=workings)
        return
    stated = Fraction(sums.total.quantity.number or 0)
    if follows.times(Fraction(1, _TEN_THOUSAND)).meets(total):
        workings = f"{added}={amount(exactly, sums.parts[0])}"
        yield _refuted(document, sums, exactly, workings, FindingType.UNIT)
        return
    over = exactly > stated
    if (over and sums.total.role is not Role.CONTEXT) or abs(exactly - stated) <= _NEAR * abs(stated):
        yield _refuted(document, sums, exactly, workings, type_)


def _added(sums: _Sum, units: UnitTable) -> tuple[Interval | None, Fraction]:
    """The sum of the parts in the unit of the total, as an interval and exactly."""
    whole = units.named(sums.total.quantity.unit)
    result, exactly = Interval(Fraction(0), Fraction(0)), Fraction(0)
    for part in sums.parts:
        row = units.named(part.quantity.unit)
        same = part.quantity.unit == sums.total.quantity.unit or whole is None or row is None
        scale = Fraction(1) if same or whole is None or row is None else row.factor / whole.factor
        interval = _part_of(sums, part, scale)
        if interval is None:
            return None, Fraction(0)
        result, exactly = result + interval, exactly + Fraction(part.quantity.number or 0) * scale
    return result, exactly


def _total_of(sums: _Sum) -> Interval | None:
    """The values that a total stands for; marks that are whole throughout are what they say."""
    return as_stated(sums.total.quantity) if _whole_marks(sums) else printed(sums.total.quantity)


def _part_of(sums: _Sum, part: Claim, scale: Fraction) -> Interval | None:
    """The values that a part stands for; one with fewer decimals than the total is taken at its word."""
    finer = sums.total.quantity.precision < part.quantity.precision
    return (as_stated if finer or _whole_marks(sums) else printed)(part.quantity, scale)


def _whole_marks(sums: _Sum) -> bool:
    every = (sums.total, *sums.parts)
    return all(c.quantity.dimension is Dimension.SCORE and c.quantity.precision >= 1 for c in every)


def _refuted(document: Document, sums: _Sum, exactly: Fraction, workings: str, type_: FindingType) -> Checked:
    is_unit = type_ is FindingType.UNIT
    stated, expected = written(sums.total, document.text), amount(exactly, sums.parts[0] if is_unit else sums.total)
    name = sums.total.indicator or "合计"
    reason = f"疑为{expected}，单位有误" if is_unit else "与合计不符"
    return finding(
        document,
        type_,
        RULE,
        (sums.total,) if is_unit else (sums.total, *sums.parts),
        severity=Severity.HIGH
        if sums.total.quantity.dimension in (Dimension.MONEY, Dimension.SCORE)
        else Severity.MEDIUM,
        confidence=0.8,
        stated=stated,
        expected=expected,
        workings=workings,
        slip=f"{stated} for {expected}" if is_unit else None,
        message=f"“{name}”原文为{stated}；各分项相加，{workings}，{reason}。请核对并更正。",
    )


_Columns = dict[tuple[ColumnKind, int], list[Claim]]
_Earlier = dict[ColumnKind, tuple[Claim, ...]]  #: marks of tables above that a total below may count in


def _tables(claims: Sequence[Claim]) -> dict[int, _Columns]:
    """Table → its summed columns → their figures from top to bottom."""
    tables: dict[int, _Columns] = {}
    for claim in claims:
        cell = claim.cell
        if cell is not None and cell.kind in _SUMMED and claim.quantity.number is not None:
            tables.setdefault(cell.table, {}).setdefault((cell.kind, cell.column), []).append(claim)
    return tables


def _check_tables(document: Document, tables: dict[int, _Columns]) -> Iterator[Checked]:
    earlier: _Earlier = {}
    for _, columns in sorted(tables.items()):
        yield from _check_table(document, columns, earlier)
        earlier = _marks_below(columns, earlier)


def _marks_below(columns: _Columns, earlier: _Earlier) -> _Earlier:
    """The marks that a total further down may count in: those since the last total."""
    marks = {kind: figures for (kind, _), figures in columns.items() if kind in _MARKS}
    if any(_TOTAL_ROW.match(_name(claim)) and _name(claim) not in _FUNDS for each in marks.values() for claim in each):
        return {}
    weighed = {_row(claim) for claim in marks.get(ColumnKind.WEIGHT, ())}
    of_rows = {kind: [c for c in _outer_rows(each) if _row(c) in weighed] for kind, each in marks.items()}
    return earlier | {kind: (*earlier.get(kind, ()), *each) for kind, each in of_rows.items()}


def _check_table(document: Document, columns: _Columns, earlier: _Earlier) -> Iterator[Checked]:
    """Each total row against the rows that most columns show to be its parts."""
    sums = [
        each
        for (kind, _), figures in sorted(columns.items(), key=lambda c: c[0][1])
        for each in _column_sums(figures, earlier.get(kind, ()))
    ]
    groups: dict[tuple[int, tuple[_Row, ...]], list[_Sum]] = {}
    for each in sums:
        rows = tuple(_row(part) for part in each.parts)
        groups.setdefault((_row(each.total)[1], rows), []).append(each)
    chosen: dict[int, list[_Sum]] = {}
    for (row, _), group in groups.items():
        if row not in chosen or _fits(group) > _fits(chosen[row]):
            chosen[row] = group
    for group in chosen.values():
        proven = _fits(group)[0] > 0
        for each in group:
            for checked in _compared(document, each, default_units(), FindingType.TOTAL):
                if isinstance(checked, Holds) or proven or len(each.parts) > _FEWEST_UNPROVEN:
                    yield checked


_Row = tuple[int, int]  #: table and row


def _row(claim: Claim) -> _Row:
    return (claim.cell.table, claim.cell.row) if claim.cell else (-1, -1)


def _fits(group: list[_Sum]) -> tuple[int, Fraction]:
    """How many of the sums hold, and how near the others come."""
    units = default_units()
    holds = sum(isinstance(c, Holds) for each in group for c in _compared_quietly(each, units))
    return holds, -sum((_distance(each, units) for each in group), Fraction(0)) / len(group)


def _distance(each: _Sum, units: UnitTable) -> Fraction:
    stated = Fraction(each.total.quantity.number or 0)
    return abs(_added(each, units)[1] - stated) / stated if stated else Fraction(1)


def _compared_quietly(each: _Sum, units: UnitTable) -> Iterator[Holds]:
    total, (follows, _) = _total_of(each), _added(each, units)
    if total is not None and follows is not None and follows.meets(total):
        yield Holds(rule=RULE, claims=(each.total,), workings="")


def _column_sums(figures: list[Claim], earlier: tuple[Claim, ...]) -> Iterator[_Sum]:
    """Every way in which the rows around a total or behind 其中 may be its parts, each once."""
    for index, claim in enumerate(figures):
        name = _name(claim)
        above, below = figures[:index], figures[index + 1 :]
        ways: list[Sequence[Claim]] = []
        if _TOTAL_ROW.match(name):
            ways += [above, _outer_rows(above), below, _outer_rows(below)]
            ways += [(*earlier, *each) for each in (above, _outer_rows(above)) if earlier and name not in _FUNDS]
        if below and _OF_WHICH.match(_name(below[0])):
            ways += [below[:count] for count in range(2, len(below) + 1)]
        yield from (_Sum(claim, way) for way in dict.fromkeys(tuple(way) for way in ways) if len(way) >= _FEWEST_PARTS)


def _name(claim: Claim) -> str:
    return claim.cell.row_header.rsplit(" ", 1)[-1] if claim.cell else ""


def _outer_rows(figures: Sequence[Claim]) -> list[Claim]:
    """Rows without subtotals, and without those that 其中 makes parts of the one above."""
    out: list[Claim] = []
    inside = False
    for claim in figures:
        inside = inside or (_OF_WHICH.match(_name(claim)) is not None and bool(out))
        if not inside and not _SUBTOTAL.match(_name(claim)):
            out.append(claim)
    return out
