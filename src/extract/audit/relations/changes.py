"""Differences that sentences state: 比上年增加, 节约, 剩余, 超出, 提高…个百分点."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent, tells_change
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import difference_of
from extract.claims.names import character_pairs, likeness

REACH, _FAR_REACH = 7, 10
_NAME, _NAMESAKES = 10, 3
_POINTS = "个百分点"
SUBJECT = re.compile(
    r"同比|环比|一年[来间]?|两年[来间]?|[比较与](?:上年|去年|同期|年初|20\d\d年|上年度)[的末]?|上年|去年|同期|相比|分别|幅度|其中|支出|实际|年?均|"
    r"[升涨扩缩收拉抬增减降][幅窄]度?|净?(?:增长|增加|减少|下降|降低|上升|提高|提升|压减|缩减|压缩|缩短|节约|增幅|降幅|增速|增收|扩大|回升|回落|攀升|恢复|上涨|高出|多花|多|少|增|减|降|率)|[为达约是了\s，,、:()的]"
)
OTHER_THING = 2
_ONE_NAME = 0.75
ELSEWHERE, _LEAST = 0.2, 0.1


def kept(ways: Sequence[Relation], apart: float) -> tuple[Relation, ...]:
    """The ways with some surety left, likeliest first; what stands in another sentence is less sure."""
    out = []
    for way in ways:
        elsewhere = any(figure.sentence != way.result.sentence for figure in way.figures)
        sure = way.sure - apart - (ELSEWHERE if elsewhere else 0.0)
        if sure > _LEAST:
            out.append(Relation(way.kind, way.members, sure, way.fact))
    return tuple(sorted(out, key=lambda way: -way.sure))


def is_before(figure: Figure) -> bool:
    """Whether its words give it as the state before: 上年40万元, 由20天, 比2019年的30万元."""
    return said("before", figure.before) or said("compared_head", figure.after)


def find_changes(sentence: Sequence[Figure], index: int) -> tuple[Relation, ...]:
    """The ways to reckon a stated change, saving, rest or surplus, likeliest first."""
    change = sentence[index]
    words = change.before
    if not is_exact(change) or is_percent(change) or said("reaches", words):
        return ()
    if change.kind == _POINTS:
        return kept(tuple(_points(sentence, index)), 0.0)
    if not is_amount(change):
        return ()
    window = [f for f in sentence[max(0, index - REACH) : index] if f.kind == change.kind and is_exact(f)]
    if not window:
        return ()
    ways: list[Relation] = []
    if said("up", words) or said("down", words) or said("changed", words):
        ways += _of_one_name(change, sentence[max(0, index - _FAR_REACH) : index])
        ways += _differences(change, window, 0.8, "增减数")
        ways += _neighbours(change, window, "增减数")
        ways += _net(change, window)
        ways += _rest_of_parted(change, window)
    elif said("saved", words):
        ways += _rests(change, window, "结余或节约数")
        ways += _from_sum(change, window)
    elif said("beyond", words):
        ways += _rests(change, window, "超出数")
    return kept(ways, 0.0)


def _differences(change: Figure, window: list[Figure], sure: float, fact: str) -> Iterator[Relation]:
    """现有35人，上年末42人，减少7人: a figure given as the state before, and one that is now."""
    for place in range(len(window) - 1, -1, -1):
        was = window[place]
        others = [f for f in window if f is not was and not tells_change(f) and not said("saved", f.before)]
        twins = [f for f in others if _is_earlier_of_one(was, f)]
        if tells_change(was) or not (twins or is_before(was) or said("target", was.before[-10:])):
            continue
        if twins:
            afar = ELSEWHERE if twins[-1].sentence != change.sentence else 0.0
            yield difference_of(change, twins[-1], was, sure + afar, fact)
        behind = [f for f in others if window.index(f) > place]
        ahead = without_parts([f for f in others if window.index(f) < place])
        target = 0.0 if is_before(was) else 0.1
        for now in behind[:1]:
            yield difference_of(change, now, was, sure - target, fact)
        nearest = _nearest_of_name(was, ahead)
        for now in [nearest, *(f for f in reversed(ahead[-2:]) if f is not nearest)] if nearest else []:
            yield difference_of(change, now, was, (sure - target if now is nearest else 0.4) - 0.2 * bool(behind), fact)
        return


def _nearest_of_name(was: Figure, ahead: Sequence[Figure]) -> Figure | None:
    """受理518件，办结503件……2022年受理587件: the last that bears the name of the state before, else the last."""
    name = character_pairs(SUBJECT.sub("", was.before[-_NAME:]))
    alike = [f for f in ahead[-_NAMESAKES:] if not name.isdisjoint(character_pairs(f.before[-_NAME:]))]
    known = alike or list(ahead)
    return known[-1] if known else None


def _of_one_name(change: Figure, near: Sequence[Figure]) -> Iterator[Relation]:
    """年末在编61人……2021年末在编65人……其中在编减少4人: figures of other sentences that bear the name of the change."""
    name = character_pairs(SUBJECT.sub("", change.before))
    if not name:
        return
    like = [
        figure
        for figure in near
        if figure.kind == change.kind and is_exact(figure) and name <= character_pairs(figure.before[-_NAME:])
    ]
    for one, other in combinations(like[-_NAMESAKES:], 2):
        if one.sentence != other.sentence and not tells_change(one) and not tells_change(other):
            yield difference_of(change, other, one, 0.85 + ELSEWHERE, "增减数")


def without_parts(ahead: list[Figure]) -> list[Figure]:
    """花了8.4万元，接待3.1万元，车辆5.3万元: without parts that make up the figure in front of them."""
    for start in range(len(ahead) - 3, -1, -1):
        if sum(figure.value for figure in ahead[start + 1 :]) == ahead[start].value:
            return ahead[: start + 1]
    return ahead


def _is_earlier_of_one(was: Figure, now: Figure) -> bool:
    """Whether both state one measure by name, the first for an earlier year: 2021年末在职42人 beside 年末在职35人."""
    earlier, later = was.claim.period, now.claim.period
    before = said("before", was.before) and not said("before", now.before)
    if not before and (earlier is None or later is None or earlier[:4] >= later[:4]):
        return False
    if said("total_named", was.before) or said("total_loose", was.before):
        return said("total_named", now.before) or said("total_loose", now.before)
    return likeness(was.claim.indicator, now.claim.indicator) >= _ONE_NAME


def find_over_goals(
    paragraph: Sequence[Figure], index: int, goals: Callable[[Figure], Sequence[Figure]]
) -> Iterator[Relation]:
    """共完成5328批次……比目标多128批次: over the target that stands elsewhere."""
    change = paragraph[index]
    words = change.before
    told = said("target", words) and any(said(cue, words) for cue in ("up", "down", "beyond", "changed"))
    if not told or said("reaches", words) or not is_exact(change) or is_percent(change):
        return
    like = [f for f in paragraph[max(0, index - REACH) : index] if f.kind == change.kind and is_exact(f)]
    for done in reversed(like):
        sure = 0.8 if done is like[-1] or _names_its_subject(change, done) else 0.45
        for goal in goals(done):
            if goal.kind == done.kind and goal.value != done.value:
                yield difference_of(change, done, goal, sure, "与目标之差")


def _names_its_subject(change: Figure, done: Figure) -> bool:
    """Whether the words of a difference name what it is of: 支出占比目标差…, 抽检批次比目标多…."""
    words = SUBJECT.sub("", change.before[-_NAME:])
    return not character_pairs(words).isdisjoint(character_pairs(done.before[-_NAME:]))


def _rests(change: Figure, window: list[Figure], fact: str) -> Iterator[Relation]:
    """预算30万元，实际支出12万元，节省预算18万元."""
    own = [f for f in window if f.group == change.group]
    for place in range(len(window) - 1, 0, -1):
        later = window[place]
        for earlier in reversed(window[:place]):
            sure = 0.6
            adjacent = later is window[-1] and earlier is window[place - 1]
            sure += 0.2 if adjacent else -0.1
            sure += 0.15 if said("target", earlier.before[-12:]) or said("whole", earlier.before[-12:]) else -0.1
            sure += 0.05 if len(window) == 2 else 0.0
            of_target = said("target", change.before) and not said("target", earlier.before + later.before)
            sure -= 0.3 if of_target else 0.0
            sure += 0.15 if adjacent and said("unspent", change.before) else 0.0
            sure -= 0.0 if earlier in own and later in own else 0.15
            sure -= 0.3 if tells_change(later) or tells_change(earlier) or earlier.depth != later.depth else 0.0
            if sure > 0.1:
                yield difference_of(change, earlier, later, min(sure, 0.85), fact)


def _neighbours(change: Figure, window: list[Figure], fact: str) -> Iterator[Relation]:
    """Any two of the figures in front of a change, where the wording names no earlier state."""
    near = [figure for figure in window[-5:] if not tells_change(figure)]
    for one, other in combinations(near, 2):
        adjacent = one is near[-2] and other is near[-1]
        alone = adjacent and one.group == change.group and not said("target", change.before)
        yield difference_of(change, one, other, 0.55 if alone else 0.4, fact)


def _net(change: Figure, window: list[Figure]) -> Iterator[Relation]:
    """新增1275人、退出1408人，净减133人."""
    if len(window) > 2 and window[-3].sentence == change.sentence:
        return
    if len(window) > 1 and "净" in change.before and window[-2].sentence == window[-1].sentence == change.sentence:
        yield difference_of(change, window[-2], window[-1], 0.82, "净增减数")


def _rest_of_parted(change: Figure, window: list[Figure]) -> Iterator[Relation]:
    """较年初增加35万元，其中追加经费30万元、分成增加5万元: the other of two parts of a change."""
    if len(window) > 1 and "其中" in window[-1].before:
        yield difference_of(change, window[-2], window[-1], 0.5, "增减数")


def _from_sum(change: Figure, window: list[Figure]) -> Iterator[Relation]:
    """预算605万元，支出甲368万元、乙142万元，合计582万元……剩余22.9万元: any two in front, when they fit."""
    for one, other in combinations(window, 2):
        if abs(one.value - other.value) == change.value:
            yield difference_of(change, one, other, 0.4, "结余或节约数")


def _points(sentence: Sequence[Figure], index: int) -> Iterator[Relation]:
    """由60%提升至65%，提高5个百分点; 65%，比上年的60%提高5个百分点."""
    points = sentence[index]
    rates = [f for f in sentence[max(0, index - REACH) : index] if is_percent(f)]
    if len(rates) < 2:
        return
    for former in rates[-4:-2]:
        yield difference_of(points, former, rates[-1], 0.4, "增减百分点")
    one, other = rates[-2], rates[-1]
    if one.depth > points.depth < other.depth:  # 增速高于全市(1.9%)0.9个百分点、低于预期(6%)3.2个百分点
        one = next((rate for rate in reversed(rates[:-2]) if rate.depth <= points.depth), one)
    told = is_before(one) or is_before(other) or said("target", one.before[-8:] + other.before[-8:])
    apart = len(SUBJECT.sub("", points.before)) >= OTHER_THING
    sure = (0.85 if told else 0.45) - (0.4 if apart else 0.0)
    yield difference_of(points, one, other, sure, "增减百分点")
