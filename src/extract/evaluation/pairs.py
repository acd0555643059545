"""Scores of pairs, their verdicts, and of targets that nothing answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.annotation.markup import GoldPair
from extract.evaluation.comparison import Comparison
from extract.evaluation.counts import Counts, Share
from extract.evaluation.mistakes import Mistake, MistakeKind, mistake
from extract.evaluation.predictions import PredictedPair
from extract.evaluation.sameness import same_value
from extract.records import Answer, Verdict

_COMPARED = (Verdict.MET, Verdict.EXCEEDED, Verdict.MISSED)  #: verdicts that are asked; unclear and budget are not

_Hits = Sequence[tuple[PredictedPair, Sequence[GoldPair]]]  #: a predicted pair and the gold pairs that it says


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScore:
    pairs: Counts
    unanswered: Counts
    verdicts: Share
    mistakes: tuple[Mistake, ...]


def score_pairs(comparison: Comparison) -> PairScore:
    """What is right of the pairs and open targets of a report; the same pair given twice counts once."""
    wanted = [pair for pair in comparison.report.pairs if pair.actual is not None]
    hits = [(pair, [each for each in wanted if _says(comparison, pair, each)]) for pair in _given(comparison)]
    found = {(each.target, each.actual) for _, answered in hits for each in answered}
    opened = _Open(comparison)
    return PairScore(
        pairs=Counts(
            right=sum(bool(answered) for _, answered in hits),
            predicted=len(hits),
            gold=len(wanted),
            found=sum((pair.target, pair.actual) in found for pair in wanted),
        ),
        unanswered=Counts(len(opened.right), len(opened.predicted), len(opened.gold), len(opened.right)),
        verdicts=_verdicts(hits),
        mistakes=(
            *_wrong_pairs(comparison, hits),
            *_missed_pairs(comparison, [pair for pair in wanted if (pair.target, pair.actual) not in found]),
            *_wrong_verdicts(comparison, hits),
            *opened.mistakes(),
        ),
    )


def _given(comparison: Comparison) -> Sequence[PredictedPair]:
    """The pairs of two claims in annotated stretches; of those of the same claims the last."""
    given = {}
    for pair in comparison.predictions.pairs:
        ends = {pair.target, pair.actual}
        if ends <= comparison.claims.keys() and not ends & comparison.outside:
            given[pair.target, pair.actual] = pair
    return tuple(given.values())


def _says(comparison: Comparison, pair: PredictedPair, wanted: GoldPair) -> bool:
    target, actual = comparison.name_of(pair.target), comparison.name_of(pair.actual)
    if target is None or actual is None or wanted.actual is None:
        return False
    return _stands_for(comparison, target, wanted.target) and _stands_for(comparison, actual, wanted.actual)


def _stands_for(comparison: Comparison, name: str, other: str) -> bool:
    """Whether two mentions are one, or say the same of the same slot in the same role: reports repeat themselves."""
    if name == other:
        return True
    one, two = comparison.mentions[name], comparison.mentions[other]
    return (one.role, one.slot) == (two.role, two.slot) and same_value(one, two, comparison.surface(two))


def _judged(hits: _Hits) -> Iterator[tuple[PredictedPair, GoldPair]]:
    """Right pairs whose verdict is asked, each with the first gold pair that it says."""
    for pair, answered in hits:
        if answered and answered[0].verdict in _COMPARED:
            yield pair, answered[0]


def _verdicts(hits: _Hits) -> Share:
    judged = [pair.verdict == wanted.verdict for pair, wanted in _judged(hits)]
    return Share(sum(judged), len(judged))


def _wrong_verdicts(comparison: Comparison, hits: _Hits) -> Iterator[Mistake]:
    for pair, wanted in _judged(hits):
        if pair.verdict != wanted.verdict:
            span = comparison.claims[pair.target].span
            gold = f"{_written_pair(comparison, wanted)}: {wanted.verdict}"
            yield mistake(
                MistakeKind.WRONG_VERDICT, comparison.report, span, gold=gold, predicted=pair.verdict or "none"
            )


def _wrong_pairs(comparison: Comparison, hits: _Hits) -> Iterator[Mistake]:
    answers = _gold_answers(comparison)
    for pair, answered in hits:
        if not answered and pair.actual is not None:
            target = comparison.claims[pair.target]
            yield mistake(
                MistakeKind.WRONG_PAIR,
                comparison.report,
                target.span,
                gold=answers.get(comparison.name_of(target.id) or "", "no target"),
                predicted=f"← {_placed(comparison, pair.actual)}",
            )


def _missed_pairs(comparison: Comparison, missed: Sequence[GoldPair]) -> Iterator[Mistake]:
    said = _predicted_answers(comparison)
    for pair in missed:
        span = comparison.mentions[pair.target].span
        gold, predicted = _written_pair(comparison, pair), said.get(pair.target, "no target")
        yield mistake(MistakeKind.MISSED_PAIR, comparison.report, span, gold=gold, predicted=predicted)


def _gold_answers(comparison: Comparison) -> Mapping[str, str]:
    """Name of a target → how the annotator answered it."""
    return {pair.target: _written_pair(comparison, pair) for pair in comparison.report.pairs}


def _predicted_answers(comparison: Comparison) -> Mapping[str, str]:
    """Name of a mention → how its target claim was answered."""
    answers = {}
    for pair in comparison.predictions.pairs:
        name = comparison.name_of(pair.target)
        if name is not None:
            answers[name] = f"← {_placed(comparison, pair.actual)}" if pair.actual in comparison.claims else pair.answer
    return answers


def _written_pair(comparison: Comparison, pair: GoldPair) -> str:
    if pair.actual is None:
        return pair.verdict
    actual = comparison.mentions[pair.actual]
    line = comparison.report.text.count("\n", 0, actual.span.start) + 1
    return f"← {comparison.surface(actual)} (L{line})"


def _placed(comparison: Comparison, claim_id: str | None) -> str:
    if claim_id is None:
        return ""
    span, text = comparison.claims[claim_id].span, comparison.report.text
    return f"{span.of(text)} (L{text.count(chr(10), 0, span.start) + 1})"


class _Open:
    """Targets that nothing answers, on both sides; those answered in words only count neither way."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        open_pairs = [pair for pair in comparison.report.pairs if pair.actual is None]
        self.in_words = {pair.target for pair in open_pairs if pair.verdict == "in_words"}
        self.gold = {pair.target for pair in open_pairs} - self.in_words
        self.predicted = {pair.target for pair in comparison.predictions.pairs if self._is_open(pair)}
        self.right = {name for name in map(comparison.name_of, self.predicted) if name in self.gold}

    def _is_open(self, pair: PredictedPair) -> bool:
        if pair.actual is not None or pair.answer == Answer.WORDS:
            return False
        known = pair.target in self.comparison.claims and pair.target not in self.comparison.outside
        return known and self.comparison.name_of(pair.target) not in self.in_words

    def mistakes(self) -> Iterator[Mistake]:
        report, claims = self.comparison.report, self.comparison.claims
        gold, predicted = _gold_answers(self.comparison), _predicted_answers(self.comparison)
        for target in sorted(self.predicted, key=lambda each: claims[each].span):
            name = self.comparison.name_of(target)
            if name not in self.gold:
                answer = gold.get(name or "", "no target")
                yield mistake(
                    MistakeKind.WRONG_UNANSWERED, report, claims[target].span, gold=answer, predicted="unanswered"
                )
        for name in sorted(self.gold - self.right, key=lambda each: self.comparison.mentions[each].span):
            span, answer = self.comparison.mentions[name].span, predicted.get(name, "no target")
            yield mistake(MistakeKind.MISSED_UNANSWERED, report, span, gold="unanswered", predicted=answer)
