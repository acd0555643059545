"""Headers, footers and page numbers: what stands at the edge of pages and is no part of the report.

A row at the upper or lower edge is set aside if it stands there on several pages, its digits aside, or if it is a
page's number: one that is dressed as such (— 3 —, 第3页 共9页), or bare ones that count the pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.documents.pages.lines import Line
from extract.documents.pages.page_parts import PageParts

_EDGE = 0.12  #: of the page's height
_NEAR = 4.0  #: points
_MOST_ROWS = 3  #: at each edge
_DRESSED = re.compile(
    r"[-—–－─~·]{1,2}\d{1,4}[-—–－─~·]{1,2}|第?\d{1,4}页(?:[,，/]?共\d{1,4}页)?|第\d{1,4}页|\d{1,4}/\d{1,4}"
    r"|(?:page|p\.?)\d{1,4}(?:of\d{1,4})?",
    re.I,
)
_BARE = re.compile(r"\d{1,4}|[ivxlc]{1,6}", re.I)

Row = tuple[Line, ...]


def without_furniture(pages: Sequence[PageParts]) -> list[PageParts]:
    """The pages without headers, footers and page numbers."""
    edges = [_edge_rows(page) for page in pages]
    repeated = _repeated(pages, edges)
    counting = _counting(edges)
    kept = []
    for page, rows in zip(pages, edges, strict=True):
        aside = {
            id(row)
            for row in rows
            if _key(page, row) in repeated or _is_number(row, counting, page.number) or _is_lone_number(row, page)
        }
        kept.append(page._replace(rows=tuple(row for row in page.rows if id(row) not in aside)))
    return kept


def _edge_rows(page: PageParts) -> list[Row]:
    """The outermost rows at a page's upper and lower edge."""
    height = page.frame.size[1]
    above = [row for row in page.rows[:_MOST_ROWS] if row[0].bottom <= _EDGE * height]
    below = [row for row in page.rows[-_MOST_ROWS:] if row[0].top >= (1 - _EDGE) * height]
    inner = [(table.box[1], table.box[3]) for table in page.tables]
    above = [row for row in above if all(row[0].bottom <= top + 1 for top, _ in inner)]
    below = [row for row in below if all(row[0].top >= bottom - 1 for _, bottom in inner)]
    return [*above, *(row for row in below if row not in above)]


def _text(row: Row) -> str:
    return re.sub(r"\s+", "", "".join(line.text for line in row))


def _key(page: PageParts, row: Row) -> tuple[str, int, bool]:
    """What a repeating row has in common with its like: its words, and how far from the nearer edge it stands."""
    height = page.frame.size[1]
    from_top = row[0].middle < height / 2
    place = row[0].middle if from_top else height - row[0].middle
    return re.sub(r"\d+", "#", _text(row)), round(place / _NEAR), from_top


def _repeated(pages: Sequence[PageParts], edges: Sequence[Sequence[Row]]) -> set[tuple[str, int, bool]]:
    counts = Counter(key for page, rows in zip(pages, edges, strict=True) for key in {_key(page, row) for row in rows})
    least = max(2, len(pages) // 5)
    return {key for key, count in counts.items() if count >= least}


def _counting(edges: Sequence[Sequence[Row]]) -> set[int]:
    """What bare numbers at the edge are more than the pages they stand on, where two or more agree."""
    shifts = Counter(
        shift
        for number, rows in enumerate(edges)
        for shift in {int(text) - number for text in map(_text, rows) if text.isascii() and text.isdigit()}
    )
    return {shift for shift, count in shifts.items() if count > 1}


def _is_number(row: Row, counting: set[int], number: int) -> bool:
    text = _text(row)
    if _DRESSED.fullmatch(text):
        return True
    return text.isascii() and text.isdigit() and len(text) <= 4 and int(text) - number in counting


def _is_lone_number(row: Row, page: PageParts) -> bool:
    """Whether a bare number stands alone in the middle or at a corner of the lower edge."""
    text, (width, height) = _text(row), page.frame.size
    if not _BARE.fullmatch(text) or row[0].top < 0.92 * height:
        return False
    middle = (row[0].left + row[-1].right) / 2
    return abs(middle - width / 2) < 0.05 * width or (text.isdigit() and int(text) == page.number + 1)
