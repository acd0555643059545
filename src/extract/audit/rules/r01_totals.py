"""R01: a stated total equals its parts, within what rounding of the printed digits allows."""

from __future__ import annotations

from extract.audit.relations import Relation, RelationKind

RULE = "R01"


def owns(relation: Relation) -> bool:
    return relation.kind is RelationKind.SUM
