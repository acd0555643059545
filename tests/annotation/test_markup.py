"""Markup ↔ report ↔ gold: nothing is lost on the way, and each breach of the format names its line and reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.annotation.checker import check_report
from extract.annotation.gold import gold_files, report_from_gold
from extract.annotation.markup import AnnotatedReport, parse_markup, render_markup
from extract.errors import MarkupError
from extract.lexicons import default_units
from extract.slots.catalogue import default_catalogue

ANNOTATIONS = sorted((Path(__file__).parents[2] / "annotations").glob("*.ann"))
each_annotation = pytest.mark.parametrize("path", ANNOTATIONS, ids=lambda path: path.stem)


def parsed(source: str, name: str = "r") -> AnnotatedReport:
    return parse_markup(source, name=name, units=default_units())


def read(path: Path) -> AnnotatedReport:
    return parsed(path.read_bytes().decode("utf-8"), path.stem)


def test_there_are_annotated_reports() -> None:
    assert ANNOTATIONS


@each_annotation
def test_markup_round_trip_loses_nothing(path: Path) -> None:
    report = read(path)
    assert parsed(render_markup(report, units=default_units()), path.stem) == report


@each_annotation
def test_gold_round_trip_loses_nothing_but_what_is_said_about_the_report(path: Path, tmp_path: Path) -> None:
    report = read(path)
    for name, content in gold_files(report).items():
        (tmp_path / name).write_bytes(content.encode("utf-8"))
    text = (tmp_path / f"{path.stem}.txt").read_bytes().decode("utf-8")
    assert report_from_gold(path.stem, text, tmp_path) == replace(report, about=())


@each_annotation
def test_gold_of_rendered_markup_is_the_same_gold(path: Path) -> None:
    report = read(path)
    again = parsed(render_markup(report, units=default_units()), path.stem)
    assert gold_files(again) == gold_files(report)


@each_annotation
def test_annotation_passes_the_checker(path: Path) -> None:
    assert list(check_report(read(path), slots=frozenset(default_catalogue().slots))) == []


@each_annotation
def test_mentions_stand_in_order_and_apart(path: Path) -> None:
    report = read(path)
    position = 0
    for mention in report.mentions:
        assert mention.span.start >= position
        assert mention.span.of(report.text).strip() == mention.span.of(report.text)
        position = mention.span.end


TEXT = "--- text\n"


@pytest.mark.parametrize(
    ("body", "number", "unit", "approx"),
    [
        ("{8000余万元|actual other}", "80000000", "元", "about"),
        ("{5个工作日内|target service}", "5", "工作日", "at_most"),
        ("{95%以上|target satisfaction}", "95", "%", "at_least"),
        ("{1,260万元|actual other}", "12600000", "元", "exact"),
        ("{三个|actual other}", "3", "个", "exact"),
        ("{985.93|actual other unit=万元@header}", "9859300", "元", "exact"),
        ("{零死亡|actual geohazard number=0 unit=人}", "0", "人", "exact"),
        ("{三分之二|actual other number=66.67 unit=%}", "66.67", "%", "exact"),
        ("≥{95%|target satisfaction approx=at_least}", "95", "%", "at_least"),
    ],
)
def test_plain_and_spoken_surfaces_read(body: str, number: str, unit: str, approx: str) -> None:
    (mention,) = parsed(TEXT + body).mentions
    assert (mention.number, mention.unit, mention.approx.value) == (Decimal(number), unit, approx)


def test_range_has_two_ends_and_malformed_has_none() -> None:
    low_high, broken = parsed(
        TEXT + "{10-20%|target other}，{8.000.00余万元|actual other number= unit=元 approx=about}"
    ).mentions
    assert (low_high.number, str(low_high.low), str(low_high.high)) == (None, "10", "20")
    assert (broken.number, broken.low, broken.approx) == (None, None, "about")


def test_escaped_signs_belong_to_the_text() -> None:
    report = parsed(TEXT + r"集合\{a\|b\}\\完成{5个|actual other}")
    assert report.text == "集合{a|b}\\完成5个"
    assert report.mentions[0].span.of(report.text) == "5个"


def test_zone_without_annotations_is_kept() -> None:
    report = parsed(TEXT + "甲{<zone}表中5个{zone>}乙")
    assert report.text == "甲表中5个乙"
    assert [zone.of(report.text) for zone in report.zones] == ["表中5个"]


GOOD = "--- text\n计划{5个|target other #t}，完成{6个|actual other #a}。\n"
BAD = {
    "no text part": ("sector: 水利\n", "r:1: no line '--- text'"),
    "pairs before text": ("--- pairs\n--- text\n", "r:1: no line '--- text'"),
    "part twice": (GOOD + "--- pairs\n--- pairs\n", "r:4: a second part '--- pairs'"),
    "head without colon": ("sector\n" + GOOD, "r:1: 'sector' is no 'key: value'"),
    "closing brace alone": ("--- text\n甲\n乙}\n", r"r:3: '\}' without '\{'"),
    "brace never closed": ("--- text\n甲{5个|actual other\n", "r:2: .* is no {surface"),
    "mention without fields": ("--- text\n{5个}\n", "r:2: .* is no {surface"),
    "empty surface": ("--- text\n{|actual other}\n", "r:2: surface '' is empty"),
    "space at the surface's end": ("--- text\n{5个 |actual other}\n", "r:2: surface '5个 '"),
    "unknown role": ("--- text\n{5个|done other}\n", "r:2: .* must begin with a role"),
    "no slot": ("--- text\n{5个|actual}\n", "r:2: .* must begin with a role"),
    "unknown field": ("--- text\n{5个|actual other colour=red}\n", "r:2: 'colour=red' is no field"),
    "field twice": ("--- text\n{5个|actual other unit=个 unit=项}\n", "r:2: 'unit=项' is no field, or stands twice"),
    "unknown source of the unit": ("--- text\n{5|actual other unit=个@guess}\n", "r:2: unit@guess"),
    "surface is not plain": ("--- text\n{若干个|actual other}\n", "r:2: '若干个' is not plain"),
    "number is none": ("--- text\n{五个|actual other number=five}\n", "r:2: 'five' is no plain number"),
    "unknown approx": ("--- text\n{5个|actual other approx=roughly}\n", "r:2: 'roughly' is none of exact"),
    "unknown dimension": ("--- text\n{5个|actual other dimension=breadth}\n", "r:2: 'breadth' is none of money"),
    "bad name": ("--- text\n{5个|actual other #甲}\n", "r:2: name '#甲'"),
    "name twice": ("--- text\n{5个|actual other #a}{6个|actual other #a}\n", "r:2: name #a is given twice"),
    "zone not opened": ("--- text\n甲{zone>}\n", "r:2: {zone>} without"),
    "zone not closed": ("--- text\n{<zone}甲\n", "r: {<zone} is never closed"),
    "pair line": (GOOD + "--- pairs\nt -> a met\n", "r:4: 't -> a met' is no 'TARGET <- ACTUAL"),
    "pair verdict": (GOOD + "--- pairs\nt <- a great\n", "r:4: "),
    "pair name": (GOOD + "--- pairs\nt <- b met\n", "r:4: no mention is named #b"),
    "open answer name": (GOOD + "--- pairs\nb unanswered\n", "r:4: no mention is named #b"),
    "finding type": (GOOD + "--- findings\nodd t a | 不对\n", "r:4: finding type 'odd' is none of arithmetic"),
    "finding name": (GOOD + "--- findings\nmissed t b | 不对\n", "r:4: no mention is named #b"),
    "finding with too many parts": (GOOD + "--- findings\nmissed t a | 一 | 二\n", "r:4: '一' is neither stated"),
}


@pytest.mark.parametrize(("source", "message"), BAD.values(), ids=BAD)
def test_breach_of_the_format_names_line_and_reason(source: str, message: str) -> None:
    with pytest.raises(MarkupError, match=message):
        parsed(source)


def test_gold_whose_surface_stands_elsewhere_is_refused(tmp_path: Path) -> None:
    for name, content in gold_files(parsed(GOOD)).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(MarkupError, match="'5个' does not stand at"):
        report_from_gold("r", "计划无", tmp_path)


def test_gold_without_mentions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MarkupError, match=r"no r\.mentions\.jsonl"):
        report_from_gold("r", "", tmp_path)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("--- text\n计划{5个|target other}。\n", "r: text line 1: target '5个' has no line under --- pairs"),
        ("--- text\n完成\n约{5个|actual other}。\n", "r: text line 2: '约' stands before '5个': say approx=about"),
        ("--- text\n完成{5个|actual land.suply}。\n", "slot 'land.suply' of '5个' is not in the catalogue"),
        (
            "--- text\n{5个|actual other #a}{6个|actual other #b}\n--- pairs\na <- b met\n",
            "pair a: its role is actual, not target",
        ),
        (
            "--- text\n{5个|target other #a}{6元|actual other #b}\n--- pairs\na <- b met\n",
            "pair a <- b: different dimensions",
        ),
    ],
)
def test_checker_says_what_is_wrong_and_where(source: str, fault: str) -> None:
    faults = list(check_report(parsed(source), slots=frozenset(default_catalogue().slots)))
    assert [fault in line for line in faults] == [True]


@given(st.text(alphabet="完成5个，。{}|\\\n\t-# 元a<zone>", max_size=40))
@example("--- pairs\n甲")
@example("甲\n--- findings\n乙")
@example("甲\r\n--- pairs\r\n")
@example("甲\r")
@example("\n\n")
@settings(max_examples=200, deadline=None)
def test_any_text_survives_the_markup(text: str) -> None:
    report = AnnotatedReport(name="r", text=text, mentions=())
    assert parsed(render_markup(report, units=default_units())) == report


@given(st.text(alphabet="{}|\\5个 actuloher#=@\n-", max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_source_is_read_or_refused_with_a_line(source: str) -> None:
    try:
        reason = f"r: read as {parsed(TEXT + source).text!r}"
    except MarkupError as error:
        reason = str(error)
    assert reason.startswith("r:")
