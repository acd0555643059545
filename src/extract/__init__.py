"""Reads Chinese public-sector performance reports (绩效自评报告) and lays every figure on the table.

>>> import extract
>>> [quantity.unit for quantity in extract.find_quantities("供地764宗3185.9公顷")]
['宗', '公顷']
>>> extract.extract("计划供地700宗，实际供地764宗。").pairs[0].verdict.value
'exceeded'

Names are loaded when they are first asked for, so that ``import extract`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from extract.version import __version__

if TYPE_CHECKING:
    from extract.errors import ExtractError, ReadError
    from extract.face import Extraction, extract, find_quantities, read
    from extract.offsets import CharSpan
    from extract.records import (
        Answer,
        Approx,
        Basis,
        Cell,
        Claim,
        Dimension,
        Document,
        Excluded,
        Finding,
        FindingType,
        Holds,
        NumericKind,
        Pair,
        Quantity,
        Role,
        Segment,
        Severity,
        Stage,
        Table,
        UnitFrom,
        Verdict,
    )

__all__ = [
    "Answer",
    "Approx",
    "Basis",
    "Cell",
    "CharSpan",
    "Claim",
    "Dimension",
    "Document",
    "Excluded",
    "ExtractError",
    "Extraction",
    "Finding",
    "FindingType",
    "Holds",
    "NumericKind",
    "Pair",
    "Quantity",
    "ReadError",
    "Role",
    "Segment",
    "Severity",
    "Stage",
    "Table",
    "UnitFrom",
    "Verdict",
    "__version__",
    "extract",
    "find_quantities",
    "read",
]

_ELSEWHERE = {  # every other public name is a record
    "CharSpan": "extract.offsets",
    "ExtractError": "extract.errors",
    "ReadError": "extract.errors",
    "Extraction": "extract.face",
    "extract": "extract.face",
    "find_quantities": "extract.face",
    "read": "extract.face",
}


if not TYPE_CHECKING:  # seen by a type checker, it would make every misspelt name a known one

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_ELSEWHERE.get(name, "extract.records")), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
