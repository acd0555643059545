"""R06: an actual short of its target although the text says done or the marks hide it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.audit.findings import Checked, finding
from extract.audit.wording import written
from extract.offsets import joined
from extract.records import Basis, Claim, ColumnKind, Dimension, Document, FindingType, Pair, Severity, Verdict

RULE = "R06"
_ADMITS = re.compile(
    r"未(?:能)?(?:完成|达到?|实现|全部|按|开工|竣工)|没有(?:完成|达到)|尚未|低于(?:目标|计划|年初)|滞后|差距|未达标|推迟|延后|受[^，。]{1,12}影响|因[^，。]{2,20}(?:未|没|推|延)|余下|主要(?:是|原因)|顺延"
)
_CLAIMS_DONE = re.compile(
    r"(?:全面|全部|圆满|顺利|均|已|超额|较好|基本|任务|如期)(?:地)?(?:完成|实现|落地|达标)|取得[^，。]{0,6}(?:成效|成绩|进展)|成效(?:显著|明显)|明显好转|良好|较好|率提高|卓有成效"
)
_LEAST_CONFIDENCE = 0.6
_MOST_MARKS, _LEAST_DONE = Decimal("0.9"), Decimal("0.85")


def check_missed(document: Document, claims: Sequence[Claim], pairs: Sequence[Pair]) -> Iterator[Checked]:
    """A finding for each missed target that the marks hide or the text calls done."""
    for pair in pairs:
        if not _is_short(pair) or pair.actual is None or pair.confidence < _LEAST_CONFIDENCE:
            continue
        share = _share_of_marks(pair.actual, claims)
        hidden = share is not None and (share >= 1 or (share >= _MOST_MARKS and _is_far_short(pair)))
        called_done = share is None and _called_done(document, pair)
        if hidden or called_done:
            yield _missed(document, pair.target, pair.actual, hidden)


def _is_short(pair: Pair) -> bool:
    """Missed by its verdict; fewer things than planned are missed whoever pays for them."""
    counted = pair.target.quantity.dimension is Dimension.COUNT and pair.basis is Basis.BUDGET
    return pair.verdict is Verdict.MISSED or (counted and pair.ratio is not None and pair.ratio < 1)


def _is_far_short(pair: Pair) -> bool:
    return pair.ratio is not None and pair.ratio < _LEAST_DONE


def _called_done(document: Document, pair: Pair) -> bool:
    """Whether the actual's paragraph or headings speak of success, and its sentence admits no shortfall."""
    actual = pair.actual or pair.target
    own = actual.segment
    paragraph = [s for s in document.segments if (s.paragraph, s.items) == (own.paragraph, own.items)]
    words = "".join(joined(document.text, segment.pieces) for segment in paragraph) + " ".join(actual.segment.section)
    return _CLAIMS_DONE.search(words) is not None and not _ADMITS.search(joined(document.text, actual.segment.pieces))


def _missed(document: Document, target: Claim, actual: Claim, hidden: bool) -> Checked:
    goal, done = written(target, document.text), written(actual, document.text)
    name = target.indicator or actual.indicator
    said = "自评仍得满分或接近满分" if hidden else "文中按完成叙述"
    return finding(
        document,
        FindingType.MISSED,
        RULE,
        (target, actual),
        severity=Severity.HIGH if hidden else Severity.MEDIUM,
        confidence=0.8,
        stated=done,
        expected=goal,
        workings=f"{done}<{goal}" if "≤" not in goal else f"{done}>{goal}",
        message=f"“{name}”目标为{goal}，实际为{done}，未达目标，{said}。请说明未完成的原因。",
    )


def _share_of_marks(actual: Claim, claims: Sequence[Claim]) -> Decimal | None:
    """Score over weight in the row of the actual; None when the row has no marks."""
    cell = actual.cell
    if cell is None:
        return None
    row = [c for c in claims if c.cell is not None and (c.cell.table, c.cell.row) == (cell.table, cell.row)]
    weights, scores = (
        [c.quantity.number for c in row if c.cell is not None and c.cell.kind is kind]
        for kind in (ColumnKind.WEIGHT, ColumnKind.SCORE)
    )
    if len(weights) != 1 or len(scores) != 1 or not weights[0] or scores[0] is None:
        return None
    return scores[0] / weights[0]
