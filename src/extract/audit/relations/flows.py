"""From one state to the next: 年初560万元，追加45万元，调整后605万元; 上年末122人，调入6人，退休9人，年末119人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, permutations, product

from extract.audit.reckoning import holds
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind

_MOST_MOVES = 5
_MOST_KEPT = 4096  #: words in front of figures that are kept without their times
_CLAUSE = 30  #: characters in front of a figure that may hold its verb
_BEHIND = 8  #: characters behind it that may: 3人办理退休
_LEVELS = 2
_PEOPLE = "人"
_CLAUSES = ("，", ";")
_JOINTS = ("、", "和", "及", "与")
_MOST_UNSAID, _UNSAID = 3, 0.15  #: changes of either sign, and how much less sure they make a flow
_PAYMENT = 6  #: characters in front of a figure that may call it income or spending
_TIME = re.compile(r"(?<=[年月季期][初底末终])，")  #: 到年底，在职37人
_BREAK = re.compile(r"[，、;。:（(]")
_YEAR = re.compile(r"\d{4}")


def find_flows(paragraph: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    """For each state that a paragraph gives after its changes the ways to reckon it, likeliest first."""
    amounts = [f for f in paragraph if is_amount(f) and is_exact(f)]
    for _, group in groupby(sorted(amounts, key=lambda f: f.kind), key=lambda f: f.kind):
        like = sorted(group, key=lambda f: f.span)
        ways: dict[str, list[Relation]] = {}
        for relation in _flows(like):
            ways.setdefault(relation.result.claim.id, []).append(relation)
        for each in ways.values():
            yield tuple(sorted(each, key=lambda relation: -relation.sure))


def find_flows_in_columns(figures: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    """The same for the columns of tables whose rows are states and changes: 年初库存, 轮入, 轮出, 年末库存."""
    columns: dict[tuple[int, int], list[Figure]] = {}
    for figure in figures:
        cell = figure.claim.cell
        if cell is not None and not figure.before:
            columns.setdefault((cell.table, cell.column), []).append(figure)
    for column in columns.values():
        if any(map(opens, column)) and any(map(closes, column)):
            yield from find_flows(column)


def _flows(like: Sequence[Figure]) -> Iterator[Relation]:
    stocks = sum(said("stock", _words(figure)) for figure in like) >= _LEVELS
    signs = [_sign(figure) or (_sign_of_payment(figure) if stocks else 0) for figure in like]
    yield from _of_signs(like, signs)
    for place in [place for place, figure in enumerate(like) if signs[place] and said("flow_either", _clause(figure))]:
        turned = [-sign if other == place else sign for other, sign in enumerate(signs)]
        yield from (relation for relation in _of_signs(like, turned) if holds(relation))


def _of_signs(like: Sequence[Figure], signs: Sequence[int]) -> Iterator[Relation]:
    yield from _runs(like, signs)
    unsaid = [place for place, figure in enumerate(like) if not signs[place] and _is_unsaid_move(like, place)]
    if unsaid:
        yield from _with_unsaid(like, signs, unsaid)


def _runs(like: Sequence[Figure], signs: Sequence[int]) -> Iterator[Relation]:
    for start in range(len(like)):
        for end in range(start + _LEVELS + 1, min(len(like), start + _LEVELS + _MOST_MOVES) + 1):
            states = [place for place in range(start, end) if signs[place] == 0]
            if len(states) > _LEVELS:
                break
            goes_on = end < len(like) and signs[end] and like[end].before.startswith(_JOINTS)
            if len(states) == _LEVELS and not goes_on:
                yield from _flow(like[start:end], signs[start:end])


def _is_unsaid_move(like: Sequence[Figure], place: int) -> bool:
    """Whether a figure between two states, or behind them, is a change whose verb is not known: 登记34人, 拆旧5处."""
    figure = like[place]
    clause = _clause(figure)
    if opens(figure) or closes(figure) or any(said(cue, clause) for cue in _NO_MOVE):
        return False
    near = [f for f in like[max(0, place - _MOST_MOVES) : place + _MOST_MOVES] if f.sentence == figure.sentence]
    states = [f for f in near if opens(f) or closes(f)]
    return any(_is_before(one, other) for one, other in permutations(states, _LEVELS))


_NO_MOVE = ("parts", "target", "before", "rest_count", "share", "each")


def _with_unsaid(like: Sequence[Figure], signs: Sequence[int], unsaid: Sequence[int]) -> Iterator[Relation]:
    """The flows with changes of either sign where no word tells it, and without them, each less sure."""
    places = unsaid[:_MOST_UNSAID]
    for given in product((1, -1, None), repeat=len(places)):
        if all(sign is None for sign in given):
            continue
        told = dict(zip(places, given, strict=True))
        kept = [place for place in range(len(like)) if told.get(place, 0) is not None]
        sub_signs = [told.get(place) or signs[place] for place in kept]
        for relation in _runs([like[place] for place in kept], sub_signs):
            if any(like[place] in relation.figures for place in places):
                yield relation._replace(sure=relation.sure - _UNSAID)


def _flow(run: Sequence[Figure], signs: Sequence[int]) -> Iterator[Relation]:
    one, other = (figure for figure, sign in zip(run, signs, strict=True) if sign == 0)
    moves = [(figure, sign) for figure, sign in zip(run, signs, strict=True) if sign]
    opening, closing = (other, one) if _is_before(other, one) else (one, other)
    if any(figure.depth > max(one.depth, other.depth) for figure, _ in moves):
        return
    if any(figure.span > other.span and figure.sentence != other.sentence for figure, _ in moves):
        return
    told = _is_before(opening, closing) + closes(closing)
    if not told or (opening is other and not _is_before(other, one)):
        return
    sure = 0.45 + 0.2 * told - (0.0 if told == _LEVELS else 0.03 * max(len(moves) - 2, 0))
    sure -= 0.0 if opening.sentence == closing.sentence or told == _LEVELS else 0.2
    sure -= 0.0 if len(moves) > 1 else 0.05 if _is_plain(run, opening, closing) else 0.25
    members = [Member(figure, Part.ITEM if sign > 0 else Part.DEDUCTED) for figure, sign in ((opening, 1), *moves)]
    yield Relation(RelationKind.SUM, (Member(closing, Part.TOTAL), *members), sure, "增减后的数")


def _is_plain(run: Sequence[Figure], opening: Figure, closing: Figure) -> bool:
    """Whether a sentence gives a state, one change and the state that came of it, each in a clause of its own."""
    in_turn = run[0] is opening and run[-1] is closing and len({figure.sentence for figure in run}) == 1
    in_turn = in_turn and opening.kind != _PEOPLE  # who left may go unsaid
    return in_turn and opens(opening) and closes(closing) and all(f.before.startswith(_CLAUSES) for f in run[1:])


def _is_before(one: Figure, other: Figure) -> bool:
    """Whether one is the state at the beginning: by its words, or of an earlier year where both end one."""
    if opens(one):
        return not opens(other)
    years = one.claim.period or "", other.claim.period or ""
    return closes(one) and closes(other) and all(map(_YEAR.fullmatch, years)) and years[0] < years[1]


def _sign(figure: Figure) -> int:
    """1 for what came in, -1 for what went out, 0 for a state."""
    clause = _clause(figure)
    if _is_state(clause):
        return 0
    return _direction(clause) or _direction(_BREAK.split(figure.after[:_BEHIND])[0])


def _clause(figure: Figure) -> str:
    return _words(figure).replace("。", "，").replace(";", "，").replace("、", "，").rsplit("，", 1)[-1]


def _direction(clause: str) -> int:
    falls = said("flow_out", clause) or said("down", clause)
    rises = said("flow_in", clause) or said("up", clause)
    return -1 if falls and not rises else 1 if rises and not falls else 0


def _sign_of_payment(figure: Figure) -> int:
    """The same for what fills or empties a fund: 当年收入, 当年支出."""
    words = _words(figure)[-_PAYMENT:]
    return 0 if _is_state(words) else said("paid_in", words) - said("paid_out", words)


def _is_state(clause: str) -> bool:
    return said("flow_closes", clause) or said("flow_opens", clause) or said("reaches", clause)


def _words(figure: Figure) -> str:
    """In front of a figure, or its row's name in a table."""
    cell = figure.claim.cell
    return _timeless(figure.before[-_CLAUSE:]) or (cell.row_label if cell is not None else "")


@lru_cache(maxsize=_MOST_KEPT)
def _timeless(words: str) -> str:
    return _TIME.sub("", words)


def opens(figure: Figure) -> bool:
    """Whether its clause gives it as the state at the beginning: 年初, 上年末."""
    return said("flow_opens", _words(figure).rsplit("，", 1)[-1])


def closes(figure: Figure) -> bool:
    """Whether its clause gives it as the state that came of changes: 调整后, 年末."""
    clause = _words(figure).rsplit("，", 1)[-1]
    return said("flow_closes", clause) or said("reaches", clause)
