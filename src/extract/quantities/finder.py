"""Finds numbers in text, reads their value, unit and bound, and tells what is no quantity.

Two readers share one grammar (``reading``). That of reports yields what the annotation guideline calls a mention, and
is fast: one stdlib pattern scans for numbers, most of which are plain (digits and a unit that a walk through the unit
tree finds) and are made into records right here; only where the characters beside a number ask for it does ``Reader``
read it. The general reader (``everything=True``) yields every number there is, Chinese numerals without a unit too.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.lexicons import ApproximatorTable, UnitTable
from extract.offsets import folded
from extract.quantities.exclusions import ExclusionPatterns
from extract.quantities.general import general_quantities
from extract.quantities.scanning import numbers_of_report
from extract.quantities.tables import tables_of
from extract.records import Quantity


def find_quantities(
    text: str,
    *,
    units: UnitTable | None = None,
    approximators: ApproximatorTable | None = None,
    exclusions: ExclusionPatterns | None = None,
    everything: bool = False,
) -> Iterator[Quantity]:
    """The quantities of ``text`` in order; with ``everything`` every number there is, each with its ``kind``.

    A number without a unit has kind ``number``: whether it measures something is for its surroundings to say.
    Without ``everything`` such a number is given in digits only. Some forms (一个, 三分之二, 5度) mean something else
    by themselves, and so to the general reader, than they do in reports.

    >>> [(q.span.of("供地764宗3185.9公顷"), str(q.number), q.unit) for q in find_quantities("供地764宗3185.9公顷")]
    [('764宗', '764', '宗'), ('3185.9公顷', '3185.9', '公顷')]
    """
    if everything:
        tables = tables_of(units, approximators, exclusions, general=True)
        return general_quantities(folded(text) + "\n", tables)
    tables = tables_of(units, approximators, exclusions, general=False)
    return numbers_of_report(folded(text) + "\n", tables, keep_aside=False)


def find_numbers(
    text: str,
    *,
    units: UnitTable | None = None,
    approximators: ApproximatorTable | None = None,
    exclusions: ExclusionPatterns | None = None,
) -> Iterator[Quantity]:
    """The quantities of a report's text, and between them the numbers that were set aside, each with its ``kind``.

    >>> [(q.kind.value, q.unit) for q in find_numbers("2020年供地764宗")]
    [('year', ''), ('quantity', '宗')]
    """
    return numbers_of_report(
        folded(text) + "\n", tables_of(units, approximators, exclusions, general=False), keep_aside=True
    )
