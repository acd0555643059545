"""R03: the same measure, scope, period and stage has one value wherever it is stated."""

from __future__ import annotations

from extract.audit.relations import Relation, RelationKind

RULE = "R03"


def owns(relation: Relation) -> bool:
    return relation.kind is RelationKind.SAME
