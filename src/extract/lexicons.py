"""The data files of ``data/``: one strict loader each, read once, with errors that point at the line.

Whoever knows the reports but not Python edits those files; a mistake is named here before it can do harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

from extract.errors import LexiconError
from extract.records import Approx, ColumnKind, Dimension, NumericKind, Role


class Row(NamedTuple):
    """A line of a table file: where it stands and its cells by column name."""

    where: str
    cells: dict[str, str]


def data_text(name: str) -> str:
    return (files("extract") / "data" / name).read_text(encoding="utf-8")


def table_rows(name: str, text: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a tab-separated file whose first uncommented line names ``columns``.

    Raises:
        LexiconError: if the head names other columns or a line has too many cells.
    """
    head: list[str] | None = None
    for line_number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{name}:{line_number}"
        cells = line.split("\t")
        if head is None:
            head = cells
            if tuple(head) != columns:
                raise LexiconError(f"{where}: columns are {head}; expected {list(columns)}")
            continue
        if len(cells) > len(head):
            raise LexiconError(f"{where}: {len(cells)} cells but {len(head)} columns; parts are divided by one tab")
        yield Row(where, dict(zip(head, cells + [""] * (len(head) - len(cells)), strict=True)))


class _Once:
    """Remembers where each key was first defined, and refuses a second time."""

    def __init__(self, what: str) -> None:
        self.what, self.seen = what, dict[str, str]()

    def add(self, key: str, where: str) -> None:
        if key in self.seen:
            raise LexiconError(f"{where}: {self.what} {key!r} is already defined at {self.seen[key]}; keep one row")
        self.seen[key] = where


