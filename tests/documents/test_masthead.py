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
    (
        "|禾坪县县级部门整体支出绩效自评表（2021年度）|||||\n|部门名称|禾坪县水务局||填报人|李山|\n|填报日期：2022年3月1日|||||\n",
        ("禾坪县县级部门整体支出绩效自评表（2021年度）", "禾坪县水务局", "2021", "department"),
    ),
    (
        "禾坪县部门整体支出绩效自评表,,,,\n（2022年度）,,,,\n填报单位（盖章）：禾坪县水务局,,填报日期：2023年4月12日,,\n",
        ("禾坪县部门整体支出绩效自评表", "禾坪县水务局", "2022", "department"),
    ),
    (
        "禾坪县水务局二〇二一年度整体支出绩效自评报告\n2020年结转、2020年开工的项目均已完工。\n",
        ("禾坪县水务局二〇二一年度整体支出绩效自评报告", "禾坪县水务局", "2021", "department"),
    ),
    (
        "<p>禾坪县水务局2021年度农村供水项目支出绩效自评报告</p>\n[bookmark: _Toc1]一、概况\n",
        ("禾坪县水务局2021年度农村供水项目支出绩效自评报告", "禾坪县水务局", "2021", "project"),
    ),
    (
        "禾坪县消防救援大队2023年度部门整体支出绩效自评材料\n2024年拟新建站点，2024年增员，2024年改造。\n",
        ("禾坪县消防救援大队2023年度部门整体支出绩效自评材料", "禾坪县消防救援大队", "2023", "department"),
    ),
    (
        "2023年度绩效自评报告\n根据省厅要求，专项资金由禾坪县文化局组织实施。\n",
        ("2023年度绩效自评报告", None, "2023", "project"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_title_organisation_year_and_type(text: str, expected: tuple[str, str | None, str, str]) -> None:
    head = read_masthead(text)
    assert (head.title, head.organisation, head.year, head.report_type) == expected


def test_year_comes_from_the_text_where_the_title_has_none() -> None:
    head = read_masthead("青桐县水务局部门整体支出绩效自评报告\n2022年新建堤防，2022年完工，2021年开工。\n")
    assert head.year == "2022"


def test_text_that_says_nothing_gives_nothing() -> None:
    head = read_masthead("今天天气很好。\n")
    assert (head.title, head.organisation, head.year, head.report_type) == (None, None, None, None)
