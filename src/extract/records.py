"""The records that the stages hand on, and their closed sets of values.

Every record is immutable and knows where it stands: ``record.span.of(document.text)`` is the written form, always.
The words are those of the annotation guideline.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from extract.offsets import CharSpan, Pieces, hull


class Dimension(StrEnum):
    MONEY = "money"
    AREA = "area"
    LENGTH = "length"
    MASS = "mass"
    VOLUME = "volume"
    DURATION = "duration"
    RATIO = "ratio"
    COUNT = "count"
    SCORE = "score"
    RANK = "rank"
    TEMPERATURE = "temperature"
    ENERGY = "energy"
    RATE = "rate"
    OTHER = "other"
    NUMBER = "number"  #: of the general reader only, as the two below: a number that measures nothing named
    ORDINAL = "ordinal"
    AGE = "age"


class Approx(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


class UnitFrom(StrEnum):
    WRITTEN = ""
    HEADER = "header"
    IMPLIED = "implied"


class NumericKind(StrEnum):
    """What a number in the text is; everything but QUANTITY is set aside."""

    QUANTITY = "quantity"
    NUMBER = "number"
    ORDINAL = "ordinal"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    DOCUMENT_NUMBER = "document_number"
    CLAUSE_NUMBER = "clause_number"
    PHONE = "phone"
    CODE = "code"
    ADDRESS = "address"
    SET_PHRASE = "set_phrase"


MEASURES = (NumericKind.QUANTITY, NumericKind.NUMBER)  #: what may measure something where it stands


class Role(StrEnum):
    TARGET = "target"
    PLAN = "plan"
    ACTUAL = "actual"
    CHANGE = "change"
    BASELINE = "baseline"
    CONTEXT = "context"
    SCORE = "score"


class Stage(StrEnum):
    """Where money stands on its way through the year."""

    OPENING = "opening"
    ADJUSTED = "adjusted"
    RECEIVED = "received"
    SPENT = "spent"
    CARRIED_IN = "carried_in"
    CARRIED_OUT = "carried_out"


class Answer(StrEnum):
    FIGURE = "figure"
    WORDS = "words"
    NONE = "none"


class Basis(StrEnum):
    PERFORMANCE = "performance"
    BUDGET = "budget"


class Verdict(StrEnum):
    MET = "met"
    EXCEEDED = "exceeded"
    MISSED = "missed"
    UNCLEAR = "unclear"


class FindingType(StrEnum):
    ARITHMETIC = "arithmetic"
    CONFLICT = "conflict"
    TOTAL = "total"
    UNIT = "unit"
    MALFORMED = "malformed"
    MISSED = "missed"
    UNANSWERED = "unanswered"
    BUDGET = "budget"
    RESTATED = "restated"
    BACKFITTED = "backfitted"
    OVERACHIEVED = "overachieved"
    UNMEASURABLE = "unmeasurable"
    CONTRADICTION = "contradiction"
    SCOPE = "scope"
    FORECAST = "forecast"
    EVIDENCE = "evidence"
    MISSING = "missing"


class Severity(StrEnum):
    """How much a finding touches; ``hint`` never counts in ``--fail-on``."""

    HINT = "hint"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


class ColumnKind(StrEnum):
    """What the cells of a table's column say."""

    NAME = "name"
    TARGET = "target"
    ACTUAL = "actual"
    OPENING = "opening"
    ADJUSTED = "adjusted"
    RECEIVED = "received"
    SPENT = "spent"
    CARRIED_IN = "carried_in"
    CARRIED_OUT = "carried_out"
    RATE = "rate"
    WEIGHT = "weight"
    SCORE = "score"
    OPERATOR = "operator"
    UNIT = "unit"
    REASON = "reason"
    SERIAL = "serial"
    CONTEXT = "context"
    BASELINE = "baseline"


class SegmentKind(StrEnum):
    HEADING = "heading"
    SENTENCE = "sentence"
    CELL = "cell"


class Origin(StrEnum):
    """Whether characters were written in the file or recognised in a picture."""

    TEXT = "text"
    OCR = "ocr"


