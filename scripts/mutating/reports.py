"""Reports that are right, each with the relations between its figures: ``NAME.txt`` and ``NAME.relations.tsv``.

A line of the second is a relation: its kind, its formula (``formulas.py``) and its figures in the order of their names
there. A figure is ``DIGITS@N``, the Nth number of the text printed with these digits; ``!`` after it says that it was
counted, so that nothing was rounded off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mutating.formulas import Printed

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)*")
_FIGURE = re.compile(r"(?P<digits>[\d,.]+)@(?P<nth>\d+)(?P<exact>!?)")


class ReportError(ValueError):
    """A line of a relations file that does not fit its report."""


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A number of a report, at ``[start, end)``."""

    start: int
    end: int
    digits: str
    exact: bool = False

    @property
    def printed(self) -> Printed:
        return Printed(self.digits, self.exact)

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str
    formula: str
    figures: tuple[Figure, ...]

    @property
    def printed(self) -> list[Printed]:
        return [figure.printed for figure in self.figures]


@dataclass(frozen=True, slots=True)
class Report:
    name: str
    text: str
    relations: tuple[Relation, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Those that stand in a relation, in text order."""
        places = {figure.place: figure for relation in self.relations for figure in relation.figures}
        return tuple(sorted(places.values()))


def read_reports(folder: Path, names: Iterable[str] = ()) -> list[Report]:
    """Those of a folder, by name; only ``names`` when there are any."""
    wanted = set(names)
    texts = sorted(path for path in folder.glob("*.txt") if not wanted or path.stem in wanted)
    if not texts:
        raise ReportError(f"{folder}: no report {'named ' + ', '.join(sorted(wanted)) if wanted else 'NAME.txt'} here")
    return [read_report(path) for path in texts]


def read_report(path: Path) -> Report:
    text = path.read_bytes().decode("utf-8")
    table = path.with_name(f"{path.stem}.relations.tsv")
    places = _places(text)
    lines = enumerate(table.read_text(encoding="utf-8").splitlines(), start=1)
    told = [(number, line) for number, line in lines if line and not line.startswith("#")]
    return Report(path.stem, text, tuple(_relation(line, places, f"{table.name}:{number}") for number, line in told))


def _places(text: str) -> dict[str, list[tuple[int, int]]]:
    """Digits → where the numbers printed with them stand."""
    places: dict[str, list[tuple[int, int]]] = {}
    for match in NUMBER.finditer(text):
        places.setdefault(match.group(), []).append(match.span())
    return places


def _relation(line: str, places: dict[str, list[tuple[int, int]]], where: str) -> Relation:
    cells = line.split("\t")
    if len(cells) != 3:
        raise ReportError(f"{where}: {len(cells)} columns; there must be three: kind, formula, figures")
    return Relation(cells[0], cells[1], tuple(_figure(word, places, where) for word in cells[2].split()))


def _figure(word: str, places: dict[str, list[tuple[int, int]]], where: str) -> Figure:
    match = _FIGURE.fullmatch(word)
    if match is None:
        raise ReportError(f"{where}: {word!r} is no figure; write DIGITS@N, with ! when it was counted")
    found = places.get(match["digits"], [])
    nth = int(match["nth"])
    if not 1 <= nth <= len(found):
        raise ReportError(f"{where}: {word!r}: the text prints {match['digits']} {len(found)} times")
    return Figure(*found[nth - 1], match["digits"], bool(match["exact"]))
