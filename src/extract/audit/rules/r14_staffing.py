"""R14: a stated change of headcount follows, and no more cases are closed than there were."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.findings import Checked, finding
from extract.audit.graph import Graph
from extract.audit.relations import Figure, Relation, RelationKind
from extract.audit.relations.figures import is_exact
from extract.audit.wording import written
from extract.records import FindingType, Role, Severity

RULE = "R14"
_STAFF = re.compile(r"在职|在编|在岗|编制|职工|干部|工作人员|退休|实有")
_OPENED = re.compile(r"(?:受理|立案|接到|收到|排查|发现|登记)[^，。;\d]{0,8}$")
_CLOSED = re.compile(r"^[，,、]?(?:已|全部|按期|及时)*(?:办结|结案|审结|整改到位|整改|销号|化解)(?:完毕|了)?$")


def owns(relation: Relation) -> bool:
    names = "".join(figure.claim.indicator + figure.before[-12:] for figure in relation.figures)
    return (
        relation.kind is RelationKind.DIFFERENCE and relation.result.kind == "人" and _STAFF.search(names) is not None
    )


def check_closed(graph: Graph) -> Iterator[Checked]:
    """A hint where more cases were closed than opened: earlier years' may be among them."""
    for opened, closed in zip(graph.figures, graph.figures[1:], strict=False):
        if _are_cases(opened, closed) and closed.value > opened.value:
            yield _more_closed(graph, opened, closed)


def _are_cases(opened: Figure, closed: Figure) -> bool:
    return (
        opened.is_whole
        and closed.is_whole
        and opened.kind == closed.kind
        and opened.group == closed.group
        and is_exact(opened)
        and is_exact(closed)
        and closed.claim.role is not Role.TARGET
        and _OPENED.search(opened.before) is not None
        and _CLOSED.search(closed.before) is not None
    )


def _more_closed(graph: Graph, opened: Figure, closed: Figure) -> Checked:
    text = graph.document.text
    stated, whole = written(closed.claim, text), written(opened.claim, text)
    return finding(
        graph.document,
        FindingType.ARITHMETIC,
        RULE,
        (closed.claim, opened.claim),
        severity=Severity.HINT,
        confidence=0.5,
        stated=stated,
        workings=f"{stated}>{whole}",
        message=f"“{closed.claim.indicator}”为{stated}，多于受理（立案）的{whole}。请说明是否含往年结转，或核对更正。",
    )
