"""Which characters a pattern can begin with (or end with): what tells in advance that it cannot fit at a place.

A gate errs on the side of letting through: what it cannot tell, it admits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

_parser: Any = re._parser  # type: ignore[attr-defined]  # the tree of a pattern; stdlib has no public name for it
_SPACES = frozenset(" \t\n\r\f\v")
_LONGEST = 2**31
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


@dataclass(frozen=True, slots=True)
class Gate:
    """The characters that can stand first, looked at from the number."""

    any: bool = False  #: every character can, or none need
    but: frozenset[str] = frozenset()  #: the characters that cannot, where every other can
    characters: frozenset[str] = frozenset()
    digits: bool = False
    spaces: frozenset[str] = frozenset()  #: that may stand between
    edge: bool = False  #: the beginning or the end of a line

    def admits(self, character: str) -> bool:
        if self.any:
            return character not in self.but
        return character in self.characters or (self.digits and character.isdigit())

    def stands_by(self, next_to: str, beyond: str) -> bool:
        """Whether the pattern can fit beside ``next_to``; ``beyond`` is the first character that is no space."""
        if self.admits(next_to) or (self.edge and next_to in "\n\r"):
            return True
        return next_to in self.spaces and (self.admits(beyond) or self.edge)

    def may_stand_by(self, next_to: str) -> bool:
        """The same where it is not known what stands beyond."""
        return self.admits(next_to) or (self.edge and next_to in "\n\r") or next_to in self.spaces

    def __or__(self, other: Gate) -> Gate:
        return Gate(
            self.any or other.any,
            self._still_barred(other) | other._still_barred(self),
            self.characters | other.characters,
            self.digits or other.digits,
            self.spaces | other.spaces,
            self.edge or other.edge,
        )

    def _still_barred(self, other: Gate) -> frozenset[str]:
        """What this gate bars and the other does not let through."""
        if not self.any:
            return frozenset()
        return frozenset(c for c in self.but if not (other.admits(c) or (other.edge and c in "\n\r")))


_ANY, _NONE = Gate(any=True), Gate()


def gate_behind(pattern: str) -> Gate:
    """What can stand right behind a number for ``pattern`` to fit there."""
    return _gate(pattern, backwards=False)


def gate_in_front(pattern: str) -> Gate:
    """What can stand right in front of a number for ``pattern`` to fit there."""
    return _gate(pattern, backwards=True)


class NumberGate(NamedTuple):
    """What a number must be like to fit a pattern."""

    least: int = 0  #: characters
    most: int = _LONGEST
    points: int = 0  #: decimal points, at least


def gate_of_number(pattern: str) -> NumberGate:
    """What a number that fits ``pattern`` is like at least."""
    if not pattern:
        return NumberGate()
    try:
        tree = _parser.parse(pattern)
    except re.error:
        return NumberGate()
    least, most = tree.getwidth()
    return NumberGate(least, min(most, _LONGEST), _points(list(tree)))


def _points(items: list[Any]) -> int:
    """How many literal points a sequence holds at least."""
    return sum(_points_of(str(item[0]), item[1]) for item in items)


def _points_of(name: str, value: Any) -> int:
    if name == "LITERAL":
        return int(value == ord("."))
    if name == "SUBPATTERN":
        return _points(list(value[-1]))
    if name in _REPEATS:
        return int(value[0]) * _points(list(value[2]))
    if name == "BRANCH":
        return min(_points(list(branch)) for branch in value[1])
    return 0


def _gate(pattern: str, *, backwards: bool) -> Gate:
    if not pattern:
        return _ANY
    try:
        tree = _parser.parse(pattern)
    except re.error:  # what only the package ``regex`` understands
        return _ANY
    gate, passes = _of_sequence(list(tree), backwards)
    return _ANY if passes else gate


def _of_sequence(items: list[Any], backwards: bool) -> tuple[Gate, bool]:
    """The gate of a sequence, and whether it can be passed without a character."""
    gate = _NONE
    for item in reversed(items) if backwards else items:
        own, passes = _of_item(item, backwards)
        gate = gate | own
        if not passes:
            return gate, False
        if own.edge:  # an edge is no character, but not nothing
            return gate, False
    return gate, True


def _of_item(item: Any, backwards: bool) -> tuple[Gate, bool]:
    name, value = str(item[0]), item[1]
    if name == "LITERAL":
        return Gate(characters=frozenset(chr(value))), False
    if name == "IN":
        return _of_set(value), False
    if name in _REPEATS:
        least, _, inner = value
        own, passes = _of_sequence(list(inner), backwards)
        if spaces := _spaces_of(list(inner)):
            return Gate(spaces=spaces, characters=spaces if least else frozenset()), True
        return own, passes or least == 0
    if name == "SUBPATTERN":
        return _of_sequence(list(value[-1]), backwards)
    if name == "BRANCH":
        branches = [_of_sequence(list(branch), backwards) for branch in value[1]]
        gate = _NONE
        for own, _ in branches:
            gate = gate | own
        return gate, any(passes for _, passes in branches)
    if name == "ASSERT":
        direction, inner = value
        own, passes = _of_sequence(list(inner), backwards)
        if (direction < 0) is backwards and not passes:
            return own, False
        return _NONE, True
    if name == "ASSERT_NOT":
        return _NONE, True
    if name == "AT":
        return (_ANY if "BOUNDARY" in str(value) else Gate(edge=True)), True
    return _ANY, False


def _of_set(members: list[Any]) -> Gate:
    if str(members[0][0]) == "NEGATE":
        barred = _of_set(members[1:])
        return _ANY if barred.any else Gate(any=True, but=barred.characters)
    characters: set[str] = set()
    digits = False
    for member in members:
        name, value = str(member[0]), member[1]
        if name == "LITERAL":
            characters.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] < 200:
            characters.update(chr(code) for code in range(value[0], value[1] + 1))
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            digits = True
        elif name == "CATEGORY" and str(value) == "CATEGORY_SPACE":
            characters |= _SPACES
        else:
            return _ANY
    return Gate(characters=frozenset(characters), digits=digits)


def _spaces_of(items: list[Any]) -> frozenset[str]:
    """The characters of what is nothing but one space or another; none for anything else."""
    if len(items) != 1:
        return frozenset()
    name, value = str(items[0][0]), items[0][1]
    gate = _of_set(value) if name == "IN" else Gate(characters=frozenset(chr(value))) if name == "LITERAL" else _ANY
    return gate.characters if not gate.any and not gate.digits and gate.characters <= _SPACES else frozenset()
