"""Every loader of a data file: a good file is read, and each kind of bad row is named with file and line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from extract.claims.roles import default_role_cues, parse_role_cues
from extract.errors import LexiconError, SlotError
from extract.lexicons import (
    data_text,
    default_approximators,
    default_columns,
    default_exclusions,
    default_headings,
    default_name_units,
    default_none_phrases,
    default_units,
    parse_approximators,
    parse_columns,
    parse_exclusions,
    parse_headings,
    parse_name_units,
    parse_none_phrases,
    parse_units,
    unit_of_name,
)
from extract.quantities import find_quantities
from extract.quantities.exclusions import compile_exclusions
from extract.records import Approx, ColumnKind, Dimension, Role
from extract.slots.catalogue import default_catalogue, parse_slots

UNITS = "surface\tunit\tfactor\tbase\tdimension\tseen"
APPROXIMATORS = "surface\tposition\tapprox\tnot_after"
EXCLUSIONS = "kind\tnumeral\tpattern\tnumber\texample\tbut_not"
COLUMNS = "pattern\tkind\tseen"


def table(name: str, **cells: str) -> str:
    """A file with one row, under the head of the shipped file of that name."""
    head = next(line for line in data_text(name).splitlines() if line and not line.startswith("#"))
    columns = head.split("\t")
    assert set(cells) <= set(columns)
    return f"{head}\n" + "\t".join(cells.get(column, "") for column in columns)


def test_units_are_read_with_exact_factors() -> None:
    table = parse_units(f"# units\n{UNITS}\n平方米\t平方米\t1\t平方米\tarea\n亩\t亩\t2000/3\t平方米\tarea\tland\n")
    unit = table.at("300亩地", 3)
    assert unit is not None
    assert (unit.unit, unit.factor, unit.base, unit.dimension) == ("亩", Fraction(2000, 3), "平方米", Dimension.AREA)


def test_the_longest_unit_that_fits_is_read() -> None:
    table = parse_units(f"{UNITS}\n人\t人\t1\t人\tcount\n人次\t人次\t1\t人次\tcount\n")
    unit = table.at("3人次", 1)
    assert unit is not None
    assert unit.surface == "人次"


def test_approximators_know_where_they_stand() -> None:
    table = parse_approximators(f"{APPROXIMATORS}\n约\tbefore\tabout\t节\n余\tinside\tabout\n以上\tafter\tat_least\n")
    assert table.ending_at("约", 1) is Approx.ABOUT
    assert table.ending_at("节约", 2) is None
    assert table.inside == "余"
    assert table.starting_at("以上", 0) is not None


def test_none_phrases_name_what_there_was_none_of() -> None:
    assert parse_none_phrases("phrase\tunit\n零事故\t起\n") == {"零事故": "起"}


def test_headings_are_read_in_order() -> None:
    first = table("headings.tsv", pattern="目标", role="target", label="yes")
    second = table("headings.tsv", pattern="概况", role="context").splitlines()[1]
    cues = parse_headings(f"{first}\n{second}\n")
    assert [(cue.role, cue.label) for cue in cues] == [("target", True), ("context", False)]


def test_columns_fit_the_whole_header() -> None:
    ((pattern, kind),) = parse_columns(f"{COLUMNS}\n年度指标值\ttarget\n")
    assert kind is ColumnKind.TARGET
    assert pattern.match("年度指标值")
    assert not pattern.match("年度指标值说明")


def test_names_give_units() -> None:
    ((pattern, unit),) = parse_name_units("pattern\tunit\n(?:次数)\t次\n")
    assert unit == "次"
    assert pattern.search("宣传次数")
    assert not pattern.search("次数较多")


def test_role_cues_carry_place_and_weight() -> None:
    (cue,) = parse_role_cues(table("role_cues.tsv", role="actual", where="ahead", weight="2.5", pattern="完成"))
    assert (cue.role, cue.where, cue.weight) == (Role.ACTUAL, "ahead", 2.5)


def test_comments_and_blank_lines_count_as_lines_but_say_nothing() -> None:
    with pytest.raises(LexiconError, match=r"units\.tsv:5: dimension 'breadth'"):
        parse_units(f"# head\n\n{UNITS}\n# note\n宽\t宽\t1\t宽\tbreadth\n")


BAD: list[tuple[str, Callable[[str, str], object], str, str]] = [
    ("duplicate unit", parse_units, f"{UNITS}\n元\t元\t1\t元\tmoney\n元\t元\t1\t元\tmoney", "x.tsv:3: .*'元'.*x.tsv:2"),
    ("unknown dimension", parse_units, f"{UNITS}\n元\t元\t1\t元\tcash", "x.tsv:2: dimension 'cash' is none of money"),
    ("factor is no number", parse_units, f"{UNITS}\n元\t元\tone\t元\tmoney", "x.tsv:2: factor 'one'"),
    ("factor divides by zero", parse_units, f"{UNITS}\n元\t元\t1/0\t元\tmoney", "x.tsv:2: factor '1/0'"),
    (
        "unit means two things",
        parse_units,
        f"{UNITS}\n元\t元\t1\t元\tmoney\n块\t元\t2\t元\tmoney",
        "x.tsv:3: unit '元'",
    ),
    ("wrong columns", parse_units, "surface\tunit\n元\t元", "x.tsv:1: columns are .*expected"),
    ("too many cells", parse_units, f"{UNITS}\n元\t元\t1\t元\tmoney\ta\tb", "x.tsv:2: 7 cells but 6 columns"),
    (
        "position",
        parse_approximators,
        f"{APPROXIMATORS}\n约\tabove\tabout",
        "x.tsv:2: position 'above' is none of before",
    ),
    (
        "approx",
        parse_approximators,
        f"{APPROXIMATORS}\n约\tbefore\troughly",
        "x.tsv:2: approx 'roughly' is none of exact",
    ),
    (
        "duplicate approximator",
        parse_approximators,
        f"{APPROXIMATORS}\n约\tbefore\tabout\n约\tbefore\texact",
        "x.tsv:3: surface '约 .*x.tsv:2",
    ),
    ("phrase", parse_none_phrases, "phrase\tunit\n无事故\t起", "x.tsv:2: phrase '无事故' does not begin with 零"),
    (
        "duplicate phrase",
        parse_none_phrases,
        "phrase\tunit\n零事故\t起\n零事故\t件",
        "x.tsv:3: phrase '零事故'.*x.tsv:2",
    ),
    (
        "kind",
        parse_exclusions,
        f"{EXCLUSIONS}\nera\tarabic\t<N>年\t\t20年\t20亩",
        "x.tsv:2: kind 'era' is none of quantity",
    ),
    (
        "numeral",
        parse_exclusions,
        f"{EXCLUSIONS}\nyear\troman\t<N>年\t\t20年\t20亩",
        "x.tsv:2: numeral 'roman' is none",
    ),
    (
        "no <N>",
        parse_exclusions,
        f"{EXCLUSIONS}\nyear\tarabic\t年\t\t20年\t20亩",
        "x.tsv:2: pattern '年' must hold <N> once",
    ),
    ("two <N>", parse_exclusions, f"{EXCLUSIONS}\nyear\tarabic\t<N><N>\t\t20\t2亩", "x.tsv:2: .*must hold <N> once"),
    ("no example", parse_exclusions, f"{EXCLUSIONS}\nyear\tarabic\t<N>年\t\t20年", "x.tsv:2: give an example"),
    (
        "heading role",
        parse_headings,
        table("headings.tsv", pattern="目标", role="goal"),
        "x.tsv:2: role 'goal' is none of",
    ),
    (
        "heading label",
        parse_headings,
        table("headings.tsv", pattern="目标", role="target", label="no"),
        "x.tsv:2: label 'no' is neither yes nor empty",
    ),
    (
        "heading pattern",
        parse_headings,
        table("headings.tsv", pattern="(目标", role="target"),
        r"x.tsv:2: '\(目标' is no pattern",
    ),
    ("column kind", parse_columns, f"{COLUMNS}\n目标\tgoal", "x.tsv:2: kind 'goal' is none of name"),
    ("column pattern", parse_columns, f"{COLUMNS}\n目标[\ttarget", "x.tsv:2: .*is no pattern"),
    ("name pattern", parse_name_units, "pattern\tunit\n次数)\t次", "x.tsv:2: .*is no pattern"),
    (
        "cue role",
        parse_role_cues,
        table("role_cues.tsv", role="done", where="near", weight="1", pattern="完成"),
        "x.tsv:2: role 'done' is none of target",
    ),
    (
        "cue place",
        parse_role_cues,
        table("role_cues.tsv", role="actual", where="above", weight="1", pattern="完成"),
        "x.tsv:2: where 'above' is none of",
    ),
    (
        "cue pattern",
        parse_role_cues,
        table("role_cues.tsv", role="actual", where="near", weight="1", pattern="(完成"),
        "x.tsv:2: .*is no pattern",
    ),
]


@pytest.mark.parametrize(("parse", "text", "message"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_row_is_named_with_file_and_line(parse: Callable[[str, str], object], text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse(text, "x.tsv")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("year\tarabic\t<N>年\t\t20亩\t20个", "x.tsv:2: example '20亩' is not set aside by '<N>年'"),
        ("year\tarabic\t<N>年\t\t20年\t30年", "x.tsv:2: '30年' is set aside by '<N>年', but should not be"),
        ("year\tarabic\t(<N>年\t\t20年\t20亩", r"x.tsv:2: '\(<N>年' is no pattern"),
    ],
)
def test_exclusion_must_fit_its_example_and_not_its_counter_example(row: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        compile_exclusions(parse_exclusions(f"{EXCLUSIONS}\n{row}", "x.tsv"))


@pytest.mark.parametrize("row", default_exclusions(), ids=lambda row: row.where)
def test_row_of_exclusions_sets_its_example_aside_and_leaves_its_counter_example(row) -> None:  # type: ignore[no-untyped-def]
    compile_exclusions((row,))
    aside = [q.kind for q in find_quantities(row.example, everything=True) if q.kind not in ("quantity", "number")]
    assert aside, f"{row.where}: the whole reader finds nothing to set aside in {row.example!r}"


SLOT = "- {id: a, zh: 甲, level: 产出, dims: [count]}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SLOT + SLOT, "s.yaml: slot 'a' is defined twice"),
        ("- {id: a, zh: 甲, level: 产出, dims: [count], colour: red}", r"s.yaml: slot 'a': unknown keys \['colour'\]"),
        ("- {id: a, zh: 甲, dims: [count]}", r"s.yaml: slot 'a': .*missing keys \['level'\]"),
        ("- {id: a, zh: 甲, level: 产出, dims: [breadth]}", r"s.yaml: slot 'a': dimensions \['breadth'\]"),
        ("- {id: a, parent: b, zh: 甲, level: 产出, dims: [count]}", "slot 'a': its parent 'b'"),
        ("- {id: a, zh: 甲, level: 产出, dims: [count], cues: ['(甲']}", r"slot a: '\(甲' is no pattern"),
        (
            "- {id: a, zh: 甲, level: 产出, dims: [count], cues: [甲, 甲*2]}",
            r"s.yaml: slot 'a': cues \['甲'\] stand twice",
        ),
        (
            SLOT
            + "- {id: a.b, parent: a, zh: 乙, level: 产出, dims: [count]}\n"
            + "- {id: a.b.c, parent: a.b, zh: 丙, level: 产出, dims: [count]}\n",
            "slot 'a.b.c': its parent 'a.b' is refined itself; name 'a'",
        ),
    ],
)
def test_bad_slot_is_named(text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_slots({"s.yaml": text})


def test_refined_slot_folds_to_its_parent() -> None:
    catalogue = parse_slots({"s.yaml": SLOT + "- {id: a.b, parent: a, zh: 乙, level: 产出, dims: [count]}\n"})
    assert catalogue.slot("a.b").base == "a"


def test_unknown_slot_names_the_nearest() -> None:
    with pytest.raises(SlotError, match=r"'land\.suply'.*did you mean 'land\.supply'"):
        default_catalogue().slot("land.suply")


def test_shipped_files_load() -> None:
    assert default_units().named("亩") is not None
    assert default_approximators().inside
    assert default_none_phrases()["零死亡"] == "人"
    assert all(loaded() for loaded in (default_headings, default_columns, default_name_units, default_role_cues))
    assert "other" in default_catalogue().slots
    assert unit_of_name("宣传次数") == "次"


def test_shipped_units_are_canonical_surfaces_with_a_base() -> None:
    table = default_units()
    for unit in table.by_surface.values():
        assert unit.factor > 0
        named = table.named(unit.unit)
        assert named is not None, f"{unit.unit} of {unit.surface} is no surface itself"
        assert (named.base, named.dimension) == (unit.base, unit.dimension)


@pytest.mark.parametrize(
    "name",
    [
        "units.tsv",
        "approximators.tsv",
        "exclusions.tsv",
        "headings.tsv",
        "columns.tsv",
        "contrasts.tsv",
        "levels.tsv",
        "name_units.tsv",
        "implied_units.tsv",
        "role_cues.tsv",
    ],
)
def test_head_of_the_file_explains_its_columns(name: str) -> None:
    text = data_text(name)
    head = next(line for line in text.splitlines() if line and not line.startswith("#"))
    comments = [line for line in text.splitlines() if line.startswith("#")]
    for column in head.split("\t"):
        assert any(line.startswith(f"# {column}") for line in comments), column


def test_amounts_convert_by_the_table() -> None:
    units = default_units()
    mu = units.named("亩")
    hectare = units.named("公顷")
    assert mu is not None
    assert hectare is not None
    assert Decimal(15) * Decimal(mu.factor.numerator) / mu.factor.denominator == hectare.factor