def compiled(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise LexiconError(f"{where}: {pattern!r} is no pattern: {error}") from error


def number_in(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise LexiconError(f"{where}: {text!r} is no number") from error


class Unit(NamedTuple):
    """One written form of a unit."""

    surface: str
    unit: str
    factor: Fraction
    base: str
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A beginning of written forms: the unit it spells by itself, and the forms that go on."""

    unit: Unit | None
    longer: UnitTree


UnitTree: TypeAlias = "dict[str, UnitNode]"  #: next character → what is written so far


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Written forms of units, ready for reading behind a number."""

    by_surface: dict[str, Unit]
    tree: UnitTree  #: the forms character by character, so that the longest is found in one walk

    def at(self, text: str, start: int, *, strokes: int = 2) -> Unit | None:
        """The longest unit written at ``text[start:]``; 场/村 is made of two, and none is of more than three."""
        longest = parted = None  # parted: the unit in front of a stroke
        tree, place, end = self.tree, start, len(text)
        while place < end and (node := tree.get(text[place])) is not None:
            place += 1
            if node.unit is not None:
                longest = node.unit
                if text.startswith("/", place):
                    parted = node.unit
            tree = node.longer
        if longest is None or parted is None or not strokes:
            return longest
        per = self.at(text, start + len(parted.surface) + 1, strokes=strokes - 1)
        made = longest if per is None else _rate(parted, per)
        return made if len(made.surface) > len(longest.surface) else longest

    def joined_with(self, others: UnitTable) -> UnitTable:
        """A table of both; of a form that stands in both, what ``others`` say holds."""
        return _table({**self.by_surface, **others.by_surface}.values())

    def named(self, unit: str) -> Unit | None:
        """The unit that ``unit`` spells, made of two or not; None when it spells none."""
        row = self.by_surface.get(unit) or self.at(unit, 0)
        return row if row is not None and len(row.surface) == len(unit) else None


def _rate(unit: Unit, per: Unit) -> Unit:
    """So much of one unit for each of another; it converts to nothing but itself."""
    name = f"{unit.unit}/{per.unit}"
    return Unit(f"{unit.surface}/{per.surface}", name, Fraction(1), name, Dimension.RATE)


def parse_units(text: str, name: str = "units.tsv") -> UnitTable:
    once, rows, canonical = _Once("surface"), list[Unit](), dict[str, tuple[Fraction, str, Dimension]]()
    for where, cells in table_rows(name, text, ("surface", "unit", "factor", "base", "dimension", "seen")):
        once.add(cells["surface"], where)
        factor, dimension = _fraction(cells["factor"], where), _dimension(cells["dimension"], where)
        meaning = (factor, cells["base"], dimension)
        if canonical.setdefault(cells["unit"], meaning) != meaning:
            raise LexiconError(f"{where}: unit {cells['unit']!r} means {canonical[cells['unit']]} elsewhere")
        rows.append(Unit(cells["surface"], cells["unit"], factor, cells["base"], dimension))
    return _table(rows)


def _table(rows: Iterable[Unit]) -> UnitTable:
    by_surface = {row.surface: row for row in rows}
    return UnitTable(by_surface, _tree(tuple(by_surface.values()), 0))


def _tree(rows: tuple[Unit, ...], depth: int) -> UnitTree:
    by_character: dict[str, list[Unit]] = {}
    for row in rows:
        if len(row.surface) > depth:
            by_character.setdefault(row.surface[depth], []).append(row)
    tree = {}
    for character, group in by_character.items():
        whole = next((row for row in group if len(row.surface) == depth + 1), None)
        tree[character] = UnitNode(whole, _tree(tuple(group), depth + 1))
    return tree


def _fraction(text: str, where: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise LexiconError(f"{where}: factor {text!r} is no number") from error


def _dimension(text: str, where: str) -> Dimension:
    if text not in set(Dimension):
        raise LexiconError(f"{where}: dimension {text!r} is none of {', '.join(Dimension)}")
    return Dimension(text)


@cache
def default_units() -> UnitTable:
    return parse_units(data_text("units.tsv"))


@cache
def default_general_units() -> UnitTable:
    """The units that only the general reader of quantities knows, or knows better (度, 块)."""
    return parse_units(data_text("units_general.tsv"), "units_general.tsv")


class UnitPrefix(NamedTuple):
    """A word or sign in front of a number that says or completes its unit."""

    surface: str
    behind: str  #: the unit that stands behind the number, or empty
    unit: str  #: what both say


def parse_unit_prefixes(text: str, name: str = "unit_prefixes.tsv") -> dict[str, tuple[UnitPrefix, ...]]:
    """Last character → the words in front of a number that end with it, longest first."""
    once, prefixes = _Once("prefix"), list[UnitPrefix]()
    for where, cells in table_rows(name, text, ("surface", "behind", "unit")):
        once.add(f"{cells['surface']} … {cells['behind']}", where)
        prefixes.append(UnitPrefix(cells["surface"], cells["behind"], cells["unit"]))
    table: dict[str, list[UnitPrefix]] = {}
    for prefix in sorted(prefixes, key=lambda p: (-len(p.surface), p.surface, p.behind)):
        table.setdefault(prefix.surface[-1], []).append(prefix)
    return {character: tuple(group) for character, group in table.items()}


@cache
def default_unit_prefixes() -> dict[str, tuple[UnitPrefix, ...]]:
    return parse_unit_prefixes(data_text("unit_prefixes.tsv"))


class PerWord(NamedTuple):
    """A word in front of an amount that makes it a rate."""

    surface: str
    per: str
    reach: int


def parse_per_words(text: str, name: str = "per_words.tsv") -> tuple[PerWord, ...]:
    once, words = _Once("surface"), list[PerWord]()
    for where, cells in table_rows(name, text, ("surface", "per", "reach")):
        once.add(cells["surface"], where)
        if not cells["reach"].isdigit():
            raise LexiconError(f"{where}: reach {cells['reach']!r} is no whole number")
        words.append(PerWord(cells["surface"], cells["per"], int(cells["reach"])))
    return tuple(words)


@cache
def default_per_words() -> tuple[PerWord, ...]:
    return parse_per_words(data_text("per_words.tsv"))


class Approximator(NamedTuple):
    surface: str
    approx: Approx
    not_after: str


@dataclass(frozen=True, slots=True)
class ApproximatorTable:
    """Words that make a number vague or a bound, by where they stand."""

    before: dict[str, tuple[Approximator, ...]]  #: last character → words in front of a number, longest first
    inside: str  #: characters between a number and its unit
    after: dict[str, tuple[Approximator, ...]]  #: first character → words behind the unit, longest first
    signs_after: dict[str, Approx]

    def ending_at(self, text: str, end: int) -> Approx | None:
        """What the word that ends at ``text[:end]`` makes of the number behind it."""
        for surface, approx, not_after in self.before.get(text[end - 1 : end], ()):
            start = end - len(surface)
            if start >= 0 and text.startswith(surface, start) and not (start and text[start - 1] in not_after):
                return approx
        return None

    def starting_at(self, text: str, start: int) -> Approximator | None:
        for word in self.after.get(text[start : start + 1], ()):
            if text.startswith(word.surface, start):
                return word
        return None


def parse_approximators(text: str, name: str = "approximators.tsv") -> ApproximatorTable:
    once = _Once("surface")
    words: dict[str, list[Approximator]] = {"before": [], "inside": [], "after": [], "sign_after": []}
    for where, cells in table_rows(name, text, ("surface", "position", "approx", "not_after")):
        once.add(f"{cells['surface']} ({cells['position']})", where)
        if cells["position"] not in words:
            raise LexiconError(f"{where}: position {cells['position']!r} is none of {', '.join(words)}")
        if cells["approx"] not in set(Approx):
            raise LexiconError(f"{where}: approx {cells['approx']!r} is none of {', '.join(Approx)}")
        words[cells["position"]].append(Approximator(cells["surface"], Approx(cells["approx"]), cells["not_after"]))
    return ApproximatorTable(
        before=_by_character(words["before"], -1),
        inside="".join(word.surface for word in words["inside"]),
        after=_by_character(words["after"], 0),
        signs_after={word.surface: word.approx for word in words["sign_after"]},
    )


def _by_character(words: list[Approximator], index: int) -> dict[str, tuple[Approximator, ...]]:
    table: dict[str, list[Approximator]] = {}
    for word in sorted(words, key=lambda w: (-len(w.surface), w.surface)):
        table.setdefault(word.surface[index], []).append(word)
    return {character: tuple(group) for character, group in table.items()}


@cache
def default_approximators() -> ApproximatorTable:
    return parse_approximators(data_text("approximators.tsv"))


def parse_none_phrases(text: str, name: str = "none_phrases.tsv") -> dict[str, str]:
    """Phrase → the unit of what there was none of."""
    once, phrases = _Once("phrase"), dict[str, str]()
    for where, cells in table_rows(name, text, ("phrase", "unit")):
        once.add(cells["phrase"], where)
        if not cells["phrase"].startswith("零"):
            raise LexiconError(f"{where}: phrase {cells['phrase']!r} does not begin with 零")
        phrases[cells["phrase"]] = cells["unit"]
    return phrases


@cache
def default_none_phrases() -> dict[str, str]:
    return parse_none_phrases(data_text("none_phrases.tsv"))


NUMERALS = ("arabic", "bare", "chinese", "any")


class Exclusion(NamedTuple):
    kind: NumericKind
    numeral: str
    pattern: str
    number: str
    example: str
    but_not: str
    where: str


def parse_exclusions(text: str, name: str = "exclusions.tsv") -> tuple[Exclusion, ...]:
    rows: list[Exclusion] = []
    columns = ("kind", "numeral", "pattern", "number", "example", "but_not")
    for where, cells in table_rows(name, text, columns):
        if cells["kind"] not in set(NumericKind):
            raise LexiconError(f"{where}: kind {cells['kind']!r} is none of {', '.join(NumericKind)}")
        if cells["numeral"] not in NUMERALS:
            raise LexiconError(f"{where}: numeral {cells['numeral']!r} is none of {', '.join(NUMERALS)}")
        if cells["pattern"].count("<N>") != 1:
            raise LexiconError(f"{where}: pattern {cells['pattern']!r} must hold <N> once")
        if not cells["example"] or not cells["but_not"]:
            raise LexiconError(f"{where}: give an example that fits and one (but_not) that does not")
        kind, numeral, pattern, number, example, but_not = (cells[key] for key in columns)
        rows.append(Exclusion(NumericKind(kind), numeral, pattern, number, example, but_not, where))
    return tuple(rows)


@cache
def default_exclusions() -> tuple[Exclusion, ...]:
    return parse_exclusions(data_text("exclusions.tsv"))


class HeadingCue(NamedTuple):
    pattern: re.Pattern[str]
    role: str  #: a role, or ``mixed``
    label: bool  #: such words and a colon open a section of their own
    weak: bool  #: gives way to goals and plans outside


def parse_headings(text: str, name: str = "headings.tsv") -> tuple[HeadingCue, ...]:
    roles, cues = {*Role, "mixed"}, list[HeadingCue]()
    for where, cells in table_rows(name, text, ("pattern", "role", "label", "weak", "seen")):
        if cells["role"] not in roles:
            raise LexiconError(f"{where}: role {cells['role']!r} is none of {', '.join(sorted(roles))}")
        for flag in ("label", "weak"):
            if cells[flag] not in ("", "yes"):
                raise LexiconError(f"{where}: {flag} {cells[flag]!r} is neither yes nor empty")
        pattern = compiled(cells["pattern"], where)
        cues.append(HeadingCue(pattern, cells["role"], bool(cells["label"]), bool(cells["weak"])))
    return tuple(cues)


@cache
def default_headings() -> tuple[HeadingCue, ...]:
    return parse_headings(data_text("headings.tsv"))


@lru_cache(maxsize=4096)
def heading_cue(title: str) -> HeadingCue | None:
    """The first cue of ``headings.tsv`` found in ``title``."""
    return next((cue for cue in default_headings() if cue.pattern.search(title)), None)


def parse_columns(text: str, name: str = "columns.tsv") -> tuple[tuple[re.Pattern[str], ColumnKind], ...]:
    rows = []
    for where, cells in table_rows(name, text, ("pattern", "kind", "seen")):
        if cells["kind"] not in set(ColumnKind):
            raise LexiconError(f"{where}: kind {cells['kind']!r} is none of {', '.join(ColumnKind)}")
        rows.append((compiled(f"(?:{cells['pattern']})$", where), ColumnKind(cells["kind"])))
    return tuple(rows)


@cache
def default_columns() -> tuple[tuple[re.Pattern[str], ColumnKind], ...]:
    return parse_columns(data_text("columns.tsv"))


@lru_cache(maxsize=4096)
def column_kind(header: str) -> ColumnKind | None:
    """What a column under ``header`` (spaces and a unit in brackets taken off) says."""
    return next((kind for pattern, kind in default_columns() if pattern.match(header)), None)


def parse_name_units(text: str, name: str = "name_units.tsv") -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (compiled(f"(?:{cells['pattern']})$", where), cells["unit"])
        for where, cells in table_rows(name, text, ("pattern", "unit"))
    )


@cache
def default_name_units() -> tuple[tuple[re.Pattern[str], str], ...]:
    return parse_name_units(data_text("name_units.tsv"))


def parse_implied_units(text: str, name: str = "implied_units.tsv") -> tuple[tuple[re.Pattern[str], str], ...]:
    """(words that end a clause, the unit that they give a number in 万 or 亿; ``-`` for that of the money before)."""
    rows = list(table_rows(name, text, ("pattern", "unit", "seen")))
    for where, cells in rows:
        if cells["unit"] != AS_BEFORE and default_units().named(cells["unit"]) is None:
            raise LexiconError(f"{where}: unit {cells['unit']!r} is not in units.tsv")
    return tuple((compiled(f"(?:{cells['pattern']}){_LEADING_OVER}", where), cells["unit"]) for where, cells in rows)


AS_BEFORE = "-"
_LEADING_OVER = r"(?:了|着|的|是|为|共|约|达|到|达到|已|近|超|超过|合计|总计|共计|累计|完成|到位|[0-9]{4}年)*$"


@cache
def default_implied_units() -> tuple[tuple[re.Pattern[str], str], ...]:
    return parse_implied_units(data_text("implied_units.tsv"))


@lru_cache(maxsize=4096)
def implied_unit(words: str) -> str:
    """The unit that words give a number in 万 or 亿 behind them: 投入资金 → 元; empty when they give none."""
    return next((unit for pattern, unit in default_implied_units() if pattern.search(words)), "")


@lru_cache(maxsize=4096)
def unit_of_name(name: str) -> str:
    """The unit that an indicator's name gives to bare numbers: 宣传次数 → 次; empty when it gives none."""
    unit = _named_unit(name)
    return "" if unit == _MEASURED_OTHERWISE else unit


@lru_cache(maxsize=4096)
def is_never_money(name: str) -> bool:
    """Whether what an indicator's name measures is no money, whatever unit a table's caption gives: 道路长度."""
    return _named_unit(name) != ""


def _named_unit(name: str) -> str:
    return next((unit for pattern, unit in default_name_units() if pattern.search(name)), "")


_MEASURED_OTHERWISE = "-"
