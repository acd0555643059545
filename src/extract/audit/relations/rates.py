"""Rates that sentences state: 整改率, 完成计划的, 占总支出的, and what each is reckoned from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from extract.audit.reckoning import holds
from extract.audit.relations.cues import RateWords, default_rate_words, said
from extract.audit.relations.far_rates import (
    COMMAS,
    NEAR,
    RATE_NAME,
    REACH,
    WHOLE,
    can_be_part,
    from_afar,
    like_siblings,
    quotient,
)
from extract.audit.relations.figures import is_exact
from extract.audit.relations.records import Figure, Relation, RelationKind
from extract.claims.names import character_pairs, likeness
from extract.records import Stage

_MOST_NAMED = 4  #: bases of a name to look at elsewhere
_SHARE_OF = re.compile(r"占(?:到|了)?([^，。;、,\d]{0,20}?)(?:的(?:比例|比重)?)?[为达约是]*$")
_EMPTY_BASE = re.compile(r"^(?:总数|总量|总额|总面积|总支出|全部|其|全市|全县|比|总人数|总体|全年|合计)?$")
_NOT = ("不", "未", "没", "非")
_ALL = re.compile(r"全部|均|全覆盖|所有|全额|足额")
_EXECUTION = re.compile(r"执行率[为达是到]*$")
_OF_ITSELF = 0.3  #: 救治2153人，救治率100%: the count may be its own base
_SURE_OF_STAGES = 0.85
_LIGHT = re.compile(r"其中|合计|共计|分别|依次|各自?|[约共仅也又就已均都将其这该的并且而]|两[项者类]|[三四五六]项")
_OWN_SUBJECT = 0.4  #: less sure is a share whose clause has a subject of its own
_CLAUSE_END = re.compile(r"[，,。;；:：]")
Goals = Callable[[Figure], Sequence[Figure]]  #: the targets that an actual answers


def find_rates(
    sentence: Sequence[Figure],
    index: int,
    goals: Goals,
    named: Callable[[str, Figure], Sequence[Figure]],
    before: Sequence[Figure] = (),
) -> tuple[Relation, ...]:
    """The ways to reckon the percentage at ``index``, likeliest first; none where its wording states no rate.

    ``before`` are the figures in front of it, of other paragraphs too.
    """
    rate = sentence[index]
    words = rate.before
    if not is_exact(rate) or rate.value <= 0 or said("rate_other", words[-10:]) or said("compared", words[-8:]):
        return ()
    window = [f for f in sentence[max(0, index - REACH) : index] if can_be_part(f)]
    window = [f for f in window if f.depth <= rate.depth]
    if (said("up", words) or said("down", words)) and not said("rate", words):
        return ()
    executed = _over_adjusted(rate, window)
    if executed is not None:
        return (executed,)
    ways = [*_of_named_base(rate, window), *_shares(rate, window, named)]
    if said("of_plan", words) and "占" not in words:
        ways += _of_plan(rate, window, goals)
    if "占" not in words and (not ways or said("rate", words)):
        ways += _rates(rate, window, said("rate", words))
        ways += _over_goals(rate, window, goals)
    ways += from_afar(rate, before)
    ways += like_siblings(rate, sentence, index, before)
    return tuple(sorted(ways, key=lambda way: -way.sure))


def _over_adjusted(rate: Figure, window: Sequence[Figure]) -> Relation | None:
    """An execution rate that was reckoned over the opening budget, over the adjusted one that stands beside it."""
    if _EXECUTION.search(rate.before) is None or "年初" in rate.before:
        return None
    at = {figure.claim.stage: figure for figure in window if figure.kind == "元"}
    opening, adjusted, spent = (at.get(stage) for stage in (Stage.OPENING, Stage.ADJUSTED, Stage.SPENT))
    if opening is None or adjusted is None or spent is None or opening.value == adjusted.value:
        return None
    told = quotient(rate, spent, opening, _SURE_OF_STAGES, "执行率")
    right = quotient(rate, spent, adjusted, _SURE_OF_STAGES, "执行率")
    return right if holds(told) and not holds(right) else None


def _of_named_base(rate: Figure, window: list[Figure]) -> Iterator[Relation]:
    """整改148处，占应整改172处的86%: the base stands between the word and the rate."""
    if len(window) < 2 or "的" not in rate.before[:6]:
        return
    base = window[-1]
    if len(rate.before) > 8 or not said("of", base.before):
        return
    parts = [figure for figure in reversed(window[:-1]) if figure.kind == base.kind]
    heads = [figure for figure in parts if not _is_listed(figure, window)]
    for part in parts:
        first = part is (heads or parts)[0]
        yield quotient(rate, part, base, 0.85 if first else 0.5, "比例")


def _is_listed(figure: Figure, window: list[Figure]) -> bool:
    """Whether it stands in a list of parts, which the sentence then leaves for the whole again."""
    place = next(index for index, other in enumerate(window) if other is figure)
    beside = [*window[max(0, place - 1) : place], *window[place + 1 : place + 2]]
    return figure.before.startswith("、") or any(
        other.before.startswith("、") and other.kind == figure.kind for other in beside[-1:]
    )


def _shares(rate: Figure, window: list[Figure], named: Callable[[str, Figure], Sequence[Figure]]) -> Iterator[Relation]:
    """公用经费20万元，占基本支出25%: the figure before it over the whole that the words name."""
    match = _SHARE_OF.search(rate.before)
    if match is None or not window:
        return
    part, name = window[-1], match[1]
    apart = _OWN_SUBJECT if _has_subject(rate.before[: match.start()], part) else 0.0
    before = [f for f in window[:-1] if f.kind == part.kind and f.value >= part.value]
    empty = _EMPTY_BASE.match(name) is not None
    for base in reversed(before):
        own = likeness(name, base.before[-12:]) if name else 0.0
        opens = base is before[0] and (empty or said("parts", rate.before) or len(before) == 1)
        sure = 0.9 if own >= 0.99 else 0.8 if opens and empty else 0.4
        yield quotient(rate, part, base, max(sure - apart, 0.3), f"占{name}的比例")
    if not empty:
        like = (f for f in named(name, rate) if f.kind == part.kind and f is not part and f not in before)
        bases = list(islice(like, _MOST_NAMED))
        alone = len({base.value for base in bases}) == 1
        for base in bases:
            near = base.claim.segment.paragraph == part.claim.segment.paragraph
            sure = 0.85 if near else 0.8 if alone else 0.6
            yield quotient(rate, part, base, max(sure - apart, 0.3), f"占{name}的比例")


def _has_subject(words: str, part: Figure) -> bool:
    """Whether the words in front of 占 name what is shared, and not the figure in front: 办结1279件……噪声类占61%."""
    clause = _CLAUSE_END.split(words)
    own = _LIGHT.sub("", clause[-1])
    return len(clause) > 1 and len(own) > 1 and character_pairs(own).isdisjoint(character_pairs(part.before[-NEAR:]))


def _of_plan(rate: Figure, window: list[Figure], goals: Goals) -> Iterator[Relation]:
    """完成计划的110%: what was done over what was planned."""
    if not window:
        return
    heads = [figure for figure in window if not _is_listed(figure, window)]
    done = _done(heads or window)
    like = [f for f in window[:-1] if f.kind == done.kind and not said("beyond", f.before)]
    seen: list[Figure] = []
    for base in reversed(like):
        said_so = said("target", base.before[-12:] + base.after[:2])
        seen.append(base)
        yield quotient(rate, done, base, 0.9 if said_so else 0.5 if base is like[-1] else 0.3, "完成比例")
    if len(window) > 1 and said("target", done.before[-10:]) and like:
        yield quotient(rate, like[-1], done, 0.7, "完成比例")
    for base in goals(done):
        if base.kind == done.kind and base is not done and base not in seen:
            yield quotient(rate, done, base, 0.8, "完成比例")


def _done(heads: Sequence[Figure]) -> Figure:
    """The last that is no surplus; where that is the plan, with a surplus behind it, the last in front of it."""
    plain = [figure for figure in heads if not said("beyond", figure.before)] or [heads[-1]]
    if plain[-1] is heads[-1] or not said("target", plain[-1].before[-10:]):
        return plain[-1]
    like = [figure for figure in plain[:-1] if figure.kind == plain[-1].kind]
    return like[-1] if like else plain[-1]


def _over_goals(rate: Figure, window: list[Figure], goals: Goals) -> Iterator[Relation]:
    """项目支出1184万元，项目执行率92.5%: over the budget or target that stands elsewhere."""
    if not window or not said("over_goal", rate.before[-8:]):
        return
    for base in goals(window[-1]):
        if base.kind == window[-1].kind and base not in window and base.value != window[-1].value:
            yield quotient(rate, window[-1], base, 0.65, "完成比例")


def _rates(rate: Figure, window: list[Figure], named: bool) -> Iterator[Relation]:
    """排查172处，整改148处，整改率86%: the done over the whole, both in front of the rate."""
    if rate.value == 100 and _ALL.search(rate.before):
        return
    name = RATE_NAME.search(rate.before) if named else None
    stem = name[1] if name else ""
    words = next((row for row in default_rate_words() if name and row.stem.search(name[0])), None)
    for place in range(len(window) - 1, max(-1, len(window) - 5), -1):
        part = window[place]
        near = part.before[-10:] + _CLAUSE_END.split(part.after, maxsplit=1)[0][:6]
        fits_part = (words is not None and words.part.search(near) is not None) or _shares_word(stem, near)
        bases = [f for f in window if f.kind == part.kind and f.value != part.value]
        for base in bases:
            sure = _surety(rate, part, base, window, named, fits_part)
            around = base.before[-12:]
            if words is not None and words.base.search(around):
                sure += 0.15
            elif words is not None:
                sure -= 0.6 if not fits_part and _is_of_another(near, words) else 0.2
            elif said("whole", around):
                sure += 0.05
            if rate.value == WHOLE and not (said("base_list", around) or said("whole", around)):
                sure -= _OF_ITSELF
            if sure > 0.1:
                share = quotient(rate, part, base, min(sure, 0.9), name[0].rstrip("为达约是") if name else "比率")
                yield share._replace(kind=RelationKind.REMAINDER) if _is_negated(stem, near) else share


def _is_of_another(words: str, own: RateWords) -> bool:
    """Whether words speak of what another rate is made of: 收回 of 回收率, where 满意度 is reckoned."""
    return any(row is not own and row.part.search(words) for row in default_rate_words())


def _surety(rate: Figure, part: Figure, base: Figure, window: list[Figure], named: bool, fits_part: bool) -> float:
    like = [f for f in window if f.kind == part.kind]
    sure = 0.5 if named else 0.35
    sure += 0.25 if fits_part else -0.2 if named else 0.1 * said("done", part.before[-8:] + part.after[:4])
    sure += 0.1 if len(like) == 2 else 0.0
    sure += 0.05 if base is _before(like, part) else -0.15
    sure -= 0.0 if part is window[-1] else 0.2
    sure -= 0.2 if part.group != rate.group else 0.0
    sure -= 0.15 if base.group != rate.group else 0.0
    sure -= 0.15 if base.sentence != rate.sentence else 0.0
    sure -= 0.3 if len(COMMAS.findall(rate.before)) > 1 or said("vague", rate.before) else 0.0
    sure -= 0.3 if said("rest_count", part.before[-8:]) else 0.0
    sure -= 0.3 if base.value < part.value and rate.value <= 100 else 0.0
    return sure


def _before(like: list[Figure], part: Figure) -> Figure | None:
    place = like.index(part)
    return like[place - 1] if place else None


def _is_negated(stem: str, words: str) -> bool:
    """Whether a part is what the rate is not of: 不满意20份 where 满意率 is reckoned."""
    end = stem[-4:]
    return any(f"{sign}{end[i : i + 2]}" in words for i in range(len(end) - 1) for sign in _NOT) and not any(
        sign in stem for sign in _NOT
    )


def _shares_word(stem: str, words: str) -> bool:
    """Whether the words have two neighbouring characters of the stem's end: 整改到位 in 整改148处, 回收 in 收回."""
    end = stem[-4:]
    pairs = [end[i : i + 2] for i in range(len(end) - 1)]
    return any(pair in words or pair[::-1] in words for pair in pairs)
