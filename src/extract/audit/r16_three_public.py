"""R16: 三公经费 is the sum of travel abroad, vehicles and reception; its control rate is spent over budget."""

from __future__ import annotations

import re

from extract.audit.relations import Relation, RelationKind

RULE = "R16"
_NAME = re.compile(r"三公[”\"]?经费|[“\"]三公[”\"]")


def owns(relation: Relation) -> bool:
    """Sums and control rates of which the total or the rate is called 三公经费."""
    if relation.kind is RelationKind.SUM and not relation.table:
        return _NAME.search(relation.result.before[-16:]) is not None
    return relation.result.kind == "%" and _NAME.search(relation.result.before[-16:]) is not None
