"""A target beside the actual that answers it, and the verdict on the two (guideline, section "Pairs")."""

from __future__ import annotations

import pytest

from extract.extraction import extract
from extract.records import Answer, Basis, Role
from tests.reading import answers_of

HEAD = "三级指标\t年度指标值\t实际完成值\t分值\t得分\n"

VERDICTS: list[tuple[str, dict[str, tuple[str | None, str | None]]]] = [
    ("计划供地700宗，实际供地764宗。\n", {"700宗": ("764宗", "exceeded")}),
    ("计划新建泵站12座，实际新建12座。\n", {"12座": ("12座", "met")}),
    ("计划新建泵站12座，实际新建10座。\n", {"12座": ("10座", "missed")}),
    (f"{HEAD}群众满意度\t≥95%\t96.5%\t11\t10.5\n", {"95%": ("96.5%", "exceeded")}),
    (f"{HEAD}群众满意度\t≥95%\t94.9%\t11\t10.5\n", {"95%": ("94.9%", "missed")}),
    (f"{HEAD}群众满意度\t95%以上\t95%\t11\t10.5\n", {"95%以上": ("95%", "met")}),
    (f"{HEAD}细颗粒物浓度\t≤38μg/m³\t35μg/m³\t11\t10.5\n", {"38μg/m³": ("35μg/m³", "exceeded")}),
    (f"{HEAD}细颗粒物浓度\t≤38μg/m³\t39μg/m³\t11\t10.5\n", {"38μg/m³": ("39μg/m³", "missed")}),
    (f"{HEAD}安全事故\t0起\t0起\t11\t10.5\n", {"0起": ("0起", "met")}),
    (f"{HEAD}安全事故\t0起\t2起\t11\t10.5\n", {"0起": ("2起", "missed")}),
    (f"{HEAD}办理时限\t10个工作日内\t8个工作日\t11\t10.5\n", {"10个工作日内": ("8个工作日", "exceeded")}),
    (f"{HEAD}改造面积\t15亩\t1公顷\t11\t10.5\n", {"15亩": ("1公顷", "met")}),
    (f"{HEAD}土地供应\t2510公顷\t2510.92公顷\t11\t10.5\n", {"2510公顷": ("2510.92公顷", "exceeded")}),
    (
        f"{HEAD}新建堤防\t12公里\t13公里\t11\t10.5\n改造泵站\t3座\t2座\t12\t8\n清淤河道\t5公里\t5公里\t12\t12\n",
        {"12公里": ("13公里", "exceeded"), "3座": ("2座", "missed"), "5公里": ("5公里", "met")},
    ),
    (
        "一、绩效目标\n新建堤防12公里，改造泵站3座。\n二、完成情况\n改造泵站4座，新建堤防13公里。\n",
        {"12公里": ("13公里", "exceeded"), "3座": ("4座", "exceeded")},
    ),
]


@pytest.mark.parametrize(("text", "answers"), VERDICTS, ids=[str(answers) for _, answers in VERDICTS])
def test_target_finds_its_actual_and_verdict(text: str, answers: dict[str, tuple[str | None, str | None]]) -> None:
    assert answers_of(text) == answers


@pytest.mark.parametrize(
    "text",
    [
        "一、绩效目标\n植树造林300亩。\n二、完成情况\n举办培训12期。\n",
        "一、绩效目标\n植树造林300亩。\n二、完成情况\n植树造林有关情况良好，投入5万元。\n",
        "计划植树造林300亩。\n",
    ],
)
def test_target_that_measures_another_thing_is_not_answered(text: str) -> None:
    (pair,) = extract(text).pairs
    assert (pair.actual, pair.verdict) == (None, None)
    assert pair.answer in (Answer.NONE, Answer.WORDS)


def test_target_answered_in_words_alone() -> None:
    text = "一、绩效目标\n完成7个贫困村脱贫摘帽。\n二、完成情况\n贫困村脱贫摘帽全部顺利完成。\n"
    (pair,) = extract(text).pairs
    assert (pair.answer, pair.actual) == (Answer.WORDS, None)


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费年初预算36.5万元，实际支出29.87万元。\n",
        "项目\t年初预算数（万元）\t全年执行数（万元）\n基本支出\t985.93\t900.10\n",
    ],
)
def test_budget_beside_spending_has_no_verdict(text: str) -> None:
    (pair,) = extract(text).pairs
    assert pair.actual is not None
    assert (pair.basis, pair.verdict) == (Basis.BUDGET, None)


def test_ratio_is_the_actual_over_the_target_to_four_places() -> None:
    (pair,) = extract("计划供地700宗，实际供地764宗。\n").pairs
    assert str(pair.ratio) == "1.0914"


def test_plan_and_context_are_never_paired() -> None:
    text = "一、概况\n编制97人，在职114人。\n五、下一步打算\n新建堤防20公里。\n"
    extraction = extract(text)
    assert {claim.role for claim in extraction.claims} == {Role.CONTEXT, Role.PLAN}
    assert extraction.pairs == ()


def test_one_actual_answers_a_goal_and_its_restatement() -> None:
    text = (
        "一、绩效目标\n新建堤防12公里。\n二、完成情况\n新建堤防13公里。\n"
        f"三、自评表\n{HEAD}新建堤防\t12公里\t13公里\t11\t10.5\n"
    )
    extraction = extract(text)
    targets = [c for c in extraction.claims if c.role is Role.TARGET]
    assert len(targets) == 2
    assert {pair.target.id for pair in extraction.pairs} == {target.id for target in targets}
    assert all(pair.actual is not None for pair in extraction.pairs)


@pytest.mark.parametrize(
    "text",
    [
        "一、绩效目标\n新建泵站12座。\n二、完成情况\n截至6月底已新建泵站7座。\n",
        pytest.param(
            "计划新建泵站12座，截至6月底已新建泵站7座。\n",
            marks=pytest.mark.xfail(reason="the second figure is read as a target too", strict=False),
        ),
    ],
)
def test_in_year_figure_leaves_the_verdict_open(text: str) -> None:
    (pair,) = extract(text).pairs
    assert pair.actual is not None
    assert pair.verdict == "unclear"


def test_pairs_carry_reasons_and_evidence() -> None:
    (pair,) = extract("计划供地700宗，实际供地764宗。\n").pairs
    assert pair.reasons
    assert pair.evidence
    assert 0 < pair.confidence <= 1
