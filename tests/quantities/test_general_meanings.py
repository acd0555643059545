"""The general reader: every written form of a number inside carrier sentences, from ``general_meanings.yaml``."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.export.jsonl import plain
from extract.quantities import find_quantities
from extract.records import Quantity

TABLE: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "general_meanings.yaml").read_text(encoding="utf-8")
)
CARRIERS = [carrier for entry in TABLE for carrier in entry.get("carriers", ())]
WRITTEN = [
    pytest.param(entry["means"], str(form), carrier, id=carrier.format(form))
    for entry in TABLE
    for form in entry.get("written", ())
    for carrier in CARRIERS
]
NOTHING = [text for entry in TABLE for text in entry.get("nothing", ())]


def meaning(quantity: Quantity, names: dict[str, str]) -> dict[str, str | None]:
    fields = {
        "number": plain(quantity.number),
        "low": plain(quantity.low),
        "high": plain(quantity.high),
        "approx": quantity.approx.value,
        "unit": quantity.unit,
        "dimension": quantity.dimension.value,
        "kind": quantity.kind.value,
    }
    return {name: fields[name] for name in names}


@pytest.mark.parametrize(("means", "form", "carrier"), WRITTEN)
def test_written_form_is_read_in_any_sentence(means: dict[str, str], form: str, carrier: str) -> None:
    text = carrier.format(form)
    found = list(find_quantities(text, everything=True))
    assert [meaning(quantity, means) for quantity in found] == [means]
    assert found[0].span.of(text) == form


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_hold_numerals_are_no_numbers(text: str) -> None:
    assert [q.span.of(text) for q in find_quantities(text, everything=True)] == []


@pytest.mark.parametrize(
    ("text", "units"),
    [("新购3、5、8个", ["个", "个", "个"]), ("分别为12、30、45亩", ["亩", "亩", "亩"])],
)
def test_items_of_a_list_share_the_unit_of_the_last(text: str, units: list[str]) -> None:
    assert [q.unit for q in find_quantities(text)] == units


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("大于20且小于50", "20", "50"), ("不超过80，不低于60", "60", "80"), ("在30和60之间", "30", "60")],
)
def test_two_bounds_make_one_range(text: str, low: str, high: str) -> None:
    (quantity,) = find_quantities(text, everything=True)
    assert (quantity.low, quantity.high) == (Decimal(low), Decimal(high))


def test_bounds_that_exclude_each_other_stay_apart() -> None:
    assert [q.number for q in find_quantities("大于50小于20", everything=True)] == [50, 20]


def test_reports_leave_out_numerals_that_measure_nothing() -> None:
    text = "结果为三，去年是一百二十五。"
    assert [q.number for q in find_quantities(text, everything=True)] == [3, 125]
    assert list(find_quantities(text)) == []


@pytest.mark.parametrize("unit", ["9" * 300_000, "一" * 300_000, "3、" * 2_000, "元/" * 3_000, "1-" * 2_000])
def test_a_long_line_of_one_kind_ends(unit: str) -> None:
    for everything in (False, True):
        for quantity in find_quantities(f"1{unit}", everything=everything):
            assert quantity.span.end <= len(unit) + 1
