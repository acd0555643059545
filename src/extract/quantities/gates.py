"""Which characters a pattern can begin with (or end with): what tells in advance that it cannot fit at a place.

A gate errs on the side of letting through: what it cannot tell, it admits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]  # the tree of a pattern; stdlib has no public name for it
_SPACES = frozenset(" \t\n\r\f\v")
_LONGEST = 2**31


@dataclass(frozen=True, slots=True)
class Gate:
    """The characters that can stand first, looked at from the number."""

    any: bool = False  #: every character can, or none need
    characters: frozenset[str] = frozenset()
    digits: bool = False
    spaces: bool = False  #: spaces may stand between
    edge: bool = False  #: the beginning or the end of a line

    def admits(self, character: str) -> bool:
        return self.any or character in self.characters or (self.digits and character.isdigit())

    def stands_by(self, next_to: str, beyond: str) -> bool:
        """Whether the pattern can fit beside ``next_to``; ``beyond`` is the first character that is no space."""
        if self.any or self.admits(next_to) or (self.edge and (next_to == "\n" or next_to == "\r")):
            return True
        if next_to in _SPACES and self.spaces:
            return self.admits(beyond) or self.edge
        return False

    def __or__(self, other: Gate) -> Gate:
        return Gate(
            self.any or other.any,
            self.characters | other.characters,
            self.digits or other.digits,
            self.spaces or other.spaces,
            self.edge or other.edge,
        )


_ANY, _NONE = Gate(any=True), Gate()


def gate_behind(pattern: str) -> Gate:
    """What can stand right behind a number for ``pattern`` to fit there."""
    return _gate(pattern, backwards=False)


def gate_in_front(pattern: str) -> Gate:
    """What can stand right in front of a number for ``pattern`` to fit there."""
    return _gate(pattern, backwards=True)


def gate_of_number(pattern: str) -> tuple[Gate, int, int]:
    """What a number that fits ``pattern`` begins with, and its least and greatest length."""
    if not pattern:
        return _ANY, 0, _LONGEST
    try:
        least, most = _parser.parse(pattern).getwidth()
    except re.error:
        return _ANY, 0, _LONGEST
    return _gate(pattern, backwards=False), least, min(most, _LONGEST)


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
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, _, inner = value
        own, passes = _of_sequence(list(inner), backwards)
        if _is_space(list(inner)):
            return Gate(spaces=True, characters=_SPACES if least else frozenset()), True
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
            return _ANY  # a negated set, a long range
    return Gate(characters=frozenset(characters), digits=digits)


def _is_space(items: list[Any]) -> bool:
    if len(items) != 1:
        return False
    name, value = str(items[0][0]), items[0][1]
    if name == "LITERAL":
        return bool(value == 32)
    return name == "IN" and [str(kind) + str(what) for kind, what in value] == ["CATEGORYCATEGORY_SPACE"]
