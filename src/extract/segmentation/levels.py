"""The levels of an indicator tree: of a column by its header, of a name by what usually stands there."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extract.errors import LexiconError
from extract.lexicons import compiled, data_text, table_rows
from extract.offsets import folded

_HEADER = re.compile(r"(?P<level>[一二三四])级(?:指标)?(?:名称|内容)?")
_POINTS = re.compile(r"\([^()]{0,8}\)$|[:：]?\d{1,3}分?$")
_TOTAL = re.compile(r"(?:总分|总计|合计|总得分|自评总分|得分合计)(?:\([^()]{0,8}\))?")


def header_level(header: str) -> int | None:
    """Which level the names under a header have.

    >>> header_level("二级指标")
    2
    """
    match = _HEADER.fullmatch("".join(header.split()))
    return "一二三四".index(match["level"]) + 1 if match else None


@lru_cache(maxsize=2048)
def name_levels(name: str) -> frozenset[int]:
    """The levels at which a name usually stands; none when it may stand anywhere.

    >>> sorted(name_levels("成本指标（20分）"))
    [1, 2]
    """
    bare = _POINTS.sub("", folded("".join(name.split()))).removesuffix("指标")
    return frozenset(level for pattern, level in _level_names() if pattern.fullmatch(bare))


@lru_cache(maxsize=2048)
def is_total(name: str) -> bool:
    """Whether a name stands over all levels: 总分, 合计."""
    return _TOTAL.fullmatch(folded("".join(name.split()))) is not None


@cache
def _level_names() -> tuple[tuple[re.Pattern[str], int], ...]:
    return parse_levels(data_text("levels.tsv"))


def parse_levels(text: str, name: str = "levels.tsv") -> tuple[tuple[re.Pattern[str], int], ...]:
    """(pattern, level) of each row."""
    rows = []
    for where, cells in table_rows(name, text, ("pattern", "level", "seen")):
        if cells["level"] not in ("1", "2"):
            raise LexiconError(f"{where}: level {cells['level']!r} is neither 1 nor 2")
        rows.append((compiled(cells["pattern"], where), int(cells["level"])))
    return tuple(rows)
