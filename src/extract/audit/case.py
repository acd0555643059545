"""What the rules on forms look at: one document with everything found in it so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from extract.audit.forms import Form, FormCell, FundRow, IndicatorRow, figure_in, read_forms
from extract.audit.forms.marks import capped, earned_shares, quotient
from extract.audit.forms.sheets import Item, Mark, Misprint, Sheet, mark_of, misprint_in
from extract.audit.forms.told import told_alone, told_runs, told_sheets, with_total
from extract.audit.placed import PlacedClaims
from extract.audit.precision import Interval
from extract.audit.profiles import Profile
from extract.audit.relations import Figure, Relation, find_figures
from extract.audit.relations.samples import find_samples
from extract.offsets import CharSpan, joined
from extract.pairs.verdicts import compared, ratio_of
from extract.records import Answer, Approx, Basis, Cell, Claim, Document, Pair, Segment, SegmentKind, Table

_SAME_ROW = 0.8  #: how sure it is that the only target and the only actual of a row belong together
_SURE = 0.7  #: confidence of a pair that may be relied on
_SPACE = re.compile(r"\s+")
_NAMED_FIGURE = re.compile(r"[一-鿿][\s:：]*\d")  #: in a cell: 得分13.5
_Key = TypeVar("_Key")
_Item = TypeVar("_Item")
Amount = tuple[Decimal | None, str]  #: number and unit


@dataclass(frozen=True)
class Case:
    document: Document
    claims: Sequence[Claim]
    pairs: Sequence[Pair]
    profile: Profile

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        return read_forms(self.document, self.claims)

    @cached_property
    def _pairs_by_claims(self) -> dict[tuple[str, str], Pair]:
        return {(pair.target.id, pair.actual.id): pair for pair in self.pairs if pair.actual is not None}

    @cached_property
    def claims_in_row(self) -> Mapping[tuple[int, int], tuple[Claim, ...]]:
        """(table, row) → the claims of its cells."""
        return _grouped(((claim.cell.table, claim.cell.row), claim) for claim in self.claims if claim.cell is not None)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """What the relations are found among: the claims as exact values, with the words around each."""
        return find_figures(self.document, self.claims)

    @cached_property
    def samples_by_rate(self) -> Mapping[str, tuple[Relation, ...]]:
        """Id of a rate → the parts of a sample that it may be the share of."""
        return _grouped((way.result.claim.id, way) for ways in find_samples(self.figures) for way in ways)

    def claims_beside(self, claim: Claim) -> tuple[Claim, ...]:
        """The claims of the sentence or cell that a claim stands in, itself among them."""
        return self._claims_in_segment.get(claim.segment.span.start, ())

    @cached_property
    def _claims_in_segment(self) -> Mapping[int, tuple[Claim, ...]]:
        return _grouped((claim.segment.span.start, claim) for claim in self.claims)

    @cached_property
    def claims_in_paragraph(self) -> Mapping[int, tuple[Claim, ...]]:
        """Number of a paragraph or cell → the claims in it."""
        return _grouped((claim.segment.paragraph, claim) for claim in self.claims)

    @cached_property
    def told(self) -> tuple[Claim, ...]:
        """The claims of the narrative, in text order."""
        return tuple(claim for claim in self.claims if claim.cell is None)

    @cached_property
    def placed(self) -> PlacedClaims:
        """The claims of the narrative by where they stand."""
        return PlacedClaims(self.told)

    @cached_property
    def tables(self) -> Mapping[int, Table]:
        """Number of a table → the table."""
        return {table.index: table for table in self.document.tables}

    @cached_property
    def cells_in_row(self) -> Mapping[tuple[int, int], tuple[Cell, ...]]:
        """(table, row) → its cells."""
        return _grouped(((cell.table, cell.row), cell) for table in self.document.tables for cell in table.cells)

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """Id of a claim → its place among the claims of the document."""
        return {claim.id: place for place, claim in enumerate(self.claims)}

    @cached_property
    def plain(self) -> str:
        """The whole text without white space, for looking up words."""
        return _SPACE.sub("", self.document.text)

    @cached_property
    def paragraphs(self) -> dict[int, tuple[Segment, ...]]:
        """Number of a paragraph → its sentences, cells aside."""
        found: dict[int, list[Segment]] = {}
        for segment in self.document.segments:
            if segment.cell is None:
                found.setdefault(segment.paragraph, []).append(segment)
        return {number: tuple(segments) for number, segments in found.items()}

    @cached_property
    def sentences(self) -> tuple[tuple[Segment, str], ...]:
        """Sentences of the text, headings and cells aside, with their words without white space."""
        return tuple(
            (segment, self.words_of(segment))
            for segment in self.document.segments
            if segment.kind is SegmentKind.SENTENCE and segment.cell is None
        )

    def words_of(self, segment: Segment) -> str:
        return _SPACE.sub("", joined(self.document.text, segment.pieces))

    def paragraph_words(self, segment: Segment) -> str:
        return "".join(self.words_of(each) for each in self.paragraphs.get(segment.paragraph, (segment,)))

    def pair_in(self, row: IndicatorRow) -> Pair | None:
        """The pair of a row's only target and only actual, which stand beside each other whatever else was paired."""
        goal, done = figure_in(row.target), figure_in(row.actual)
        if goal is None or done is None:
            return None
        known = self._pairs_by_claims.get((goal.id, done.id))
        if known is not None and known.verdict is None and goal.quantity.approx is Approx.EXACT:
            return known
        if not _are_comparable(goal, done):
            return known
        verdict = known.verdict if known is not None and known.verdict is not None else compared(goal, done, "")
        return Pair(
            target=goal,
            actual=done,
            answer=Answer.FIGURE,
            basis=Basis.PERFORMANCE,
            verdict=verdict,
            ratio=ratio_of(goal, done),
            confidence=max(_SAME_ROW, known.confidence if known is not None else 0.0),
            reasons=("beside each other in a row",) if known is None else known.reasons,
        )

    @cached_property
    def row_pairs(self) -> tuple[Pair, ...]:
        """The pairs of the rows of all forms."""
        return tuple(pair for _, row in self.rows() if (pair := self.pair_in(row)) is not None)

    @cached_property
    def all_pairs(self) -> tuple[Pair, ...]:
        """The pairs of rows, and those that were learnt but for the same two figures."""
        beside = {(pair.target.id, pair.actual.id) for pair in self.row_pairs if pair.actual is not None}
        learnt = [p for p in self.pairs if p.actual is None or (p.target.id, p.actual.id) not in beside]
        return (*learnt, *self.row_pairs)

    @cached_property
    def open_targets(self) -> frozenset[str]:
        """Ids of the targets that no figure answers."""
        return frozenset(pair.target.id for pair in self.pairs if pair.actual is None)

    @cached_property
    def answering(self) -> frozenset[str]:
        """Ids of the actuals that surely answer targets."""
        return frozenset(p.actual.id for p in self.pairs if p.actual is not None and p.confidence >= _SURE)

    @cached_property
    def told_and_answered_beside(self) -> tuple[int, int]:
        """How many targets of sentences are surely answered, and how many of them in their own sentences."""
        told = [p for p in self.pairs if p.actual is not None and p.target.cell is None and p.confidence >= _SURE]
        return len(told), sum(p.actual is not None and p.actual.segment is p.target.segment for p in told)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The marks of every form, and of sentences where they tell a whole sheet."""
        in_forms = {row.table for _, row in self.rows()}
        telling = (s for s in self.document.segments if s.cell is None or s.cell.table not in in_forms)
        spans = [s.span for s in telling if s.cell is None or _NAMED_FIGURE.search(s.span.of(self.document.text))]
        runs = told_runs(self.document.text, self.claims, spans)
        alone = told_alone(runs) if len(self.forms) == 1 else None
        forms = (with_total(_sheet_of(self, form), alone) for form in self.forms if form.rows)
        return (*forms, *told_sheets(self.document.text, self.placed, runs))

    @cached_property
    def misprints(self) -> Mapping[int, Misprint]:
        """Where a mark stands → what it should be, for those that make the sums of a sheet fail."""
        found = (misprint_in(sheet, Fraction(self.profile.total)) for sheet in self.sheets)
        return {each.mark.span.start: each for each in found if each is not None}

    def is_misprinted(self, *marks: Claim | None) -> bool:
        """Whether one of these marks is what makes the sums of its sheet fail."""
        return any(claim is not None and claim.span.start in self.misprints for claim in marks)

    @cached_property
    def rows_with_target(self) -> Mapping[Amount, tuple[IndicatorRow, ...]]:
        """Number and unit of a target → the rows of all forms that have it."""
        targets = ((figure_in(row.target), row) for _, row in self.rows())
        return _grouped((amount_of(target), row) for target, row in targets if target is not None)

    @cached_property
    def rows_by_place(self) -> Mapping[tuple[int, int], IndicatorRow]:
        """(table, row) → the row of a form that stands there."""
        return {(row.table, row.row): row for _, row in reversed(list(self.rows()))}

    def rows(self) -> Iterator[tuple[Form, IndicatorRow]]:
        for form in self.forms:
            for row in form.rows:
                yield form, row

    def span_of(self, segment: Segment, words: re.Match[str]) -> CharSpan:
        """Where what was found in a segment's words (without white space) stands in the text."""
        places = [
            place
            for piece in segment.pieces
            for place in range(piece.start, piece.end)
            if not self.document.text[place].isspace()
        ]
        return CharSpan(places[words.start()], places[words.end() - 1] + 1)


