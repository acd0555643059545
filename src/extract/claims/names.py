"""How alike two names of measures are: shared pairs of characters, words that name nothing left out."""

from __future__ import annotations

import re
from functools import lru_cache

_EMPTY_WORDS = re.compile(
    r"全年|本年度?|今年|当年|年度|完成|实现|达到?|目标|任务|计划|预算|实际|累计|共计|共|数量|数|的|了|为|均|各|全市|全县|全区|全省|我局|等|"
    r"\([^()]*\)|[^一-鿿A-Za-z]"
)


@lru_cache(maxsize=65536)
def character_pairs(name: str) -> frozenset[str]:
    """The neighbouring characters of a name (a name of one character gives that one)."""
    bare = _EMPTY_WORDS.sub("", name)
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1)) if len(bare) > 1 else frozenset(bare)


def likeness(one: str, other: str) -> float:
    """From 0 (nothing shared) to 1 (the shorter name lies wholly in the longer).

    >>> likeness("确认耕地开发项目", "耕地开发项目")
    1.0
    """
    a, b = character_pairs(one), character_pairs(other)
    if not a or not b:
        return 0.0
    return len(a & b) / min(len(a), len(b))


def overlap(one: str, other: str) -> float:
    """Shared pairs of characters against all of them (Dice): high only for names of like length."""
    a, b = character_pairs(one), character_pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
