"""Formulas of relations between figures, worked out for figures as printed and for all that their digits allow.

A formula names the figures of a relation ``a``, ``b``, ``c`` … in their order. Its sides are sums, differences,
products and quotients; the last may end in ``%``. Conditions joined by ``;`` must hold together.

>>> holds_as_printed("a/b=c%", [Printed("148.02"), Printed("172.00"), Printed("86.05")])
True
>>> can_hold("a/b=c%", [Printed("148.02"), Printed("172.00"), Printed("82.57")])
False
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation
from string import ascii_letters

from extract.annotation.related import PrintedNumber

Values = Mapping[str, Decimal]
Reckon = Callable[[Values], Decimal]

_CONDITION = re.compile(r"(?P<left>[^<>=]+)(?P<sign><=|>=|=|<|>)(?P<right>[^<>=]+)")
_OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class FormulaError(ValueError):
    """A formula that cannot be read."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as its digits say it; ``exact`` when it was counted, so that nothing was rounded off."""

    digits: str
    exact: bool = False
    scale: Decimal = Decimal(1)  #: what its unit is worth in that of the formula: 0.0001 for 元 where 万元 is meant

    @property
    def readable(self) -> bool:
        return re.fullmatch(r"\d+(?:,\d{3})*(?:\.\d+)?", self.digits) is not None

    @property
    def value(self) -> Decimal:
        return Decimal(self.digits.replace(",", "")) * self.scale

    @property
    def step(self) -> Decimal:
        """What one step of the last printed digit is worth."""
        return Decimal(1).scaleb(-len(self.digits.partition(".")[2])) * self.scale

    @property
    def least(self) -> Decimal:
        return self.value if self.exact else self.value - self.step / 2

    @property
    def most(self) -> Decimal:
        """What was cut off instead of rounded lies below the next step."""
        return self.value if self.exact else self.value + self.step


def printed(number: PrintedNumber) -> Printed:
    """A number of a report as its digits say it."""
    return Printed(number.digits, number.exact)


@dataclass(frozen=True, slots=True)
class Condition:
    left: Reckon
    sign: str
    right: Reckon
    result: str  #: the name of the figure alone on the right; empty when there is an expression
    scale: int  #: 100 when that figure is a percentage


def holds_as_printed(formula: str, figures: Sequence[Printed]) -> bool:
    """Whether what follows from the printed figures, rounded or truncated, is what is printed."""
    values = dict(zip(ascii_letters, (figure.value for figure in figures), strict=False))
    named = dict(zip(ascii_letters, figures, strict=False))
    return all(_holds(condition, values, named) for condition in conditions(formula))


def can_hold(formula: str, figures: Sequence[Printed]) -> bool:
    """Whether some values that are printed as these figures, rounded or truncated, fulfil the formula."""
    named = dict(zip(ascii_letters, figures, strict=False))
    return all(_can_hold(condition, named) for condition in conditions(formula))


def conditions(formula: str) -> list[Condition]:
    return [_condition(part) for part in formula.split(";")]


def _condition(text: str) -> Condition:
    match = _CONDITION.fullmatch(text.strip())
    if match is None:
        raise FormulaError(f"{text!r} is no condition; write one as a+b=c, a/b=c%, a>=b")
    right = match["right"].strip()
    percent = right.endswith("%")
    name = right.rstrip("%")
    result = name if len(name) == 1 and name.isalpha() else ""
    return Condition(_reckon(match["left"]), match["sign"], _reckon(name), result, 100 if percent else 1)


def _reckon(text: str) -> Reckon:
    try:
        body = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"{text!r} cannot be read: {error.msg}") from error
    return lambda values: _value(body, values)


def _value(node: ast.expr, values: Values) -> Decimal:
    match node:
        case ast.BinOp(left, operation, right) if type(operation) in _OPERATORS:
            return _OPERATORS[type(operation)](_value(left, values), _value(right, values))
        case ast.Name(name) if name in values:
            return values[name]
        case ast.Constant(int() | float() as number):
            return Decimal(str(number))
    raise FormulaError(f"{ast.unparse(node)!r} names no figure of the relation and is no sum, product or number")


def _holds(condition: Condition, values: Values, figures: Mapping[str, Printed]) -> bool:
    try:
        left = condition.left(values) * condition.scale
    except (DivisionByZero, InvalidOperation):
        return False
    right = condition.right(values)
    if condition.sign != "=":
        return _compares(left, condition.sign, right)
    if not condition.result or figures[condition.result].exact:
        return left == right
    figure = figures[condition.result]
    return -figure.step / 2 <= left - right < figure.step


def _can_hold(condition: Condition, figures: Mapping[str, Printed]) -> bool:
    try:
        least, most = _bounds(condition.left, figures)
        low, high = _bounds(condition.right, figures)
    except (DivisionByZero, InvalidOperation):
        return False
    least, most = least * condition.scale, most * condition.scale
    match condition.sign:
        case "=":
            return least <= high and low <= most
        case ">=" | ">":
            return _compares(most, condition.sign, low)
        case _:
            return _compares(least, condition.sign, high)


def _compares(left: Decimal, sign: str, right: Decimal) -> bool:
    match sign:
        case ">=":
            return left >= right
        case ">":
            return left > right
        case "<=":
            return left <= right
        case _:
            return left < right


def _bounds(reckon: Reckon, figures: Mapping[str, Printed]) -> tuple[Decimal, Decimal]:
    """Least and most of an expression that rises or falls with each of its figures."""
    middle = {name: figure.value for name, figure in figures.items()}
    lowest, highest = dict(middle), dict(middle)
    for name, figure in figures.items():
        ends = sorted((figure.least, figure.most), key=lambda end, name=name: reckon({**middle, name: end}))  # type: ignore[misc]
        lowest[name], highest[name] = ends
    return reckon(lowest), reckon(highest)
