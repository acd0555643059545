"""What the template shows of one document: records with their words, places and links, nothing left to decide."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extract.audit.wording import written
from extract.controls import visible
from extract.export.html.layout import Block, Line, Marked, ShownTable, fragments_of, lay_out
from extract.export.html.links import Link
from extract.export.html.sheets import BoxMark, Drawn, SheetsView, sheets_view
from extract.export.html.words import Word, Words
from extract.export.jsonl import plain
from extract.offsets import CharSpan
from extract.records import (
    Answer,
    Basis,
    Claim,
    Excluded,
    Extraction,
    Finding,
    NumericKind,
    Pair,
    Role,
    Severity,
    UnitFrom,
    Verdict,
)

_REPORT_TYPES = ("department", "project")
_SHORT_NAME = re.compile("[（/、]")
_SHORT, _LONGEST_WORDS = 40, 160


@dataclass(frozen=True, slots=True)
class Count:
    key: str
    word: Word
    number: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim in the text, or a number set aside (``role`` is ``excluded``), with what points from it."""

    id: str
    to: str
    role: str
    sign: str
    title: str
    flags: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """How one claim was read, and why."""

    id: str
    mark: Link
    role: str
    word: Word
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    related: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    id: str
    number: int
    severity: Severity
    word: Word
    type: str
    rule: str
    confidence: str
    message: str
    facts: tuple[tuple[str, str], ...]
    claims: tuple[Link, ...]
    see_also: tuple[Link, ...]
    same: tuple[FindingView, ...] = ()  #: findings with the same cause


@dataclass(frozen=True, slots=True)
class PairView:
    id: str
    number: int
    measure: str
    target: Link
    actual: Link | None
    words: tuple[Link, ...]  #: where it is answered in words
    verdict: str
    word: Word
    ratio: str
    reasons: tuple[str, ...]
    repeated: bool


