"""Figures of many digits that differ in one of them, or in two that changed places, where names or stages agree.

Few figures of a document lie so near one another by chance; where both follow from others, they are two measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.audit.digits import are_swapped, digits_of, is_one_apart
from extract.audit.relations.figures import is_exact
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.sames import are_of_one_measure, measure_name
from extract.audit.relations.shapes import same_of
from extract.claims.names import character_pairs
from extract.records import Dimension, Role

_FEWEST = 3  #: digits without noughts at the end
_SHARED = {3: 0.75, 4: 0.5, 5: 0.2}  #: of the shorter name, so many digits ask for; more of them ask for nothing
_STAGED = 0.35  #: what figures of one stage have less to share
_MANY = 5  #: digits of money that hardly two amounts share but for one
_WORDS = 16
_MOST_ALIKE = 6  #: figures with the same digits but one
_ROLES = {Role.ACTUAL: "is", Role.CONTEXT: "is", Role.TARGET: "planned"}
_SURE = 0.7


def find_slipped(figures: Sequence[Figure]) -> Iterator[Relation]:
    """A relation for each two figures of which one is the other misprinted, unless a third has the same digits."""
    wanted = [figure for figure in figures if _is_telling(figure)]
    seen: dict[str, list[Figure]] = {}
    found: set[tuple[str, str]] = set()
    for figure in wanted:
        for key in _keys(figure):
            alike = seen.setdefault(key, [])
            for other in alike[-_MOST_ALIKE:]:
                ids = (other.claim.id, figure.claim.id)
                if ids not in found and _is_slip(figure, other):
                    found.add(ids)
                    yield same_of(figure, other, _SURE, measure_name(figure.claim))
            alike.append(figure)


def _is_telling(figure: Figure) -> bool:
    quantity = figure.claim.quantity
    return (
        is_exact(figure)
        and figure.claim.role in _ROLES
        and quantity.dimension is not Dimension.SCORE
        and len(digits_of(figure.surface).strip("0")) >= _FEWEST
    )


def _keys(figure: Figure) -> Iterator[str]:
    """What figures one digit apart, or with two digits changed, have in common."""
    digits = digits_of(figure.surface)
    scale = f"{_side(figure, len(digits))} {figure.kind} {figure.step.normalize()}"
    for place in range(len(digits)):
        yield f"{scale} {digits[:place]}*{digits[place + 1 :]}"
    yield f"{scale} {''.join(sorted(digits))}"


def _side(figure: Figure, digits: int) -> str:
    """Money of many digits is compared whatever it was taken for: 全年预算1985.00 in a table, 降至1986.00 in words."""
    is_money = figure.kind == "元" and digits >= _MANY
    return "money" if is_money else _ROLES[figure.claim.role]


def _is_slip(one: Figure, other: Figure) -> bool:
    digits = digits_of(one.surface), digits_of(other.surface)
    if digits[0] == digits[1] or not (is_one_apart(*digits) or are_swapped(*digits)):
        return False
    return are_of_one_measure(one, other) and _are_alike(one, other, max(len(each.strip("0")) for each in digits))


def _are_alike(one: Figure, other: Figure, digits: int) -> bool:
    stage = one.claim.stage
    staged = stage is not None and stage is other.claim.stage
    names = [
        character_pairs(f"{measure_name(figure.claim)} {figure.before[-_WORDS:] if figure.claim.cell is None else ''}")
        for figure in (one, other)
    ]
    asked = _SHARED.get(digits, 0.0) - (_STAGED if staged else 0.0)
    fewest = min(map(len, names))
    return asked <= 0 or (fewest > 0 and len(names[0] & names[1]) >= asked * fewest)
