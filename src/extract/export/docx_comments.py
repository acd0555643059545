"""Findings as comments in a copy of a Word report (the extra ``word``).

A comment's range goes around the runs that hold the finding's first figure; around its whole paragraph where the figure
cannot be told from the runs (fields, equations). What stands in footnotes is commented at the report's first paragraph.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from extract.documents.docx import PARAGRAPH, paragraphs_of
from extract.documents.reading import file_bytes
from extract.errors import UsageError
from extract.export.html.words import default_words
from extract.offsets import CharSpan
from extract.records import Document, Finding

AUTHOR, INITIALS = "extract", "ex"


def write_comments(source: Path, target: Path, document: Document, findings: Sequence[Finding]) -> int:
    """Writes a copy of ``source`` with a comment for each finding; how many there are.

    Raises:
        UsageError: if python-docx is missing, the copy would replace the report or another file or cannot be written,
            or the report changed since it was read.
    """
    if target.resolve() == source.resolve():
        raise UsageError(
            f"--comments {target}: would replace the report itself; name another file",
            zh=f"--comments {target}：会覆盖原报告；请另取文件名",
        )
    if target.exists():
        raise UsageError(
            f"--comments {target}: exists, and what stands in it would be lost; name another file, or remove it first",
            zh=f"--comments {target}：文件已存在，写入会丢失其中内容；请另取文件名，或先删除该文件",
        )
    data = file_bytes(source)
    if sha256(data).hexdigest() != document.sha256:
        raise UsageError(
            f"{source}: changed while it was read; call again", zh=f"{source}：读取过程中文件有变化；请重新运行"
        )
    word = _library().Document(io.BytesIO(data))
    paragraphs = list(paragraphs_of(word.element.body))
    written = 0
    for finding in findings:
        runs = _runs_of(word, paragraphs, document, finding.spans[0])
        if runs:
            word.add_comment(runs=runs, text=_comment(finding), author=AUTHOR, initials=INITIALS)
            written += 1
    _save(word, target)
    return written


def _library() -> Any:
    try:
        return import_module("docx")
    except ImportError as error:
        raise UsageError(
            "--comments needs python-docx; install it with: pip install 'zh-claim-extract[word]'",
            zh="--comments 需要 python-docx；请安装：pip install 'zh-claim-extract[word]'",
        ) from error


def _comment(finding: Finding) -> str:
    lines = [f"【{finding.rule} {default_words().of(finding.severity).word}】{finding.message}"]
    if finding.workings and finding.workings not in finding.message:
        lines.append(f"核算：{finding.workings}")
    return "\n".join(lines)


def _runs_of(word: Any, paragraphs: Sequence[Any], document: Document, span: CharSpan) -> list[Any]:
    """The runs that hold what stands at ``span``; of a paragraph without runs, of the first one that has some."""
    from docx.text.paragraph import Paragraph

    stretch = next((each for each in document.stretches if each.span.start <= span.start < each.span.end), None)
    number = int(stretch.part.removeprefix(PARAGRAPH)) if stretch is not None else 0
    for element in (paragraphs[number], *paragraphs):
        runs = list(Paragraph(element, word).runs)
        if runs and stretch is not None and element is paragraphs[number]:
            return _holding(runs, span.of(document.text), span.start - stretch.span.start)
        if runs:
            return [runs[0]]
    return []


def _holding(runs: list[Any], words: str, expected: int) -> list[Any]:
    """The first and the last of the runs whose characters spell ``words``, nearest to where they are expected."""
    texts = [run.text for run in runs]
    whole = "".join(texts)
    places = [place for place in range(len(whole)) if whole.startswith(words, place)]
    if not places:
        return [runs[0], runs[-1]]
    start = min(places, key=lambda place: abs(place - expected))
    return [runs[_run_at(texts, start)], runs[_run_at(texts, start + len(words) - 1)]]


def _run_at(texts: Sequence[str], place: int) -> int:
    """Which run holds the character at ``place`` of their joined texts."""
    end = 0
    for number, text in enumerate(texts):
        end += len(text)
        if place < end:
            return number
    return len(texts) - 1


def _save(word: Any, target: Path) -> None:
    """Writes the file whole or not at all."""
    partial = target.with_name(target.name + ".part")
    try:
        word.save(str(partial))
        partial.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{target}: cannot write: {reason}", zh=f"{target}：无法写入：{reason}") from error
