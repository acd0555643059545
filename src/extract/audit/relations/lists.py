"""Lists in good order: parts side by side, each with a name of its own, that words sum up or announce as all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_exact
from extract.audit.relations.records import Figure
from extract.quantities.numerals import parse_count

_FEWEST, _FAR = 2, 20
_MOST_KEPT = 4096  #: words in front of figures that are kept bare
_SAYS = re.compile(r"[计总共和加者汇合全=]|[两二三四五六七八九]")  #: no words without any of these sum up a list
_JOINTS = ("、", "，", ";", "和", "及", "与", "+")
_NUMBERS = "〇一二三四五六七八九"
_NUMBERED = re.compile(r"([两二三四五六七八九])(个?[一-鿿])")
_GENERAL = ("个", "处", "项", "件", "座", "家", "所", "套", "台")
_OF_ITS_OWN = ("人", "户", "次", "人次", "天", "期", "批", "批次", "年", "月", "日", "小时", "分")
_OF_CASES = ("批", "批次")
_SET_OFF = re.compile(r"抵|净|相差|之差|之比|平均")  #: of figures that are not added up
_CLAUSE = re.compile(r"[，、；;:：。]")
_OPENS = re.compile(r"[:：。；;]")
_NAME = re.compile(r"[^，、；;:：。\d]{2,16}")
_COUNT = re.compile(r"[两二三四五六七八九][一-鿿]{0,2}")
_OF_WHICH = re.compile(r"其中|含")
_COUNTED = re.compile(r"^(?![为是占达共含])[一-鿿]{1,3}(?=[，、;和及与])")  #: of 春季22个班、秋季27个班
_BRACKET_END = re.compile(r"^[^(（]*[)）\]】]")


def is_tidy(parts: Sequence[Figure]) -> bool:
    """Whether each part has a name of its own, nothing else stands between them, and none is a part of another."""
    first, *others = (_words(part) for part in parts)
    names = [_CLAUSE.split(first)[-1], *(words[1:] for words in others)]
    joined = all(words[:1] in _JOINTS for words in others)
    return joined and not any(map(_OF_WHICH.search, names)) and all(_NAME.fullmatch(name) is not None for name in names)


def _words(part: Figure) -> str:
    """The words in front of a part, without the end of a bracket, or of what is counted, behind the part before it."""
    return _own_words(part.before)


@lru_cache(maxsize=_MOST_KEPT)
def _own_words(words: str) -> str:
    return _COUNTED.sub("", _BRACKET_END.sub("", words))


def falls_short(total: Figure, parts: Sequence[Figure]) -> bool:
    return sum(part.value for part in parts) < total.value


def list_before(before: Sequence[Figure], total: Figure, cue: str = "sums_up") -> tuple[Figure, ...]:
    """The list right in front of a total that sums it up by its words; none where it may begin further in front.

    Words that tell how many parts there are (三个班次, 两处) sum up so many, whatever else they say.
    """
    words = _words(total)
    row = [figure for figure in before[-_FAR:] if figure.depth <= total.depth]
    if not row or (_SAYS.search(words) is None and not _COUNT.fullmatch(row[-1].surface)):
        return ()
    if _COUNT.fullmatch(row[-1].surface):
        count = row.pop()
        words = _words(count) + count.surface + words
    row = _outermost(row, words[:1])
    many = _how_many(row, words)
    if not (said(cue, words) or many):
        return ()
    start = len(row)
    while start and _goes_on(row, start, words[:1], total, told=bool(many)) and len(row) - start < (many or _FAR):
        start -= 1
    found = tuple(row[start:])
    if len(found) < _FEWEST or not is_tidy(found) or (many and len(found) != many and not said(cue, words)):
        return ()
    return found if len(found) == many or _begins(row, start) else ()


def _outermost(row: list[Figure], joint: str) -> list[Figure]:
    """Of a list in clauses the first figure of each clause and those beside it, without what 其中 tells of them."""
    if joint not in (";", "。"):
        return row
    out, inside = list[Figure](), -1
    for figure in row:
        if out and figure.group == out[-1].group and _OF_WHICH.search(figure.before):
            inside = figure.group
        if figure.group != inside:
            out.append(figure)
    return out


def _how_many(row: Sequence[Figure], words: str) -> int:
    """How many parts the words of a total count; 0 where they count none, or are an ordinal: 二级37株，三级71株."""
    told = _NUMBERED.search(words)
    if told is None or _SET_OFF.search(words):
        return 0
    number = parse_count(told[1]) or 0
    is_ordinal = any(_NUMBERS[number - 1] + told[2] in part.before for part in row[-3:])
    return 0 if is_ordinal or len(row) < number else number


def _are_things(figure: Figure, total: Figure, *, told: bool) -> bool:
    """Whether things counted in words of their own make a total in a general one: 机井36眼，提灌站9座，合计45处."""
    own = figure.kind not in _OF_ITS_OWN or (told and figure.kind in _OF_CASES)
    return total.is_whole and figure.is_whole and total.kind in _GENERAL and own


def is_mixed(total: Figure, parts: Sequence[Figure]) -> bool:
    return any(part.kind != total.kind for part in parts)


def _goes_on(row: Sequence[Figure], start: int, joint: str, total: Figure, *, told: bool) -> bool:
    """Whether the figure in front of ``start`` is of the list that ``joint`` parts from its total.

    Where it is ``told`` how many there are, they may be counted in any words.
    """
    figure = row[start - 1]
    alike = figure.kind == total.kind or _are_things(figure, total, told=told)
    if not alike or not is_exact(figure):
        return False
    following = _words(row[start]) if start < len(row) else joint
    apart = following[:1] == ";"
    by_clauses = joint in (";", "。") and all(_words(part)[:1] == ";" for part in row[start:])
    if start == len(row) and following[:1] in ("。", "="):
        return True
    return following[:1] in _JOINTS and _OPENS.search(following[1:]) is None and (not apart or by_clauses)


def _begins(row: Sequence[Figure], start: int) -> bool:
    """Whether a list begins there: with its sentence, behind a colon or 。, or parted by 、 behind a comma."""
    words = _words(row[start])
    if (
        not start
        or _OPENS.search(words)
        or row[start - 1].claim.segment.paragraph != row[start].claim.segment.paragraph
    ):
        return True
    return words[:1] == "，" and all(_words(part)[:1] == "、" for part in row[start + 1 :])
