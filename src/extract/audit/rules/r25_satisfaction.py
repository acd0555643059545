"""R25: a satisfaction rate without a sample, a method or a return rate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.wording import written
from extract.records import Claim, FindingType, Role, Severity

RULE = "R25"
_SATISFACTION = re.compile(r"满意(?:度|率)")
_FEWEST_SENTENCES = 8
_METHOD = re.compile(
    r"问卷|调查|抽样|回收|回访|测评|样本|访谈|走访|随机|电话|评议|评价器|好差评|第三方|满意度测|线上|网络投票|座谈|征求意见|扫码|受访|反馈表|答卷|收回|征询|评价表|入户|填表"
)


def check_satisfaction(case: Case) -> Iterator[Checked]:
    """One hint a document that states a satisfaction rate and tells nowhere how people were asked.

    A form has no place for that: of a rate in a cell it is asked only where sentences enough for a report go with it.
    """
    if _METHOD.search(case.plain):
        return
    is_report = len(case.sentences) >= _FEWEST_SENTENCES
    rates = [claim for claim in case.claims if claim.role is Role.ACTUAL and _is_satisfaction(claim)]
    rates = [claim for claim in rates if is_report or claim.cell is None]
    if rates:
        said = written(rates[0], case.document.text)
        yield finding(
            case.document,
            FindingType.EVIDENCE,
            RULE,
            (rates[0],),
            severity=Severity.HINT,
            confidence=0.6,
            stated=said,
            message=f"满意度{said}，全文未见调查方式、样本数或回收率。请说明调查方法，并提供问卷等佐证材料。",
        )


def _is_satisfaction(claim: Claim) -> bool:
    words = claim.indicator + (claim.cell.row_header if claim.cell is not None else "")
    return claim.quantity.unit == "%" and _SATISFACTION.search(words) is not None
