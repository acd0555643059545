"""Marks that sentences give, as sheets: 整改15分，得14.2分；总得分98.61分; 满分100：执行10；自评依次为9.7、14."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from extract.audit.digits import is_one_apart
from extract.audit.forms.mark_tokens import TOTALS, Kind, Token, tokens_of
from extract.audit.forms.sheets import Item, Mark, Sheet, lack_in, summed
from extract.audit.forms.told_items import jumps, with_shares
from extract.audit.placed import PlacedClaims
from extract.offsets import CharSpan
from extract.records import Claim

_HEAD = re.compile(r"[^。；;]{1,24}[（(]\d{1,3}分[）)]")
_GOT = re.compile(r"\d{1,3}(?:\.\d{1,2})?分?")
_APART = 260  #: from one mark to the next within a sheet
_BEHIND, _NAMED = 16, 2  #: characters from a score to what is lost of it; those that a name has at least
_BESIDE = 8  #: characters from the total of the points to that of the marks
_FEWEST = 3
_FULL = Fraction(100)
_STEP = Fraction(2, 100)
_OFF, _SHORT = 40, 5  #: points by which marks got may be more, or less, than their total
Pairs = tuple[tuple[Token | None, Token | None], ...]  #: (full marks, marks got) of each item


class _Reading(NamedTuple):
    """The marks of a stretch, each known for full marks or marks got."""

    weights: tuple[Token, ...]
    scores: tuple[Token, ...]
    both: tuple[Token, ...]  #: in text order


def told_runs(text: str, claims: Sequence[Claim], spans: Sequence[CharSpan]) -> tuple[tuple[Token, ...], ...]:
    """The marks that the sentences at ``spans`` tell, those of one passage each together."""
    return tuple(tuple(run) for run in _runs(tokens_of(text, claims, list(_with_marks_below(text, spans)))))


def _with_marks_below(text: str, spans: Sequence[CharSpan]) -> Iterator[CharSpan]:
    """The sentences, lines of full marks with marks got on the lines below them as one: 建设（40分） over 35.6."""
    held: CharSpan | None = None  #: lines that go together so far
    is_open = False  #: whether the last of them tells full marks
    for span in spans:
        line = span.of(text).strip()
        is_head, is_got = _HEAD.fullmatch(line) is not None, _GOT.fullmatch(line) is not None
        if held is not None and (is_got if is_open else is_head):
            held, is_open = CharSpan(held.start, span.end), is_head
            continue
        if held is not None:
            yield held
        held, is_open = (span, True) if is_head else (None, False)
        if held is None:
            yield span
    if held is not None:
        yield held


def told_sheets(text: str, told: PlacedClaims, runs: Sequence[Sequence[Token]]) -> tuple[Sheet, ...]:
    """Sheets that passages tell, each with the total of its scores before or behind it; ``told`` is the narrative's."""
    sheets: list[Sheet] = []
    alone = told_alone(runs)
    for run in runs:
        lost = [token for token in run if token.kind is Kind.LOST]
        sheets += [_with_lost(with_total(sheet, alone), lost) for sheet in _of_run(text, _beside(_with_left(run)))]
    return tuple(with_shares(text, sheet, told) for sheet in sheets)


def told_alone(runs: Sequence[Sequence[Token]]) -> Mark | None:
    """The total score that a report tells outside its lists of marks: the one that it tells most often."""
    short = [token for run in runs if len(run) < _FEWEST for token in run]
    totals = [token.mark for token in short if token.kind in (Kind.TOTAL_SCORE, Kind.TOTAL) and not token.name]
    often = Counter(mark.value for mark in totals if mark.value != _FULL).most_common(2)
    if not often or (len(often) > 1 and often[0][1] == often[1][1]):
        return None
    return next(mark for mark in totals if mark.value == often[0][0])


def with_total(sheet: Sheet, alone: Mark | None) -> Sheet:
    """A sheet without a total of its own, with the one told elsewhere, where its full marks are all there are."""
    is_whole = sheet.is_whole and summed(sheet.weights) == _FULL
    return (
        sheet if sheet.score is not None or alone is None or not is_whole else replace(sheet, score=alone, is_told=True)
    )


