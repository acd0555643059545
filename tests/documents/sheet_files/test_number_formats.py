"""A number shows what Excel shows of it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents.number_formats import BUILT_IN, shown_number, shown_text

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
#: (number, format, what is seen)
SHOWN = [
    (12, "General", "12"),
    (-3, "General", "-3"),
    (0, "General", "0"),
    (0.1 + 0.2, "General", "0.3"),
    (1 / 3, "General", "0.333333333"),
    (97.09677419354838, "General", "97.09677419"),
    (0.00001234, "General", "0.00001234"),
    (330102199001011234, "General", "330102199001011000"),
    (0.125, "0%", "13%"),
    (0.125, "0.0%", "12.5%"),
    (0.28999999999999998, "0%", "29%"),
    (0.97125, "0.00%", "97.13%"),
    (1234.5, "#,##0.00", "1,234.50"),
    (1234567, "#,##0", "1,234,567"),
    (999, "#,##0", "999"),
    (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
    (-12.3, "0.00_);[Red]0.00", "-12.30"),
    (-12.3, "0.00;[Red]-0.00", "-12.30"),
    (1234567.891, ACCOUNTING, "1,234,567.89"),
    (-12, ACCOUNTING, "-12.00"),
    (0, ACCOUNTING, "-"),
    (123456, '0!.0,"万元"', "12.3万元"),
    (123456789, "#,##0,", "123,457"),
    (2.675, "0.00", "2.68"),
    (1.005, "0.00", "1.01"),
    (-0.001, "0.00", "0.00"),
    (5, "#.##", "5"),
    (7, "000", "007"),
    (20231231, "0000-00-00", "2023-12-31"),
    (100, 'General"万元"', "100万元"),
    (100, 'G/通用格式"户"', "100户"),
    (-5, '0"个"', "-5个"),
    (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
    (98, '[>=90]"优";[<60]"差";0', "优"),
    (42, '[>=90]"优";[<60]"差";0', "差"),
    (70, '[>=90]"优";[<60]"差";0', "70"),
    (12345, "0.00E+00", "1.23E+04"),
    (0.00012, "0.0E+00", "1.2E-04"),
    (2.5, "# ?/?", "2 1/2"),
    (0, ";;;", ""),
    (5, ";;;", ""),
    (5, "@", "5"),
    (45291, "yyyy/m/d", "2023/12/31"),
    (45291, 'yyyy"年"m"月"d"日";@', "2023年12月31日"),
    (45291, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二三年十二月三十一日"),
    (45291, '[$-804]yyyy"年"mm"月"', "2023年12月"),
    (45291.75, "yyyy/m/d h:mm", "2023/12/31 18:00"),
    (45291.75, "h:mm AM/PM", "6:00 PM"),
    (45291.25, '上午/下午h"时"mm"分"', "上午6时00分"),
    (45291, "aaaa", "星期日"),
    (1.5, "[h]:mm", "36:00"),
    (1, "yyyy/m/d", "1900/1/1"),
    (-5, "yyyy/m/d", "-5"),
]


@pytest.mark.parametrize(("number", "code", "seen"), SHOWN)
def test_number_in_its_format(number: float, code: str, seen: str) -> None:
    assert shown_number(number, code) == seen


@pytest.mark.parametrize(("number", "seen"), [(0, "1904/1/1"), (43829, "2023/12/31")])
def test_days_counted_from_1904(number: float, seen: str) -> None:
    assert shown_number(number, "yyyy/m/d", from_1904=True) == seen


@pytest.mark.parametrize(
    ("text", "code", "seen"),
    [("约30", "@", "约30"), ("约30", "0.00", "约30"), ("水务局", '0;0;0;"单位："@', "单位：水务局")],
)
def test_text_in_its_format(text: str, code: str, seen: str) -> None:
    assert shown_text(text, code) == seen


@given(st.floats(), st.text(alphabet='0#?.,%;@[]"\\_*E+-/ymdhs一General$!<>=1', max_size=30))
def test_no_format_is_stumbled_over(number: float, code: str) -> None:
    assert isinstance(shown_number(number, code), str)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_grouped_digits_say_the_number(whole: int, places: int) -> None:
    number = whole / 10**places
    seen = shown_number(number, "#,##0." + "0" * places)
    assert math.isclose(float(seen.replace(",", "")), number, abs_tol=10**-places / 2)


def test_formats_named_by_number_are_read() -> None:
    assert all(shown_number(1234.5, code) for code in BUILT_IN.values())
