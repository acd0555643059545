"""R07: a numeric target that nothing answers, and an actual that only repeats its target's bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.audit.findings import Checked, finding
from extract.audit.wording import written
from extract.records import Answer, Approx, Basis, Document, FindingType, Pair, Severity

RULE = "R07"
_BOUNDS = (Approx.AT_LEAST, Approx.AT_MOST, Approx.MORE_THAN, Approx.LESS_THAN)


def check_unanswered(document: Document, pairs: Sequence[Pair]) -> Iterator[Checked]:
    """Advisory findings on targets without an answer, and on answers that repeat the bound."""
    for pair in pairs:
        if pair.answer is Answer.NONE and pair.basis is Basis.PERFORMANCE:
            yield _unanswered(document, pair)
        elif pair.actual is not None and _repeats_bound(pair):
            yield _restated(document, pair)


def _repeats_bound(pair: Pair) -> bool:
    goal, done = pair.target.quantity, pair.actual.quantity if pair.actual else None
    return done is not None and done.approx in _BOUNDS and (done.approx, done.value) == (goal.approx, goal.value)


def _unanswered(document: Document, pair: Pair) -> Checked:
    goal = written(pair.target, document.text)
    return finding(
        document,
        FindingType.UNANSWERED,
        RULE,
        (pair.target,),
        severity=Severity.MEDIUM,
        confidence=round(0.5 * pair.confidence, 4),
        stated=goal,
        message=f"“{pair.target.indicator}”的目标{goal}，文中未见对应的完成数。请说明实际完成情况。",
    )


def _restated(document: Document, pair: Pair) -> Checked:
    claims = (pair.target, pair.actual) if pair.actual else (pair.target,)
    stated = written(claims[-1], document.text)
    return finding(
        document,
        FindingType.RESTATED,
        RULE,
        claims,
        severity=Severity.LOW,
        confidence=0.7,
        stated=stated,
        message=f"“{pair.target.indicator}”的完成数{stated}只是重复目标的界限，不是实测值。请说明实际数值及依据。",
    )
