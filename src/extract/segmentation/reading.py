"""The text as it is read: segment after segment, folded, with every place traced back to the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from extract.offsets import CharSpan, Pieces, folded, joined
from extract.records import Document, Quantity, Segment


class Reading:
    """The segments of a document joined by line feeds; lines that a page or a column cut are whole here.

    Look-alike characters are folded, so cues and numerals are searched in ``words`` only; ``document_span`` leads back.
    """

    def __init__(self, document: Document) -> None:
        self.segments = document.segments
        self._text = document.text
        self._starts: list[int] = []  # of each piece, in words
        self._sources: list[int] = []  # of each piece, in the document
        self.segment_starts: list[int] = []
        parts: list[str] = []
        position = 0
        for segment in document.segments:
            self.segment_starts.append(position)
            for piece in segment.pieces:
                self._starts.append(position)
                self._sources.append(piece.start)
                parts.append(piece.of(document.text))
                position += piece.end - piece.start
            parts.append("\n")
            position += 1
        self.words = folded("".join(parts))

    def segment_at(self, offset: int) -> tuple[Segment, CharSpan]:
        """The segment that ``words[offset]`` belongs to, and where it stands in ``words``."""
        index = bisect_right(self.segment_starts, offset) - 1
        start = self.segment_starts[index]
        end = self.segment_starts[index + 1] - 1 if index + 1 < len(self.segment_starts) else len(self.words) - 1
        return self.segments[index], CharSpan(start, end)

    def document_span(self, span: CharSpan) -> CharSpan:
        """Where ``span`` of ``words`` stands in the document's text.

        What a column's end parted, with other cells between, is given by its first part.
        """
        first = bisect_right(self._starts, span.start) - 1
        start = self._sources[first] + span.start - self._starts[first]
        if first + 1 == len(self._starts) or span.end <= self._starts[first + 1]:
            return CharSpan(start, start + span.end - span.start)
        end = self._source(span.end - 1) + 1
        for index in range(first + 1, bisect_right(self._starts, span.end - 1)):
            end_before = self._sources[index - 1] + self._starts[index] - self._starts[index - 1]
            if self._text[end_before : self._sources[index]].strip():
                return CharSpan(start, end_before)
        return CharSpan(start, end)

    def _source(self, offset: int) -> int:
        index = bisect_right(self._starts, offset) - 1
        return self._sources[index] + offset - self._starts[index]

    def is_cut(self, span: CharSpan) -> bool:
        """Whether ``span`` of ``words`` runs from one segment into the next."""
        return "\n" in self.words[span.start : span.end]


def pieces_text(pieces: Pieces, words: str) -> str:
    """What pieces read as, white space taken out: the text of a cell as a name."""
    return "".join(joined(words, pieces).split())


def traced(quantities: Iterable[Quantity], reading: Reading) -> tuple[Quantity, ...]:
    """Quantities found in ``reading.words`` with their spans in the document."""
    return tuple(q.at(reading.document_span(q.span)) for q in quantities)
