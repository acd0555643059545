"""Annotated reports on disk: files of markup, and folders in the gold shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from extract.annotation.gold import report_from_gold
from extract.annotation.markup import AnnotatedReport, parse_markup
from extract.documents import read_document
from extract.errors import ReadError
from extract.lexicons import default_units

MARKUP, MENTIONS = ".ann", ".mentions.jsonl"


class AnnotatedFile(NamedTuple):
    """Where a report's annotations stand."""

    name: str
    path: Path  #: of the markup, or of the mentions in the gold shape


def find_annotated(paths: Iterable[str | Path]) -> Iterator[AnnotatedFile]:
    """Each annotated report among ``paths``: files of markup or mentions, and what folders hold of them, by name.

    Raises:
        ReadError: if a path is neither, holds nothing, or a report of the same name came before.
    """
    seen: dict[str, Path] = {}
    for path in map(Path, paths):
        for each in _files_at(path):
            if each.name in seen:
                raise ReadError(
                    f"{each.path}: {seen[each.name]} annotates a report of the same name; give one of them",
                    zh=f"{each.path}：与 {seen[each.name]} 同名；请只给出其中一个",
                )
            seen[each.name] = each.path
            yield each


def _files_at(path: Path) -> list[AnnotatedFile]:
    inside = sorted(path.iterdir()) if path.is_dir() else [path]
    found = [AnnotatedFile(_name(file), file) for file in inside if file.is_file() and _name(file)]
    if not found:
        raise ReadError(
            f"{path}: no annotated report; give NAME{MARKUP}, NAME{MENTIONS}, or a folder of them",
            zh=f"{path}：没有标注文件；请给出 NAME{MARKUP}、NAME{MENTIONS} 或其所在文件夹",
        )
    return found


def _name(file: Path) -> str:
    """The report's name; empty where the file annotates none."""
    suffix = next((suffix for suffix in (MARKUP, MENTIONS) if file.name.endswith(suffix)), None)
    return file.name.removesuffix(suffix) if suffix else ""


def read_annotated(file: AnnotatedFile, *, texts: Path | None = None) -> AnnotatedReport:
    """The report; the text of one in the gold shape is NAME.txt beside it, or in the folder ``texts``.

    Raises:
        MarkupError: if the annotations break their format.
        ReadError: if a file cannot be read, or there is no text.
    """
    if file.path.name.endswith(MARKUP):
        return parse_markup(read_document(file.path).text, name=file.name, units=default_units())
    folder = file.path.parent
    text = (folder if texts is None else texts) / f"{file.name}.txt"
    if not text.is_file():
        raise ReadError(
            f"{text}: no such file, and mentions count in it; say with --texts DIR where the texts lie",
            zh=f"{text}：文件不存在，而标注位置以其为准；请用 --texts 指定文本所在文件夹",
        )
    return report_from_gold(file.name, read_document(text).text, folder)
