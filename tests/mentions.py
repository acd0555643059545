"""The early stages on a small report: its mentions, and its claims with roles that a test gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extract.claims.assembly import draft_claims
from extract.claims.features import Surroundings, role_features, twins_of
from extract.claims.mentions import Mention, find_mentions
from extract.claims.roles import RoleDecision, role_votes
from extract.claims.sections import section_roles
from extract.lexicons import default_units
from extract.quantities import find_numbers
from extract.records import Claim, Document, NumericKind, Role
from extract.segmentation import segment_document
from extract.segmentation.reading import Reading
from extract.segmentation.words import Vocabulary

_MEASURES = (NumericKind.QUANTITY, NumericKind.NUMBER)


def read(text: str, *, year: str | None = None) -> Document:
    return replace(segment_document(Document(name="text", text=text)), year=year)


def mentions_in(document: Document) -> tuple[Mention, ...]:
    reading = Reading(document)
    found = find_numbers(reading.words, units=default_units())
    measures = tuple(quantity for quantity in found if quantity.kind in _MEASURES)
    return tuple(find_mentions(reading, measures, default_units()))


def drafts_of(text: str, *roles: Role) -> tuple[Document, tuple[tuple[Claim, Mention], ...]]:
    """The claims in text order, each with the role given for it; of those without one the role is actual."""
    document = read(text)
    mentions = mentions_in(document)
    given = [*roles, *[Role.ACTUAL] * (len(mentions) - len(roles))]
    return document, tuple(draft_claims(document, mentions, [RoleDecision(role, 1.0) for role in given]))


def role_features_of(
    text: str,
    surface: str,
    *,
    words: tuple[str, ...] = (),
    roles: Mapping[str, Role] | None = None,
    year: str | None = None,
) -> dict[str, float]:
    """The features of the figure written ``surface``; those before it have ``roles``, else they are actuals."""
    document = read(text, year=year)
    mentions = mentions_in(document)
    sections, twins = section_roles(document.segments, year), twins_of(mentions)
    before: tuple[Mention, Role] | None = None
    for mention in mentions:
        around = Surroundings(sections[mention.segment.section], year, before, twins)
        if mention.span.of(text) == surface:
            votes = tuple(role_votes(mention, around.section, year, before))
            return role_features(mention, around, votes, Vocabulary(words))
        before = (mention, (roles or {}).get(mention.span.of(text), Role.ACTUAL))
    raise AssertionError(f"no mention {surface!r} in {[mention.span.of(text) for mention in mentions]}")
