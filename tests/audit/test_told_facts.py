"""What sentences tell besides sums: names and goals of lists, directions, flows, bounds with marks, parts by name."""

from __future__ import annotations

import pytest

from extract.records import Severity
from tests.reading import findings_of


def firm(text: str, rule: str) -> list[tuple[str, str]]:
    """(stated, expected) of the rule's findings above a hint."""
    return [(f.stated, f.expected) for f in findings_of(text, rule) if f.severity is not Severity.HINT]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("更新涉及6个乡镇：柏溪、石坝、河口、双塘、黄坪，每处两套。", [("6", "5")]),
        ("采购4类设备（显微镜、离心机、培养箱）用于检测。", [("4", "3")]),
        ("服务覆盖柏溪、石坝、河口、双塘四个镇。", []),
        ("服务覆盖柏溪、石坝、河口、双塘三个镇。", [("三", "4")]),
        ("全局设五个科室，分别为办公室、业务科、法规科、财务科。", [("五", "4")]),
        ("更新涉及5个乡镇：柏溪、石坝、河口、双塘和黄坪。", []),
        ("采购4类设备：显微镜、离心机、培养箱、移液器及配件。", []),
        ("更新涉及9个乡镇：柏溪、石坝、河口等。", []),
        ("完成12个项目：道路、桥梁、路灯均已移交。", []),
    ],
)
def test_a_list_has_as_many_names_as_it_says(text: str, found: list[tuple[str, str]]) -> None:
    assert firm(f"一、情况\n{text}\n", "R01") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("火情11起，上年8起，同比下降37.5%。", [("37.5%", "上升37.5%")]),
        ("全年支出842.60万元，2022年为868.00万元，同比增长2.93%。", [("2.93%", "下降2.93%")]),
        ("去年投诉120件，今年受理90件，上升25%。", [("25%", "下降25%")]),
        ("来信62件，上年70件，增加8件。", [("8件", "下降8件")]),
        ("火情8起，上年11起，同比下降27.3%。", []),
        ("上年办件300件，今年360件，增长20%。", []),
        ("平均用时由5.0天压缩到4.0天，提速20%。", []),
    ],
)
def test_a_change_has_the_direction_of_its_figures(text: str, found: list[tuple[str, str]]) -> None:
    assert firm(f"一、情况\n{text}\n", "R02") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年初结存36.42万元，年内筹款41.15万元，救助用去38.90万元，年末结存39.67万元。", [("39.67万元", "38.67万元")]),
        ("年初在编128人，年中调入7人、招聘5人，6人退休，2人辞职，年末在编135人。", [("135人", "132人")]),
        ("年初环卫车96辆，新购18辆，报废11辆，到年末，在用车辆为105辆。", [("105辆", "103辆")]),
        ("年初供养老人412名，新入住63名，去世21名、搬离9名，年末为455名。", [("455名", "445名")]),
        ("年初航标214座，新设17座，撤除9座，年末222座。", []),
        ("作业车辆年初178台，新购24台、报废15台，年末187台，内含电动69台。", []),
        ("当年结余116.20万元；加上年初结转58.70万元，年末滚存结余174.90万元。支出比预算多103.80万元。", []),
    ],
)
def test_what_comes_in_and_goes_out_leads_from_one_state_to_the_next(text: str, found: list[tuple[str, str]]) -> None:
    assert firm(f"一、情况\n{text}\n", "R01") + firm(f"一、情况\n{text}\n", "R14") == found


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("产出指标有一条“培育服务组织不少于48家（15分）”，年底实有42家，得15分。", ["42家"]),
        ("巡查次数不少于120次，全年96次，得满分。", ["96次"]),
        ("投诉目标不超过10件，全年14件，未扣分。", ["14件"]),
        ("巡查次数不少于120次（10分），全年96次，得8分。", []),
        ("巡查次数不少于120次（10分），全年126次，得10分。", []),
    ],
)
def test_a_missed_bound_with_all_its_marks_is_missed(text: str, stated: list[str]) -> None:
    assert [each for each, _ in firm(f"一、情况\n{text}\n", "R06")] == stated


GOALS = "一、目标\n2024年目标为：出版年鉴1部，征集口述史料80篇，{}，读者满意度达到90%。\n"
DONE = "二、完成情况\n全年出版年鉴1部，征集口述史料86篇，读者满意度93.5%，{}\n"


def test_a_goal_in_words_that_nothing_speaks_of_is_asked_about() -> None:
    goal = "建成数字方志馆一期"
    assert [each for each, _ in firm(GOALS.format(goal) + DONE.format("均已归档。"), "R07")] == [goal]
    assert firm(GOALS.format(goal) + DONE.format("方志馆数字展厅已开放。"), "R07") == []
    assert firm(GOALS.format("让史志服务能力稳中有升") + DONE.format("均已归档。"), "R07") == []


def test_a_list_of_goals_does_not_conflict_with_what_was_done() -> None:
    table = (
        "二、完成情况\n指标／目标／完成／分值／得分\n口述史料（篇）／80／86／50／50\n读者满意度／90%／93.5%／50／50\n"
    )
    goals = "一、立项\n2024年目标为：征集口述史料80篇，读者满意度达到90%。\n"
    assert firm(goals + table, "R03") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("网络零售额6.84亿元，上年5.70亿元，增长20%；其中农产品网络零售额7.12亿元。", ["7.12亿元"]),
        ("网络零售额6.84亿元，上年5.70亿元，增长20%；其中农产品网络零售额2.12亿元。", []),
    ],
)
def test_a_part_is_no_more_than_the_whole_that_its_name_ends_in(text: str, found: list[str]) -> None:
    assert [each for each, _ in firm(f"一、情况\n{text}\n", "R13")] == found


def test_spending_within_the_budget_is_not_above_it() -> None:
    told = "预算210.00万元，支付226.80万元，预算执行率{}，款项全部在预算额度之内，没有超预算情况。\n"
    assert len(firm("一、资金\n" + told.format("108.00%"), "R17")) == 1
    assert firm("一、资金\n" + told.format("100.00%"), "R17") == []


def test_the_same_name_in_another_order_is_one_measure() -> None:
    text = "摘要\n满意度回访达到96%，高出目标值。\n一、满意度\n回访满意度达到94%，年初目标在90%以上。\n"
    assert [each for each, _ in firm(text, "R03")] == ["94%"]


def test_a_share_told_of_a_target_owns_up_to_it() -> None:
    text = "一、完成情况\n新修渡槽计划12座，实际12座。引进医师任务8名，到岗7名，完成87.5%。\n"
    assert firm(text, "R06") == []
