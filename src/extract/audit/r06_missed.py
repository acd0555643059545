"""R06: an actual short of its target although the text says done or the marks hide it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.audit.findings import Checked, finding
from extract.audit.wording import written
from extract.records import Claim, ColumnKind, Document, FindingType, Pair, Severity, Verdict

RULE = "R06"
_ADMITS = re.compile(
    r"未(?:能)?(?:完成|达到?|实现|全部|按)|没有(?:完成|达到)|尚未|低于(?:目标|计划|年初)|偏差|滞后|差距|未达标"
)
_LEAST_CONFIDENCE = 0.6


def check_missed(document: Document, claims: Sequence[Claim], pairs: Sequence[Pair]) -> Iterator[Checked]:
    """A finding for each missed target that the text does not admit."""
    for pair in pairs:
        if pair.verdict is not Verdict.MISSED or pair.actual is None or pair.confidence < _LEAST_CONFIDENCE:
            continue
        full_marks = _has_full_marks(pair.actual, claims)
        if full_marks is False or (full_marks is None and _admits(document, pair.actual)):
            continue
        yield _missed(document, pair.target, pair.actual, bool(full_marks))


def _missed(document: Document, target: Claim, actual: Claim, full_marks: bool) -> Checked:
    goal, done = written(target, document.text), written(actual, document.text)
    name = target.indicator or actual.indicator
    said = "自评仍得满分" if full_marks else "文中按完成叙述"
    return finding(
        document,
        FindingType.MISSED,
        RULE,
        (target, actual),
        severity=Severity.HIGH if full_marks else Severity.MEDIUM,
        confidence=0.8,
        stated=done,
        expected=goal,
        workings=f"{done}<{goal}" if "≤" not in goal else f"{done}>{goal}",
        message=f"“{name}”目标为{goal}，实际为{done}，未达目标，{said}。请说明未完成的原因。",
    )


def _has_full_marks(actual: Claim, claims: Sequence[Claim]) -> bool | None:
    """Whether the row's score equals its weight; None when the row has no marks."""
    cell = actual.cell
    if cell is None:
        return None
    marks: dict[ColumnKind, object] = {}
    for claim in claims:
        other = claim.cell
        if other is not None and (other.table, other.row) == (cell.table, cell.row) and other.kind is not None:
            marks.setdefault(other.kind, claim.quantity.number)
    weight, score = marks.get(ColumnKind.WEIGHT), marks.get(ColumnKind.SCORE)
    return None if weight is None or score is None else weight == score


def _admits(document: Document, actual: Claim) -> bool:
    return _ADMITS.search(actual.segment.span.of(document.text)) is not None
