"""The time that a figure speaks of: a year, a month or a day, or the year before the report's."""

from __future__ import annotations

import re

from extract.records import Role

_OTHERS_NAME = re.compile(r"《[^《》]*》")  #: the year in the name of a rule or plan is not the figure's
_COMPARED = re.compile(r"(?:比|较|与|同|高于|低于|超过|优于)[^，。；]{0,2}$")
_NOT_THE_TIME = re.compile(r"\s*(?:以来|至今|以前|之前|起(?!草)|结转|结余|后续)")
_HALVES = {"上半年": 6, "前三季度": 9, "前三个季度": 9}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12}
_TIME = re.compile(
    r"""
    (?P<year>20\d\d)\s*年(?:度)?(?:
        \s*(?:\d{1,2}\s*月?\s*[-—~～至到]\s*)?(?P<month>\d{1,2})\s*月(?:份|末|底)?(?:\s*(?P<day>\d{1,2})\s*日)?
    )?
    | (?<![\d年])(?:(?P<from>\d{1,2})\s*月?\s*[-—~～至到]\s*)?(?P<own_month>\d{1,2})\s*月(?:
        (?P<ends>份|末|底)|\s*(?P<own_day>\d{1,2})\s*日)?
    | (?P<half>上半年|前三个?季度)
    | 第?(?P<quarter>[一二三四])季度
    | (?P<prev>上一?年(?:度)?|去年)(?:同期)?
    """,
    re.VERBOSE,
)
_AS_OF = re.compile(r"(?:截至|截止|截止到|到|至|于)[^，。；\d]{0,4}$")


def period_of(role: Role, year: str | None, *words: str) -> str | None:
    """The period of a figure: as the nearest of ``words`` says, else the report's (of a baseline: the year before).

    ``words``: what stands around the figure, the nearest first; a time counts where it is the last one named there.

    >>> period_of(Role.ACTUAL, "2020", "截至6月30日，累计完成"), period_of(Role.BASELINE, "2020", "较上年的")
    ('2020-06-30', '2020/prev')
    """
    for place in words:
        if "年" in place or "月" in place or "季" in place:
            told = _told(_OTHERS_NAME.sub("", place), role, year)
            if told is not None:
                return told
    if year is None:
        return None
    return f"{year}/prev" if role is Role.BASELINE else year


def _told(words: str, role: Role, year: str | None) -> str | None:
    """The last time that ``words`` name and that is the figure's own, not one that it is compared with."""
    told, named = None, year
    for match in _TIME.finditer(words):
        named = match["year"] or named
        compared = role is not Role.BASELINE and _COMPARED.search(words[: match.start()])
        if compared or _NOT_THE_TIME.match(words, match.end()) or named is None:
            continue
        told = _written(match, words, named, year) or told
    return told


def _written(match: re.Match[str], words: str, named: str, year: str | None) -> str | None:
    if match["prev"]:
        return None if year is None else f"{year}/prev"
    if match["half"]:
        return f"{named}-{_HALVES[match['half']]:02}"
    if match["quarter"]:
        return f"{named}-{_QUARTERS[match['quarter']]:02}"
    if match["own_month"]:
        tells = match["from"] or match["ends"] or match["own_day"] or _AS_OF.search(words[: match.start()])
        return _dated(named, match["own_month"], match["own_day"]) if tells else None
    return _dated(named, match["month"], match["day"])


def _dated(year: str, month: str | None, day: str | None) -> str | None:
    if month is None:
        return year
    if not 1 <= int(month) <= 12 or (day is not None and not 1 <= int(day) <= 31):
        return None
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
