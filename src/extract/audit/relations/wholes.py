"""How surely parts are all of a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.audit.relations.cues import default_wholes
from extract.audit.relations.records import Figure

FEWEST = 2  #: parts that make a sum
FAR = 16  #: parts that a sentence lists at most
ALL = 0.82  #: how sure a list is that says to be whole, in good order, and comes to too little
LOOSE = 0.55  #: a list in good order beside a figure that a word has as all of something
MERE = 0.3  #: a list in good order behind a figure that it misses by far: nothing but a telling slip speaks for it
_NOT = re.compile(r"尚?未|没有?|无|不|非")
_CLAUSES = re.compile(r"[，、;:。]")


def surety_of(total: Figure, parts: Sequence[Figure], strong: bool, complete: bool) -> float:
    """How surely the parts are all there are: by the words, and by how near their sum comes."""
    added = sum(part.value for part in parts)
    if not total.value or not added:
        return 0.0
    if all(part.before.startswith("+") for part in parts[1:]):
        return 0.9
    off = (added - total.value) / total.value
    if not strong or not complete:
        return 0.8 if off > 0 and strong and off < 0.5 else 0.25
    if len(parts) == 2 and is_whole(parts):
        return 0.85 if abs(off) < 2 else 0.5
    if off > 0:
        return 0.85 if off < 0.5 else 0.45
    return 0.85 if off >= -0.05 else 0.6 if off > -0.3 else 0.25


def is_whole(parts: Sequence[Figure]) -> bool:
    names = [part.before[-24:] for part in parts]
    return _is_negated(names) or any(
        len(words) == len(parts) and all(any(word.search(name) for name in names) for word in words)
        for words in default_wholes()
    )


def _is_negated(names: Sequence[str]) -> bool:
    """Whether two parts are what is so and what is not: 接通438通，未接62通."""
    if len(names) != FEWEST:
        return False
    one, other = (_CLAUSES.split(name.strip("，、;"))[-1] for name in names)
    negated = [_NOT.search(name) for name in (one, other)]
    rest = _NOT.sub("", other) if negated[1] else _NOT.sub("", one)
    return (negated[0] is None) != (negated[1] is None) and bool(set(rest) & set(one if negated[1] else other))
