"""Tables with a row for each unit of government: the column names what is measured, the row whose it is."""

from __future__ import annotations

import pytest

from extract.extraction import extract
from extract.records import Claim, Role, Stage

REPORT = """青桐县水利局2022年度部门整体支出绩效自评报告

部门（单位）年度收入情况（万元）
单位名称\t收入合计\t其中：\t\t
\t\t上年结转\t公共财政拨款\t其他收入
青桐县水利局\t1,200.50\t200.50\t900.00\t100.00
1、局机关\t700.50\t100.50\t600.00\t
2、水文站\t500.00\t100.00\t310.00\t90.00

部门年度支出情况（万元）
单位名称\t支出合计\t基本支出\t项目支出\t年末结转
青桐县水利局\t1,100.50\t600.50\t500.00\t100.00
1、局机关\t650.50\t350.50\t300.00\t50.00
2、水文站\t450.00\t250.00\t200.00\t50.00
"""


@pytest.fixture(scope="module")
def claims() -> dict[str, Claim]:
    found = extract(REPORT)
    return {claim.span.of(found.document.text): claim for claim in found.claims}


@pytest.mark.parametrize(
    ("surface", "indicator", "organisation", "stage"),
    [
        ("700.50", "收入合计", "局机关", Stage.RECEIVED),
        ("310.00", "公共财政拨款", "水文站", Stage.RECEIVED),
        ("100.50", "上年结转", "局机关", Stage.CARRIED_IN),
        ("650.50", "支出合计", "局机关", Stage.SPENT),
        ("250.00", "基本支出", "水文站", Stage.SPENT),
        ("1,100.50", "支出合计", "青桐县水利局", Stage.SPENT),
    ],
)
def test_figure_is_named_by_its_column_and_belongs_to_the_unit_of_its_row(
    claims: dict[str, Claim], surface: str, indicator: str, organisation: str, stage: Stage
) -> None:
    claim = claims[surface]
    assert (claim.indicator, claim.organisation, claim.stage) == (indicator, organisation, stage)


def test_unit_of_the_title_above_the_header_holds_for_all_columns(claims: dict[str, Claim]) -> None:
    assert {claim.quantity.unit for claim in claims.values() if claim.cell} == {"元"}


def test_what_came_in_and_was_spent_is_actual(claims: dict[str, Claim]) -> None:
    assert {claim.role for claim in claims.values() if claim.cell} == {Role.ACTUAL}


def test_parts_under_a_budget_are_budget() -> None:
    text = "资金情况\n项目名称\t年初预算\t\t决算数\t\n\t基本支出\t项目支出\t基本支出\t项目支出\n合计\t50\t60\t49\t58\n"
    stages = {c.span.of(text): c.stage for c in extract(text).claims}
    assert stages["50"] is stages["60"]
    assert stages["49"] is stages["58"]


def test_parts_below_a_name_have_its_unit() -> None:
    found = extract(
        "概算总投资（万元）\n9,800.00\n其中：专项债券\n6,000.00\n其中：县财政安排\n3,800.00\n"
        "尚需投资（万元）\n1,185.70\n计划建筑面积（平方米）\n48,000\n其中：1号楼\n15,600\n其中：2号楼\n32,400\n"
    )
    units = {claim.span.of(found.document.text): claim.quantity.unit for claim in found.claims}
    assert units == {
        **dict.fromkeys(("9,800.00", "6,000.00", "3,800.00", "1,185.70"), "元"),
        **dict.fromkeys(("48,000", "15,600", "32,400"), "平方米"),
    }
