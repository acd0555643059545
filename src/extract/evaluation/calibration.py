"""Whether a confidence says how often the program is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from typing import NamedTuple

BINS = 10


class Sureness(NamedTuple):
    """How sure the program was of a decision, and whether it was right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """Decisions of about the same confidence."""

    size: int
    confidence: float  #: the mean of what was said
    share: float  #: how many of them were right


def equal_mass_bins(decisions: Sequence[Sureness], *, bins: int = BINS) -> Iterator[Bin]:
    """Decisions in order of confidence, parted into ``bins`` of the same size (the first ones greater by one).

    Of decisions of the same confidence those given first come first. Fewer decisions than bins are a bin each.
    """
    in_order = sorted(decisions, key=lambda each: each.confidence)
    size, more = divmod(len(in_order), bins)
    start = 0
    for index in range(min(bins, len(in_order))):
        part = in_order[start : start + size + (index < more)]
        start += len(part)
        yield Bin(len(part), fsum(each.confidence for each in part) / len(part), sum(e.right for e in part) / len(part))


def calibration_error(decisions: Sequence[Sureness], *, bins: int = BINS) -> float | None:
    """The expected calibration error: the mean distance of confidence and share of right ones, over equal-mass bins.

    None where no decision is given. (Naeini and others 2015; bins of equal mass as in Nguyen and O'Connor 2015.)

    >>> as_said, too_sure = [Sureness(0.5, True), Sureness(0.5, False)], [Sureness(1.0, False)] * 2
    >>> calibration_error(as_said + too_sure, bins=2)
    0.5
    """
    if not decisions:
        return None
    parts = equal_mass_bins(decisions, bins=bins)
    return fsum(abs(part.confidence - part.share) * part.size for part in parts) / len(decisions)
