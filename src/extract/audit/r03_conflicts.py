"""R03: the same measure, scope, period and stage has one value wherever it is stated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from extract.audit.findings import Checked, finding
from extract.audit.precision import printed
from extract.audit.wording import written
from extract.claims.contrasts import are_told_apart
from extract.claims.names import overlap
from extract.lexicons import UnitTable, default_units
from extract.records import Approx, Claim, ColumnKind, Dimension, Document, FindingType, Holds, Role, Severity

RULE = "R03"
_ROLES = (Role.ACTUAL, Role.CONTEXT, Role.TARGET)
_LEAST_NAME = 4
_LIKE = 0.9
_ALIKE = 0.6
_LEAST_DIGITS = 3
_MOST_STATEMENTS = 400  #: of one kind that a further one is compared with


def check_conflicts(
    document: Document, claims: Sequence[Claim], *, units: UnitTable | None = None
) -> Iterator[Checked]:
    """Each statement of a measure against its first statement: a conflict, or a proof that they agree."""
    table = default_units() if units is None else units
    stated: dict[_Key, list[Claim]] = {}
    rows = _by_row(claims)
    told: set[frozenset[str]] = set()
    for claim in filter(_is_comparable, claims):
        before = stated.setdefault(_key(claim, table), [])
        first = next((other for other in before[:_MOST_STATEMENTS] if _same_measure(other, claim)), None)
        before.append(claim)
        if first is None:
            first = next((other for other in rows.get(claim.row_slot, ()) if _slips_from(claim, other, table)), None)
        if first is None or frozenset({first.id, claim.id}) in told:
            continue
        told.add(frozenset({first.id, claim.id}))
        if _agree(first, claim, table):
            yield Holds(rule=RULE, claims=(first, claim), workings=f"{measure_name(claim)}前后一致")
        else:
            yield _conflict(document, first, claim)


def _by_row(claims: Sequence[Claim]) -> dict[str | None, list[Claim]]:
    """Row of a table, as ``row_slot`` names it → its figures."""
    rows: dict[str | None, list[Claim]] = {}
    for claim in claims:
        if claim.cell is not None and _is_comparable(claim):
            rows.setdefault(f"table {claim.cell.table} row {claim.cell.row}", []).append(claim)
    return rows


def _slips_from(claim: Claim, in_row: Claim, units: UnitTable) -> bool:
    """Whether the narrative gives a figure of the row that it answers with its digits changed."""
    same = claim.role is in_row.role and claim.period == in_row.period and _base(claim, units) == _base(in_row, units)
    return same and _same_scope(claim, in_row) and is_slip(claim, in_row)


_Key = tuple[object, ...]


def _key(claim: Claim, units: UnitTable) -> _Key:
    """What two statements must share outright to be of one measure."""
    quantity = claim.quantity
    return (claim.role, claim.slot, quantity.dimension, claim.stage, claim.period, _base(claim, units))


def _is_comparable(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        quantity.number is not None
        and quantity.approx is Approx.EXACT
        and claim.role in _ROLES
        and quantity.dimension is not Dimension.SCORE
        and claim.indicator != ""
    )


def _same_measure(one: Claim, other: Claim) -> bool:
    return (
        one.segment.paragraph != other.segment.paragraph
        and _same_scope(one, other)
        and not _rows_of_one_table(one, other)
        and _same_name(one, other)
    )


def _same_scope(one: Claim, other: Claim) -> bool:
    return one.organisation == other.organisation or not (one.organisation and other.organisation)


def _same_name(one: Claim, other: Claim) -> bool:
    """Names that are all but equal; or alike, when the values differ by a slip of the pen alone."""
    names = measure_name(one), measure_name(other)
    if min(map(len, names)) < _LEAST_NAME:
        return False
    if overlap(*names) >= _LIKE:
        return True
    return overlap(*names) >= _ALIKE and is_slip(one, other) and not are_told_apart(*names)


def measure_name(claim: Claim) -> str:
    """What is measured; in a table of figures the column belongs to the name."""
    cell = claim.cell
    if cell is None or cell.kind in (ColumnKind.TARGET, ColumnKind.ACTUAL) or not cell.column_header:
        return claim.indicator
    return f"{claim.indicator} {cell.column_header}"


def is_slip(one: Claim, other: Claim) -> bool:
    """Whether two figures have the same digits in another order, or differ in a single digit."""
    a, b = (re.sub(r"\D", "", f"{claim.quantity.number}") for claim in (one, other))
    if a == b or len(a) != len(b) or len(a) < _LEAST_DIGITS:
        return False
    return sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _rows_of_one_table(one: Claim, other: Claim) -> bool:
    return one.cell is not None and other.cell is not None and one.cell.table == other.cell.table


def _base(claim: Claim, units: UnitTable) -> str:
    row = units.named(claim.quantity.unit)
    if claim.quantity.dimension is Dimension.COUNT or row is None:
        return claim.quantity.unit
    return row.base


def _agree(one: Claim, other: Claim, units: UnitTable) -> bool:
    a, b = (printed(claim.quantity, _factor(claim, units)) for claim in (one, other))
    return a is not None and b is not None and a.meets(b)


def _factor(claim: Claim, units: UnitTable) -> Fraction:
    row = units.named(claim.quantity.unit)
    return Fraction(1) if row is None or claim.quantity.dimension is Dimension.COUNT else row.factor


def _conflict(document: Document, first: Claim, claim: Claim) -> Checked:
    one, other = written(first, document.text), written(claim, document.text)
    return finding(
        document,
        FindingType.CONFLICT,
        RULE,
        (claim, first),
        severity=Severity.HIGH if claim.quantity.dimension is Dimension.MONEY else Severity.MEDIUM,
        confidence=0.6,
        stated=other,
        expected=one,
        workings=f"{one}≠{other}",
        message=f"“{measure_name(claim)}”前文为{one}，此处为{other}，前后不一致。请核对后更正，或说明两处口径的差别。",
    )
