"""The page as a file: documents one by one into a temporary body, the head in front of it at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from extract.controls import visible
from extract.errors import ReadError, UsageError, message_in
from extract.export.html.layout import Line
from extract.export.html.sheets import drawn
from extract.export.html.views import Count, DocumentView, document_view
from extract.export.html.words import default_words
from extract.lexicons import data_text
from extract.records import Extraction, Role, Severity
from extract.slots.catalogue import default_catalogue
from extract.version import __version__

PARTIAL = ".part"
_TEMPLATE, _STYLE = "report/report.html.jinja", "report/report.css"


@dataclass(frozen=True, slots=True)
class Entry:
    """A report's line in the table of contents."""

    id: str
    title: str
    name: str
    facts: tuple[tuple[str, str], ...]
    claims: int
    pairs: int
    severities: tuple[Count, ...]


class Unread(NamedTuple):
    name: str
    reason: str


class HtmlPage:
    """One page with every document added, at ``path`` when the run is whole; memory holds one document at a time.

    With ``pages`` it shows the pages of those documents whose file is given and is a PDF.

    Raises:
        UsageError: if there can be no file at ``path``.
    """

    finished: frozenset[str] = frozenset()
    kept: tuple[dict[str, Any], ...] = ()

    def __init__(self, path: Path, *, pages: bool = False) -> None:
        if not path.parent.is_dir():
            raise UsageError(
                f"{path.parent}: no such folder; make it first", zh=f"{path.parent}：文件夹不存在，请先建立"
            )
        if path.is_dir():
            raise UsageError(
                f"{path}: a folder; the report is one file, give its name with .html",
                zh=f"{path}：是文件夹；报告是一个文件，请给出以 .html 结尾的文件名",
            )
        self.path, self.partial = path, path.with_name(path.name + PARTIAL)
        self.pages = pages
        self.entries: list[Entry] = []
        self.unread: list[Unread] = []
        self.body = tempfile.TemporaryFile()  # noqa: SIM115  closed by __exit__

    def add(self, extraction: Extraction, source: bytes | None = None) -> None:
        view = _view(extraction, len(self.entries) + 1, source if self.pages else None)
        self.body.write(_encoded(render_document(view)))
        self.entries.append(_entry(view))

    def add_error(self, name: str, error: ReadError) -> None:
        self.unread.append(Unread(visible(name), visible(message_in(error, "zh"))))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.body:
            if kind is None:
                self._finish()

    def _finish(self) -> None:
        with self.partial.open("wb") as file:
            file.write(_encoded(render_head(self.entries, self.unread, pictures=self.pages)))
            self.body.seek(0)
            shutil.copyfileobj(self.body, file)
            file.write(_encoded(render_foot()))
            file.flush()
            os.fsync(file.fileno())
        self.partial.replace(self.path)


def _encoded(html: str) -> bytes:
    """UTF-8; half a surrogate pair, as file names can have, is written as an escape."""
    return html.encode("utf-8", "backslashreplace")


def render_page(extraction: Extraction, source: bytes | None = None) -> str:
    """The page of one document, as a string; with its file, ``source``, its pages are shown too."""
    view = _view(extraction, 1, source)
    return render_head([_entry(view)], [], pictures=source is not None) + render_document(view) + render_foot()


def _view(extraction: Extraction, number: int, source: bytes | None) -> DocumentView:
    slots = {slot.id: slot.zh for slot in default_catalogue().slots.values()}
    pages = None if source is None else drawn(extraction, source)
    return document_view(extraction, number=number, words=default_words(), slots=slots, drawn=pages)


def _entry(view: DocumentView) -> Entry:
    return Entry(view.id, view.title, view.name, view.facts, view.claims, len(view.pairs), view.severities)


def render_head(entries: list[Entry], unread: list[Unread], *, pictures: bool = False) -> str:
    totals: Counter[str] = Counter()
    for entry in entries:
        totals.update({count.key: count.number for count in entry.severities})
    severities = tuple(Count(s.value, default_words().of(s), totals[s.value]) for s in reversed(Severity) if totals[s])
    return str(_macros().head(entries, unread, severities, pictures))


def render_document(view: DocumentView) -> str:
    return str(_macros().document(view))


def render_foot() -> str:
    return str(_macros().foot(__version__))


@cache
def _macros() -> Any:
    """The template's macros; everything that they print is escaped."""
    environment = Environment(
        loader=FunctionLoader(data_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = default_words()
    environment.globals |= {
        "w": words.labels,
        "label": words.label,
        "css": Markup(data_text(_STYLE)),
        "roles": tuple((role.value, words.of(role)) for role in Role),
    }
    environment.tests["line"] = lambda block: isinstance(block, Line)
    return environment.get_template(_TEMPLATE).module
