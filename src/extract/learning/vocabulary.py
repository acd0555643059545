"""The words of the reports that a model is trained with, as jieba finds them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_CHINESE = re.compile(r"[一-鿿]+")
LONGEST = 6


def vocabulary_of(texts: Iterable[str], *, fewest: int = 3) -> tuple[str, ...]:
    """Words of two to six characters that stand in at least ``fewest`` of the texts, in order of code points."""
    import jieba

    jieba.setLogLevel(60)
    texts_with: Counter[str] = Counter()
    for text in texts:
        words = {word for run in _CHINESE.findall(text) for word in jieba.cut(run, HMM=False)}
        texts_with.update(word for word in words if 2 <= len(word) <= LONGEST)
    return tuple(sorted(word for word, count in texts_with.items() if count >= fewest))
