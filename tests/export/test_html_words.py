"""The words of the page: every value has one, every label is used."""

from __future__ import annotations

import re

import pytest
import yaml

from extract.errors import LexiconError
from extract.export.html.words import FILE, default_words, parse_words
from extract.lexicons import data_text
from extract.models import default_models
from extract.records import Basis, FindingType, Role, Severity

SLOTS = {"land.supply": "土地供应"}


def test_roles_and_severities_differ_by_sign_not_by_colour_alone() -> None:
    words = default_words()
    for values in (Role, Severity):
        signs = [words.of(value).sign for value in values]
        assert len(set(signs)) == len(signs)
        assert all(signs)


def test_a_value_of_two_sets_has_two_words() -> None:
    words = default_words()
    assert words.of(Basis.BUDGET).word != words.of(FindingType.BUDGET).word


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("near: 完成", "紧邻“完成”"),
        ("near value", "数值相近"),
        ("column: 年度指标值", "所在列“年度指标值”"),
        ("slot land.supply", "指标同为“土地供应”"),
        ("slot land.supply: near 供地", "指标“土地供应”：紧邻“供地”"),
        ("slot unknown.slot: row 供地", "指标“unknown.slot”：行名“供地”"),
        ("names {0} and {slot}", "名称“{0}”与“{slot}”相近"),
        ("table 3 row 7", "同在表3第7行"),
        ("a reason of tomorrow", "a reason of tomorrow"),
    ],
)
def test_reasons_are_shown_in_chinese_as_far_as_they_are_known(reason: str, shown: str) -> None:
    assert default_words().reason(reason, SLOTS) == shown


@pytest.mark.parametrize(
    ("reasons", "shown"),
    [
        (["same unit", "rare likeness, other", "both in prose"], ("单位相同", "用词相近", "均在正文中")),
        (["columns None and None", "same value"], ("数值相同",)),
        (["same sentence, behind by 2", "same sentence, behind by 3"], ("同一句，在其后",)),
        (["names 供地 and 实际供地", "answered in words"], ("名称“供地”与“实际供地”相近", "仅有文字回应")),
    ],
)
def test_reasons_of_pairs_are_shown_in_chinese_only(reasons: list[str], shown: tuple[str, ...]) -> None:
    assert default_words().pair_reasons(reasons, SLOTS) == shown


def test_no_feature_of_the_models_is_shown_in_english() -> None:
    shown = default_words().pair_reasons(default_models().pairs.shared, SLOTS)
    assert len(shown) > 20
    assert not re.search("[A-Za-z]", "".join(shown))


OF_WORDS = re.compile(r"(?:unit|pair|next|near|in front|behind|beyond|clause|opening|ahead|name|indicator|row|column) ")


def test_no_feature_of_a_figure_is_shown_in_english() -> None:
    words, models = default_words(), default_models()
    names = {name for model in (models.roles, models.slots) for name in model.weights.by_choice | model.weights.shared}
    own = sorted(name for name in names if not OF_WORDS.match(name) or name.startswith("column of "))
    assert len(own) > 100
    assert [name for name in own if words.reason(name, SLOTS) == name] == []


def test_every_label_is_used() -> None:
    used = data_text("report/report.html.jinja") + _sources()
    unused = [name for name in default_words().labels if not re.search(rf"\b{name}\b", used)]
    assert unused == []


def _sources() -> str:
    from importlib.resources import files

    folder = files("extract") / "export" / "html"
    return "".join(path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name.endswith(".py"))


@pytest.mark.parametrize(
    ("group", "change", "message"),
    [
        ("roles", {"target": None}, "roles: values missing ['target'], unknown []"),
        ("verdicts", {"great": {"word": "好"}}, "verdicts: values missing [], unknown ['great']"),
        ("stages", {"spent": {"sign": "x"}}, "stages.spent: keys are ['sign']"),
    ],
)
def test_a_group_that_lacks_a_value_or_has_a_stranger_is_refused(
    group: str, change: dict[str, dict[str, str] | None], message: str
) -> None:
    data = yaml.safe_load(data_text(FILE))
    for key, value in change.items():
        if value is None:
            del data[group][key]
        else:
            data[group][key] = value
    with pytest.raises(LexiconError, match=re.escape(message)):
        parse_words(yaml.safe_dump(data))
