"""The numbers that a browser writes in front of the items of ``<ol>`` lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_KINDS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)
_HANZI = frozenset(
    ("cjk-ideographic", "simp-chinese-informal", "simp-chinese-formal", "trad-chinese-informal", "chinese")
)
_BULLETS = frozenset(("none", "disc", "circle", "square"))
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class _List:
    kind: str  #: of the counter; empty for bullets
    number: int
    step: int = 1


class ItemCounter:
    """Counts the items of the lists that are open, one inside the other."""

    def __init__(self) -> None:
        self.lists: list[_List] = []

    def open_list(self, element: Any) -> None:
        if element.tag != "ol":
            self.lists.append(_List("", 1))
            return
        backwards = element.get("reversed") is not None
        first = sum(1 for item in element if item.tag == "li") if backwards else 1
        kind = _styled(element) or _KINDS.get(element.get("type", "1"), "decimal")
        self.lists.append(_List(kind, _whole(element.get("start"), first), -1 if backwards else 1))

    def close_list(self) -> None:
        if self.lists:
            self.lists.pop()

    def label(self, item: Any) -> str:
        """What stands in front of ``item``: ``2. ``, ``三、``; nothing for bullets."""
        if not self.lists or not self.lists[-1].kind:
            return ""
        counter = self.lists[-1]
        number = _whole(item.get("value"), counter.number)
        counter.number = number + counter.step
        return _written(number, _styled(item) or counter.kind)


def _styled(element: Any) -> str:
    found = _STYLE.search(element.get("style") or "")
    return found[1].lower() if found else ""


def _whole(written: str | None, default: int) -> int:
    found = re.fullmatch(r"\s*([+-]?\d{1,9})\s*", written or "", re.ASCII)
    return int(found[1]) if found else default


def _written(number: int, kind: str) -> str:
    if kind in _BULLETS:
        return ""
    if kind in _HANZI and 0 < number < 100:
        return f"{_hanzi(number)}、"
    if kind.endswith(("alpha", "latin")) and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter.upper() if kind.startswith('upper') else letter}. "
    if kind.endswith("roman") and 0 < number < 40:
        letters = _roman(number)
        return f"{letters.upper() if kind.startswith('upper') else letters}. "
    return f"{number}. "


def _hanzi(number: int) -> str:
    """A whole number below 100 as it counts things: 十二."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters
