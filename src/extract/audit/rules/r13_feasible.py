"""R13: parts are not above their whole, and a rate of a stated whole number can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from extract.audit.findings import Checked, finding
from extract.audit.graph import Graph
from extract.audit.reckoning import printed_band
from extract.audit.relations import Figure, Relation, RelationKind
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.records import Band
from extract.audit.wording import written
from extract.records import FindingType, Severity

RULE = "R13"
_HUNDRED = Decimal(100)
_MOST = 5000  #: of more things than this every rate of two decimals can be reached


def owns(relation: Relation) -> bool:
    return relation.kind is RelationKind.WITHIN


def check_feasible(graph: Graph) -> Iterator[Checked]:
    """A finding for each rate that no whole number of the stated things gives: 98.7 % of 50."""
    judged = graph.judgement
    told = {relation.result.claim.id for relation in judged.holding}
    told |= {failure.relation.result.claim.id for failure in judged.failing}
    for base, rate in zip(graph.figures, graph.figures[1:], strict=False):
        if rate.claim.id in told or not _is_rate_of(rate, base):
            continue
        is_part = said("done", base.before[-10:] + base.after.split("，", 1)[0][:4])
        if not can_be_reached(rate, int(base.value), may_be_part=is_part):
            yield _impossible(graph, rate, base)


def check_exceeded(graph: Graph) -> Iterator[Checked]:
    """A finding where more was settled than was taken up, and the rate of it is above 100 %: 受理203件，化解208件."""
    for relation in graph.judgement.holding:
        if _is_exceeded(relation):
            yield _exceeded(graph, relation)


def _is_exceeded(relation: Relation) -> bool:
    rate, *_ = relation.figures
    if relation.kind is not RelationKind.QUOTIENT or not is_percent(rate) or rate.value <= _HUNDRED:
        return False
    _, part, base = relation.figures
    together = f"{base.before}{base.after}{part.before}{part.after}"
    return (
        part.is_whole
        and base.is_whole
        and part.sentence == rate.sentence == base.sentence
        and said("of_taken_up", rate.before)
        and said("taken_up", base.before)
        and not said("target", base.before)
        and not said("of_years_before", together)
    )


def _exceeded(graph: Graph, relation: Relation) -> Checked:
    text = graph.document.text
    rate, part, base = relation.figures
    stated, whole, share = (written(figure.claim, text) for figure in (part, base, rate))
    return finding(
        graph.document,
        FindingType.ARITHMETIC,
        RULE,
        (part.claim, base.claim, rate.claim),
        severity=Severity.MEDIUM,
        confidence=0.75,
        stated=stated,
        workings=f"{stated}>{whole}",
        message=f"“{part.claim.indicator}”原文为{stated}，多于{whole}，比率{share}超过100%。请核对并更正，或说明是否含往年数。",
    )


def _is_rate_of(rate: Figure, base: Figure) -> bool:
    """Whether the words give the count as what the rate is taken of: 抽检50批次，合格率98.7%."""
    return (
        is_percent(rate)
        and is_exact(rate)
        and base.is_whole
        and is_exact(base)
        and 0 < base.value <= _MOST
        and rate.group == base.group
        and rate.value <= _HUNDRED
        and said("rate", rate.before)
        and not said("rate_other", rate.before)
        and rate.before.count("，") <= 1
        and said("base_list", base.before[-10:])
        and not any(said(cue, base.before) for cue in ("up", "down", "beyond", "saved"))
    )


def can_be_reached(rate: Figure, count: int, *, may_be_part: bool) -> bool:
    """Whether some whole number over ``count`` prints as the rate; or, of what was done, ``count`` over some number."""
    band = printed_band(rate)
    over = Band(band.low * count / _HUNDRED, band.high * count / _HUNDRED)
    if _has_whole(over):
        return True
    return may_be_part and band.low > 0 and _has_whole(Band(count * _HUNDRED / band.high, count * _HUNDRED / band.low))


def _has_whole(band: Band) -> bool:
    return band.low.to_integral_value(ROUND_CEILING) <= band.high.to_integral_value(ROUND_FLOOR)


def _impossible(graph: Graph, rate: Figure, base: Figure) -> Checked:
    text = graph.document.text
    stated, count = written(rate.claim, text), written(base.claim, text)
    near = int((rate.value * base.value / _HUNDRED).to_integral_value(ROUND_FLOOR))
    shares = "，".join(f"{n}÷{int(base.value)}={_HUNDRED * n / base.value:.2f}%" for n in (near, near + 1))
    return finding(
        graph.document,
        FindingType.ARITHMETIC,
        RULE,
        (rate.claim, base.claim),
        severity=Severity.MEDIUM,
        confidence=0.75,
        stated=stated,
        workings=shares,
        message=f"“{rate.claim.indicator}”原文为{stated}，但{count}中取整数得不到这一比率（{shares}）。请核对分子、分母并更正。",
    )
