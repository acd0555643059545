"""R06: an actual short of its target although the text says done or the marks hide it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.sides import Sided, wrong_sides
from extract.audit.told_marks import ToldOtherwise, has_full_marks, is_of_another_year, told_otherwise
from extract.audit.wording import written
from extract.pairs.verdicts import compared
from extract.records import Basis, Claim, ColumnKind, Dimension, FindingType, Pair, Role, Segment, Severity, Verdict

RULE = "R06"
_ADMITS = re.compile(  #: a shortfall
    r"未(?:能)?(?:完成|达到?|实现|全部|按|开工|竣工)|没有(?:完成|达到)|尚(?:未|有)|[低少]于(?:目标|计划|年初|任务|考核)|滞后|差距|未达标"
    r"|推迟|延后|受[^，。]{1,12}影响|因[^，。]{2,20}(?:未|没|推|延|偏)|缘于|余下|剩(?:下|余)|主要(?:是|原因)|顺延|下滑|偏[低慢高]"
)
_COUNTS = re.compile(  #: how much of it was done, which the reader may weigh
    r"(?:占|为|完成)(?:年度|全年|当年)?(?:目标|计划|任务)的?(?:[1-9]?\d(?:\.\d+)?)[%％]|完成率(?:为|达)?[1-9]?\d(?:\.\d+)?[%％]"
)
_CHANGED = re.compile(
    r"(?:调整|调减|核减|压减|压缩|修订|改|变更)(?:为|成|到|至)|(?:同意|批准|备案)[^，。]{0,12}(?:调|改|减|压)"
)
_CLAIMS_DONE = re.compile(
    r"(?:全面|全部|圆满|顺利|均|都|超额|基本|如期|如数|按期|足额)(?:[^，。；]{0,4})(?:完成|实现|落地|达标|到位|收官)|(?:任务|目标|工作)(?:已|均已)?(?:完成|实现|达成)"
    r"|取得[^，。]{0,6}(?:成效|成绩|进展)|成效(?:显著|明显)|明显好转|卓有成效|(?:达到|完成|实现|符合|满足)(?:了)?[^，。；\d]{0,14}(?:要求|标准|目标|承诺|任务|指标)|控制在[^，。；]{0,10}(?:以内|之内|范围内|内)|没有超|未超"
)
_FOR_ALL = re.compile(
    r"(?:各项|以上|上述|所有|全部|年度|全年|任务|目标|工作)[^，。；]{0,14}(?:完成|实现|达标|达成|收官)|取得[^，。]{0,6}成效"
)
_PRAISES = re.compile(r"取得[^，。]{0,6}(?:成效|成绩|进展)|成效(?:显著|明显)|明显好转|卓有成效")  #: a whole paragraph
_HEADS = re.compile(
    rf"{_PRAISES.pattern}|率(?:明显|显著|不断|持续)?提[高升]|(?:圆满|全面|超额|顺利)(?:完成|实现)(?!情况)"
)  #: what stands below
_LIMITS = re.compile(r"定额|限额|控制数|上限|红线|不突破|限值")
_REACH = 36
_CLAUSES_AWAY = re.compile(r"[。；;]|，[^，]{0,40}，[^，]{0,40}，")
_ALL_OF_IT = re.compile(r"[的之]?\s*1\d\d(?:\.\d+)?\s*[%％]")
_LEAST_CONFIDENCE = 0.6
_MOST_MARKS, _LEAST_DONE = Decimal("0.9"), Decimal("0.85")
_UNBELIEVABLE = Decimal(50)  #: times the target, or that part of it: its unit is wrong, which R04 says


def check_missed(case: Case) -> Iterator[Checked]:
    """A finding for each missed target that the marks hide or the text calls done."""
    for pair in case.all_pairs:
        actual = pair.actual
        if actual is None or not _is_candidate(case, pair):
            continue
        share = _share_of_marks(actual, case)
        if share is None:
            if _is_told(case, pair):
                yield _missed(case, pair.target, actual, hidden=has_full_marks(case, pair))
        elif _is_of_row(case, pair) and (share >= 1 or (share >= _MOST_MARKS and _is_far_short(pair))):
            yield _missed(case, pair.target, actual, hidden=True)
    for each in told_otherwise(case):
        yield _told_less(case, each)
    told = {pair.actual.id for pair in case.all_pairs if pair.actual is not None and _is_told(case, pair)}
    for sided in wrong_sides(case):
        if sided.done.id not in told:
            yield _on_other_side(case, sided)


def _on_other_side(case: Case, sided: Sided) -> Checked:
    text = case.document.text
    done, goal = written(sided.done, text), written(sided.goal, text)
    said, sign = ("达到或高于", "<") if sided.above else ("低于", ">")
    name = sided.done.indicator or done
    return finding(
        case.document,
        FindingType.MISSED,
        RULE,
        (sided.done, sided.goal),
        severity=Severity.MEDIUM,
        confidence=0.75,
        stated=done,
        workings=f"{done}{sign}{goal}",
        message=f"“{name}”原文称{done}{said}{goal}，而{done}{sign}{goal}，与所述不符。请核对并更正，或说明情况。",
    )


def _told_less(case: Case, each: ToldOtherwise) -> Checked:
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


def _another_answers(case: Case, pair: Pair) -> bool:
    """Whether the sentence tells a figure that meets the target, or a completion of all of it: the actual is a part."""
    goal, done = pair.target, pair.actual
    rate = _ALL_OF_IT.match(case.document.text, goal.span.end)
    if rate is not None:
        return True
    beside = [
        claim
        for claim in case.claims_in_paragraph.get(goal.segment.paragraph, ())
        if claim.segment is goal.segment and claim.role is Role.ACTUAL and claim not in (goal, done)
    ]
    before = [claim for claim in beside if claim.span.end <= goal.span.start]
    alike = [claim for claim in before if claim.quantity.unit == goal.quantity.unit]
    return any(compared(goal, claim, "") is not Verdict.MISSED for claim in alike)


def _is_candidate(case: Case, pair: Pair) -> bool:
    done = pair.actual
    if done is None or is_of_another_year(case, done) or _row_says_otherwise(case, pair):
        return False
    return _is_short(pair) and pair.confidence >= _LEAST_CONFIDENCE and not _was_changed(case, pair)


def _row_says_otherwise(case: Case, pair: Pair) -> bool:
    """Whether the target's own row gives another actual: what the text tells is then held against that one."""
    own = [c for c in _row_of(pair.target, case) if c.cell is not None and c.cell.kind is ColumnKind.ACTUAL]
    return bool(own) and pair.actual not in own


