"""Which relations hold, which fail beyond doubt, and which figure of a failing one is the wrong one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from extract.audit.reckoning import derived, expected, holds, tells_points
from extract.audit.relations import Figure, Relation, RelationKind, Ways
from extract.audit.relations.twins import Twins, with_finer
from extract.audit.slips import Slip, SlipKind, find_slips

_SURE, _WORTH_A_LOOK = 0.8, 0.25
_CROWD = 3  #: of so many readings and more one is found by chance so much more easily
_COINCIDENCE = 0.1  #: a reading of little surety that holds by chance as often as this proves nothing
_FITTING = 0.06  #: chance of a slip that says anything
_MOST_ASKED = 6  #: other failing relations of a figure
_WHOLE, _LIKELIER, _BY_FAR = 100, 0.25, 0.45
_REACH = (Decimal(1) / 3, Decimal(3))  #: how far off a result may be and still be a slip of the pen
_BEYOND_DOUBT = 0.88
_FAR = (Decimal(1) / 120, Decimal(120))  #: where the words leave no doubt: a point two places off
_OF_INPUT = 4  #: a slip in an input tells so much less than one in the result
_FINE, _VERY_FINE = 0.01, 0.001  #: coarseness of results that other readings seldom, or hardly ever, hit by chance
_STRONG, _TELLING_DIGITS = 0.01, 4
_TELLING = ((0.003, 0.55), (0.02, 0.4), (0.06, 0.25))  #: chance of an explanation → what it adds to the surety


@dataclass(frozen=True, slots=True)
class Failure:
    """A relation that does not hold, the figure that is most likely wrong, and what it should be."""

    relation: Relation
    culprit: int  #: index of the member
    right: Decimal  #: in base units
    slip: Slip | None
    sure: float

    @property
    def figure(self) -> Figure:
        return self.relation.members[self.culprit].figure


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A failing relation before it is known which of its figures is wrong."""

    relation: Relation
    slips: tuple[Slip, ...]
    sure: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The relations of a document, checked."""

    holding: tuple[Relation, ...]
    failing: tuple[Failure, ...]


def restated(figures: Sequence[Figure]) -> Counter[str]:
    """How often the very digits of a figure stand elsewhere in the document, twice at most."""
    places: dict[str, set[int]] = {}
    digits = {figure.claim.id: _digits(figure) for figure in figures}
    for figure in figures:
        places.setdefault(digits[figure.claim.id], set()).add(figure.claim.segment.paragraph)
    return Counter(
        {
            figure.claim.id: min(len(places[own]) - 1, 2)
            for figure in figures
            if len(own := digits[figure.claim.id]) >= _TELLING_DIGITS and len(places[own]) > 1
        }
    )


def _digits(figure: Figure) -> str:
    return "".join(c for c in figure.surface if c.isdigit() or c == ".")


Further = Callable[[Sequence[Relation], Sequence[Ways]], Iterable[Relation]]


def judge(
    statements: Iterable[Ways],
    restated: Counter[str],
    further: Further = lambda *_: (),
    is_meant_otherwise: Callable[[Relation], bool] = lambda _: False,
    twins: Twins = MappingProxyType({}),
) -> Judgement:
    """Each statement by its likeliest reading that holds; where none does, what speaks against it.

    ``restated`` says how often the digits of a claim stand elsewhere: such a claim is less likely a slip. ``further``
    gives the relations that fail beyond doubt, from those that hold and the statements of which no reading holds.
    ``is_meant_otherwise`` says of a failing relation whether its result follows from more figures than the two.
    ``twins`` tell figures more finely: what holds with the coarser alone proves nothing.
    """
    holding: list[Relation] = []
    doubts: list[_Doubt] = []
    unproven: list[Ways] = []
    for ways in statements:
        proof = _proof(ways, twins)
        if proof is not None:
            holding.append(proof)
        else:
            unproven.append(ways)
            doubt = _doubt(ways)
            if doubt is not None:
                doubts.append(doubt)
    sums = _sums_of(holding)
    doubts += [_Doubt(relation, find_slips(relation), relation.sure) for relation in further(holding, unproven)]
    doubts = [doubt for doubt in doubts if not _is_explained(doubt.relation, sums)]
    settled = {(key, relation.result.sentence) for relation in holding if (key := of_inputs(relation)) is not None}
    doubts = [doubt for doubt in doubts if (of_inputs(doubt.relation), doubt.relation.result.sentence) not in settled]
    doubts = [doubt for doubt in doubts if not is_meant_otherwise(doubt.relation)]
    spoken = _rates_of(holding)
    doubts = [doubt for doubt in doubts if not _is_of_another_rate(doubt, spoken)]
    telling = (relation for relation in holding if relation.sure >= 0.5 or _coarseness(relation) <= _VERY_FINE)
    proven = Counter(figure.claim.id for relation in telling for figure in _told(relation))
    proven.update(restated)
    blamed = Counter(figure.claim.id for doubt in doubts for figure in doubt.relation.figures)
    by_claim: dict[str, list[_Doubt]] = {}
    for doubt in doubts:
        for figure in doubt.relation.figures:
            by_claim.setdefault(figure.claim.id, []).append(doubt)
    fine = [way for ways in unproven for way in ways if _coarseness(way) <= _FINE]
    readings = _by_claim(fine, blamed)
    failing = (_settled(doubt, proven, blamed, by_claim, readings) for doubt in doubts)
    return Judgement(tuple(holding), tuple(f for f in failing if not _is_borne_out(f, proven)))


_Sums = dict[
    str, list[tuple[frozenset[str], str]]
]  #: claim → (parts, total) of each sum that holds and has it as a part


def _sums_of(holding: Sequence[Relation]) -> _Sums:
    sums: _Sums = {}
    for relation in holding:
        if relation.kind is RelationKind.SUM:
            parts = frozenset(figure.claim.id for figure in relation.figures[1:])
            for part in parts:
                sums.setdefault(part, []).append((parts, relation.result.claim.id))
    return sums


def _is_explained(relation: Relation, sums: _Sums) -> bool:
    """Whether a sum that fails only misreads one that holds: its parts have another total, or its total is a part too.

    A difference is misread where its result is a part of such a sum beside both that it was reckoned from, one
    of little surety where it is a part of any.

    A table that gives its parts and their sums adds up to the total twice, which is right as well.
    """
    if relation.kind is RelationKind.DIFFERENCE:
        own = sums.get(relation.result.claim.id, ())
        inputs = {figure.claim.id for figure in relation.figures[1:]}
        return bool(own) if relation.sure < _SURE else any(inputs <= known for known, _ in own)
    if relation.kind is not RelationKind.SUM:
        return False
    total, parts = relation.result, relation.figures[1:]
    ids = frozenset(figure.claim.id for figure in parts)
    if any(
        _reads_over(ids, total.claim.id, known, owner)
        for part in (relation.figures)
        for known, owner in sums.get(part.claim.id, ())
    ):
        return True
    told = relation.table and relation.sure >= _TOLD
    if any(
        ids <= known and (total.claim.id in known or (owner != total.claim.id and not (told and ids < known)))
        for known, owner in sums.get(parts[0].claim.id, ())
    ):
        return True
    added = sum(figure.value for figure in parts)
    return relation.table and len(parts) > _TWICE and abs(added - 2 * total.value) <= total.step


def _reads_over(ids: frozenset[str], total: str, known: frozenset[str], owner: str) -> bool:
    """Whether the parts go on beyond a sum that holds: behind its last part, to its total, or to that of the whole."""
    if owner == total:
        return known < ids
    return owner in ids and (known < ids or (total in known and known - {total} < ids))


_Rates = dict[tuple[str, str], list[Figure]]  #: part and base → the rates that follow from them


def _rates_of(holding: Sequence[Relation]) -> _Rates:
    rates: _Rates = {}
    for relation in holding:
        if (
            relation.kind is RelationKind.QUOTIENT
            and relation.result.kind == "%"
            and _coarseness(relation) <= _FINE_RATE
        ):
            rates.setdefault(_inputs(relation), []).append(relation.result)
    return rates


def _inputs(relation: Relation) -> tuple[str, str]:
    return relation.figures[1].claim.id, relation.figures[2].claim.id


def _is_of_another_rate(doubt: _Doubt, rates: _Rates) -> bool:
    """Whether its part and base were told for a rate beside, and this one has a name of its own.

    办结1279件，办结率99.38%，噪声类占61%; 满意721份，满意度94.4%。租赁补贴对象满意度97%: unless a slip of the pen makes
    one of the two the other.
    """
    relation = doubt.relation
    if relation.kind is not RelationKind.QUOTIENT or relation.result.kind != "%":
        return False
    beside = [rate for rate in rates.get(_inputs(relation), ()) if rate is not relation.result]
    if not beside:
        return False
    own = _rate_name(relation.result)
    names = [_rate_name(rate) for rate in beside]
    alike = any(not name or own[-_NAME_END:] == name[-_NAME_END:] for name in names)
    slipped = any(slip.index == 0 and slip.chance <= _FITTING for slip in doubt.slips)
    return not alike or (len(own) > len(names[0]) and not slipped)


def _rate_name(rate: Figure) -> str:
    return _NAME_BREAK.split(rate.before)[-1].rstrip("为达到约是有了")


_NAME_BREAK = re.compile(r"[，,、。;:()\s]")
_NAME_END, _FINE_RATE = 2, 0.03

_TOLD = 0.85  #: how sure a table makes a subtotal whose rows a grand total counts in as well
_TWICE = 3  #: parts from which a table may hold sums of its parts among them


def of_inputs(relation: Relation) -> tuple[object, ...] | None:
    """What a change or rate reckons from which figures: where one holds, another figure beside it means something else.

    None of relations that words or guesses hardly tie together, and of sums and products.
    """
    if relation.kind not in _OF_TWO or relation.sure < _WORDED:
        return None
    return relation.kind, frozenset(figure.claim.id for figure in relation.figures[1:])


_OF_TWO = (RelationKind.DIFFERENCE, RelationKind.GROWTH, RelationKind.QUOTIENT, RelationKind.REMAINDER)
_WORDED = 0.5  #: how surely words must say what a figure follows from


def _is_borne_out(failure: Failure, proven: Counter[str]) -> bool:
    """Whether the figure blamed on a reading of little surety is right by what stands elsewhere."""
    is_unit = failure.slip is not None and failure.slip.kind is SlipKind.UNIT
    return failure.relation.sure < _SURE and not is_unit and proven[failure.figure.claim.id] > 0


def _told(relation: Relation) -> Sequence[Figure]:
    """The figures that a holding relation confirms; a part that is below its whole confirms nothing."""
    return () if relation.kind is RelationKind.WITHIN else relation.figures


def _proof(ways: Ways, twins: Twins) -> Relation | None:
    """The likeliest reading that holds, unless a far likelier one fails and it may hold by chance."""
    best = ways[0].sure
    for way in ways:
        if holds(way):
            finer = with_finer(way, twins)
            if _is_upside_down(way, ways) or tells_points(way) or (finer is not None and not holds(finer)):
                continue
            by_chance = len(ways) * _coarseness(way)
            if best >= _SURE and way.sure < 0.5 and by_chance > _COINCIDENCE:
                continue
            return way
    return None


def _is_upside_down(way: Relation, ways: Ways) -> bool:
    """Whether a rate has its whole over its part, and another reading has them the right way round."""
    if way.kind is not RelationKind.QUOTIENT or way.result.kind != "%":
        return False
    _, part, base = way.figures
    likelier = way.sure + (_LIKELIER if way.result.value > _WHOLE else _BY_FAR)
    return any(
        other.kind is way.kind and other.figures[1:] == (base, part) and other.sure >= likelier for other in ways
    )


def _coarseness(relation: Relation) -> float:
    result = relation.result
    return 1.0 if not result.value else float(min(Decimal(1), 2 * result.step / abs(result.value)))


def _doubt(ways: Ways) -> _Doubt | None:
    """The reading that speaks most strongly against the figures; None when none does."""
    best: _Doubt | None = None
    crowd = max(1.0, sum(way.sure >= _WORTH_A_LOOK for way in ways) / _CROWD)
    for way in ways:
        if way.sure < _WORTH_A_LOOK:
            continue
        slips, reckoned = find_slips(way), derived(way)
        chances = (slip.chance * (1 if slip.index == reckoned else _OF_INPUT) for slip in slips)
        telling = crowd * min(chances, default=1.0)
        sure = way.sure + next((bonus for chance, bonus in _TELLING if telling <= chance), 0.0)
        if not _is_plausible(way, bool(slips)) and not (slips and telling <= _TELLING[1][0]):
            continue
        if best is None or sure > best.sure:
            best = _Doubt(way, slips, sure)
    return best if best is not None and best.sure >= _SURE else None


def _is_plausible(relation: Relation, has_slip: bool) -> bool:
    """Whether the figures seem to belong together at all."""
    given, follows = relation.result.value, expected(relation)
    if follows is None or given <= 0 or follows <= 0:
        return follows is not None and given == 0 and follows == 0
    if relation.kind is RelationKind.WITHIN:
        return True
    worded = relation.sure >= _BEYOND_DOUBT and relation.kind in (RelationKind.QUOTIENT, RelationKind.SUM)
    if worded or (has_slip and relation.sure >= _SURE):
        return _FAR[0] <= follows / given <= _FAR[1]
    beyond = relation.result.kind == "%" and follows > 100 >= given and relation.kind is RelationKind.QUOTIENT
    return not beyond and _REACH[0] <= follows / given <= _REACH[1]


def _by_claim(relations: Iterable[Relation], wanted: Container[str]) -> dict[str, list[Relation]]:
    """The relations that each of the ``wanted`` claims stands in."""
    found: dict[str, list[Relation]] = {}
    for relation in relations:
        for figure in relation.figures:
            if figure.claim.id in wanted:
                found.setdefault(figure.claim.id, []).append(relation)
    return found


def _settled(
    doubt: _Doubt,
    proven: Counter[str],
    blamed: Counter[str],
    by_claim: dict[str, list[_Doubt]],
    readings: dict[str, list[Relation]],
) -> Failure:
    """The member that most speaks against: no other relation bears it out, others fail with it, a slip explains it."""
    relation = doubt.relation
    reckoned = derived(relation)
    slip_of: dict[int, Slip] = {}
    for slip in doubt.slips:
        slip_of.setdefault(slip.index, slip)

    def suspicion(index: int) -> float:
        claim = relation.members[index].figure.claim.id
        slip = slip_of.get(index)
        weight = 0.5 if index == reckoned else 0.0
        weight += 0.7 if relation.kind is RelationKind.SAME and _is_told_beside_table(relation, index) else 0.0
        weight += 1.0 * min(blamed[claim] - 1, 3)
        weight -= 0.7 * min(proven[claim], 3)
        if slip is not None:
            others = (other for other in by_claim[claim][:_MOST_ASKED] if other is not doubt)
            weight += 0.5 * sum(_is_put_right(other.relation, claim, slip.value) for other in others)
            weak = (other for other in readings.get(claim, ())[:_MOST_ASKED] if _is_another(other, relation))
            weight += 0.6 if any(_is_put_right(other, claim, slip.value) for other in weak) else 0.0
            weight += 0.3 if slip.chance <= _FITTING and slip.value == expected(relation, index) else 0.0
            weight += 0.9 if slip.chance <= _STRONG or index == reckoned else 0.3
            weight += 0.3 if slip.kind is SlipKind.UNIT else 0.0
            weight += 0.5 if slip.kind is SlipKind.UNIT and len(slip.right) > len(slip.printed) else 0.0
        return weight

    culprit = max(range(len(relation.members)), key=lambda index: (suspicion(index), -index))
    own = slip_of.get(culprit)
    if culprit and own is None and ((expected(relation, culprit) or 0) <= 0 or _lacks_part(relation, culprit)):
        culprit, own = 0, slip_of.get(0)
    right = own.value if own is not None else expected(relation, culprit)
    if own is None and culprit == 0:
        own = next((slip for slip in doubt.slips if slip.chance <= _TELLING[1][0]), None)
        own = None if own is None else _reversed(own)
    return Failure(relation, culprit, right or Decimal(0), own, min(doubt.sure, 0.95))


def _lacks_part(relation: Relation, index: int) -> bool:
    """Whether a sum falls short by so much that the part at ``index`` is no misprint, and another is not told."""
    lack = relation.result.value - (expected(relation) or Decimal(0))
    return relation.kind is RelationKind.SUM and lack * _OF_PART > relation.figures[index].value


_OF_PART = 4  #: a part that is wrong without any slip is so by less than a quarter


def _is_another(relation: Relation, known: Relation) -> bool:
    """Whether a relation has none but one figure in common with a known one, and so says something else."""
    return len({figure.claim.id for figure in relation.figures} & {f.claim.id for f in known.figures}) == 1


def _is_put_right(relation: Relation, claim: str, value: Decimal) -> bool:
    """Whether another failing relation holds, too, with ``value`` in the figure's place."""
    place = next(index for index, figure in enumerate(relation.figures) if figure.claim.id == claim)
    return holds(relation, {place: value})


def _is_told_beside_table(relation: Relation, index: int) -> bool:
    """Whether the statement at ``index`` is of the narrative and the other of a table, which comes from the books."""
    own, other = relation.members[index].figure.claim, relation.members[1 - index].figure.claim
    return own.cell is None and other.cell is not None


def _reversed(slip: Slip) -> Slip:
    """A figure that is right as printed was reckoned with as if it were another: 142.02 for 148.02."""
    return Slip(slip.index, slip.kind, slip.right, slip.printed, slip.value, slip.chance)
