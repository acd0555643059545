"""R01 for names: as many of them stand in a list as the words about it count: 涉及8个镇：茅坪、白石、杉木."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.rules.r01_totals import RULE
from extract.quantities.numerals import parse_count
from extract.records import FindingType, Segment, Severity

_COUNT = r"(?<![\d.,第约近余])(?P<count>\d{1,2}|[两二三四五六七八九十]|十[一二三四五六七八九])"
_NAMES = r"(?P<names>[^，。；;:：()（）\d、]{2,12}(?:、[^，。；;:：()（）\d、]{2,12}){2,})"
_PLACES = r"(?:乡镇|镇街|乡|镇|街道|社区|行政村|村|县|区|市|部门|单位|科室|片区)"
_LISTS = (
    #: 8个镇：茅坪、白石; 3类设备，分别为显微镜、离心机、培养箱
    re.compile(
        rf"{_COUNT}(?:个|家|所|类|项|条|座|处|种|支)[一-鿿]{{0,6}}?(?:[:：]|，?(?:分别(?:为|是)|即)){_NAMES}(?=[，。；;]|$)"
    ),
    #: 8个镇（茅坪、白石）
    re.compile(rf"{_COUNT}(?:个|家|所|类|项|条|座|处|种|支)[一-鿿]{{0,6}}?[(（]{_NAMES}[)）]"),
    #: 茅坪、白石、杉木3个镇
    re.compile(rf"{_NAMES}{_COUNT}个{_PLACES}"),
)
_OPEN = re.compile(r"等|其他|其它|以及各|另|之一|或")
_AND = re.compile(r"[和及与暨]|以及")
_MOST_APART = 2  #: a list that is shorter or longer by more counts other things


class _Listed(NamedTuple):
    segment: Segment
    found: re.Match[str]
    stated: int
    names: tuple[str, ...]


def check_listed_names(case: Case) -> Iterator[Checked]:
    """A finding for each list that has fewer or more names than the words about it say."""
    for each in _lists(case):
        least = len(each.names)
        most = least + sum(len(_AND.findall(name)) for name in each.names)
        if least <= each.stated <= most or min(abs(each.stated - least), abs(each.stated - most)) > _MOST_APART:
            continue
        yield _other_count(case, each)


def _lists(case: Case) -> Iterator[_Listed]:
    for segment, words in case.sentences:
        if "、" not in words:
            continue
        for pattern in _LISTS:
            for found in pattern.finditer(words):
                names = tuple(found["names"].split("、"))
                count = parse_count(found["count"])
                if count is not None and not any(map(_OPEN.search, names)):
                    yield _Listed(segment, found, count, names)


def _other_count(case: Case, each: _Listed) -> Checked:
    span = case.span_of(each.segment, each.found)
    counted = tuple(c for c in case.told if span.start <= c.span.start < span.end)[:1]
    right = str(len(each.names))
    fact = f"原文称{each.stated}个，所列“{each.found['names']}”为{right}个"
    return finding(
        case.document,
        FindingType.TOTAL,
        RULE,
        counted,
        severity=Severity.MEDIUM,
        confidence=0.7,
        stated=each.found["count"],
        expected=right,
        workings=f"{each.stated}≠{right}",
        spans=(span,),
        message=f"{fact}，个数不符。请补列，或核对并更正个数。",
    )
