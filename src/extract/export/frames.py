"""Claims as an Arrow table and as a pandas DataFrame (the extra ``frames``)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from extract.errors import ExtractError
from extract.export.jsonl import claim_record
from extract.records import Extraction

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class MissingExtraError(ExtractError, ImportError):
    """An optional library is not installed; the message says what to install."""


def claims_table(extraction: Extraction) -> pa.Table:
    """The claims, a row each, with the keys and types of the claim record, also when there are none.

    Raises:
        MissingExtraError: if pyarrow is not installed.
    """
    arrow = _library("pyarrow")
    rows = [claim_record(claim, extraction.document) for claim in extraction.claims]
    return arrow.Table.from_pylist(rows, schema=_claim_schema(arrow))


def claims_frame(extraction: Extraction) -> pd.DataFrame:
    """The claims, a row each; what is nested in the record has a dot in its column's name (``cell.row``).

    Whole numbers are pandas' nullable ``Int64``: a claim outside tables has no ``cell.row``, and 3 must not become 3.0.

    Raises:
        MissingExtraError: if pyarrow or pandas is not installed.
    """
    arrow, pandas = _library("pyarrow"), _library("pandas")
    return claims_table(extraction).flatten().to_pandas(types_mapper={arrow.int64(): pandas.Int64Dtype()}.get)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtraError(
            f"{name} is not usable here ({error}); data frames need it: pip install 'zh-claim-extract[frames]'",
            name=name,
        ) from error


def _claim_schema(arrow: Any) -> Any:
    """Key of the claim record → its type, in the record's order."""
    words, whole, share = arrow.string(), arrow.int64(), arrow.float64()
    cell = {"table": whole, "row": whole, "column": whole, "row_header": words, "column_header": words}
    columns = {
        **dict.fromkeys(("kind", "doc", "id"), words),
        **dict.fromkeys(("start", "end"), whole),
        **dict.fromkeys(("text", "number", "low", "high", "unit", "unit_from", "dimension", "approx"), words),
        **dict.fromkeys(("base_number", "base_unit", "role", "stage", "slot", "slot_base", "row_slot"), words),
        **dict.fromkeys(("indicator", "period", "organisation"), words),
        "section": arrow.list_(words),
        "cell": arrow.struct(cell),
        "repeats": words,
        "page": whole,
        "box": arrow.list_(share),
        "origin": words,
        "confidence": arrow.struct({"role": share, "slot": share}),
        "reasons": arrow.list_(words),
    }
    return arrow.schema(columns)
