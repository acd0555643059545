"""What a report says of itself on its first page: title, bureau, year, kind."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_TITLE = re.compile(r"(?:自评|评价|总结).{0,6}报告|绩效.{0,10}报告|自评表")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_BUREAU = re.compile(
    r"[一-鿿]{2,20}?(?:管理局|规划局|分局|局|委员会|委|厅|办公室|中心|人民政府|政府|法院|检察院|医院|学校|大学|学院|街道办事处|支队|总队|队)(?![一-鿿]{0,3}(?:批复|文件))"
)
_HEAD_LINES = 60
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Masthead:
    title: str | None
    organisation: str | None
    year: str | None
    report_type: str | None


def read_masthead(text: str) -> Masthead:
    """Title, organisation, year and report type, each None where the text does not say it.

    >>> read_masthead("2022年度青桐县水务局部门整体支出绩效自评报告").year
    '2022'
    """
    lines = [line.strip() for line in text[:20_000].split("\n") if line.strip()]
    title = _title(lines)
    return Masthead(
        title=title,
        organisation=_organisation(title, lines),
        year=_year(title, text),
        report_type=_report_type(title or text[:5000]),
    )


def _title(lines: list[str]) -> str | None:
    for index, line in enumerate(lines):
        if len(line) <= _LONGEST_TITLE and _TITLE.search(line) and not re.search(r"[。；]", line):
            before = lines[index - 1] if index else ""
            joined = (
                before + line if _YEAR.match(before) and len(before) <= _LONGEST_TITLE and "。" not in before else line
            )
            return re.sub(r"\s+", "", joined)
    return None


def _organisation(title: str | None, lines: list[str]) -> str | None:
    for source in [title or "", *lines[:_HEAD_LINES]]:
        match = _BUREAU.search(re.sub(r"(?:19|20)\d\d\s*年度?|\s|部门\(?（?单位）?\)?名称[：:]?", "", source))
        if match:
            return match[0]
    return None


def _year(title: str | None, text: str) -> str | None:
    named = _YEAR.findall(title or "")
    if named:
        return str(named[0])
    counts = Counter(_YEAR.findall(text))
    return max(counts, key=lambda year: (counts[year], year)) if counts else None


def _report_type(words: str) -> str | None:
    if re.search(r"整体支出", words):
        return "department"
    if re.search(r"项目(?:支出|资金|绩效)?|专项", words):
        return "project"
    return None
