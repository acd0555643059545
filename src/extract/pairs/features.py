"""What tells whether an actual answers a target: named features of the two, and of a target that nothing answers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from extract.claims.contrasts import are_told_apart
from extract.claims.indicators import is_generic
from extract.claims.names import likeness, overlap
from extract.lexicons import UnitTable
from extract.pairs.verdicts import basis_of, ratio_of
from extract.pairs.wording import WordAnswer, is_short
from extract.pairs.wordings import Wordings, ends_differ, part_ways
from extract.records import Basis, Cell, Claim, ColumnKind, Dimension, Role, Stage

_LITTLE, _ALL = 0.25, 0.99  #: shares of a name, rare words counting more, that say little, and that say all
_FAR_AHEAD = 0.3  #: by which a target's claim to an actual must lead
_SURE = 0.9  #: confidence of a role that is as it should be
_HARDLY, _WHOLLY = 0.4, 0.8  #: likeness of names that says little, and that says all
_TEN_THOUSAND = 10_000
_SLIP_LEAST, _SLIP_MOST = (
    Decimal("0.8"),
    Decimal("1.3"),
)  #: around a factor of 万: a slip of the unit, not another thing
_NEAR = (Decimal("0.8"), Decimal("1.3"))  #: ratios of an actual to its target
_APART, _FAR_APART = (Decimal("0.5"), Decimal(2)), (Decimal("0.1"), Decimal(10))
_GENERAL_UNITS = frozenset({"", "个", "项", "次", "人", "起"})
_MONEY_STAGES = (Stage.OPENING, Stage.ADJUSTED)


def unit_fit(target: Claim, actual: Claim, units: UnitTable) -> str | None:
    """How the units of two figures go together; None when they measure different things."""
    one, other = target.quantity, actual.quantity
    if one.dimension is not other.dimension or (one.value == 0 and other.value != 0 and one.unit != other.unit):
        return None
    if one.unit == other.unit:
        return "same unit"
    if one.dimension is Dimension.COUNT:
        return "a general unit" if _GENERAL_UNITS & {one.unit, other.unit} else "another unit of counting"
    row, twin = units.named(one.unit), units.named(other.unit)
    return "units convert" if row is not None and twin is not None and row.base == twin.base else None


def pair_features(
    target: Claim, actual: Claim, steps: int, fit: str, wordings: Wordings, *, between: int = 0
) -> dict[str, float]:
    """What speaks for and against ``actual``, which stands ``steps`` figures behind it, answering ``target``.

    ``between`` is how many targets of its dimension stand between them.
    """
    features = {"an answer": 1.0, fit: 1.0}
    features[f"{wordings.movement(target)} answered by {wordings.movement(actual)}"] = 1.0
    if actual.role is Role.CHANGE:
        features["answered by a change"] = 1.0
    _add_place(features, target, actual, steps)
    _add_names(features, target, actual)
    _add_wording(features, target, actual, wordings)
    if between and target.cell is None and actual.cell is None:
        features[f"targets between: {min(between, 3)}"] = 1.0
    _add_slots(features, target, actual)
    _add_values(features, target, actual)
    _add_stage(features, target, actual)
    _add_estrangement(features)
    if target.organisation and actual.organisation and target.organisation != actual.organisation:
        features["another organisation"] = 1.0
    if target.period and actual.period and _year(target.period) != _year(actual.period):
        features["another year"] = 1.0
    elif "-" in (actual.period or "") and target.period != actual.period:
        features["in the course of the year"] = 1.0
    return features


def _year(period: str) -> str:
    """2020 of 2020-06-30; 2020/prev is another year."""
    return period.split("-", 1)[0]


def _add_place(features: dict[str, float], target: Claim, actual: Claim, steps: int) -> None:
    one, other = target.cell, actual.cell
    if one is not None and other is not None and one.table == other.table:
        _add_table_place(features, target, actual, one, other)
    elif one is None and other is None:
        if target.segment.paragraph == actual.segment.paragraph:
            features["same paragraph"] = 1.0
        if target.segment.section == actual.segment.section:
            features["same section"] = 1.0
        features["both in prose"] = 1.0
    else:
        features["table and prose"] = 1.0
    if target.segment is actual.segment:
        features["same sentence"] = 1.0
        features[f"same sentence, {'behind' if steps > 0 else 'in front'} by {min(abs(steps), 4)}"] = 1.0
    elif abs(steps) == 1 and target.segment.paragraph == actual.segment.paragraph and one is None:
        features["next figure"] = 1.0
    features["behind the target" if steps > 0 else "in front of the target"] = 1.0
    if _in_same_row(target.row_slot, actual.row_slot, one, other):
        features["same indicator row"] = 1.0


def _in_same_row(target_slot: str | None, actual_slot: str | None, one: Cell | None, other: Cell | None) -> bool:
    """Whether one of two figures answers the indicator row that the other stands in or answers."""
    if target_slot is not None:
        return target_slot == actual_slot or _is_row(target_slot, other) or _is_row(actual_slot, one)
    return _is_row(actual_slot, one)


def _is_row(slot: str | None, cell: Cell | None) -> bool:
    return slot is not None and cell is not None and slot == f"table {cell.table} row {cell.row}"


def _add_table_place(features: dict[str, float], target: Claim, actual: Claim, one: Cell, other: Cell) -> None:
    both_short = is_short(target) and is_short(actual)
    if one.row == other.row:
        features["same row" if both_short or one.kind is not ColumnKind.TARGET else "same row, cells of words"] = 1.0
        items = (target.segment.items, actual.segment.items)
        if items[0] and items[0] == items[1]:
            features["same list item"] = 1.0
        elif items[0][:1] and items[0][:1] == items[1][:1]:
            features["same outer list item"] = 1.0
        elif items[0] and items[1]:
            features["another list item"] = 1.0
        features[f"columns {one.kind} and {other.kind}"] = 1.0
    elif both_short:
        features["another row"] = 1.0
    else:
        features["same table"] = 1.0


def _add_names(features: dict[str, float], target: Claim, actual: Claim) -> None:
    alike = likeness(target.indicator, actual.indicator)
    if alike:
        same = overlap(target.indicator, actual.indicator)
        features["likeness of names"] = alike
        features["overlap of names"] = same
        if same > 0.99:
            features["same name"] = 1.0
        elif alike < _HARDLY:
            features["names hardly alike"] = 1.0
            features[f"names hardly alike, {target.quantity.dimension}"] = 1.0
        elif alike < _WHOLLY:
            features[f"names partly alike, {target.quantity.dimension}"] = 1.0
        if are_told_apart(target.indicator, actual.indicator):
            features["names told apart"] = 1.0
    elif is_generic(target.indicator) or is_generic(actual.indicator):
        features["a name that says nothing"] = 1.0
    else:
        features["names share nothing"] = 1.0


def _add_wording(features: dict[str, float], target: Claim, actual: Claim, wordings: Wordings) -> None:
    kind, one, other = kind_of(target), target.indicator, actual.indicator
    _add_share(features, _TOLD_TARGET[kind], wordings.share_told(one, actual))
    _add_share(features, _TOLD_ACTUAL[kind], wordings.share_told(other, target))
    _add_share(features, _RARE_LIKENESS[kind], wordings.rare_likeness(one, other))
    if one == other:
        return
    if ends_differ(one, other):
        features["rates end differently"] = 1.0
    if part_ways(one, other):
        features[_PART_WAYS[kind]] = 1.0


class _Names(NamedTuple):
    """The features of a share."""

    itself: str
    wholly: str
    hardly: str


def _names_of(what: str) -> dict[str, _Names]:
    return {kind: _Names(f"{what}, {kind}", f"{what}, wholly, {kind}", f"{what}, hardly, {kind}") for kind in _KINDS}


_KINDS = ("ratio", "other")
_TOLD_TARGET = _names_of("target named in front of the actual")
_TOLD_ACTUAL = _names_of("actual named in front of the target")
_RARE_LIKENESS = _names_of("rare likeness")
_PART_WAYS = {kind: f"names part ways, {kind}" for kind in _KINDS}


def _add_share(features: dict[str, float], names: _Names, share: float) -> None:
    features[names.itself] = share
    if share > _ALL:
        features[names.wholly] = 1.0
    elif share < _LITTLE:
        features[names.hardly] = 1.0


def kind_of(target: Claim) -> str:
    """Rates have names of their own, and many of them: what speaks for a pair of rates is learnt apart."""
    return "ratio" if target.quantity.dimension is Dimension.RATIO else "other"


def _add_slots(features: dict[str, float], target: Claim, actual: Claim) -> None:
    if target.slot_base == actual.slot_base:
        features["both of slot other" if target.slot_base == "other" else "same slot"] = 1.0
        if target.slot == actual.slot and target.slot != target.slot_base:
            features["same refined slot"] = 1.0
    elif "other" in (target.slot_base, actual.slot_base):
        features["one of slot other"] = 1.0
    else:
        features["another slot"] = 1.0


def _add_values(features: dict[str, float], target: Claim, actual: Claim) -> None:
    ratio = ratio_of(target, actual)
    if ratio is None:
        if target.quantity.value == actual.quantity.value:
            features["same value"] = 1.0
    elif ratio == 1:
        features["same value"] = 1.0
    elif _NEAR[0] < ratio <= _NEAR[1]:
        features["near value"] = 1.0
    elif ratio > _FAR_APART[1] or ratio <= _FAR_APART[0]:
        features["values apart by 万" if _is_slip_of_unit(ratio) else "values far apart"] = 1.0
    elif ratio > _APART[1] or ratio < _APART[0]:
        features["values apart"] = 1.0


def _add_estrangement(features: dict[str, float]) -> None:
    """What names that share nothing mean where no place brings the two together."""
    if "same sentence" in features or "same row" in features or "same indicator row" in features:
        return
    for told in ("names share nothing", "a name that says nothing"):
        if told in features:
            features[f"{told}, apart"] = 1.0


def _is_slip_of_unit(ratio: Decimal) -> bool:
    return bool(ratio) and _SLIP_LEAST <= min(ratio, 1 / ratio) * _TEN_THOUSAND <= _SLIP_MOST


def _add_stage(features: dict[str, float], target: Claim, actual: Claim) -> None:
    if target.quantity.dimension is not Dimension.MONEY or basis_of(target) is not Basis.BUDGET:
        return
    if actual.stage is Stage.SPENT and target.stage in _MONEY_STAGES:
        features["budget and spending"] = 1.0
    elif actual.stage in (Stage.CARRIED_IN, Stage.CARRIED_OUT) and target.stage != actual.stage:
        features["budget and balance"] = 1.0
    elif actual.stage is Stage.RECEIVED:
        features["budget and receipt"] = 1.0


def add_competition(found: Sequence[dict[str, float]], scores: Sequence[float]) -> None:
    """Tells each candidate how it stands among the others, by ``scores`` of names alone."""
    best = max(scores, default=0.0)
    for features, score in zip(found, scores, strict=True):
        if score == best:
            features["best name of all"] = 1.0
        features["behind the best name"] = best - score


def add_nearest(target: Claim, found: Sequence[tuple[Claim, int, dict[str, float]]]) -> None:
    """Tells the first actual of its unit behind a target and the last in front, in its sentence and in its paragraph.

    ``found`` are actuals, how many figures behind the target each stands, and what is known of it so far.
    """
    alike = [each for each in found if each[0].quantity.unit == target.quantity.unit]
    within = {"sentence": [each for each in alike if each[0].segment is target.segment]}
    if target.cell is None:
        within["paragraph"] = [each for each in alike if each[0].segment.paragraph == target.segment.paragraph]
    for where, near in within.items():
        behind = [each for each in near if each[1] > 0]
        in_front = [each for each in near if each[1] < 0]
        if behind:
            min(behind, key=_steps)[2][f"first of its unit behind in its {where}"] = 1.0
        if in_front:
            max(in_front, key=_steps)[2][f"last of its unit in front in its {where}"] = 1.0


def _steps(found: tuple[Claim, int, dict[str, float]]) -> int:
    return found[1]


def add_rivalry(found: Sequence[tuple[Claim, Sequence[tuple[Claim, dict[str, float]]]]]) -> None:
    """Tells each candidate whether a target of another name or value has the better claim to it.

    ``found`` are targets, each with its candidates and what is known of them so far.
    """
    claimed: dict[str, dict[_Measure, float]] = {}
    entitled = []
    for target, candidates in found:
        measure = _measure(target)
        for actual, features in candidates:
            own = _entitlement(features)
            claims = claimed.setdefault(actual.id, {})
            claims[measure] = max(claims.get(measure, 0.0), own)
            entitled.append((actual.id, measure, own, features))
    leaders = {name: sorted(claims.items(), key=lambda each: -each[1])[:2] for name, claims in claimed.items()}
    for name, measure, own, features in entitled:
        rival = max([share for other, share in leaders[name] if other != measure], default=0.0)
        if rival > own:
            features["another target claims it"] = 1.0
            features["another target claims it, by"] = rival - own
        elif own > rival + _FAR_AHEAD:
            features["no other target claims it"] = 1.0


_Measure = tuple[str, Decimal | None]


def _measure(target: Claim) -> _Measure:
    return target.indicator, target.quantity.value


def _entitlement(features: dict[str, float]) -> float:
    """How good a claim to an actual its name and place give a target."""
    known = features.get
    named = sum([known(names.itself, 0.0) for names in _RARE_LIKENESS.values()])
    told = sum([known(names.itself, 0.0) for names in _TOLD_TARGET.values()])
    placed = 1.0 * ("same row" in features) + 0.3 * ("same sentence" in features) + 0.2 * ("same value" in features)
    return named + 0.5 * told + 0.5 * known("likeness of names", 0.0) + placed


def open_features(
    target: Claim, best: float | None, row: str, told: WordAnswer, *, rare: float = 0.0, listed: bool = False
) -> dict[str, float]:
    """What speaks for a target being answered by no figure.

    ``best`` is the greatest likeness of a candidate's name, None without candidates; ``row`` what the target's row of
    a table holds (``ActualIndex.row_answers``); ``told`` the words that come nearest to an answer.
    """
    features = {"no answer": 1.0, "no answer, likeness": best or 0.0}
    if best is None:
        features["no answer, and no candidate"] = 1.0
    if target.cell is not None:
        features["no answer to a table's target"] = 1.0
        if target.cell.kind in (ColumnKind.OPENING, ColumnKind.ADJUSTED, ColumnKind.TARGET):
            features["no answer to a column's target"] = 1.0
    features[f"no answer, rare likeness, {kind_of(target)}"] = rare
    if rare < _LITTLE:
        features["no answer, hardly any likeness"] = 1.0
    if listed:
        features[f"no answer in a list of {target.quantity.dimension}"] = 1.0
    if row:
        features[f"no answer in a {row}"] = 1.0
        if is_short(target):
            features[f"no answer to a short cell in a {row}"] = 1.0
    if told.not_yet:
        features["no answer, and words that say not yet"] = 1.0
    features[f"no answer to {target.quantity.dimension}"] = 1.0
    features["no answer, how sure a target"] = target.role_confidence - _SURE
    if target.quantity.value == 0:
        features["no answer to zero"] = 1.0
    return features


def word_features(told: WordAnswer) -> dict[str, float]:
    """What speaks for a target being answered in words."""
    features = {"in words": 1.0, "in words, likeness": told.likeness}
    if told.segment is None:
        features["in words, but no clause"] = 1.0
    if told.in_row:
        features["in words beside the target"] = 1.0
    elif told.likeness >= _WHOLLY:
        features["in words, wholly"] = 1.0
    elif told.likeness < _HARDLY:
        features["in words, hardly"] = 1.0
    if told.not_yet:
        features["in words, not yet done"] = 1.0
    return features
