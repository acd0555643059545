"""What is seen of a figure before its role is decided: words, place, neighbours, and its twins in tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.claims.features import twins_of, wholes_of
from extract.records import ColumnKind, Role
from tests.mentions import mentions_in, read, role_features_of

WORDS = ("计划", "实际", "完成", "新建", "堤防", "泵站", "同比", "增长", "投入", "其中", "满意度", "年度", "指标值")
TABLE = """三级指标\t年度指标值\t实际完成值\t得分
新建堤防\t12公里\t12.6公里\t20
群众满意度\t95%以上\t经调查满意度为96%\t10
"""

CASES: list[tuple[str, str, set[str], set[str]]] = [
    # words: the nearest, its clause, clauses before it, behind it, behind its clause, at the sentence's start
    (
        "全年计划新建堤防12公里，实际完成13公里。\n",
        "13公里",
        {"in front 完成", "near 完成", "near 实际", "clause 实际", "ahead 计划", "ahead 堤防"},
        {"clause 计划", "in front 实际", "ahead 实际"},
    ),
    (
        "实际完成12公里堤防，同比增长4%。\n",
        "12公里",
        {"in front 完成", "opening 实际", "behind 堤防", "beyond 同比", "next 堤", "always", "in prose"},
        {"behind 同比", "near 堤防"},
    ),
    # the measure itself
    (
        "新建堤防12公里。\n",
        "12公里",
        {"unit 公里", "dimension length", "dimension length in prose", "bound exact", "first figure"},
        {"figure is 0", "round figure"},
    ),
    ("新建泵站120座。\n", "120座", {"round figure"}, set()),
    ("完成率100%。\n", "100%", {"figure is 100%"}, {"round figure"}),
    ("发生事故0起。\n", "0起", {"figure is 0"}, set()),
    ("满意度95%以上。\n", "95%以上", {"bound at_least", "bound at_least in prose"}, {"bound exact"}),
    # the section
    ("一、绩效目标\n新建堤防12公里。\n", "12公里", {"section target", "dimension length in target"}, set()),
    ("新建堤防12公里。\n", "12公里", {"section says nothing"}, set()),
    # the cell
    (
        TABLE,
        "12公里",
        {"column of target", "alone in its cell", "column 年度", "column 指标值", "row 新建", "row 堤防"},
        {"in prose", "in words of a cell"},
    ),
    (
        TABLE,
        "96%",
        {"column of actual", "in words of a cell", "in words of a cell of actual"},
        {"alone in its cell"},
    ),
    (TABLE, "20", {"column of score", "unit from header"}, set()),
]


@pytest.mark.parametrize(("text", "surface", "present", "absent"), CASES, ids=[case[1] + case[0][:8] for case in CASES])
def test_features_of_figure(text: str, surface: str, present: set[str], absent: set[str]) -> None:
    features = role_features_of(text, surface, words=WORDS)
    assert present - set(features) == set()
    assert absent & set(features) == set()


@pytest.mark.parametrize(
    ("text", "surface", "role", "present"),
    [
        ("新建堤防12公里、泵站3座。\n", "3座", Role.TARGET, "goes on from target by 、"),
        ("新建堤防12公里（13处）。\n", "13处", Role.TARGET, "goes on from target by ("),
        ("新建堤防12公里，泵站3座。\n", "3座", Role.ACTUAL, "goes on from actual by ，"),
        ("新建堤防12公里泵站3座。\n", "3座", Role.ACTUAL, "goes on from actual by direct"),
        ("新建堤防12公里、渠道9公里。\n", "9公里", Role.ACTUAL, "goes on from actual with same unit"),
        ("新建堤防12公里、泵站3座。\n", "3座", Role.ACTUAL, "goes on from actual with another unit"),
        ("新建堤防12公里。新建泵站3座。\n", "3座", Role.TARGET, "sentence behind target"),
    ],
)
def test_figure_before_is_seen_with_its_role(text: str, surface: str, role: Role, present: str) -> None:
    features = role_features_of(text, surface, roles={"12公里": role})
    assert present in features
    assert "first figure" not in features


def test_cues_are_summed_place_by_place() -> None:
    features = role_features_of("全年计划新建堤防12公里。\n", "12公里")
    assert features["cues target"] > features["cues actual"]
    assert any(name.startswith("cue ") and name.endswith(" target") for name in features)


@pytest.mark.parametrize(
    ("named", "feature"), [("2021", "earlier year"), ("2022", "same year"), ("2023", "later year"), (None, None)]
)
def test_year_named_before_the_figure(named: str | None, feature: str | None) -> None:
    text = f"{named}年新建堤防12公里。\n" if named else "新建堤防12公里。\n"
    features = role_features_of(text, "12公里", year="2022")
    assert [name for name in features if name.endswith(" year")] == ([feature] if feature else [])


@pytest.mark.parametrize(
    ("prose", "kinds"),
    [("12公里", {"target"}), ("12.6公里", {"actual"}), ("12座", set()), ("13公里", set())],
)
def test_figure_of_prose_knows_the_columns_that_hold_the_same(prose: str, kinds: set[str]) -> None:
    features = role_features_of(
        f"全年新建堤防{prose}。\n\n三级指标\t年度指标值\t实际完成值\n堤防\t12公里\t12.6公里\n", prose
    )
    assert {name.rpartition(" ")[2] for name in features if name.startswith("same figure in column")} == kinds


def test_twins_are_figures_of_columns() -> None:
    text = f"全年新建堤防12公里，改造泵站3座。\n\n{TABLE}乡村公路\t12公里\t12公里\t5\n"
    twins = twins_of(mentions_in(read(text)))
    assert twins[Decimal(12), "公里"] == {ColumnKind.TARGET, ColumnKind.ACTUAL}
    assert twins[Decimal("12.6"), "公里"] == {ColumnKind.ACTUAL}
    assert (Decimal(3), "座") not in twins


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("批复投资100万元，其中省级60万元、市级40万元。\n", ["60万元", "40万元"]),
        ("支出100万元，其中基本支出60万元，项目支出40万元。\n", ["60万元", "40万元"]),
        ("投资100万元，工期9天，省级60万元、市级40万元。\n", ["60万元", "40万元"]),
        ("预算100万元，支出60万元，结余40万元。\n", []),  # what came of it
        ("批复投资100万元，其中省级60万元。\n", []),  # one part is none
        ("批复投资100万元，其中省级60万元、市级30万元。\n", []),
        ("批复投资100万元。其中省级60万元、市级40万元。\n", []),  # another sentence
    ],
)
def test_parts_of_a_sum(text: str, parts: list[str]) -> None:
    wholes = wholes_of(mentions_in(read(text)))
    assert [span.of(text) for span in wholes] == parts
    assert {whole.of(text) for whole in wholes.values()} == ({"100万元"} if parts else set())
