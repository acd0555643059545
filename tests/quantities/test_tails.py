"""What the characters behind plain digits mean, and which of them leave the digits to the full reader."""

from __future__ import annotations

import pytest

from extract.quantities.tables import tables_of
from extract.quantities.tails import Tail

TABLES = tables_of(None, None, None, general=False)


def tail_of(behind: str, *, spoken: bool = False) -> Tail:
    tails = TABLES.spoken_tails if spoken else TABLES.tails
    return tails.at(f"7{behind}\n", 1)


def asks_reader(tail: Tail) -> bool:
    return bool(tail.rows & TABLES.tails.asks.reader)


@pytest.mark.parametrize(
    ("behind", "length", "unit", "zeros", "approx"),
    [
        ("宗，", 1, "宗", "", "exact"),
        ("万元。", 2, "元", "0000", "exact"),
        ("亿元", 2, "元", "00000000", "exact"),
        (" 公顷；", 3, "公顷", "", "exact"),
        ("余亩地", 2, "亩", "", "about"),
        ("余万元，", 3, "元", "0000", "about"),
        ("%以上的", 3, "%", "", "at_least"),
        ("天内办结", 2, "天", "", "at_most"),
        ("个内设", 1, "个", "", "exact"),
        ("人余次，", 3, "人次", "", "about"),
        ("分(含)，", 1, "分", "", "exact"),
        ("，", 0, "", "", "exact"),
        ("\n\n\n\n\n\n\n\n\n\n元", 0, "", "", "exact"),
    ],
)
def test_what_stands_behind_is_told(behind: str, length: int, unit: str, zeros: str, approx: str) -> None:
    tail = tail_of(behind)
    assert not asks_reader(tail)
    assert (tail.length, tail.unit, tail.zeros, tail.approx) == (length, unit, zeros, approx)


@pytest.mark.parametrize(
    "behind", ["-8%", "至9天", "元5角", "成", "分(含)—9分", "又三分之一", "场/村", "×10^5", "万5千", "、8个", "余"]
)
def test_what_may_go_on_is_for_the_full_reader(behind: str) -> None:
    assert asks_reader(tail_of(behind))


@pytest.mark.parametrize("behind", ["个市州", "处。", "项，"])
def test_one_chinese_digit_measures_with_a_unit(behind: str) -> None:
    assert tail_of(behind, spoken=True).unit == behind[0]


def test_one_chinese_digit_asks_for_its_unit() -> None:
    assert tail_of("公经费", spoken=True).rows & TABLES.tails.asks.unit


def test_a_meaning_is_remembered_by_no_more_characters_than_it_was_told_from() -> None:
    assert tail_of("宗，乙") is tail_of("宗，甲")
    assert tail_of("人份，") is not tail_of("人，")
