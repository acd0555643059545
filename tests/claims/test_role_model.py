"""Roles by learnt weights: what no weight can overrule, and the reasons given."""

from __future__ import annotations

import pytest

from extract.claims.roles import (
    RoleModel,
    allowed_roles,
    decide_roles,
    default_role_constraints,
    parse_role_constraints,
)
from extract.errors import LexiconError
from extract.records import Role
from extract.segmentation.words import Vocabulary
from extract.weights import Calibration, Weights
from tests.mentions import mentions_in, read

HEAD = "feature\troles\tnote\n"
TABLE = """三级指标\t年度指标值\t实际完成值\t分值\t得分
新建堤防\t12公里\t12.6公里\t20\t完成得19.5分
"""
SURE = 50.0  #: a weight that nothing outweighs


def model(*words: str, **rows: dict[str, float]) -> RoleModel:
    """Role → features and their weights, as a model of roles."""
    by_choice: dict[str, tuple[tuple[int, float], ...]] = {}
    for role, features in rows.items():
        for name, weight in features.items():
            by_choice[name] = (*by_choice.get(name, ()), (list(Role).index(Role(role)), weight))
    choices = tuple(role.value for role in Role)
    return RoleModel(Weights(choices, {}, by_choice, Calibration()), Vocabulary(words))


def roles_by(text: str, decided: RoleModel) -> dict[str, Role]:
    document = read(text)
    mentions = mentions_in(document)
    decisions = decide_roles(document, mentions, decided)
    return {mention.span.of(text): decision.role for mention, decision in zip(mentions, decisions, strict=True)}


@pytest.mark.parametrize("believed", [role.value for role in Role if role is not Role.SCORE])
def test_figure_in_a_column_of_marks_is_a_score_whatever_its_words_say(believed: str) -> None:
    found = roles_by(TABLE, model("完成", **{believed: {"always": SURE}}))
    assert (found["20"], found["19.5分"]) == (Role.SCORE, Role.SCORE)
    assert found["12.6公里"] is Role(believed)


@pytest.mark.parametrize(
    ("features", "roles"),
    [
        ((), tuple(Role)),
        (("near 完成", "in prose"), tuple(Role)),
        (("column of weight",), (Role.SCORE,)),
        (("column of opening",), (Role.TARGET,)),
        (("column of spent",), (Role.ACTUAL, Role.CHANGE)),
        (("column of spent", "column of received"), (Role.ACTUAL,)),
    ],
)
def test_constraints_leave_some_roles(features: tuple[str, ...], roles: tuple[Role, ...]) -> None:
    assert allowed_roles(dict.fromkeys(features, 1.0)) == roles


def test_constraints_that_leave_nothing_together_do_not_both_count() -> None:
    assert allowed_roles({"column of weight": 1.0, "column of opening": 1.0}) == (Role.SCORE,)


def test_constraints_are_read_row_by_row() -> None:
    text = f"# why\n{HEAD}column of spent\tactual change\tmoney\ncolumn of score\tscore\t\n"
    assert parse_role_constraints(text) == {
        "column of spent": {Role.ACTUAL, Role.CHANGE},
        "column of score": {Role.SCORE},
    }
    assert all(default_role_constraints().values())


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("column of spent\tdone\t", r"^c\.tsv:2: roles 'done' are not all of target, "),
        ("column of spent\tactual done\t", r"^c\.tsv:2: roles 'actual done'"),
        ("column of spent\t\t", r"^c\.tsv:2: roles ''"),
        ("column of spent", r"^c\.tsv:2: roles ''"),
        ("a\tscore\t\na\tscore\t", r"^c\.tsv:3: feature 'a' stands twice; keep one row"),
        ("a\tscore\twhy\tmore", r"^c\.tsv:2: 4 cells but 3 columns"),
    ],
)
def test_row_that_is_none_is_named(row: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_role_constraints(f"{HEAD}{row}\n", "c.tsv")


def test_head_of_other_columns_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"^c\.tsv:1: columns are"):
        parse_role_constraints("feature\trole\n", "c.tsv")


def test_decision_says_what_spoke_for_it() -> None:
    learnt = model("计划", "新建", "堤防", target={"ahead 计划": 3.0, "clause 计划": 4.0, "near 堤防": 1.0})
    document = read("全年计划新建堤防12公里。\n")
    (decision,) = decide_roles(document, mentions_in(document), learnt)
    assert decision.role is Role.TARGET
    assert [reason for reason in decision.reasons if reason in ("clause 计划", "near 堤防")] == [
        "clause 计划",
        "near 堤防",
    ]
    assert any(reason.startswith("ahead: ") and "计划" in reason for reason in decision.reasons)
    assert 0.5 < decision.confidence <= 1


def test_role_of_the_figure_before_is_known() -> None:
    learnt = model("计划", target={"clause 计划": 4.0, "goes on from target": 8.0}, actual={"always": 1.0})
    assert roles_by("全年计划新建堤防12公里、泵站3座。另建渠道9公里。\n", learnt) == {
        "12公里": Role.TARGET,
        "3座": Role.TARGET,
        "9公里": Role.ACTUAL,
    }


def test_confidence_is_calibrated() -> None:
    document = read("新建堤防12公里。\n")
    learnt = model(actual={"always": SURE})
    weights = Weights(learnt.weights.choices, {}, learnt.weights.by_choice, Calibration(((0.0, 0.0), (1.0, 0.8))))
    (decision,) = decide_roles(document, mentions_in(document), RoleModel(weights, learnt.vocabulary))
    assert decision.confidence == pytest.approx(0.8)
