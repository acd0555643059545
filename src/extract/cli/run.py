"""``extract run``: reports in, records out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from extract.audit.profiles import read_profile
from extract.cli.destinations import Destination, Summaries, destination
from extract.cli.input import refuse_markup, standard_input
from extract.cli.outcomes import DONE, FINDINGS, INTERRUPTED, UNREADABLE, say
from extract.cli.output import Stdout, drop_stdout
from extract.documents import Found, find_documents, read_found
from extract.documents.content import said
from extract.documents.reading import document_from_bytes, file_bytes
from extract.documents.walking import PICTURES, SUFFIXES, passed_over
from extract.errors import LexiconError, ReadError, UsageError, message_in
from extract.extraction import extract
from extract.models import Models, default_models, read_models
from extract.records import Document, Extraction, Severity

MOST_SUMMARIES = 3  #: that ``--summary`` prints beside an output file


def command(arguments: argparse.Namespace) -> int:
    run = _Run(arguments)
    try:
        with run.output() as output:
            run.remember(output.kept)
            for found in uniquely_named(find_documents(arguments.paths)):
                if found.name not in output.finished:
                    run.give(found, output)
    except KeyboardInterrupt:
        say(arguments.lang, en=f"interrupted; {run.kept()}", zh=f"已中断；{run.kept()}")
        return INTERRUPTED
    except BrokenPipeError:
        drop_stdout()
        say(arguments.lang, en="the reader of the output has gone; stopped", zh="输出已被关闭，停止运行")
        return DONE
    except OSError as error:  # of writing: what cannot be read is a ReadError
        where, reason = arguments.output or "stdout", error.strerror or error
        raise UsageError(f"{where}: cannot write: {reason}", zh=f"{where}：无法写入：{reason}") from error
    run.tell_passed_over()
    return run.outcome()


def models_in(folder: Path) -> Models:
    try:
        return read_models(folder)
    except LexiconError as error:
        raise UsageError(f"--model {folder}: {error}", zh=f"--model {folder}：{error}") from error


class _Run:
    """What one run has seen so far."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.read, self.unreadable, self.worst = 0, 0, -1
        self.for_person = arguments.output is None and (arguments.summary or _at_terminal())
        self.profile = None if arguments.profile is None else read_profile(arguments.profile)
        self.models = default_models() if arguments.model is None else models_in(Path(arguments.model))

    def output(self) -> Destination:
        return destination(self.arguments, for_person=self.for_person)

    def remember(self, kept: Iterable[dict[str, Any]]) -> None:
        """What an interrupted run found counts in the outcome of the run that goes on."""
        for record in kept:
            if record["kind"] == "error":
                self.unreadable += 1
            elif record["kind"] == "finding":
                self.worst = max(self.worst, Severity(record["severity"]).rank)

    def give(self, found: Found, output: Destination) -> None:
        """Hands on what is found in one document, or why it could not be read."""
        try:
            found = with_bytes(found) if self.arguments.pages else found
            document = document_of(found)
        except ReadError as error:
            self.unreadable += 1
            reason = message_in(error, self.arguments.lang)
            say(self.arguments.lang, en=reason, zh=reason)
            output.add_error(found.name, error)
            return
        for note in document.notes:
            say(self.arguments.lang, en=f"{found.name}: {note}", zh=f"{found.name}：{said(note, 'zh')}")
        extraction = extract(document, models=self.models, profile=self.profile)
        self.read += 1
        if self.arguments.pages:
            self._tell_of_pages(document)
        self.worst = max([self.worst, *(finding.severity.rank for finding in extraction.findings)])
        output.add(extraction, found.data if isinstance(found.data, bytes) else None)
        if self.arguments.output is not None:
            self._tell(extraction)
            if self.arguments.summary:
                self._show(extraction)

    def _tell_of_pages(self, document: Document) -> None:
        """One line where ``--pages`` has nothing to show."""
        from extract.documents.pdf.reader import MEDIA_TYPE

        if document.media_type != MEDIA_TYPE:
            say(
                self.arguments.lang,
                en=f"{document.name}: no PDF, so --pages has no pages of it to show",
                zh=f"{document.name}：不是 PDF，--pages 没有页面可附",
            )

    def _show(self, extraction: Extraction) -> None:
        """The summaries of the first documents on stdout; whoever closes it early still gets all records."""
        if self.read > MOST_SUMMARIES + 1:
            return
        more = (
            "… 其余报告见输出文件\n" if self.arguments.lang == "zh" else "… the other documents: see the output file\n"
        )
        try:
            if self.read <= MOST_SUMMARIES:
                Summaries(self.arguments.lang).add(extraction)
            Stdout().write(["\n" if self.read <= MOST_SUMMARIES else more])
        except BrokenPipeError:
            drop_stdout()

    def _tell(self, extraction: Extraction) -> None:
        """Progress on stderr: one line a document."""
        counts = (len(extraction.claims), len(extraction.pairs), len(extraction.findings))
        name = extraction.document.name
        say(
            self.arguments.lang,
            en=f"{name}: {counts[0]} claims, {counts[1]} pairs, {counts[2]} findings",
            zh=f"{name}：{counts[0]} 个数字，{counts[1]} 个目标对照，{counts[2]} 个问题",
        )

    def kept(self) -> str:
        zh = self.arguments.lang == "zh"
        if self.arguments.output is None:
            return f"已完成 {self.read} 份" if zh else f"{self.read} documents were finished"
        if self.arguments.format == "html":
            return "未写出网页" if zh else "no page was written"
        return (
            f"已完成的 {self.read} 份已保留，加 --resume 继续"
            if zh
            else (f"the {self.read} documents that were finished are kept; --resume goes on")
        )

    def tell_passed_over(self) -> None:
        """A line on the pictures and one on other files of a folder that look like documents and were not read."""
        pictures, files = list[Path](), list[Path]()
        for file in passed_over(self.arguments.paths):
            (pictures if file.suffix.lower() in PICTURES else files).append(file)
        if pictures:
            kinds = ", ".join(sorted({file.suffix.lower() for file in pictures}))
            say(
                self.arguments.lang,
                en=f"not read: {len(pictures)} pictures in folders ({kinds}); to read one, name it; "
                "that needs text recognition: install zh-claim-extract[ocr]",
                zh=f"未读取：文件夹中的 {len(pictures)} 张图片（{kinds}）；如需读取请逐一指明图片文件，"
                "并安装文字识别：zh-claim-extract[ocr]",
            )
        if files:
            kinds, readable = ", ".join(sorted({file.suffix.lower() for file in files})), ", ".join(SUFFIXES)
            say(
                self.arguments.lang,
                en=f"not read: {len(files)} files of kinds that cannot be read yet ({kinds}); save them as {readable}",
                zh=f"未读取：{len(files)} 个文件的格式暂不支持（{kinds}），请另存为 {readable}",
            )

    def outcome(self) -> int:
        if self.read + self.unreadable == 0 and not self.arguments.resume:
            given, kinds = self.arguments.paths, SUFFIXES
            say(
                self.arguments.lang,
                en=f"nothing to read in {', '.join(given)}: no file of a kind that is read ({', '.join(kinds)})",
                zh=f"{'、'.join(given)} 中没有可读的文件（{'、'.join(kinds)}）",
            )
            return UNREADABLE
        if self.unreadable:
            return UNREADABLE
        bar = self.arguments.fail_on
        return FINDINGS if bar is not None and self.worst >= Severity(bar).rank else DONE


def _at_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def with_bytes(found: Found) -> Found:
    """``found`` with what its file holds, for whoever shows the very file that was read."""
    if found.data is not None:
        return found
    return replace(found, data=standard_input() if found.path is None else file_bytes(found.path))


def document_of(found: Found) -> Document:
    """The document that was found.

    Raises:
        ReadError: if it cannot be read, or is an annotated report.
    """
    if found.path is not None and not found.inside:
        refuse_markup(found.path)
    if found.path is None and found.data is None:
        return document_from_bytes(standard_input(), name=found.name, where="stdin")
    return read_found(found)


def uniquely_named(documents: Iterator[Found]) -> Iterator[Found]:
    """No two of one name: the second is called by its whole path as given, or else numbered until its name is free."""
    taken: set[str] = set()
    for found in documents:
        name = next(name for name in _possible_names(found) if name not in taken)
        taken.add(name)
        yield replace(found, name=name)


def _possible_names(found: Found) -> Iterator[str]:
    yield found.name
    whole = found.name
    if found.path is not None:
        whole = "/".join((found.path.as_posix(), found.inside)).rstrip("/")
        yield whole
    yield from (f"{whole} ({number})" for number in count(2))
