"""Groups of reports by what their annotators say of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extract.annotation.markup import AnnotatedReport
from extract.lexicons import compiled, data_text, table_rows

GROUPINGS = ("layout", "sector", "batch")
PROSE, FIRST_BATCH, UNSAID = "prose", "A", "–"
Layouts = Mapping[re.Pattern[str], str]  #: wording → the layout that it tells


def parse_layouts(text: str, name: str = "layouts.tsv") -> Layouts:
    """The wordings that a file spells.

    Raises:
        LexiconError: naming the line, if a wording is no pattern.
    """
    rows = table_rows(name, text, ("words", "layout"))
    return {compiled(cells["words"], where): cells["layout"] for where, cells in rows}


@cache
def default_layouts() -> Layouts:
    return parse_layouts(data_text("evaluation/layouts.tsv"))


def group_of(report: AnnotatedReport, grouping: str) -> str:
    """The group of a report: sector or batch as said, layout as its wording tells; a dash where nothing is said."""
    about = dict(report.about)
    if grouping == "batch":
        return about.get("batch", FIRST_BATCH) if about else UNSAID
    said = about.get(grouping, "")
    if grouping != "layout" or not said:
        return said or UNSAID
    return next((layout for words, layout in default_layouts().items() if words.search(said)), PROSE)
