"""A total and its parts behind it: 100万元，其中：A 60万元，B 30万元，C 10万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_exact
from extract.audit.relations.lists import falls_short, is_tidy
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import sum_of
from extract.audit.relations.wholes import ALL, FAR, FEWEST, LOOSE, MERE, is_whole, surety_of

_TURNS = re.compile(r"^[^，]{0,6}[，;](?:剩下|同时|并|还|其余|已|完成|实际|共|覆盖|带动)")
_OF_WHOLE = re.compile(r"^[，;](?:支出|支付|使用|执行|拨付)$")  #: what was done of the total, behind its parts
_REST = re.compile(r"[，、;]?(?:其余|余下|剩下|其他)的?[^，。;\d]{0,6}$")  #: what closes a list
_BRACKET = 8  #: characters of what is counted in front of its bracket: 个品种(
_MANY = 100  #: a total from which on no list closes by chance when its last part is taken off
_LONG = 14  #: characters of a part's name from which on it is a clause
_HEAD = 12  #: characters in front of a total that may say that it is one


def parts_behind(sentence: Sequence[Figure], index: int) -> Iterator[Relation]:
    """100万元，其中：A 60万元，B 30万元，C 10万元."""
    total = sentence[index]
    if index + FEWEST >= len(sentence):
        return
    first = next((f for f in sentence[index + 1 : index + 5] if f.kind == total.kind and not _is_aside(f)), None)
    if first is None or total.depth > first.depth:
        return
    bracket = first.depth > total.depth and "(" in first.before[:_BRACKET]
    strong = bracket or said("parts", first.before) or said("parts_all", first.before)
    listed, complete = _listed(sentence, index, first.depth, strong)
    moved = next((place for place, figure in enumerate(listed) if said("moved", figure.before)), len(listed))
    listed = listed[:moved]
    if len(listed) < FEWEST:
        return
    subtotal = _subtotal(listed if strong else [total, *listed])
    if subtotal:
        yield sum_of(
            listed[subtotal - (not strong)], [*([] if strong else [total]), *listed[: subtotal - (not strong)]], ALL
        )
        return
    counted_twice = _counted_twice(total, listed) if strong else None
    if counted_twice is not None:
        yield counted_twice
        return
    if strong or said("parts_loose", first.before):
        closed = complete and said("parts_all", first.before) and not said("parts_some", first.before)
        for place, parts in enumerate(_readings(total, listed)):
            sure = surety_of(total, parts, strong and "主要" not in first.before, complete)
            sure = min(sure, MERE) if said("list_stop", parts[1].before) else sure
            is_all = closed and not place and is_tidy(parts) and falls_short(total, parts)
            yield sum_of(total, parts, max(sure, ALL) if is_all else sure)
    elif (
        not said("list_stop", first.before)
        and not said("moved", first.before)
        and ";" not in first.before
        and total.depth == first.depth
    ):
        for parts in _readings(total, listed):
            own = not any(f.kind == total.kind and f.group == total.group for f in sentence[:index])
            near = all(f.depth > total.depth for f in sentence[index + 1 : sentence.index(first)])
            yield sum_of(total, parts, (_unsaid(total, parts) if near else MERE) if own else 0.2)


def _subtotal(listed: Sequence[Figure]) -> int:
    """Where a list comes to the sum of its figures so far: 人员155.6万元，公用86.7万元，即基本支出242.3万元."""
    added = listed[0].value
    for place, figure in enumerate(listed[1:], 1):
        if place >= FEWEST and figure.value == added and added >= _MANY:
            return place
        added += figure.value
    return 0


def _counted_twice(total: Figure, listed: Sequence[Figure]) -> Relation | None:
    """7655人，其中甲4120人、乙5038人，同时领取两项的1503人: the last is in both of the others."""
    *parts, both = listed[: FEWEST + 1]
    if len(parts) < FEWEST or both.value >= min(part.value for part in parts):
        return None
    added = sum(part.value for part in parts)
    closes = added - both.value == total.value and total.value >= _MANY
    if added == total.value or not (closes or said("overlaps", both.before)):
        return None
    return sum_of(total, parts, 0.85, off=(both,))


def _listed(sentence: Sequence[Figure], index: int, depth: int, strong: bool) -> tuple[list[Figure], bool]:
    """The like figures behind a total, those in deeper brackets left out, and whether nothing says 等.

    One that is just the total tells it again, unless words say (``strong``) that parts are listed.
    """
    total, out = sentence[index], list[Figure]()
    skipped = ""  #: the words about figures of other kinds since the last part
    for figure in sentence[index + 1 : index + 1 + FAR]:
        if figure.depth < depth or (out and said("each", skipped)):
            break
        skipped = figure.before[-14:]
        if figure.depth > depth or figure.kind != total.kind or (figure.value == total.value and not strong):
            continue
        if not out and _is_aside(figure):
            continue
        if out and said("parts", figure.before) and "(" not in figure.before[:1]:
            break
        if out and _OF_WHOLE.match(figure.before) and not _OF_WHOLE.match(f"，{out[0].before[-2:]}"):
            break
        if not out and said("each", figure.before[-8:]):
            break
        if not is_exact(figure) or (out and _is_share_of_part(sentence, figure, out, total)):
            break
        out.append(figure)
    return out, not (out and said("partial", out[-1].after))


def _is_share_of_part(sentence: Sequence[Figure], figure: Figure, parts: Sequence[Figure], total: Figure) -> bool:
    """Whether the rate behind a figure makes it a part of a part: 教师176人，双师型97人，占教师的55.11%."""
    place = sentence.index(figure) + 1
    rate = sentence[place] if place < len(sentence) else None
    if rate is None or rate.kind != "%" or not said("share", rate.before):
        return False
    return _is_rate_of(rate, figure, parts[-1]) and not _is_rate_of(rate, figure, total)


def _is_rate_of(rate: Figure, part: Figure, whole: Figure) -> bool:
    return whole.value > 0 and abs(100 * part.value - rate.value * whole.value) <= rate.step * whole.value


def _is_aside(figure: Figure) -> bool:
    """Whether it is what a total is held against, and no part of it: 采用268条，年度任务250条，其中甲43条."""
    words = figure.before[-8:]
    return said("target", words) and not said("funds", words) and not said("parts", figure.before)


def _unsaid(total: Figure, parts: Sequence[Figure]) -> float:
    """How surely a mere list is of the total in front of it: 58场，县级15场、乡镇级43场."""
    added, names = sum(part.value for part in parts), [_bare(part.before) for part in parts]
    if not total.value or not all(names) or _is_sibling(_bare(total.before), names[0]):
        return 0.2
    far = 6 if len(parts) > FEWEST else 3
    if abs(added - total.value) * 10 > total.value * far:
        return MERE if is_tidy(parts) and (len(parts) > FEWEST or is_whole(parts)) else 0.2
    alike = len({name[-1] for name in names}) == 1 or len({name[:1] for name in names}) == 1 or is_whole(parts)
    listed = all(part.before.startswith(("、", "，")) for part in parts[1:])
    same_unit = all(part.claim.quantity.unit == total.claim.quantity.unit for part in parts)
    if listed and same_unit and len(names[0]) < _LONG:
        return ALL if alike else _of_mere_list(total, parts)
    return MERE


def _of_mere_list(total: Figure, parts: Sequence[Figure]) -> float:
    """How surely parts whose names have nothing in common are of a total: by its words, and by their number."""
    if not is_tidy(parts):
        return MERE
    headed = said("headed", total.before[-_HEAD:])
    return LOOSE + (0.05 if headed else -0.1) + (0.1 if len(parts) > FEWEST else 0.0)


def _is_sibling(name: str, part: str) -> bool:
    """Whether a figure is the first of the list itself: 产业类60万元，基础设施类40万元; not so 支出 of 基本支出."""
    return name[-1:] == part[-1:] and not part.endswith(name)


def _bare(words: str) -> str:
    return words.strip("，、:;。()的为是约共有")


def _readings(total: Figure, listed: list[Figure]) -> Iterator[list[Figure]]:
    """The list up to where its wording breaks off, and the whole of it."""
    semicolons = len(listed) > 1 and ";" in listed[1].before
    pauses = len(listed) > 1 and listed[1].before.startswith("、")
    end = len(listed)
    for place, figure in enumerate(listed[1:], 1):
        if place == end - 1 and _REST.match(figure.before):
            break
        breaks = (
            _TURNS.search(figure.before) is not None
            or figure.before.startswith(".")
            or (";" in figure.before and not semicolons)
            or (pauses and figure.before.startswith(("，", ";")))
        )
        if breaks or said("list_stop", figure.before) or said("each", figure.before[-14:]):
            end = place
            break
    if end >= FEWEST:
        yield listed[:end]
    if end != len(listed):
        yield listed
        for longer in range(max(end + 1, FEWEST), len(listed)):
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
