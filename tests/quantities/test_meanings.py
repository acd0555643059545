"""One meaning, many ways to write it: the table ``meanings.yaml`` read against the finder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.export.jsonl import plain
from extract.quantities import find_quantities
from extract.records import Quantity

TABLE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "meanings.yaml").read_text(encoding="utf-8"))
WRITTEN = [(entry["means"], form) for entry in TABLE for form in entry.get("written", ())]
NOTHING = [text for entry in TABLE for text in entry.get("nothing", ())]
LEAST_FORMS = 150


def unmarked(form: str) -> tuple[str, str]:
    """The text of a written form, and the part of it that «» marks (the whole text without marks)."""
    if "«" not in form:
        return form, form
    before, _, rest = form.partition("«")
    marked, _, after = rest.partition("»")
    return before + marked + after, marked


def meaning(quantity: Quantity, names: dict[str, str]) -> dict[str, str | None]:
    """The fields of ``quantity`` that an entry fixes."""
    fields = {
        "number": plain(quantity.number),
        "low": plain(quantity.low),
        "high": plain(quantity.high),
        "approx": quantity.approx.value,
        "unit": quantity.unit,
        "dimension": quantity.dimension.value,
    }
    return {key: value for key, value in fields.items() if key in names or key in ("number", "low", "high", "approx")}


@pytest.mark.parametrize(("means", "form"), WRITTEN, ids=[form for _, form in WRITTEN])
def test_written_form_is_read_as_what_it_means(means: dict[str, str], form: str) -> None:
    text, surface = unmarked(form)
    found = list(find_quantities(text))
    expected = {"number": None, "low": None, "high": None, "approx": "exact"} | means
    assert [(q.span.of(text), meaning(q, means)) for q in found] == [(surface, expected)]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_measured_in(text: str) -> None:
    assert [q.span.of(text) for q in find_quantities(text)] == []


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(WRITTEN) + len(NOTHING) >= LEAST_FORMS
    assert len(NOTHING) >= 50
