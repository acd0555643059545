"""A unit table as the data file that it can be read from."""

from __future__ import annotations

from extract.lexicons import UnitTable

_COLUMNS = ("surface", "unit", "factor", "base", "dimension", "seen")


def render_units(units: UnitTable) -> str:
    """``units`` in the form of ``data/units.tsv``; ``parse_units`` reads it back (but not ``seen``)."""
    rows = [
        _COLUMNS,
        *((u.surface, u.unit, str(u.factor), u.base, u.dimension.value) for u in units.by_surface.values()),
    ]
    return "".join("\t".join(row) + "\n" for row in rows)
