"""Where the words of a catalogue are found in a text."""

from __future__ import annotations

import pytest

from extract.slots.cues import CueSearch
from tests.slots.catalogues import CATALOGUE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("公", []),
        ("公路", ["公路"]),
        ("新建农村公路", ["农村公路", "公路"]),
        ("公路旁农村", ["公路"]),  # the text ends before the longer word does
        ("公路公路", ["公路", "公路"]),
    ],
)
def test_words_are_found_wherever_they_stand_whole(text: str, found: list[str]) -> None:
    hits = CueSearch(CATALOGUE).hits(text)
    assert [hit.text for hit in hits] == found
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
