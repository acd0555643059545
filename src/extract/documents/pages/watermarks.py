"""Characters that lie behind a page's text: pale ones that are large, or stand at one place on several pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.documents.pages.characters import Character

_LARGE = 1.8  #: against the page's usual size
_NEAR = 4.0  #: points


def without_watermarks(pages: Sequence[Sequence[Character]]) -> list[tuple[Character, ...]]:
    """The characters of each page that are no watermark."""
    counts = Counter(place for page in pages for place in {_place(each) for each in page if each.light})
    kept = []
    for page in pages:
        usual = usual_size(page) if any(each.light for each in page) else 0.0
        kept.append(tuple(each for each in page if not _is_watermark(each, usual, counts)))
    return kept


def usual_size(page: Sequence[Character]) -> float:
    """The size of font that most characters of a page have."""
    sizes = Counter(round(each.size, 1) for each in page)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _place(character: Character) -> tuple[str, int, int]:
    return character.text, round(character.left / _NEAR), round(character.top / _NEAR)


def _is_watermark(character: Character, usual: float, counts: Counter[tuple[str, int, int]]) -> bool:
    return character.light and (character.size >= _LARGE * usual or counts[_place(character)] > 1)
