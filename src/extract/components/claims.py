"""The factory ``extract_claims``: layers of quantities and claims, and the records behind them."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.extensions import install_extensions
from extract.components.layers import claim_layer, quantity_layer
from extract.components.store import ClaimRecords, claim_records, keep_claims, keep_quantities, quantity_records
from extract.records import Quantity


@Language.factory(
    "extract_claims",
    assigns=["doc.spans", "doc._.quantities", "doc._.claims", "doc._.pairs", "doc._.findings"],
    default_config={"spans_key": "claims", "quantities_key": "quantities"},
)
def make_claim_tagger(nlp: Language, name: str, spans_key: str, quantities_key: str) -> ClaimTagger:
    """A tagger of claims; registers the Doc extensions."""
    install_extensions()
    return ClaimTagger(name=name, spans_key=spans_key, quantities_key=quantities_key)


class ClaimTagger:
    """Lays the claims of a Doc in ``doc.spans[spans_key]`` and the quantities they rest on beside them.

    A claim's span has its role as label, its slot as ``kb_id_`` and the claim's id as ``id_``; spans and
    ``doc._.claims`` stand in the same order. Everything is read off ``doc.text``, so config is all there is to save.
    """

    def __init__(self, *, name: str, spans_key: str, quantities_key: str) -> None:
        self.name, self.spans_key, self.quantities_key = name, spans_key, quantities_key

    def __call__(self, doc: Doc) -> Doc:
        return self.set_annotations(doc, self.predict(doc))

    def predict(self, doc: Doc) -> tuple[tuple[Quantity, ...], ClaimRecords]:
        return quantity_records(doc.text), claim_records(doc.text)

    def set_annotations(self, doc: Doc, found: tuple[tuple[Quantity, ...], ClaimRecords]) -> Doc:
        quantities, records = found
        doc.spans[self.quantities_key] = quantity_layer(doc, quantities, key=self.quantities_key)
        doc.spans[self.spans_key] = claim_layer(doc, records.claims, key=self.spans_key)
        keep_quantities(doc, quantities)
        keep_claims(doc, records)
        return doc
