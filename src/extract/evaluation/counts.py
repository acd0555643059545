"""Counts that add up over reports, and the rates that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum


class Measure(StrEnum):
    """What is scored by precision and recall."""

    QUANTITIES = "quantities"
    SPANS = "spans"
    ROLES = "roles"
    SLOTS = "slots"
    PAIRS = "pairs"
    UNANSWERED = "unanswered"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many predictions were right, and how many gold records were found."""

    right: int = 0
    predicted: int = 0
    gold: int = 0
    found: int = 0  #: gold records that a prediction agrees with; of pairs several predictions may agree with one

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right,
            self.predicted + other.predicted,
            self.gold + other.gold,
            self.found + other.found,
        )

    @property
    def precision(self) -> float:
        """The share of predictions that are right; of none, 1 where there was nothing to predict."""
        return self.right / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Counts(right=3, predicted=4, gold=6, found=3).f1
        0.6
        """
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)

    @property
    def rate(self) -> float | None:
        """None where there was nothing to ask."""
        return self.part / self.whole if self.whole else None


Confusion = Mapping[tuple[str, str], int]  #: (gold choice, predicted choice) → how often


def macro_f1(confusion: Confusion) -> float:
    """The mean F1 of the choices that gold knows, each weighing the same.

    >>> macro_f1({("target", "target"): 1, ("actual", "actual"): 1, ("actual", "target"): 1})
    0.6666666666666666
    """
    of_gold, of_predicted = Counter[str](), Counter[str]()
    for (gold, predicted), number in confusion.items():
        of_gold[gold] += number
        of_predicted[predicted] += number
    scores = [2 * confusion.get((each, each), 0) / (of_gold[each] + of_predicted[each]) for each in sorted(of_gold)]
    return fsum(scores) / len(scores) if scores else 0.0
