"""Where a prediction and an annotation part: one record a place, to be read by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from extract.annotation.markup import AnnotatedReport
from extract.offsets import CharSpan

_AROUND = 16  #: characters shown on either side


class MistakeKind(StrEnum):
    MISSED_QUANTITY = "missed quantity"
    SPURIOUS_QUANTITY = "spurious quantity"
    WRONG_SPAN = "wrong span"
    WRONG_APPROX = "wrong approx"
    WRONG_ROLE = "wrong role"
    WRONG_SLOT = "wrong slot"
    MISSED_PAIR = "missed pair"
    WRONG_PAIR = "wrong pair"
    WRONG_VERDICT = "wrong verdict"
    MISSED_UNANSWERED = "missed unanswered"
    WRONG_UNANSWERED = "wrong unanswered"
    MISSED_FINDING = "missed finding"
    FALSE_FINDING = "false finding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One disagreement and its place."""

    kind: MistakeKind
    document: str
    span: CharSpan | None  #: of the figure it is about; None of a fault that rests on no mention
    line: int  #: of the text, counted from 1; 0 where there is no place
    around: str  #: the figure in 【】 with the words around it
    gold: str = ""
    predicted: str = ""


def mistake(
    kind: MistakeKind, report: AnnotatedReport, span: CharSpan | None, *, gold: str = "", predicted: str = ""
) -> Mistake:
    """The record of a disagreement at ``span`` of the report's text."""
    return Mistake(
        kind=kind,
        document=report.name,
        span=span,
        line=0 if span is None else report.text.count("\n", 0, span.start) + 1,
        around="" if span is None else _around(report.text, span),
        gold=gold,
        predicted=predicted,
    )


def _around(text: str, span: CharSpan) -> str:
    r"""The words around a figure on one line; where a line of the text ends stands ⏎.

    >>> _around("全年新建\n泵站14座，超额完成", CharSpan(7, 10))
    '全年新建⏎泵站【14座】，超额完成'
    """
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    parts = (part.replace("\r", "").replace("\n", "⏎").replace("\t", "⇥") for part in (before, span.of(text), after))
    return "{}【{}】{}".format(*parts)


def first_of_each_kind(mistakes: Iterable[Mistake], most: int) -> Iterator[Mistake]:
    """Up to ``most`` mistakes of each kind, kinds in their order, places in the order given."""
    in_order = sorted(mistakes, key=lambda each: _RANK[each.kind])
    seen: Counter[MistakeKind] = Counter()
    for each in in_order:
        if seen[each.kind] < most:
            yield each
        seen[each.kind] += 1


_RANK = {kind: rank for rank, kind in enumerate(MistakeKind)}
