"""The sector of a report, by the name of the bureau that wrote it."""

from __future__ import annotations

import pytest

from extract.errors import LexiconError
from extract.records import Document
from extract.slots.sectors import default_sectors, parse_sectors, sector_of


@pytest.mark.parametrize(
    ("name", "same_as"),
    [
        ("青桐县水利局", "青桐县水务局"),
        ("青桐县卫健委", "青桐县卫生健康局"),
        ("青桐县人社局", "青桐县人力资源和社会保障局"),
        ("青桐县交通局", "青桐县交通运输局"),
        ("青桐县农业局", "青桐县农业农村局"),
        ("青桐县自然资源局", "青桐县国土资源局"),
        ("青桐县教体局", "青桐县教育局"),
    ],
)
def test_bureau_by_its_short_and_long_name(name: str, same_as: str) -> None:
    sector = sector_of(Document(name="r", text="", organisation=name))
    assert sector
    assert sector == sector_of(Document(name="r", text="", organisation=same_as))


def test_sectors_are_apart() -> None:
    bureaus = ("水利局", "卫生健康局", "教育局", "财政局", "林业局", "民政局", "交通运输局", "自然资源局", "农业农村局")
    found = [sector_of(Document(name="r", text="", organisation=f"青桐县{bureau}")) for bureau in bureaus]
    assert len(set(found)) == len(bureaus)
    assert "" not in found


def test_people_s_government_is_not_civil_affairs() -> None:
    civil = sector_of(Document(name="r", text="", organisation="青桐县民政局"))
    assert civil
    for government in ("青桐县人民政府", "青桐县人民政府办公室", "青桐县柳渡镇人民政府"):
        assert sector_of(Document(name="r", text="", organisation=government)) != civil


@pytest.mark.parametrize("title", ["2022年度青桐县民政局整体支出绩效自评报告", "2022年度民政专项资金绩效自评报告"])
def test_title_tells_where_no_organisation_is_named(title: str) -> None:
    civil = sector_of(Document(name="r", text="", organisation="青桐县民政局"))
    assert sector_of(Document(name="r", text="", title=title)) == civil


@pytest.mark.parametrize("name", ["", "青桐县", "绩效自评报告"])
def test_name_that_says_nothing_has_no_sector(name: str) -> None:
    assert sector_of(Document(name="r", text="", organisation=name)) == ""
    assert sector_of(Document(name="r", text="")) == ""


def test_sectors_are_asked_in_the_order_of_the_file() -> None:
    sectors = parse_sectors("sector\tpattern\tnote\nwater\t水利|水务\t\ncounty\t县\t\n")
    assert [sector for sector, _ in sectors] == ["water", "county"]
    assert len(default_sectors()) >= 12


def test_pattern_that_is_none_is_named() -> None:
    with pytest.raises(LexiconError, match=r"^s\.tsv:2: '\(水' is no pattern"):
        parse_sectors("sector\tpattern\tnote\nwater\t(水\t\n", "s.tsv")
