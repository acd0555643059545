"""Each rule against its table ``cases.yaml``: what it must flag, and what it must leave alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.extraction import extract
from extract.records import FindingType, Severity
from tests.reading import findings_of
from tests.samples import sample_texts

RULES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
FLAG = [(entry["rule"], case) for entry in RULES for case in entry["flag"]]
LEAVE = [(entry["rule"], text) for entry in RULES for text in entry["leave"]]
HEAD = "三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
TYPES = {
    "R01": FindingType.ARITHMETIC,
    "R02": FindingType.ARITHMETIC,
    "R03": FindingType.CONFLICT,
    "R04": FindingType.UNIT,
    "R05": FindingType.MALFORMED,
    "R06": FindingType.MISSED,
    "R16": FindingType.ARITHMETIC,
}


def whole(text: str) -> str:
    return text.replace("HEAD", HEAD) + "\n"


@pytest.mark.parametrize(("rule", "case"), FLAG, ids=[f"{rule} {case['stated']}" for rule, case in FLAG])
def test_fault_is_flagged(rule: str, case: dict[str, str]) -> None:
    (finding,) = findings_of(whole(case["text"]), rule)
    assert (finding.type, finding.stated) == (case.get("type", TYPES.get(rule)), case["stated"])
    assert "expected" not in case or finding.expected == case["expected"]
    assert case.get("workings", "") in finding.workings


@pytest.mark.parametrize(("rule", "text"), LEAVE)
def test_what_is_right_or_explained_is_left_alone(rule: str, text: str) -> None:
    assert [finding.message for finding in findings_of(whole(text), rule)] == []


@pytest.mark.parametrize(("rule", "case"), FLAG, ids=[f"{rule} {case['stated']}" for rule, case in FLAG])
def test_message_states_the_fact_and_asks(rule: str, case: dict[str, str]) -> None:
    for finding in findings_of(whole(case["text"]), rule):
        assert case["stated"] in finding.message
        assert re.search(r"请[^。]*(?:更正|说明|核)", finding.message)
        assert "虚报" not in finding.message


def test_arithmetic_shows_its_workings() -> None:
    (finding,) = findings_of("排查隐患172处，整改到位148处，整改率96.05%。\n", "R02")
    assert "148处÷172处=86.05%" in finding.workings
    assert finding.workings in finding.message


def test_relation_that_is_right_is_listed() -> None:
    (holds,) = (h for h in extract("排查隐患172处，整改到位148处，整改率86.05%。\n").holds if h.rule == "R02")
    assert "86.05%" in holds.workings
    assert len(holds.claims) == 3


def test_full_marks_make_a_missed_target_severe() -> None:
    (finding,) = findings_of(whole("HEAD群众满意度\t≥95%\t80%\t10\t10"), "R06")
    assert finding.severity is Severity.HIGH


def test_malformed_number_is_of_low_severity() -> None:
    (finding,) = findings_of("全年争取资金8.000.00余万元。\n", "R05")
    assert finding.severity is Severity.LOW


@pytest.mark.parametrize("name", sample_texts())
def test_findings_stand_in_text_order_with_ids_of_their_own(name: str) -> None:
    findings = extract(sample_texts()[name]).findings
    starts = [finding.spans[0].start for finding in findings]
    assert starts == sorted(starts)
    assert len({finding.id for finding in findings}) == len(findings)
