"""Lists of a line an item: 总投资2860万元。（1）管网1540万元；（2）泵站…, and 1.甲60万元 2.乙40万元 上述合计100万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import sum_of
from extract.records import Role

_NUMBERED = re.compile(
    r"^(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[).、:]|[①-⑩]|[一二三四五六七八九]是|第[一二三四五六七八九十][，、])"
)
_NAME = re.compile(r"[^，。；;:\d]{2,20}")
_ENDS = re.compile(r"[。；;，、,]?\n?(?:\(.{0,24}\)[。；;]?)?")
_FEWEST = 2
_NAMED, _HEADED = 0.82, 0.5
_FAR = 10  #: a list is off its head by less than three parts in ten; characters that say what a head is
_NOT_OF_ITS_OWN = (Role.TARGET, Role.BASELINE, Role.CHANGE)


def find_item_lists(figures: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    """For each such list its total, in the line in front of it or behind it."""
    paragraphs = [tuple(group) for _, group in groupby(figures, key=lambda figure: figure.claim.segment.paragraph)]
    place = 0
    while place < len(paragraphs):
        end = place
        while end < len(paragraphs) and _item(paragraphs[end]) and (end == place or _is_next(paragraphs, end)):
            end += 1
        if end - place >= _FEWEST:
            yield from _of_list(paragraphs, place, end)
        place = max(end, place + 1)


def _is_next(paragraphs: Sequence[Sequence[Figure]], place: int) -> bool:
    one, other = (paragraphs[at][0] for at in (place - 1, place))
    return one.kind == other.kind and other.claim.segment.paragraph - one.claim.segment.paragraph == 1


def _item(paragraph: Sequence[Figure]) -> bool:
    """Whether a line is a number, a name and a figure, and no more."""
    first = paragraph[0]
    number = _NUMBERED.match(first.before)
    if number is None or first.claim.cell is not None or not (is_amount(first) and is_exact(first)):
        return False
    is_alone = len(paragraph) == 1 and _ENDS.fullmatch(first.after) is not None
    is_alone = is_alone or (len(paragraph) == _FEWEST and _sums_up(paragraph[1], first))
    return is_alone and _NAME.fullmatch(first.before[number.end() :]) is not None


def _of_list(paragraphs: Sequence[Sequence[Figure]], start: int, end: int) -> Iterator[tuple[Relation, ...]]:
    parts = [paragraph[0] for paragraph in paragraphs[start:end]]
    behind = (*paragraphs[end - 1][1:], *(paragraphs[end] if end < len(paragraphs) else ()))[:1]
    if behind and _sums_up(behind[0], parts[0]):
        yield (sum_of(behind[0], parts, _NAMED),)
        return
    if not start or not all(_follow(one, other) for one, other in pairwise(paragraphs[start - 1 : start + 1])):
        return
    heads = [f for f in paragraphs[start - 1] if f.kind == parts[0].kind and is_exact(f) and is_amount(f)]
    heads = [head for head in heads if head.claim.role not in _NOT_OF_ITS_OWN]
    added = sum(part.value for part in parts)
    if len(heads) == 1 and abs(added - heads[0].value) * _FAR <= heads[0].value * 3:
        is_said = said("headed", heads[0].before[-_FAR:]) or heads[0].after.rstrip().endswith(":")
        yield (sum_of(heads[0], parts, _NAMED if is_said else _HEADED + (0.1 if len(parts) > _FEWEST else 0.0)),)


def _sums_up(total: Figure, part: Figure) -> bool:
    words = total.before.lstrip("，。；;、")
    return total.kind == part.kind and is_exact(total) and said("sums_up", f"，{words}")


def _follow(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    return one[0].claim.cell is None and other[0].claim.segment.paragraph - one[0].claim.segment.paragraph == 1
