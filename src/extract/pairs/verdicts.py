"""Verdicts: the target and its actual compared as written, with direction and bounds."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from extract.records import Approx, Basis, Claim, Dimension, Stage, Verdict

_LOWER_IS_BETTER = re.compile(
    r"缩短|压缩|缩减|减少|降低|下降|不超过|控制|投诉|事故|死亡|伤亡|问责|约谈|违规|超预算|成本|流失|辍学|发案|能耗|排放|浓度|零(?=[投事死伤发容差上新违复缺失报案延拖欠]|$)|损失|偏差率|时限|天数|超支"
)
_OF_DEEDS = re.compile(
    r"(?:办结|办理|处理|处置|化解|整改|查处|回复|答复|反馈|解决|完成|落实|达标|覆盖|响应|结案|销号)率|"
    r"(?:优良|良好|达标|有效|正常|运行|运营|服务|出勤|开放)天数"
)
_AGAINST = re.compile(  #: 查处违规案件, 挽回经济损失, 投诉处理: of these more is better
    r"(?:查处|治理|整治|化解|挽回|追回|调查|处理|受理|破获|侦破|排查|核查|清理|修复)[^，。]{0,6}(?:投诉|事故|违规|流失|发案|损失)|"
    r"(?:投诉|事故|违规|流失|发案|损失)[^，。]{0,6}(?:查处|治理|整治|化解|调查|处理|演练|追缴|修复)(?!成本|时限|天数)"
)
_CUT_TARGET = re.compile(
    r"(?:建设|新建|改造|修缮|任务|目标|计划|收储|征收|培训|补贴)[^，。]{0,8}(?:压缩|缩减|减少)(?:至|到|为)$"
)
_CUT_BY = re.compile(r"缩短|压缩|缩减|压减|减少|精简")
_CUT_TO = re.compile(r"(?:缩短|压缩|缩减|压减|减少|精简|降低|下降)(?:至|到|为)")
_IN_YEAR = re.compile(r"截至\d{0,4}年?\d{1,2}月|上半年|1-\d{1,2}月|目前|正在|预计|可达")


def basis_of(target: Claim) -> Basis:
    """Budget and spending stand beside each other without a verdict; everything else is performance."""
    staged = target.quantity.dimension is Dimension.MONEY and target.stage in (Stage.OPENING, Stage.ADJUSTED)
    budget = staged or target.slot_base.startswith(("budget.", "three_public"))
    return Basis.BUDGET if budget else Basis.PERFORMANCE


def verdict_of(target: Claim, actual: Claim, words: str) -> Verdict | None:
    """How the actual compares with its target; None for budget and spending, where neither side is better.

    ``words`` is the sentence of the actual, which may tell that the figure is only an in-year one.
    """
    return None if basis_of(target) is Basis.BUDGET else compared(target, actual, words)


def compared(target: Claim, actual: Claim, words: str) -> Verdict:
    """``verdict_of`` whatever the figures are of: a target with a bound is one, of money too."""
    goal, done = target.quantity.value, actual.quantity.value
    if goal is None or done is None or _IN_YEAR.search(words) or _by_against_to(target, actual, words):
        return Verdict.UNCLEAR
    goal, done = _same_unit(target, actual, goal, done)
    if actual.quantity.low is not None and actual.quantity.low <= goal <= (actual.quantity.high or goal):
        return Verdict.MET
    if goal == done:
        return Verdict.MET
    better = done < goal if lower_is_better(target) else done > goal
    return Verdict.EXCEEDED if better else Verdict.MISSED


def lower_is_better(target: Claim) -> bool:
    """Whether the target is a ceiling: its bound says so, else its name."""
    approx = target.quantity.approx
    if approx in (Approx.AT_MOST, Approx.LESS_THAN):
        return True
    if approx in (Approx.AT_LEAST, Approx.MORE_THAN):
        return False
    if target.quantity.value == 0:
        return True
    if target.quantity.dimension is Dimension.DURATION:
        return True
    named = (_OF_DEEDS, _AGAINST, _CUT_TARGET)
    good = target.quantity.dimension is Dimension.AREA or any(words.search(target.indicator) for words in named)
    return _LOWER_IS_BETTER.search(target.indicator) is not None and not good


def _by_against_to(target: Claim, actual: Claim, words: str) -> bool:
    """A target to shorten *by* some days, answered by days shortened *to*: nobody can compare them."""
    if target.quantity.dimension is not Dimension.DURATION:
        return False
    cut_by = _CUT_BY.search(target.indicator) is not None and _CUT_TO.search(target.indicator) is None
    return cut_by and _CUT_TO.search(words) is not None


def _same_unit(target: Claim, actual: Claim, goal: Decimal, done: Decimal) -> tuple[Decimal, Decimal]:
    if target.quantity.unit == actual.quantity.unit:
        return goal, done
    from extract.lexicons import default_units

    one, other = (default_units().named(claim.quantity.unit) for claim in (target, actual))
    if one is None or other is None or one.base != other.base:
        return goal, done
    scale = one.factor
    return (
        goal * scale.numerator / scale.denominator,
        done * other.factor.numerator / other.factor.denominator,
    )


def ratio_of(target: Claim, actual: Claim) -> Decimal | None:
    """Actual over target, to four decimals; None when either cannot be read, the target is 0, or it is too great."""
    goal, done = target.quantity.value, actual.quantity.value
    if not goal or done is None:
        return None
    goal, done = _same_unit(target, actual, goal, done)
    try:
        return (done / goal).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    except InvalidOperation:  # more digits than a decimal context holds
        return None
