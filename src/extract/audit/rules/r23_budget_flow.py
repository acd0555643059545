"""R23: opening, adjusted and final budget; income and what was carried in against spending and what was carried out."""

from __future__ import annotations

from extract.audit.relations import Part, Relation, RelationKind
from extract.records import Stage

RULE = "R23"
_FLOWS = (
    frozenset({Stage.OPENING, Stage.ADJUSTED}),
    frozenset({Stage.SPENT, Stage.CARRIED_OUT}),
    frozenset({Stage.CARRIED_IN, Stage.CARRIED_OUT}),
)


def owns(relation: Relation) -> bool:
    """Sums over a table's columns that lead from one stage of the money to another."""
    if relation.kind is not RelationKind.SUM or not relation.table:
        return False
    if not any(member.part is Part.DEDUCTED for member in relation.members):
        return False
    stages = {figure.claim.stage for figure in relation.figures}
    return any(flow <= stages for flow in _FLOWS)
