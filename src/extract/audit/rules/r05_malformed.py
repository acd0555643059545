"""R05: a number that cannot be read: two decimal points, thousands parted in the wrong place, signs doubled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.audit.findings import Checked, finding
from extract.offsets import CharSpan, folded
from extract.records import Cell, Claim, Document, FindingType, Severity

RULE = "R05"
_AROUND = 12  #: characters of a numeral in front of a claim that reads its end alone
_NUMERAL_TAIL = re.compile(r"\d[\d.,]*$")
_POINTS_FOR_COMMAS = re.compile(r"(?P<thousands>\d{1,3}(?:\.\d{3})+)(?=\.\d{1,2}(?!\d))")
_ALL_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?![\d.])")
_STRUCK_TWICE = re.compile(r"([.,])\1")
_SIGNS_DOUBLED = re.compile(r"[.,]{2,}")
_WRONG_GROUP = re.compile(r",(?:\d{1,2}|\d{4,})(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d\.\d{1,2}(?:\.\d{1,2})?")
_BARE = re.compile(r"\d[\d.,，．]*\d(?:%|[亿万千]?元)?")
_IN_SENTENCE = re.compile(
    r"(?<=[一-鿿])(?<![第见附表图节条款按版])(?P<numeral>(?!(?:19|20)\d\d\.)\d{1,4}\.\d{1,4}\.\d{1,3}(?:[万亿])?"
    r"(?:元|平方米|公里|公顷|立方米|亩|吨|人次?|户|次|台|件|[%％]|(?<=[万亿])\S))"
)
_GROUPED = re.compile(
    r"(?<=[一-鿿])(?<![第见附表图版])(?P<numeral>\d{1,3}(?:\.\d{3}){2,})(?![\d.])"
)  #: points for commas
_ALONE = re.compile(r"\d{1,4}\.\d{2,4}\.\d{1,2}|\d{2,4}\.\d{1,4}\.\d{1,2}|\d{1,3}\.\d{1,3}\.\d{2}")
_FIGURE = re.compile(r"\d[\d,]*\.\d{1,2}")
_LINE = re.compile(r"[^\n]+")
_NEAR = 3  #: lines on either side
_FEWEST = 2  #: figures of a column
_NUMERAL = re.compile(r"\d[\d.,]*\d|\d")


def check_malformed(document: Document, claims: Sequence[Claim]) -> Iterator[Checked]:
    """A finding for each figure whose digits say no number, and each such cell in a column of figures."""
    text = document.text
    for claim in claims:
        stated = "".join((_numeral_before(text, claim) + claim.span.of(text)).split())
        if claim.quantity.malformed or _is_unreadable(stated):
            yield _unreadable(document, stated, (claim,), (), 0.98 if claim.quantity.malformed else 0.9)
    reported = {claim.span.start for claim in claims}
    for cell in _cells_without_figure(document, claims):
        stated = "".join("".join(piece.of(text) for piece in cell.pieces).split())
        if cell.span is not None and _BARE.fullmatch(stated) and _is_unreadable(stated):
            reported.add(cell.span.start)
            yield _unreadable(document, stated, (), (cell.span,), 0.9)
    for span in _points_doubled(text):
        if not any(start in reported for start in range(span.start, span.end)):
            yield _unreadable(document, span.of(text), (), (span,), 0.9)


def _points_doubled(text: str) -> Iterator[CharSpan]:
    """Numerals with two points before a unit within a sentence, or on a line of their own beside lines of figures."""
    for pattern in (_IN_SENTENCE, _GROUPED):
        for found in pattern.finditer(text):
            yield CharSpan(*found.span("numeral"))
    lines = list(_LINE.finditer(text))
    for place, line in enumerate(lines):
        alone = _ALONE.fullmatch(line[0].strip())
        if alone is None or _DATE.match(alone[0]):
            continue
        near = lines[max(0, place - _NEAR) : place] + lines[place + 1 : place + 1 + _NEAR]
        if any(_FIGURE.fullmatch(each[0].strip()) for each in near):
            start = line.start() + line[0].index(alone[0])
            yield CharSpan(start, start + len(alone[0]))


def _unreadable(
    document: Document, stated: str, claims: tuple[Claim, ...], spans: tuple[CharSpan, ...], confidence: float
) -> Checked:
    meant = _likely(stated)
    perhaps = f"，疑为{meant}" if meant else ""
    return finding(
        document,
        FindingType.MALFORMED,
        RULE,
        claims,
        severity=Severity.LOW,
        confidence=confidence,
        stated=stated,
        expected=meant,
        slip=f"{stated} for {meant}" if meant else None,
        spans=spans,
        message=f"“{stated}”中的数字无法读出（小数点或千分位书写有误），未作换算{perhaps}。请更正。",
    )


def _cells_without_figure(document: Document, claims: Sequence[Claim]) -> Iterator[Cell]:
    """Cells in which no figure was read, of columns in which others were."""
    read = {(cell.table, cell.row, cell.column) for claim in claims if (cell := claim.cell) is not None}
    columns = Counter((table, column) for table, _, column in read)
    for table in document.tables:
        for cell in table.cells:
            is_figures = columns[cell.table, cell.column] >= _FEWEST and not cell.is_header
            if is_figures and (cell.table, cell.row, cell.column) not in read:
                yield cell


def _likely(stated: str) -> str:
    """What was meant, where one sign explains all: points that part thousands, or a sign struck twice; else nothing.

    >>> _likely("8.000.00余万元"), _likely("3..7公里"), _likely("6.8.4公里")
    ('8,000.00余万元', '3.7公里', '')
    """
    if _ALL_GROUPS.match(stated):
        return stated.replace(".", ",")
    grouped = _POINTS_FOR_COMMAS.match(stated)
    if grouped is not None:
        return stated[: grouped.end("thousands")].replace(".", ",") + stated[grouped.end("thousands") :]
    once = _STRUCK_TWICE.sub(r"\1", stated)
    return once if once != stated and not _is_unreadable(once) else ""


def _numeral_before(text: str, claim: Claim) -> str:
    """Within its segment, digits and signs that stand right in front of the claim (``8,,`` of ``8,,42.6``)."""
    start = claim.span.start
    first = max((piece.start for piece in claim.segment.pieces if piece.start <= start), default=start)
    match = _NUMERAL_TAIL.search(text[max(first, start - _AROUND) : start])
    return match[0] if match and match[0][-1] in ".," else ""


def _is_unreadable(stated: str) -> bool:
    match = _NUMERAL.search(folded(stated))
    if match is None or _DATE.match(match[0]):
        return False
    numeral = match[0]
    if numeral.count(".") > 1 or _SIGNS_DOUBLED.search(numeral):
        return True
    whole, _, _ = numeral.partition(".")
    return "," in whole and _WRONG_GROUP.search(whole) is not None