def _is_told(case: Case, pair: Pair) -> bool:
    """Whether sentences tell the actual, and marks or words have it done."""
    done = pair.actual
    if done is None or not _is_candidate(case, pair) or (done.cell is None and _another_answers(case, pair)):
        return False
    return has_full_marks(case, pair) or _called_done(case, done)


def _is_short(pair: Pair) -> bool:
    """Missed by its verdict; fewer things than planned are missed whoever pays for them."""
    ratio = pair.ratio
    if ratio is not None and not 1 / _UNBELIEVABLE < ratio < _UNBELIEVABLE and ratio != 0:
        return False
    if ratio is not None and ratio < 1 and _LIMITS.search(pair.target.indicator):
        return False
    counted = pair.target.quantity.dimension is Dimension.COUNT and pair.basis is Basis.BUDGET
    return pair.verdict is Verdict.MISSED or (counted and ratio is not None and ratio < 1)


def _was_changed(case: Case, pair: Pair) -> bool:
    """Whether the words behind the target tell that another one was put in its place."""
    goal = pair.target
    behind = case.document.text[goal.span.end : min(goal.span.end + _REACH, goal.segment.span.end)]
    return goal.cell is None and _CHANGED.search(_CLAUSES_AWAY.split(behind)[0]) is not None


def _is_of_row(case: Case, pair: Pair) -> bool:
    """Whether the marks are given for this target: it stands in their row, or the row has none, or the same one."""
    goal, done = pair.target, pair.actual
    if done is None or done.cell is None:
        return False
    own = [claim for claim in _row_of(done, case) if claim.cell is not None and claim.cell.kind is ColumnKind.TARGET]
    same = (goal.quantity.number, goal.quantity.unit)
    return not own or goal in own or same in [(claim.quantity.number, claim.quantity.unit) for claim in own]


