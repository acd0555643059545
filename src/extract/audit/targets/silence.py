"""Missed targets that nothing speaks of in a document that owns up to its other misses, or calls all of them met."""

from __future__ import annotations

from collections.abc import Sequence

from extract.audit.case import Case, amount_of
from extract.audit.cues import tells_of_goal
from extract.audit.targets.goals import is_named_target
from extract.audit.targets.told_marks import is_for_later, shared
from extract.claims.names import character_pairs
from extract.records import Approx, Basis, Claim, Dimension, Pair, Verdict

_SURE = 0.75
_FEWEST_MET = 1  #: targets that are met, from which one that is not stands out
_NAMED = 0.6  #: of a target's name that a sentence has which speaks of it
_LEAST, _MOST = 0.5, 2  #: of the target: what lies further off measures something else
_MET = (Verdict.MET, Verdict.EXCEEDED)


def passed_over(case: Case) -> frozenset[tuple[str, str]]:
    """(target, actual) of the misses that nothing admits or explains, where the document has it that all are met."""
    missed = [pair for pair in case.all_pairs if _is_plainly_missed(case, pair)]
    if not missed:
        return frozenset()
    admitting = [character_pairs(words) for _, words in case.sentences if tells_of_goal("admits", words)]
    silent = [pair for pair in missed if not _is_spoken_of(case, pair, admitting)]
    is_concluded = any(tells_of_goal("concludes_all", words) for _, words in case.sentences)
    over = (p for p in silent if is_concluded or (_are_beside(p) and _is_the_only_one(case, p, silent)))
    return frozenset(
        (pair.target.id, pair.actual.id)
        for pair in over
        if pair.actual is not None and not _is_share_told(case, pair) and not _is_rest(case, pair)
    )


def _are_beside(pair: Pair) -> bool:
    done = pair.actual
    return done is not None and done.cell is None and done.segment is pair.target.segment


def _is_plainly_missed(case: Case, pair: Pair) -> bool:
    """Whether words or a column call a figure a target, and another of its unit falls short of it."""
    goal, done, ratio = pair.target, pair.actual, pair.ratio
    if done is None or pair.verdict is not Verdict.MISSED or pair.basis is not Basis.PERFORMANCE or ratio is None:
        return False
    if (
        is_for_later(case, goal)
        or pair.confidence < _SURE
        or not _LEAST <= ratio <= _MOST
        or done.quantity.approx is not Approx.EXACT
    ):
        return False
    is_counted = goal.quantity.dimension is not Dimension.SCORE and goal.quantity.unit != ""
    return is_counted and (goal.cell is not None or is_named_target(case, goal))


def _is_the_only_one(case: Case, pair: Pair, silent: Sequence[Pair]) -> bool:
    """Whether the document's other targets are met, or it speaks of those that are not."""
    if any(not _is_of(pair, each) for each in silent):
        return False
    met = (each for each in case.all_pairs if each.verdict in _MET and each.confidence >= _SURE)
    return sum(not _is_of(pair, each) for each in met) >= _FEWEST_MET


def _is_of(pair: Pair, other: Pair) -> bool:
    """Whether two pairs have a figure in common, or the other has no answer."""
    if other.actual is None or pair.actual is None:
        return True
    return other.actual.quantity.value == pair.actual.quantity.value or other.target is pair.target


def _is_spoken_of(case: Case, pair: Pair, admitting: Sequence[frozenset[str]]) -> bool:
    """Whether the sentences about the figures, or any of the ``admitting`` ones that name it, speak of the miss."""
    goal, done = pair.target, pair.actual
    if is_excused(case, goal) or (done is not None and is_excused(case, done)):
        return True
    if _lost_marks(case, goal):
        return True
    name = character_pairs(goal.indicator or (done.indicator if done is not None else ""))
    return bool(name) and any(len(name & words) >= _NAMED * len(name) for words in admitting)


def _lost_marks(case: Case, goal: Claim) -> bool:
    """Whether a row with this target has fewer marks than it might: the form owns up to the miss."""
    for row in case.rows_with_target.get(amount_of(goal), ()):
        weight, score = (cell.number if cell is not None else None for cell in (row.weight, row.score))
        if weight is not None and score is not None and score < weight and shared(row.name, goal.indicator) > 1:
            return True
    return False


def _is_share_told(case: Case, pair: Pair) -> bool:
    """Whether the very share of the target that was done follows: 任务8名，到岗7名，完成87.5%."""
    done = pair.actual
    if done is None or pair.ratio is None:
        return False
    last = max(done.span.end, pair.target.span.end)
    share = next((c for c in case.claims if c.segment is done.segment and c.span.start >= last), None)
    if share is None or share.quantity.unit != "%" or share.quantity.value is None:
        return False
    return abs(pair.ratio * 100 - share.quantity.value) <= share.quantity.precision


def _is_rest(case: Case, pair: Pair) -> bool:
    """Whether the sentence tells what is lacking: 分配4160台，回收452台，在用3708台."""
    done, whole = pair.actual, pair.target.quantity.value
    if done is None or done.quantity.value is None or whole is None:
        return False
    lack = whole - done.quantity.value
    return any(c.quantity.value == lack and c.quantity.unit == done.quantity.unit for c in case.claims_beside(done))


def is_excused(case: Case, claim: Claim) -> bool:
    """Whether the sentence of a figure, or the one right behind it in its paragraph, admits or explains something."""
    segment = claim.segment
    paragraph = case.paragraphs.get(segment.paragraph, ())
    place = next((place for place, each in enumerate(paragraph) if each is segment), None)
    near = (segment,) if place is None else paragraph[place : place + 2]
    return any(tells_of_goal("excuses", case.words_of(each)) for each in near)
