"""Marks that sentences take off: 总分20分，得分18分，扣2分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_exact
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.records import Dimension


def find_deductions(sentence: Sequence[Figure]) -> Iterator[Relation]:
    """总分20分，得分18分，扣2分."""
    marks = [f for f in sentence if f.claim.quantity.dimension is Dimension.SCORE]
    for full, got, lost in zip(marks, marks[1:], marks[2:], strict=False):
        if said("deducted", full.before) or said("deducted", got.before):
            continue
        if said("deducted", lost.before) and got.value <= full.value and is_exact(lost):
            members = (Member(lost, Part.CHANGE), Member(full, Part.TOTAL), Member(got, Part.ITEM))
            yield Relation(RelationKind.DIFFERENCE, members, 0.9, "扣分")
