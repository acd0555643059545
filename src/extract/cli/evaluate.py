"""``extract evaluate``: how well the program, or given predictions, agree with annotations."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from extract.annotation.files import find_annotated, read_annotated
from extract.annotation.markup import AnnotatedReport
from extract.cli.outcomes import DONE, UNREADABLE, say
from extract.cli.output import Stdout, drop_stdout
from extract.cli.scoreboard import render_scores, score_record
from extract.documents.reading import document_from_bytes
from extract.errors import MarkupError, ReadError, UsageError, message_in
from extract.evaluation.groups import group_of
from extract.evaluation.predictions import Predictions, predictions_of, read_predictions
from extract.evaluation.score import Score, added, score_report
from extract.export.jsonl import json_line
from extract.extraction import extract

_Scored = dict[str, tuple[AnnotatedReport, Score]]  #: by the report's name


def command(arguments: argparse.Namespace) -> int:
    evaluation = _Evaluation(arguments)
    try:
        scored = evaluation.scored()
        if not scored:
            return UNREADABLE
        total = added(score for _, score in scored.values())
        groups = _grouped(scored, arguments.by) if arguments.by else {}
        if arguments.json:
            record = score_record(tuple(scored), total, groups, grouping=arguments.by, most=arguments.errors)
            Stdout().write([json_line(record)])
        else:
            page = render_scores(tuple(scored), total, groups, most=arguments.errors, language=arguments.lang)
            Stdout().write([page])
    except ReadError as error:
        return evaluation.unreadable(error)
    except BrokenPipeError:
        drop_stdout()
    return evaluation.outcome


class _Evaluation:
    """What is measured, and what of it could not be read so far."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments, self.outcome = arguments, DONE

    def unreadable(self, error: ReadError | MarkupError) -> int:
        message = message_in(error, self.arguments.lang)
        say(self.arguments.lang, en=message, zh=message)
        self.outcome = UNREADABLE
        return UNREADABLE

    def scored(self) -> _Scored:
        """Every report that can be read, with its score."""
        files = self.arguments.predictions
        given = read_predictions(map(Path, files)) if files is not None else None
        reports = {report.name: report for report in self._reports()}
        if given is None:
            return {name: (report, score_report(report, _run_on(report))) for name, report in reports.items()}
        self._tell_unmatched(reports, given)
        both = [name for name in reports if name in given]
        return {name: (reports[name], score_report(reports[name], given[name])) for name in both}

    def _reports(self) -> Iterator[AnnotatedReport]:
        texts = None if self.arguments.texts is None else Path(self.arguments.texts)
        for file in find_annotated(self.arguments.gold):
            try:
                yield read_annotated(file, texts=texts)
            except (ReadError, MarkupError) as error:
                self.unreadable(error)

    def _tell_unmatched(self, reports: Mapping[str, object], given: Mapping[str, Predictions]) -> None:
        """Refuses predictions for reports without gold; names, on stderr, reports that nothing is predicted for."""
        strangers = sorted(given.keys() - reports.keys())
        if strangers and self.outcome == DONE:
            raise UsageError(
                f"no gold for {', '.join(strangers)}; give its annotations too, or leave its predictions out",
                zh=f"{'、'.join(strangers)} 没有标注；请一并给出其标注，或去掉其预测结果",
            )
        silent = sorted(reports.keys() - given.keys())
        if silent:
            names = ", ".join(silent)
            say(self.arguments.lang, en=f"not scored, no predictions: {names}", zh=f"没有预测结果，未计分：{names}")


def _run_on(report: AnnotatedReport) -> Predictions:
    """What the program finds in the report's text."""
    document = document_from_bytes(report.text.encode("utf-8"), name=f"{report.name}.txt", where=report.name)
    return predictions_of(extract(document))


def _grouped(scored: _Scored, grouping: str) -> dict[str, tuple[int, Score]]:
    """Group → how many reports it has, and their score; groups in order of their names."""
    groups: dict[str, list[Score]] = {}
    for report, score in scored.values():
        groups.setdefault(group_of(report, grouping), []).append(score)
    return {group: (len(scores), added(scores)) for group, scores in sorted(groups.items())}
