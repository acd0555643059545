"""R02: a stated difference, ratio, completion or growth rate follows from the stated figures."""

from __future__ import annotations

from extract.audit.relations import Relation

RULE = "R02"


def owns(relation: Relation) -> bool:
    """Whatever no other rule has claimed."""
    return bool(relation.members)
