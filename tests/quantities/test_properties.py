"""What holds of quantities in any text at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.offsets import folded
from extract.quantities import find_numbers, find_quantities
from extract.quantities.numerals import parse_arabic, parse_chinese
from extract.quantities.scanning import numbers_of_report
from extract.quantities.tables import tables_of
from extract.quantities.tails import Tail, Tails
from extract.records import Quantity
from tests.quantities.numerals_written import in_chinese, in_full_width
from tests.samples import sample_texts

_NUMERALS = "0 1 7 12 2020 3.5 8.000.00 1,260 一 二 十 零 〇 百 千 万 亿 点 成 半 分之 第 三"
_BOUNDS = "余 多 几 近 约 ≥ ≤ > 不 超过 以上 以内 内 左右 - — ~ 至 到"
_UNITS = "元 万元 公顷 % ％ 个 个百分点 工作日 人 人次 宗 倍 分 名 年 月 日 号 号文 次 mg / ·"
_SIGNS = "、 ， 。 ： : （ ） ( ) 〔 〕 “ ” + . A"
_PHRASES = "排名 零死亡 零投诉 翻一番 近半 大 主题 附件"
_PIECES = st.sampled_from([*" ".join((_NUMERALS, _BOUNDS, _UNITS, _SIGNS, _PHRASES)).split(), " ", "\t", "\n"])
REPORT_LIKE = st.lists(_PIECES, max_size=30).map("".join)
ANY_TEXT = st.one_of(st.text(max_size=80), REPORT_LIKE)


class _NothingIsPlain(Tails):
    """Tells of whatever stands behind a number that the full reader must look."""

    def get(self, behind: str, default: object = None) -> Tail:  # type: ignore[override]
        return self.asks_reader


def read_in_full(text: str) -> list[Quantity]:
    """What ``find_numbers`` gives when it spares the full reader nothing."""
    tables = tables_of(None, None, None, general=False)
    tails = _NothingIsPlain(tables.units, tables.approximators, tables.exclusions)
    tables = tables._replace(tails=tails, spoken_tails=tails)
    return list(numbers_of_report(folded(text) + "\n", tables, keep_aside=True))


def fields(quantity: Quantity, shift: int = 0) -> tuple[object, ...]:
    """Everything a quantity says, its place counted from ``shift``."""
    return (quantity.span.start - shift, quantity.span.end - shift, *quantity[1:])


@given(ANY_TEXT)
@settings(max_examples=400, deadline=None)
def test_spans_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    position = 0
    for quantity in find_quantities(text, everything=True):
        assert position <= quantity.span.start < quantity.span.end <= len(text)
        position = quantity.span.end


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_what_is_measured_is_part_of_all_numbers_of_a_report(text: str) -> None:
    measured = [q for q in find_numbers(text) if q.kind in ("quantity", "number")]
    assert list(find_quantities(text)) == measured


@given(ANY_TEXT)
@settings(max_examples=1000, deadline=None)
def test_plain_numbers_are_read_as_the_full_reader_reads_them(text: str) -> None:
    """The scan makes the records of plain numbers itself; the reader that it spares must say the same."""
    assert list(find_numbers(text)) == read_in_full(text)


@pytest.mark.parametrize("name", sorted(sample_texts()))
def test_plain_numbers_of_reports_are_read_as_the_full_reader_reads_them(name: str) -> None:
    text = sample_texts()[name]
    assert list(find_numbers(text)) == read_in_full(text)


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_a_line_in_front_shifts_spans_and_changes_nothing_else(text: str) -> None:
    prefix = "无关。\n"
    before = [fields(q) for q in find_quantities(text, everything=True)]
    after = [fields(q, shift=len(prefix)) for q in find_quantities(prefix + text, everything=True)]
    assert after == before


@given(ANY_TEXT.map(lambda text: f"其中{text}"))
@settings(max_examples=300, deadline=None)
def test_a_sentence_in_front_shifts_spans_and_changes_nothing_else(text: str) -> None:
    """The text begins with a word: a list number is told by its beginning a line, which the sentence takes from it."""
    prefix = "无关。"
    before = [fields(q) for q in find_quantities(text, everything=True)]
    after = [fields(q, shift=len(prefix)) for q in find_quantities(prefix + text, everything=True)]
    assert after == before


@given(REPORT_LIKE)
@settings(max_examples=300, deadline=None)
def test_full_width_digits_read_as_half_width(text: str) -> None:
    plain = [fields(q) for q in find_quantities(text, everything=True)]
    wide = [fields(q) for q in find_quantities(in_full_width(text), everything=True)]
    assert wide == plain


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_a_quantity_is_a_number_or_a_rising_range_or_unreadable(text: str) -> None:
    for quantity in find_quantities(text):
        if quantity.low is not None:
            assert quantity.number is None
            assert quantity.high is not None
            assert quantity.low < quantity.high
        elif quantity.number is None:
            assert quantity.approx == "about"
        else:
            assert quantity.number.is_finite()


@given(st.integers(0, 10**16 - 1))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert parse_chinese(in_chinese(number)) == number


@given(st.integers(0, 99_999), st.integers(0, 99))
def test_chinese_decimals_round_trip(whole: int, hundredths: int) -> None:
    spoken = "".join("零一二三四五六七八九"[int(digit)] for digit in f"{hundredths:02}")
    assert parse_chinese(f"{in_chinese(whole)}点{spoken}") == Decimal(f"{whole}.{hundredths:02}")


@given(st.decimals(0, 10**12, places=2))
def test_arabic_numerals_round_trip_with_and_without_commas(number: Decimal) -> None:
    assert parse_arabic(f"{number:f}") == number
    assert parse_arabic(f"{number:,f}") == number


@given(st.integers(20, 10**12).map(lambda n: n if n % 10**4 else n + 1))
def test_an_amount_reads_alike_in_digits_and_in_chinese(number: int) -> None:
    (in_digits,) = find_quantities(f"{number}元")
    (spoken,) = find_quantities(f"{in_chinese(number)}元")
    assert (in_digits.number, in_digits.unit) == (spoken.number, spoken.unit) == (number, "元")


@given(st.decimals("0.01", 10**6, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("", 1)]))
def test_scales_multiply_exactly(number: Decimal, scale: tuple[str, int]) -> None:
    (quantity,) = find_quantities(f"投入{number}{scale[0]}元")
    assert quantity.number == number * scale[1]
