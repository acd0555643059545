"""Each rule on forms against its table ``form_cases.yaml``: what it must flag, and what it must leave alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.extraction import extract
from extract.records import Finding
from tests.reading import findings_of

RULES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "form_cases.yaml").read_text(encoding="utf-8"))
FLAG = [(entry["rule"], case) for entry in RULES for case in entry["flag"]]
LEAVE = [(entry["rule"], text) for entry in RULES for text in entry["leave"]]
HEADS = {
    "FUNDS": "资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分",
    "FORM": "三级指标\t年度指标值\t实际完成值\t分值\t得分",
    "TREE": "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因",
}


def whole(text: str) -> str:
    for name, head in HEADS.items():
        text = re.sub(rf"^{name}$", head, text, flags=re.MULTILINE)
    return text + "\n"


def finding_in(rule: str, case: dict[str, str]) -> Finding:
    found = [f for f in findings_of(whole(case["text"]), rule) if f.stated == case["stated"]]
    assert found, [(f.stated, f.message) for f in findings_of(whole(case["text"]), rule)]
    return found[0]


@pytest.mark.parametrize(("rule", "case"), FLAG, ids=[f"{rule} {case['stated']}" for rule, case in FLAG])
def test_fault_of_a_form_is_flagged(rule: str, case: dict[str, str]) -> None:
    finding = finding_in(rule, case)
    for key in ("type", "severity", "expected", "slip"):
        assert key not in case or str(getattr(finding, key)) == case[key]
    assert case.get("workings", "") in finding.workings


@pytest.mark.parametrize(("rule", "text"), LEAVE)
def test_what_is_right_or_explained_in_a_form_is_left_alone(rule: str, text: str) -> None:
    assert [finding.message for finding in findings_of(whole(text), rule)] == []


@pytest.mark.parametrize(("rule", "case"), FLAG, ids=[f"{rule} {case['stated']}" for rule, case in FLAG])
def test_message_asks_and_never_accuses(rule: str, case: dict[str, str]) -> None:
    message = finding_in(rule, case).message
    assert re.search(r"请[^。]*(?:更正|说明|核|调整|合并|补充)", message)
    assert "虚报" not in message
    assert "“”" not in message


def test_marks_of_a_form_that_judges_its_rows_are_only_asked_about() -> None:
    rows = "新建泵站\t5座\t6座\t20\t{}\n宣传活动\t8场\t9场\t20\t19.2\n维修水渠\t8公里\t8公里\t60\t60"
    judged, one = (findings_of(whole(f"FORM\n{rows.format(marks)}"), "R10") for marks in ("18.5", "20"))
    assert [finding.severity.value for finding in judged] == ["hint", "hint"]
    assert [finding.severity.value for finding in one] == ["high"]


def test_formula_that_gives_the_score_is_named() -> None:
    text = whole("得分按完成比例计分。\nFORM\n办理时限\t≤10天\t16天\t20\t12.5\n维修水渠\t8公里\t8公里\t80\t80")
    workings = [holds.workings for holds in extract(text).holds if holds.rule == "R10"]
    assert any("分值×目标值÷完成值" in each for each in workings)


def test_wrong_total_that_two_rules_see_is_one_issue() -> None:
    text = whole("FORM\n新建泵站\t5座\t5座\t60\t60\n维修水渠\t8公里\t8公里\t40\t40\n总分\t\t\t100\t99")
    total = [finding for finding in extract(text).findings if finding.stated == "99分"]
    assert {finding.rule for finding in total} == {"R01", "R11"}
    assert len({finding.issue or finding.id for finding in total}) == 1


def test_missing_parts_of_a_whole_report_are_hints() -> None:
    filler = "全局围绕中心工作，统筹推进各项事务，改进作风，服务群众。" * 60
    text = f"2022年度青桐县水务局部门整体支出绩效自评报告\n一、基本情况\n年初预算数860万元。{filler}\n"
    hints = findings_of(text, "R28")
    assert {finding.severity.value for finding in hints} == {"hint"}
    assert {"绩效目标", "自评得分和评分表", "全年（调整后）预算数"} == {finding.stated for finding in hints}


def test_defects_like_those_of_public_forms_are_all_found() -> None:
    text = whole((Path(__file__).parent / "public_defects.txt").read_text(encoding="utf-8"))
    found = {(finding.rule, finding.stated) for finding in extract(text).findings}
    assert {
        ("R09", "100%"),  # 3,824.26 of 4,753.66
        ("R11", "110分"),  # weights of 110 points
        ("R07", "95%"),  # the actual repeats the target's ≥
        ("R10", "19.6分"),  # 19.6 of 20 for 98 % against 98 %
    } <= found


def test_other_transport_inside_the_three_publics_is_found() -> None:
    text = (Path(__file__).parent / "public_defects.txt").read_text(encoding="utf-8")
    assert findings_of(whole(text), "R16")
