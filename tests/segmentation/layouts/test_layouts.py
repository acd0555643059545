"""One form in every layout that the program reads: whatever the layout, the same claims, pairs and cells.

The reference is the Word file, whose cells say themselves where they stand. Where a layout loses something for good,
``LOST`` says what, and that alone is not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

import pytest

from extract.extraction import extract
from extract.offsets import folded
from extract.records import Cell, Claim, Extraction, Pair
from tests.documents.docx_files.builder import read
from tests.segmentation.layouts import rendering
from tests.segmentation.layouts.forms import Form, forms, half_width, on_one_line, with_sign_and_unit_columns

_Write = Callable[[Form], str]
ROW, SLOT = "row", "slot"
WHOLE_TABLES = ("department", "project")
LAYOUTS: dict[str, _Write] = {
    "tab rows": rendering.tab_rows,
    "tab rows, merged cells left out": rendering.tab_rows_left_out,
    "tab rows, headers of two lines": rendering.tab_rows_broken_headers,
    "tab rows over pages": rendering.tab_rows_over_pages,
    "tab rows with left-overs": rendering.tab_rows_with_left_overs,
    "tab rows, half-width punctuation": lambda form: rendering.tab_rows(half_width(form)),
    "tab rows, sign and unit in columns of their own": lambda form: rendering.tab_rows(
        with_sign_and_unit_columns(form)
    ),
    "one cell a line": rendering.cell_a_line,
    "one cell a line with a bar": rendering.cell_a_line_with_bar,
    "single cells": rendering.single_cells,
    "single cells, words split": rendering.single_cells_split,
    "single cells, every line parted": rendering.single_cells_every_line_parted,
    "bars": rendering.bars,
    "bars with frame and rule": rendering.framed_bars,
    "commas and quotes": rendering.comma_rows,
    "single spaces": rendering.spaced_words,
    "columns of spaces": rendering.spaced_columns,
}
GOALS: dict[str, _Write] = {
    "tab rows": lambda form: rendering.tab_rows(on_one_line(form)),
    "one cell a line": rendering.cell_a_line,
    "one cell a line with a bar": lambda form: rendering.cell_a_line_with_bar(on_one_line(form)),
    "single cells": rendering.single_cells,
    "bars": lambda form: rendering.bars(on_one_line(form)),
    "bars with frame and rule": lambda form: rendering.framed_bars(on_one_line(form)),
    "all targets before all actuals": rendering.targets_before_actuals,
}
#: what a layout loses for good, and so is not compared
LOST = {
    # whether 田 ends the name before it or begins the next one, nothing tells; and slots go by names
    ("department", "single cells, every line parted"): {ROW, SLOT},
    ("project", "single cells, every line parted"): {ROW, SLOT},
    # items that begin no line are no list, so that their titles tell nothing of the figures in them
    ("goals", "tab rows"): {SLOT},
    ("goals", "one cell a line with a bar"): {SLOT},
    ("goals", "bars"): {SLOT},
    ("goals", "bars with frame and rule"): {SLOT},
}
CASES = [
    *((name, layout) for name in WHOLE_TABLES for layout in LAYOUTS),
    *(("goals", layout) for layout in GOALS),
]


@cache
def reference(name: str) -> Extraction:
    return extract(read(rendering.word_file(forms()[name])))


@cache
def found(name: str, layout: str) -> Extraction:
    write = GOALS[layout] if name == "goals" else LAYOUTS[layout]
    return extract(read(write(forms()[name]).encode(), name="report.txt"))


def claim_facts(claims: Iterable[Claim], lost: set[str]) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            claim.quantity.number,
            claim.quantity.low,
            claim.quantity.high,
            claim.quantity.unit,
            claim.quantity.approx,
            claim.role,
            claim.stage,
            "" if SLOT in lost else claim.slot,
            "" if ROW in lost else _row_name(claim.cell),
        )
        for claim in claims
    )


def pair_facts(pairs: Iterable[Pair]) -> Counter[tuple[object, ...]]:
    return Counter(
        (pair.target.quantity.value, pair.actual and pair.actual.quantity.value, pair.verdict) for pair in pairs
    )


def cell_facts(claims: Iterable[Claim], lost: set[str]) -> Counter[tuple[object, ...]]:
    """(figure, row, column): of a header over several lines the words that are its own."""
    return Counter(
        (
            claim.quantity.value,
            "" if ROW in lost else _row_name(claim.cell),
            folded(claim.cell.column_header).rsplit(" ", 1)[-1] if claim.cell else None,
        )
        for claim in claims
    )


def _row_name(cell: Cell | None) -> str | None:
    return "".join(folded(cell.row_header).split()) if cell else None


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_claims_are_those_of_the_word_file(name: str, layout: str) -> None:
    lost = LOST.get((name, layout), set())
    assert claim_facts(found(name, layout).claims, lost) == claim_facts(reference(name).claims, lost)


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_pairs_are_those_of_the_word_file(name: str, layout: str) -> None:
    assert pair_facts(found(name, layout).pairs) == pair_facts(reference(name).pairs)


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_every_figure_stands_in_the_row_and_column_of_the_word_file(name: str, layout: str) -> None:
    lost = LOST.get((name, layout), set())
    assert cell_facts(found(name, layout).claims, lost) == cell_facts(reference(name).claims, lost)


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_form_without_faults_has_no_findings(name: str, layout: str) -> None:
    assert [finding.message for finding in found(name, layout).findings] == []


DEPARTMENT_ROW = {
    ("12000", "target", "年度指标值"),
    ("12360", "actual", "实际完成值"),
    ("10", "score", "分值"),
    ("10", "score", "得分"),
}


def test_reference_reads_a_row_as_a_person_does() -> None:
    row = [c for c in reference("department").claims if c.cell and c.cell.row_header.endswith("新建高标准农田")]
    assert {
        (str(c.quantity.number), c.role.value, c.cell.column_header) for c in row if c.cell is not None
    } == DEPARTMENT_ROW
    assert {c.cell.row_header for c in row if c.cell is not None} == {"产出指标 数量指标 新建高标准农田"}


def test_reference_reads_the_fund_table_in_yuan_with_stages() -> None:
    row = [c for c in reference("project").claims if c.cell and c.cell.row_header == "年度资金总额"]
    assert [(str(c.quantity.number), c.stage) for c in row if c.stage] == [
        ("36500000.00", "opening"),
        ("37205000.00", "adjusted"),
        ("35716800.00", "spent"),
    ]


def test_reference_answers_each_goal_by_its_item() -> None:
    pairs = {p.target.span.of(reference("goals").document.text): p for p in reference("goals").pairs}
    answers = {
        goal: (p.actual.span.of(reference("goals").document.text), p.verdict) for goal, p in pairs.items() if p.actual
    }
    assert answers == {
        "24处": ("26处", "exceeded"),
        "120场次": ("118场次", "missed"),
        "5处": ("5处", "met"),
        "60人次": ("66人次", "exceeded"),
        "180万人次以上": ("192.6万人次", "exceeded"),
        "98%": ("100%", "exceeded"),
    }
