"""Units as cells, headers and names of rows spell them: with a scale in front, or so much for each of another."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from extract.lexicons import Unit, UnitTable, default_units
from extract.offsets import folded
from extract.records import Dimension

_SCALES = {"百": 100, "千": 10**3, "万": 10**4, "亿": 10**8}
_PER = frozenset(("日", "时", "班", "周", "季", "季度", "学期", "学年"))  #: that count only behind a stroke
_WORD = re.compile(r"[一-鿿A-Za-z%‰²³·]{1,8}")


class WrittenUnit(NamedTuple):
    """A unit, and how many of it one of the written is: 万元 is 10,000 元."""

    unit: Unit
    factor: int


def written_unit(word: str, units: UnitTable | None = None) -> WrittenUnit | None:
    """The unit that ``word`` spells; None when it spells none.

    Of a rate one side may be a unit with words behind it or a scale in front that the table does not know; these
    stay as written.

    >>> [(w.unit.unit, w.factor) for each in ("万元", "万元/亩", "吨标准煤/万元") if (w := written_unit(each))]
    [('元', 10000), ('元/亩', 10000), ('吨标准煤/万元', 1)]
    """
    table = default_units() if units is None else units
    plain = _scaled(word, table)
    if plain is not None:
        return plain
    over, stroke, per = folded(word).partition("/")
    if not stroke or not over or not per:
        return None
    upper, lower = _scaled(over, table), _scaled(per, table)
    if upper is None and (lower is None or not _begins_with_unit(over, table)):
        return None
    if lower is None and per not in _PER and not _begins_with_unit(per, table):
        return None
    name = f"{upper.unit.unit if upper else over}/{lower.unit.unit if lower and lower.factor == 1 else per}"
    return WrittenUnit(Unit(word, name, Fraction(1), name, Dimension.RATE), upper.factor if upper else 1)


def _scaled(word: str, table: UnitTable) -> WrittenUnit | None:
    whole = table.named(word)
    if whole is not None:
        return WrittenUnit(whole, 1)
    behind = table.named(word[1:]) if word[:1] in _SCALES else None
    return None if behind is None else WrittenUnit(behind, _SCALES[word[0]])


def _begins_with_unit(word: str, table: UnitTable) -> bool:
    return _WORD.fullmatch(word) is not None and table.at(word, 0) is not None
