"""What is left of a budget, and changes of figures that stand in a table: narrative figures reckoned from afar."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product

from extract.audit.cues import tells_of_row
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import difference_of, growth_of, share_of
from extract.records import Cell, ColumnKind

_MONEY = "元"
_WORDS = 24
_BASES, _PARTS = 3, 3
_MOST_WAYS = 6
_LABEL = 2  #: characters that a row's label has at least
_MOST_NEAR = 60  #: sums on either side to look at
_ALL_OF = re.compile(r"预算|支出|总|全部|资金|经费|决算")
_BASE_KINDS = (ColumnKind.ADJUSTED, ColumnKind.OPENING, ColumnKind.RECEIVED)
_ROW_NAME = re.compile(r"^[\d一二三四五六七八九十]+[、.]|[其中:\s]+|[(（].*")

Row = list[Figure]


class Ledger:
    """A document's sums of money that others are reckoned from, by what they are."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._place = {figure.claim.id: place for place, figure in enumerate(figures)}
        money = [f for f in figures if f.kind == _MONEY and is_exact(f) and f.value > 0]
        self.bases = [f for f in money if _is_base(f)]
        self.parts = [f for f in money if _is_part(f)]
        self.rows = _rows(figures)
        self._by_head: dict[str, list[tuple[int, str]]] = {}
        for order, label in enumerate(self.rows):
            self._by_head.setdefault(label[:_LABEL], []).append((order, label))

    def labels_in(self, words: str) -> list[str]:
        """The rows that words name, in the order of the tables."""
        heads = {words[place : place + _LABEL] for place in range(len(words) - _LABEL + 1)}
        own = (each for head in heads for each in self._by_head.get(head, ()) if each[1] in words)
        return [label for _, label in sorted(own)]

    def nearest(self, candidates: Sequence[Figure], figure: Figure, most: int) -> list[Figure]:
        """Different values only, those in front first; ``candidates`` in text order."""
        here = self._place[figure.claim.id]
        middle = bisect_left(candidates, here, key=lambda f: self._place[f.claim.id])
        near = candidates[max(0, middle - _MOST_NEAR) : middle + _MOST_NEAR]
        ranked = sorted(near, key=lambda f: _distance(self._place[f.claim.id], here))
        values: dict[object, Figure] = {}
        for each in ranked:
            if each.claim.id != figure.claim.id:
                values.setdefault(each.value, each)
            if len(values) >= most:
                break
        return list(values.values())


def _distance(place: int, here: int) -> int:
    return here - place if place <= here else 3 * (place - here)


def _is_base(figure: Figure) -> bool:
    cell = figure.claim.cell
    if cell is not None:
        return cell.kind in _BASE_KINDS and tells_of_row("whole_budget", cell.row_label)
    return said("balance_base", figure.before[-14:]) and not said("saved", figure.before)


def _is_part(figure: Figure) -> bool:
    cell = figure.claim.cell
    if cell is not None:
        return cell.kind is ColumnKind.SPENT and tells_of_row("whole_budget", cell.row_label)
    return said("balance_part", figure.before[-12:]) and not said("saved", figure.before)


def _rows(figures: Sequence[Figure]) -> dict[str, list[Row]]:
    """Label of a table's row → the figures of each row so called."""
    rows: dict[tuple[int, int], Row] = {}
    for figure in figures:
        cell = figure.claim.cell
        if cell is not None and not cell.is_header and is_exact(figure) and not is_percent(figure):
            rows.setdefault((cell.table, cell.row), []).append(figure)
    named: dict[str, list[Row]] = {}
    for row in rows.values():
        cell = row[0].claim.cell
        label = "" if cell is None else _name(cell)
        if len(row) >= _LABEL and len(label) >= _LABEL:
            named.setdefault("合计" if tells_of_row("whole_budget", label) else label, []).append(row)
    return named


def _name(cell: Cell) -> str:
    return _ROW_NAME.sub("", cell.row_label)


