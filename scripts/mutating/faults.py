"""One fault in a report, and what it breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.annotation.related import PrintedNumber, RelatedReport, ToldRelation
from mutating.formulas import Printed, can_hold, printed

NOTHING = Printed("0", exact=True)


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters ``[start, end)`` of a report replaced by others."""

    start: int
    end: int
    wrong: str

    @property
    def shift(self) -> int:
        return len(self.wrong) - (self.end - self.start)

    def applied(self, text: str) -> str:
        return text[: self.start] + self.wrong + text[self.end :]

    def removes(self, figure: PrintedNumber) -> bool:
        return self.start <= figure.start and figure.end <= self.end

    def moved(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where characters of the report stand in the text with the fault."""
        return self._after(span[0]), self._after(span[1])

    def moved_back(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where characters of the text with the fault stood in the report; those of the fault, at its place."""
        return self._before(span[0], self.start), self._before(span[1], self.end)

    def _after(self, offset: int) -> int:
        return offset + self.shift if offset >= self.end else offset

    def _before(self, offset: int, inside: int) -> int:
        if offset <= self.start:
            return offset
        return offset - self.shift if offset >= self.start + len(self.wrong) else inside


@dataclass(frozen=True, slots=True)
class Fault:
    report: str
    kind: str
    edit: Edit
    right: str  #: what stood there
    broken: tuple[ToldRelation, ...]  #: relations that no rounding or truncation can save
    provable: bool  #: from the text alone
    figure: str = ""  #: the digits that would be right, where a figure is wrong
    doubt: str = ""  #: why it is not provable, where something lacks


def place(
    report: RelatedReport, kind: str, edit: Edit, *, figure: str = "", now: Printed | None = None, evident: bool = False
) -> Fault:
    """The fault that ``edit`` makes; the figure there is read as ``now``, or is gone. ``evident``: seen in itself."""
    touched = [relation for relation in report.relations if any(map(edit.removes, relation.figures))]
    broken = tuple(relation for relation in touched if evident or _breaks(relation, edit, now))
    return Fault(
        report.name, kind, edit, report.text[edit.start : edit.end], broken, bool(broken) or evident, figure=figure
    )


def rescaled(figure: PrintedNumber, scale: Decimal) -> Printed:
    return replace(printed(figure), scale=scale)


def _breaks(relation: ToldRelation, edit: Edit, now: Printed | None) -> bool:
    gone = [edit.removes(figure) for figure in relation.figures]
    if now is None:
        return _breaks_without(relation, gone)
    if not now.readable:
        return True
    figures = [
        _now_as(figure, now) if away else printed(figure) for figure, away in zip(relation.figures, gone, strict=True)
    ]
    return not can_hold(relation.formula, figures)


def _now_as(figure: PrintedNumber, now: Printed) -> Printed:
    return replace(now, exact=figure.exact)


def _breaks_without(relation: ToldRelation, gone: Sequence[bool]) -> bool:
    """Whether a sum lacks a part; where the sum itself, or the other side of a comparison is gone, nothing is said."""
    left, _, right = relation.formula.partition("=")
    is_sum = re.fullmatch(r"[a-z](?:\+[a-z])+", left) is not None and len(right) == 1
    if not is_sum or gone[-1] or sum(gone) > 1:
        return False
    figures = [NOTHING if away else printed(figure) for figure, away in zip(relation.figures, gone, strict=True)]
    return not can_hold(relation.formula, figures)
