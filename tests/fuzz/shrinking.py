"""The smallest text that still shows what a large one shows."""

from __future__ import annotations

from collections.abc import Callable

MOST_TRIALS = 4000


def shrunk(text: str, shows: Callable[[str], bool], *, trials: int = MOST_TRIALS) -> str:
    """``text`` with every slice left out that is not needed for ``shows``, then with its characters made plain.

    >>> shrunk("新建泵站14座，投资8.000.00余万元。", lambda text: ".000." in text)
    '.000.'
    """
    left = [trials]

    def holds(candidate: str) -> bool:
        left[0] -= 1
        return left[0] >= 0 and shows(candidate)

    return _plain(_without_slices(text, holds), holds)


def _without_slices(text: str, holds: Callable[[str], bool]) -> str:
    size = len(text) // 2
    while size:
        start = 0
        while start < len(text):
            candidate = text[:start] + text[start + size :]
            if candidate and holds(candidate):
                text = candidate
            else:
                start += size
        size //= 2
    return text


def _plain(text: str, holds: Callable[[str], bool]) -> str:
    """Digits made 1 and other characters made 字, where the text still shows the same."""
    for index, character in enumerate(text):
        plain = "1" if character.isascii() and character.isdigit() else "字"
        candidate = text[:index] + plain + text[index + 1 :]
        if character not in (plain, "1") and holds(candidate):
            text = candidate
    return text
