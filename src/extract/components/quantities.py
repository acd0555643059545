"""The factory ``extract_quantities``: a layer of the numbers that measure something."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.extensions import install_extensions
from extract.components.layers import quantity_layer
from extract.components.store import keep_quantities
from extract.components.units_file import render_units
from extract.lexicons import UnitTable, default_units, parse_units
from extract.quantities import find_quantities
from extract.records import Quantity

_UNITS_FILE = "units.tsv"


@Language.factory(
    "extract_quantities", assigns=["doc.spans", "doc._.quantities"], default_config={"spans_key": "quantities"}
)
def make_quantity_tagger(nlp: Language, name: str, spans_key: str) -> QuantityTagger:
    """A tagger of quantities; registers the Doc extensions."""
    install_extensions()
    return QuantityTagger(name=name, spans_key=spans_key)


class QuantityTagger:
    """Lays the quantities of a Doc in ``doc.spans[spans_key]``: label is the dimension, ``kb_id_`` the unit.

    The unit table is the one thing that config cannot say. A table of one's own is saved with the pipeline; the
    package's own table is not, so that a saved pipeline goes on with the units of the version that is installed.
    """

    def __init__(self, *, name: str, spans_key: str, units: UnitTable | None = None) -> None:
        self.name, self.spans_key = name, spans_key
        self.units = default_units() if units is None else units

    def __call__(self, doc: Doc) -> Doc:
        return self.set_annotations(doc, self.predict(doc))

    def predict(self, doc: Doc) -> tuple[Quantity, ...]:
        return tuple(find_quantities(doc.text, units=self.units))

    def set_annotations(self, doc: Doc, quantities: tuple[Quantity, ...]) -> Doc:
        doc.spans[self.spans_key] = quantity_layer(doc, quantities, key=self.spans_key)
        keep_quantities(doc, quantities)
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The unit table as a data file; nothing when it is the package's own."""
        return b"" if self.units == default_units() else render_units(self.units).encode("utf-8")

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        self.units = parse_units(data.decode("utf-8"), _UNITS_FILE) if data else default_units()
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        data = self.to_bytes()
        file = Path(path) / _UNITS_FILE
        if data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        else:
            file.unlink(missing_ok=True)  # an earlier save to the same place

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        file = Path(path) / _UNITS_FILE
        return self.from_bytes(file.read_bytes() if file.exists() else b"")
