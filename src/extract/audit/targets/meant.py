"""What a figure short of its target was meant to be, where the text tells enough for it to be reckoned."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.targets.goals import words_before
from extract.audit.targets.told_marks import of_name
from extract.audit.wording import amount, bare, written
from extract.pairs.verdicts import lower_is_better
from extract.records import Approx, Claim, Dimension, Role

_BEFORE = 4  #: figures before a rate of which two may be its part and base
_WORDS = 22
_LEAST, _MOST = Decimal("0.5"), Decimal(2)  #: of the target: what lies further off was not meant
_HUNDRED = Decimal(100)


class Meant(NamedTuple):
    """A figure that fits the text, written as the wrong one is, and how it is reckoned."""

    figure: str
    workings: str
    claims: tuple[Claim, ...]


def meant(case: Case, goal: Claim, done: Claim) -> Meant | None:
    """The figure that the words beside, its parts, or another statement of the measure give; it meets the target."""
    for exact, workings, claims in _reckoned(case, goal, done):
        value = _as_printed(exact, done)
        if _is_meant(goal, done, value):
            told = value if done.quantity.dimension is Dimension.COUNT else exact
            return Meant(amount(Fraction(told), done), workings, claims)
    other = _told_elsewhere(case, goal, done)
    return None if other is None else Meant(written(other, case.document.text), "", (other,))


def _as_printed(value: Decimal, done: Claim) -> Decimal:
    """The value with the digits that the figure is printed with."""
    step = done.quantity.precision
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def is_told_as_met(case: Case, goal: Claim, done: Claim) -> bool:
    """Whether the sentence tells a share of the target of 100 % or more, or a difference on its good side."""
    return any(_is_good(goal, value) for value, _, _ in _by_words(case, goal, done))


_Reckoned = tuple[Decimal, str, tuple[Claim, ...]]


def _reckoned(case: Case, goal: Claim, done: Claim) -> Iterator[_Reckoned]:
    yield from _by_words(case, goal, done)
    if done.quantity.unit == "%":
        yield from _by_parts(case, done)
        yield from _by_sample(case, done)


def _by_words(case: Case, goal: Claim, done: Claim) -> Iterator[_Reckoned]:
    """目标95%，实际…，高出1.8个百分点; 任务420座，完成率101.4%."""
    if goal.segment is not done.segment or goal.quantity.value is None or done.cell is not None:
        return
    last = max(goal.span.end, done.span.end)
    other = next((c for c in case.claims_beside(goal) if c.span.start >= last), None)
    if other is None or other.quantity.value is None or other.quantity.approx is not Approx.EXACT:
        return
    words, value = words_before(case, other, _WORDS), other.quantity.value
    if (
        other.quantity.unit == "%"
        and tells_of_goal("share", words)
        and not _is_share_of_another(case, goal, done, other)
    ):
        yield goal.quantity.value * value / _HUNDRED, f"{bare(goal)}×{bare(other)}", (other,)
    elif _is_difference(done, other) and tells_of_goal("beyond", words):
        yield goal.quantity.value + value, f"{bare(goal)}+{bare(other)}", (other,)
    elif _is_difference(done, other) and tells_of_goal("short", words):
        yield goal.quantity.value - value, f"{bare(goal)}-{bare(other)}", (other,)


def _is_share_of_another(case: Case, goal: Claim, done: Claim, share: Claim) -> bool:
    """Whether the share is that of the actual in another figure of the sentence, whose target that is."""
    value, told = done.quantity.value, share.quantity.value
    others = [c for c in case.claims_beside(goal) if c not in (goal, done, share)]
    bases = [c.quantity.value for c in others if c.quantity.unit == done.quantity.unit and c.quantity.value]
    if value is None or told is None:
        return False
    return any(abs(value / base * _HUNDRED - told) <= share.quantity.precision for base in bases)


def _is_difference(done: Claim, other: Claim) -> bool:
    points = done.quantity.unit == "%" and other.quantity.unit == "个百分点"
    return points or (other.quantity.unit == done.quantity.unit and done.quantity.unit != "%")


def _by_parts(case: Case, done: Claim) -> Iterator[_Reckoned]:
    """回访502件，表示满意471件，满意率…: the counts just before a rate."""
    if done.cell is not None:
        return
    before = [c for c in case.claims_beside(done) if c.span.end <= done.span.start][-_BEFORE:]
    counts = [claim for claim in before if claim.quantity.dimension is Dimension.COUNT and claim.quantity.value]
    for one, other in reversed(list(pairwise(counts))):
        less, more = sorted((one, other), key=lambda claim: claim.quantity.value or 0)
        part, base = less.quantity.value, more.quantity.value
        if part is not None and base and one.quantity.unit == other.quantity.unit:
            yield part / base * _HUNDRED, f"{bare(less)}÷{bare(more)}", (less, more)
            yield (base - part) / base * _HUNDRED, f"({bare(more)}-{bare(less)})÷{bare(more)}", (less, more)


def _by_sample(case: Case, done: Claim) -> Iterator[_Reckoned]:
    """收回问卷520份，满意479份, and in the table a rate of that name."""
    for way in case.samples_by_rate.get(done.id, ()):
        _, part, base = (figure.claim for figure in way.figures)
        if part.quantity.value is not None and base.quantity.value:
            share = part.quantity.value / base.quantity.value * _HUNDRED
            yield share, f"{bare(part)}÷{bare(base)}", (part, base)


def _told_elsewhere(case: Case, goal: Claim, done: Claim) -> Claim | None:
    """What the narrative tells of a row's measure, where that meets the target."""
    cell = done.cell
    if cell is None:
        return None
    row = case.rows_by_place.get((cell.table, cell.row))
    if row is None:
        return None
    told = [c for c in case.told if c.role in (Role.ACTUAL, Role.CONTEXT) and _is_like(done, c)]
    other = of_name(case, row, told)
    met = other is not None and other.quantity.value is not None and _is_meant(goal, done, other.quantity.value)
    return other if met else None


def _is_like(done: Claim, other: Claim) -> bool:
    return other.quantity.unit == done.quantity.unit and other.quantity.approx is Approx.EXACT


def _is_meant(goal: Claim, done: Claim, value: Decimal) -> bool:
    """Whether a value meets the target, lies near it, and is another than what is told."""
    target = goal.quantity.value
    if not target or value == done.quantity.value or not _LEAST <= value / target <= _MOST:
        return False
    return _is_good(goal, value)


def _is_good(goal: Claim, value: Decimal) -> bool:
    target = goal.quantity.value
    if target is None:
        return False
    return value <= target if lower_is_better(goal) else value >= target