def _with_left(run: Sequence[Token]) -> list[Token]:
    """Marks of which only the loss is told, as what it leaves: 效益30分，扣4分."""
    out: list[Token] = []
    for place, token in enumerate(run):
        out.append(token)
        before = run[place - 1] if place else token
        behind = run[place + 1].kind if place + 1 < len(run) else Kind.TOTAL
        is_alone = behind in (Kind.PLAIN, Kind.WEIGHT, *TOTALS) and before.mode is not Kind.SCORE
        if token.kind is Kind.LOST and before.kind in (Kind.PLAIN, Kind.WEIGHT) and is_alone:
            left = before.mark.value - token.mark.value
            if left >= 0:
                out.append(token._replace(kind=Kind.SCORE, mark=token.mark._replace(value=left, claim=None)))
    return out


def _with_lost(sheet: Sheet, lost: Sequence[Token]) -> Sheet:
    """The sheet, with the marks lost on its items: told between or right behind their own, or under their name."""
    if not lost:
        return sheet
    starts = [mark.span.start for item in sheet.items[1:] if (mark := item.weight or item.score) is not None]
    ends = [*starts, starts[-1] + _APART]
    return replace(sheet, items=tuple(_losing(item, end, lost) for item, end in zip(sheet.items, ends, strict=True)))


def _losing(item: Item, end: int, lost: Sequence[Token]) -> Item:
    first, last = item.weight or item.score, item.score
    if first is None or last is None:
        return item
    until = min(end, last.span.end + _BEHIND)
    own = [token for token in lost if first.span.start < token.mark.span.start < until]
    own = own or [token for token in lost if len(item.name) >= _NAMED and item.name in token.name]
    return replace(item, lost=summed([token.mark for token in own])) if own else item


def _runs(tokens: Iterator[Token]) -> Iterator[list[Token]]:
    """The marks of one passage each."""
    run: list[Token] = []
    for token in tokens:
        if run and token.mark.span.start - run[-1].mark.span.end > _APART:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _beside(run: Sequence[Token]) -> list[Token]:
    """The marks with two totals beside each other told apart: 总分100分，得94分."""
    out = list(run)
    for place, (one, other) in enumerate(pairwise(run)):
        near = other.mark.span.start - one.mark.span.end <= _BESIDE and other.mark.value > _FULL / 2
        if near and one.kind in TOTALS and other.kind in (Kind.SCORE, Kind.TOTAL_SCORE):
            out[place] = one._replace(kind=Kind.TOTAL_WEIGHT)
            out[place + 1] = other._replace(kind=Kind.TOTAL_SCORE)
    return out


def _of_run(text: str, run: Sequence[Token]) -> Iterator[Sheet]:
    """A sheet for each total of scores: what stands in front of it up to the last one, else what stands behind it."""
    totals = [place for place, token in enumerate(run) if _is_score_total(run, place)]
    start, is_read = 0, False
    for place, until in zip(totals, [*totals[1:], len(run)], strict=False):
        before, after = run[start:place], run[place + 1 : until]
        full = next((t.mark for t in (*before, *after) if t.kind in TOTALS and t.kind is not Kind.TOTAL_SCORE), None)
        found = [
            (rank, sheet, end)
            for own, end in ((before, place + 1), (after, until), ([*before, *after], until))
            for rank, sheet in _sheets(text, own, run[place].mark, full)
        ]
        if found:
            _, sheet, start = max(found, key=lambda each: each[0])
            is_read = True
            yield sheet
        elif len(before) >= _FEWEST:
            start = place + 1
    if not is_read:
        yield from _in_rows(run)


def _in_rows(run: Sequence[Token]) -> Iterator[Sheet]:
    """A sheet that no sum bears out: full marks, then marks that are said to be got, item by item."""
    own = [token for token in run if token.kind not in TOTALS and token.kind is not Kind.LOST]
    pairs = list(zip(own[::2], own[1::2], strict=False))
    in_turn = all(one.kind in (Kind.PLAIN, Kind.WEIGHT) and other.kind is Kind.SCORE for one, other in pairs)
    if in_turn and len(own) == 2 * len(pairs) >= 2 * _FEWEST:
        full = next((token.mark for token in run if token.kind is Kind.TOTAL_WEIGHT), None)
        yield Sheet(tuple(_item(weight, score) for weight, score in pairs), full, None, is_told=True)


def _is_score_total(run: Sequence[Token], place: int) -> bool:
    """Whether a mark is a total of scores; one that does not say so if it is below the full marks, or ends scores."""
    token = run[place]
    if token.kind is not Kind.TOTAL:
        return token.kind is Kind.TOTAL_SCORE
    last = run[place - 1] if place else token
    behind_scores = Kind.SCORE in (last.kind, last.mode)
    return token.mark.value < _FULL or behind_scores


