"""R16: 三公经费 is the sum of travel abroad, vehicles and reception; its control rate is spent over budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from extract.audit.findings import Checked, finding
from extract.audit.graph import Graph
from extract.audit.relations import Figure, Relation, RelationKind
from extract.audit.wording import amount, written
from extract.records import FindingType, Severity

RULE = "R16"
_NAME = re.compile(r"三公[”\"]?经费|[“\"]三公[”\"]")
_NO_PART = re.compile(r"其他交通|公务交通补贴|交通补贴")


def owns(relation: Relation) -> bool:
    """Sums and control rates of which the total or the rate is called 三公经费."""
    if relation.kind is RelationKind.SUM and not relation.table:
        return _NAME.search(relation.result.before[-16:]) is not None
    return relation.result.kind == "%" and _NAME.search(relation.result.before[-16:]) is not None


def check_other_transport(graph: Graph) -> Iterator[Checked]:
    """A finding where the sum of 三公经费 counts other transport among its parts, whether or not it adds up."""
    judged = graph.judgement
    for relation in (*judged.holding, *(failure.relation for failure in judged.failing)):
        if relation.kind is RelationKind.SUM and owns(relation):
            total, *parts = relation.figures
            foreign = [part for part in parts if _NO_PART.search(part.before[-12:])]
            if foreign and len(foreign) < len(parts):
                yield _not_among_them(graph, total, foreign)


def _not_among_them(graph: Graph, total: Figure, foreign: list[Figure]) -> Checked:
    text = graph.document.text
    stated, others = written(total.claim, text), [written(part.claim, text) for part in foreign]
    rest = amount(Fraction(total.value) - sum(Fraction(part.value) for part in foreign), total.claim)
    worked = f"{stated}-{'-'.join(others)}={rest}"
    return finding(
        graph.document,
        FindingType.CONFLICT,
        RULE,
        (total.claim, *(part.claim for part in foreign)),
        severity=Severity.MEDIUM,
        confidence=0.85,
        stated=stated,
        expected=rest,
        workings=worked,
        message=f"“三公”经费{stated}中列有其他交通费用{'、'.join(others)}，该项不属于“三公”经费；扣除后为{rest}。请核对口径并更正。",
    )
