"""What a Python program calls: read a document, find its quantities, extract its claims."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import TYPE_CHECKING

from extract import extraction, quantities, records
from extract.documents import read_document
from extract.records import Document, Quantity
from extract.segmentation import segment_document

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Extraction(records.Extraction):
    """Everything that was found in one document, in text order; its claims also as a table.

    The tables are methods here and not of the plain record, because a record knows nothing of how it is written out.
    """

    __slots__ = ()

    def to_arrow(self) -> pa.Table:
        """The claims, a row each, with the keys of the claim record; see ``to_dataframe``."""
        from extract.export.frames import claims_table

        return claims_table(self)

    def to_dataframe(self) -> pd.DataFrame:
        """The claims as a pandas DataFrame, a row each in text order (needs the extra ``frames``).

        Columns are the keys of the claim record; what is nested there has a dot (``cell.row``, ``confidence.role``).
        Amounts stay decimal strings, so that nothing is rounded: ``frame["number"].map(Decimal)``, ``pd.to_numeric``.

        Raises:
            MissingExtraError: if pyarrow or pandas is not installed.
        """
        from extract.export.frames import claims_frame

        return claims_frame(self)


def find_quantities(text: str, *, everything: bool = False) -> tuple[Quantity, ...]:
    """The quantities of ``text`` in order; with ``everything`` also what is none, each with its ``kind``.

    >>> [(q.span.of("供地764宗3185.9公顷"), str(q.number)) for q in find_quantities("供地764宗3185.9公顷")]
    [('764宗', '764'), ('3185.9公顷', '3185.9')]
    """
    return tuple(quantities.find_quantities(text, everything=everything))


def read(path: str | os.PathLike[str], *, guarded: bool = True) -> Document:
    """The document in a file, with its segments and tables.

    Everything but plain text is read in a process of its own that is kept for the next file, within limits of time and
    memory, so that a damaged or hostile file cannot hang or crash this program. ``guarded=False`` reads it here: for
    files that you trust, and where no process may be started.

    Raises:
        ReadError: if the file is missing, empty, too large, or of no kind that is read.
    """
    return segment_document(read_document(path, guarded=guarded))


def extract(document: Document | str) -> Extraction:
    """Claims, pairs and findings of a document, or of a text given as a string (a path is for ``read``).

    >>> [(claim.role.value, str(claim.quantity.number)) for claim in extract("计划供地700宗，实际供地764宗。").claims]
    [('target', '700'), ('actual', '764')]
    """
    found = extraction.extract(document)
    return Extraction(**{field.name: getattr(found, field.name) for field in fields(found)})
