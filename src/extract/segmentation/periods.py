"""Sentences and headings that turn to a time after the one that the document reports on."""

from __future__ import annotations

import re

_AHEAD = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?(?P<words>下一?步|明年|来年|下一?年度?|今后)(?!度?[末初底]|[期的])"
)
_YEAR = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?(?P<words>(?P<year>20\d\d)年度?)(?!\s*\d{1,2}月|[末初底以前]|[—至-])"
)


def later_period(sentence: str, year: str | None) -> str | None:
    """The words with which a sentence turns to what comes next: ``下一步``, or a year after ``year``.

    >>> later_period("2024年拟新建泵站2座。", "2023")
    '2024年'
    """
    ahead = _AHEAD.match(sentence)
    if ahead is not None:
        return ahead["words"]
    named = _YEAR.match(sentence)
    if named is None or year is None or named["year"] <= year:
        return None
    return named["words"]
