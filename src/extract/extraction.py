"""Composes the stages: a document in, everything found in it out."""

from __future__ import annotations

from dataclasses import replace

from extract.audit import audit_document
from extract.audit.profiles import Profile
from extract.claims import find_claims
from extract.lexicons import default_units
from extract.models import Models, default_models
from extract.pairs import pair_claims
from extract.quantities import find_numbers
from extract.records import MEASURES, Claim, Document, Excluded, Extraction, NumericKind, Quantity
from extract.segmentation import segment_document
from extract.segmentation.reading import Reading, traced
from extract.slots import about_report, link_slots, with_row_slots


def extract(document: Document | str, *, models: Models | None = None, profile: Profile | None = None) -> Extraction:
    """Claims, pairs, findings and what was set aside in a document, or in a text given as a string.

    ``models`` decide roles, slots and pairs; without, those that come with the program. ``profile`` says which rules of
    forms hold; without, the national one of the report's kind.

    >>> [claim.role.value for claim in extract("计划供地700宗，实际供地764宗。").claims]
    ['target', 'actual']
    """
    given = Document(name="text", text=document) if isinstance(document, str) else document
    read = given if given.segments else segment_document(given)
    units, learnt = default_units(), default_models() if models is None else models
    reading = Reading(read)
    found = tuple(find_numbers(reading.words, units=units))
    measures = tuple(quantity for quantity in found if quantity.kind in MEASURES)
    drafts = find_claims(read, reading, measures, units=units, model=learnt.roles)
    linked = (claim for claim, _ in link_slots(drafts, reading.words, about=about_report(read), model=learnt.slots))
    in_order = tuple(sorted(linked, key=lambda claim: claim.span))
    claims = _with_repeats(with_row_slots(in_order, units=units))
    pairs = tuple(pair_claims(read, claims, units=units, weights=learnt.pairs))
    findings, holds = audit_document(read, claims, pairs, profile=profile, following=learnt.following)
    kept = {claim.span for claim in claims}
    aside = (quantity for quantity in traced(found, reading) if quantity.span not in kept)
    excluded = tuple(Excluded(span=quantity.span, reason=_reason(quantity)) for quantity in aside)
    return Extraction(document=read, claims=claims, pairs=pairs, findings=findings, holds=holds, excluded=excluded)


def _reason(quantity: Quantity) -> NumericKind:
    """Why a number is no claim: its kind; one with a unit that measures nothing where it stands is a mere number."""
    return NumericKind.NUMBER if quantity.kind is NumericKind.QUANTITY else quantity.kind


def _with_repeats(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Claims that say the same of the same slot as an earlier one name it."""
    first: dict[tuple[object, ...], str] = {}
    out = []
    for claim in claims:
        quantity = claim.quantity
        key = (claim.role, claim.slot, quantity.unit, quantity.value, quantity.high, claim.indicator)
        earlier = first.setdefault(key, claim.id)
        out.append(claim if earlier == claim.id else replace(claim, repeats=earlier))
    return tuple(out)
