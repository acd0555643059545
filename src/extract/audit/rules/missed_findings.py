"""Findings of R06: what it says of targets missed, dates not kept, and sentences that have it otherwise."""

from __future__ import annotations

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.targets.late import Late
from extract.audit.targets.meant import meant
from extract.audit.targets.missed_pairs import is_told_as_done
from extract.audit.targets.sides import Sided
from extract.audit.targets.told_marks import ToldOtherwise
from extract.audit.wording import written
from extract.records import Claim, FindingType, Severity

RULE = "R06"


def missed(case: Case, target: Claim, actual: Claim, *, hidden: bool) -> Checked:
    text = case.document.text
    goal, done = written(target, text), written(actual, text)
    name = target.indicator or actual.indicator or goal
    told = "文中按完成叙述" if is_told_as_done(case, target, actual) else "文中未作说明"
    said = "自评仍得满分或接近满分" if hidden else told
    right = meant(case, target, actual)
    doubt = "" if right is None else f"；若实际为{right.figure}，则与文中其他数字{right.workings}相符"
    return finding(
        case.document,
        FindingType.MISSED,
        RULE,
        (target, actual, *(right.claims if right is not None else ())),
        severity=Severity.HIGH if hidden else Severity.MEDIUM,
        confidence=0.85 if hidden else 0.7,
        stated=done,
        expected=goal if right is None else right.figure,
        workings=f"{done}<{goal}" if (actual.quantity.value or 0) < (target.quantity.value or 0) else f"{done}>{goal}",
        message=f"“{name}”目标为{goal}，实际为{done}，未达目标，{said}{doubt}。请说明未完成的原因。",
    )


def on_other_side(case: Case, sided: Sided) -> Checked:
    text = case.document.text
    done, goal = written(sided.done, text), written(sided.goal, text)
    said, sign = ("达到或高于", "<") if sided.above else ("低于", ">")
    name = sided.done.indicator or done
    right = meant(case, sided.goal, sided.done)
    return finding(
        case.document,
        FindingType.MISSED,
        RULE,
        (sided.done, sided.goal),
        severity=Severity.MEDIUM,
        confidence=0.75,
        stated=done,
        expected="" if right is None else right.figure,
        workings=f"{done}{sign}{goal}",
        message=f"“{name}”原文称{done}{said}{goal}，而{done}{sign}{goal}，与所述不符。请核对并更正，或说明情况。",
    )


def done_late(case: Case, late: Late) -> Checked:
    fact = f"“{late.name}”要求{late.asked}，实际为{late.done}，晚于要求，{late.said}"
    return finding(
        case.document,
        FindingType.MISSED,
        RULE,
        late.claims,
        severity=Severity.MEDIUM,
        confidence=0.75,
        stated=late.done,
        expected=late.asked,
        workings=f"{late.done}>{late.asked}",
        spans=late.spans,
        message=f"{fact}。请核对日期，或说明推迟的原因并相应扣分。",
    )


def told_less(case: Case, each: ToldOtherwise) -> Checked:
    text = case.document.text
    goal, done, told = (written(claim, text) for claim in (each.goal, each.done, each.told))
    fact = f"“{each.row.name}”目标为{goal}，自评表实际完成值为{done}，得满分；正文为{told}，按正文未达目标"
    return finding(
        case.document,
        FindingType.MISSED,
        RULE,
        (each.told, each.done, each.goal),
        severity=Severity.HIGH,
        confidence=0.7,
        stated=told,
        expected=done,
        workings=f"{told}≠{done}",
        message=f"{fact}，两处不一致。请核对并更正，或说明口径的差别。",
    )
