"""Relations made of their figures, each member in its place: sums, differences, shares, growth, restatements."""

from __future__ import annotations

from collections.abc import Sequence

from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind


def sum_of(total: Figure, parts: Sequence[Figure], sure: float, *, off: Sequence[Figure] = ()) -> Relation:
    """A total and its parts, but for those taken ``off``."""
    items = [Member(part, Part.ITEM) for part in parts] + [Member(part, Part.DEDUCTED) for part in off]
    return Relation(RelationKind.SUM, (Member(total, Part.TOTAL), *items), sure, "合计")


def difference_of(change: Figure, now: Figure, before: Figure, sure: float, fact: str) -> Relation:
    members = (Member(change, Part.CHANGE), Member(now, Part.NOW), Member(before, Part.BEFORE))
    return Relation(RelationKind.DIFFERENCE, members, sure, fact)


def share_of(rate: Figure, part: Figure, base: Figure, sure: float, fact: str) -> Relation:
    members = (Member(rate, Part.RATE), Member(part, Part.NUMERATOR), Member(base, Part.BASE))
    return Relation(RelationKind.QUOTIENT, members, sure, fact)


def growth_of(rate: Figure, now: Figure, before: Figure, sure: float) -> Relation:
    members = (Member(rate, Part.RATE), Member(now, Part.NOW), Member(before, Part.BEFORE))
    return Relation(RelationKind.GROWTH, members, sure, "增减比例")


def same_of(stated: Figure, earlier: Figure, sure: float, fact: str) -> Relation:
    return Relation(RelationKind.SAME, (Member(stated, Part.STATED), Member(earlier, Part.EARLIER)), sure, fact)


def within_of(part: Figure, whole: Figure, sure: float) -> Relation:
    members = (Member(part, Part.ITEM), Member(whole, Part.TOTAL))
    return Relation(RelationKind.WITHIN, members, sure, part.claim.indicator)
