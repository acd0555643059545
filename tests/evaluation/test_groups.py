"""Groups of reports, and the data files of the room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.errors import LexiconError
from extract.evaluation.groups import group_of, parse_layouts
from extract.evaluation.sameness import default_equal_units, parse_equal_units
from tests.evaluation.samples import GOLD


@pytest.mark.parametrize(
    ("about", "grouping", "group"),
    [
        ({"sector": "水利"}, "sector", "水利"),
        ({"sector": "水利"}, "batch", "A"),
        ({"batch": "B"}, "batch", "B"),
        ({}, "batch", "–"),
        ({}, "layout", "–"),
        ({"layout": "prose, half-width punctuation, spaces between number and unit"}, "layout", "prose"),
        ({"layout": "prose, tab rows"}, "layout", "tabs"),
        ({"layout": "prose, then a form one cell a line (tab at line start)"}, "layout", "one cell a line"),
        ({"layout": "columns of spaces (as pdftotext -layout prints)"}, "layout", "spaces"),
        ({"layout": "pipe rows, sloppy prose"}, "layout", "bars"),
        ({"layout": "spreadsheet saved as CSV"}, "layout", "commas"),
        ({"layout": "prose, then a form dumped column by column"}, "layout", "columns after each other"),
    ],
)
def test_a_report_is_of_the_group_that_its_head_says(about: dict[str, str], grouping: str, group: str) -> None:
    assert group_of(replace(GOLD, about=tuple(about.items())), grouping) == group


def test_a_broken_wording_names_its_line() -> None:
    with pytest.raises(LexiconError, match=r"layouts\.tsv:2: '\(' is no pattern"):
        parse_layouts("words\tlayout\n(\tbars\n")


def test_a_unit_given_twice_names_its_line() -> None:
    with pytest.raises(LexiconError, match=r"equal_units\.tsv:3: '个' stands twice"):
        parse_equal_units("written\tequal_to\n个\t*\n个\t项\n")


def test_equal_units_are_one_whoever_writes_which() -> None:
    units = default_equal_units()
    assert units.same("平米", "㎡")
    assert units.same("公斤", "kg")
    assert not units.same("个", "项")
    assert {"", "个", "人"} <= units.general
