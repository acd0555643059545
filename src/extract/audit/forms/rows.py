"""Rows of a self-evaluation form: what each cell says, and the claims that stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extract.offsets import CharSpan
from extract.records import Cell, Claim

_NOTHING = re.compile(r"[-—–－/／\\无、.。]*")  #: what people write where there is nothing to say


@dataclass(frozen=True, slots=True)
class FormCell:
    """A written cell: its words without white space, and its claims in text order."""

    cell: Cell
    text: str
    claims: tuple[Claim, ...] = ()

    @property
    def span(self) -> CharSpan:
        return self.cell.span or CharSpan(0, 1)

    @property
    def says_something(self) -> bool:
        return _NOTHING.fullmatch(self.text) is None

    @property
    def figure(self) -> Claim | None:
        """Its only claim; None where there are several, or one that cannot be read."""
        return self.claims[0] if len(self.claims) == 1 and self.claims[0].quantity.number is not None else None

    @property
    def number(self) -> Decimal | None:
        return None if self.figure is None else self.figure.quantity.number


def figure_in(cell: FormCell | None) -> Claim | None:
    """The only figure of a cell; None where there is no cell, or none or several in it."""
    return None if cell is None else cell.figure


@dataclass(frozen=True, slots=True)
class Level:
    """A first or second level of the indicator tree, and the points that it prints for all that stands below it."""

    cell: FormCell
    weight: Claim | None = None

    @property
    def name(self) -> str:
        return self.cell.text


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One third-level indicator with its target, what was done, and its marks."""

    table: int
    row: int
    name: str
    levels: tuple[Level, ...] = ()  #: outermost first; without the row's own name
    operator: str = ""
    target: FormCell | None = None
    actual: FormCell | None = None
    weight: FormCell | None = None
    score: FormCell | None = None
    reason: FormCell | None = None
    has_actual_column: bool = True
    has_reason_column: bool = False

    @property
    def explained(self) -> bool:
        return self.reason is not None and self.reason.says_something

    @property
    def has_full_marks(self) -> bool:
        weight, score = (None if cell is None else cell.number for cell in (self.weight, self.score))
        return bool(weight) and weight == score

    @property
    def span(self) -> CharSpan:
        cells = [cell for cell in (self.target, self.actual, self.weight, self.score) if cell is not None]
        return cells[0].span

    @property
    def tree(self) -> str:
        """Its levels and its name, for looking up what kind of indicator it is."""
        return " ".join([*(level.name for level in self.levels), self.name])


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRow:
    """One source of money: planned, adjusted (A), spent (B), and the marks for B/A."""

    table: int
    row: int
    name: str
    opening: FormCell | None = None
    adjusted: FormCell | None = None
    spent: FormCell | None = None
    rate: FormCell | None = None
    weight: FormCell | None = None
    score: FormCell | None = None
    reason: FormCell | None = None

    @property
    def has_marks(self) -> bool:
        return self.weight is not None and self.weight.number is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRow:
    table: int
    row: int
    weight: FormCell | None = None
    score: FormCell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What belongs to one total: the fund rows, the indicator rows, and the total if it is printed."""

    funds: tuple[FundRow, ...] = ()
    rows: tuple[IndicatorRow, ...] = ()
    total: TotalRow | None = None

    @property
    def scored_funds(self) -> tuple[FundRow, ...]:
        return tuple(row for row in self.funds if row.has_marks)

    @property
    def levels(self) -> tuple[Level, ...]:
        """Every level that prints points, in text order."""
        found = {level.cell.span: level for row in self.rows for level in row.levels if level.weight is not None}
        return tuple(found[span] for span in sorted(found))

    def below(self, level: Level) -> tuple[IndicatorRow, ...]:
        return tuple(row for row in self.rows if any(each.cell.span == level.cell.span for each in row.levels))
