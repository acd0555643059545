"""How far two people agree who annotated the same reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

from extract.annotation.markup import AnnotatedReport
from extract.errors import UsageError
from extract.evaluation.comparison import Comparison, compared
from extract.evaluation.counts import Confusion, Counts, Measure, Share
from extract.evaluation.mistakes import Mistake
from extract.evaluation.predictions import predictions_from_report
from extract.evaluation.score import ShareName, score_report

_COUNTED = (Measure.QUANTITIES, Measure.SPANS, Measure.PAIRS, Measure.UNANSWERED, Measure.FINDINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Counts of the second annotation against the first; the other way round precision and recall change."""

    counts: Mapping[Measure, Counts] = field(default_factory=lambda: dict.fromkeys(_COUNTED, Counts()))
    roles: Confusion = field(default_factory=dict)  #: of mentions that both marked
    slots: Confusion = field(default_factory=dict)
    verdicts: Share = field(default_factory=Share)
    disagreements: tuple[Mistake, ...] = ()  #: gold is the first annotation, predicted the second

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            counts={measure: self.counts[measure] + other.counts[measure] for measure in _COUNTED},
            roles=Counter(self.roles) + Counter(other.roles),
            slots=Counter(self.slots) + Counter(other.slots),
            verdicts=self.verdicts + other.verdicts,
            disagreements=self.disagreements + other.disagreements,
        )


def agreement_on(one: AnnotatedReport, other: AnnotatedReport) -> Agreement:
    """The agreement of two annotations of one text.

    Raises:
        UsageError: if the texts differ, so that places cannot be compared.
    """
    if one.text != other.text:
        line = _first_other_line(one.text, other.text)
        raise UsageError(
            f"{one.name}: the two texts differ from line {line} on; annotate the same text",
            zh=f"{one.name}：两份文本自第 {line} 行起不同；请标注同一文本",
        )
    predictions = predictions_from_report(other)
    score, comparison = score_report(one, predictions), compared(one, predictions)
    return Agreement(
        counts={measure: score.counts[measure] for measure in _COUNTED},
        roles=score.confusion,
        slots=_slots(comparison),
        verdicts=score.shares[ShareName.VERDICT],
        disagreements=score.mistakes,
    )


def agreements_added(agreements: Iterable[Agreement]) -> Agreement:
    return reduce(Agreement.__add__, agreements, Agreement())


def _slots(comparison: Comparison) -> Confusion:
    return Counter((mention.slot, comparison.claims[claim_id].slot) for claim_id, mention in comparison.matched.items())


def _first_other_line(one: str, other: str) -> int:
    lines = zip(one.split("\n"), other.split("\n"), strict=False)
    same = next((n for n, (a, b) in enumerate(lines) if a != b), min(one.count("\n"), other.count("\n")) + 1)
    return same + 1


def observed(confusion: Confusion) -> Share:
    """How often both chose the same.

    >>> observed({("target", "target"): 3, ("actual", "target"): 1}).rate
    0.75
    """
    return Share(sum(n for (one, other), n in confusion.items() if one == other), sum(confusion.values()))


def kappa(confusion: Confusion) -> float | None:
    """Cohen's kappa: agreement beyond what choosing at random with the same preferences would give.

    None where nothing was compared; 1 where both always chose one and the same.

    >>> kappa({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15})
    0.4
    """
    of_one, of_other = Counter[str](), Counter[str]()
    for (one, other), number in confusion.items():
        of_one[one] += number
        of_other[other] += number
    share = observed(confusion)
    if not share.whole:
        return None
    # counts, not shares, so that whole numbers are divided once
    by_chance = sum(of_one[each] * of_other[each] for each in of_one)
    beyond = share.whole * share.whole - by_chance
    return (share.part * share.whole - by_chance) / beyond if beyond else 1.0
