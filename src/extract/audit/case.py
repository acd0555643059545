"""What the rules on forms look at: one document with everything found in it so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.audit.forms import Form, FormCell, IndicatorRow, read_forms
from extract.audit.profiles import Profile
from extract.offsets import CharSpan, joined
from extract.records import Claim, Document, Pair, Segment, SegmentKind

_SPACE = re.compile(r"\s+")


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
        """The pair of a row's only target and only actual."""
        goal, done = _figure(row.target), _figure(row.actual)
        return None if goal is None or done is None else self._pairs_by_claims.get((goal.id, done.id))

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


def _figure(cell: FormCell | None) -> Claim | None:
    return None if cell is None else cell.figure
