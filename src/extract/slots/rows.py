"""The document's own indicator rows, and the claims of the narrative that answer them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.claims.contrasts import are_told_apart
from extract.claims.indicators import is_generic
from extract.claims.names import character_pairs, likeness, overlap
from extract.lexicons import UnitTable, default_units
from extract.records import Cell, Claim, ColumnKind, Dimension, Role

_ANSWERING = (Role.TARGET, Role.ACTUAL)
_KINDS = (ColumnKind.TARGET, ColumnKind.ACTUAL)
_GENERAL_UNITS = frozenset({"", "个", "项", "次"})
_FEWEST_PAIRS = 2  #: a name of fewer pairs of characters is too short to tell rows apart
_LIKE, _WHOLLY_LIKE = 0.65, 0.99
_LEAST_OVERLAP = 0.55
_SAME_VALUE, _SAME_SLOT = 0.3, 0.1
_MOST = 16  #: rows that are compared with a claim
_COMMON = 200  #: rows that share a pair of characters and are looked at
_MARGIN = 0.1  #: by how much a row must fit better than every other


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of a table that sets targets beside actuals."""

    table: int
    row: int
    name: str
    claims: tuple[Claim, ...]  #: its targets and actuals

    @property
    def id(self) -> str:
        return f"table {self.table} row {self.row}"


def with_row_slots(claims: Sequence[Claim], *, units: UnitTable | None = None) -> tuple[Claim, ...]:
    """``claims`` where each target or actual of the narrative names the one indicator row that it answers, if any."""
    table = default_units() if units is None else units
    rows = indicator_rows(claims)
    if not rows:
        return tuple(claims)
    own = {claim.id for row in rows for claim in row.claims}
    names = _RowNames(rows)
    out = []
    for claim in claims:
        row = None if claim.id in own or not _may_answer(claim) else _row_of(claim, names.like(claim), table)
        out.append(claim if row is None else replace(claim, row_slot=row))
    return tuple(out)


class _RowNames:
    """Rows by the pairs of characters in their names."""

    def __init__(self, rows: Sequence[IndicatorRow]) -> None:
        self._rows = rows
        self._with: dict[str, list[int]] = {}
        for index, row in enumerate(rows):
            for pair in character_pairs(row.name):
                self._with.setdefault(pair, []).append(index)

    def like(self, claim: Claim) -> tuple[IndicatorRow, ...]:
        """The rows that share most of a claim's name, at most ``_MOST``, in text order."""
        pairs = character_pairs(claim.indicator)
        shared = Counter(index for pair in pairs for index in self._with.get(pair, ())[:_COMMON])
        nearest = sorted(shared, key=lambda index: (-shared[index], index))[:_MOST]
        return tuple(self._rows[index] for index in sorted(nearest))


def indicator_rows(claims: Sequence[Claim]) -> tuple[IndicatorRow, ...]:
    """The rows of all tables that have columns of targets and of actuals."""
    cells: dict[int, set[ColumnKind | None]] = {}
    rows: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        cell = claim.cell
        if cell is not None and cell.kind in _KINDS and cell.row_header:
            cells.setdefault(cell.table, set()).add(cell.kind)
            rows.setdefault((cell.table, cell.row), []).append(claim)
    return tuple(
        IndicatorRow(table, row, _name(found[0].cell), tuple(found))
        for (table, row), found in rows.items()
        if cells[table] >= set(_KINDS)
    )


def _name(cell: Cell | None) -> str:
    return cell.row_label if cell is not None else ""


def _may_answer(claim: Claim) -> bool:
    """Whether a claim is told in words of its own, with a name that says something."""
    told = claim.cell is None or claim.cell.kind is None or not claim.cell.row_header
    named = not is_generic(claim.indicator) and len(character_pairs(claim.indicator)) >= _FEWEST_PAIRS
    return told and named and claim.role in _ANSWERING


def _row_of(claim: Claim, rows: Sequence[IndicatorRow], units: UnitTable) -> str | None:
    """The row that fits by far best; None when none does or several do alike."""
    scored = sorted(((score, row) for row in rows for score in _fits(claim, row, units)), key=lambda s: -s[0])
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < _MARGIN):
        return None
    return scored[0][1].id


def _fits(claim: Claim, row: IndicatorRow, units: UnitTable) -> Iterator[float]:
    """How well the row's name fits, if it measures the same; the same value or slot speaks for it."""
    alike = [each for each in row.claims if _same_measure(claim, each, units)]
    if not alike or len(character_pairs(row.name)) < _FEWEST_PAIRS or are_told_apart(claim.indicator, row.name):
        return
    shared = overlap(claim.indicator, row.name)
    same_value = any(claim.quantity.value == each.quantity.value for each in alike)
    wholly = likeness(claim.indicator, row.name) >= _WHOLLY_LIKE and (same_value or shared >= _LEAST_OVERLAP)
    if shared < _LIKE and not wholly:
        return
    slot = any(claim.slot_base == each.slot_base != "other" for each in alike)
    yield shared + _SAME_VALUE * same_value + _SAME_SLOT * slot


def _same_measure(claim: Claim, other: Claim, units: UnitTable) -> bool:
    one, two = claim.quantity, other.quantity
    if one.dimension is not two.dimension:
        return False
    if one.unit == two.unit:
        return True
    if one.dimension is Dimension.COUNT:
        return bool(_GENERAL_UNITS & {one.unit, two.unit})
    row, twin = units.named(one.unit), units.named(two.unit)
    return row is not None and twin is not None and row.base == twin.base