def _sheets(text: str, tokens: Sequence[Token], total: Mark, full: Mark | None) -> Iterator[tuple[int, Sheet]]:
    """The ways to read marks as one sheet that some sum bears out, with how many do."""
    kinds = Counter(token.kind for token in tokens)
    is_of_one_kind = not kinds[Kind.WEIGHT] and (kinds[Kind.PLAIN] <= 1 or not kinds[Kind.SCORE])
    for reading in _readings(tokens):
        for pairs in _arranged(reading):
            items = tuple(_item(weight, score) for weight, score in pairs)
            sheet = Sheet(items, full, total, is_told=True)
            rank = _rank(text, sheet, is_of_one_kind=is_of_one_kind)
            if rank:
                yield rank, sheet


def _readings(tokens: Sequence[Token]) -> Iterator[_Reading]:
    """Marks that no word tells apart as the head of their list says, as full marks, and as marks got."""
    known: set[tuple[Kind, ...]] = set()
    own = [token for token in tokens if token.kind not in TOTALS]
    for plain in (None, Kind.WEIGHT, Kind.SCORE):
        kinds = tuple(
            token.kind if token.kind is not Kind.PLAIN else plain or token.mode or Kind.WEIGHT for token in own
        )
        if kinds in known:
            continue
        known.add(kinds)
        both = tuple(zip(kinds, own, strict=True))
        yield _Reading(
            tuple(token for kind, token in both if kind is Kind.WEIGHT),
            tuple(token for kind, token in both if kind is Kind.SCORE),
            tuple(token._replace(kind=kind) for kind, token in both if kind is not Kind.LOST),
        )


def _arranged(reading: _Reading) -> Iterator[Pairs]:
    """Each weight with the score behind it, or in front of it; all of one kind, then all of the other; scores alone."""
    yield _in_turn(reading.both, Kind.WEIGHT)
    yield tuple((weight, score) for score, weight in _in_turn(reading.both, Kind.SCORE))
    if len(reading.weights) == len(reading.scores):
        yield tuple(zip(reading.weights, reading.scores, strict=True))
    yield tuple((None, score) for score in reading.scores)


def _in_turn(tokens: Sequence[Token], first: Kind) -> Pairs:
    """Each of the ``first`` kind with the next of the other; those in brackets in between are parts of it."""
    items: list[tuple[Token, Token]] = []
    held: Token | None = None
    for token in tokens:
        if token.kind is first:
            held = token if held is None or not token.inner else held
        elif held is not None:
            items.append((held, token))
            held = None
    return tuple(items)


def _item(weight: Token | None, score: Token | None) -> Item:
    name = next((token.name for token in (weight, score) if token is not None and token.name), "")
    return Item(name, None if weight is None else weight.mark, None if score is None else score.mark)


def _rank(text: str, sheet: Sheet, *, is_of_one_kind: bool) -> int:
    """How many sums bear a reading out; none where it was not understood, one for numbers that jump."""
    if len(sheet.items) < _FEWEST:
        return 0
    total = sheet.score.value if sheet.score is not None else _FULL
    full = sheet.weight.value if sheet.weight is not None else _FULL
    scores_hold = abs(summed(sheet.scores) - total) <= _STEP
    if not sheet.weights:
        near = _is_near(summed(sheet.scores), total) or _is_a_digit_off(sheet.scores, total)
        return 2 if scores_hold else int(is_of_one_kind and near)
    weights_hold = summed(sheet.weights) == full and (total > full / 2 or _is_shifted(total, summed(sheet.scores)))
    if scores_hold or weights_hold:
        return 2 * (scores_hold + weights_hold) + 1
    return int(lack_in(sheet, _FULL) is not None and jumps(text, sheet.items))


def _is_shifted(total: Fraction, added: Fraction) -> bool:
    """Whether the point of a total slipped by one place."""
    return abs(total * 10 - added) <= _STEP * 10


def _is_a_digit_off(scores: Sequence[Mark], total: Fraction) -> bool:
    """Whether one digit of one mark is all that keeps the marks from their total."""
    gap = total - summed(scores)
    return total > _FULL / 2 and any(
        mark.value + gap >= 0 and is_one_apart(_printed(mark.value, mark), _printed(mark.value + gap, mark))
        for mark in scores
    )


def _printed(value: Fraction, like: Mark) -> str:
    """A value with the decimals of a mark."""
    return f"{float(value):.{len(str(like.step.denominator)) - 1}f}"


def _is_near(added: Fraction, total: Fraction) -> bool:
    """Whether marks got miss their total by no more than a slip; what comes to just the full marks is no marks got."""
    return total > _FULL / 2 and total - _SHORT <= added <= total + _OFF and added != _FULL
