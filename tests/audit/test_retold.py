"""A row's figure that the narrative tells otherwise, by likeness of name and digits."""

from __future__ import annotations

import pytest

from tests.reading import findings_of

HEAD = "三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
ROWS = "渡口到馆人次\t≥120万人次\t{}\t50\t50\n乘客满意度\t≥90%\t92.5%\t50\t50\n"


def conflicts_of(told: str, row: str) -> list[tuple[str, str]]:
    text = f"一、完成情况\n{told}\n\n二、自评\n{HEAD}{ROWS.format(row)}"
    return [(finding.stated, finding.expected) for finding in findings_of(text, "R03")]


@pytest.mark.parametrize(
    ("told", "row", "found"),
    [
        ("渡口到馆124.6万人次，运行平稳。", "924.6万人次", 1),  # one digit differs
        ("渡口到馆124.6万人次，运行平稳。", "124.6万人次", 0),  # told as it is
        ("渡口到馆124.6万人次，运行平稳。", "131.2万人次", 1),  # the whole name, and a value close by
        ("站场候车124.6万人次，运行平稳。", "924.6万人次", 0),  # another name
    ],
)
def test_a_row_is_held_against_the_narrative(told: str, row: str, found: int) -> None:
    assert len(conflicts_of(told, row)) == found


FEW = HEAD + "安全检查\t≥400次\t{}次\t40\t40\n更新渡船\t≥{}艘\t7艘\t40\t40\n合计\t\t\t80\t{}\n"


@pytest.mark.parametrize(
    ("told", "cells", "both"),
    [
        ("全年检查436次，查出隐患89条。", ("436", 5, 80), set()),
        ("全年检查496次，查出隐患89条。", ("436", 5, 80), {"436次", "496次"}),  # a short name that stands in the row's
        ("全年更新渡船7艘，每艘补贴20万元。", ("436", 5, 80), set()),
        ("全年更新渡船1艘，每艘补贴20万元。", ("436", 5, 80), {"1艘", "7艘"}),  # one digit, of the very name
        ("上年检查496次，查出隐患89条。", ("436", 5, 80), set()),
        ("三年累计检查496次，查出隐患89条。", ("436", 5, 80), set()),
    ],
)
def test_short_names_and_few_digits_are_held_against_the_row(
    told: str, cells: tuple[str, int, int], both: set[str]
) -> None:
    text = f"一、完成情况\n{told}\n\n二、自评\n{FEW.format(*cells)}"
    found = findings_of(text, "R03")
    assert {figure for finding in found for figure in (finding.stated, finding.expected)} == both


@pytest.mark.parametrize(
    ("told", "stated"),
    [
        ("经自评，得分95.6分。", []),
        ("项目自评98.6分，为优秀档。", ["98.6分"]),
        ("自评总分9.56分，为优秀档。", ["9.56分"]),  # the point moved
        ("自评18分的一项为成本。", []),
    ],
)
def test_a_total_of_marks_is_held_against_the_table(told: str, stated: list[str]) -> None:
    rows = "群众满意度\t≥90%\t93%\t50\t45.6\n新建泵站\t≥5座\t5座\t50\t50\n合计\t\t\t100\t95.6\n"
    text = f"{HEAD}{rows}\n二、结论\n{told}\n"
    assert [finding.stated for finding in findings_of(text, "R03")] == stated


@pytest.mark.parametrize(
    ("later", "count"),
    [
        ("资金总额由2,100.00万元降至1,985.00万元。", 0),
        ("资金总额由2,100.00万元降至1,986.00万元。", 1),  # whatever role each was taken for
    ],
)
def test_money_of_many_digits_is_held_against_the_budget(later: str, count: int) -> None:
    head = "资金\t年初预算数（万元）\t全年预算数（万元）\t全年执行数（万元）\n"
    text = f"{head}资金总额\t2100.00\t1985.00\t1921.06\n\n{later}\n"
    assert len(findings_of(text, "R03")) == count