Box = tuple[float, float, float, float]  #: left, top, right, bottom in points (1/72 inch) from the page's upper left
_ALIGNED = 0.5  #: points


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Characters that stand together in the source: a printed line, a paragraph or a spreadsheet's cell."""

    span: CharSpan
    page: int | None = None  #: counted from 1
    box: Box | None = None
    edges: tuple[tuple[float, float], ...] = ()  #: left and right edge of each character, where the line is upright
    part: str = ""  #: ``决算!B7`` of a workbook
    origin: Origin = Origin.TEXT

    def moved(self, by: int) -> Stretch:
        """The same characters in a text that begins ``by`` characters earlier."""
        return replace(self, span=CharSpan(self.span.start + by, self.span.end + by))

    def within(self, start: int, end: int) -> Stretch | None:
        """What of it lies in ``[start, end)``; None when nothing does."""
        first, last = max(start, self.span.start), min(end, self.span.end)
        if first >= last:
            return None
        inside = self.edges[first - self.span.start : last - self.span.start]
        box = self.box
        if box is not None and inside:
            box = (min(left for left, _ in inside), box[1], max(right for _, right in inside), box[3])
        return replace(self, span=CharSpan(first, last), box=box, edges=inside)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span stands in the source: its page, its box there (of the first page, if it goes over two), its part."""

    page: int | None = None
    box: Box | None = None
    part: str = ""
    origin: Origin = Origin.TEXT


class PageBox(NamedTuple):
    """A rectangle on a page, which is counted from 1."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table."""

    table: int  #: counted from 1 in text order
    row: int  #: counted from 0
    column: int  #: counted from 0, after rows with fewer cells were aligned
    pieces: Pieces = ()  #: its text; none when it is empty
    kind: ColumnKind | None = None
    row_header: str = ""
    column_header: str = ""
    unit_hint: str = ""  #: a unit that a header, a caption, a unit column or the indicator's name gives
    operator: str = ""  #: ≥, ≤ … of a column of its own
    organisation: str = ""  #: the unit that the row is about, where the table has a row for each unit
    is_header: bool = False

    @property
    def span(self) -> CharSpan | None:
        """From its first character to its last; None when it is empty."""
        return hull(self.pieces) if self.pieces else None

    @property
    def row_label(self) -> str:
        """What its row is called by itself, without the names of the rows above that it belongs to."""
        return self.row_header.rsplit(" ", 1)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of a table as a reader found them, before anyone knows what its columns mean.

    A cell is the pieces of its text (more than one where lines of other cells stand between), or None when it is
    empty; a merged cell stands in each place that it covers.
    """

    rows: tuple[tuple[Pieces | None, ...], ...]
    span: CharSpan
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    index: int
    span: CharSpan
    cells: tuple[Cell, ...]  #: in text order
    caption: str = ""

    @property
    def rows(self) -> dict[int, tuple[Cell, ...]]:
        """Row number → its cells."""
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return {row: tuple(cells) for row, cells in rows.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of text that is read as one: a heading, a sentence or (part of) a table cell."""

    kind: SegmentKind
    pieces: Pieces
    section: tuple[str, ...] = ()  #: headings above it, outermost first
    items: tuple[str, ...] = ()  #: list numbers inside its cell or paragraph, as ``("一", "2")``
    cell: Cell | None = None
    paragraph: int = 0  #: counts paragraphs and cells in text order

    @property
    def span(self) -> CharSpan:
        return hull(self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text as read, and where each part of it came from."""

    name: str  #: path relative to the path given, with its suffix
    text: str
    sha256: str = ""
    media_type: str = "text/plain"
    pages: int | None = None
    grids: tuple[Grid, ...] | None = None  #: tables that the format itself marks; None where only the text tells
    segments: tuple[Segment, ...] = ()
    tables: tuple[Table, ...] = ()
    title: str | None = None
    organisation: str | None = None
    year: str | None = None
    report_type: str | None = None
    stretches: tuple[Stretch, ...] = ()  #: where characters came from, in text order; empty for plain text
    notes: tuple[str, ...] = ()  #: what a reader of the result must know, such as the share of unreadable characters

    def place_of(self, span: CharSpan) -> Place:
        """Where ``span`` stands in the file that the text came from."""
        return _place(tuple(self._within(span)))

    def boxes_of(self, span: CharSpan) -> tuple[PageBox, ...]:
        """Where the parts of ``span`` are printed, one box for each line of print, in text order."""
        boxes: list[PageBox] = []
        for part in self._within(span):
            if part.page and part.box:
                box = PageBox(part.page, part.box)
                goes_on = not part.edges and boxes and _in_one_line(boxes[-1], box)
                boxes.append(PageBox(part.page, _around([boxes.pop().box, box.box])) if goes_on else box)
        return tuple(boxes)

    def _within(self, span: CharSpan) -> Iterator[Stretch]:
        """What of the stretches lies in ``span``."""
        first = bisect_right(self.stretches, span.start, key=lambda stretch: stretch.span.end)
        for number in range(first, len(self.stretches)):
            part = self.stretches[number].within(*span)
            if part is None:
                return
            yield part


def _place(stretches: tuple[Stretch, ...]) -> Place:
    if not stretches:
        return Place()
    first = stretches[0]
    boxes = [stretch.box for stretch in stretches if stretch.page == first.page and stretch.box is not None]
    origin = Origin.OCR if any(stretch.origin is Origin.OCR for stretch in stretches) else Origin.TEXT
    return Place(first.page, _around(boxes) if boxes else None, first.part, origin)


def _in_one_line(one: PageBox, other: PageBox) -> bool:
    """Whether boxes are as broad and lie along one line, as the characters of a line that is not upright do."""
    if one.page != other.page:
        return False
    edges = [abs(here - there) < _ALIGNED for here, there in zip(one.box, other.box, strict=True)]
    return (edges[0] and edges[2]) or (edges[1] and edges[3])


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


class Quantity(NamedTuple):
    """A number that measures something, as stated at ``span`` (a NamedTuple: it is made in the innermost scan)."""

    span: CharSpan
    number: Decimal | None  #: 万/亿 expanded; None for a range and for what cannot be read
    low: Decimal | None
    high: Decimal | None
    unit: str  #: canonical unit, e.g. 元, 公顷, %, 个百分点
    dimension: Dimension
    approx: Approx = Approx.EXACT
    kind: NumericKind = NumericKind.QUANTITY
    unit_from: UnitFrom = UnitFrom.WRITTEN
    precision: Decimal = Decimal(1)  #: what one step of the last printed digit is worth: 85.09% → 0.01

    def at(self, span: CharSpan) -> Quantity:
        """The same at another place."""
        return Quantity(span, *self[1:])

    @property
    def malformed(self) -> bool:
        return self.number is None and self.low is None

    @property
    def value(self) -> Decimal | None:
        """One number to compare by: the number, or the low end of a range."""
        return self.low if self.number is None else self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A number in the text that measures nothing, and why it was set aside."""

    span: CharSpan
    reason: NumericKind


class Vote(NamedTuple):
    """One named piece of evidence for a decision; a reviewer reads it as a reason (several are made a figure)."""

    choice: str
    weight: float
    place: str  #: what kind of evidence it is: a cue in the clause, a column, a year
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A quantity with what it is about and whether it was promised or delivered."""

    id: str
    quantity: Quantity
    segment: Segment
    role: Role
    role_confidence: float
    slot: str = "other"
    slot_base: str = "other"
    slot_confidence: float = 0.0
    stage: Stage | None = None
    indicator: str = ""  #: the words that name what is measured
    period: str | None = None
    organisation: str = ""
    row_slot: str | None = None
    repeats: str | None = None
    reasons: tuple[str, ...] = ()

    @property
    def span(self) -> CharSpan:
        return self.quantity.span

    @property
    def cell(self) -> Cell | None:
        return self.segment.cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A target mention and the actual that answers it, or that nothing does."""

    target: Claim
    actual: Claim | None
    answer: Answer
    basis: Basis
    verdict: Verdict | None
    ratio: Decimal | None
    confidence: float
    evidence: tuple[CharSpan, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a reviewer would write in the margin, and the claims it rests on."""

    id: str
    type: FindingType
    rule: str
    severity: Severity
    confidence: float
    claims: tuple[Claim, ...]
    message: str
    spans: tuple[CharSpan, ...] = ()
    stated: str = ""
    expected: str = ""
    workings: str = ""
    slip: str | None = None
    issue: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """A relation that was checked and is right."""

    rule: str
    claims: tuple[Claim, ...]
    workings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was found in one document, in text order."""

    document: Document
    claims: tuple[Claim, ...]
    pairs: tuple[Pair, ...] = ()
    findings: tuple[Finding, ...] = ()
    holds: tuple[Holds, ...] = ()
    excluded: tuple[Excluded, ...] = field(default=())
