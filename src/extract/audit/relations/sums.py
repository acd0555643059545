"""Sums that sentences state: a total and 其中 its parts, listed parts and 合计, marks and their total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.audit.relations.cues import default_wholes, said
from extract.audit.relations.figures import is_amount, is_exact, is_percent
from extract.audit.relations.lists import falls_short, is_mixed, is_tidy, list_before
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.records import Dimension, Role

_FEWEST, _WHOLE = 2, 100
_NEAR = 10  #: a sum of things of several kinds is off by no more than a tenth
_ALL = 0.82  #: how sure a list is that says to be whole, in good order, and comes to too little
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TURNS = re.compile(r"^[^，]{0,6}[，;](?:剩下|同时|并|还|其余|已|完成|实际|共|覆盖|带动)")
_BRACKET = 8  #: characters of what is counted in front of its bracket: 个品种(
_MANY = 100  #: a total from which on no list closes by chance when its last part is taken off
_FAR = 16  #: parts that a sentence lists at most


def find_sums(sentence: Sequence[Figure], earlier: Sequence[Figure] = ()) -> Iterator[tuple[Relation, ...]]:
    """For each total in a sentence the ways to read its parts, likeliest first; ``earlier`` are of its paragraph."""
    for index, total in enumerate(sentence):
        if is_exact(total) and is_amount(total):
            summed_up = _summed_up((*earlier, *sentence[:index]), total)
            ways = (*summed_up, *_ways_behind(sentence, index), *_ways_before(sentence, index))
            if ways:
                yield ways
        elif is_exact(total) and is_percent(total) and total.value == _WHOLE:
            shares = tuple(_summed_up((*earlier, *sentence[:index]), total))
            if shares:
                yield shares


def find_sums_across(before: Sequence[Figure], sentence: Sequence[Figure]) -> tuple[Relation, ...]:
    """批准面积42公顷。其中：甲镇30公顷，乙镇12公顷: the parts open a sentence, their total stands in the one before."""
    first = sentence[0]
    opens = _OPENS_PARTS.search(first.before)
    if opens is None or len(sentence) < _FEWEST:
        return ()
    totals = [f for f in before if f.kind == first.kind and is_amount(f) and is_exact(f) and not _moves(f)]
    if "其中" not in opens[0]:
        totals = [f for f in totals if f is before[0] and f.claim.role not in (Role.TARGET, Role.BASELINE)]
    apart = 0.0 if len(totals) == 1 else _NOT_ALONE
    ways = (way for total in reversed(totals) for way in _ways_behind((total, *sentence), 0))
    return tuple(Relation(way.kind, way.members, way.sure - apart, way.fact) for way in ways if way.sure > apart)


_OPENS_PARTS = re.compile(r"(?:其中[,，:]?|[从按就][^，。；;:]{1,10}(?:分|看|讲|说)[，:])[^，。；;:]{0,12}$")
_NOT_ALONE = 0.3


def find_parts_within(sentence: Sequence[Figure]) -> Iterator[Relation]:
    """其中 a single part: no more than the figure before it."""
    for whole, part, other in zip(sentence, sentence[1:], (*sentence[2:], None), strict=False):
        if other is not None and other.kind == part.kind and other.depth >= part.depth:
            continue
        if part.kind == whole.kind and "其中" in part.before[:6] and is_amount(whole) and is_exact(part):
            yield Relation(
                RelationKind.WITHIN, (Member(part, Part.ITEM), Member(whole, Part.TOTAL)), 0.85, part.claim.indicator
            )


def _ways_behind(sentence: Sequence[Figure], index: int) -> Iterator[Relation]:
    """100万元，其中：A 60万元，B 30万元，C 10万元."""
    total = sentence[index]
    if index + _FEWEST >= len(sentence):
        return
    first = next((f for f in sentence[index + 1 : index + 5] if f.kind == total.kind and not _is_aside(f)), None)
    if first is None or total.depth > first.depth:
        return
    bracket = first.depth > total.depth and "(" in first.before[:_BRACKET]
    strong = bracket or said("parts", first.before) or said("parts_all", first.before)
    listed, complete = _listed(sentence, index, first.depth, strong)
    moved = next((place for place, figure in enumerate(listed) if _moves(figure)), len(listed))
    listed = listed[:moved]
    if len(listed) < _FEWEST:
        return
    subtotal = _subtotal(listed if strong else [total, *listed])
    if subtotal:
        yield _sum(
            listed[subtotal - (not strong)], [*([] if strong else [total]), *listed[: subtotal - (not strong)]], _ALL
        )
        return
    counted_twice = _counted_twice(total, listed) if strong else None
    if counted_twice is not None:
        yield counted_twice
        return
    if strong or said("parts_loose", first.before):
        closed = complete and said("parts_all", first.before) and not said("parts_some", first.before)
        for place, parts in enumerate(_readings(total, listed)):
            sure = _surety(total, parts, strong and "主要" not in first.before, complete)
            sure = min(sure, _MERE) if said("list_stop", parts[1].before) else sure
            is_all = closed and not place and is_tidy(parts) and falls_short(total, parts)
            yield _sum(total, parts, max(sure, _ALL) if is_all else sure)
    elif (
        not said("list_stop", first.before)
        and not _moves(first)
        and ";" not in first.before
        and total.depth == first.depth
    ):
        for parts in _readings(total, listed):
            own = not any(f.kind == total.kind and f.group == total.group for f in sentence[:index])
            near = all(f.depth > total.depth for f in sentence[index + 1 : sentence.index(first)])
            yield _sum(total, parts, (_unsaid(total, parts) if near else _MERE) if own else 0.2)


def _subtotal(listed: Sequence[Figure]) -> int:
    """Where a list comes to the sum of its figures so far: 人员155.6万元，公用86.7万元，即基本支出242.3万元."""
    added = listed[0].value
    for place, figure in enumerate(listed[1:], 1):
        if place >= _FEWEST and figure.value == added and added >= _MANY:
            return place
        added += figure.value
    return 0


def _counted_twice(total: Figure, listed: Sequence[Figure]) -> Relation | None:
    """7655人，其中甲4120人、乙5038人，同时领取两项的1503人: the last is in both of the others."""
    *parts, both = listed[: _FEWEST + 1]
    if len(parts) < _FEWEST or both.value >= min(part.value for part in parts):
        return None
    added = sum(part.value for part in parts)
    closes = added - both.value == total.value and total.value >= _MANY
    if added == total.value or not (closes or said("overlaps", both.before)):
        return None
    items = (*(Member(part, Part.ITEM) for part in parts), Member(both, Part.DEDUCTED))
    return Relation(RelationKind.SUM, (Member(total, Part.TOTAL), *items), 0.85, "合计")


def _listed(sentence: Sequence[Figure], index: int, depth: int, strong: bool) -> tuple[list[Figure], bool]:
    """The like figures behind a total, those in deeper brackets left out, and whether nothing says 等.

    One that is just the total tells it again, unless words say (``strong``) that parts are listed.
    """
    total, out = sentence[index], list[Figure]()
    skipped = ""  #: the words about figures of other kinds since the last part
    for figure in sentence[index + 1 : index + 1 + _FAR]:
        if figure.depth < depth or (out and said("each", skipped)):
            break
        skipped = figure.before[-14:]
        if figure.depth > depth or figure.kind != total.kind or (figure.value == total.value and not strong):
            continue
        if not out and _is_aside(figure):
            continue
        if out and said("parts", figure.before) and "(" not in figure.before[:1]:
            break
        if not out and said("each", figure.before[-8:]):
            break
        if not is_exact(figure):
            break
        out.append(figure)
    return out, not (out and said("partial", out[-1].after))


def _is_aside(figure: Figure) -> bool:
    """Whether it is what a total is held against, and no part of it: 采用268条，年度任务250条，其中甲43条."""
    words = figure.before[-8:]
    return said("target", words) and not said("funds", words) and not said("parts", figure.before)


def _moves(figure: Figure) -> bool:
    """Whether its words tell of a change, and not of a part."""
    return any(said(cue, figure.before) for cue in ("up", "down", "reaches", "changed"))


def _unsaid(total: Figure, parts: Sequence[Figure]) -> float:
    """How surely a mere list is of the total in front of it: 58场，县级15场、乡镇级43场."""
    added, names = sum(part.value for part in parts), [_bare(part.before) for part in parts]
    if not total.value or not all(names) or _is_sibling(_bare(total.before), names[0]):
        return 0.2
    far = 6 if len(parts) > _FEWEST else 3
    if abs(added - total.value) * 10 > total.value * far:
        return _MERE if is_tidy(parts) and (len(parts) > _FEWEST or _is_whole(parts)) else 0.2
    alike = len({name[-1] for name in names}) == 1 or len({name[:1] for name in names}) == 1 or _is_whole(parts)
    listed = all(part.before.startswith(("、", "，")) for part in parts[1:])
    same_unit = all(part.claim.quantity.unit == total.claim.quantity.unit for part in parts)
    if listed and same_unit and len(names[0]) < _LONG:
        return _ALL if alike else _of_mere_list(total, parts)
    return _MERE


def _of_mere_list(total: Figure, parts: Sequence[Figure]) -> float:
    """How surely parts whose names have nothing in common are of a total: by its words, and by their number."""
    if not is_tidy(parts):
        return _MERE
    headed = said("headed", total.before[-_HEAD:])
    return _LOOSE + (0.05 if headed else -0.1) + (0.1 if len(parts) > _FEWEST else 0.0)


def _is_sibling(name: str, part: str) -> bool:
    """Whether a figure is the first of the list itself: 产业类60万元，基础设施类40万元; not so 支出 of 基本支出."""
    return name[-1:] == part[-1:] and not part.endswith(name)


_LONG = 14
_HEAD = 12  #: characters in front of a total that may say that it is one
_LOOSE = 0.55  #: a list in good order beside a figure that a word has as all of something
_MERE = 0.3  #: a list in good order behind a figure that it misses by far: nothing but a telling slip speaks for it


def _bare(words: str) -> str:
    return words.strip("，、:;。()的为是约共有")


def _readings(total: Figure, listed: list[Figure]) -> Iterator[list[Figure]]:
    """The list up to where its wording breaks off, and the whole of it."""
    semicolons = len(listed) > 1 and ";" in listed[1].before
    pauses = len(listed) > 1 and listed[1].before.startswith("、")
    end = len(listed)
    for place, figure in enumerate(listed[1:], 1):
        breaks = (
            _TURNS.search(figure.before) is not None
            or figure.before.startswith(".")
            or (";" in figure.before and not semicolons)
            or (pauses and figure.before.startswith(("，", ";")))
        )
        if breaks or said("list_stop", figure.before) or said("each", figure.before[-14:]):
            end = place
            break
    if end >= _FEWEST:
        yield listed[:end]
    if end != len(listed):
        yield listed
        for longer in range(max(end + 1, _FEWEST), len(listed)):
            yield listed[:longer]
    elif not is_tidy(listed):
        yield from _that_close(total, listed)


def _that_close(total: Figure, listed: list[Figure]) -> Iterator[list[Figure]]:
    """The beginning of a list that adds up to the total, where no words say that it ends there."""
    added = listed[0].value
    for place, figure in enumerate(listed[1:-1], 2):
        added += figure.value
        if added == total.value:
            yield listed[:place]


def _summed_up(before: Sequence[Figure], total: Figure) -> Iterator[Relation]:
    """A 60万元；B 20万元；两项相加90万元: the list may be told in clauses of their own."""
    listed = list_before(before, total)
    if listed:
        far = abs(sum(part.value for part in listed) - total.value) * _NEAR > total.value
        yield _sum(total, listed, _MERE if far and is_mixed(total, listed) else _ALL)
        return
    listed = list_before(before, total, "sums_up_all")
    if listed:
        yield _sum(total, listed, _ALL if _is_whole(listed) else _LOOSE)


def _ways_before(sentence: Sequence[Figure], index: int) -> Iterator[Relation]:
    """A 60万元，B 30万元，合计90万元."""
    total = sentence[index]
    named = said("total_named", total.before)
    if not (named or said("total", total.before) or said("total_loose", total.before)):
        return
    like = [
        figure
        for figure in sentence[max(0, index - _FAR) : index]
        if figure.kind == total.kind and not (said("of", figure.before) and said("of_base", figure.after))
    ]
    while like and not is_exact(like[-1]):
        like.pop()
    if len(like) < _FEWEST:
        return
    sure = 0.9 if named else 0.8 if said("total", total.before) else 0.5
    for parts in _suffixes(like, total, named):
        yield _sum(total, parts, _surety_before(total, parts, sure))


def _surety_before(total: Figure, parts: Sequence[Figure], sure: float) -> float:
    """A list in front of 共 may be longer than what is added up: only near its sum it is surely the one."""
    added = sum(part.value for part in parts)
    near = total.value > 0 and abs(added - total.value) * 10 <= total.value
    together = all(part.group == total.group for part in parts)
    if near and together:
        return max(sure, 0.8)
    return sure if near or sure > 0.85 else min(sure, 0.5)


def _suffixes(like: list[Figure], total: Figure, named: bool) -> Iterator[list[Figure]]:
    count = next((_NUMBERS[c] for c in total.before if c in _NUMBERS), 0) if named else 0
    if count:
        if len(like) >= count:
            yield like[-count:]
        return
    own = [figure for figure in like if figure.group == total.group]
    start = 0
    for place, figure in enumerate(like):
        if place and said("parts", figure.before):
            start = place
    natural = like[start:] if len(own) < _FEWEST else own
    if len(natural) >= _FEWEST:
        yield natural
    for size in range(_FEWEST, len(like) + 1):
        if size != len(natural):
            yield like[-size:]


def _sum(total: Figure, parts: Sequence[Figure], sure: float) -> Relation:
    members = (Member(total, Part.TOTAL), *(Member(part, Part.ITEM) for part in parts))
    return Relation(RelationKind.SUM, members, sure, "合计")


def _surety(total: Figure, parts: Sequence[Figure], strong: bool, complete: bool) -> float:
    """How surely the parts are all there are: by the words, and by how near their sum comes."""
    added = sum(part.value for part in parts)
    if not total.value or not added:
        return 0.0
    if all(part.before.startswith("+") for part in parts[1:]):
        return 0.9
    off = (added - total.value) / total.value
    if not strong or not complete:
        return 0.8 if off > 0 and strong and off < 0.5 else 0.25
    if len(parts) == 2 and _is_whole(parts):
        return 0.85 if abs(off) < 2 else 0.5
    if off > 0:
        return 0.85 if off < 0.5 else 0.45
    return 0.85 if off >= -0.05 else 0.6 if off > -0.3 else 0.25


def _is_whole(parts: Sequence[Figure]) -> bool:
    names = [part.before[-24:] for part in parts]
    return _is_negated(names) or any(
        all(any(word.search(name) for name in names) for word in words) and len(words) == len(parts)
        for words in default_wholes()
    )


def _is_negated(names: Sequence[str]) -> bool:
    """Whether two parts are what is so and what is not: 接通438通，未接62通."""
    if len(names) != _FEWEST:
        return False
    one, other = (_CLAUSES.split(name.strip("，、;"))[-1] for name in names)
    negated = [_NOT.search(name) for name in (one, other)]
    rest = _NOT.sub("", other) if negated[1] else _NOT.sub("", one)
    return (negated[0] is None) != (negated[1] is None) and bool(set(rest) & set(one if negated[1] else other))


_NOT = re.compile(r"尚?未|没有?|无|不|非")
_CLAUSES = re.compile(r"[，、;:。]")


def find_deductions(sentence: Sequence[Figure]) -> Iterator[Relation]:
    """总分20分，得分18分，扣2分."""
    marks = [f for f in sentence if f.claim.quantity.dimension is Dimension.SCORE]
    for full, got, lost in zip(marks, marks[1:], marks[2:], strict=False):
        if said("deducted", full.before) or said("deducted", got.before):
            continue
        if said("deducted", lost.before) and got.value <= full.value and is_exact(lost):
            members = (Member(lost, Part.CHANGE), Member(full, Part.TOTAL), Member(got, Part.ITEM))
            yield Relation(RelationKind.DIFFERENCE, members, 0.9, "扣分")
