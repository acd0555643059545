"""The plain reading of a marked surface: what an annotator need not spell out.

This reader is kept apart from the extractor's own on purpose: a fault of the one must not become the gold of the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extract.lexicons import UnitTable
from extract.records import Approx, Dimension

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = {"": 1, "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_SMALL = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_AFTER = {"以上": Approx.AT_LEAST, "以下": Approx.AT_MOST, "以内": Approx.AT_MOST, "内": Approx.AT_MOST}
_PLAIN = re.compile(
    rf"""(?:(?P<low>{_NUMBER})(?P<low_unit>[^\d\s—~至-]*)\s*[—~至-]+\s*)?
    (?:(?P<number>-?{_NUMBER})|(?P<small>[零一二两三四五六七八九十]))\s*
    (?P<scale>万亿|[千万亿]?)(?P<vague>余|多|几)?(?P<scale2>万亿|[千万亿]?)\s*
    (?P<unit>.*?)\s*(?P<after>以上|以下|以内|内)?""",
    re.X | re.S,
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class PlainReading:
    number: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    dimension: Dimension
    approx: Approx


def plain_reading(surface: str, units: UnitTable, unit: str = "") -> PlainReading | None:
    """What ``surface`` (with ``unit`` put behind it, if one is given) says; None if it is not plain.

    >>> from extract.lexicons import default_units
    >>> plain_reading("8000余万元", default_units()).number
    Decimal('80000000')
    """
    match = _PLAIN.fullmatch((surface + unit).translate(_WIDE))
    if match is None:
        return None
    row = units.by_surface.get(match["unit"].strip())
    if row is None and match["unit"].strip():
        return None
    scale = _SCALE[match["scale"]] * _SCALE[match["scale2"]]
    number = Decimal(_SMALL[match["small"]]) if match["small"] else _decimal(match["number"])
    vague, after = match["vague"], match["after"]
    approx = Approx.ABOUT if vague else _AFTER[after] if after else Approx.EXACT
    name, dimension = (row.unit, row.dimension) if row else ("", Dimension.COUNT)
    if match["low"] is None:
        return PlainReading(number * scale, None, None, name, dimension, approx)
    own = {"万": 10**4, "亿": 10**8}.get(match["low_unit"][:1])
    low = _decimal(match["low"]) * (own or scale)
    return PlainReading(None, low, number * scale, name, dimension, approx)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
