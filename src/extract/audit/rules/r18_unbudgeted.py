"""R18: spending without a budget line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.findings import Checked, finding
from extract.audit.graph import Graph
from extract.audit.relations import Figure
from extract.audit.wording import written
from extract.records import FindingType, Severity

RULE = "R18"
_NO_BUDGET = re.compile(
    r"(?:无|未安排|没有安?排?|未编制|未列)(?:年初)?预算[^。;\d]{0,12}(?:支出|开支|列支|支付|使用)[^，。;\d]{0,8}$"
)


def check_unbudgeted(graph: Graph) -> Iterator[Checked]:
    """A finding for each amount that was spent although the text says there was no budget for it."""
    for figure in graph.figures:
        if figure.claim.quantity.unit == "元" and figure.value > 0 and _NO_BUDGET.search(figure.before):
            yield _unbudgeted(graph, figure)


def _unbudgeted(graph: Graph, figure: Figure) -> Checked:
    stated = written(figure.claim, graph.document.text)
    return finding(
        graph.document,
        FindingType.BUDGET,
        RULE,
        (figure.claim,),
        severity=Severity.HIGH,
        confidence=0.8,
        stated=stated,
        message=f"“{figure.claim.indicator}”实际支出{stated}，文中说明无年初预算。请说明资金来源和批准依据。",
    )
