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
