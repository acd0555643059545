"""What the rules of arithmetic share: a document's figures, its relations judged, and its budget's size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from extract.audit.culprits import Failure, values_of
from extract.audit.findings import Checked, finding
from extract.audit.following.model import default_following_weights, find_following, follows_otherwise
from extract.audit.following.scenes import Scene
from extract.audit.judging import Judgement, judge, restated
from extract.audit.reckoning import derived, expected
from extract.audit.relations import Figure, Member, Part, Relation, RelationKind, Ways, find_relations
from extract.audit.relations.right_otherwise import right_otherwise
from extract.audit.relations.twins import finer_of
from extract.audit.rewritings import SlipKind
from extract.audit.wording import amount, bare, corrected, unit_of_header, written
from extract.records import Dimension, Document, FindingType, Holds, Pair, Severity, Stage
from extract.weights import Weights

_SHARE_OF_BUDGET = Decimal("0.05")  #: of a budget aggregate, from which an amount weighs heavily
_AGGREGATES = (Stage.OPENING, Stage.ADJUSTED, Stage.SPENT, Stage.RECEIVED)


@dataclass(frozen=True, slots=True)
class Graph:
    """The figures of a document and what was found about how they hang together."""

    document: Document
    figures: tuple[Figure, ...]
    judgement: Judgement
    budget: Decimal  #: the largest amount of money that a budget or its spending is given as; 0 when there is none


def graph_of(
    document: Document, figures: tuple[Figure, ...], pairs: Sequence[Pair], following: Weights | None = None
) -> Graph:
    """The relations of a document, found and judged once for all rules; ``following`` are weights of learnt ones."""
    learnt = default_following_weights() if following is None else following
    told, twins = restated(figures), finer_of(figures)
    scene = Scene(figures, told, twins)

    def followed(holding: Sequence[Relation], unproven: Sequence[Ways]) -> Iterator[Relation]:
        return find_following(scene, holding, unproven, learnt)

    statements = find_relations(figures, pairs)
    by_list, by_weights = right_otherwise(figures), follows_otherwise(scene, learnt)

    def meant_otherwise(relation: Relation) -> bool:
        return by_list(relation) or by_weights(relation)

    judgement = judge(statements, told, followed, meant_otherwise, twins, values_of(figures))
    stages = (f.value for f in figures if f.claim.stage in _AGGREGATES and f.claim.quantity.unit == "元")
    return Graph(document, figures, judgement, max(stages, default=Decimal(0)))


def held(rule: str, relation: Relation) -> Checked:
    """The proof that a relation was checked and is right."""
    return Holds(rule=rule, claims=tuple(figure.claim for figure in relation.figures), workings=workings(relation))


def once(failures: Sequence[Failure]) -> Iterator[Failure]:
    """Of the failures that one wrong figure follows from, the best: it has one right value, and the others add doubt.

    That it stands elsewhere with another value, or is more than its whole, is said beside.
    """
    best: dict[tuple[str, bool], Failure] = {}
    for failure in failures:
        key = (failure.figure.claim.id, failure.relation.kind in (RelationKind.SAME, RelationKind.WITHIN))
        if key not in best or _rank(failure) > _rank(best[key]):
            best[key] = failure
    yield from best.values()


def _rank(failure: Failure) -> tuple[bool, float]:
    """A change reckoned from the two states that the text gives goes before one over a single figure near it."""
    return failure.relation.kind is RelationKind.GROWTH, failure.sure


def failed(graph: Graph, rule: str, failure: Failure, type_: FindingType | None = None) -> Checked:
    """The finding on a relation that fails: the figure that is likely wrong first."""
    document, relation, figure = graph.document, failure.relation, failure.figure
    is_unit = failure.slip is not None and failure.slip.kind is SlipKind.UNIT
    stated = written(figure.claim, document.text)
    right = _right(failure)
    others = [f.claim for f in relation.figures if f.claim is not figure.claim]
    slip = None if failure.slip is None else failure.slip.text
    worked = workings(relation)
    kind = type_ or _type(relation)
    return finding(
        document,
        FindingType.UNIT if is_unit else kind,
        "R04" if is_unit else rule,
        (figure.claim,) if is_unit else (figure.claim, *others),
        severity=_severity(graph, failure),
        confidence=round(min(failure.sure, 0.95), 2),
        stated=stated,
        expected=right,
        workings=worked,
        slip=slip,
        message=_message(document.text, failure, stated, right, worked, is_unit),
    )


def _type(relation: Relation) -> FindingType:
    if relation.kind is RelationKind.SAME:
        return FindingType.CONFLICT
    return FindingType.TOTAL if relation.table and relation.kind is RelationKind.SUM else FindingType.ARITHMETIC


def _right(failure: Failure) -> str:
    """The figure as it should be, written like the printed one."""
    if failure.slip is not None and failure.slip.kind is SlipKind.UNIT:
        return failure.slip.right
    if failure.relation.kind in (RelationKind.SAME, RelationKind.WITHIN):
        other = failure.relation.members[1 - failure.culprit].figure
        return other.surface + unit_of_header(other.claim)
    return corrected(in_own_unit(failure.figure, failure.right), failure.figure.claim)


def in_own_unit(figure: Figure, value: Decimal) -> Fraction:
    """A value in base units as one in the figure's own unit."""
    precision = figure.claim.quantity.precision
    return Fraction(value) * Fraction(precision) / Fraction(figure.step)


