"""What tells the role of a figure: named features of its words, its place and its neighbours."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from extract.claims.mentions import Mention
from extract.offsets import CharSpan, folded
from extract.records import Approx, ColumnKind, Dimension, NumericKind, Role, UnitFrom, Vote
from extract.segmentation.words import START, Vocabulary

NEAR, AHEAD, BEHIND, BEYOND, OPENING = 3, 18, 4, 5, 3  #: words that are looked at in each place
_VOTE_SCALE = 0.25
_STRONG = 5.0  #: weight of a cue that decides alone
_COMMA = re.compile(r"[，；;:：]|,(?!\d{3})")
_RESULT = re.compile(
    r"[^。；;\d]{0,16}(?:实际|实(?=[一-鿿])|最后|最终|年底|年末|月底|月末|完成|办成|办了|建成|入库|完工|竣工|达到|只有)"
    r"[^，,。；;\d]{0,10}\d[\d.,]*\s*(?P<unit>[一-鿿%‰]*)"
)
_PLANNED = re.compile(r"[^。；;\d]{0,8}(?:任务|目标|计划|预期|要求)(?:数|值|也)?(?:为|是|的是)?\s*[≥≤]?\d")
_RATE_OF = re.compile(r"[一-鿿]{0,6}的\s*\d[\d.]*\s*[%‰]")
_OUTCOME = re.compile(
    r"实际|决算|支出|支付|开支|执行|成交|合同|节约|节支|节省|[结剩]余|结转|完成|[建办]成|取缔|发放|减|扩大|已|改为|调整"
)  #: words of what came of a sum, which is no part of it …
_SPENT = re.compile(r"支出|支付|开支|执行|决算|完成|成交")  #: … unless the sum itself came of something
_OF_WORDS = ("near", "ahead", "behind", "clause")
MOST_PARTS = 8  #: figures behind a sum that may be its parts
YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")


class Surroundings(NamedTuple):
    """What a figure's role depends on beside its own sentence."""

    section: tuple[str, str] = ("", "")  #: what the headings above promise, and the title that says so
    year: str | None = None  #: of the report
    previous: tuple[Mention, Role] | None = None  #: the figure before it, with its role
    twins: Mapping[tuple[Decimal | None, str], frozenset[ColumnKind]] = MappingProxyType({})
    whole: Role | None = None  #: of the figure that this one is a part of: 共100万元，其中省级60万元、市级40万元


def twins_of(mentions: Iterable[Mention]) -> dict[tuple[Decimal | None, str], frozenset[ColumnKind]]:
    """(value, unit) → the kinds of the table columns in which that figure stands."""
    kinds: dict[tuple[Decimal | None, str], set[ColumnKind]] = {}
    for mention in mentions:
        if mention.kind is not None:
            kinds.setdefault((mention.quantity.value, mention.quantity.unit), set()).add(mention.kind)
    return {key: frozenset(found) for key, found in kinds.items()}


def wholes_of(mentions: Sequence[Mention]) -> dict[CharSpan, CharSpan]:
    """Span of a figure → that of the figure before it in its sentence which it and those beside it add up to."""
    wholes: dict[CharSpan, CharSpan] = {}
    for place, whole in enumerate(mentions):
        for part in _parts(whole, mentions[place + 1 : place + 1 + MOST_PARTS]):
            wholes.setdefault(part.span, whole.span)
    return wholes


def _parts(whole: Mention, following: Iterable[Mention]) -> tuple[Mention, ...]:
    """The figures of one unit right behind ``whole`` that add up to it; none where they do not."""
    parts: list[Mention] = []
    left = whole.quantity.value
    if not left or whole.quantity.dimension is Dimension.RATIO or whole.segment.cell is not None:
        return ()
    for mention in following:
        if mention.segment is not whole.segment:
            break
        if mention.quantity.unit != whole.quantity.unit or mention.quantity.value is None:
            continue
        if _OUTCOME.search(mention.name) and not _SPENT.search(whole.name):
            return ()
        parts.append(mention)
        left -= mention.quantity.value
        if left <= 0:
            break
    return tuple(parts) if left == 0 and len(parts) > 1 else ()


def role_features(
    mention: Mention, around: Surroundings, votes: Iterable[Vote], vocabulary: Vocabulary
) -> dict[str, float]:
    """The features of a mention by name; ``votes`` are what the cues say, each role's summed place by place."""
    features: dict[str, float] = {"always": 1.0}
    cell = mention.segment.cell
    promised = (f"column of {cell.kind}" if cell.kind else "") if cell is not None else around.section[0]
    for vote in votes:
        place = vote.reason.partition(":")[0].partition(" ")[0]
        name = f"cue {place} {vote.choice}"
        features[name] = features.get(name, 0.0) + vote.weight * _VOTE_SCALE
        if place in _OF_WORDS and promised:
            features[f"cue {place} {vote.choice} in {promised}"] = 1.0
        if vote.weight >= _STRONG:
            features[f"strong cue {place} {vote.choice}"] = 1.0
        total = f"cues {vote.choice}"
        features[total] = features.get(total, 0.0) + vote.weight * 2 * _VOTE_SCALE
    _add_measure(features, mention, around)
    _add_place(features, mention, around, vocabulary)
    _add_words(features, mention, vocabulary)
    _add_neighbour(features, mention, around)
    if around.whole is not None:
        features[f"part of {around.whole}"] = 1.0
    _add_result(features, mention)
    _add_time(features, mention, around)
    return features


