"""``extract annotate agreement A B``: how far two people agree who annotated the same reports."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.annotation.files import find_annotated, read_annotated
from extract.annotation.markup import AnnotatedReport
from extract.cli.outcomes import DONE, UNREADABLE, say
from extract.cli.output import Stdout, drop_stdout
from extract.cli.scoreboard import (
    board,
    measures_table,
    mistake_records,
    numbers_table,
    print_mistakes,
    rates,
    words,
    written_rate,
)
from extract.errors import MarkupError, ReadError, UsageError, message_in
from extract.evaluation.agreement import Agreement, agreement_on, agreements_added, kappa, observed
from extract.export.jsonl import json_line

_ZH = {"choice": "选择", "agree": "一致率", "kappa": "Kappa", "compared": "比较数", "verdicts": "结论"}


def command(arguments: argparse.Namespace) -> int:
    if len(arguments.paths) != 2:
        raise UsageError(
            f"agreement compares two annotations, and {len(arguments.paths)} were given; give two files or folders",
            zh=f"agreement 比较两份标注，现给出 {len(arguments.paths)} 份；请给出两个文件或文件夹",
        )
    texts = None if arguments.texts is None else Path(arguments.texts)
    try:
        one, other = (_reports(path, texts) for path in arguments.paths)
        both = _in_both(one, other, arguments.lang)
        agreement = agreements_added(agreement_on(one[name], other[name]) for name in both)
        Stdout().write(
            [_record_line(both, agreement, arguments) if arguments.json else _page(both, agreement, arguments)]
        )
    except (ReadError, MarkupError) as error:
        message = message_in(error, arguments.lang)
        say(arguments.lang, en=message, zh=message)
        return UNREADABLE
    except BrokenPipeError:
        drop_stdout()
    return DONE


def _reports(path: str, texts: Path | None) -> dict[str, AnnotatedReport]:
    return {file.name: read_annotated(file, texts=texts) for file in find_annotated([path])}


def _in_both(one: Mapping[str, object], other: Mapping[str, object], language: str) -> Sequence[str]:
    """Names of the reports that both annotated; the others are named on stderr."""
    both, alone = sorted(one.keys() & other.keys()), ", ".join(sorted(one.keys() ^ other.keys()))
    if not both:
        raise UsageError(
            f"no report is annotated in both, only {alone}; annotations of a report carry the same file name",
            zh=f"没有两份标注都包含的报告（{alone}）；同一报告的标注文件名应相同",
        )
    if alone:
        say(language, en=f"annotated once, not compared: {alone}", zh=f"只有一份标注，未比较：{alone}")
    return both


def _choices(agreement: Agreement) -> dict[str, tuple[float | None, float | None, int]]:
    """What was chosen → observed agreement, kappa where it is asked, and how often both chose."""
    tables = {"roles": agreement.roles, "slots": agreement.slots}
    out = {name: (observed(table).rate, kappa(table), observed(table).whole) for name, table in tables.items()}
    return out | {"verdicts": (agreement.verdicts.rate, None, agreement.verdicts.whole)}


def _record_line(names: Sequence[str], agreement: Agreement, arguments: argparse.Namespace) -> str:
    record: dict[str, Any] = {
        "documents": list(names),
        "stages": {measure.value: rates(counts) for measure, counts in agreement.counts.items()},
    }
    for name, (share, beyond_chance, compared) in _choices(agreement).items():
        record[name] = {"agree": share, "kappa": beyond_chance, "compared": compared}
    if arguments.errors:
        record["errors"] = mistake_records(agreement.disagreements, arguments.errors)
    return json_line(record)


def _page(names: Sequence[str], agreement: Agreement, arguments: argparse.Namespace) -> str:
    label = {**words("zh"), **_ZH} if arguments.lang == "zh" else {}
    buffer, console = board()
    console.print(" ".join(names), style="dim")
    console.print(measures_table(agreement.counts, label))
    console.print()
    table = numbers_table([label.get(head, head) for head in ("choice", "agree", "kappa", "compared")])
    for name, (share, beyond_chance, compared) in _choices(agreement).items():
        table.add_row(label.get(name, name), written_rate(share), written_rate(beyond_chance), str(compared))
    console.print(table)
    print_mistakes(console, agreement.disagreements, arguments.errors, label)
    return buffer.getvalue()
