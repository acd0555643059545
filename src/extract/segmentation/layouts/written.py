"""What every layout gives, and what several ask of a cell's text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.lexicons import column_kind
from extract.offsets import Pieces, folded
from extract.records import ColumnKind

Row = tuple[Pieces | None, ...]
LONG = 16  #: characters from which a cell is told in words rather than named
#: a figure with its unit; 2、南山分局 and 1.南山分局 are numbered names
NUMBER_CELL = re.compile(r"[≥≤><=]{0,2}\s*-?\d+(?:[\d,.]*\d)?\s*(?:万|亿)?\s*[%‰]?(?:[^\d\s、.．][^\d\s]{0,5})?")
PLACEHOLDER = re.compile(r"[-—–/／\\无*]{1,3}")
_OF_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?[一-鿿]{1,6}")
_BRACKETED = re.compile(r"[(（][^()（）]{0,12}[)）]")
_UNTELLING = frozenset({ColumnKind.NAME, ColumnKind.REASON, ColumnKind.UNIT, ColumnKind.SERIAL, ColumnKind.CONTEXT})


@dataclass(frozen=True, slots=True)
class Written:
    """A table as written: its rows, and the last line that they stand on."""

    rows: tuple[Row, ...]
    last: int


@lru_cache(maxsize=4096)
def header_kind(text: str) -> ColumnKind | None:
    """What a column under this header says; spaces and a unit in brackets do not count."""
    bare = "".join(folded(text).split())
    return column_kind(bare) or column_kind(_BRACKETED.sub("", bare))


def is_figure(text: str) -> bool:
    """Whether a cell says a number and no more; 2020年基数 names a column."""
    words = folded(text)
    return NUMBER_CELL.fullmatch(words) is not None and _OF_YEAR.fullmatch(words) is None


def is_header(texts: list[str]) -> bool:
    """Two cells or more that name columns, one of them telling, and none that is a number or a sentence."""
    written = [t for t in texts if t]
    if any(is_figure(t) or len(t) > 2 * LONG for t in written):
        return False
    known = [kind for t in written if (kind := header_kind(t)) is not None]
    telling = [kind for kind in known if kind not in _UNTELLING]
    return len(known) >= 2 and bool(telling) and 2 * len(known) >= len(written)