@dataclass(frozen=True, slots=True)
class HoldView:
    id: str
    rule: str
    workings: str
    claims: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ExcludedView:
    id: str
    link: Link


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One report on the page."""

    id: str
    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    characters: int
    claims: int
    roles: tuple[Count, ...]
    verdicts: tuple[Count, ...]
    severities: tuple[Count, ...]
    findings: tuple[tuple[Count, tuple[FindingView, ...]], ...]
    pairs: tuple[PairView, ...]
    holds: tuple[HoldView, ...]
    excluded: tuple[tuple[str, tuple[ExcludedView, ...]], ...]
    blocks: tuple[Block, ...]
    marks: Mapping[int, Mark]  #: by the start of its span
    cards: tuple[Card, ...]
    pages: SheetsView | None  #: None where nobody asked for them

    def mark_of(self, mark: Marked) -> Mark:
        return self.marks[mark.span.start]


class _Anchor(NamedTuple):
    """A line of prose, or a row of a table, that can be gone to."""

    start: int
    id: str
    number: int
    table: int | None = None


def document_view(
    extraction: Extraction, *, number: int, words: Words, slots: Mapping[str, str], drawn: Drawn | None = None
) -> DocumentView:
    """The ``number``-th report of a page; ``slots`` gives the names of slots, ``drawn`` the pages to show."""
    return _Viewing(extraction, f"d{number}", words, slots, drawn).view()


class _Viewing:
    """One document on its way to the page: where everything stands, and what points where."""

    def __init__(
        self, extraction: Extraction, prefix: str, words: Words, slots: Mapping[str, str], drawn: Drawn | None
    ) -> None:
        self.extraction, self.prefix, self.words, self.slots = extraction, prefix, words, slots
        self.drawn = drawn
        self.short_slots = {slot: _SHORT_NAME.split(name)[0] for slot, name in slots.items()}
        self.document = extraction.document
        self.text = self.document.text
        fragments = fragments_of(self.document, extraction.claims, extraction.excluded)
        self.shown = tuple(fragment.mark for fragment in fragments if fragment.first)
        self.blocks = tuple(lay_out(self.document, fragments))
        self.rows = {(b.index, row.number) for b in self.blocks if isinstance(b, ShownTable) for row in b.rows}
        self.anchors = tuple(_anchors(self.blocks))
        self.anchor_starts = [anchor.start for anchor in self.anchors]
        self.excluded_numbers = {excluded.span: n for n, excluded in enumerate(extraction.excluded, 1)}
        self.numbers = {claim.id: n for n, claim in enumerate(extraction.claims, 1)}
        self.held = {mark.id for mark in self.shown if isinstance(mark, Claim)}
        self.findings = sorted(extraction.findings, key=lambda f: -f.severity.rank)
        self.finding_numbers = {finding.id: n for n, finding in enumerate(self.findings, 1)}
        self.flags = self._flags()
        self.related = self._related()

    def view(self) -> DocumentView:
        document, claims = self.document, self.extraction.claims
        return DocumentView(
            id=self.prefix,
            name=visible(document.name),
            title=visible(document.title or document.name),
            facts=tuple(self._head()),
            characters=len(self.text),
            claims=len(claims),
            roles=self._counts(Role, (claim.role for claim in claims)),
            verdicts=self._verdict_counts(),
            severities=self._counts(reversed(Severity), (finding.severity for finding in self.findings)),
            findings=tuple(self._finding_groups()),
            pairs=tuple(self._pair(n, pair) for n, pair in enumerate(self.extraction.pairs, 1)),
            holds=tuple(
                HoldView(f"{self.prefix}-h{n}", held.rule, visible(held.workings), self._links(held.claims))
                for n, held in enumerate(self.extraction.holds, 1)
            ),
            excluded=tuple(self._excluded()),
            blocks=self.blocks,
            marks={mark.span.start: self._mark(mark) for mark in self.shown},
            cards=tuple(self._card(claim) for claim in claims),
            pages=self._pages(),
        )

    def _head(self) -> Iterator[tuple[str, str]]:
        document, labels = self.document, self.words.labels
        if document.organisation:
            yield labels["organisation"], visible(document.organisation)
        if document.year:
            yield labels["year"], visible(document.year)
        if document.report_type in _REPORT_TYPES:
            yield labels["kind"], labels[document.report_type]

    def _counts(
        self, values: Iterable[Role] | Iterable[Severity], found: Iterable[Role | Severity]
    ) -> tuple[Count, ...]:
        counts = Counter(found)
        return tuple(Count(v.value, self.words.of(v), counts[v]) for v in values if counts[v])

    def _verdict_counts(self) -> tuple[Count, ...]:
        found = Counter(_outcome(pair) for pair in self.extraction.pairs)
        order = (*Verdict, Answer.WORDS, Answer.NONE, Basis.BUDGET)
        return tuple(Count(_key(v), self.words.of(v), found[v]) for v in order if found[v])

    # Where things stand.

    def _place(self, offset: int) -> tuple[str, str]:
        """(id, name) of the line or table row that holds ``offset``."""
        index = max(0, bisect_right(self.anchor_starts, offset) - 1)
        anchor = self.anchors[index]
        name = self.words.label("line_number" if anchor.table is None else "table_row", n=anchor.number, t=anchor.table)
        return f"{self.prefix}-{anchor.id}", name

    def _place_of(self, claim: Claim) -> tuple[str, str]:
        """(id, name) of the line or table row that a claim stands in."""
        cell = claim.cell
        if cell is None or (cell.table, cell.row) not in self.rows:
            return self._place(claim.span.start)
        return f"{self.prefix}-t{cell.table}r{cell.row}", self.words.label("table_row", t=cell.table, n=cell.row)

    def _mark_id(self, claim: Claim) -> str:
        """Where the claim is marked; of one that another overlaps, its line."""
        if claim.id in self.held:
            return f"{self.prefix}-c{self.numbers[claim.id]}"
        return self._place_of(claim)[0]

    def _link(self, claim: Claim) -> Link:
        first = self.drawn.first_of(claim.id) if self.drawn else None
        return Link(
            self._mark_id(claim),
            visible(written(claim, self.text)),
            self._place_of(claim)[1],
            box=f"{self.prefix}-b{self.numbers[claim.id]}" if first else "",
            page=self.words.label("page_number", n=first.page) if first else "",
        )

    def _links(self, claims: Iterable[Claim]) -> tuple[Link, ...]:
        return tuple(self._link(claim) for claim in claims)

    def _span_link(self, span: CharSpan, *, longest: int = _SHORT) -> Link:
        anchor, name = self._place(span.start)
        surface = " ".join(span.of(self.text).split())
        return Link(anchor, visible(surface if len(surface) <= longest else surface[: longest - 1] + "…"), name)

    # What points where.

    def _flags(self) -> dict[str, tuple[Link, ...]]:
        """Claim id → the findings that rest on it."""
        flags: dict[str, list[Link]] = defaultdict(list)
        for number, finding in enumerate(self.findings, 1):
            link = Link(f"{self.prefix}-f{number}", str(number), visible(finding.message), finding.severity.value)
            for claim in dict.fromkeys(claim.id for claim in finding.claims):
                flags[claim].append(link)
        return {claim: tuple(links) for claim, links in flags.items()}

    def _related(self) -> dict[str, list[Link]]:
        """Claim id → the findings, pairs and proofs that it stands in."""
        related: dict[str, list[Link]] = defaultdict(list)
        for claim, flags in self.flags.items():
            related[claim] += [Link(f.id, self.words.label("finding_number", n=f.text)) for f in flags]
        for number, pair in enumerate(self.extraction.pairs, 1):
            link = Link(f"{self.prefix}-p{number}", self.words.label("pair_number", n=number))
            for claim in dict.fromkeys(side.id for side in (pair.target, pair.actual) if side):
                related[claim].append(link)
        for number, held in enumerate(self.extraction.holds, 1):
            link = Link(f"{self.prefix}-h{number}", self.words.label("hold_number", n=number))
            for claim in dict.fromkeys(claim.id for claim in held.claims):
                related[claim].append(link)
        return related

    # The text's marks and their cards.

    def _mark(self, mark: Marked) -> Mark:
        if isinstance(mark, Excluded):
            number = self.excluded_numbers[mark.span]
            title = f"{self.words.labels['excluded']}：{self.words.of(mark.reason).word}"
            return Mark(f"{self.prefix}-y{number}", f"{self.prefix}-x{number}", "excluded", "", title)
        word, identity = self.words.of(mark.role), self._mark_id(mark)
        return Mark(
            identity, f"{identity}-card", mark.role.value, word.sign, self._title(mark), self.flags.get(mark.id, ())
        )

    def _title(self, claim: Claim) -> str:
        """A claim in one line, for whoever rests on it: role, value, measure, confidence."""
        value = self._value(claim)
        parts = (self.words.of(claim.role).word, value, claim.indicator, self._slot(claim.slot))
        return visible(" · ".join(" ".join(part.split()) for part in parts if part))

    def _value(self, claim: Claim) -> str:
        quantity = claim.quantity
        if quantity.malformed:
            return self.words.labels["unreadable"]
        number = _grouped(quantity.number)
        if quantity.number is None:
            number = f"{_grouped(quantity.low)}–{_grouped(quantity.high)}"
        return f"{self.words.of(quantity.approx).word}{number}{quantity.unit}"

    def _slot(self, slot: str) -> str:
        return self.slots.get(slot, slot)

    def _card(self, claim: Claim) -> Card:
        identity = f"{self.prefix}-c{self.numbers[claim.id]}"
        return Card(
            id=f"{identity}-card",
            mark=self._link(claim),
            role=claim.role.value,
            word=self.words.of(claim.role),
            facts=tuple((name, visible(fact)) for name, fact in self._facts(claim) if fact),
            reasons=tuple(visible(self.words.reason(reason, self.short_slots)) for reason in claim.reasons),
            related=(*self._first_statement(claim), *self.related.get(claim.id, ())),
        )

    def _facts(self, claim: Claim) -> Iterator[tuple[str, str]]:
        labels = self.words.labels
        unit = {UnitFrom.HEADER: labels["unit_header"], UnitFrom.IMPLIED: labels["unit_implied"]}
        yield labels["value"], self._value(claim) + unit.get(claim.quantity.unit_from, "")
        yield labels["measure"], claim.indicator
        yield labels["slot"], f"{self._slot(claim.slot)}（{claim.slot}）{_share(claim.slot_confidence)}"
        yield labels["role"], f"{self.words.of(claim.role).word} {_share(claim.role_confidence)}"
        yield labels["stage"], self.words.of(claim.stage).word if claim.stage else ""
        yield labels["period"], claim.period or ""
        yield labels["scope"], claim.organisation
        yield labels["section"], " › ".join(claim.segment.section)
        yield labels["place"], self._where(claim)

    def _where(self, claim: Claim) -> str:
        """The line or row a claim stands in, and the heads of its row and column."""
        cell = claim.cell
        heads = (cell.row_header, cell.column_header) if cell else ()
        return " · ".join(part for part in (self._place_of(claim)[1], *heads) if part)

    def _first_statement(self, claim: Claim) -> tuple[Link, ...]:
        number = self.numbers.get(claim.repeats or "")
        return (Link(f"{self.prefix}-c{number}", self.words.labels["repeats"]),) if number else ()

    def _pages(self) -> SheetsView | None:
        if self.drawn is None:
            return None
        marks = {claim.id: self._box_mark(claim) for claim in self.extraction.claims}
        return sheets_view(self.drawn, marks, document=self.document, prefix=self.prefix, words=self.words)

    def _box_mark(self, claim: Claim) -> BoxMark:
        number = self.numbers[claim.id]
        flags = self.flags.get(claim.id, ())
        return BoxMark(
            f"{self.prefix}-b{number}", f"{self.prefix}-c{number}-card", claim.role.value, self._title(claim), flags
        )

    # The lists.

    def _finding_groups(self) -> Iterator[tuple[Count, tuple[FindingView, ...]]]:
        """Findings by severity, the gravest first; of those with one cause the first holds the others."""
        causes: dict[str, list[Finding]] = {}
        for finding in self.findings:
            causes.setdefault(finding.issue or finding.id, []).append(finding)
        for severity in reversed(Severity):
            groups = [group for group in causes.values() if group[0].severity is severity]
            if groups:
                count = sum(finding.severity is severity for finding in self.findings)
                yield (
                    Count(severity.value, self.words.of(severity), count),
                    tuple(self._finding(head, others) for head, *others in groups),
                )

    def _finding(self, finding: Finding, followers: Sequence[Finding] = ()) -> FindingView:
        number, labels = self.finding_numbers[finding.id], self.words.labels
        facts = (
            (labels["stated"], finding.stated),
            (labels["expected"], finding.expected),
            (labels["workings"], finding.workings),
            (labels["slip"], self._slip(finding.slip)),
        )
        own = {claim.span for claim in finding.claims}
        return FindingView(
            id=f"{self.prefix}-f{number}",
            number=number,
            severity=finding.severity,
            word=self.words.of(finding.severity),
            type=self.words.of(finding.type).word,
            rule=finding.rule,
            confidence=_share(finding.confidence),
            message=visible(finding.message),
            facts=tuple((name, visible(fact)) for name, fact in facts if fact),
            claims=self._links({claim.id: claim for claim in finding.claims}.values()),
            see_also=tuple(self._span_link(span) for span in finding.spans if span not in own),
            same=tuple(self._finding(follower) for follower in followers),
        )

    def _slip(self, slip: str | None) -> str:
        """What was meant and what was written."""
        wrong, between, right = (slip or "").partition(" for ")
        return self.words.label("slip_words", right=right, wrong=wrong) if between else wrong

    def _pair(self, number: int, pair: Pair) -> PairView:
        outcome = _outcome(pair)
        in_words = [s for s in pair.evidence if not s.holds(pair.target.span)] if pair.answer is Answer.WORDS else []
        return PairView(
            id=f"{self.prefix}-p{number}",
            number=number,
            measure=visible(pair.target.indicator or self._slot(pair.target.slot)),
            target=self._link(pair.target),
            actual=self._link(pair.actual) if pair.actual else None,
            words=tuple(self._span_link(span, longest=_LONGEST_WORDS) for span in in_words),
            verdict=_key(outcome),
            word=self.words.of(outcome),
            ratio="" if pair.ratio is None else f"{pair.ratio * 100:.2f}%",
            reasons=tuple(map(visible, self.words.pair_reasons(pair.reasons, self.short_slots))),
            repeated=pair.target.repeats is not None,
        )

    def _excluded(self) -> Iterator[tuple[str, tuple[ExcludedView, ...]]]:
        """What was set aside, by reason."""
        held = {mark.span for mark in self.shown if isinstance(mark, Excluded)}
        groups: dict[NumericKind, list[ExcludedView]] = defaultdict(list)
        for number, excluded in enumerate(self.extraction.excluded, 1):
            link = self._span_link(excluded.span)
            target = f"{self.prefix}-y{number}" if excluded.span in held else link.id
            view = ExcludedView(f"{self.prefix}-x{number}", Link(target, link.text, link.place))
            groups[excluded.reason].append(view)
        for reason in NumericKind:
            if groups[reason]:
                yield self.words.of(reason).word, tuple(groups[reason])


def _anchors(blocks: Iterable[Block]) -> Iterator[_Anchor]:
    """Each line and table row, in text order."""
    found: list[_Anchor] = []
    for block in blocks:
        if isinstance(block, ShownTable):
            table = block.index
            found += [_Anchor(row.start, f"t{table}r{row.number}", row.number, table) for row in block.rows]
            found += [_line_anchor(line) for line in block.leftovers]
        else:
            found.append(_line_anchor(block))
    yield from sorted(found, key=lambda anchor: anchor.start)


def _line_anchor(line: Line) -> _Anchor:
    return _Anchor(line.start, f"l{line.start}", line.number)


def _outcome(pair: Pair) -> Verdict | Answer | Basis:
    """The verdict, or what stands in its place: how it is answered, or that it is a budget's."""
    return pair.verdict or (Basis.BUDGET if pair.answer is Answer.FIGURE else pair.answer)


def _key(value: Verdict | Answer | Basis) -> str:
    return value.value


def _grouped(number: Decimal | None) -> str:
    """A number with its thousands parted.

    >>> _grouped(Decimal("1234567.50"))
    '1,234,567.5'
    """
    text = plain(number) or ""
    return f"{Decimal(text):,f}" if text else ""


def _share(confidence: float) -> str:
    return f"{confidence:.0%}"