def _message(text: str, failure: Failure, stated: str, right: str, worked: str, is_unit: bool) -> str:
    relation = failure.relation
    name = _name_of(failure)
    if is_unit:
        return f"“{name}”原文为{stated}；{worked}，疑为{right}，单位有误。请核对单位并更正。"
    if relation.kind is RelationKind.SAME:
        return f"“{relation.fact}”此处为{stated}，另一处为{right}，前后不一致。请核对后更正，或说明两处口径的差别。"
    if relation.kind is RelationKind.WITHIN:
        return f"“{name}”原文为{stated}，大于所属总数{right}。请核对并更正，或说明口径。"
    doubt = "" if failure.slip is None else f"（{failure.slip.text.replace(' for ', '疑为')}）"
    verdict = _verdict(text, failure, right) + _lack(failure)
    return f"“{name}”原文为{stated}；按文中数字计算，{worked}，{verdict}{doubt}。请核对并更正，或说明计算口径。"


def _name_of(failure: Failure) -> str:
    """What the figure is called; what its row or its relation is called where only figures stand for it."""
    claim = failure.figure.claim
    names = (claim.indicator, claim.cell.row_label if claim.cell is not None else "", failure.relation.fact)
    return next((name for name in names if _WORD.search(name)), claim.indicator or failure.relation.fact)


_WORD = re.compile(r"[一-鿿A-Za-z]")


def _verdict(text: str, failure: Failure, right: str) -> str:
    """What the figure should be: as reckoned, as a slip within rounding has it, or for the printed result to hold."""
    relation, place = failure.relation, derived(failure.relation)
    if failure.culprit != place:
        result = written(relation.figures[place].claim, text)
        return f"与原文的{result}不符，此数若为{right}则相符"
    reckoned = expected(relation, place)
    is_near = reckoned is None or abs(reckoned - failure.right) <= failure.figure.step
    return f"应为{right}" if failure.slip is None or is_near else f"计入各数的四舍五入，疑为{right}"


def _lack(failure: Failure) -> str:
    """By how much the parts fall short of a total that no slip explains."""
    if failure.relation.kind is not RelationKind.SUM or failure.culprit or failure.slip is not None:
        return ""
    lack = failure.figure.value - failure.right
    return (
        f"，各项比它少{amount(in_own_unit(failure.figure, lack), failure.figure.claim)}，可能漏列一项"
        if lack > 0
        else ""
    )


def _severity(graph: Graph, failure: Failure) -> Severity:
    """By amount: high for marks, and for money from a twentieth of the budget on."""
    figure = failure.figure
    if figure.claim.quantity.dimension is Dimension.SCORE:
        return Severity.HIGH
    if figure.claim.quantity.unit != "元":
        return Severity.MEDIUM
    off = abs(figure.value - failure.right)
    heavy = off >= _SHARE_OF_BUDGET * (graph.budget or figure.value)
    return Severity.HIGH if heavy else Severity.MEDIUM


def workings(relation: Relation) -> str:
    """The reckoning that the relation stands for, from the figures as printed: 148处÷172处=86.05%."""
    result = relation.result.claim
    one = [bare(member.figure.claim) for member in relation.members[1:]]
    if relation.kind is RelationKind.SAME:
        first, other = (bare(figure.claim) for figure in relation.figures)
        return f"{other}{'=' if relation.figures[0].value == relation.figures[1].value else '≠'}{first}"
    if relation.kind is RelationKind.WITHIN:
        return f"{bare(result)}{'≤' if relation.figures[0].value <= relation.figures[1].value else '>'}{one[0]}"
    return f"{_formula(relation, one)}={_outcome(relation)}"


def _outcome(relation: Relation) -> str:
    value = expected(relation)
    return "?" if value is None else amount(in_own_unit(relation.result, value), relation.result.claim)


def _formula(relation: Relation, one: list[str]) -> str:
    if relation.kind is RelationKind.SUM:
        return _added(relation.members[1:], one)
    if relation.kind is RelationKind.PRODUCT:
        return "×".join(one)
    first, other = relation.members[1].figure, relation.members[2].figure
    more, less = (one[0], one[1]) if first.value >= other.value else (one[1], one[0])
    return {
        RelationKind.DIFFERENCE: f"{more}-{less}",
        RelationKind.QUOTIENT: f"{one[0]}÷{one[1]}",
        RelationKind.REMAINDER: f"({one[1]}-{one[0]})÷{one[1]}",
        RelationKind.GROWTH: f"({more}-{less})÷{one[1]}",
        RelationKind.GROWTH_UP: f"{one[0]}÷({one[1]}-{one[0]})",
        RelationKind.GROWTH_DOWN: f"{one[0]}÷({one[1]}+{one[0]})",
    }[relation.kind]


def _added(members: Sequence[Member], one: list[str]) -> str:
    signed = (
        f"{'-' if member.part is Part.DEDUCTED else '+'}{words}" for member, words in zip(members, one, strict=True)
    )
    return "".join(signed).removeprefix("+")
