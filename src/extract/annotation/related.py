"""Right reports with the relations between their figures: ``NAME.txt`` and ``NAME.relations.tsv`` beside it.

A line of the second is a relation: its kind, its formula and its figures in the order of their names there (``a``,
``b`` …). A figure is ``DIGITS@N``, the Nth number of the text printed with these digits; ``!`` after it says that it
was counted, so that nothing was rounded off. Lines that begin with ``#`` explain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extract.errors import RelatedError
from extract.offsets import CharSpan

RELATIONS = ".relations.tsv"
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)*")
_FIGURE = re.compile(r"(?P<digits>[\d,.]+)@(?P<nth>\d+)(?P<exact>!?)")
_COLUMNS = ("kind", "formula", "figures")


@dataclass(frozen=True, slots=True, order=True)
class PrintedNumber:
    """A number of a report, at ``[start, end)``."""

    start: int
    end: int
    digits: str
    exact: bool = False

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def span(self) -> CharSpan:
        return CharSpan(self.start, self.end)


@dataclass(frozen=True, slots=True)
class ToldRelation:
    """Numbers of a report that hang together, in the order of their names in the formula."""

    kind: str
    formula: str
    figures: tuple[PrintedNumber, ...]


@dataclass(frozen=True, slots=True)
class RelatedReport:
    """A right report with every relation that a reader would reckon."""

    name: str
    text: str
    relations: tuple[ToldRelation, ...]

    @property
    def figures(self) -> tuple[PrintedNumber, ...]:
        """Those that stand in a relation, in text order."""
        places = {figure.place: figure for relation in self.relations for figure in relation.figures}
        return tuple(sorted(places.values()))


def read_related_reports(folder: Path, names: Iterable[str] = ()) -> list[RelatedReport]:
    """Those of a folder, by name; only ``names`` when there are any.

    Raises:
        RelatedError: if there are none, or a line does not fit its report.
    """
    wanted = set(names)
    tables = sorted(folder.glob(f"*{RELATIONS}"))
    texts = [table.with_name(f"{table.name.removesuffix(RELATIONS)}.txt") for table in tables]
    found = [path for path in texts if not wanted or path.stem in wanted]
    if not found:
        told = f"named {', '.join(sorted(wanted))}" if wanted else f"NAME.txt with NAME{RELATIONS}"
        raise RelatedError(f"{folder}: no report {told} here")
    return [read_related_report(path) for path in found]


def read_related_report(path: Path) -> RelatedReport:
    """The report in a text file, with the relations of the table beside it.

    Raises:
        RelatedError: if a line does not fit the report.
    """
    text = path.read_bytes().decode("utf-8")
    table = path.with_name(f"{path.stem}{RELATIONS}")
    places = _places(text)
    lines = enumerate(table.read_text(encoding="utf-8").splitlines(), start=1)
    told = [(number, line) for number, line in lines if line and not line.startswith("#")]
    return RelatedReport(
        path.stem, text, tuple(_relation(line, places, f"{table.name}:{number}") for number, line in told)
    )


def _places(text: str) -> dict[str, list[tuple[int, int]]]:
    """Digits → where the numbers printed with them stand."""
    places: dict[str, list[tuple[int, int]]] = {}
    for match in NUMBER.finditer(text):
        places.setdefault(match.group(), []).append(match.span())
    return places


def _relation(line: str, places: dict[str, list[tuple[int, int]]], where: str) -> ToldRelation:
    cells = line.split("\t")
    if len(cells) != len(_COLUMNS):
        raise RelatedError(f"{where}: {len(cells)} columns; there must be three: {', '.join(_COLUMNS)}")
    kind, formula, figures = cells
    return ToldRelation(kind, formula, tuple(_number(word, places, where) for word in figures.split()))


def _number(word: str, places: dict[str, list[tuple[int, int]]], where: str) -> PrintedNumber:
    match = _FIGURE.fullmatch(word)
    if match is None:
        raise RelatedError(f"{where}: {word!r} is no figure; write DIGITS@N, with ! when it was counted")
    found = places.get(match["digits"], [])
    nth = int(match["nth"])
    if not 1 <= nth <= len(found):
        raise RelatedError(f"{where}: {word!r}: the text prints {match['digits']} {len(found)} times")
    return PrintedNumber(*found[nth - 1], match["digits"], bool(match["exact"]))
