"""How much of what one rendering of a report says another one says too."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from extract.extraction import extract
from extract.records import Claim, Document, Extraction

Key = tuple[object, ...]


class Likeness(NamedTuple):
    """Shares of equal claims and pairs (F1 over what both say), and what differs."""

    claims: float
    pairs: float
    missing: tuple[Key, ...]
    added: tuple[Key, ...]


def findings_of(document: Document) -> Extraction:
    return extract(document)


def likeness(one: Extraction, other: Extraction) -> Likeness:
    """How alike two readings of a report are, by number, unit, role and slot of claims, and by these of pairs."""
    here, there = Counter(map(_key, one.claims)), Counter(map(_key, other.claims))
    missing, added = (here - there).elements(), (there - here).elements()
    return Likeness(_f1(here, there), _f1(_pairs(one), _pairs(other)), tuple(missing), tuple(added))


def _key(claim: Claim) -> Key:
    quantity = claim.quantity
    return (quantity.number, quantity.low, quantity.high, quantity.unit, claim.role.value, claim.slot)


def _pairs(found: Extraction) -> Counter[Key]:
    return Counter((_key(p.target), _key(p.actual) if p.actual else None, p.answer.value) for p in found.pairs)


def _f1(here: Counter[Key], there: Counter[Key]) -> float:
    both, all_ = (here & there).total(), here.total() + there.total()
    return 2 * both / all_ if all_ else 1.0
