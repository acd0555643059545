"""The sector of a bureau, by its name."""

from __future__ import annotations

import re
from functools import cache

from extract.lexicons import compiled, data_text, table_rows
from extract.records import Document


def sector_of(document: Document) -> str:
    """The sector whose words the title or the organisation's name holds; empty when none does."""
    name = f"{document.organisation or ''} {document.title or ''}"
    return next((sector for sector, pattern in default_sectors() if pattern.search(name)), "")


@cache
def default_sectors() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return parse_sectors(data_text("sectors.tsv"))


def parse_sectors(text: str, name: str = "sectors.tsv") -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Sectors with the pattern of their names, in the order in which they are asked.

    Raises:
        LexiconError: if a row or a pattern is none.
    """
    rows = table_rows(name, text, ("sector", "pattern", "note"))
    return tuple((cells["sector"], compiled(cells["pattern"], where)) for where, cells in rows)