def _is_far_short(pair: Pair) -> bool:
    return pair.ratio is not None and pair.ratio < _LEAST_DONE


def _called_done(case: Case, actual: Claim) -> bool:
    """Whether anything that speaks of the actual speaks of success, and none of it of a shortfall.

    Its own sentence (or its row's remarks) may; the sentence behind it, if that is about everything; the praise of its
    paragraph; the headings above it. Who writes how much was done has not called it done by praise alone.
    """
    own = case.words_of(actual.segment)
    if _ADMITS.search(own):
        return False
    if _CLAIMS_DONE.search(own + _remarks(case, actual)):
        return True
    if _COUNTS.search(own):
        return False
    if _HEADS.search(" ".join(actual.segment.section)):
        return True
    if actual.cell is not None:
        return False
    behind = _next(case, actual.segment)
    concluded = _FOR_ALL.search(behind) is not None and not _ADMITS.search(behind)
    return concluded or _PRAISES.search(case.paragraph_words(actual.segment)) is not None


def _next(case: Case, segment: Segment) -> str:
    """The words of the sentence behind one, in the same paragraph."""
    paragraph = case.paragraphs.get(segment.paragraph, ())
    for place, each in enumerate(paragraph[:-1]):
        if each is segment:
            return case.words_of(paragraph[place + 1])
    return ""


def _remarks(case: Case, actual: Claim) -> str:
    """What the other cells of the actual's row say in words."""
    cell = actual.cell
    table = next((table for table in case.document.tables if cell is not None and table.index == cell.table), None)
    cells = () if table is None or cell is None else table.rows.get(cell.row, ())
    reasons = [each for each in cells if each.kind is ColumnKind.REASON]
    return "".join("".join(piece.of(case.document.text) for piece in each.pieces) for each in reasons)


def _missed(case: Case, target: Claim, actual: Claim, *, hidden: bool) -> Checked:
    text = case.document.text
    goal, done = written(target, text), written(actual, text)
    name = target.indicator or actual.indicator or goal
    said = "自评仍得满分或接近满分" if hidden else "文中按完成叙述"
    return finding(
        case.document,
        FindingType.MISSED,
        RULE,
        (target, actual),
        severity=Severity.HIGH if hidden else Severity.MEDIUM,
        confidence=0.85 if hidden else 0.7,
        stated=done,
        expected=goal,
        workings=f"{done}<{goal}" if (actual.quantity.value or 0) < (target.quantity.value or 0) else f"{done}>{goal}",
        message=f"“{name}”目标为{goal}，实际为{done}，未达目标，{said}。请说明未完成的原因。",
    )


def _row_of(actual: Claim, case: Case) -> Sequence[Claim]:
    cell = actual.cell
    return () if cell is None else case.claims_in_row.get((cell.table, cell.row), ())


def _share_of_marks(actual: Claim, case: Case) -> Decimal | None:
    """Score over weight in the row of the actual; None when the row has no marks."""
    row = _row_of(actual, case)
    weights, scores = (
        [c.quantity.number for c in row if c.cell is not None and c.cell.kind is kind]
        for kind in (ColumnKind.WEIGHT, ColumnKind.SCORE)
    )
    if len(weights) != 1 or len(scores) != 1 or not weights[0] or scores[0] is None:
        return None
    return scores[0] / weights[0]
