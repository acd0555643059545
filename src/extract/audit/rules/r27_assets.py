"""R27: fixed assets that grew by far more than was spent on capital: a question only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.findings import Checked, finding
from extract.audit.graph import Graph
from extract.audit.relations import Figure
from extract.audit.wording import written
from extract.records import FindingType, Severity

RULE = "R27"
_GROWN = re.compile(r"新增固定资产(?:原值)?[为共计]*$|固定资产[^，。;\d]{0,8}(?:增加|新增)[^，。;\d]{0,4}$")
_CAPITAL = re.compile(r"资本性支出[为共计]*$")
_FAR = 2


def check_assets(graph: Graph) -> Iterator[Checked]:
    """A hint where the growth of fixed assets is more than twice the capital spending."""
    grown = next((f for f in graph.figures if f.claim.quantity.unit == "元" and _GROWN.search(f.before)), None)
    capital = next((f for f in graph.figures if f.claim.quantity.unit == "元" and _CAPITAL.search(f.before)), None)
    if grown is not None and capital is not None and grown.value > capital.value * _FAR:
        yield _unexplained(graph, grown, capital)


def _unexplained(graph: Graph, grown: Figure, capital: Figure) -> Checked:
    text = graph.document.text
    stated, spent = written(grown.claim, text), written(capital.claim, text)
    return finding(
        graph.document,
        FindingType.CONFLICT,
        RULE,
        (grown.claim, capital.claim),
        severity=Severity.HINT,
        confidence=0.5,
        stated=stated,
        workings=f"{stated}>{spent}",
        message=f"固定资产新增{stated}，资本性支出{spent}，相差较大。请说明差额来源（调拨、捐赠、项目形成等）。",
    )
