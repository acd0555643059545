"""Of a sheet of marks, told or printed: the mark, the row or the total that makes its sums fail (R11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from extract.audit.case import Case
from extract.audit.cues import tells_of_form
from extract.audit.findings import Checked, finding
from extract.audit.forms.marks import points
from extract.audit.forms.sheets import Lack, Mark, Misprint, Sheet, lack_in, misprint_in, summed
from extract.records import Claim, FindingType, Holds, Severity

_RULE = "R11"
_STEP = Fraction(1, 100)
_SHOWN = 12
_OF_FUNDS = 10  #: points of the budget's execution in most forms
_OFF = 20  #: points by which the weights of a whole sheet may miss the full marks


def check_sheet(case: Case, sheet: Sheet) -> Iterator[Checked]:
    """The one mark that is wrong; else, of a sheet told in sentences, the sum that fails."""
    full = Fraction(case.profile.total)
    found, lack = misprint_in(sheet, full), lack_in(sheet, full)
    if found is not None:
        yield _misprinted(case, sheet, found)
    elif lack is not None:
        if not (_is_told_elsewhere(case, sheet, lack) or _is_of_funds(case, sheet, lack)):
            yield _lacking(case, sheet, lack)
    elif sheet.is_told and (beyond := _beyond_weight(sheet, full)):
        for each in beyond:
            yield _misprinted_row(case, each)
    elif sheet.is_told and sheet.score is not None:
        weights, scores = summed(sheet.weights), summed(sheet.scores)
        total = sheet.weight.value if sheet.weight is not None else full
        if sheet.weights and weights != total and (sheet.weight is not None or abs(weights - total) <= _OFF):
            yield _wrong_sum(case, sheet.weight, sheet.weights, "分值合计", full)
        if abs(scores - sheet.score.value) > sheet.score.step / 2 + _STEP:
            yield _wrong_sum(case, sheet.score, sheet.scores, "总分", full)
        else:
            claims = tuple(mark.claim for mark in (sheet.score, *sheet.scores) if mark.claim is not None)
            if claims:
                yield Holds(rule=_RULE, claims=claims, workings=f"{_sum_of(sheet.scores)}={points(scores)}")


def _is_told_elsewhere(case: Case, sheet: Sheet, lack: Lack) -> bool:
    """Whether another row or sentence gives just the points and the marks that the sheet lacks."""
    counted = {mark.span.start for mark in (*sheet.weights, *sheet.scores)}
    marks = [claim for claim in case.claims if claim.quantity.unit == "分" and claim.span.start not in counted]
    return any(
        (_points(one), _points(other)) == (lack.weight, lack.score) and _stand_together(one, other)
        for one, other in pairwise(marks)
    )


def _is_of_funds(case: Case, sheet: Sheet, lack: Lack) -> bool:
    """Whether the marks that are missing are those of the budget's execution, which a form gives beside its money."""
    full = Fraction(case.profile.fund_weight or _OF_FUNDS)
    if lack.weight != full or any("执行" in item.name for item in sheet.items):
        return False
    rates = (c for c in case.claims if c.quantity.unit == "%" and tells_of_form("execution_rate", c.indicator))
    return any(abs(_points(rate) * full / 100 - lack.score) <= _STEP / 2 for rate in rates)


def _points(claim: Claim) -> Fraction:
    return Fraction(claim.quantity.number or 0)


def _stand_together(one: Claim, other: Claim) -> bool:
    if one.cell is None or other.cell is None:
        return one.segment.paragraph == other.segment.paragraph
    return (one.cell.table, one.cell.row) == (other.cell.table, other.cell.row)


def _lacking(case: Case, sheet: Sheet, lack: Lack) -> Checked:
    """A row that both totals count and the sheet does not have."""
    total = sheet.weight.value if sheet.weight is not None else Fraction(case.profile.total)
    score = sheet.score or sheet.scores[-1]
    weights, scores = points(summed(sheet.weights)), points(summed(sheet.scores))
    fact = f"各项分值相加{weights}，比合计{points(total)}少{points(lack.weight)}"
    marks = f"各项得分相加{scores}，比总分{points(score.value)}少{points(lack.score)}"
    return _on_marks(
        case,
        tuple(mark for mark in (score, sheet.weight, *sheet.weights, *sheet.scores) if mark is not None),
        stated=points(score.value),
        expected=scores,
        workings=f"{_sum_of(sheet.scores)}={scores}",
        slip=None,
        message=f"{fact}；{marks}，可能漏列一项指标。请补列，或核对并更正合计。",
    )


