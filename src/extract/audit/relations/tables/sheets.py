"""The figures of a document's tables, by row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.records import Figure
from extract.records import Cell

Place = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """The figures of a table by row and column; cells with more than one figure are left out."""

    figures: dict[Place, Figure] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    heads: dict[int, Cell] = field(default_factory=dict)
    _by_column: dict[int, dict[int, Figure]] = field(default_factory=dict)
    _kinds: dict[int, str] = field(default_factory=dict)

    def in_column(self, column: int) -> Mapping[int, Figure]:
        """Row → figure, of one column."""
        if not self._by_column:
            for (row, own), figure in self.figures.items():
                self._by_column.setdefault(own, {})[row] = figure
        return self._by_column.get(column, {})

    def kind_of(self, column: int) -> str:
        """The kind that all figures of a column have where they are exact amounts; empty where they are not."""
        if column not in self._kinds:
            found = self.in_column(column).values()
            kinds = {figure.kind if is_exact(figure) and not is_percent(figure) else "" for figure in found}
            self._kinds[column] = kinds.pop() if len(kinds) == 1 else ""
        return self._kinds[column]

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
        sheet.labels.setdefault(cell.row, cell.row_label)
        sheet.heads.setdefault(cell.column, cell)
    for table, place in crowded:
        del sheets[table].figures[place]
    return tuple(sheet for _, sheet in sorted(sheets.items()))
