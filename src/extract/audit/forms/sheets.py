"""Marks as one sheet, from a form or from sentences, and which of its figures is the misprint when a sum fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from extract.audit.forms.marks import capped
from extract.audit.precision import Interval
from extract.offsets import CharSpan
from extract.records import Claim

_STEP = Fraction(1, 100)
_ROUND = 5  #: weights are mostly multiples of it
_FEWEST = 3  #: items of a sheet that may lack another
_FULL = Interval(Fraction(1), Fraction(1))


class Mark(NamedTuple):
    """Points as printed: their value, the step of their last digit, and where they stand."""

    value: Fraction
    step: Fraction
    span: CharSpan
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator, or group of them, with its points and the marks given for it."""

    name: str
    weight: Mark | None
    score: Mark | None
    shares: tuple[Interval, ...] = ()  #: of the weight, that its figures earn by one formula or another
    words: CharSpan | None = None  #: that tell of it, up to its last mark
    lost: Fraction | None = None  #: the marks that are said to be lost on it


@dataclass(frozen=True, slots=True)
class Sheet:
    """All items that one total sums up."""

    items: tuple[Item, ...]
    weight: Mark | None  #: the total of the points
    score: Mark | None  #: the total of the marks
    is_told: bool = False  #: by sentences, not by a form

    @property
    def weights(self) -> tuple[Mark, ...]:
        return tuple(item.weight for item in self.items if item.weight is not None)

    @property
    def scores(self) -> tuple[Mark, ...]:
        return tuple(item.score for item in self.items if item.score is not None)

    @property
    def is_whole(self) -> bool:
        """Whether every item has its points and its marks."""
        return len(self.items) > 1 and len(self.weights) == len(self.scores) == len(self.items)


class Misprint(NamedTuple):
    """The one figure whose change makes the sums hold, and what it should be."""

    item: Item
    mark: Mark
    right: Fraction


def summed(marks: Sequence[Mark]) -> Fraction:
    return sum((mark.value for mark in marks), Fraction(0))


def misprint_in(sheet: Sheet, full: Fraction) -> Misprint | None:
    """The wrong weight where the scores sum up and the weights do not, the wrong score the other way round.

    None where both sums hold or both fail, where a mark was not read, and where nothing singles one figure out.
    """
    if not sheet.is_whole or sheet.score is None:
        return None
    total = sheet.weight.value if sheet.weight is not None else full
    over = total - summed(sheet.weights)
    left = sheet.score.value - summed(sheet.scores)
    scores_hold = abs(left) <= sheet.score.step / 2 + _STEP
    if over and scores_hold:
        return _surest(sheet.items, [_wrong_weight(item, over) for item in sheet.items])
    if not over and not scores_hold:
        return _surest(sheet.items, [_wrong_score(item, left) for item in sheet.items])
    return None


class Lack(NamedTuple):
    """What the totals have more than the items: the points and the marks of an item that is not there."""

    weight: Fraction
    score: Fraction


def lack_in(sheet: Sheet, full: Fraction) -> Lack | None:
    """What one more item would bring where both sums fall short; None where no single item could have both."""
    if not sheet.is_whole or len(sheet.items) < _FEWEST or sheet.score is None:
        return None
    total = sheet.weight.value if sheet.weight is not None else full
    weight, score = total - summed(sheet.weights), sheet.score.value - summed(sheet.scores)
    slack = sheet.score.step / 2 + _STEP
    possible = 0 < weight < total and slack < score <= weight + slack
    return Lack(weight, min(score, weight)) if possible else None


def _surest(items: Sequence[Item], found: Sequence[tuple[int, Misprint] | None]) -> Misprint | None:
    """The only misprint of the strongest evidence."""
    likely = [each for each in found if each is not None and each[0] > 0]
    most = max((evidence for evidence, _ in likely), default=0)
    best = [misprint for evidence, misprint in likely if evidence == most]
    return best[0] if len(best) == 1 and (most > 1 or len(items) == len(found)) else None


def _wrong_weight(item: Item, over: Fraction) -> tuple[int, Misprint] | None:
    """How much speaks for this weight as the wrong one: what its score earns, a score above it, full marks."""
    if item.weight is None or item.score is None:
        return None
    right = item.weight.value + over
    if right <= 0 or right < item.score.value or _is_borne_out(item, item.score, item.weight.value):
        return None
    misprint = Misprint(item, item.weight, right)
    if _is_borne_out(item, item.score, right):
        return 4, misprint
    is_round = right % _ROUND == 0 or item.weight.value % _ROUND
    if item.score.value > item.weight.value or (item.score.value == right and is_round):
        return 3, misprint
    if right % _ROUND == 0 != item.weight.value % _ROUND:
        return 2, misprint
    return None if item.score.value == item.weight.value else (1, misprint)


def _wrong_score(item: Item, left: Fraction) -> tuple[int, Misprint] | None:
    """How much speaks for this score as the wrong one: what its figures earn, more than its weight, full marks lost."""
    if item.weight is None or item.score is None:
        return None
    right = item.score.value + left
    if right < 0 or right > item.weight.value or _is_borne_out(item, item.score, item.weight.value):
        return None
    misprint = Misprint(item, item.score, right)
    if _is_borne_out(item, item.score._replace(value=right), item.weight.value):
        return 4, misprint
    if item.score.value > item.weight.value:
        return 3, misprint
    return (2, misprint) if right == item.weight.value else None


def _is_borne_out(item: Item, score: Mark, weight: Fraction) -> bool:
    """Whether a score is what the marks lost leave of the weight, or what the item's figures earn."""
    return score.value + item.lost == weight if item.lost is not None else _is_earned(score, weight, item.shares)


def _is_earned(score: Mark, weight: Fraction, shares: Sequence[Interval]) -> bool:
    """Whether a formula gives that score, rounded or cut off."""
    stated = Interval(score.value - score.step, score.value + score.step)
    return any(
        score.value == weight if share == _FULL else stated.meets(capped(share).times(weight)) for share in shares
    )


def mark_of(claim: Claim | None) -> Mark | None:
    """A claim as points; None where it cannot be read."""
    if claim is None or claim.quantity.number is None:
        return None
    return Mark(Fraction(claim.quantity.number), Fraction(claim.quantity.precision), claim.span, claim)
