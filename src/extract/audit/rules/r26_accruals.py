"""R26: accrual items such as depreciation among budget spending."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.wording import written
from extract.records import Claim, ColumnKind, Dimension, FindingType, Role, Severity

RULE = "R26"
_ITEM = re.compile(r"(?:累计)?折旧(?:费(?:用)?)?|(?:无形资产)?摊销(?:费(?:用)?)?|坏账(?:准备|损失)|资产减值")
_SPENDS = re.compile(r"支出|决算|开支|执行|列支")
_ASSETS = re.compile(r"固定资产|资产(?:原值|净值|总额|负债|价值|账面)|累计折旧|成本核算|财务会计|权责发生制|费用总额")
_REACH = 14
_BOUNDARY = re.compile(r"[，。；：、,;（）()]|\n")


def check_accruals(case: Case) -> Iterator[Checked]:
    """A finding for each amount of such an item that is told as spending of the budget."""
    for claim in case.claims:
        if claim.quantity.dimension is Dimension.MONEY and claim.role in (Role.ACTUAL, Role.TARGET):
            item = _in_cell(claim) if claim.cell is not None else _in_sentence(case, claim)
            if item is not None:
                yield _accrual(case, claim, item)


def _in_cell(claim: Claim) -> str | None:
    """The item that names the row of a column of spending."""
    cell = claim.cell
    if cell is None or cell.kind is not ColumnKind.SPENT:
        return None
    found = _ITEM.search(cell.row_header)
    return found[0] if found and not _ASSETS.search(cell.row_header) else None


def _in_sentence(case: Case, claim: Claim) -> str | None:
    """The item that stands right before the amount in a sentence on spending."""
    words = case.words_of(claim.segment)
    start = max(claim.segment.span.start, claim.span.start - _REACH)
    before = _BOUNDARY.split(case.document.text[start : claim.span.start])[-1]
    found = _ITEM.search(before)
    return found[0] if found and _SPENDS.search(words) and not _ASSETS.search(words) else None


def _accrual(case: Case, claim: Claim, item: str) -> Checked:
    said = written(claim, case.document.text)
    return finding(
        case.document,
        FindingType.SCOPE,
        RULE,
        (claim,),
        severity=Severity.MEDIUM,
        confidence=0.7,
        stated=said,
        message=f"“{item}”{said}列在预算支出中；折旧、摊销等不是预算支出，应在财务会计中反映。请核对支出口径，并说明或更正。",
    )
