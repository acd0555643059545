"""Where a run's results go: JSON Lines, a summary at the terminal, a folder of CSV files, or a page."""

from __future__ import annotations

import argparse
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from extract.cli.output import RecordFile, Stdout
from extract.errors import ReadError, UsageError
from extract.export.jsonl import error_record, extraction_records, json_line
from extract.records import Extraction


class Destination(Protocol):
    """Takes documents one by one; what it makes is whole when it closes without an error."""

    @property
    def finished(self) -> frozenset[str]:
        """Documents that an earlier run has already given."""
        ...

    @property
    def kept(self) -> tuple[dict[str, Any], ...]:
        """Errors and findings of those documents, which count in the outcome."""
        ...

    def add(self, extraction: Extraction, source: bytes | None = None) -> None:
        """Takes what is in one document; ``source`` is its file, for whoever shows it."""
        ...

    def add_error(self, name: str, error: ReadError) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...


class JsonLines:
    """Records, one a line, on stdout or in a file."""

    def __init__(self, lines: RecordFile | Stdout, *, everything: bool) -> None:
        self.lines, self.everything = lines, everything
        self.finished, self.kept = lines.finished, lines.kept

    def add(self, extraction: Extraction, source: bytes | None = None) -> None:
        self.lines.write([json_line(record) for record in extraction_records(extraction, everything=self.everything)])

    def add_error(self, name: str, error: ReadError) -> None:
        self.lines.write([json_line(error_record(name, "read", str(error)))])

    def __enter__(self) -> Self:
        self.lines.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.lines.__exit__(kind, error, trace)


class Summaries:
    """What a person reads at the terminal; errors stand on stderr only."""

    finished: frozenset[str] = frozenset()
    kept: tuple[dict[str, Any], ...] = ()

    def __init__(self, language: str) -> None:
        self.language = language

    def add(self, extraction: Extraction, source: bytes | None = None) -> None:
        from extract.cli.summary import render_summary

        Stdout().write([render_summary(extraction, language=self.language)])

    def add_error(self, name: str, error: ReadError) -> None:
        return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return


def destination(arguments: argparse.Namespace, *, for_person: bool) -> Destination:
    """What ``--format`` and ``-o`` ask for.

    Raises:
        UsageError: if they do not go together.
    """
    output = None if arguments.output is None else Path(arguments.output)
    if arguments.format == "csv":
        from extract.export.csv_folder import CsvFolder

        folder = _needed(output, "csv", "a folder", "文件夹")
        return CsvFolder(folder, everything=arguments.everything, resume=arguments.resume)
    if arguments.format == "html":
        if arguments.resume:
            raise UsageError(
                "--resume goes with --format jsonl or csv; a page is written anew each time",
                zh="--resume 只用于 --format jsonl 或 csv；网页每次重新生成",
            )
        from extract.export.html.page import HtmlPage

        return HtmlPage(_needed(output, "html", "OUT.html", "OUT.html"), pages=arguments.pages)
    if for_person:
        return Summaries(arguments.lang)
    lines = Stdout() if output is None else RecordFile(output, resume=arguments.resume)
    return JsonLines(lines, everything=arguments.everything)


def _needed(output: Path | None, form: str, en: str, zh: str) -> Path:
    if output is None:
        raise UsageError(
            f"--format {form} is written to {en}; say which with -o OUT",
            zh=f"--format {form} 需要写入{zh}；请用 -o 指定",
        )
    return output
