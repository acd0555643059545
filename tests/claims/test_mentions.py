"""Figures in cells and in brackets: which are mentions, and in what unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.claims.indicators import indicator_of
from extract.claims.mentions import Mention, find_mentions
from extract.lexicons import default_units
from extract.quantities import find_quantities
from extract.records import Dimension, Document, UnitFrom
from extract.segmentation import segment_document
from extract.segmentation.cell_units import written_unit
from extract.segmentation.reading import Reading

HEADER = "三级指标\t计量单位\t目标值\t实际完成\t增减\t得分\n"


def mentions_of_row(unit: str, target: str, actual: str, change: str) -> dict[str, Mention]:
    """The mentions of a row of a table, by their text."""
    return mentions_of(f"{HEADER}改造泵站\t座\t12\t13\t—\t8\n有关指标\t{unit}\t{target}\t{actual}\t{change}\t9\n")


def mentions_of(text: str) -> dict[str, Mention]:
    reading = Reading(segment_document(Document(name="r.txt", text=text)))
    units = default_units()
    found = find_mentions(reading, tuple(find_quantities(reading.words, units=units)), units)
    return {m.span.of(text): m for m in found}


@pytest.mark.parametrize(
    ("spelt", "unit", "number"),
    [
        ("万元/亩", "元/亩", "31000"),
        ("元/人次", "元/人次", "3.1"),
        ("元／户", "元/户", "3.1"),
        ("吨标准煤/万元", "吨标准煤/万元", "3.1"),
        ("立方米/万元", "立方米/万元", "3.1"),
        ("件/百人", "件/百人", "3.1"),
        ("人次/日", "人次/日", "3.1"),
        ("升/百公里", "升/百公里", "3.1"),
    ],
)
def test_column_of_units_may_give_a_rate(spelt: str, unit: str, number: str) -> None:
    quantity = mentions_of_row(spelt, "3.1", "3.3", "—")["3.1"].quantity
    assert (quantity.unit, quantity.number, quantity.dimension) == (unit, Decimal(number), Dimension.RATE)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("全年争取资金865万，同比持平。", "元", "8650000"),
        ("项目总投资1.2亿。", "元", "120000000"),
        ("惠及群众1.3万，反响良好。", "人", "13000"),
    ],
)
def test_words_in_front_give_bare_myriads_their_unit(text: str, unit: str, number: str) -> None:
    (quantity,) = (mention.quantity for mention in mentions_of(text).values())
    assert (quantity.unit, quantity.number, quantity.unit_from) == (unit, Decimal(number), UnitFrom.IMPLIED)


def test_money_told_in_bare_myriads_goes_on_in_its_sentence() -> None:
    found = mentions_of("省里补助420万，乡镇凑了96.5万，短视频播放4.7亿次。点击126万。")
    assert {text: mention.quantity.unit for text, mention in found.items()} == {
        "420万": "元",
        "96.5万": "元",
        "4.7亿次": "次",
    }


@pytest.mark.parametrize("word", ["优/良", "是/否", "完成/未完成", "定性", "/", "元/", ""])
def test_words_with_a_stroke_are_no_unit(word: str) -> None:
    assert written_unit(word) is None


@pytest.mark.parametrize(
    ("cell", "words", "unit"),
    [
        ("增13.03%", "13.03%", "%"),
        ("下降2.1个百分点", "2.1个百分点", "个百分点"),
        ("增2.7", "2.7", "公里"),
        ("减少2.7", "2.7", "公里"),
    ],
)
def test_change_alone_in_a_cell_is_a_mention(cell: str, words: str, unit: str) -> None:
    found = mentions_of_row("公里", "15.1", "17.8", cell)
    held = next(m for text, m in found.items() if words in text)
    assert (held.quantity.unit, held.alone) == (unit, True)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("年初3处。培训8,605人次（线上6,420、线下2,185）。", {"6,420": "人次", "2,185": "人次"}),
        ("核定编制74名(行政33，事业41)。", {"33": "名", "41": "名"}),
        ("新建12处（附件3）。", {}),
        ("新建12处（见附件3、附图41号）。", {}),
    ],
)
def test_parts_in_a_bracket_have_the_unit_of_their_whole(text: str, units: dict[str, str]) -> None:
    found = mentions_of(text)
    assert {words: mention.quantity.unit for words, mention in found.items() if words[-1].isdigit()} == units


def test_an_indicator_ends_before_a_bracket_that_lists_parts() -> None:
    found = mentions_of("培训8,605人次（线上6,420、线下2,185），建成泵站（含闸站）12座。")
    names = {words: indicator_of(mention, "") for words, mention in found.items()}
    assert names == {"8,605人次": "培训", "6,420": "线上", "2,185": "线下", "12座": "建成泵站(含闸站)"}
