"""R04: a unit that cannot be meant: 元 where the amounts beside it are 万元, a unit twice, an impossible size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from extract.audit.findings import Checked, finding
from extract.audit.wording import written
from extract.records import Claim, Dimension, Document, FindingType, Pair, Severity

RULE = "R04"
_TEN_THOUSAND = Decimal(10_000)
_NEIGHBOURS = 5  #: amounts to look at on either side
_FEWEST_ALIKE = 2
_EACH = re.compile(r"人均|户均|亩均|每|单价|标准|均价|元/|补贴标准|定额")
_FAR_OFF = (Decimal(3000), Decimal(30_000))  #: an actual so many times its target says 万元 for 元
_DOUBLED = re.compile(r"\s*(?:万元|亿元|元|公顷|亩|%|个|人次|平方米)")


def check_units(document: Document, claims: Sequence[Claim], pairs: Sequence[Pair]) -> Iterator[Checked]:
    """A finding for each unit that the figures around it contradict."""
    amounts = [claim for claim in claims if claim.quantity.dimension is Dimension.MONEY and claim.quantity.number]
    for claim in claims:
        if _is_doubled(document, claim):
            yield _doubled(document, claim)
    in_yuan = {
        claim.id: claim
        for index, claim in enumerate(amounts)
        if _is_plain_yuan(document, claim) and _should_be_ten_thousands(document, amounts, index)
    }
    for claim in in_yuan.values():
        yield _yuan(document, claim)
    for pair in pairs:
        if pair.actual is None or in_yuan.keys() & {pair.target.id, pair.actual.id}:
            continue
        if _is_far_off(pair):
            yield _far_off(document, pair.target, pair.actual)


def _is_far_off(pair: Pair) -> bool:
    """Whether an actual is about ten thousand times its target, or of money a ten thousandth of it."""
    if not pair.ratio:
        return False
    turned = pair.target.quantity.dimension is Dimension.MONEY and _FAR_OFF[0] <= 1 / pair.ratio <= _FAR_OFF[1]
    return turned or _FAR_OFF[0] <= pair.ratio <= _FAR_OFF[1]


def _is_doubled(document: Document, claim: Claim) -> bool:
    surface = claim.span.of(document.text).replace(" ", "")
    behind = document.text[claim.span.end : claim.span.end + 6]
    match = _DOUBLED.match(behind)
    return match is not None and len(match[0].strip()) > 0 and surface.endswith(match[0].strip())


def _doubled(document: Document, claim: Claim) -> Checked:
    match = _DOUBLED.match(document.text[claim.span.end :])
    stated = claim.span.of(document.text) + (match[0] if match else "")
    return finding(
        document,
        FindingType.UNIT,
        RULE,
        (claim,),
        severity=Severity.LOW,
        confidence=0.95,
        stated=stated,
        expected=claim.span.of(document.text),
        message=f"“{stated}”单位重复。请更正，删去重复的单位。",
    )


def _is_plain_yuan(document: Document, claim: Claim) -> bool:
    """Written in 元 without 万 or 亿, and no price or share of one."""
    surface = claim.span.of(document.text)
    return (
        claim.quantity.unit_from == ""
        and surface.endswith("元")
        and not surface.rstrip("元").rstrip().endswith(("万", "亿"))
        and not _EACH.search(claim.indicator)
    )


def _should_be_ten_thousands(document: Document, amounts: Sequence[Claim], index: int) -> bool:
    """Whether the figure is of the size of its neighbours' 万元, with their decimals, or their sum or difference."""
    number = amounts[index].quantity.number or Decimal(0)
    near = [*amounts[max(0, index - _NEIGHBOURS) : index], *amounts[index + 1 : index + 1 + _NEIGHBOURS]]
    figures = [(c.quantity.number or Decimal(0)) / _TEN_THOUSAND for c in near if _in_ten_thousands(document, c)]
    alike = [figure for figure in figures if number and Decimal("0.01") <= figure / number <= Decimal(100)]
    if len(alike) < _FEWEST_ALIKE:
        return False
    if amounts[index].quantity.precision <= Decimal("0.01") and number >= 10:
        return True
    return any(number in (a + b, abs(a - b)) for a, b in combinations(figures, 2))


def _in_ten_thousands(document: Document, claim: Claim) -> bool:
    hint = claim.cell.unit_hint if claim.cell else ""
    return "万元" in claim.span.of(document.text) or (claim.quantity.unit_from == "header" and hint == "万元")


def _yuan(document: Document, claim: Claim) -> Checked:
    stated = claim.span.of(document.text)
    expected = f"{stated.removesuffix('元')}万元"
    return finding(
        document,
        FindingType.UNIT,
        RULE,
        (claim,),
        severity=Severity.MEDIUM,
        confidence=0.8,
        stated=stated,
        expected=expected,
        workings="前后金额均以万元计",
        slip=f"{stated} for {expected}",
        message=f"“{claim.indicator}”写作{stated}，前后金额均以万元计且数量级相当，疑为{expected}。请核对单位并更正。",
    )


def _far_off(document: Document, target: Claim, actual: Claim) -> Checked:
    goal, done = written(target, document.text), written(actual, document.text)
    return finding(
        document,
        FindingType.UNIT,
        RULE,
        (actual, target),
        severity=Severity.MEDIUM,
        confidence=0.8,
        stated=done,
        workings=f"目标{goal}，实际{done}，相差近万倍",
        message=f"“{target.indicator}”目标为{goal}，实际写作{done}，数量级相差近万倍，疑为单位有误。请核对单位。",
    )