def amount_of(claim: Claim) -> Amount:
    return claim.quantity.number, claim.quantity.unit


def _grouped(items: Iterable[tuple[_Key, _Item]]) -> dict[_Key, tuple[_Item, ...]]:
    groups: dict[_Key, list[_Item]] = {}
    for key, item in items:
        groups.setdefault(key, []).append(item)
    return {key: tuple(group) for key, group in groups.items()}


def _are_comparable(goal: Claim, done: Claim) -> bool:
    return goal.quantity.dimension == done.quantity.dimension and goal.quantity.unit == done.quantity.unit


def _sheet_of(case: Case, form: Form) -> Sheet:
    """A form as a sheet: its first fund row with points, its indicator rows, its total."""
    funds = [Item(row.name, _mark(row.weight), _mark(row.score), _spent(row)) for row in form.scored_funds[:1]]
    rows = [Item(row.name, _mark(row.weight), _mark(row.score), _earned(case, row)) for row in form.rows]
    total = form.total
    weight, score = (None, None) if total is None else (_mark(total.weight), _mark(total.score))
    return Sheet((*funds, *rows), weight, score)


def _mark(cell: FormCell | None) -> Mark | None:
    return mark_of(figure_in(cell))


def _spent(row: FundRow) -> tuple[Interval, ...]:
    planned, spent = figure_in(row.adjusted) or figure_in(row.opening), figure_in(row.spent)
    share = None if planned is None or spent is None or not planned.quantity.number else quotient(spent, planned)
    return () if share is None else (capped(share),)


def _earned(case: Case, row: IndicatorRow) -> tuple[Interval, ...]:
    """What the row's figures earn; nothing is known of a row that gives reasons."""
    goal, done = figure_in(row.target), figure_in(row.actual)
    if goal is None or done is None or not _are_comparable(goal, done) or case.pair_in(row) is None:
        return ()
    return earned_shares(goal, done)
