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
from extract.weights import Shared, Told

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
_MOST_SHARED = 1024  #: of each kind of what mentions share that are kept
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
    return told_of_role(mention, around, votes, vocabulary).features()


def told_of_role(mention: Mention, around: Surroundings, votes: Iterable[Vote], vocabulary: Vocabulary) -> Told:
    """``role_features``, those that other mentions share apart."""
    quantity, cell, section = mention.quantity, mention.segment.cell, around.section[0]
    where = "cell" if cell is not None else section or "prose"
    said = tuple([(vote.choice, vote.weight, vote.place) for vote in votes])
    shared = [
        _of_measure(quantity.unit, quantity.dimension, quantity.approx, quantity.unit_from, where),
        _of_neighbour(*_neighbour(mention, around.previous)),
    ]
    if cell is None:
        shared += (_of_votes(said, section), _of_prose(section))
    else:
        shared += (
            _of_votes(said, f"column of {cell.kind}" if cell.kind else ""),
            _of_column(section, cell.kind, mention.alone, cell.column_header, vocabulary),
            _of_row(cell.row_header, vocabulary),
        )
    own: dict[str, float] = {}
    _add_figure(own, mention, around)
    _add_words(own, mention, vocabulary)
    if around.whole is not None:
        own[f"part of {around.whole}"] = 1.0
    _add_result(own, mention)
    _add_time(own, mention, around)
    return Told(own, tuple(shared))


@lru_cache(maxsize=_MOST_SHARED)
def _of_votes(votes: tuple[tuple[str, float, str], ...], promised: str) -> Shared:
    """What the cues say (choice, weight and place of each), under a heading or in a column that promises something."""
    features: dict[str, float] = {}
    for choice, weight, place in votes:
        name = f"cue {place} {choice}"
        features[name] = features.get(name, 0.0) + weight * _VOTE_SCALE
        if place in _OF_WORDS and promised:
            features[f"cue {place} {choice} in {promised}"] = 1.0
        if weight >= _STRONG:
            features[f"strong cue {place} {choice}"] = 1.0
        total = f"cues {choice}"
        features[total] = features.get(total, 0.0) + weight * 2 * _VOTE_SCALE
    return Shared(features)


def _add_figure(features: dict[str, float], mention: Mention, around: Surroundings) -> None:
    quantity = mention.quantity
    if quantity.number == 0:
        features["figure is 0"] = 0.5
    elif quantity.number == 100 and quantity.unit == "%":
        features["figure is 100%"] = 0.5
    elif quantity.precision == 1 and quantity.number is not None and str(quantity.number).endswith("0"):
        features["round figure"] = 0.5
    if quantity.kind is NumericKind.NUMBER:
        features["no unit"] = 0.5
    if mention.kind is None and around.twins:
        for kind in sorted(around.twins.get((quantity.value, quantity.unit), ())):
            features[f"same figure in column {kind}"] = 1.0


@lru_cache(maxsize=_MOST_SHARED)
def _of_measure(unit: str, dimension: Dimension, approx: Approx, unit_from: UnitFrom, where: str) -> Shared:
    names = [
        f"unit {unit}",
        f"dimension {dimension}",
        f"dimension {dimension} in {where}",
        f"bound {approx}",
        f"bound {approx} in {where}",
    ]
    if unit_from:
        names.append(f"unit from {unit_from}")
    return Shared(dict.fromkeys(names, 0.5))


@lru_cache(maxsize=_MOST_SHARED)
def _of_prose(section: str) -> Shared:
    return Shared({"always": 1.0, f"section {section or 'says nothing'}": 1.0, "in prose": 1.0})


@lru_cache(maxsize=_MOST_SHARED)
def _of_column(section: str, kind: ColumnKind | None, alone: bool, header: str, vocabulary: Vocabulary) -> Shared:
    """What the place of a cell says, and the words of the end of its column's header."""
    names = (
        "always",
        f"section {section or 'says nothing'}",
        f"column of {kind}",
        "alone in its cell" if alone else "in words of a cell",
        f"{'alone in' if alone else 'in words of'} a cell of {kind}",
    )
    return Shared({**dict.fromkeys(names, 1.0), **dict.fromkeys(vocabulary.named("column", folded(header[-20:])), 0.5)})


@lru_cache(maxsize=_MOST_SHARED)
def _of_row(header: str, vocabulary: Vocabulary) -> Shared:
    """The words of the end of the innermost part of a row's header."""
    return Shared(dict.fromkeys(vocabulary.named("row", folded(header.rsplit(" ", 1)[-1][-20:])), 0.5))


def _add_words(features: dict[str, float], mention: Mention, vocabulary: Vocabulary) -> None:
    """Words in front of the figure, in its clause and before, and behind it."""
    words = vocabulary.cut(mention.sentence)
    figure = len(mention.before)
    here = bisect_left(words, figure, key=START)
    clause = figure - len(mention.clause)
    ahead = words[max(here - AHEAD, 0) : here]
    for start, _, text in ahead:
        features[f"clause {text}" if start >= clause else f"ahead {text}"] = 0.5
    for _, _, text in ahead[-NEAR:]:
        features[f"near {text}"] = 0.5
    if ahead:
        features[f"in front {ahead[-1].text}"] = 0.5
    for _, _, text in words[: min(OPENING, here)]:
        features[f"opening {text}"] = 0.5
    stop = figure + mention.place.end - mention.place.start
    after = bisect_left(words, stop, lo=here, key=START)
    if mention.after:
        features[f"next {mention.after[0]}"] = 0.5
    limit = stop + len(mention.after)
    for step, (_, end, text) in enumerate(words[after : after + BEHIND + BEYOND]):
        features[f"behind {text}" if end <= limit and step < BEHIND else f"beyond {text}"] = 0.5


def _neighbour(mention: Mention, previous: tuple[Mention, Role] | None) -> tuple[Role | None, str, bool]:
    """The role of the figure before it, how it goes on from that in its sentence, and whether in one unit."""
    if previous is None:
        return None, "", False
    before, role = previous
    if before.segment is not mention.segment:
        return role, "", False
    between = mention.before[len(mention.before) - (mention.place.start - mention.since) :]
    joint = between[:1] if between[:1] in ("、", "(") else "，" if _COMMA.search(between) else "direct"
    return role, joint, before.quantity.unit == mention.quantity.unit


@lru_cache(maxsize=_MOST_SHARED)
def _of_neighbour(role: Role | None, joint: str, in_one_unit: bool) -> Shared:
    if role is None:
        names = ["first figure"]
    elif not joint:
        names = ["first of its sentence", f"sentence behind {role}"]
    else:
        unit = "same unit" if in_one_unit else "another unit"
        names = [f"goes on from {role}", f"goes on from {role} by {joint}", f"goes on from {role} with {unit}"]
    return Shared(dict.fromkeys(names, 0.5))


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