def _beyond_weight(sheet: Sheet, full: Fraction) -> list[Misprint]:
    """The marks above those that their item can get; the full marks are wrong where the others leave room for more."""
    total, out = sheet.weight.value if sheet.weight is not None else full, list[Misprint]()
    for item in sheet.items:
        if item.weight is None or item.score is None or item.score.value <= item.weight.value:
            continue
        room = item.weight.value + total - summed(sheet.weights)
        if room > item.weight.value and room >= item.score.value:
            out.append(Misprint(item, item.weight, room))
        else:
            out.append(Misprint(item, item.score, item.weight.value - (item.lost or 0)))
    return out


def _misprinted_row(case: Case, found: Misprint) -> Checked:
    weight, score = found.item.weight or found.mark, found.item.score or found.mark
    name = f"“{found.item.name}”" if found.item.name else "有一项"
    given, full = points(score.value), points(weight.value)
    return _on_marks(
        case,
        (found.mark, weight, score),
        stated=points(found.mark.value),
        expected=points(found.right),
        workings=f"{given}>{full}",
        slip=None,
        message=f"{name}得分{given}高于分值{full}。请核对并更正。",
    )


def _misprinted(case: Case, sheet: Sheet, found: Misprint) -> Checked:
    is_weight = found.mark == found.item.weight
    marks, total = (sheet.weights, sheet.weight) if is_weight else (sheet.scores, sheet.score)
    given, right = points(found.mark.value), points(found.right)
    summed_up = total.value if total is not None else Fraction(case.profile.total)
    what = "分值" if is_weight else "得分"
    workings = f"{_sum_of(marks)}={points(summed(marks))}"
    name = f"“{found.item.name}”" if found.item.name else "有一项"
    fact = f"{name}{what}原文为{given}；各项{what}相加，{workings}，与合计{points(summed_up)}不符"
    return _on_marks(
        case,
        (found.mark, *(mark for mark in (total, found.item.weight, found.item.score) if mark is not None)),
        stated=given,
        expected=right,
        workings=workings,
        slip=f"{given} for {right}",
        message=f"{fact}；改为{right}后合计相符，疑为{right}。请核对并更正。",
    )


def _wrong_sum(case: Case, total: Mark | None, marks: Sequence[Mark], what: str, full: Fraction) -> Checked:
    """A total that its marks do not come to; the ``full`` marks where no total is printed."""
    follows = summed(marks)
    right, workings = points(follows), f"{_sum_of(marks)}={points(follows)}"
    given = points(full if total is None else total.value)
    fact = (
        f"{what}原文为{given}；各项相加，{workings}" if total is not None else f"各项分值相加，{workings}，不是{given}"
    )
    return _on_marks(
        case,
        marks if total is None else (total, *marks),
        stated=right if total is None else given,
        expected=given if total is None else right,
        workings=workings,
        slip=None,
        message=f"{fact}。请核对并更正。",
    )


def _on_marks(
    case: Case, marks: Sequence[Mark], *, stated: str, expected: str, workings: str, slip: str | None, message: str
) -> Checked:
    """A finding on marks; those of sentences may be no claims, and are shown where they stand."""
    distinct = tuple(dict.fromkeys(marks))
    return finding(
        case.document,
        FindingType.TOTAL,
        _RULE,
        tuple(mark.claim for mark in distinct if mark.claim is not None),
        severity=Severity.HIGH,
        confidence=0.8,
        stated=stated,
        expected=expected,
        workings=workings,
        slip=slip,
        spans=tuple(mark.span for mark in distinct if mark.claim is None),
        message=message,
    )


def _sum_of(marks: Sequence[Mark]) -> str:
    shown = "+".join(points(mark.value).removesuffix("分") for mark in marks[:_SHOWN])
    return shown + (f"+…（共{len(marks)}项）" if len(marks) > _SHOWN else "")
