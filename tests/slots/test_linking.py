"""Which slot of the catalogue a figure belongs to, where the words leave no doubt."""

from __future__ import annotations

import pytest

from tests.reading import claims_of

CASES = [
    ("全年供地764宗。\n", "764宗", "land.supply"),
    ("群众满意度达到96.5%。\n", "96.5%", "satisfaction"),
    ("公务接待费支出8.42万元。\n", "8.42万元", "three_public"),
    ("“三公”经费实际支出29.87万元。\n", "29.87万元", "three_public"),
    ("核定编制97人。\n", "97人", "staff"),
    ("自评得分98.5分。\n", "98.5分", "evaluation.score"),
    ("年末固定资产净值18.74亿元。\n", "18.74亿元", "asset.fixed"),
    ("当年基本支出347.18万元。\n", "347.18万元", "budget.basic"),
    ("年末结转结余711.23万元。\n", "711.23万元", "budget.carryover"),
    ("预算执行率98.47%。\n", "98.47%", "budget.execution_rate"),
    ("立案查处违法用地15宗。\n", "15宗", "violation"),
    ("拆除违法建筑31栋。\n", "31栋", "demolition"),
    ("处置闲置土地36.5公顷。\n", "36.5公顷", "land.idle"),
    ("受理群众信访53件。\n", "53件", "petition"),
    ("创建绿色矿山5家。\n", "5家", "mining.green"),
    ("全年吃饭喝水5次。\n", "5次", "other"),
]


@pytest.mark.parametrize(("text", "surface", "slot"), CASES, ids=[case[2] for case in CASES])
def test_slot_of_figure(text: str, surface: str, slot: str) -> None:
    assert claims_of(text)[surface].slot_base == slot


def test_row_of_a_table_names_the_slot() -> None:
    head = "三级指标\t年度指标值\t实际完成值\t分值\t得分"
    text = f"{head}\n群众满意度\t95%\t96.5%\t11\t10.5\n供地宗数（宗）\t700\t764\t12\t11.5\n"
    slots = {surface: claim.slot_base for surface, claim in claims_of(text).items()}
    assert slots == {
        "95%": "satisfaction",
        "96.5%": "satisfaction",
        "700": "land.supply",
        "764": "land.supply",
        "11": "evaluation.score",
        "10.5": "evaluation.score",
        "12": "evaluation.score",
        "11.5": "evaluation.score",
    }


def test_slot_takes_only_its_dimensions() -> None:
    assert claims_of("满意度调查花费3.5万元。\n")["3.5万元"].slot_base != "satisfaction"


def test_confidence_is_a_share() -> None:
    for claim in claims_of("".join(text for text, _, _ in CASES)).values():
        assert 0 < claim.slot_confidence <= 1
