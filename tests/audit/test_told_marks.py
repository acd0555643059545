"""Marks that sentences give, the one misprint among them, and figures of the text beside the marks of a form."""

from __future__ import annotations

import pytest

from extract.documents.reading import document_from_bytes
from extract.extraction import extract
from extract.records import Finding, Severity

TITLE = "2022年度青桐县水务局项目支出绩效自评报告\n\n"
TOLD = (
    "评分如下：预算执行{exec_w}分，得{exec_s}分；新建泵站{pump_w}分，得{pump_s}分；"
    "维修水渠30分，得{canal_s}分；群众满意度30分，得30分。权重合计100分，总得分{total}分。\n"
)
RIGHT = {"exec_w": "10", "exec_s": "9.6", "pump_w": "30", "pump_s": "30", "canal_s": "28.5", "total": "98.1"}
FORM = (
    "三级指标\t年度指标值\t实际完成值\t分值\t得分\n新建泵站\t≥5座\t5座\t40\t40\n"
    "管网水质达标率\t≥95%\t97.5%\t60\t60\n总分\t\t\t100\t100\n"
)


def findings_of(text: str, rule: str) -> list[Finding]:
    document = document_from_bytes((TITLE + text).encode(), name="r.txt", where="r.txt")
    return [each for each in extract(document).findings if each.rule == rule and each.severity is not Severity.HINT]


@pytest.mark.parametrize(
    ("wrong", "stated", "expected"),
    [
        ({}, None, None),
        ({"pump_w": "25"}, "25分", "30分"),
        ({"pump_w": "35"}, "35分", "30分"),
        ({"exec_w": "9"}, "9分", "10分"),
        ({"pump_s": "31"}, "31分", "30分"),
        ({"pump_s": "27"}, "27分", "30分"),
        ({"exec_s": "10.6"}, "10.6分", "9.6分"),
        ({"total": "97.1"}, "97.1分", "98.1分"),
    ],
)
def test_the_one_wrong_mark_of_sentences_is_named(
    wrong: dict[str, str], stated: str | None, expected: str | None
) -> None:
    found = [(each.stated, each.expected) for each in findings_of(TOLD.format(**{**RIGHT, **wrong}), "R11")]
    assert found == ([] if stated is None else [(stated, expected)])


def test_marks_of_which_no_sum_holds_are_left_alone() -> None:
    text = TOLD.format(**{**RIGHT, "pump_w": "25", "total": "91"})
    assert findings_of(text, "R11") == []


@pytest.mark.parametrize(
    ("numbers", "found"),
    [(("一", "二", "四"), [("95分", "56分")]), (("一", "二", "三"), []), (("二", "二", "四"), [])],
)
def test_item_that_numbered_sentences_lack(numbers: tuple[str, str, str], found: list[tuple[str, str]]) -> None:
    names = ("决策（20分），得19分", "过程（20分），得18分", "效益（20分），得19分")
    items = "。".join(f"{number}、{name}" for number, name in zip(numbers, names, strict=True))
    text = f"自评情况如下。{items}。满分100分，自评总分95分。\n"
    assert [(each.stated, each.expected) for each in findings_of(text, "R11")] == found


@pytest.mark.parametrize(
    ("row", "stated", "expected"),
    [
        ("新建泵站\t≥5座\t5座\t45\t40", "45分", "40分"),
        ("新建泵站\t≥5座\t5座\t40\t36", "36分", "40分"),
        ("新建泵站\t≥5座\t5座\t40\t44", "44分", "40分"),
    ],
)
def test_the_one_wrong_mark_of_a_form_is_named(row: str, stated: str, expected: str) -> None:
    text = FORM.replace("新建泵站\t≥5座\t5座\t40\t40", row)
    assert (stated, expected) in [(each.stated, each.expected) for each in findings_of(text, "R11")]


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("全年取水样240个，管网水质达标率97.5%。", None),
        ("全年取水样240个，管网水质达标率87.5%。", "87.5%"),
        ("全年取水样240个，管网水质达标率96.2%。", None),  # another figure, but not short
        ("全年取水样240个，工程合格率88.0%。", None),  # of something else
    ],
)
def test_text_that_falls_short_of_a_row_with_full_marks(sentence: str, stated: str | None) -> None:
    found = [each.stated for each in findings_of(f"一、完成情况\n{sentence}\n\n{FORM}", "R06")]
    assert found == ([] if stated is None else [stated])


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("抽查泵站，设备完好率93.8%，高于县定95%。", True),
        ("抽查泵站，设备完好率96.8%，高于县定95%。", False),
        ("抽查泵站，漏损率12.1%，低于10%的控制标准。", True),
        ("抽查泵站，漏损率9.1%，低于10%的控制标准。", False),
        ("抽查泵站，设备完好率93.8%，高于上年91%。", False),
    ],
)
def test_figure_on_the_other_side_of_its_target_than_told(sentence: str, is_found: bool) -> None:
    assert bool(findings_of(f"一、完成情况\n{sentence}\n", "R06")) is is_found


def test_empty_cell_between_others_is_asked_for() -> None:
    text = FORM.replace("新建泵站\t≥5座\t5座", "泵站改造\t≥5座\t").replace(
        "总分", "维修水渠\t≥8公里\t9公里\t10\t10\n总分"
    )
    assert [each.stated.lstrip("≥") for each in findings_of(text, "R07")] == ["5座"]


def test_text_that_repeats_the_bound_of_a_row_is_no_result() -> None:
    text = f"一、完成情况\n全年取水样240个，管网水质达标率不低于95%，修复渗漏36处。\n\n{FORM}"
    assert [each.type.value for each in findings_of(text, "R07")] == ["restated"]
