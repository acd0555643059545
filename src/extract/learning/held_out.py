"""How well models do on reports that they were not trained with."""

from __future__ import annotations

from collections.abc import Iterator

from extract.evaluation.predictions import predictions_of
from extract.evaluation.score import Score, score_report
from extract.extraction import extract
from extract.learning.examples import Example
from extract.models import Models


def held_out_scores(examples: tuple[Example, ...], models: Models) -> Iterator[tuple[Example, Score]]:
    """The score of the whole program on each report, with models that have not seen it."""
    for example in examples:
        yield example, score_report(example.report, predictions_of(extract(example.document, models=models)))