def _add_measure(features: dict[str, float], mention: Mention, around: Surroundings) -> None:
    quantity = mention.quantity
    where = "cell" if mention.segment.cell is not None else around.section[0] or "prose"
    names = _measure_names(quantity.unit, quantity.dimension, quantity.approx, quantity.unit_from, where)
    features.update(dict.fromkeys(names, 0.5))
    if quantity.number == 0:
        features["figure is 0"] = 0.5
    elif quantity.number == 100 and quantity.unit == "%":
        features["figure is 100%"] = 0.5
    elif quantity.precision == 1 and quantity.number is not None and str(quantity.number).endswith("0"):
        features["round figure"] = 0.5
    if quantity.kind is NumericKind.NUMBER:
        features["no unit"] = 0.5
    if mention.kind is None or mention.segment.cell is None:
        for kind in sorted(around.twins.get((quantity.value, quantity.unit), ())):
            features[f"same figure in column {kind}"] = 1.0


@lru_cache(maxsize=1024)
def _measure_names(unit: str, dimension: Dimension, approx: Approx, unit_from: UnitFrom, where: str) -> tuple[str, ...]:
    names = (
        f"unit {unit}",
        f"dimension {dimension}",
        f"dimension {dimension} in {where}",
        f"bound {approx}",
        f"bound {approx} in {where}",
    )
    return (*names, f"unit from {unit_from}") if unit_from else names


def _add_place(features: dict[str, float], mention: Mention, around: Surroundings, vocabulary: Vocabulary) -> None:
    cell = mention.segment.cell
    role = around.section[0]
    features[f"section {role or 'says nothing'}"] = 1.0
    if cell is None:
        features["in prose"] = 1.0
    else:
        features[f"column of {cell.kind}"] = 1.0
        features["alone in its cell" if mention.alone else "in words of a cell"] = 1.0
        features[f"{'alone in' if mention.alone else 'in words of'} a cell of {cell.kind}"] = 1.0
        features.update(_named_header("column", cell.column_header, vocabulary))
        features.update(_named_header("row", cell.row_header, vocabulary))


@lru_cache(maxsize=1024)
def _named_header(place: str, header: str, vocabulary: Vocabulary) -> Mapping[str, float]:
    """The words of the end of a header, of its innermost part if it is that of a row."""
    innermost = header.rsplit(" ", 1)[-1] if place == "row" else header
    return dict.fromkeys(vocabulary.named(place, folded(innermost[-20:])), 0.5)


def _add_words(features: dict[str, float], mention: Mention, vocabulary: Vocabulary) -> None:
    """Words in front of the figure, in its clause and before, and behind it."""
    words = vocabulary.cut(mention.sentence)
    here = bisect_left(words, len(mention.before), key=START)
    clause_start = len(mention.before) - len(mention.clause)
    for step, word in enumerate(reversed(words[max(here - AHEAD, 0) : here])):
        if step < NEAR:
            features[f"near {word.text}"] = 0.5
            if step == 0:
                features[f"in front {word.text}"] = 0.5
        features[f"clause {word.text}" if word.start >= clause_start else f"ahead {word.text}"] = 0.5
    for word in words[: min(OPENING, here)]:
        features[f"opening {word.text}"] = 0.5
    stop = len(mention.before) + mention.place.end - mention.place.start
    after = bisect_left(words, stop, lo=here, key=START)
    if mention.after:
        features[f"next {mention.after[0]}"] = 0.5
    limit = stop + len(mention.after)
    for step, word in enumerate(words[after : after + BEHIND + BEYOND]):
        if word.end <= limit and step < BEHIND:
            features[f"behind {word.text}"] = 0.5
        else:
            features[f"beyond {word.text}"] = 0.5


def _add_neighbour(features: dict[str, float], mention: Mention, around: Surroundings) -> None:
    if around.previous is None:
        features["first figure"] = 0.5
        return
    before, role = around.previous
    if before.segment is not mention.segment:
        features["first of its sentence"] = 0.5
        features[f"sentence behind {role}"] = 0.5
        return
    between = mention.before[len(mention.before) - (mention.place.start - mention.since) :]
    joint = "、" if between[:1] == "、" else "(" if between[:1] == "(" else "，" if _COMMA.search(between) else "direct"
    unit = "same unit" if before.quantity.unit == mention.quantity.unit else "another unit"
    features[f"goes on from {role}"] = 0.5
    features[f"goes on from {role} by {joint}"] = 0.5
    features[f"goes on from {role} with {unit}"] = 0.5


def _add_result(features: dict[str, float], mention: Mention) -> None:
    """What is told of a figure behind it: 计划12所，实际建成11所; 实际11所，任务12所; 占任务12所的92%."""
    if mention.segment.cell is not None and mention.alone:
        return
    result = _RESULT.match(mention.rest)
    if result is not None:
        features["a result follows"] = 1.0
        same = result["unit"][:1] == mention.quantity.unit[:1]
        features[f"a result of {'its' if same else 'another'} unit follows"] = 1.0
    if _PLANNED.match(mention.rest):
        features["a goal follows"] = 1.0
    if _RATE_OF.match(mention.rest):
        features["a rate of it follows"] = 1.0


def _add_time(features: dict[str, float], mention: Mention, around: Surroundings) -> None:
    named = YEAR.findall(mention.before) if around.year is not None else []
    if named and around.year is not None:
        order = "earlier" if named[-1] < around.year else "later" if named[-1] > around.year else "same"
        features[f"{order} year"] = 1.0
