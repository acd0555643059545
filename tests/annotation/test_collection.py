"""The annotated reports that come with the program: how many, how various, and each with words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from extract.annotation.markup import AnnotatedReport, parse_markup
from extract.lexicons import default_units
from extract.records import Document, SegmentKind
from extract.segmentation import segment_document
from tests.samples import ANNOTATIONS

LONGEST_SHARED = 14  #: Chinese characters in a row that two reports may have in common
_RUNS = re.compile(rf"[一-鿿]{{{LONGEST_SHARED + 1},}}")


@cache
def reports(folder: Path = ANNOTATIONS) -> dict[str, AnnotatedReport]:
    return {
        path.stem: parse_markup(path.read_bytes().decode("utf-8"), name=path.stem, units=default_units())
        for path in sorted(folder.glob("*.ann"))
    }


def runs_of(text: str) -> Iterator[str]:
    """Every run of Chinese characters that is too long to be shared, from the sentences of prose."""
    for segment in segment_document(Document(name="text", text=text)).segments:
        if segment.kind is SegmentKind.SENTENCE:
            sentence = re.sub(r"\s", "", "".join(piece.of(text) for piece in segment.pieces))
            for run in _RUNS.findall(sentence):
                yield from (run[start : start + LONGEST_SHARED + 1] for start in range(len(run) - LONGEST_SHARED))


@pytest.mark.parametrize(
    ("what", "fewest", "found"),
    [
        ("reports", 60, lambda: len(reports())),
        ("sectors", 12, lambda: len({dict(report.about)["sector"] for report in reports().values()})),
        ("mentions", 5000, lambda: sum(len(report.mentions) for report in reports().values())),
        ("pairs", 1000, lambda: sum(len(report.pairs) for report in reports().values())),
        ("second readings", 7, lambda: len(reports(ANNOTATIONS / "second"))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_there_is_enough_to_learn_from(what: str, fewest: int, found: object) -> None:
    assert callable(found)
    assert found() >= fewest, what


@pytest.mark.parametrize("key", ["sector", "layout", "batch"])
def test_every_head_names(key: str) -> None:
    assert [name for name, report in reports().items() if not dict(report.about).get(key)] == []


def test_sentences_that_share_a_long_run_are_found() -> None:
    shared = "各股室按照职责分工共同推进年度重点工作"
    runs = set(runs_of(f"一、情况\n{shared}。\n")) & set(runs_of(f"二、做法\n全年{shared}，成效明显。\n"))
    assert runs == {shared[start : start + 15] for start in range(len(shared) - 14)}
    assert not set(runs_of("各股室按照职责分工，共同推进12项年度重点工作。\n"))


def test_no_two_reports_share_a_sentence() -> None:
    first: dict[str, str] = {}
    shared = []
    for name, report in reports().items():
        for run in runs_of(report.text):
            if first.setdefault(run, name) != name:
                shared.append(f"{first[run]} and {name}: {run}")
    assert shared == []


@pytest.mark.parametrize("name", sorted(reports(ANNOTATIONS / "second")))
def test_second_reading_is_of_the_same_text(name: str) -> None:
    assert reports(ANNOTATIONS / "second")[name].text == reports()[name].text
