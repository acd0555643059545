"""``extract audit``: what a reviewer asks of reports, most severe first."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from extract.audit.profiles import read_profile
from extract.cli.accepting import Accepted, Key, key_of, read_accepted, write_accepted
from extract.cli.outcomes import DONE, FINDINGS, UNREADABLE, say
from extract.cli.output import Stdout, drop_stdout
from extract.cli.run import document_of, models_in, uniquely_named
from extract.cli.verdicts import Shown, render_audit, render_totals
from extract.documents import Found, find_documents
from extract.documents.docx import MEDIA_TYPE
from extract.errors import ReadError, UsageError, message_in
from extract.extraction import extract
from extract.models import default_models
from extract.records import Extraction, Finding, Severity


def command(arguments: argparse.Namespace) -> int:
    if arguments.accept_all is not None and (arguments.accept is None or not arguments.accept_all.strip()):
        raise UsageError(
            "--accept-all REASON goes with --accept FILE and a reason that is not empty",
            zh="--accept-all 须与 --accept 文件 同用，且理由不能为空",
        )
    if (arguments.accept_all or "").lstrip()[:1] in ("=", "+", "-", "@"):
        raise UsageError(
            "--accept-all: a reason that begins with = + - or @ is a formula to spreadsheets; begin it with a word",
            zh="--accept-all：理由不能以 = + - @ 开头（电子表格会当作公式）；请以文字开头",
        )
    documents: Iterable[Found] = uniquely_named(find_documents(arguments.paths))
    if arguments.comments is not None:
        documents = (_one_file(documents),)
    audit = _Audit(arguments)
    try:
        for found in documents:
            try:
                document = document_of(found)
            except ReadError as error:
                audit.unreadable += 1
                reason = message_in(error, arguments.lang)
                say(arguments.lang, en=reason, zh=reason)
                continue
            audit.give(extract(document, models=audit.models, profile=audit.profile), found.path)
        audit.close()
    except BrokenPipeError:
        drop_stdout()
    return audit.outcome()


def _one_file(documents: Iterable[Found]) -> Found:
    """The only one of ``documents``, which lies in a file of its own.

    Raises:
        UsageError: if there are others, or it is in an archive or on standard input.
    """
    first = list(islice(documents, 2))
    if len(first) != 1 or first[0].path is None or first[0].inside:
        raise _not_one_word_file()
    return first[0]


def _not_one_word_file() -> UsageError:
    return UsageError(
        "--comments takes one Word report (.docx); give that file alone",
        zh="--comments 只用于一份 Word 报告（.docx）；请只给出该文件",
    )


class _Audit:
    """What one audit has seen so far."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.profile = None if arguments.profile is None else read_profile(arguments.profile)
        self.models = default_models() if arguments.model is None else models_in(Path(arguments.model))
        self.file = None if arguments.accept is None else Path(arguments.accept)
        accepts = arguments.accept_all is not None
        self.accepted = {} if self.file is None else read_accepted(self.file, may_be_new=accepts)
        self.used: set[Key] = set()
        self.newly = 0  #: how many findings ``--accept-all`` has accepted
        self.unreadable, self.worst = 0, -1
        self.shown: list[Shown] = []
        self.comments = None if arguments.comments is None else Path(arguments.comments)

    def give(self, extraction: Extraction, path: Path | None) -> None:
        """Prints what is found in one document."""
        if self.arguments.accept_all is not None:
            newly = {row.key: row for row in self._open(extraction)}
            self.accepted |= newly
            self.newly += len(newly)
        shown = self._split(extraction)
        self.worst = max([self.worst, *(finding.severity.rank for finding in shown.open)])
        self.shown.append(shown)
        if self.comments is not None:
            self._comment(extraction, shown.open, path)
        Stdout().write([render_audit(shown, language=self.arguments.lang)])

    def _open(self, extraction: Extraction) -> Iterator[Accepted]:
        """The findings that are not accepted yet, with the reason given for all; hints need none."""
        for finding in extraction.findings:
            key = key_of(finding, extraction)
            if key not in self.accepted and finding.severity is not Severity.HINT:
                yield Accepted(self.arguments.accept_all, key)

    def _split(self, extraction: Extraction) -> Shown:
        opened, kept = list[Finding](), list[tuple[Finding, str]]()
        for finding in extraction.findings:
            accepted = self.accepted.get(key_of(finding, extraction))
            if accepted is None:
                opened.append(finding)
            else:
                self.used.add(accepted.key)
                kept.append((finding, accepted.reason))
        return Shown(extraction, tuple(opened), tuple(kept))

    def _comment(self, extraction: Extraction, findings: tuple[Finding, ...], path: Path | None) -> None:
        if self.comments is None or path is None or extraction.document.media_type != MEDIA_TYPE:
            raise _not_one_word_file()
        from extract.export.docx_comments import write_comments

        written = write_comments(path, self.comments, extraction.document, findings)
        say(
            self.arguments.lang,
            en=f"{self.comments}: a copy of {path.name} with {written} comments",
            zh=f"{self.comments}：已另存 {path.name}，含批注 {written} 条",
        )

    def close(self) -> None:
        """The totals of several documents, and what of the accepted findings is gone."""
        if len(self.shown) > 1:
            Stdout().write([render_totals(self.shown, language=self.arguments.lang)])
        if self.file is not None and self.arguments.accept_all is not None:
            write_accepted(self.file, self.accepted.values())
            say(
                self.arguments.lang,
                en=f"{self.file}: {self.newly} findings written as accepted, {len(self.accepted)} in all (no hints)",
                zh=f"{self.file}：新写入 {self.newly} 条已接受的问题，共 {len(self.accepted)} 条（提示不写入）",
            )
        names = {shown.extraction.document.name for shown in self.shown}
        gone = [key for key in self.accepted if key not in self.used and key[1] in names]
        if gone:
            say(
                self.arguments.lang,
                en=f"{len(gone)} accepted findings are no longer found (mended, or their figures changed)",
                zh=f"有 {len(gone)} 条已接受的问题不再出现（已更正，或数字有变）",
            )

    def outcome(self) -> int:
        if self.unreadable or not self.shown:
            if not self.shown and not self.unreadable:
                where = ", ".join(self.arguments.paths)
                say(self.arguments.lang, en=f"nothing to read in {where}", zh=f"{where} 中没有可读的文件")
            return UNREADABLE
        bar = self.arguments.fail_on
        return FINDINGS if bar is not None and self.worst >= Severity(bar).rank else DONE
