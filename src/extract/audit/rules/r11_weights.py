"""R11: weights sum to what their levels and the form print, scores to the total, and the grade follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.forms import Form, IndicatorRow, Level, figure_in
from extract.audit.forms.marks import points, total_of
from extract.audit.rules.form_findings import on_claims, said
from extract.audit.rules.grade import check_grade
from extract.audit.rules.sheet_sums import check_sheet
from extract.audit.wording import corrected
from extract.records import Claim, FindingType, Holds, Severity

RULE = "R11"
_MOST = Fraction(150, 100)  #: of the whole: beyond it two forms were read as one
_STEP = Fraction(1, 100)
_SHOWN = 12


def check_weights(case: Case) -> Iterator[Checked]:
    """Findings on the weights, the scores and the total of each form, and on the grade."""
    for form in case.forms:
        yield from _each_row(case, form)
        yield from _levels(case, form)
        yield from _whole(case, form)
        yield from _usual(case, form)
    for sheet in case.sheets:
        yield from check_sheet(case, sheet)
    yield from check_grade(case)


def _each_row(case: Case, form: Form) -> Iterator[Checked]:
    """Each weight above 0, each score at most its weight."""
    for row in form.rows:
        weight, score = figure_in(row.weight), figure_in(row.score)
        if weight is None or case.is_misprinted(weight, score):
            continue
        if weight.quantity.number == 0:
            text = f"“{row.name}”的分值为{said(case, weight)}，指标没有权重。请更正分值，或说明该指标为何列入。"
            yield on_claims(case, RULE, (weight,), message=text)
        elif score is not None and (score.quantity.number or 0) > (weight.quantity.number or 0):
            full = points(weight.quantity.number or 0)
            text = f"“{row.name}”得分{said(case, score)}高于分值{said(case, weight)}。请核对并更正。"
            over = f"{said(case, score)}>{said(case, weight)}"
            yield on_claims(case, RULE, (score, weight), expected=full, workings=over, message=text)


def _wrong_total(case: Case, claims: tuple[Claim, ...], expected: str, workings: str, message: str) -> Checked:
    return on_claims(case, RULE, claims, type_=FindingType.TOTAL, expected=expected, workings=workings, message=message)


def _levels(case: Case, form: Form) -> Iterator[Checked]:
    """The points printed behind a level's name against the weights below it.

    Only where no other level is wrong by as much the other way: a row of the next level was then read as one of this.
    """
    both = [(level, _weights(_own_rows(form, level))) for level in form.levels]
    off = {level.cell.span: _difference(level, weights) for level, weights in both}
    for level, weights in both:
        stated = level.weight
        if stated is None or len(weights) < 2:
            continue
        follows, workings = total_of(weights), _sum(weights)
        if off[level.cell.span] == 0:
            yield Holds(rule=RULE, claims=(stated, *weights), workings=f"{workings}={points(follows)}")
        elif len(weights) == len(_own_rows(form, level)) and _is_read_whole(
            form, sum(off.values(), Fraction(0)), off[level.cell.span]
        ):
            follow = f"其下各项分值相加{workings}={points(follows)}"
            text = f"“{level.name}”标注{said(case, stated)}，{follow}，不一致。请核对并更正。"
            yield _wrong_total(case, (stated, *weights), points(follows), f"{workings}={points(follows)}", text)


def _own_rows(form: Form, level: Level) -> tuple[IndicatorRow, ...]:
    """The rows below a level; without those of a level below it that has points of its own, if only then they fit."""
    rows = form.below(level)
    inner = [each for each in form.levels if each is not level and set(form.below(each)) < set(rows)]
    outer = tuple(row for row in rows if not any(row in form.below(each) for each in inner))
    fits = bool(inner) and _difference(level, _weights(outer)) == 0 != _difference(level, _weights(rows))
    return outer if fits else rows


def _is_read_whole(form: Form, together: Fraction, alone: Fraction) -> bool:
    """Whether the levels as a whole are off as this one is, and every row stands below one of them."""
    under = {row.row for level in form.levels for row in form.below(level)}
    return together == alone and under == {row.row for row in form.rows}


def _difference(level: Level, weights: Sequence[Claim]) -> Fraction:
    stated = level.weight.quantity.number if level.weight is not None else None
    return total_of(weights) - Fraction(stated or 0)


def _usual(case: Case, form: Form) -> Iterator[Checked]:
    """Hints where the fund row or a printed first level has other points than the profile gives it."""
    usual, title = case.profile.weights, case.profile.title
    levels = [(level.name, level.weight, key) for level in form.levels for key in usual if key in level.name]
    both = [(name, weight, usual[key]) for name, weight, key in levels]
    if case.profile.fund_weight:
        both += [(row.name, figure_in(row.weight), case.profile.fund_weight) for row in form.scored_funds[:1]]
    for name, weight, right in both:
        if weight is not None and weight.quantity.number != right:
            yield finding(
                case.document,
                FindingType.TOTAL,
                RULE,
                (weight,),
                severity=Severity.HINT,
                confidence=0.4,
                stated=said(case, weight),
                expected=points(right),
                message=f"“{name}”分值为{said(case, weight)}，{title}一般为{points(right)}。请说明分值设置的依据。",
            )


def _weights(rows: Sequence[object]) -> list[Claim]:
    cells = (getattr(row, "weight", None) for row in rows)
    return [cell.figure for cell in cells if cell is not None and cell.figure is not None]


def _scores(rows: Sequence[object]) -> list[Claim]:
    cells = (getattr(row, "score", None) for row in rows)
    return [cell.figure for cell in cells if cell is not None and cell.figure is not None]


def _sum(figures: Sequence[Claim]) -> str:
    shown = "+".join(points(figure.quantity.number or 0).removesuffix("分") for figure in figures[:_SHOWN])
    return shown + (f"+…（共{len(figures)}项）" if len(figures) > _SHOWN else "")


def _whole(case: Case, form: Form) -> Iterator[Checked]:
    """All weights against the total row and 100; all scores against the total, where all weights were read."""
    funds = form.scored_funds[:1]
    weights, scores = _weights((*funds, *form.rows)), _scores((*funds, *form.rows))
    if not form.rows or any(case.is_misprinted(claim) for claim in (*weights, *scores)):
        return
    total, score = _totals(form, scores)
    full, added = Fraction(case.profile.total), total_of(weights)
    if weights and full < added < full * _MOST:
        yield _beyond_full(case, total, weights)
    elif total is not None and total.quantity.number == full and added == full:
        yield Holds(rule=RULE, claims=(total, *weights), workings=f"{_sum(weights)}={points(full)}")
    elif total is not None and added == full and len(weights) == len(form.rows) + len(funds):
        workings = f"{_sum(weights)}={points(full)}"
        text = f"分值合计原文为{said(case, total)}；各项分值相加，{workings}。请核对并更正。"
        yield _wrong_total(case, (total, *weights), points(full), workings, text)
    if score is not None and scores and _all_read(form, weights, scores, added, full):
        yield from _total_score(case, score, scores)


def _totals(form: Form, scores: Sequence[Claim]) -> tuple[Claim | None, Claim | None]:
    """The totals of the weights and of the scores; the only figure of a total row may be that of the scores."""
    if form.total is None:
        return None, None
    total, score = figure_in(form.total.weight), figure_in(form.total.score)
    if score is None and total is not None and abs(Fraction(total.quantity.number or 0) - total_of(scores)) <= _STEP:
        return None, total
    return total, score


def _beyond_full(case: Case, total: Claim | None, weights: Sequence[Claim]) -> Checked:
    full = points(case.profile.total)
    told = "" if total is None else f"，合计写作{said(case, total)}"
    workings = f"{_sum(weights)}={points(total_of(weights))}"
    text = f"各项分值相加{workings}{told}，超过{full}。请核对各项分值并更正。"
    return _wrong_total(case, (weights[-1] if total is None else total, *weights), full, workings, text)


def _all_read(
    form: Form, weights: Sequence[Claim], scores: Sequence[Claim], sum_of_weights: Fraction, full: Fraction
) -> bool:
    return full <= sum_of_weights < full * _MOST and len(scores) == len(weights) == len(form.rows) + len(
        form.scored_funds[:1]
    )


def _total_score(case: Case, stated: Claim, scores: Sequence[Claim]) -> Iterator[Checked]:
    follows = total_of(scores)
    workings = f"{_sum(scores)}={points(follows)}"
    given = Fraction(stated.quantity.number or 0)
    if abs(given - follows) <= Fraction(stated.quantity.precision) / 2 + _STEP:
        yield Holds(rule=RULE, claims=(stated, *scores), workings=workings)
        return
    empty = "（总分行未填）" if not given else ""
    text = f"总分原文为{said(case, stated)}{empty}；各项得分相加，{workings}。请核对并更正。"
    yield _wrong_total(case, (stated, *scores), corrected(follows, stated), workings, text)
