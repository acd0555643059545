"""Roles: promised, delivered, compared with, scored or merely stated, each vote with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from extract.claims.features import YEAR, Surroundings, told_of_role, twins_of, wholes_of
from extract.claims.mentions import Mention
from extract.claims.sections import MIXED, section_roles
from extract.errors import LexiconError
from extract.lexicons import compiled, data_text, heading_cue, number_in, table_rows
from extract.offsets import CharSpan
from extract.records import Approx, Cell, ColumnKind, Dimension, Document, Role, Vote
from extract.segmentation.words import Vocabulary, read_vocabulary
from extract.weights import Features, Shared, Weights, models_folder, probabilities, read_weights

PLACES = ("near", "ahead", "clause", "behind", "name")
_NEAR = 30  #: characters in front of a figure in which a cue is near it
_FILLER = (  #: what may stand between a cue and its number
    r"(?:[\s:：(（≥≤><]|为|达到?|是|约|近|共|共计|均|分别|的|了|至少|不低于|不少于|不超过|超过|省厅|省定|市定|各类|资金|金额)*$"
)
_COMPARED = re.compile(
    r"[比较与](?:上年|去年|上一年度?|同期|年初|上年同期|去年同期|20\d\d年)(?:度|末|底|同期)?(?:的|数|同期)?\s*$"
)
_GREW_FROM = re.compile(r"(?:相比)?[，,]?(?:净?增|减|降|升|提高|下降|上升|少|多|低|高|增长|压)[^，。；\d]{0,4}\d")
_TO_FIGURE = re.compile(r"[^，。；]{0,14}[一-鿿](?:至|到|为|成)(?:了)?\D{0,4}\d")
_COMMAS = re.compile(r"[，；;:]|,(?!\d{3})")
_GRADES = re.compile(r"优|良|合格|不合格|等级|等次")
_PART_OF_STOCK = re.compile(r"[一-鿿、“”]{2,24}?\d[\d,.]*\s*([一-鿿]{1,2})(?=[，。；、,;]|$|[一-鿿]{2,6}[，。；])")
_LISTED = re.compile(r"\s*(?:[、(]|[，,;；]?\s*(?:其中|包括|分别|含))")
_AHEAD_IN_TIME = re.compile(r"计划|拟|将|力争|目标|预计|安排")
_COLUMN_ROLES = {
    ColumnKind.TARGET: (Role.TARGET, 7.0),
    ColumnKind.ACTUAL: (Role.ACTUAL, 2.5),
    ColumnKind.OPENING: (Role.TARGET, 8.0),
    ColumnKind.ADJUSTED: (Role.TARGET, 8.0),
    ColumnKind.SPENT: (Role.ACTUAL, 8.0),
    ColumnKind.RECEIVED: (Role.ACTUAL, 8.0),
    ColumnKind.CARRIED_IN: (Role.ACTUAL, 7.0),
    ColumnKind.CARRIED_OUT: (Role.ACTUAL, 7.0),
    ColumnKind.RATE: (Role.ACTUAL, 7.0),
    ColumnKind.WEIGHT: (Role.SCORE, 9.0),
    ColumnKind.SCORE: (Role.SCORE, 9.0),
    ColumnKind.BASELINE: (Role.BASELINE, 7.0),
    ColumnKind.CONTEXT: (Role.CONTEXT, 7.0),
}
_SECTION_WEIGHTS = {"target": 6.0, "plan": 6.0, "actual": 1.5, "context": 0.8, "baseline": 4.0}


@dataclass(frozen=True, slots=True)
class RoleCue:
    role: Role
    where: str
    weight: float
    dims: frozenset[Dimension]  #: of the figures that it speaks of; empty for all
    pattern: re.Pattern[str]


def parse_role_cues(text: str, name: str = "role_cues.tsv") -> tuple[RoleCue, ...]:
    cues = []
    for where, cells in table_rows(name, text, ("role", "where", "weight", "dims", "pattern", "note")):
        if cells["role"] not in set(Role):
            raise LexiconError(f"{where}: role {cells['role']!r} is none of {', '.join(Role)}")
        dims = cells["dims"].split()
        if not set(dims) <= set(Dimension):
            raise LexiconError(f"{where}: dims {cells['dims']!r} are not all of {', '.join(Dimension)}")
        if cells["where"] not in PLACES:
            raise LexiconError(f"{where}: where {cells['where']!r} is none of {', '.join(PLACES)}")
        pattern = f"(?:{cells['pattern']}){_FILLER}" if cells["where"] == "near" else cells["pattern"]
        weight, dimensions = number_in(cells["weight"], where), frozenset(Dimension(dim) for dim in dims)
        cues.append(RoleCue(Role(cells["role"]), cells["where"], weight, dimensions, compiled(pattern, where)))
    return tuple(cues)


@cache
def default_role_cues() -> tuple[RoleCue, ...]:
    return parse_role_cues(data_text("role_cues.tsv"))


ROLES = tuple(Role)


def parse_role_constraints(text: str, name: str = "role_constraints.tsv") -> dict[str, frozenset[Role]]:
    """Feature → the roles that remain where it is present.

    Raises:
        LexiconError: if a role is none, or a feature stands twice.
    """
    constraints: dict[str, frozenset[Role]] = {}
    for where, cells in table_rows(name, text, ("feature", "roles", "note")):
        roles = cells["roles"].split()
        if not roles or not set(roles) <= set(Role):
            raise LexiconError(f"{where}: roles {cells['roles']!r} are not all of {', '.join(Role)}")
        if cells["feature"] in constraints:
            raise LexiconError(f"{where}: feature {cells['feature']!r} stands twice; keep one row")
        constraints[cells["feature"]] = frozenset(Role(role) for role in roles)
    return constraints


@cache
def default_role_constraints() -> dict[str, frozenset[Role]]:
    return parse_role_constraints(data_text("role_constraints.tsv"))


def allowed_roles(features: Features, shared: Iterable[Shared] = ()) -> tuple[Role, ...]:
    """The roles that no constraint rules out where a mention has ``features`` and those that it shares with others."""
    constrained = default_role_constraints().keys() & features.keys()
    return _allowed(frozenset(constrained.union(*map(_constrained_by, shared))))


@lru_cache(maxsize=1024)
def _constrained_by(shared: Shared) -> frozenset[str]:
    return frozenset(default_role_constraints().keys() & shared.features.keys())


@cache
def _allowed(constrained: frozenset[str]) -> tuple[Role, ...]:
    """The roles that remain where features of these names are present, each ruling out what leaves another."""
    allowed = frozenset(ROLES)
    for name, roles in default_role_constraints().items():
        if name in constrained:
            allowed = allowed & roles or allowed
    return tuple(role for role in ROLES if role in allowed)


@dataclass(frozen=True, slots=True)
class RoleModel:
    """What decides roles: the weights of features, and the words that features are made of."""

    weights: Weights
    vocabulary: Vocabulary


@cache
def default_role_model() -> RoleModel:
    return read_role_model(models_folder())


def read_role_model(folder: Path) -> RoleModel:
    """The model in a folder of weights.

    Raises:
        LexiconError: if a file is missing or malformed.
    """
    return RoleModel(read_weights(folder / "roles.tsv"), read_vocabulary(folder / "words.txt"))


class RoleDecision(NamedTuple):
    role: Role
    confidence: float  #: how often such a decision is right
    reasons: tuple[str, ...] = ()


def decide_roles(document: Document, mentions: Sequence[Mention], model: RoleModel) -> Iterator[RoleDecision]:
    """The role of each mention, in text order: each knows the role of the one before it."""
    sections, twins = section_roles(document.segments, document.year), twins_of(mentions)
    wholes = wholes_of(mentions)
    decided: dict[CharSpan, Role] = {}
    before: tuple[Mention, Role] | None = None
    for mention in mentions:
        whole = decided.get(wholes[mention.span]) if mention.span in wholes else None
        around = Surroundings(sections[mention.segment.section], document.year, before, twins, whole)
        decision = decide_role(mention, around, model)
        decided[mention.span] = decision.role
        before = (mention, decision.role)
        yield decision


def decide_role(mention: Mention, around: Surroundings, model: RoleModel) -> RoleDecision:
    """The role that most speaks for, among those that no constraint rules out."""
    votes = tuple(role_votes(mention, around.section, around.year, around.previous))
    told = told_of_role(mention, around, votes, model.vocabulary)
    weights, allowed = model.weights, allowed_roles(*told)
    shares = probabilities(weights.scores_for(allowed, told))
    share = max(shares)
    role = allowed[shares.index(share)]
    said = [vote.reason for vote in votes if vote.choice == role and vote.weight > 1]
    reasons = (*said, *weights.reasons(told.own, role, told.shared))
    return RoleDecision(role, weights.calibration.share(share), reasons)


def role_votes(
    mention: Mention, section: tuple[str, str], year: str | None, previous: tuple[Mention, Role] | None
) -> Iterator[Vote]:
    """Everything that speaks for one role or another; ``previous`` is the mention before this one, with its role."""
    yield _PRIOR
    if mention.segment.cell is None:
        yield from _section_votes(*section)
    else:
        yield from _table_votes(mention.segment.cell)
    yield from _cue_votes(mention)
    yield from _measure_votes(mention)
    if year is not None and "年" in mention.clause:
        yield from _year_votes(mention, year)
    if mention.quantity.dimension is Dimension.COUNT and not mention.clause.strip():
        yield from _stock_votes(mention)
    if previous is not None and previous[0].segment is mention.segment:
        yield from _neighbour_votes(mention, *previous)


_PRIOR = Vote(Role.ACTUAL, 1.0, "prior", "prior: a report tells results")


def _table_votes(cell: Cell) -> Iterator[Vote]:
    if cell.kind in _COLUMN_ROLES:
        role, weight = _COLUMN_ROLES[cell.kind]
        yield Vote(role, weight, "column", f"column: {cell.column_header}")
    elif cell.kind is None:
        cue = heading_cue(cell.row_label)
        if cue is not None:
            yield from _section_votes(cue.role, cell.row_header)


def _section_votes(role: str, title: str) -> Iterator[Vote]:
    if role not in ("", MIXED):
        yield Vote(role, _SECTION_WEIGHTS.get(role, 1.0), "section", f"section: {title}")


def _cue_votes(mention: Mention) -> Iterator[Vote]:
    dimension, cell = mention.quantity.dimension, mention.segment.cell
    found = [
        *_cues_in("near", mention.name[-_NEAR:], dimension),
        *_cues_in("clause", mention.clause, dimension),
        *_cues_in("behind", mention.after, dimension),
        *(() if cell is None else _cues_in("name", cell.row_header, dimension)),
    ]
    found.sort()
    for _, cue, words, _ in found:
        if cue.role is Role.BASELINE and cue.where == "near" and words[:1] in "从由" and not _moves(mention):
            continue
        yield Vote(cue.role, cue.weight, cue.where, f"{cue.where}: {words.strip()}")
    if _COMPARED.search(mention.name) and _GREW_FROM.match(mention.rest):
        yield Vote(Role.BASELINE, 10.0, "compared", "compared with, and what it grew or fell by follows")
    ahead = _cues_in("ahead", mention.before, dimension)
    if ahead:
        latest = max(ahead, key=lambda found: (found.end, found.cue.weight))
        commas = len(_COMMAS.findall(mention.before, latest.end))
        yield Vote(latest.cue.role, latest.cue.weight * 0.5**commas, "ahead", f"ahead: {latest.words.strip()}")


class _FoundCue(NamedTuple):
    """A cue of ``role_cues.tsv`` (its ``row`` there) and the words that end at ``end``."""

    row: int
    cue: RoleCue
    words: str
    end: int


@lru_cache(maxsize=1024)
def _cues_in(where: str, text: str, dimension: Dimension) -> tuple[_FoundCue, ...]:
    """The cues of one place that ``text`` has there (of those ahead the last of each), in the order of their rows.

    Kept, since the cells of tables say much the same: nothing in front of the figure, and the names of their rows.
    """
    found = []
    for row, cue, look in _cues_for(where, dimension):
        match = look(text)
        if match is not None:
            found.append(_FoundCue(row, cue, match[0], match.end()))
    return tuple(found)


_Look: TypeAlias = Callable[[str], "re.Match[str] | None"]


@cache
def _cues_for(where: str, dimension: Dimension) -> tuple[tuple[int, RoleCue, _Look], ...]:
    """The cues that speak of figures of a dimension, each with how it is looked for in one place."""
    fitting = [
        (row, cue)
        for row, cue in enumerate(default_role_cues())
        if cue.where == where and (not cue.dims or dimension in cue.dims)
    ]
    if where == "ahead":
        return tuple((row, cue, partial(_last, cue.pattern)) for row, cue in fitting)
    return tuple((row, cue, cue.pattern.match if where == "behind" else cue.pattern.search) for row, cue in fitting)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007
        pass
    return found


def _moves(mention: Mention) -> bool:
    """Whether what follows says where it went: 从40个工作日 缩短至10个."""
    return _TO_FIGURE.match(mention.rest[:40]) is not None


def _measure_votes(mention: Mention) -> Iterator[Vote]:
    if mention.quantity.unit == "个百分点":
        yield Vote(Role.CHANGE, 4.0, "unit", "unit 个百分点")
    if mention.quantity.dimension is Dimension.SCORE:
        yield Vote(Role.SCORE, 5.0, "unit", "unit 分")
        if _is_grade_bound(mention):
            yield Vote(Role.CONTEXT, 7.0, "bounds", "bounds of a grade")


def _is_grade_bound(mention: Mention) -> bool:
    """90分—100分为优, S≥90, 60分以下为差."""
    quantity = mention.quantity
    bound = quantity.low is not None or quantity.approx in (
        Approx.AT_LEAST,
        Approx.AT_MOST,
        Approx.LESS_THAN,
        Approx.MORE_THAN,
    )
    return bound and _GRADES.search(mention.sentence) is not None and mention.kind is not ColumnKind.TARGET


def _stock_votes(mention: Mention) -> Iterator[Vote]:
    """6家企业签订协议4家: the stock that a part is taken of, at the clause's start."""
    match = _PART_OF_STOCK.match(mention.rest)
    if match and match[1] == mention.quantity.unit:
        yield Vote(Role.CONTEXT, 4.0, "the", "the stock that a part is taken of")


def _neighbour_votes(mention: Mention, before: Mention, role: Role) -> Iterator[Vote]:
    """A figure that goes on a list shares its role: 其中A、B（C）."""
    joined = mention.before[len(mention.before) - (mention.place.start - mention.since) :]
    if role in (Role.CHANGE, Role.BASELINE, Role.SCORE) and not joined.startswith("、"):
        return
    if _LISTED.match(joined) or not _COMMAS.search(joined):
        yield Vote(role, 3.0, "goes", f"goes on from {before.quantity.unit or 'the figure'} before it")
    elif joined.count("，") + joined.count(",") == 1 and len(joined) < 30:
        yield Vote(role, 0.9, "beside", "beside the figure before it")


def _year_votes(mention: Mention, year: str) -> Iterator[Vote]:
    """A clause that names an earlier year states a baseline, one that names a later year a plan."""
    named = YEAR.findall(mention.clause)
    if not named:
        return
    if named[-1] < year and named[-1] >= str(int(year) - 2):
        yield Vote(Role.BASELINE, 7.0, "year", f"year {named[-1]} before {year}")
    elif named[-1] > year and _AHEAD_IN_TIME.search(mention.before):
        yield Vote(Role.PLAN, 8.0, "year", f"year {named[-1]} after {year}")
