"""Quantities and claims in a spaCy pipeline: a thin skin over the stages.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> _ = nlp.add_pipe("extract_claims")
>>> doc = nlp("计划供地700宗，实际供地764宗。")
>>> [(span.text, span.label_) for span in doc.spans["claims"]]
[('700宗', 'target'), ('764宗', 'actual')]
>>> doc._.pairs[0].verdict.value
'exceeded'
"""

from extract.components.claims import ClaimTagger, make_claim_tagger
from extract.components.extensions import ExtensionError, install_extensions
from extract.components.quantities import QuantityTagger, make_quantity_tagger

__all__ = [
    "ClaimTagger",
    "ExtensionError",
    "QuantityTagger",
    "install_extensions",
    "make_claim_tagger",
    "make_quantity_tagger",
]
