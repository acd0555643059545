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
_FUND = re.compile(r"基金")  # what an insurance fund took in and did not pay out is meant to stay in it
_REASONS = re.compile(r"主要(?:是|原因)|原因|因为|由于|系|待|尚未|未支付|跨年|工期|进度|尾款|质保金")


def owns(relation: Relation) -> bool:
    return relation.result.kind == "%" and _RATE.search(relation.result.before[-12:]) is not None


def check_carryover(graph: Graph, least: Decimal) -> Iterator[Checked]:
    """A finding where at least this share of a budget was carried over and no place that says so gives a reason."""
    for relation in graph.judgement.holding:
        left = _left_over(relation)
        if left is None:
            continue
        rest, whole = left
        if whole.value > 0 and rest.value / whole.value >= least and not _is_explained(graph, rest):
            yield _much(graph, rest, whole)


def _is_explained(graph: Graph, rest: Figure) -> bool:
    """Whether a reason stands beside the amount, here or where it is told again."""
    told = (figure for figure in graph.figures if figure.kind == rest.kind and figure.value == rest.value)
    return any(_REASONS.search(figure.before + figure.after) for figure in told)


def _left_over(relation: Relation) -> tuple[Figure, Figure] | None:
    """(what was left, of what) of a budget less its spending; None for other relations."""
    if relation.kind is not RelationKind.DIFFERENCE or relation.result.claim.quantity.unit != "元":
        return None
    rest, one, other = relation.figures
    whole = max(one, other, key=lambda figure: figure.value)
    is_rest = rest.claim.stage is Stage.CARRIED_OUT or re.search(r"结转|结余", rest.before) is not None
    named = f"{whole.before} {whole.claim.indicator}"
    if _FUND.search(named + rest.before):
        return None
    of_all = whole.claim.stage in (Stage.ADJUSTED, Stage.RECEIVED) and _TOTAL.search(named) is not None
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
