"""From one state to the next: 年初560万元，追加45万元，调整后605万元; 上年末122人，调入6人，退休9人，年末119人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_amount, is_exact
from extract.audit.relations.records import Figure, Member, Part, Relation, RelationKind

_MOST_MOVES = 5
_MOST_KEPT = 4096  #: words in front of figures that are kept without their times
_CLAUSE = 30  #: characters in front of a figure that may hold its verb
_BEHIND = 8  #: characters behind it that may: 3人办理退休
_LEVELS = 2
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
    for start in range(len(like)):
        for end in range(start + _LEVELS + 1, min(len(like), start + _LEVELS + _MOST_MOVES) + 1):
            states = [place for place in range(start, end) if signs[place] == 0]
            if len(states) > _LEVELS:
                break
            if len(states) == _LEVELS:
                yield from _flow(like[start:end], signs[start:end])


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
    sure -= 0.25 if len(moves) == 1 else 0.0
    members = [Member(figure, Part.ITEM if sign > 0 else Part.DEDUCTED) for figure, sign in ((opening, 1), *moves)]
    yield Relation(RelationKind.SUM, (Member(closing, Part.TOTAL), *members), sure, "增减后的数")


def _is_before(one: Figure, other: Figure) -> bool:
    """Whether one is the state at the beginning: by its words, or of an earlier year where both end one."""
    if opens(one):
        return not opens(other)
    years = one.claim.period or "", other.claim.period or ""
    return closes(one) and closes(other) and all(map(_YEAR.fullmatch, years)) and years[0] < years[1]


def _sign(figure: Figure) -> int:
    """1 for what came in, -1 for what went out, 0 for a state."""
    clause = _words(figure).replace("。", "，").replace(";", "，").replace("、", "，").rsplit("，", 1)[-1]
    if _is_state(clause):
        return 0
    return _direction(clause) or _direction(_BREAK.split(figure.after[:_BEHIND])[0])


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
