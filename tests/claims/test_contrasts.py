"""Words that tell measures of like names apart."""

from __future__ import annotations

import pytest

from extract.claims.contrasts import are_told_apart, parse_contrasts
from extract.errors import LexiconError


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("农村生活垃圾处理率", "城镇生活垃圾处理率", True),
        ("上半年就业人数", "全年就业人数", True),
        ("新建泵站", "维修泵站", True),
        ("新建泵站", "泵站", False),
        ("新建泵站", "新建改造泵站", False),
        ("群众满意度", "居民满意度", False),
    ],
)
def test_words_of_one_row_exclude_each_other(one: str, other: str, apart: bool) -> None:
    assert are_told_apart(one, other) is are_told_apart(other, one) is apart


def test_row_of_one_word_is_refused_at_its_line() -> None:
    with pytest.raises(LexiconError, match=r"contrasts\.tsv:2: '农村' tells nothing apart"):
        parse_contrasts("words\tseen\n农村\there\n")
