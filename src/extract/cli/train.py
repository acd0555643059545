"""``extract train``: rebuilds the models from annotated reports."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from extract.annotation.files import find_annotated, read_annotated
from extract.annotation.markup import AnnotatedReport
from extract.annotation.related import RelatedReport, read_related_reports
from extract.cli.outcomes import DONE, UNREADABLE, say
from extract.errors import MarkupError, ReadError, RelatedError, UsageError, message_in
from extract.evaluation.groups import FIRST_BATCH

_NEEDED = 2  #: batches: one to learn from while the other is held out


def command(arguments: argparse.Namespace) -> int:
    language = arguments.lang
    _ask_for_libraries()
    try:
        reports = [read_annotated(file) for file in find_annotated(arguments.annotations)]
        related = [report for path in arguments.annotations for report in _related_below(Path(path))]
    except (ReadError, MarkupError, RelatedError) as error:
        say(language, en=message_in(error, "en"), zh=message_in(error, "zh"))
        return UNREADABLE
    batches = {dict(report.about).get("batch", FIRST_BATCH) for report in reports}
    if len(batches) < _NEEDED:
        say(
            language,
            en=f"training holds out whole batches, and these {len(reports)} reports name {len(batches)}; "
            "write `batch: NAME` at their heads",
            zh=f"训练时需整批留出，而这 {len(reports)} 份报告只有 {len(batches)} 个批次；请在文件头写 `batch: 批次名`",
        )
        return UNREADABLE
    _write(reports, related, Path(arguments.output), study=arguments.study)
    say(language, en=f"models written to {arguments.output}", zh=f"模型已写入 {arguments.output}")
    return DONE


def _related_below(path: Path) -> Sequence[RelatedReport]:
    """The reports with relations of a folder of annotations, which lie in a folder of their own in it."""
    folder = path / "relations"
    return read_related_reports(folder) if folder.is_dir() else ()


def _ask_for_libraries() -> None:
    missing = [name for name in ("jieba", "scipy", "sklearn") if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"training needs {', '.join(missing)}; pip install 'zh-claim-extract[train]'",
            zh=f"训练需要 {'、'.join(missing)}；请运行 pip install 'zh-claim-extract[train]'",
        )


def _write(reports: Sequence[AnnotatedReport], related: Sequence[RelatedReport], folder: Path, *, study: bool) -> None:
    from extract.learning.examples import example_of
    from extract.learning.files import model_files
    from extract.learning.study import render_study
    from extract.learning.training import TrainingSet, train

    known = TrainingSet(example_of(report) for report in sorted(reports, key=lambda report: report.name))
    files = model_files(train(known, related))
    if study:
        files["STUDY.md"] = render_study(known)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            whole = folder / f"{name}.part"
            whole.write_text(content, encoding="utf-8", newline="\n")
            whole.replace(folder / name)
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot be written ({error.strerror})", zh=f"{folder}：无法写入（{error.strerror}）"
        ) from error
