"""Grades: the bands that a document prints, and the grade that it gives itself."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extract.audit.profiles import Grade

_NAME = r"(?:优秀|良好|中等|合格|不合格|较差|优|良|中|低|差)"
_NUMBER = r"(\d{1,3}(?:\.\d+)?)\s*分?\s*(?:[(（]\s*含\s*\d*分?\s*[)）])?"
_MARK = r"[“”\"‘’']?"
_BANDS = (
    #: 90分（含）—100分为优; 90（含）-100分以上的为“优”
    re.compile(
        rf"{_NUMBER}\s*(?:[-—–~～至到]+\s*\d{{1,3}}(?:\.\d+)?\s*分?\s*(?:[(（]不?含\d*分?[)）])?|分?(?:以上|及以上))\s*(?:的)?[，,]?(?:为|是|评为|：|:)?{_MARK}({_NAME})"
    ),
    #: 优（90分以上）; 优：90≤得分≤100; 优秀（S≧90）
    re.compile(
        rf"({_NAME}){_MARK}\s*(?:等次|等级)?\s*[(（:：]?\s*(?:\d{{1,3}}[>＞]\s*)?(?:S|得分)?\s*(?:≥|≧|>=|＞=)?\s*{_NUMBER}"
    ),
)
_GIVEN = re.compile(
    rf"(?:(?:评价|自评|绩效|评定|综合)?(?:等级|等次|档次)(?:确认|评定|确定)?(?:为|是|：|:)?"
    rf"|(?:据此|由此|因此|对照|按此|据以|最终|综合|自)[^，。；]{{0,4}}?(?:评|定|列|判)(?:定|级)?(?:为|成))"
    rf"{_MARK}({_NAME})(?!于|化|的(?!等)|[（(]?\d)"
)
_SAME = {"优秀": "优", "良好": "良", "中等": "中", "合格": "中", "较差": "差", "不合格": "差"}


class Bands(NamedTuple):
    grades: tuple[Grade, ...]
    printed: bool  #: by the document itself


class Given(NamedTuple):
    name: str
    found: re.Match[str]


def short_name(name: str) -> str:
    return _SAME.get(name, name)


def bands_of(words: str, default: tuple[Grade, ...]) -> Bands:
    """The bands that the words print, best first; else ``default``.

    A single printed border (90分以上为优) replaces that border only.
    """
    printed: dict[str, Decimal] = {}
    for pattern in _BANDS:
        for match in pattern.finditer(words):
            name, least = sorted(match.groups(), key=lambda each: each[0].isdigit())
            printed.setdefault(short_name(name), Decimal(least))
        if printed:
            break
    known = {short_name(grade.name): grade.least for grade in default}
    merged = {**known, **{name: least for name, least in printed.items() if name in known}}
    grades = tuple(Grade(name, merged[name]) for name in merged)
    ordered = tuple(sorted(grades, key=lambda grade: -grade.least))
    if [grade.name for grade in ordered] != list(known):
        return Bands(default, False)
    return Bands(ordered, bool(printed))


def grade_given(words: str) -> Given | None:
    """The grade that the words give; None where they give none, or several."""
    found = [Given(short_name(match[1]), match) for match in _GIVEN.finditer(words)]
    names = {each.name for each in found}
    return found[0] if len(names) == 1 else None


def grade_of(score: Decimal, bands: Bands) -> str:
    return next(grade.name for grade in bands.grades if score >= grade.least)
