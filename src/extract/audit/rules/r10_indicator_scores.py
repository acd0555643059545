"""R10: the marks of an indicator follow from its target and what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from extract.audit.case import Case
from extract.audit.cues import tells_of_form
from extract.audit.findings import Checked
from extract.audit.forms import Form, IndicatorRow, figure_in
from extract.audit.forms.marks import Formula, marks_meet, percent, points, quotient
from extract.audit.precision import Interval, as_stated
from extract.audit.rules.form_findings import on_claims, said
from extract.audit.wording import bare
from extract.records import Approx, Claim, Holds, Pair, Severity, Verdict

RULE = "R10"
#: which of the profile's bands the words of a cue belong to; those of the first may have all marks
_BANDS_IN_WORDS = {1: "done_in_part", 2: "not_done"}
_NEGATIVE = (Approx.AT_MOST, Approx.LESS_THAN)
_MOST_SURE = 0.6
_MOST_MARKS, _LEAST_DONE = Fraction(9, 10), Fraction(85, 100)  #: beyond these R06 says it
_NOTICEABLE = Fraction(5, 100)  #: of the weight


def check_indicator_scores(case: Case) -> Iterator[Checked]:
    """A finding where a met target has less than full marks without a reason, or a missed one more than it earned."""
    for form in case.forms:
        strict, free = _is_strict(case, form), _is_free(case, form)
        for row in form.rows:
            yield from _row(case, row, strict=strict, free=free)
            yield from _in_words(case, row)


def _in_words(case: Case, row: IndicatorRow) -> Iterator[Checked]:
    """A hint where a wordy actual owns to being done in part, or not at all, and its marks lie above that band."""
    weight, score = figure_in(row.weight), figure_in(row.score)
    if row.actual is None or row.actual.claims or weight is None or score is None or not weight.quantity.number:
        return
    words = row.actual.text
    band = next((n for n, cue in _BANDS_IN_WORDS.items() if tells_of_form(cue, words)), None)
    if band is None or band >= len(case.profile.qualitative_bands):
        return
    full, (low, high) = weight.quantity.number, case.profile.qualitative_bands[band]
    if (score.quantity.number or 0) / full > high:
        right = f"{points(low * full)}—{points(high * full)}"
        fact = f"“{row.name}”完成情况为“{words}”，得分{said(case, score)}；按定性指标分档应在{right}"
        yield on_claims(
            case,
            RULE,
            (score, weight),
            severity=Severity.HINT,
            confidence=0.5,
            expected=right,
            message=f"{fact}。请说明评分依据。",
        )


def _is_strict(case: Case, form: Form) -> bool:
    """Whether marks are given in proportion: the document says so, the profile does, or most missed rows show it."""
    if tells_of_form("in_proportion", case.plain) or case.profile.positive == "proportional":
        return True
    fits = [bool(_fitting(case, row)) for row in form.rows if _is_missed(case, row)]
    return len(fits) > 2 and 3 * sum(fits) >= 2 * len(fits)


def _is_free(case: Case, form: Form) -> bool:
    """Whether several met targets have less than full marks for no reason of figures: somebody judged them."""
    return sum(_is_judged(case, row) for row in form.rows) > 1


def _is_judged(case: Case, row: IndicatorRow) -> bool:
    figures, pair = _figures(row), case.pair_in(row)
    if figures is None or pair is None or pair.verdict not in (Verdict.MET, Verdict.EXCEEDED):
        return False
    _, _, weight, score = figures
    return (score.quantity.number or 0) < (weight.quantity.number or 0) and not _is_by_value(figures)


def _figures(row: IndicatorRow) -> tuple[Claim, Claim, Claim, Claim] | None:
    """(target, actual, weight, score) where each is one figure."""
    cells = (row.target, row.actual, row.weight, row.score)
    found = [cell.figure for cell in cells if cell is not None and cell.figure is not None]
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 and found[2].quantity.number else None


def _is_missed(case: Case, row: IndicatorRow) -> bool:
    pair = case.pair_in(row)
    return _figures(row) is not None and pair is not None and pair.verdict is Verdict.MISSED


def _formulas(case: Case, goal: Claim, done: Claim, negative: bool) -> Sequence[Formula]:
    """The shares of the weight that the usual formulas give a missed target; none for a target of 0."""
    done_of_goal = quotient(done, goal)
    if done_of_goal is None:
        return ()
    if not negative:
        return (Formula("分值×完成值÷目标值", f"{bare(done)}÷{bare(goal)}", done_of_goal),)
    made: list[Formula] = []
    goal_of_done = quotient(goal, done)
    if "inverse" in case.profile.negative and goal_of_done is not None:
        made.append(Formula("分值×目标值÷完成值", f"{bare(goal)}÷{bare(done)}", goal_of_done))
    if "excess" in case.profile.negative:
        one = Interval(Fraction(1), Fraction(1))
        share = one - (done_of_goal - one)
        made.append(Formula("分值×（1−超出比例）", f"（1−（{bare(done)}−{bare(goal)}）÷{bare(goal)}）", share))
    return made


def _fitting(case: Case, row: IndicatorRow) -> list[Formula]:
    """The formulas that give the printed score."""
    figures = _figures(row)
    if figures is None:
        return []
    goal, done, weight, score = figures
    formulas = _formulas(case, goal, done, _is_negative(row, goal, done))
    return [formula for formula in formulas if marks_meet(score, formula.share, weight)]


def _is_negative(row: IndicatorRow, goal: Claim, done: Claim) -> bool:
    """Whether less is better, as far as the row itself says: a bound, or a missed target that was passed."""
    if goal.quantity.approx in _NEGATIVE or row.operator in ("≤", "<", "＜", "不超过"):
        return True
    return (done.quantity.number or 0) > (goal.quantity.number or 0)


def _row(case: Case, row: IndicatorRow, *, strict: bool, free: bool) -> Iterator[Checked]:
    figures, pair = _figures(row), case.pair_in(row)
    if figures is None or pair is None or pair.confidence < _MOST_SURE or tells_of_form("execution_rate", row.name):
        return
    goal, done, weight, score = figures
    if case.is_misprinted(weight, score):
        return
    if pair.verdict in (Verdict.MET, Verdict.EXCEEDED):
        yield from _met(case, row, pair, figures, free=free)
    elif pair.verdict is Verdict.MISSED and goal.quantity.number:
        fitting = _fitting(case, row)
        if fitting:
            workings = f"{points(weight.quantity.number or 0)}×{fitting[0].workings}"
            yield Holds(rule=RULE, claims=(score, weight, done, goal), workings=f"{workings}（{fitting[0].name}）")
        elif strict:
            yield from _too_many(case, row, figures)


def _met(
    case: Case, row: IndicatorRow, pair: Pair, figures: tuple[Claim, Claim, Claim, Claim], *, free: bool
) -> Iterator[Checked]:
    """A met target has full marks; less needs a reason, which exceeding it by far may be.

    Where a form marks its rows by judgement (``free``) it is no more than a question.
    """
    goal, done, weight, score = figures
    full, given = Fraction(weight.quantity.number or 0), Fraction(score.quantity.number or 0)
    claims = (score, weight, done, goal)
    if given == full:
        yield Holds(rule=RULE, claims=claims, workings=f"{points(full)}（达到目标，满分）")
        return
    far_beyond = pair.ratio is not None and pair.ratio >= case.profile.over_completion
    if given > full or row.explained or far_beyond or _is_short(case, figures) or not _same_standing(goal, done):
        return
    planned, made, right = said(case, goal), said(case, done), points(full)
    by_value = _is_by_value(figures)
    how = f"（按完成值{bare(done)}折算所得）" if by_value else ""
    fact = f"“{row.name}”目标为{planned}，实际为{made}，已达到目标，得分{said(case, score)}{how}"
    yield on_claims(
        case,
        RULE,
        claims,
        severity=Severity.HINT if free and not by_value else Severity.HIGH,
        expected=right,
        workings=f"{made}达到{planned}，得分={right}",
        slip=f"{right}×{bare(done)} for {right}" if by_value else None,
        message=f"{fact}，按规则应得满分{right}。请核对得分，或说明扣分原因。",
    )


def _is_short(case: Case, figures: tuple[Claim, Claim, Claim, Claim]) -> bool:
    """Whether the target, read as a least one, is missed and the marks are given in proportion."""
    goal, done, weight, score = figures
    formulas = _formulas(case, goal, done, negative=False)
    return bool(formulas) and formulas[0].share.high < 1 and marks_meet(score, formulas[0].share, weight)


def _is_by_value(figures: tuple[Claim, Claim, Claim, Claim]) -> bool:
    """Whether the marks are the weight times the actual, taken for a rate of completion."""
    _, done, weight, score = figures
    value = as_stated(done.quantity) if done.quantity.unit == "%" else None
    return value is not None and marks_meet(score, value.times(Fraction(1, 100)), weight)


def _same_standing(goal: Claim, done: Claim) -> bool:
    return done.quantity.approx is Approx.EXACT or goal.quantity.approx is done.quantity.approx


def _too_many(case: Case, row: IndicatorRow, figures: tuple[Claim, Claim, Claim, Claim]) -> Iterator[Checked]:
    """More marks than every formula gives; full marks and nearly full ones are R06's."""
    goal, done, weight, score = figures
    formulas = _formulas(case, goal, done, _is_negative(row, goal, done))
    if not formulas:
        return
    full, given = Fraction(weight.quantity.number or 0), Fraction(score.quantity.number or 0)
    best = max(formulas, key=lambda formula: formula.share.high)
    earned = max(best.share.high, Fraction(0))
    hidden = given >= full or (given >= _MOST_MARKS * full and earned < _LEAST_DONE)
    if hidden or given - earned * full < _NOTICEABLE * full:
        return
    middle = max((best.share.low + best.share.high) / 2, Fraction(0))
    right = points(middle * full)
    workings = f"{points(full)}×{best.workings}={points(full)}×{percent(middle)}={right}"
    fact = f"“{row.name}”未达目标，得分{said(case, score)}；按“{best.name}”计算，{workings}"
    yield on_claims(
        case,
        RULE,
        (score, weight, done, goal),
        confidence=0.7,
        expected=right,
        workings=workings,
        message=f"{fact}。请核对得分并更正，或说明计分方法。",
    )
