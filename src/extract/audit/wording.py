"""How the audit writes figures and messages: fact, calculation, request."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from extract.records import Claim, Dimension

_IN_DECIMALS = (Dimension.MONEY, Dimension.RATIO, Dimension.SCORE)  #: what reports print with decimals
_SPOKEN = {"t": "吨", "kg": "公斤", "g": "克", "mg": "毫克"}
_TENTH = Decimal("0.1")
_STEP_OF_HUNDRED_MILLIONS = 10**5  #: figures in 亿 have at most three decimals, those in 万 step by less


def amount(value: Fraction, like: Claim) -> str:
    """``value`` (in the unit of ``like``) written with the scale and the digits of ``like``: 86.06%, 53.21万元."""
    quantity = like.quantity
    scale, unit = _scale_of(like)
    places = _places(quantity.precision, scale)
    exact = Decimal(value.numerator) / Decimal(value.denominator) / scale
    number = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if quantity.dimension not in _IN_DECIMALS and number == number.to_integral_value():
        number = number.to_integral_value()
    return f"{number:f}{unit}"


def corrected(value: Fraction, like: Claim) -> str:
    """``amount``, but with one decimal where ``like`` is printed with one: 14.2% for 14.8%."""
    scale, unit = _scale_of(like)
    long = amount(value, like)
    if (like.quantity.precision / scale).normalize().as_tuple().exponent != -1 or "." not in long:
        return long
    exact = Decimal(value.numerator) / Decimal(value.denominator) / scale
    return f"{exact.quantize(_TENTH, ROUND_HALF_UP):f}{unit}"


def written(claim: Claim, text: str) -> str:
    """The claim as written, with the unit its header gives."""
    return claim.span.of(text).strip() + unit_of_header(claim)


def unit_of_header(claim: Claim) -> str:
    """The unit that a claim has from the header of its column; empty where it is printed beside it."""
    return hinted_unit(claim) if claim.quantity.unit_from == "header" else ""


def hinted_unit(claim: Claim) -> str:
    """The unit that the header of a claim's column gives, whatever the claim prints itself."""
    return "" if claim.cell is None else claim.cell.unit_hint


def _scale_of(claim: Claim) -> tuple[Decimal, str]:
    quantity = claim.quantity
    unit = _SPOKEN.get(quantity.unit, quantity.unit)
    if quantity.unit == "元" and quantity.precision >= _STEP_OF_HUNDRED_MILLIONS:
        return Decimal(10**8), "亿元"
    if quantity.precision > 1 and quantity.dimension is not Dimension.RATIO:
        return Decimal(10**4), f"万{unit}"
    return Decimal(1), unit


def _places(precision: Decimal, scale: Decimal) -> int:
    exponent = int((precision / scale).normalize().as_tuple().exponent)
    return min(max(2, -exponent), 6) if exponent < 0 else 2


def bare(claim: Claim) -> str:
    """The claim's figure in its own scale, for workings."""
    quantity = claim.quantity
    if quantity.number is None:
        return "?"
    scale, unit = _scale_of(claim)
    return f"{(quantity.number / scale).normalize():f}{unit}"
