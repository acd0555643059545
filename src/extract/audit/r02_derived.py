"""R02: a stated rate, share, difference or growth follows from the stated figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from extract.audit.findings import Checked, finding
from extract.audit.precision import Interval, as_stated, exact, printed
from extract.audit.wording import amount, bare, written
from extract.claims.indicators import bare_name
from extract.claims.names import likeness
from extract.offsets import folded
from extract.records import Claim, Dimension, Document, FindingType, Holds, Pair, Role, Severity

RULE = "R02"
_RATE = re.compile(r"率(?:为|达到?|均|是|约|\s)*$")
_NOT_PART_RATE = re.compile(r"(?:增长|增|变动|上升|提高|提升|调整|浮动|偏差)[^，。]{0,4}率")
_SHARE = re.compile(
    r"占(?:全年|年初|同期|全部|全市|全县)?([^，。；、,\d]{0,12}?)(?:的(?:比例|比重)?)?(?:为|达|约|\s)*$"
)
_OF_PLAN = re.compile(r"完成(?:了)?(?:年初|年度|全年)?(?:的)?(?:目标|计划|任务|预算)(?:数|任务)?的?(?:比例)?\s*$")
_SAVED = re.compile(r"(?:节省|节约|结余|节支)(?:了)?(?:预算|资金|支出|经费)?(?:为|约|\s)*$")
_CHANGE_BY = re.compile(r"(?:变化|增加|减少|增长|下降|增|减|变动|相差|净增|净减)(?:了|为|数)*\s*$")
_NOT_DONE = re.compile(r"移交|转办|转交|未|剩余|尚有|尚余|在办|待|其余|超|建议")
_CHANGE_WORDS = re.compile(
    r"同比|环比|分别|幅度|[比较与](?:上年|去年|同期|年初|20\d\d年)[的末]?|相比|净?(?:增长|增加|减少|下降|降低|上升|提高|提升|压减|缩减|增|减|降|率)|[\s，,、:()的了]"
)
_LIKE = 0.5
_STAFF = re.compile(r"在职|人员|编制")
_PARAGRAPHS_BACK, _MOST_BACK = 3, 200
_COMPLEMENT = re.compile(r"(?:节约|节支|节省|结余|压减|审减|核减|下降|减少|降低|缩减)[^，。]{0,2}率")
_DEDUCTED = re.compile(r"扣(?:除|减|分)?(?:了|为)?\s*$")
_REACH = (Fraction(1, 3), Fraction(3))  #: how far off a result may be and still be a slip of the pen


@dataclass(frozen=True, slots=True)
class _Relation:
    """A stated figure and what follows from others for it."""

    stated: Claim
    parts: tuple[Claim, ...]
    follows: Interval
    exactly: Fraction
    workings: str
    fact: str


def check_derived(document: Document, claims: Sequence[Claim], pairs: Sequence[Pair]) -> Iterator[Checked]:
    """A finding or a proof for every relation that the wording states."""
    sentences = _by_sentence(claims)
    goals: dict[str, list[Claim]] = {}
    for pair in pairs:
        if pair.actual is not None:
            goals.setdefault(pair.actual.id, []).append(pair.target)
    for index, claim in enumerate(claims):
        earlier = _near_before(claims, index)
        group = sentences[claim.segment.span.start]
        before = group[: group.index(claim)]
        name = claim_words(document, claim, before)
        if claim.quantity.unit == "%" and claim.quantity.number is not None:
            relations = [*_rates(claim, before, name), *_shares(claim, before, earlier, name)]
            relations += _of_plan(claim, before, goals, name) + _growth(claim, before, name)
        elif claim.quantity.number is not None:
            relations = [*_savings(claim, before, name), *_changes(claim, earlier, name)]
            relations += [*_deductions(claim, before, name), *_percentage_points(claim, before)]
        else:
            relations = []
        yield from _settled(document, relations)


def _near_before(claims: Sequence[Claim], index: int) -> list[Claim]:
    """The claims in front of one, of its own paragraph and the three before it."""
    first = index
    while first and claims[first - 1].segment.paragraph >= claims[index].segment.paragraph - _PARAGRAPHS_BACK:
        first -= 1
        if index - first > _MOST_BACK:
            break
    return list(claims[first:index])


def _by_sentence(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    groups: dict[int, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.segment.span.start, []).append(claim)
    return groups


def claim_words(document: Document, claim: Claim, before: Sequence[Claim]) -> str:
    """The words between the claim before it (or the sentence's start) and the figure."""
    start = before[-1].span.end if before else claim.segment.span.start
    return document.text[start : claim.span.start]


def _settled(document: Document, relations: list[_Relation]) -> Iterator[Checked]:
    """One relation that holds proves the figure; only if none does, the first speaks against it."""
    for relation in relations:
        given = printed(relation.stated.quantity)
        if given is not None and relation.follows.meets(given):
            yield Holds(rule=RULE, claims=(relation.stated, *relation.parts), workings=relation.workings)
            return
    doubtful = [relation for relation in relations if _is_plausible(relation)]
    if doubtful:
        yield _refuted(document, doubtful[0])


def _is_plausible(relation: _Relation) -> bool:
    """Whether the figures seem to belong together at all: a slip leaves the result within reach of what is stated."""
    given = exact(relation.stated)
    if not given or relation.exactly <= 0:
        return given == 0 and relation.exactly == 0
    beyond = relation.stated.quantity.unit == "%" and relation.exactly > 100 >= given
    return not beyond and _REACH[0] <= relation.exactly / given <= _REACH[1]


def _refuted(document: Document, relation: _Relation) -> Checked:
    text = document.text
    given = written(relation.stated, text)
    expected = amount(relation.exactly, relation.stated)
    return finding(
        document,
        FindingType.ARITHMETIC,
        RULE,
        (relation.stated, *relation.parts),
        severity=Severity.MEDIUM,
        confidence=0.85,
        stated=given,
        expected=expected,
        workings=relation.workings,
        message=f"{relation.fact}原文为{given}；按文中数字计算，{relation.workings}，应为{expected}。请核对并更正，或说明计算口径。",
    )


def _rates(rate: Claim, before: Sequence[Claim], name: str) -> list[_Relation]:
    """200个问题 整改到位150个，到位率75%: the done over the whole, just before the rate."""
    if not _RATE.search(name) or _NOT_PART_RATE.search(name) or rate.role in (Role.CHANGE, Role.TARGET, Role.PLAN):
        return []
    alike = [c for c in before if c.quantity.dimension not in (Dimension.RATIO, Dimension.SCORE, Dimension.DURATION)]
    if len(alike) < 2:
        return []
    last = alike[-1]
    if before[-1] is not last:
        return []
    done = [c for c in alike[-3:] if c.quantity.unit == last.quantity.unit]
    counted = [c for c in done[1:] if not _NOT_DONE.search(c.indicator)]
    relations = []
    for part in reversed(counted or done[1:]):
        for whole in reversed(done[: done.index(part)]):
            if _STAFF.search(name) and "编" not in whole.indicator:
                continue
            relation = _quotient(rate, part, whole, f"{rate.indicator or '比率'}")
            if relation is not None:
                relations.append(_complement(relation) if _COMPLEMENT.search(name) else relation)
    return relations


def _complement(relation: _Relation) -> _Relation:
    """节约率 is what is left of the whole: 1 - 90÷100."""
    hundred = Interval(Fraction(100), Fraction(100))
    left = 100 - relation.exactly
    part, whole = relation.parts
    workings = f"({bare(whole)}-{bare(part)})÷{bare(whole)}={amount(left, relation.stated)}"
    return replace(relation, follows=hundred - relation.follows, exactly=left, workings=workings)


def _quotient(rate: Claim, part: Claim, whole: Claim, fact: str) -> _Relation | None:
    one, other = as_stated(part.quantity), as_stated(whole.quantity)
    a, b = exact(part), exact(whole)
    if one is None or other is None or a is None or not b:
        return None
    follows = one.over(other)
    if follows is None:
        return None
    percent = a / b * 100
    if part.quantity.unit != whole.quantity.unit or percent > 1000:
        return None
    workings = f"{bare(part)}÷{bare(whole)}={amount(percent, rate)}"
    return _Relation(rate, (part, whole), follows.times(Fraction(100)), percent, workings, f"{fact}")


def _shares(rate: Claim, before: Sequence[Claim], earlier: Sequence[Claim], name: str) -> list[_Relation]:
    """公用经费20万元，占基本支出25%: the figure before it over the named whole."""
    match = _SHARE.search(name)
    if match is None or not before or not match[1]:
        return []
    part = before[-1]
    wholes = [
        c
        for c in reversed(earlier)
        if c is not part and c.quantity.unit == part.quantity.unit and likeness(match[1], c.indicator) >= 0.99
    ]
    relations = [_quotient(rate, part, whole, f"占{match[1]}的比例") for whole in wholes[:2]]
    return [relation for relation in relations if relation is not None]


def _of_plan(rate: Claim, before: Sequence[Claim], goals: dict[str, list[Claim]], name: str) -> list[_Relation]:
    """完成计划的110%: the actual just before it over the target that it answers."""
    if not _OF_PLAN.search(name) or not before:
        return []
    targets = goals.get(before[-1].id, ())
    relations = [_quotient(rate, before[-1], target, "完成计划的比例") for target in targets]
    return [relation for relation in relations if relation is not None]


def _growth(rate: Claim, before: Sequence[Claim], name: str) -> list[_Relation]:
    """Growth over what there was before, from whichever two of present, past and change are stated."""
    if rate.role is not Role.CHANGE or len(before) < 2:
        return []
    last, other = before[-1], before[-2]
    if _names_another_thing(name, last):
        return []
    if last.quantity.unit != other.quantity.unit or last.quantity.dimension is Dimension.RATIO:
        return _growth_since(rate, before) if last.role is Role.BASELINE else []
    if last.role is Role.CHANGE and other.role is Role.BASELINE:
        return _part_of(rate, last, other)
    if last.role is Role.CHANGE:
        falls = re.search(r"减|降|少|缩", last.indicator + name + " ".join(last.reasons)) is not None
        return _part_of_past(rate, last, other, falls=falls)
    if last.role is Role.BASELINE:
        return _growth_since(rate, before)
    return _from_to(rate, other, last) if other.role is Role.BASELINE else []


def _names_another_thing(name: str, last: Claim) -> bool:
    """Whether the words before the rate name a measure of their own: 从20天减到12天，费用同比减少30%."""
    subject = _CHANGE_WORDS.sub("", bare_name(folded(name)))
    return len(subject) >= 2 and likeness(subject, last.indicator) < _LIKE


def _growth_since(rate: Claim, before: Sequence[Claim]) -> list[_Relation]:
    """9万元 … 较上年的12万元下降25%: the present is the like figure nearest to the past."""
    was = before[-1]
    like = [c for c in before[:-1] if c.quantity.unit == was.quantity.unit and c.role is Role.ACTUAL and exact(c)]
    past = exact(was)
    if past is None:
        return []
    like.sort(key=lambda c: abs((exact(c) or Fraction(0)) - past))
    return [relation for now in like for relation in _from_to(rate, was, now)]


def _from_to(rate: Claim, was: Claim, now: Claim) -> list[_Relation]:
    """从8万元降到6万元，下降25%."""
    one, other = as_stated(was.quantity), as_stated(now.quantity)
    a, b = exact(was), exact(now)
    if one is None or other is None or not a or b is None or a == b:
        return []
    high, low, upper, lower = (one, other, was, now) if a > b else (other, one, now, was)
    follows = (high - low).over(one)
    if follows is None:
        return []
    percent = abs(a - b) / a * 100
    workings = f"({bare(upper)}-{bare(lower)})÷{bare(was)}={amount(percent, rate)}"
    return [_Relation(rate, (now, was), follows.times(Fraction(100)), percent, workings, "增减比例")]


def _part_of(rate: Claim, by: Claim, was: Claim) -> list[_Relation]:
    """上年40万元，今年减少2万元，下降5%."""
    relation = _quotient(rate, by, was, "增减比例")
    return [] if relation is None else [relation]


def _part_of_past(rate: Claim, by: Claim, now: Claim, *, falls: bool) -> list[_Relation]:
    """49人，比上年减少1人，同比减少2%: the past is the present with the change taken back."""
    delta, current = as_stated(by.quantity), as_stated(now.quantity)
    a, b = exact(by), exact(now)
    if delta is None or current is None or a is None or b is None:
        return []
    was, was_exact = (current + delta, b + a) if falls else (current - delta, b - a)
    follows = delta.over(was)
    if follows is None or was_exact <= 0:
        return []
    percent = a / was_exact * 100
    workings = f"{bare(by)}÷({bare(now)}{'+' if falls else '-'}{bare(by)})={amount(percent, rate)}"
    return [_Relation(rate, (by, now), follows.times(Fraction(100)), percent, workings, "增减比例")]


def _savings(saved: Claim, before: Sequence[Claim], name: str) -> list[_Relation]:
    """预算30万元，实际支出12万元，节省预算18万元."""
    if not _SAVED.search(name) or saved.quantity.dimension is not Dimension.MONEY:
        return []
    spent = next(
        (c for c in reversed(before) if c.role is Role.ACTUAL and c.quantity.unit == saved.quantity.unit), None
    )
    budget = next(
        (c for c in reversed(before) if c.role is Role.TARGET and c.quantity.unit == saved.quantity.unit), None
    )
    return [] if spent is None or budget is None else _difference(saved, budget, spent, "预算与支出之差")


def _deductions(deducted: Claim, before: Sequence[Claim], name: str) -> list[_Relation]:
    """总分20分，得分18分，扣2分."""
    marks = [c for c in before if c.quantity.dimension is Dimension.SCORE]
    if not _DEDUCTED.search(name) or len(marks) < 2 or deducted.quantity.dimension is not Dimension.SCORE:
        return []
    return _difference(deducted, marks[-2], marks[-1], "扣分")


def _percentage_points(points: Claim, before: Sequence[Claim]) -> list[_Relation]:
    """由60%提升至65%，提高5个百分点."""
    rates = [c for c in before[-2:] if c.quantity.unit == "%"]
    if points.quantity.unit != "个百分点" or len(rates) < 2 or rates[0].role is not Role.BASELINE:
        return []
    high, low = sorted(rates, key=lambda c: exact(c) or Fraction(0), reverse=True)
    return _difference(points, high, low, "增减百分点")


def _changes(change: Claim, earlier: Sequence[Claim], name: str) -> list[_Relation]:
    """30人；上年末为38人，变化为8人: the present against the figure it is compared with."""
    if change.role is not Role.CHANGE or not _CHANGE_BY.search(name) or not earlier:
        return []
    base = earlier[-1]
    if base.role is not Role.BASELINE or base.segment.paragraph != change.segment.paragraph:
        return []
    now = next(
        (
            c
            for c in reversed(earlier[:-1])
            if c.quantity.unit == change.quantity.unit
            and c.role in (Role.ACTUAL, Role.CONTEXT)
            and c.segment.paragraph == change.segment.paragraph
            and likeness(c.indicator, base.indicator) >= 0.6
        ),
        None,
    )
    if now is None or base.quantity.unit != change.quantity.unit:
        return []
    high, low = (base, now) if (exact(base) or 0) >= (exact(now) or 0) else (now, base)
    return _difference(change, high, low, "增减数")


def _difference(result: Claim, high: Claim, low: Claim, fact: str) -> list[_Relation]:
    one, other = as_stated(high.quantity), as_stated(low.quantity)
    a, b = exact(high), exact(low)
    if one is None or other is None or a is None or b is None:
        return []
    workings = f"{bare(high)}-{bare(low)}={amount(a - b, result)}"
    return [_Relation(result, (high, low), one - other, a - b, workings, fact)]
