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
    text = TOLD.format(**{**RIGHT, "pump_w": "35", "total": "91"})
    assert findings_of(text, "R11") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("决策10分，自评10分；过程20分，自评20.8分；产出40分，自评38.5分；效益30分，自评29分。", [("20.8分", "20分")]),
        (
            "投入（20分）\n18.5\n建设（40分）\n35.6\n效益（30分）\n23.0\n满意度（10分）\n9.2\n总分（100分）\n87.3",
            [("87.3分", "86.3分")],
        ),
        ("自评得92.1分：资金管理12.6分，产出36.0分，成本15.0分，效益22.5分。", [("92.1分", "86.1分")]),
        ("决策15得14，过程20得23.5，产出40得34，效果25得24，满分100。", [("23.5分", "20分")]),
        ("给自己打分：账目20分得19分；工程45分得52分，延期扣3分；群众35分得34分。", [("52分", "42分")]),
        ("资金20分得19分；工程45分得42分；群众35分得37分。一共98分。", [("37分", "35分")]),
        ("资金20分得19分；工程45分得42分；群众35分得34分。一共95分。", []),
        ("决策10分，自评10分；过程20分，自评18.8分；产出40分，自评38.5分；效益30分，自评29分。", []),
        (
            "预算10分，得9.5分；管理20分，得18.5分；产出40分，得83分；效果30分，得28分。合计94分（满分100分）。",
            [("83分", "38分")],
        ),
        (
            "预算10分，得9.5分；管理20分，得18.5分；产出40分，得38分；效果30分，得28分。合计104分（满分100分）。",
            [("104分", "94分")],
        ),
        ("管理(20分)18.5；数量(30分)28.9；时效(20分)91.1；效益(30分)28.6。总分(100分)95.1。", [("91.1分", "19.1分")]),
        ("管理（20分）：18.5；数量（30分）：28.9；效益（50分）：47.6。总分（100分）：95.0。", []),
        (
            "如下：\n决策　分值15　得分15.5\n过程　分值20　得分17.8\n"
            "产出　分值35　得分34.0\n效益　分值30　得分27.2\n合计得分92.5分。",
            [("15.5分", "13.5分")],
        ),
        (
            "如下：\n决策　分值15　得分13.5\n过程　分值26　得分17.8\n"
            "产出　分值35　得分34.0\n效益　分值30　得分27.2\n合计得分92.5分。",
            [("26分", "20分")],
        ),
        (
            "（1）决策：权重15分，得分15分\n（2）过程：权重25分，得分32分\n（3）产出：权重60分，得分56.5分\n自评总得分94.5分",
            [("32分", "23分")],
        ),
        (
            "预算10分得9.6分；产出50分得48.5分；效益30分，收入没涨扣4分；群众10分得10分。一共941分。",
            [("941分", "94.1分")],
        ),
        (
            "决策满分20分、实得19分；过程满分30分、实得28.5分；产出满分50分、实得47分；总得分9.45分。",
            [("9.45分", "94.5分")],
        ),
        ("决策满分20分，得18分。过程满分30分，得27.2分。产出满分50分，得46分。三项相加为91.2分。", []),
    ],
)
def test_marks_above_those_of_their_item(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.stated, each.expected) for each in findings_of(text, "R11")] == found


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


LISTS = (
    "满分为100：{w1}、过程15、产出45、效益20、满意度10；自评依次为9.71、{s2}、43.2、18.9、9.2，累计{total}。",
    "执行（{w1}分）得9.71分；过程（15分）得{s2}分；产出（45分）得43.2分；效益（20分）得18.9分；满意度（10分）得9.2分。五项汇总得{total}分，满分100分。",
    "各部分得分：执行9.71分（满分{w1}分）；过程{s2}分（满分15分）；产出43.2分（满分45分）；效益18.9分（满分20分）；满意度9.2分（满分10分）。合计{total}分。",
    "自评{total}分。其中：执行类{w1}分，得9.71分；过程类15分，得{s2}分；产出类45分，得43.2分；效果类20分，得18.9分；满意度类10分，得9.2分。",
    "按体系打分，执行9.71/{w1}分，过程{s2}/15分，产出43.2/45分，效益18.9/20分，满意度9.2/10分，合计{total}分。",
    "五项得分依次是9.71、{s2}、43.2、18.9和9.2分，总和{total}分，对应满分分别是{w1}、15、45、20和10分。",
)
AS_TOLD = {"w1": "10", "s2": "13.8", "total": "94.81"}


@pytest.mark.parametrize("text", LISTS)
@pytest.mark.parametrize(
    ("wrong", "is_found"),
    [({}, False), ({"w1": "13"}, True), ({"s2": "12.8"}, True), ({"total": "95.81"}, True)],
)
def test_lists_of_marks_beside_lists_of_full_marks(text: str, wrong: dict[str, str], is_found: bool) -> None:
    told = text.format(**{**AS_TOLD, **wrong}).replace("：10、", "：执行10、").replace("：13、", "：执行13、")
    assert bool(findings_of(f"一、自评结果\n{told}\n", "R11")) is is_found


@pytest.mark.parametrize(
    ("told", "stated", "expected"),
    [
        ("产出（50分）得47.5分，扣1.5分", "47.5分", "48.5分"),
        ("产出（50分）得47.5分，得分率97.0%", "47.5分", "48.5分"),
    ],
)
def test_what_was_lost_tells_which_mark_is_wrong(told: str, stated: str, expected: str) -> None:
    text = f"执行（10分）得9.7分；{told}；效益（30分）得29分；满意度（10分）得9分。总得分96.2分，满分100分。\n"
    assert [(each.stated, each.expected) for each in findings_of(text, "R11")] == [(stated, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "我局自评95分。产出指标数量类20分、质量类15分、时效类15分均为满分。",
        "评价得分88.5分，居全市第3位，比上年提高2.4分，全市平均85.1分。",
        "满意度测评平均92.4分，窗口93.1分、大厅91.6分、热线90.8分，最低的一家为84分。",
        "90分以上为优，80分至90分为良，60分至80分为中，60分以下为差；我局得92.3分。",
        "附加分5分得3分；基础分100分得91分，其中管理20分得18分，产出50分得46分，效益30分得27分，总得分94分。",
        "投入得10分。过程中执行率一项10分，折算为9.77分，其余20分得19.0分，过程小计28.77分。产出30分，各项达到。总分97.27分。",
    ],
)
def test_marks_that_are_no_sheet_are_left_alone(text: str) -> None:
    assert findings_of(f"一、自评结果\n{text}\n", "R11") == []
