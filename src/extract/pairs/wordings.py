"""What is said around each figure: names hide in its sentence, and a common word names nothing."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from extract.claims.names import character_pairs
from extract.pairs.wording import is_short
from extract.records import Claim, Role

_REACH = 60  #: characters in front of a figure in which its name may hide
_NEAR = 10  #: characters in front of a figure that tell a rise or a fall
_PARTING = re.compile(r"[\d，,。；;]")
_TO = r"(?![^至到为]{0,3}[至到为])"  #: 增长到5% tells a level
_RISES = re.compile(rf"(?:增[长加幅收]?|提高|提升|上升|上涨|涨幅?|升)(?:率|幅度?)?{_TO}")
_FALLS = re.compile(rf"(?:减少?|下?降低?|降幅|减幅|缩短|压[缩减]|节约|下浮|少)(?:率|幅度?)?{_TO}")
_RATE = re.compile(r"(?:率|度|比例|占比|比重|比)$")
_LISTS, _ENDS = (
    re.compile(r"[、和及与]|[，,](?:其中|另)"),
    re.compile(r"[。；;！？]"),
)  #: what goes on to a further part
_LAST = 2  #: characters in front of 率 that tell one rate from another


class Wordings:
    """The words in front of every figure of a document, and how common the words of their names are."""

    def __init__(self, words: str, claims: Sequence[Claim]) -> None:
        self._words = words
        self._movements: dict[str, str] = {}
        self._told: dict[str, frozenset[str]] = {}
        seen = Counter(pair for name in {c.indicator for c in claims} for pair in character_pairs(name))
        self._worth = {pair: 1 / (1 + math.log(count)) for pair, count in seen.items()}
        self._whole: dict[str, float] = {}
        self._targets: dict[str, list[int]] = {}
        for place, claim in enumerate(claims):
            if claim.role is Role.TARGET:
                self._targets.setdefault(claim.quantity.dimension, []).append(place)

    def told(self, claim: Claim) -> frozenset[str]:
        """Pairs of characters of a figure's name and of its sentence in front of it."""
        found = self._told.get(claim.id)
        if found is None:
            start = max(claim.segment.span.start, claim.span.start - _REACH)
            found = character_pairs(claim.indicator) | character_pairs(self._words[start : claim.span.start])
            self._told[claim.id] = found
        return found

    def movement(self, claim: Claim) -> str:
        """Whether a figure tells a rise, a fall or a level: 增长5%, 下降5%, 达到5%."""
        found = self._movements.get(claim.id)
        if found is None:
            found = self._movements[claim.id] = _movement(self._said_of(claim))
        return found

    def _said_of(self, claim: Claim) -> str:
        """The last words of its clause in front of a figure; its name where those say nothing."""
        start = max(claim.segment.span.start, claim.span.start - _NEAR)
        said = _PARTING.split(self._words[start : claim.span.start])[-1]
        return claim.indicator + said if not said or is_short(claim) else said

    def is_listed(self, claims: Sequence[Claim], place: int) -> bool:
        """Whether a figure stands in a list with one of its role and unit: 由中央320万元、省级480万元构成."""
        beside = [other for other in (place - 1, place) if other >= 0 and other + 1 < len(claims)]
        return any(self._goes_on(claims[other], claims[other + 1]) for other in beside)

    def _goes_on(self, one: Claim, other: Claim) -> bool:
        same = one.role is other.role and one.quantity.unit == other.quantity.unit
        if not same or one.segment is not other.segment or one.cell is not None:
            return False
        between = self._words[one.span.end : other.span.start]
        return _LISTS.match(between.lstrip()) is not None and _ENDS.search(between) is None

    def worth(self, pair: str) -> float:
        """How much a pair of characters says: 1 for what one name has, less the more have it."""
        return self._worth.get(pair, 1.0)

    def share_told(self, name: str, claim: Claim) -> float:
        """How much of ``name``, rare words counting more, is said in front of ``claim``: 0 to 1."""
        whole = self._worth_of(name)
        return self._sum(character_pairs(name) & self.told(claim)) / whole if whole else 0.0

    def rare_likeness(self, one: str, other: str) -> float:
        """As ``names.overlap``, but rare words count more."""
        both = character_pairs(one) & character_pairs(other)
        return 2 * self._sum(both) / (self._worth_of(one) + self._worth_of(other)) if both else 0.0

    def _worth_of(self, name: str) -> float:
        found = self._whole.get(name)
        if found is None:
            found = self._whole[name] = self._sum(character_pairs(name))
        return found

    def _sum(self, pairs: Iterable[str]) -> float:
        """What pairs of characters are worth, rare ones the most; exact, so that their order does not matter."""
        return math.fsum([self.worth(pair) for pair in pairs])

    def targets_between(self, one: int, other: int, dimension: str) -> int:
        """How many targets of a dimension stand between two places of the claims."""
        places = self._targets.get(dimension, [])
        first, last = sorted((one, other))
        return bisect_left(places, last) - bisect_right(places, first)


def _movement(said: str) -> str:
    found = [(match.end(), "a rise") for match in _RISES.finditer(said)]
    found += [(match.end(), "a fall") for match in _FALLS.finditer(said)]
    return max(found)[1] if found else "a level"


def ends_differ(one: str, other: str) -> bool:
    """Whether two names of rates end in different rates.

    >>> ends_differ("签约项目开工率", "签约项目投产率"), ends_differ("新生儿访视率", "访视率")
    (True, False)
    """
    a = _RATE.search(one)
    b = None if a is None else _RATE.search(other)
    if a is None or b is None:
        return False
    mine, theirs = one[: a.start()][-_LAST:], other[: b.start()][-_LAST:]
    return bool(mine and theirs) and not (mine.endswith(theirs[-1:]) or theirs.endswith(mine[-1:]) or a[0] != b[0])


def part_ways(one: str, other: str) -> bool:
    """Whether each of two names that begin or end alike has a part of its own that shares nothing with the other's.

    >>> part_ways("秸秆综合利用率", "畜禽粪污综合利用率"), part_ways("新建公路里程", "公路里程")
    (True, False)
    """
    if one[:1] != other[:1] and one[-1:] != other[-1:]:
        return False
    start = _shared(one, other)
    mine, theirs = one[start:], other[start:]
    end = _shared(mine[::-1], theirs[::-1])
    mine, theirs = mine[: len(mine) - end], theirs[: len(theirs) - end]
    if start + end < 2 or min(len(mine), len(theirs)) < 2:
        return False
    return not set(mine) & set(theirs)


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
