"""The time that a figure speaks of, as its sentence, column or report tells it."""

from __future__ import annotations

import pytest

from extract.claims.periods import period_of
from extract.records import Role


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("2021年完成", "2021"),
        ("2021年度实际支出", "2021"),
        ("截至2022年6月30日，累计拨付", "2022-06-30"),
        ("截至2022年6月底，已开工", "2022-06"),
        ("截至6月30日，完成", "2022-06-30"),
        ("至9月末，兑付", "2022-09"),
        ("1—6月，共受理", "2022-06"),
        ("2022年1-9月完成", "2022-09"),
        ("上半年新建", "2022-06"),
        ("前三季度入库", "2022-09"),
        ("第二季度抽检", "2022-06"),
        ("去年同期为", "2022/prev"),
        ("上年度完成", "2022/prev"),
        ("2021年为3座，2022年新建", "2022"),
        ("新建", "2022"),
        ("", "2022"),
    ],
)
def test_time_named_before_the_figure_is_its_period(words: str, period: str) -> None:
    assert period_of(Role.ACTUAL, "2022", words) == period


@pytest.mark.parametrize(
    "words",
    [
        "比上年增加3个，达到",
        "较2021年减少，降至",
        "自2018年以来累计完成",
        "2018年起逐步建成",
        "按照《2019年农村供水工程建设方案》完成",
        "上年结转",
        "工期为3个月，建成",
        "每月13月抽查",
    ],
)
def test_time_of_something_else_is_not_the_figures(words: str) -> None:
    assert period_of(Role.ACTUAL, "2022", words) == "2022"


def test_baseline_without_a_time_is_of_the_year_before() -> None:
    assert period_of(Role.BASELINE, "2022", "由40个工作日") == "2022/prev"


def test_baseline_is_of_the_year_it_is_compared_with() -> None:
    assert period_of(Role.BASELINE, "2022", "较2020年的") == "2020"


def test_change_is_of_the_year_of_the_report() -> None:
    assert period_of(Role.CHANGE, "2022", "比上年增长") == "2022"


def test_nearest_words_go_first() -> None:
    assert period_of(Role.ACTUAL, "2022", "完成", "2021年决算数", "2020年基本情况") == "2021"


def test_without_any_year_there_is_no_period() -> None:
    assert period_of(Role.ACTUAL, None, "截至6月底，完成") is None
