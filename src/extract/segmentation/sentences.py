"""Paragraphs into sentences, and sentences into clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.offsets import CharSpan
from extract.segmentation.lines import trimmed

_SENTENCE_END = re.compile(r"[。！？!?；;]+[”’」』）)]*|\.(?=\s*(?:\d{1,2}[.、]|[一-鿿]|\n|$))(?<=[^\d].)")
MAX_SENTENCE = 3000  #: a longer one is cut, so that no text without full stops makes the work grow with its square
_CLAUSE_END = re.compile(r"[，、：:]|,(?!\d{3}(?!\d))|(?<!\d),")


def find_sentences(text: str, span: CharSpan) -> Iterator[CharSpan]:
    """The sentences of ``span``, ended by 。！？； and full stops that stand for them."""
    start = span.start
    for end in [*(mark.end() for mark in _SENTENCE_END.finditer(text, span.start, span.end)), span.end]:
        piece = trimmed(text, start, end)
        if piece:
            yield from _bounded(text, piece)
        start = end


def _bounded(text: str, sentence: CharSpan) -> Iterator[CharSpan]:
    """A sentence beyond all measure, in pieces that end at a comma where there is one."""
    start = sentence.start
    while sentence.end - start > MAX_SENTENCE:
        comma = text.rfind("，", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        end = comma + 1 if comma > 0 else start + MAX_SENTENCE
        piece = trimmed(text, start, end)
        if piece:
            yield piece
        start = end
    piece = trimmed(text, start, sentence.end)
    if piece:
        yield piece


def clause_around(text: str, sentence: CharSpan, inside: CharSpan) -> CharSpan:
    """The clause of ``sentence`` that holds ``inside``: from comma to comma."""
    start, end = sentence.start, sentence.end
    for mark in _CLAUSE_END.finditer(text, sentence.start, sentence.end):
        if mark.end() <= inside.start:
            start = mark.end()
        elif mark.start() >= inside.end:
            end = mark.start()
            break
    return CharSpan(start, max(end, inside.end))
