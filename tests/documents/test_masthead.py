"""What a report says of itself on its first page."""

from __future__ import annotations

import pytest

from extract.documents.masthead import read_masthead

HEADS = [
    (
        "2022年度青桐县水务局部门整体支出绩效自评报告\n一、基本情况\n",
        ("2022年度青桐县水务局部门整体支出绩效自评报告", "青桐县水务局", "2022", "department"),
    ),
    (
        "岚汐县教育局2021年度部门整体支出绩效自评报告\n\n按照要求，我局组织开展了自评。\n",
        ("岚汐县教育局2021年度部门整体支出绩效自评报告", "岚汐县教育局", "2021", "department"),
    ),
    (
        "2020 年度\n白沙县农业农村局项目支出绩效自评报告\n",
        ("2020年度白沙县农业农村局项目支出绩效自评报告", "白沙县农业农村局", "2020", "project"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_title_organisation_year_and_type(text: str, expected: tuple[str, str, str, str]) -> None:
    head = read_masthead(text)
    assert (head.title, head.organisation, head.year, head.report_type) == expected


def test_year_comes_from_the_text_where_the_title_has_none() -> None:
    head = read_masthead("青桐县水务局部门整体支出绩效自评报告\n2022年新建堤防，2022年完工，2021年开工。\n")
    assert head.year == "2022"


def test_text_that_says_nothing_gives_nothing() -> None:
    head = read_masthead("今天天气很好。\n")
    assert (head.title, head.organisation, head.year, head.report_type) == (None, None, None, None)
