"""The marks that sentences give, one by one: full marks, marks got, marks lost, and the totals of either."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from extract.audit.cues import cues_of, told_by
from extract.audit.forms.sheets import Mark
from extract.offsets import CharSpan, folded
from extract.records import Claim

_FIGURE = re.compile(
    r"(?<![\d.年第至~—–-])(\d{1,4}(?:\.\d{1,2})?)(?![\d.]|,\d{3})"
    r"(?:\s*(?P<unit>分)(?!钟|之|公|局|类|别|数|支|散|布|项|析|期|年|组|会|管|批)|(?=[、，；。,;)）/／+＋=＝和与及\n]|:(?!\d)|\.(?!\d)|[实自]?得\d|\s+[自实]?评?得分?|$))"
)
_BETWEEN = re.compile(r"\d{1,3}\s*(?:-|—|–|~|～|至|到)\s*$")
_BAND = re.compile(r"^(?:[(]?不?含|以上|以下|及以|至|到|的?为|[(]含|~|—|-)")
_THOUSANDS = re.compile(r"\d,$")
_CLAUSE = re.compile(r"[，。.；;,\n、(]|(?<=[^=]):|\+")
_JOINT = re.compile(r"^分?[、，,;和与及+]+$")
_SPLIT = re.compile(r"[，。；;,\n、:()“”+=/]")
_SPACE = re.compile(r"\s+")
_REACH, _MOST = (
    36,
    150,
)  #: characters before a figure that tell what it is; marks beyond which only a misprinted total is one
_PART = 60  #: the most marks that one item has
_GOT = re.compile(
    r"^分?\)?[，,:]?(?:实际|自评|评价|本次|现)?(?:[自实]?评?得分?|自评|评分|打分)[为是:]?$"
)  #: to the marks got
_BARE_GOT = re.compile(r"^\)[:，,]?$")  #: the same behind full marks in brackets: 管理(20分)18.5
_NUMBERS_ITEM = re.compile(r"^[.、)]")

_CUES = "mark_cues.tsv"
says = told_by(_CUES)


class Kind(StrEnum):
    WEIGHT = "weight"
    SCORE = "score"
    LOST = "lost"
    PLAIN = "plain"  #: by its words either the full marks or the marks got
    TOTAL_WEIGHT = "total weight"
    TOTAL_SCORE = "total score"
    TOTAL = "total"  #: of either


TOTALS = (Kind.TOTAL_WEIGHT, Kind.TOTAL_SCORE, Kind.TOTAL)


class Token(NamedTuple):
    kind: Kind
    mode: Kind | None  #: what the head of its list says of a plain one
    name: str
    mark: Mark
    inner: bool  #: whether it stands in brackets of its own


def tokens_of(text: str, claims: Sequence[Claim], spans: Sequence[CharSpan]) -> Iterator[Token]:
    """The marks in the sentences at ``spans``, in text order."""
    at = {claim.span.start: claim for claim in claims}
    for span in spans:
        plain = folded(text[span.start : span.end])
        if ("分" in plain or "自评" in plain) and says("of_marks", plain):
            yield from _of_sentence(plain, span.start, at)


def _of_sentence(plain: str, start: int, at: Mapping[int, Claim]) -> Iterator[Token]:
    mode: Kind | None = None
    last: Kind | None = None
    since = 0
    for found in _FIGURE.finditer(plain):
        if not _is_mark(plain, found):
            continue
        words = _SPACE.sub("", plain[max(since, found.start() - _REACH) : found.start()])
        behind = _SPACE.sub("", plain[found.end() : found.end() + 8])
        since = found.end()
        if _BAND.match(behind):
            continue
        mode = _mode(words, mode)
        place = start + found.start(1)
        joins = last is not None and last not in TOTALS and _JOINT.match(words) is not None
        kind = last if joins else _got(words, behind, found, last) or _kind(words, behind, found)
        if kind is None or (kind not in TOTALS and Fraction(found[1]) > _MOST):
            continue
        last = kind
        step = Fraction(1, 10 ** len(found[1].partition(".")[2]))
        mark = Mark(Fraction(found[1]), step, CharSpan(place, place + len(found[1])), at.get(place))
        yield Token(kind, mode, _name(words), mark, words.endswith("("))


def _got(words: str, behind: str, found: re.Match[str], last: Kind | None) -> Kind | None:
    """The marks got where they stand right behind the full marks, of an item or of all; None elsewhere."""
    is_bare = _BARE_GOT.match(words) is not None and not (len(found[1]) == 1 and _NUMBERS_ITEM.match(behind))
    if last is Kind.TOTAL_WEIGHT:
        return Kind.TOTAL_SCORE if is_bare else None
    return Kind.SCORE if last in (Kind.PLAIN, Kind.WEIGHT) and (is_bare or _GOT.match(words)) else None


def _is_mark(plain: str, found: re.Match[str]) -> bool:
    """Whether it is no part of a longer number."""
    before = plain[max(0, found.start() - 5) : found.start()]
    whole = found[1].partition(".")[0]
    is_tail = len(whole) == 3 and _THOUSANDS.search(before) is not None
    return not is_tail and _BETWEEN.search(before) is None


def _mode(words: str, mode: Kind | None) -> Kind | None:
    """What the words in front of a list say of the figures in it: the head that stands last."""
    scores, weights = _last("scores_follow", words), _last("weights_follow", words)
    if max(scores, weights) < 0:
        return mode
    return Kind.SCORE if scores > weights else Kind.WEIGHT


def _last(cue: str, words: str) -> int:
    return max((found.end() for found in cues_of(_CUES)[cue].finditer(words)), default=-1)


def _kind(words: str, behind: str, found: re.Match[str]) -> Kind | None:
    """What a number of points is; None for one that is none."""
    clause = _CLAUSE.split(words.removesuffix(":"))[-1]
    value = Fraction(found[1])
    if says("lost", clause):
        return Kind.LOST
    total = _total(clause, value)
    if total is not None:
        return total
    has_unit = found["unit"] is not None
    bracketed = words.endswith("(") and behind.startswith(")")
    if says("score", clause):
        return Kind.SCORE
    if bracketed and _total(_CLAUSE.split(words[:-1])[-1], value) is not None:
        return Kind.TOTAL_WEIGHT
    if bracketed or words in ("/", "分/") or says("weight", clause):
        return Kind.WEIGHT
    return Kind.PLAIN if has_unit or _SPLIT.split(words)[-1] else None


def _total(clause: str, value: Fraction) -> Kind | None:
    """What a total is of; None for the marks of one item, of which none has more than sixty."""
    if says("total_clause", clause) and (says("summing", clause) or value > _PART):
        is_weight, is_score = says("total_weight", clause), says("total_score", clause)
        return Kind.TOTAL_WEIGHT if is_weight and not is_score else Kind.TOTAL_SCORE if is_score else Kind.TOTAL
    return Kind.TOTAL_SCORE if value > _PART and says("total_strong", clause) else None


def _name(words: str) -> str:
    own = [part for part in _SPLIT.split(words) if part]
    return next((part for part in reversed(own) if not says("score", part) and not says("weight", part)), "")
