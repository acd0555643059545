"""Targets passed over in silence, left open, answered too late, and told otherwise in a list of them."""

from __future__ import annotations

import pytest

from extract.records import FindingType, Severity
from tests.reading import findings_of

MET = "新修渡槽计划12座，实际12座；清淤渠道任务30公里，完成31.5公里。"


def firm(text: str, rule: str) -> list[str]:
    """What the rule's findings above a hint state."""
    return [finding.stated for finding in findings_of(text, rule) if finding.severity is not Severity.HINT]


@pytest.mark.parametrize(
    ("told", "stated"),
    [
        ("夜校计划开课40期，实际开课33期，学员1,320人次。", ["33期"]),
        ("夜校开课33期，年度任务为40期，学员1,320人次。", ["33期"]),
        ("夜校结业率81.5%，年初定的底线是90%。", ["81.5%"]),
        ("夜校计划开课40期，实际开课33期，因场地维修少开7期。", []),
        ("夜校计划开课40期，实际开课33期。其余7期推迟到下年春季。", []),
        ("夜校计划开课40期，实际开课41期，学员1,640人次。", []),
        ("夜校采购计划40万元，成交33万元。", []),
    ],
)
def test_a_miss_that_nothing_speaks_of_stands_out_among_met_targets(told: str, stated: list[str]) -> None:
    assert firm(f"一、完成情况\n{MET}{told}\n", "R06") == stated


def test_a_conclusion_calls_a_row_done_that_is_not() -> None:
    table = "指标 / 目标 / 完成\n渡槽 / 12座 / 12座\n渠道清淤 / ≥30公里 / 24公里\n泵站 / 3座 / 3座\n"
    assert firm(f"一、对照\n{table}小结：以上三项指标全部达到目标值。\n", "R06") == ["24公里"]
    assert firm(f"一、对照\n{table}小结：渠道清淤因汛期推迟，其余已完成。\n", "R06") == []


@pytest.mark.parametrize(
    ("told", "stated"),
    [
        ("验收合格率88.2%，好于90%的预期。", ["88.2%"]),
        ("会议费占比6.1%，未突破5%的上限。", ["6.1%"]),
        ("平均办理时长8.2天，优于7天的承诺时限。", ["8.2天"]),
        ("平均办理时长6.2天，优于7天的承诺时限。", []),
        ("会议费占比4.1%，没有突破5%的上限。", []),
        ("验收合格率93.2%，好于90%的预期。", []),
    ],
)
def test_a_figure_lies_on_the_side_of_its_target_that_the_words_say(told: str, stated: list[str]) -> None:
    assert firm(told, "R06") == stated


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("合同约定6月30日前完成验收，实际于9月18日通过验收，项目如期完成。", 1),
        ("合同约定6月30日前完成验收，实际于6月底通过验收，项目如期完成。", 0),
        ("计划10月底前建成，实际于11月25日建成，按时交付。", 1),
        ("计划10月底前建成，实际于9月25日建成，提前完成。", 0),
        ("要求6月30日前验收，因汛期未按期完成，实际于9月18日验收。", 0),
        ("三级指标\t年度指标值\t实际完成值\t分值\t得分\n完工时间\t10月底前\t11月20日\t10\t10\n", 1),
        ("三级指标\t年度指标值\t实际完成值\t分值\t得分\n完工时间\t10月底前\t11月20日\t10\t8\n", 0),
        ("三级指标\t年度指标值\t实际完成值\t分值\t得分\n完工时间\t2023年10月底前\t10月20日\t10\t10\n", 0),
    ],
)
def test_a_date_behind_the_one_asked_for(told: str, count: int) -> None:
    assert len(firm(told, "R06")) == count


@pytest.mark.parametrize(
    "told",
    [
        "村级文化室计划建64个，其中达到示范标准的50个，任务全面完成。",
        "补植任务28,600株，成活27,456株，成活率96.0%，圆满完成。",
        "每批次费用没有超过1,500元，实际为1,489元，全面完成。",
    ],
)
def test_a_part_of_a_count_and_a_kept_ceiling_are_no_miss(told: str) -> None:
    assert firm(told, "R06") == []


@pytest.mark.parametrize(
    ("told", "stated"),
    [
        ("夜校计划开课40期，计划招收900人，结业912人。", ["40期"]),
        ("夜校计划开课40期，学员1,320人次。", ["40期"]),
        ("夜校计划开课40期，开课43期。", []),
        ("夜校计划开课40期，统计口径未定，尚无数据。", []),
    ],
)
def test_a_target_left_open_among_results(told: str, stated: list[str]) -> None:
    assert firm(f"一、完成情况\n{MET}{told}接待群众3,200人次，发放手册5,100册。\n", "R07") == stated


def test_a_share_of_the_plan_answers_a_target_of_another_measure_word() -> None:
    goals = "一、任务\n区里批准的巡检项目计划为36个，涉及机井与渡槽。\n二、完成情况\n"
    assert firm(f"{goals}全年出具巡检报告37份，相当于计划数的102.78%。\n", "R07") == []
    assert firm(f"{goals}全年发放手册3,200册，群众反映较好。\n", "R07") == ["36个"]


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("学员满意度不低于90%，指标为不低于90%。", 1),
        ("课堂合格率≥95%（目标≥95%）。", 1),
        ("课堂合格率96.1%（目标≥95%）。", 0),
    ],
)
def test_a_bound_told_before_its_target(told: str, count: int) -> None:
    found = [finding for finding in findings_of(told, "R07") if finding.type is FindingType.RESTATED]
    assert len(found) == count


def test_the_only_blank_mark_of_a_sheet() -> None:
    sheet = "内容\t分值\t得分\n资金\t20\t19\n管理\t20\t{}\n产出\t40\t39\n效益\t20\t18\n"
    assert firm(sheet.format(""), "R28") == ["20分"]
    assert firm(sheet.format("18"), "R28") == []


@pytest.mark.parametrize(("lamps", "found"), [("45盏", ["45盏"]), ("38盏", [])])
def test_a_list_of_targets_is_held_against_the_table(lamps: str, found: list[str]) -> None:
    goals = "一、年度目标\n修整巷道12条，铺设透水砖1,420平方米，更换路灯38盏，增设长椅60张。\n"
    rows = f"修整巷道\t12条\t12条\n透水砖\t1,420平方米\t1,466平方米\n更换路灯\t{lamps}\t46盏\n增设长椅\t60张\t60张\n"
    stated = firm(f"{goals}二、对照\n指标\t目标\t完成\n{rows}", "R03")
    assert (["45盏"] if "45盏" in stated or "38盏" in stated else []) == found


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("兑付补贴1,386.50万元", "兑付补贴1,386.52万元", 1),
        ("疏浚土方491,300方", "疏浚土方量451,300方", 1),
        ("疏浚土方451,300方", "疏浚土方量451,300方", 0),
        ("东渠疏浚土方491,300方", "闸门检修费451,300元", 0),
    ],
)
def test_a_slip_between_two_statements(one: str, other: str, count: int) -> None:
    text = f"一、资金\n全年{one}，群众反映较好。\n\n二、成效\n渡口运行平稳。全年{other}。\n"
    assert len(firm(text, "R03")) == count
