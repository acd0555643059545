"""Averages and unit prices: 58户，户均3120元，共计18.096万元; 每公里20.83万元, of a sum and a length told before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.audit.reckoning import holds
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact, is_percent, kind_of_each, tells_change
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind
from extract.claims.names import character_pairs
from extract.records import Dimension

_ALONE = 0.1  #: where only one sum and one count come near
_BACK, _AHEAD = 24, 4
MEASURED = (Dimension.COUNT, Dimension.AREA, Dimension.LENGTH, Dimension.MASS, Dimension.VOLUME, Dimension.DURATION)
_EACH = re.compile(
    r"(?:平均)?每(?:一)?(?P<per>个?(?:平方公里|公里|千米|延米|平方米|立方米|公斤|千克|公顷|[一-鿿]))|(?P<of>(?!平)[一-鿿])(?:次)?均|"
    r"单(?P<single>[处座个套片点项件台])|(?P<yield>亩)产"
)
_OF_MANY = re.compile(r"每[一1]?(?:[十百万亿]|千(?![克米瓦]))")  #: 每万人, 每千户: of so many at a time
_MEASURES = {
    "辆": "辆车",
    "村": "村个",
    "所": "所个",
    "点": "点个",
    "车": "辆",
    "员": "人名",
    "人": "人名",
    "名": "人名",
    "位": "人名位",
    "生": "人名生",
    "日": "天日",
    "家": "家户",
}
_NUMERALS = re.compile(r"[\d.,，\s]+")
_MOST_TOTALS, _MOST_COUNTS = 10, 5
_REACH = (Decimal(1) / 3, Decimal(3))
_SHIFTS = (1, -1, 2, -2, 4, -4)  #: powers of ten by which a point or a unit is out of place
_MIDDLE, _COARSEST = Decimal("3.16"), Decimal("0.03")


def find_averages(known: Sequence[Figure], index: int) -> tuple[Relation, ...]:
    """The ways in which a figure for each of something hangs together with a total and a count told around it."""
    each = known[index]
    if not is_exact(each) or not is_amount(each) or each.value <= 0 or each.claim.cell is not None:
        return ()
    if said("bounded", each.before):
        return ()
    per = per_of(each)
    if per is None or said("before", each.before):
        return ()
    kind = kind_of_each(each)
    near = [f for f in known[max(0, index - _BACK) : index + _AHEAD + 1] if f is not each and _counts_in(f, each)]
    sums = _nearest([f for f in near if _adds_up_in(f, kind) and not _is_each(f) and not tells_change(f)], each)
    totals = [f for f in sums if f.value > each.value]
    counts = _nearest([f for f in near if counts_each(f, per)], each)
    ways = _products(totals[:_MOST_TOTALS], each, counts[:_MOST_COUNTS])
    beside = [f for f in near if f.kind == each.kind and f.sentence == each.sentence]
    near_ways = (way for way in ways if _is_near(way) and (holds(way) or not _is_of_another(way, beside)))
    fitting = sorted(near_ways, key=lambda way: -way.sure)
    if not any(holds(way) for way in fitting):
        shifted = [way for way in _products(sums[:_MOST_TOTALS], each, counts[:_MOST_COUNTS]) if _is_shifted(way)]
        fitting = shifted if len(shifted) == 1 else fitting
    if len(fitting) == 1:
        fitting = [fitting[0]._replace(sure=min(fitting[0].sure + _ALONE, 0.85))]
    return tuple(fitting)


def _products(totals: Sequence[Figure], each: Figure, counts: Sequence[Figure]) -> list[Relation]:
    return [
        average_of(total, each, count, _surety(each, total, count))
        for total in totals
        for count in counts
        if total is not count
    ]


def per_of(figure: Figure) -> str | None:
    """The word for what there is one each of: 户, 公里; empty when no word says it."""
    unit = figure.claim.quantity.unit.partition("/")[2]
    if unit:
        return unit
    words = figure.before[-12:]
    if said("each_month", words) or said("given_each", words) or _OF_MANY.search(words):
        return None
    found = list(_EACH.finditer(words))
    if len(found) > 1 and found[-1]["per"] == "年":
        found.pop()  # 每台每年1.4万元
    if found and len(words) - found[-1].end() <= 10:
        return found[-1]["per"] or found[-1]["of"] or found[-1]["single"] or found[-1]["yield"] or ""
    return "" if said("each", words[-8:]) else None


def _is_of_another(relation: Relation, beside: Sequence[Figure]) -> bool:
    """Whether a figure beside shares the same total out: 每张保费40元，财政补一半20元，36600张补下来就是73.2万元."""
    total, each, count = relation.figures
    rest = (f for f in beside if f is not each and f.claim is not total.claim)
    return any(abs(f.value * count.value - total.value) <= total.step / 2 for f in rest)


def _adds_up_in(figure: Figure, kind: str) -> bool:
    """Whether a figure may be the total of what each has: people are counted by heads and by attendances."""
    return figure.kind == kind or {figure.kind, kind} == _HEADS


_HEADS = {"人", "人次"}


def _counts_in(figure: Figure, each: Figure) -> bool:
    if not is_exact(figure) or is_percent(figure) or figure.value <= 0:
        return False
    return figure.claim.cell is None or figure.claim.segment.paragraph <= each.claim.segment.paragraph


def _is_each(figure: Figure) -> bool:
    return "/" in figure.claim.quantity.unit or _EACH.search(figure.before[-8:]) is not None


def counts_each(figure: Figure, per: str) -> bool:
    """Whether it counts or measures what there is one each of."""
    return figure.claim.quantity.dimension in MEASURED and is_counted_in(figure, per)


def is_counted_in(figure: Figure, per: str) -> bool:
    """Whether the printed unit, or the words of a thing counted in 个, are those of ``per``."""
    return is_unit_of(per, unit_counted(figure)) if per else figure.is_whole


def unit_counted(figure: Figure) -> str:
    """The unit as it is printed: 万亩."""
    return _NUMERALS.sub("", figure.surface) or figure.claim.quantity.unit


def is_unit_of(per: str, unit: str) -> bool:
    """Whether a printed unit counts what there is one each of."""
    own = _MEASURES.get(per, per)
    if len(per) > 1 and per[0] != "个":
        return unit.endswith(per)
    return any(unit.endswith(c) or unit.startswith(c) for c in own)


def _nearest(figures: Sequence[Figure], each: Figure) -> list[Figure]:
    """Those whose words have most of the words in front of ``each``, then the nearest."""
    wanted = character_pairs(each.before[-12:] + each.claim.indicator)

    def rank(figure: Figure) -> tuple[bool, int, int]:
        shared = len(wanted & character_pairs(figure.before[-12:]))
        apart = abs(figure.span.start - each.span.start)
        return figure.sentence != each.sentence, -shared, apart

    return sorted(figures, key=rank)


def average_of(total: Figure, each: Figure, count: Figure, sure: float) -> Relation:
    members = (Member(total, Part.TOTAL), Member(each, Part.EACH), Member(counted_in_own_unit(count), Part.COUNT))
    return Relation(RelationKind.PRODUCT, members, sure, "总额")


def counted_in_own_unit(count: Figure) -> Figure:
    """A count in the unit that it is printed in: 公里 where figures are reckoned in 米."""
    own = count.claim.quantity.number or count.value
    return count._replace(value=own, step=count.claim.quantity.precision)


def _surety(each: Figure, total: Figure, count: Figure) -> float:
    sure = 0.55
    sure -= 0.2 if said("target", count.before[-8:]) and not said("target", each.before) else 0.0
    sure += 0.1 if total.group == each.group else 0.0
    sure += 0.1 if count.group == each.group else 0.0
    sure += 0.05 if total.sentence == each.sentence and count.sentence == each.sentence else 0.0
    return sure


def _is_near(relation: Relation) -> bool:
    total, each, count = relation.figures
    return _REACH[0] <= each.value * count.value / total.value <= _REACH[1]


def _is_shifted(relation: Relation) -> bool:
    """Whether a point or a unit in the wrong place is all that is amiss: a price ten times too much, 万元 for 亿元."""
    total, each, count = relation.figures
    off = each.value * count.value / total.value
    power = off.adjusted() + (off.scaleb(-off.adjusted()) > _MIDDLE)
    if power not in _SHIFTS:
        return False
    slack = each.step / each.value + total.step / total.value
    return slack <= _COARSEST and abs(off.scaleb(-power) - 1) <= slack