def find_balances(figure: Figure, ledger: Ledger) -> tuple[Relation, ...]:
    """The ways to reckon a rest of money: a budget less what was spent of it, wherever the two stand."""
    if figure.kind != _MONEY or not is_exact(figure) or not _is_rest(figure):
        return ()
    bases = ledger.nearest(ledger.bases, figure, _BASES)
    parts = ledger.nearest(ledger.parts, figure, _PARTS)
    pairs = (pair for pair in product(bases, parts) if pair[0].value > pair[1].value > 0)
    ways = [
        difference_of(figure, base, part, 0.6 - 0.08 * place, "结余数")
        for place, (base, part) in enumerate(islice(pairs, _MOST_WAYS))
    ]
    return tuple(ways)


def _is_rest(figure: Figure) -> bool:
    if figure.claim.cell is not None:
        return False
    return said("saved", figure.before) or said("unspent", figure.before) or said("unspent_behind", figure.after)


def find_row_changes(figure: Figure, before: Figure | None, ledger: Ledger) -> tuple[Relation, ...]:
    """The ways in which a change told in the narrative follows from a table's row that its words name."""
    if figure.claim.cell is not None or not is_exact(figure) or figure.value <= 0:
        return ()
    if not any(said(cue, figure.before) for cue in ("up", "down", "changed", "saved", "unspent", "rate")) and not (
        said("unspent_behind", figure.after) or said("share_money", figure.before)
    ):
        return ()
    words = figure.before[-_WORDS:]
    if is_percent(figure) and before is not None:
        words = before.before[-_WORDS:] + words
    ways: list[Relation] = []
    for row, sure in _rows_named(words, ledger):
        ways += _of_row(figure, before, row, sure)
    return tuple(sorted(ways, key=lambda way: -way.sure))


def _rows_named(words: str, ledger: Ledger) -> Iterator[tuple[Row, float]]:
    named = ledger.labels_in(words)
    for label in named:
        for row in ledger.rows[label][:2]:
            yield row, 0.72
    if not named and _ALL_OF.search(words):
        for row in ledger.rows.get("合计", ())[:2]:
            yield row, 0.6


def _of_row(figure: Figure, before: Figure | None, row: Row, sure: float) -> Iterator[Relation]:
    if is_percent(figure):
        yield from _rates_of_row(figure, before, row, sure)
        return
    like = [f for f in row if f.kind == figure.kind and f.value > 0]
    for one, other in combinations(like[:5], 2):
        if one.value != other.value:
            yield difference_of(figure, one, other, sure if _fits(figure, one, other) else sure - 0.3, "增减数")


def _fits(figure: Figure, one: Figure, other: Figure) -> bool:
    """Whether the words tell of the step between just these columns."""
    kinds = {f.claim.cell.kind for f in (one, other) if f.claim.cell is not None}
    rest = said("saved", figure.before) or said("unspent", figure.before) or said("share_money", figure.before)
    if rest:
        return ColumnKind.SPENT in kinds and (ColumnKind.ADJUSTED in kinds or ColumnKind.OPENING in kinds)
    return kinds == {ColumnKind.OPENING, ColumnKind.ADJUSTED} or len(kinds) == 1


def _rates_of_row(rate: Figure, before: Figure | None, row: Row, sure: float) -> Iterator[Relation]:
    if not (said("up", rate.before) or said("down", rate.before) or said("rate_of_change", rate.before)):
        return
    cell = row[0].claim.cell
    named = cell is not None and _name(cell) in rate.before
    for one, other in combinations(row[:5], 2):
        if one.kind == other.kind and one.value > 0 and other.value > 0 and one.value != other.value:
            yield growth_of(rate, other, one, sure if named and _are_years(one, other) else sure - 0.2)
    if before is None or is_percent(before) or not is_exact(before):
        return
    for base in row[:5]:
        if base.kind == before.kind and base.value > before.value > 0:
            yield share_of(rate, before, base, sure - 0.1, "增减比例")


def _are_years(one: Figure, other: Figure) -> bool:
    """Whether their columns are of two years, the earlier one first."""
    years = (one.claim.period or "", other.claim.period or "")
    return all(years) and years[0] < years[1]
