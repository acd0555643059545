"""Promised, delivered, compared with, or just there: the role of a figure (guideline, section "Role")."""

from __future__ import annotations

import pytest

from tests.reading import claims_of, roles_of

GOALS = "二、绩效目标\n"
RESULTS = "三、完成情况\n"
NEXT = "五、下一步打算\n"
FUNDS = """项目\t年初预算数（万元）\t全年预算数（万元）\t全年执行数（万元）\t执行率（%）\t分值\t得分
年度资金总额\t800.00\t985.93\t900.10\t91.29\t10\t9.13
"""
INDICATORS = """一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t新建堤防\t12公里\t12.6公里\t21\t20.5
满意度指标\t群众满意度\t≥95%\t96.5%\t11\t10.5
"""

CASES: list[tuple[str, dict[str, str]]] = [
    # the section goes before the wording
    (f"{GOALS}全年完成新建堤防12公里。\n", {"12公里": "target"}),
    (f"{GOALS}群众满意度达到95%以上。\n", {"95%以上": "target"}),
    (f"{RESULTS}新建堤防12.6公里。\n", {"12.6公里": "actual"}),
    (f"{NEXT}新建堤防20公里。\n", {"20公里": "plan"}),
    ("年度绩效目标：新建堤防12公里。\n", {"12公里": "target"}),
    # the column goes before everything
    (
        FUNDS,
        {"800.00": "target", "985.93": "target", "900.10": "actual", "91.29": "actual", "10": "score", "9.13": "score"},
    ),
    (
        INDICATORS,
        {"12公里": "target", "12.6公里": "actual", "21": "score", "20.5": "score", "95%": "target", "96.5%": "actual"},
    ),
    (f"{RESULTS}{INDICATORS}", {"12公里": "target", "12.6公里": "actual"}),
    # wording
    ("全年计划供地700宗，实际供地764宗。\n", {"700宗": "target", "764宗": "actual"}),
    ("年初预算36.5万元，实际支出29.87万元。\n", {"36.5万元": "target", "29.87万元": "actual"}),
    ("排查隐患172处，整改到位148处，整改率86.05%。\n", {"172处": "actual", "148处": "actual", "86.05%": "actual"}),
    ("全年新建堤防12.6公里，同比增长4%。\n", {"12.6公里": "actual", "4%": "change"}),
    ("全年支出900万元，比上年减少73.57万元。\n", {"900万元": "actual", "73.57万元": "change"}),
    ("办理时限从45个工作日缩短至12个工作日。\n", {"45个工作日": "baseline", "12个工作日": "actual"}),
    ("大班额比例由上年的1.9%降到0.6%。\n", {"1.9%": "baseline", "0.6%": "actual"}),
    ("上年决算数为56.75万元。\n", {"56.75万元": "baseline"}),
    ("满意度比上年提高2.3个百分点。\n", {"2.3个百分点": "change"}),
    ("核定编制97人，在职114人，退休33人。\n", {"97人": "context", "114人": "context", "33人": "context"}),
    ("局机关内设24个职能科室。\n", {"24个": "context"}),
    ("自评得分98.5分。\n", {"98.5分": "score"}),
    ("投入管理分值20分，得18.5分。\n", {"20分": "score", "18.5分": "score"}),
    ("全年受理来信来访53件。\n", {"53件": "actual"}),
]


@pytest.mark.parametrize(("text", "roles"), CASES, ids=[next(iter(roles)) + text[:12] for text, roles in CASES])
def test_role_of_figure(text: str, roles: dict[str, str]) -> None:
    found = roles_of(text)
    assert {surface: found.get(surface) for surface in roles} == roles


@pytest.mark.parametrize(
    ("surface", "stage"),
    [("800.00", "opening"), ("985.93", "adjusted"), ("900.10", "spent"), ("91.29", None), ("10", None)],
)
def test_column_gives_the_stage_of_money(surface: str, stage: str | None) -> None:
    assert claims_of(FUNDS)[surface].stage == stage


@pytest.mark.parametrize(
    ("surface", "number", "unit", "unit_from"),
    [
        ("800.00", 8_000_000, "元", "header"),
        ("91.29", 91.29, "%", "header"),
        ("9.13", 9.13, "分", "header"),
    ],
)
def test_bare_figure_takes_the_unit_of_its_header(surface: str, number: float, unit: str, unit_from: str) -> None:
    quantity = claims_of(FUNDS)[surface].quantity
    assert float(quantity.number or 0) == number
    assert (quantity.unit, quantity.unit_from) == (unit, unit_from)


@pytest.mark.parametrize(
    "text",
    [
        "2020年度，1、基本情况\n（三）其他\n",
        "印发〔2014〕126号文件。\n",
        "联系电话：0730-8691983\n",
        "“三位一体”和三会一课。\n",
    ],
)
def test_what_measures_nothing_is_no_claim(text: str) -> None:
    assert claims_of(text) == {}


def test_serial_numbers_of_a_table_are_no_claims() -> None:
    text = "序号\t指标\t年度指标值\t实际完成值\n1\t新建堤防\t12公里\t13公里\n2\t改造泵站\t3座\t4座\n"
    assert set(claims_of(text)) == {"12公里", "13公里", "3座", "4座"}


def test_every_claim_gives_reasons_and_knows_its_segment() -> None:
    text = f"{GOALS}新建堤防12公里。\n{RESULTS}新建堤防12.6公里，同比增长4%。\n{INDICATORS}"
    for claim in claims_of(text).values():
        assert claim.reasons
        assert claim.segment.span.holds(claim.span)
        assert 0 < claim.role_confidence <= 1


def test_year_of_the_report_is_the_period_of_its_figures() -> None:
    text = "2022年度青桐县水务局部门整体支出绩效自评报告\n\n一、完成情况\n新建堤防12.6公里。\n2021年新建堤防11公里。\n"
    assert claims_of(text)["11公里"].period == "2021"
