"""Changes that sentences state, in figures and in percent: 比上年增长, 由…降至…, 提高…个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from extract.audit.relations.changes import (
    ELSEWHERE,
    OTHER_THING,
    REACH,
    SUBJECT,
    is_before,
    kept,
    without_parts,
)
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent, tells_change
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.audit.relations.shapes import growth_of, share_of
from extract.claims.names import character_pairs
from extract.records import Role

_MOST_WORDS, _VERB = 10, 4
_NO_CHANGE = ("占", "完成", "于")
_FAR, _SURE_OF_YEAR, _ELSEWHERE_LESS = 12, 0.85, 0.4
_YEAR_ALONE = re.compile(r"(?:^|[，。;:(])(?:而|上年|去年|上一年|前一年|20\d\d年)(?:度|同期)?(?:仅|则)?(?:为|是|有)?$")
_STOPS = re.compile(r"[，,、;:()为达约了]")


def find_growth(sentence: Sequence[Figure], index: int) -> tuple[Relation, ...]:
    """The ways to reckon a percentage of change, likeliest first."""
    rate = sentence[index]
    if not is_percent(rate) or not is_exact(rate) or rate.value <= 0:
        return ()
    if said("rate_left", rate.before[-12:]) or said("of_goal", rate.after):
        return ()
    rises, falls = said("up", rate.before), said("down", rate.before)
    beyond = said("rate_over", rate.before)
    window = [f for f in sentence[max(0, index - REACH) : index] if is_amount(f) and is_exact(f) and f.value > 0]
    if not window or said("reaches", rate.before):
        return ()
    proven = tuple(_of_proven(rate, window)) if _continues(rate, window[-1]) else ()
    again = said("more", rate.before) and _continues(rate, window[-1])
    if not (rises or falls or beyond or again):
        return proven
    apart = 0.5 if len(SUBJECT.sub("", rate.before)) >= OTHER_THING and not beyond and not proven else 0.0
    ways = [*_by_change(rate, window, falls), *_from_to(rate, window), *_over(rate, window, beyond)]
    ways += _over_year_before(rate, sentence[max(0, index - _FAR) : index])
    other = (way for way in kept(ways, apart) if not any(_is_of_same(way, sure) for sure in proven))
    return tuple(sorted((*proven, *other), key=lambda way: -way.sure))


def _is_of_same(way: Relation, proven: Relation) -> bool:
    """Whether it reckons with one state of a proven change, and maybe with the wrong one."""
    return any(figure in proven.figures[1:] for figure in way.figures[1:])


def _continues(rate: Figure, change: Figure) -> bool:
    """Whether a percentage says the change in front of it again: 多开2378份，多开8.84%, 扩面1074人，扩面幅度9.52%."""
    words = rate.before
    if rate.sentence != change.sentence or rate.depth != change.depth or len(words) > _MOST_WORDS:
        return False
    if any(word in words for word in _NO_CHANGE):
        return False
    if "幅" in words or any(said(cue, words) for cue in ("up", "down", "rate_of_change", "more")):
        return True
    if said("rate", words):
        return False
    return not character_pairs(_STOPS.sub("", words)).isdisjoint(character_pairs(change.before[-_VERB:]))


def _of_proven(rate: Figure, window: list[Figure]) -> Iterator[Relation]:
    """由168个扩充到186个，多布设18个，扩充10.71%: two figures in front bear out the change, whatever its verb."""
    change = window[-1]
    like = [f for f in window[:-1] if f.kind == change.kind]
    if _is_rest(change, like):
        return
    for one, other in combinations(like, 2):
        slack = max(one.step, other.step, change.step)
        if change.value > slack and abs(abs(one.value - other.value) - change.value) <= slack / 2:
            was = _state_before(rate, change, one, other)
            yield growth_of(rate, other if was is one else one, was, 0.88)


def _is_rest(figure: Figure, like: Sequence[Figure]) -> bool:
    """进出口38.4亿元，其中出口26.1亿元，进口12.3亿元: the rest of a whole, and no change of it."""
    changes = said("change_loose", figure.before) or said("saved", figure.before)
    return not changes and any(said("parts", part.before) for part in like[-1:])


def _state_before(rate: Figure, change: Figure, one: Figure, other: Figure) -> Figure:
    rises = said("up", rate.before) or said("up", change.before)
    falls = any(said(cue, each.before) for cue in ("down", "less") for each in (rate, change))
    if rises != falls:
        return max(one, other, key=lambda f: f.value) if falls else min(one, other, key=lambda f: f.value)
    return other if is_before(other) and not is_before(one) else one


def _from_to(rate: Figure, window: list[Figure]) -> Iterator[Relation]:
    """从8万元降到6万元，下降25%; 9万元，较上年的12万元下降25%."""
    for place in range(len(window) - 1, -1, -1):
        was = window[place]
        if tells_change(was) or not is_before(was):
            continue
        others = [f for f in window if f is not was and f.kind == was.kind and not tells_change(f)]
        behind = [f for f in others if window.index(f) > place]
        ahead = without_parts([f for f in others if window.index(f) < place])
        for now in behind[:1]:
            yield growth_of(rate, now, was, 0.85 if said("reaches", now.before) or was is window[-2] else 0.6)
        for now in reversed(ahead[-4:]):
            nearest = now is ahead[-1] and not behind and now.depth <= was.depth
            yield growth_of(rate, now, was, (0.8 if was.group == now.group else 0.65) if nearest else 0.5)


def _over_year_before(rate: Figure, before: Sequence[Figure]) -> Iterator[Relation]:
    """献血42150人次，其中团体16842人次、个人25308人次。2021年为40510人次，增长4.05%: what a year alone is told of."""
    was = before[-1]
    if _YEAR_ALONE.search(was.before) is None or was.sentence != rate.sentence or not is_exact(was):
        return
    stated = [f for f in before[:-1] if f.kind == was.kind and is_exact(f) and f.value > 0 and not tells_change(f)]
    done = [f for f in stated if f.claim.role is not Role.TARGET and not said("target", f.before[-8:] + f.after[:5])]
    for place, now in enumerate(reversed(_without_all_parts(done))):
        sure = _SURE_OF_YEAR - _ELSEWHERE_LESS * place
        yield growth_of(rate, now, was, sure + (ELSEWHERE if now.sentence != rate.sentence else 0.0))


def _without_all_parts(stated: Sequence[Figure]) -> list[Figure]:
    """Without the figures that make up the one in front of them, once or more often."""
    heads: list[Figure] = []
    place = 0
    while place < len(stated):
        heads.append(stated[place])
        place = _behind_parts(stated, place)
    return heads


def _behind_parts(stated: Sequence[Figure], head: int) -> int:
    start, added = head + 1, Decimal(0)
    for place in range(head + 1, len(stated)):
        added += stated[place].value
        if added == stated[head].value and place > start:
            start, added = place + 1, Decimal(0)
    return start


def _by_change(rate: Figure, window: list[Figure], falls: bool) -> Iterator[Relation]:
    """49人，比上年减少1人，同比减少2%; 上年40万元，减少2万元，下降5%."""
    change = window[-1]
    if not tells_change(change) and not (_continues(rate, change) and said("more", change.before)):
        return
    down = falls or said("down", change.before) or said("less", change.before)
    kind = RelationKind.GROWTH_DOWN if down else RelationKind.GROWTH_UP
    rest = [f for f in window[:-1] if f.kind == change.kind and not tells_change(f)]
    for figure in reversed(rest):
        nearest = figure is rest[-1] and figure.group == change.group
        was, planned = is_before(figure), said("target", figure.before[-10:])
        if was or planned:
            yield share_of(rate, change, figure, 0.85 if nearest and was else 0.55, "增减比例")
        if not was and not planned and nearest:
            yield share_of(rate, change, figure, 0.5, "增减比例")
        if not was:
            members = (Member(rate, Part.RATE), Member(change, Part.CHANGE), Member(figure, Part.NOW))
            yield Relation(kind, members, 0.8 if nearest and not planned else 0.5, "增减比例")


def _over(rate: Figure, window: list[Figure], beyond: bool) -> Iterator[Relation]:
    """计划100公里，完成112公里，超任务12%."""
    now = window[-1]
    bases = [f for f in window[:-1] if f.kind == now.kind and not tells_change(f)]
    for base in reversed(bases):
        planned = said("target", base.before[-10:])
        if beyond:
            yield growth_of(rate, now, base, 0.85 if planned else 0.5)
        elif planned and said("target", rate.before):
            yield growth_of(rate, now, base, 0.8)
