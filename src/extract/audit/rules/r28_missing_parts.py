"""R28: required parts that a report does not have, and goals that differ between form and report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.offsets import CharSpan
from extract.records import ColumnKind, FindingType, Role, Severity

RULE = "R28"
_LEAST_LENGTH = 1200  #: characters without white space: shorter ones are parts of a report
_REPORT = re.compile(r"自评报告|绩效自评|自评情况|绩效评价报告")
_SCORES = re.compile(r"(?:自评|评价|综合)?(?:得分|评分|总分)")
_ADJUSTED = re.compile(r"全年预算|调整后?预算|预算调整|调整预算|追加|调增|调整后|年中")
_BUDGET = re.compile(r"年初预算|预算批复|预算安排")


def check_missing_parts(case: Case) -> Iterator[Checked]:
    """Hints, at the title, on parts that cannot be found; one that is nowhere at all is no more than a hint either."""
    if len(case.plain) < _LEAST_LENGTH or not _REPORT.search(case.plain[:400]):
        return
    for part, ask in _missing(case):
        yield finding(
            case.document,
            FindingType.MISSING,
            RULE,
            (),
            severity=Severity.HINT,
            confidence=0.5,
            stated=part,
            spans=(_title(case),),
            message=f"报告中未见{part}。{ask}",
        )


def _missing(case: Case) -> Iterator[tuple[str, str]]:
    if not any(claim.role is Role.TARGET and claim.stage is None for claim in case.claims) and "目标" not in case.plain:
        yield "绩效目标", "请补充年度绩效目标，或说明目标的来源。"
    if not case.forms and not _SCORES.search(case.plain):
        yield "自评得分和评分表", "请补充自评表，或说明自评结果。"
    has_column = any(cell.kind is ColumnKind.ADJUSTED for table in case.document.tables for cell in table.cells)
    if _BUDGET.search(case.plain) and not has_column and not _ADJUSTED.search(case.plain):
        yield "全年（调整后）预算数", "执行率应以全年预算数为分母，请补充全年预算数，或说明预算没有调整。"


def _title(case: Case) -> CharSpan:
    text, title = case.document.text, case.document.title
    start = text.find(title) if title else -1
    if title and start >= 0:
        return CharSpan(start, start + len(title))
    first = next(place for place, character in enumerate(text) if not character.isspace())
    return CharSpan(first, first + 1)
