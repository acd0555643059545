"""Which texts take far longer than others of their length."""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Callable

FAR_ABOVE = 30.0  #: times the median cost of a character
AT_LEAST = 0.02  #: seconds; below, a text is too quick for its time to mean anything
FIXED = 40  #: characters that the cost of a call as such is worth
KEPT = 2000  #: calls that the median is taken of
ENOUGH = 200  #: calls before there is a median to speak of
AGAIN = 3  #: times that a slow text is read once more: an interruption is not the text's fault


class SlowTexts:
    """Remembers what a character costs at the median, and tells the texts that cost far more."""

    def __init__(self) -> None:
        self._rates: deque[float] = deque(maxlen=KEPT)
        self._median = 0.0

    def excess(self, text: str, read: Callable[[str], object]) -> float | None:
        """How many times the median cost of a character ``text`` took, when that is far above it and stays so."""
        seconds = seconds_of(read, text)
        self._remember(seconds / (len(text) + FIXED))
        if not self._is_slow(seconds, text):
            return None
        seconds = min(seconds_of(read, text) for _ in range(AGAIN))
        return seconds / (len(text) + FIXED) / self._median if self._is_slow(seconds, text) else None

    def _remember(self, rate: float) -> None:
        self._rates.append(rate)
        if len(self._rates) >= ENOUGH and (not self._median or len(self._rates) % ENOUGH == 0):
            self._median = statistics.median(self._rates)

    def _is_slow(self, seconds: float, text: str) -> bool:
        return self._median > 0 and seconds > AT_LEAST and seconds > FAR_ABOVE * self._median * (len(text) + FIXED)


def seconds_of(read: Callable[[str], object], text: str) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    read(text)
    return time.process_time() - start
