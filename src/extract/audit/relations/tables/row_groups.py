"""Which rows of a table may be the parts of which: by totals, subtotals, 其中, outline numbers, or place alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.audit.cues import tells_of_row
from extract.audit.reckoning import holds
from extract.audit.relations.tables.sheets import Sheet
from extract.audit.relations.tables.sums import FEWEST, is_summed, sum_in

_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]+、"),
    re.compile(r"^\([一二三四五六七八九十]+\)"),
    re.compile(r"^\d{1,2}[.、]"),
)
_MOST = 12
_MOST_UNSAID, _LONG = 6, 60
SAID = 2  #: weight of a group whose total row says that it is one
_FAR = 200  #: rows that a total may have
Group = tuple[int, tuple[int, ...]]  #: the row of a total and the rows of its parts


def groups_of(sheet: Sheet) -> dict[Group, int]:
    """Every way in which rows may be parts of another → 2 when its name says so, 1 for lesser words, 0 for none."""
    rows, groups = sheet.rows, dict[Group, int]()
    worded = any(tells_of_row("total", label) or tells_of_row("of_which", label) for label in sheet.labels.values())
    tried = 0 if worded or len(rows) > _LONG else _MOST_UNSAID

    def offer(total: int, parts: Sequence[int], weight: int) -> None:
        if len(parts) >= FEWEST or (parts and tells_of_row("subtotal", sheet.labels[total])):
            key = (total, tuple(parts))
            groups[key] = max(groups.get(key, 0), weight)

    for index, row in enumerate(rows):
        label = sheet.labels[row]
        above, below = rows[max(0, index - _FAR) : index], rows[index + 1 : index + 1 + _FAR]
        if tells_of_row("total", label):
            for way in _counted(sheet, row, above, below):
                offer(row, way, SAID)
        level = _level(label)
        if level is not None:
            deeper = _deeper(sheet, below, level)
            offer(row, deeper, 1)
            offer(row, _top_level(sheet, deeper), 1)
        if below and tells_of_row("of_which", sheet.labels[below[0]]):
            for count in range(FEWEST, min(len(below), _MOST) + 1):
                offer(row, below[:count], 1)
        for count in range(FEWEST, min(len(below), tried) + 1):
            offer(row, below[:count], 0)
        for count in range(FEWEST, min(len(above), tried) + 1):
            offer(row, above[-count:], 0)
    return groups


def _counted(sheet: Sheet, row: int, above: Sequence[int], below: Sequence[int]) -> Iterator[Sequence[int]]:
    """The rows that a total may count in: a subtotal those up to the next total, others also all there are."""
    since, until = _since_total(sheet, above), _until_total(sheet, below)
    ways = (since, until) if tells_of_row("subtotal", sheet.labels[row]) else (above, below, since, until)
    for way in ways:
        yield from (way, _outer(sheet, way), _collapsed(sheet, way))
        yield [part for part in way if tells_of_row("subtotal", sheet.labels[part])]
        yield _top_level(sheet, way)


def _level(label: str) -> int | None:
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(label)), None)


def _deeper(sheet: Sheet, below: Sequence[int], level: int) -> list[int]:
    """The rows under a numbered one, up to the next of its level."""
    out: list[int] = []
    for row in below:
        own = _level(sheet.labels[row])
        if (own is not None and own <= level) or tells_of_row("total", sheet.labels[row]):
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
        inside = inside or (tells_of_row("of_which", sheet.labels[row]) and bool(out))
        if not inside and not tells_of_row("subtotal", sheet.labels[row]):
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
    if not below or not tells_of_row("of_which", sheet.labels[below[0]]):
        return 0
    for count in range(len(below), 1, -1):
        sums = (sum_in(sheet, column, row, below[:count]) for column in sheet.columns if is_summed(sheet, column))
        if any(each is not None and holds(each) for each in sums):
            return count
    return 0


def _since_total(sheet: Sheet, above: Sequence[int]) -> list[int]:
    out: list[int] = []
    for row in reversed(above):
        if tells_of_row("total", sheet.labels[row]):
            break
        out.insert(0, row)
    return out


def _until_total(sheet: Sheet, below: Sequence[int]) -> list[int]:
    out: list[int] = []
    for row in below:
        if tells_of_row("total", sheet.labels[row]):
            break
        out.append(row)
    return out
