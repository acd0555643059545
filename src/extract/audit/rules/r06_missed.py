"""R06: an actual short of its target although the text says done or the marks hide it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from extract.audit.case import Case
from extract.audit.findings import Checked
from extract.audit.rules.missed_findings import RULE as RULE
from extract.audit.rules.missed_findings import done_late, missed, on_other_side, told_less
from extract.audit.targets.full_marks import missed_in_full
from extract.audit.targets.late import late_dates
from extract.audit.targets.missed_pairs import is_candidate, is_far_short, is_of_row, is_told, share_of_marks
from extract.audit.targets.sides import wrong_sides
from extract.audit.targets.silence import passed_over
from extract.audit.targets.told_marks import has_full_marks, told_otherwise
from extract.records import Pair

_MOST_MARKS = Decimal("0.9")


def check_missed(case: Case) -> Iterator[Checked]:
    """A finding for each missed target that the marks hide or the text calls done."""
    silent = passed_over(case)
    candidates = [pair for pair in case.all_pairs if is_candidate(case, pair)]
    told = [pair for pair in candidates if is_told(case, pair, silent)]
    yield from _of_sentences(case, told)
    yield from _of_rows(case, candidates)
    yield from (told_less(case, each) for each in told_otherwise(case))
    yield from (done_late(case, each) for each in late_dates(case))
    known = {pair.actual.id for pair in told if pair.actual is not None}
    for each in missed_in_full(case):
        if each.done.id not in known:
            known.add(each.done.id)
            yield missed(case, each.goal, each.done, hidden=True)
    yield from (on_other_side(case, each) for each in wrong_sides(case) if each.done.id not in known)


def _of_sentences(case: Case, told: Iterable[Pair]) -> Iterator[Checked]:
    for pair in told:
        if pair.actual is not None and share_of_marks(pair.actual, case) is None:
            yield missed(case, pair.target, pair.actual, hidden=has_full_marks(case, pair))


def _of_rows(case: Case, candidates: Iterable[Pair]) -> Iterator[Checked]:
    """Targets with all their marks, or with most of them where they are missed by far."""
    for pair in candidates:
        share = None if pair.actual is None else share_of_marks(pair.actual, case)
        if pair.actual is None or share is None or share < _MOST_MARKS:
            continue
        if is_of_row(case, pair) and (share >= 1 or is_far_short(pair)):
            yield missed(case, pair.target, pair.actual, hidden=True)
