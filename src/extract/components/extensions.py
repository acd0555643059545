"""What a Doc can be asked for: ``doc._.quantities``, ``.claims``, ``.pairs``, ``.findings``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc

from extract.components.store import STORE, kept_claims, kept_quantities
from extract.errors import ExtractError
from extract.records import Claim, Finding, Pair, Quantity


class ExtensionError(ExtractError, ValueError):
    """An extension of the same name was registered by somebody else."""


def install_extensions() -> None:
    """Registers all extensions of Doc; once is enough, and again does no harm.

    The factories call it. Call it yourself where Docs are read back without a pipeline, as from a DocBin.

    Raises:
        ExtensionError: if a name is taken by somebody else; nothing is registered then.
    """
    foreign = [
        name
        for name, ours in _EXTENSIONS.items()
        if Doc.has_extension(name) and Doc.get_extension(name) != _stored(ours)
    ]
    if foreign:
        taken = ", ".join(f"doc._.{name}" for name in foreign)
        raise ExtensionError(
            f"{taken}: already registered, not by extract; "
            f"rename it, or free the name with Doc.remove_extension({foreign[0]!r}) before the pipeline is built"
        )
    for name, ours in _EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, **ours)


def _stored(extension: dict[str, Any]) -> tuple[Any, ...]:
    """An extension as spaCy keeps it."""
    return tuple(extension.get(part) for part in ("default", "method", "getter", "setter"))


def _quantities(doc: Doc) -> tuple[Quantity, ...]:
    return kept_quantities(doc)


def _claims(doc: Doc) -> tuple[Claim, ...]:
    return kept_claims(doc).claims


def _pairs(doc: Doc) -> tuple[Pair, ...]:
    return kept_claims(doc).pairs


def _findings(doc: Doc) -> tuple[Finding, ...]:
    return kept_claims(doc).findings


_GETTERS: dict[str, Callable[[Doc], Any]] = {
    "quantities": _quantities,
    "claims": _claims,
    "pairs": _pairs,
    "findings": _findings,
}
_EXTENSIONS: dict[str, dict[str, Any]] = {
    STORE: {"default": None},
    **{name: {"getter": getter} for name, getter in _GETTERS.items()},
}
