"""R15: the rate of what was carried over, and how it compares with the year before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.audit.findings import Checked, finding
from extract.audit.graph import Graph
from extract.audit.relations import Figure, Relation, RelationKind
from extract.audit.wording import written
from extract.records import FindingType, Severity, Stage

RULE = "R15"
_RATE = re.compile(r"结转结余率|结余率|结转率")
_TOTAL = re.compile(r"合计|总额|全年|年度|预算数|预算$|收入")
_WORTH_SAYING = Decimal("0.3")
_REASONS = re.compile(r"主要(?:是|原因)|原因|因为|由于|系|待|尚未|未支付|跨年|工期|进度|尾款|质保金")


def owns(relation: Relation) -> bool:
    return relation.result.kind == "%" and _RATE.search(relation.result.before[-12:]) is not None


def check_carryover(graph: Graph) -> Iterator[Checked]:
    """A finding where much of a budget was carried over and its sentence gives no reason."""
    for relation in graph.judgement.holding:
        left = _left_over(relation)
        if left is None:
            continue
        rest, whole = left
        words = rest.before + rest.after
        if whole.value > 0 and rest.value / whole.value >= _WORTH_SAYING and not _REASONS.search(words):
            yield _much(graph, rest, whole)


def _left_over(relation: Relation) -> tuple[Figure, Figure] | None:
    """(what was left, of what) of a budget less its spending; None for other relations."""
    if relation.kind is not RelationKind.DIFFERENCE or relation.result.claim.quantity.unit != "元":
        return None
    rest, one, other = relation.figures
    whole = max(one, other, key=lambda figure: figure.value)
    is_rest = rest.claim.stage is Stage.CARRIED_OUT or re.search(r"结转|结余", rest.before) is not None
    of_all = whole.claim.stage in (Stage.ADJUSTED, Stage.RECEIVED) and _TOTAL.search(whole.claim.indicator) is not None
    return (rest, whole) if is_rest and of_all else None


def _much(graph: Graph, rest: Figure, whole: Figure) -> Checked:
    text = graph.document.text
    stated, share = written(rest.claim, text), rest.value / whole.value * 100
    worked = f"{stated}÷{written(whole.claim, text)}={share:.2f}%"
    return finding(
        graph.document,
        FindingType.BUDGET,
        RULE,
        (rest.claim, whole.claim),
        severity=Severity.HIGH,
        confidence=0.7,
        stated=stated,
        workings=worked,
        message=f"结转结余{stated}，{worked}，比例较高而未见原因。请说明形成原因和消化安排。",
    )
