"""Each statement by itself: the reading of it that holds, or the one that speaks most strongly against its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.audit.reckoning import derived, expected, holds, tells_points
from extract.audit.relations import Relation, RelationKind, Ways
from extract.audit.relations.twins import Twins, with_finer
from extract.audit.rewritings import SlipKind
from extract.audit.slips import Slip, find_slips

SURE, _WORTH_A_LOOK = 0.8, 0.25
_BY_UNIT = 0.001  #: chance of agreeing in so many digits in another unit
_NOT_ALONE = 0.2  #: from so little surety on a reading may bear out another
_MOST_WEIGHED = 3
_CROWD = 3  #: of so many readings and more one is found by chance so much more easily
_COINCIDENCE = 0.1  #: a reading of little surety that holds by chance as often as this proves nothing
FITTING = 0.06  #: chance of a slip that says anything
_WHOLE, _LIKELIER, _BY_FAR = 100, 0.25, 0.45
_REACH = (Decimal(1) / 3, Decimal(3))  #: how far off a result may be and still be a slip of the pen
_BEYOND_DOUBT = 0.88
_FAR = (Decimal(1) / 120, Decimal(120))  #: where the words leave no doubt: a point two places off
_OF_INPUT = 4  #: a slip in an input tells so much less than one in the result
FINE, VERY_FINE = 0.01, 0.001  #: coarseness of results that other readings seldom, or hardly ever, hit by chance
TELLING = ((0.003, 0.55), (0.02, 0.4), (0.06, 0.25))  #: chance of an explanation → what it adds to the surety


@dataclass(frozen=True, slots=True)
class Doubt:
    """A failing relation before it is known which of its figures is wrong."""

    relation: Relation
    slips: tuple[Slip, ...]
    sure: float


def proof_of(ways: Ways, twins: Twins) -> Relation | None:
    """The likeliest reading that holds, unless a far likelier one fails and it may hold by chance."""
    best = ways[0].sure
    for way in ways:
        if holds(way):
            finer = with_finer(way, twins)
            if _is_upside_down(way, ways) or tells_points(way) or (finer is not None and not holds(finer)):
                continue
            by_chance = len(ways) * coarseness_of(way)
            if best >= SURE and way.sure < 0.5 and by_chance > _COINCIDENCE:
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


def coarseness_of(relation: Relation) -> float:
    result = relation.result
    return 1.0 if not result.value else float(min(Decimal(1), 2 * result.step / abs(result.value)))


def weighed(ways: Ways) -> tuple[tuple[Relation, tuple[Slip, ...]], ...]:
    """The readings of a statement that are worth a look, each with the slips that would mend it."""
    told = (way for place, way in enumerate(ways) if way.sure >= _WORTH_A_LOOK or place < _MOST_WEIGHED)
    return tuple((way, find_slips(way)) for way in told if way.sure >= _NOT_ALONE)


def doubt_of(readings: Sequence[tuple[Relation, tuple[Slip, ...]]]) -> Doubt | None:
    """The reading that speaks most strongly against the figures; None when none does."""
    best: Doubt | None = None
    likely = [(way, slips) for way, slips in readings if way.sure >= _WORTH_A_LOOK or _unit_of_others(way, slips)]
    crowd = max(1.0, len(likely) / _CROWD)
    for way, slips in likely:
        reckoned = derived(way)
        chances = (slip.chance * (1 if slip.index == reckoned else _OF_INPUT) for slip in slips)
        telling = crowd * min(chances, default=1.0)
        sure = way.sure + next((bonus for chance, bonus in TELLING if telling <= chance), 0.0)
        sure = max(sure, SURE) if _unit_of_others(way, slips) else sure
        if not _is_plausible(way, bool(slips)) and not (slips and telling <= TELLING[1][0]):
            continue
        if best is None or sure > best.sure:
            best = Doubt(way, slips, sure)
    return best if best is not None and best.sure >= SURE else None


def _unit_of_others(relation: Relation, slips: Sequence[Slip]) -> bool:
    """Whether the figures agree once the one with a unit of its own has that of all others: 73.2元 among 万元."""
    slip = next((slip for slip in slips if slip.kind is SlipKind.UNIT and slip.chance <= _BY_UNIT), None)
    if slip is None or relation.kind in (RelationKind.SAME, RelationKind.WITHIN):
        return False
    own = relation.figures[slip.index]
    units = {_unit(f.surface) for f in relation.figures if f.kind == own.kind and f is not own}
    return units == {_unit(slip.right)}


def _unit(surface: str) -> str:
    return surface.lstrip("0123456789.,， ")


def _is_plausible(relation: Relation, has_slip: bool) -> bool:
    """Whether the figures seem to belong together at all."""
    given, follows = relation.result.value, expected(relation)
    if follows is not None and follows < 0 < given and relation.table and relation.sure >= SURE:
        return -follows != given  # other rows bear the columns out: what fell where they say it rose
    if follows is None or given <= 0 or follows <= 0:
        return follows is not None and given == 0 and follows == 0
    if relation.kind is RelationKind.WITHIN:
        return True
    worded = relation.sure >= _BEYOND_DOUBT and relation.kind in (RelationKind.QUOTIENT, RelationKind.SUM)
    if worded or (has_slip and relation.sure >= SURE):
        return _FAR[0] <= follows / given <= _FAR[1]
    beyond = relation.result.kind == "%" and follows > 100 >= given and relation.kind is RelationKind.QUOTIENT
    return not beyond and _REACH[0] <= follows / given <= _REACH[1]
