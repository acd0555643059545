"""Records as span groups of a Doc: characters are the truth, and tokens must follow."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span, SpanGroup

from extract.errors import SpanError
from extract.offsets import CharSpan
from extract.records import Claim, Quantity


def quantity_layer(doc: Doc, quantities: Iterable[Quantity], *, key: str) -> SpanGroup:
    """A span for each quantity: label is the dimension, ``kb_id_`` the unit."""
    spans = [aligned_span(doc, q.span, label=q.dimension.value, kb_id=q.unit) for q in quantities]
    return SpanGroup(doc, name=key, spans=spans)


def claim_layer(doc: Doc, claims: Iterable[Claim], *, key: str) -> SpanGroup:
    """A span for each claim: label is the role, ``kb_id_`` the slot, ``id_`` the claim's id."""
    spans = [aligned_span(doc, c.span, label=c.role.value, kb_id=c.slot, span_id=c.id) for c in claims]
    return SpanGroup(doc, name=key, spans=spans)


def aligned_span(doc: Doc, span: CharSpan, *, label: str, kb_id: str = "", span_id: str = "") -> Span:
    """The tokens that cover exactly ``span``.

    Raises:
        SpanError: if ``span`` begins or ends inside a token: the Doc's tokens are no characters.
    """
    found = doc.char_span(span.start, span.end, label=label, kb_id=kb_id, span_id=span_id)
    if found is None:
        around = doc.char_span(span.start, span.end, alignment_mode="expand")
        tokens = [] if around is None else [token.text for token in around]
        raise SpanError(
            f"span [{span.start}, {span.end}) {span.of(doc.text)!r} does not fall on the tokens {tokens!r}; "
            "extract needs a token for each character: use spacy.blank('zh') with its default segmenter 'char'"
        )
    return found
