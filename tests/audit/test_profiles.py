"""Profiles: those that come with the program, what a file may say, and what follows from them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.audit.profiles import parse_profile, parse_yaml, profile_for, profile_names, read_profile
from extract.audit.rules.r17_contradictions import parse_contradictions
from extract.errors import LexiconError, UsageError
from extract.extraction import extract

FOLDER = Path(__file__).parents[2] / "src" / "extract" / "data" / "profiles"
GRADED = (
    "三级指标\t年度指标值\t实际完成值\t分值\t得分\n新建泵站\t5座\t5座\t60\t40\n总分\t\t\t100\t65\n自评等级为“中”。\n"
)


def values(**changes: Any) -> dict[str, Any]:
    text = (FOLDER / "national-department.yaml").read_text(encoding="utf-8")
    return {**yaml.safe_load(text), **changes}


def test_every_profile_that_comes_with_the_program_is_in_order() -> None:
    assert set(profile_names()) >= {"national-department", "national-project"}
    assert len(profile_names()) >= 4
    for name in profile_names():
        profile = read_profile(name)
        assert profile.name == name
        assert profile.grades[-1].least == 0


def test_a_profile_says_only_what_differs_from_its_base() -> None:
    department, project = read_profile("national-department"), read_profile("national-project")
    assert (department.fund_weight, project.fund_weight) == (0, 10)
    assert project.weights["产出"] == Decimal(50)
    assert project.documents == department.documents


@pytest.mark.parametrize(
    ("kind", "name"),
    [("project", "national-project"), ("department", "national-department"), (None, "national-department")],
)
def test_the_kind_of_report_chooses_the_profile(kind: str | None, name: str) -> None:
    assert profile_for(kind).name == name


def test_an_unknown_profile_is_a_usage_error_that_lists_the_names() -> None:
    with pytest.raises(UsageError, match="national-department, national-project"):
        read_profile("atlantis")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: a\ncolour: red\n", "p.yaml:2: nobody reads 'colour'"),
        ("title: a\ntotal: 100\ntitle: b\n", "p.yaml:3: 'title' already stands on line 1"),
        ("- a\n", "p.yaml:1: a profile is a mapping"),
        ("title: [a\n", "p.yaml:2: not YAML"),
    ],
)
def test_a_file_that_breaks_the_rules_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(LexiconError) as raised:
        parse_yaml(text, "p.yaml")
    assert str(raised.value).startswith(said)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"total": "hundred"}, "p: total: 'hundred' is no number"),
        ({"carry_over": -1}, "p: carry_over: -1 is below 0"),
        ({"negative": ["backwards"]}, "p: negative: 'backwards' is none of inverse, excess"),
        ({"grades": [{"name": "良", "least": 80}, {"name": "优", "least": 90}]}, "p: grades: must go from the best"),
        ({"grades": [{"name": "优"}]}, "p: grades: ['name'] must be ['least', 'name']"),
        ({"not_applied": ["r21"]}, "p: not_applied: 'r21' is no rule"),
        ({"qualitative_bands": [[1, 0.8]]}, "p: qualitative_bands: [1, 0.8]: the lower share goes first"),
        ({"documents": [{"name": "a", "number": "b", "ended": "2020", "replaced_by": "c"}]}, "p: documents[1].ended"),
    ],
)
def test_a_value_that_means_nothing_is_refused_with_its_field(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(LexiconError) as raised:
        parse_profile(values(**changes), name="p", where="p")
    assert str(raised.value).startswith(said)


def test_a_missing_field_is_named() -> None:
    given = values()
    del given["grades"]
    with pytest.raises(LexiconError, match="grades missing"):
        parse_profile(given, name="p", where="p")


def test_the_grades_of_a_place_decide_where_the_report_prints_none() -> None:
    national = [f.rule for f in extract(GRADED).findings if f.rule == "R11" and "等级" in f.message]
    local = [f for f in extract(GRADED, profile=read_profile("guangdong")).findings if "等级" in f.message]
    assert national == []
    assert [finding.expected for finding in local] == ["低"]


def test_weights_that_differ_from_those_of_the_place_are_hints() -> None:
    text = (
        "一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "产出指标（60分）\t新建泵站\t5座\t5座\t60\t60\n效益指标（40分）\t受益农户\t90户\t92户\t40\t40\n"
    )
    hints = [f for f in extract(text, profile=read_profile("national-project")).findings if f.rule == "R11"]
    assert [(f.severity.value, f.stated, f.expected) for f in hints] == [
        ("hint", "60分", "50分"),
        ("hint", "40分", "30分"),
    ]
    assert not [f for f in extract(text, profile=read_profile("national-department")).findings if f.rule == "R11"]


def test_a_rule_that_is_not_applied_finds_nothing() -> None:
    text = "排查隐患172处，整改到位148处，整改率96.05%。\n"
    without = parse_profile(values(not_applied=["R02"]), name="p", where="p")
    assert [f.rule for f in extract(text).findings] == ["R02"]
    assert extract(text, profile=without).findings == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("按时\t未按时\t时间\t按期完成 / 未按时\t其他", "do not find their examples"),
        ("按时\t未能\t时间\t按时完成 / 未能完成\t按时提交", "which it must not"),
    ],
)
def test_a_contradiction_is_tried_on_its_own_examples(row: str, said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        parse_contradictions(f"claim\tagainst\tabout\texample\tbut_not\n{row}\n")
