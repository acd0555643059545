"""R28 where one row of a sheet has its weight or its marks, and not both as all the others do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.audit.case import Case
from extract.audit.cues import tells_of_row
from extract.audit.findings import Checked, finding
from extract.audit.rules.r28_missing_parts import RULE
from extract.audit.wording import written
from extract.records import Claim, ColumnKind, FindingType, Severity, Table

_FEWEST = 3  #: rows with both
_MARKS = {ColumnKind.WEIGHT: "分值", ColumnKind.SCORE: "得分"}
_Row = Mapping[ColumnKind, Claim]


def check_blank_marks(case: Case) -> Iterator[Checked]:
    """A finding for the only row of a table that lacks its weight or its marks."""
    for table in case.document.tables:
        rows = list(_marks(case, table))
        lone = [row for row in rows if len(row) == 1]
        if len(lone) == 1 and len(rows) - 1 >= _FEWEST:
            yield from (_blank(case, kind, claim) for kind, claim in lone[0].items() if not _is_total(claim))


def _marks(case: Case, table: Table) -> Iterator[_Row]:
    """Of each row with marks, and no more than one of each kind, the figures."""
    for number in table.rows:
        claims = case.claims_in_row.get((table.index, number), ())
        marks = [(c.cell.kind, c) for c in claims if c.cell is not None and c.cell.kind in _MARKS]
        row = {kind: claim for kind, claim in marks if kind is not None}
        if row and len(row) == len(marks):
            yield row


def _is_total(claim: Claim) -> bool:
    return claim.cell is None or tells_of_row("total", claim.cell.row_label)


def _blank(case: Case, kind: ColumnKind, claim: Claim) -> Checked:
    stated = written(claim, case.document.text)
    name = "" if claim.cell is None else claim.cell.row_label
    asked = next(word for other, word in _MARKS.items() if other is not kind)
    return finding(
        case.document,
        FindingType.MISSING,
        RULE,
        (claim,),
        severity=Severity.MEDIUM,
        confidence=0.7,
        stated=stated,
        message=f"“{name}”一行只填了{_MARKS[kind]}{stated}，同一表中其他各行的{asked}都已填写。请补填{asked}。",
    )
