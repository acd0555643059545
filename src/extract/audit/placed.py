"""Claims by where they stand in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from extract.offsets import CharSpan
from extract.records import Claim


class PlacedClaims:
    """Some claims of a document in text order, so that those of a stretch are found without a look at the others."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.claims = tuple(sorted(claims, key=lambda claim: claim.span.start))
        self._starts = [claim.span.start for claim in self.claims]

    def within(self, span: CharSpan) -> tuple[Claim, ...]:
        """Those that begin in a stretch of the text."""
        return self.claims[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
