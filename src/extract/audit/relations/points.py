"""Changes of rates: 93.0%，比上年的91.7%高出1.3%, which are points and no per cent."""

from __future__ import annotations

from collections.abc import Sequence

from extract.audit.relations.changes import is_before
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind

_SURE = 0.82
_STATES = 2


def find_points_as_percent(sentence: Sequence[Figure], index: int) -> tuple[Relation, ...]:
    """The change of two rates that a percentage behind them gives in points, as the growth that its sign says."""
    change = sentence[index]
    if not (is_percent(change) and is_exact(change)) or index < _STATES:
        return ()
    if not (said("up", change.before) or said("down", change.before)) or said("reaches", change.before):
        return ()
    one, other = sentence[index - _STATES : index]
    near = all(is_percent(f) and is_exact(f) and f.sentence == change.sentence for f in (one, other))
    if not near or max(one.step, other.step) > change.step or abs(one.value - other.value) != change.value:
        return ()
    was, now = (one, other) if is_before(one) and not is_before(other) else (other, one)
    if not is_before(was) or not was.value:
        return ()
    members = (Member(change, Part.RATE), Member(now, Part.NOW), Member(was, Part.BEFORE))
    return (Relation(RelationKind.GROWTH, members, _SURE, "增减百分点"),)
