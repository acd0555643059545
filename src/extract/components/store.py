"""The records behind a Doc's layers: computed from its text, and carried along with it as plain strings.

A dataclass in ``doc._`` breaks ``doc.to_bytes()``; recomputing on each side of ``nlp.pipe(n_process=2)`` would do all
the work twice. So what a component found travels packed in the Doc and is unpacked by the getters. A Doc that
carries nothing (or whose text is another than what the records were read from) is read anew: what the getters say
never depends on what was carried.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import NamedTuple, cast

from spacy.tokens import Doc

from extract.components.packing import packed, unpacked
from extract.extraction import extract
from extract.quantities import find_quantities
from extract.records import Claim, Finding, Pair, Quantity

STORE = "extract_records"  #: the extension that carries them: {"text": digest, layer: packed records}
_RECENT = 8  #: Docs whose records stay at hand in this process


class ClaimRecords(NamedTuple):
    """What is found in one text, in text order."""

    claims: tuple[Claim, ...]
    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...]


def quantity_records(text: str) -> tuple[Quantity, ...]:
    return tuple(find_quantities(text))


def claim_records(text: str) -> ClaimRecords:
    found = extract(text)
    return ClaimRecords(found.claims, found.pairs, found.findings)


def keep_quantities(doc: Doc, quantities: tuple[Quantity, ...]) -> None:
    _keep(doc, "quantities", packed(quantities))


def keep_claims(doc: Doc, records: ClaimRecords) -> None:
    _keep(doc, "claims", packed(tuple(records)))


def kept_quantities(doc: Doc) -> tuple[Quantity, ...]:
    """The quantities that a component laid over ``doc``, or those of its text."""
    carried = _carried(doc, "quantities")
    return _computed_quantities(doc.text) if carried is None else cast(tuple[Quantity, ...], carried)


def kept_claims(doc: Doc) -> ClaimRecords:
    """The claims, pairs and findings that a component read from ``doc``, or those of its text."""
    carried = _carried(doc, "claims")
    if carried is None:
        return _computed_claims(doc.text)
    return ClaimRecords(*cast(tuple[tuple[Claim, ...], tuple[Pair, ...], tuple[Finding, ...]], carried))


def _keep(doc: Doc, layer: str, records: str) -> None:
    digest = _digest(doc.text)
    carried = doc._.get(STORE)
    others = carried if carried and carried["text"] == digest else {"text": digest}
    doc._.set(STORE, {**others, layer: records})


def _carried(doc: Doc, layer: str) -> object | None:
    carried = doc._.get(STORE)
    if not carried or layer not in carried or carried["text"] != _digest(doc.text):
        return None
    return _unpacked(carried[layer])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


_unpacked = lru_cache(maxsize=_RECENT)(unpacked)
_computed_quantities = lru_cache(maxsize=_RECENT)(quantity_records)
_computed_claims = lru_cache(maxsize=_RECENT)(claim_records)
