"""Clauses without a figure in which results are told, and which of them may answer a target."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from extract.claims.names import character_pairs
from extract.claims.sections import section_roles
from extract.offsets import folded
from extract.records import Claim, ColumnKind, Document, Role, Segment, SegmentKind

SHORT = 14  #: characters of a cell that holds one figure
_COMMON = 400  #: clauses that share a pair of characters: beyond, it tells nothing
_CLAUSES = re.compile(r"[^，,；;。！？\n]+")
_TELLS = re.compile(r"[一-鿿]{2}")
_DONE = re.compile(
    r"全部|顺利|圆满|已|完成|均|未(?:发生|出现)|没有|无|通过|实现|落实|有序|达标|达到|符合|良好|满意|合格|及时|按期|按时"
)
_NOT_YET = re.compile(
    r"尚未|未能|未完成|未开展|未启动|未核算|未考核|未统计|未评审|未发布|待|正在|暂|推进中|开展调查|没有(?:数据|统计|开展|落|建立|明确|形成)|无人统计|不够"
)
_NOT_TOLD_IN = (Role.TARGET, Role.PLAN)


class WordAnswer(NamedTuple):
    """A clause that may answer a target in words."""

    segment: Segment | None
    likeness: float = 0.0  #: how much of the target's name it has: 0 to 1
    in_row: bool = False  #: it stands in the column of actuals beside the target
    not_yet: bool = False  #: it says that the thing was not done


class WordAnswers:
    """The clauses of a document that tell results in words alone."""

    def __init__(self, document: Document) -> None:
        words = folded(document.text)
        self._clauses = tuple(_telling_clauses(document, words))
        self._names = [character_pairs(text) for _, text in self._clauses]
        self._with: dict[str, list[int]] = {}
        self._of_row: dict[tuple[int, int], int] = {}
        for index, (segment, _) in enumerate(self._clauses):
            for pair in self._names[index]:
                self._with.setdefault(pair, []).append(index)
            if segment.cell is not None:
                self._of_row.setdefault((segment.cell.table, segment.cell.row), index)

    def best(self, target: Claim) -> WordAnswer:
        """The clause in the row of the target, else the one that has most of its name."""
        cell = target.cell
        beside = self._of_row.get((cell.table, cell.row)) if cell is not None else None
        if beside is not None and self._clauses[beside][0].cell != cell and is_short(target):
            segment, text = self._clauses[beside]
            return WordAnswer(segment, 1.0, in_row=True, not_yet=_NOT_YET.search(text) is not None)
        name = character_pairs(target.indicator)
        with_pair = (self._with.get(pair, ()) for pair in sorted(name))
        shared = Counter(index for places in with_pair if len(places) <= _COMMON for index in places)
        best = self._most_like(shared, target)
        if best is None:
            return WordAnswer(None)
        segment, text = self._clauses[best]
        return WordAnswer(segment, shared[best] / len(name), not_yet=_NOT_YET.search(text) is not None)

    def _most_like(self, shared: Counter[int], target: Claim) -> int | None:
        """Of the clauses outside the target's own sentence the shortest, then first, of those that share most."""
        own = target.segment.pieces
        for count in sorted(set(shared.values()), reverse=True):
            most = [i for i, times in shared.items() if times == count and self._clauses[i][0].pieces != own]
            if most:
                return min(most, key=lambda index: (len(self._names[index]), index))
        return None


def is_short(claim: Claim) -> bool:
    """Whether a claim stands in a cell of a figure and no words."""
    cell = claim.cell
    return cell is not None and cell.span is not None and cell.span.end - cell.span.start <= SHORT


def _telling_clauses(document: Document, words: str) -> Iterator[tuple[Segment, str]]:
    """Clauses without a digit, of results told in prose, and whole cells of words in columns of actuals."""
    roles = section_roles(document.segments, document.year)
    for segment in document.segments:
        text = segment.span.of(words)
        if segment.cell is not None and segment.cell.kind is ColumnKind.ACTUAL:
            if _TELLS.search(text) and not re.search(r"\d", text):
                yield segment, text
        elif segment.kind is SegmentKind.SENTENCE and roles[segment.section][0] not in _NOT_TOLD_IN:
            for clause in _CLAUSES.findall(text):
                if _DONE.search(clause) and not re.search(r"\d", clause):
                    yield segment, clause
