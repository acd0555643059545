"""Which refined slot a figure of a sector belongs to, and which slot of the published catalogue that folds to."""

from __future__ import annotations

import re

import pytest

from extract.slots.catalogue import default_catalogue
from tests.reading import claims_of

CASES = [
    ("粮食总产量达到26.8万吨。\n", "26.8万吨", "agri.yield", "economy.benefit"),
    ("完成农村改厕260户。\n", "260户", "agri.sanitation", "other"),
    ("高效节水灌溉完成0.71万亩。\n", "0.71万亩", "agri.farmland_works", "farmland.development"),
    ("清理病死松树1250株。\n", "1250株", "forestry.pest", "ecology.greening"),
    ("审核使用林地68宗。\n", "68宗", "forestry.land_use", "other"),
    ("治理水土流失面积32平方公里。\n", "32平方公里", "water.soil_conservation", "ecology.project"),
    ("病险水库除险加固11座。\n", "11座", "water.reservoir", "other"),
    ("义务教育巩固率达到98.6%。\n", "98.6%", "edu.retention", "other"),
    ("现有专任教师198人。\n", "198人", "edu.teachers", "staff"),
    ("高血压患者规范管理率72.4%。\n", "72.4%", "health.records", "other"),
    ("编制床位500张。\n", "500张", "health.treatment", "other"),
    ("改造老旧小区12个。\n", "12个", "housing.old_communities", "other"),
    ("新改建农村公路86公里。\n", "86公里", "transport.road", "other"),
    ("其中拆除重建危桥5座。\n", "5座", "transport.bridge", "other"),
    ("空气优良天数比例达到91.2%。\n", "91.2%", "environment.air", "other"),
    ("环境执法检查企业160家次。\n", "160家次", "environment.enforcement", "other"),
    ("开展会计监督检查25户。\n", "25户", "finance.supervision", "other"),
    ("税收收入完成7.98亿元。\n", "7.98亿元", "finance.tax", "revenue.tax_control"),
    ("城镇新增就业5720人。\n", "5720人", "hr.employment", "other"),
    ("劳动人事争议仲裁结案率93.8%。\n", "93.8%", "hr.disputes", "other"),
    ("农村低保对象8260户。\n", "8260户", "civil.low_income", "poverty"),
    ("现有孤儿47名。\n", "47名", "civil.children", "other"),
    ("接待游客46.2万人次。\n", "46.2万人次", "culture.tourists", "other"),
    ("实现旅游收入3.6亿元。\n", "3.6亿元", "culture.tourism_income", "economy.benefit"),
    ("调处矛盾纠纷167起。\n", "167起", "township.disputes", "other"),
    ("全年发生火灾31起。\n", "31起", "emergency.fire", "other"),
    ("全年发生森林火灾2起。\n", "2起", "ecology.greening", "ecology.greening"),
    ("完成食品抽检3816批次。\n", "3816批次", "market.food", "other"),
    ("全年刑事立案1846起。\n", "1846起", "security.crime", "other"),
    ("群众安全感达到97.8%。\n", "97.8%", "security.safety_sense", "satisfaction"),
    ("规模工业增加值增长8.2%。\n", "8.2%", "industry.output", "economy.benefit"),
    ("新增规上企业14家。\n", "14家", "industry.firms", "other"),
    ("接收安置退役士兵42人。\n", "42人", "veterans.placement", "other"),
    ("实施家庭无障碍改造60户。\n", "60户", "federations.disabled_access", "other"),
    ("公务用车保有量27辆。\n", "27辆", "offices.cars", "three_public"),
    ("人均综合能耗下降2.4%。\n", "2.4%", "offices.energy", "other"),
]


@pytest.mark.parametrize(("text", "surface", "slot", "base"), CASES, ids=[case[2] for case in CASES])
def test_slot_of_sector(text: str, surface: str, slot: str, base: str) -> None:
    claim = claims_of(text)[surface]
    assert (claim.slot, claim.slot_base) == (slot, base)


@pytest.mark.parametrize(
    ("text", "surface", "base"),
    [
        ("对种粮大户兑付奖补186万元。\n", "186万元", "budget.project"),
        ("发放宣传册3000份。\n", "3000份", "other"),
        ("脱贫户务工388人，改造老旧小区12个。\n", "12个", "other"),
        ("发展党员8名，输送新兵9人。\n", "9人", "other"),
    ],
)
def test_words_of_one_dimension_do_not_speak_for_another(text: str, surface: str, base: str) -> None:
    assert claims_of(text)[surface].slot_base == base


def test_every_slot_has_a_dotted_lower_case_id_and_says_what_it_is() -> None:
    for slot in default_catalogue().slots.values():
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", slot.id), slot.id
        assert slot.zh, slot.id
        assert slot.dims, slot.id


def test_every_refined_slot_has_words_of_its_own() -> None:
    silent = [s.id for s in default_catalogue().slots.values() if s.id != s.base and not (s.cues or s.behind)]
    assert silent == []
