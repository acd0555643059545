"""Sentences that give the bound of a target, and no figure, as what was done: 成功率不低于97%."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from extract.audit.case import Case
from extract.audit.cues import tells_of_goal
from extract.audit.targets.goals import GOALS, RESULTS, TARGET_BOUNDS, is_aim, is_answered_beside, words_before
from extract.audit.targets.other_words import is_rule
from extract.claims.names import character_pairs
from extract.pairs.verdicts import compared
from extract.records import Approx, Claim, ColumnKind, Role, Verdict

Repeated = tuple[Claim, Claim]  #: the target, and the figure that says no more

_BEHIND, _REACH, _BESIDE, _CLAUSES = 12, 36, 12, 2
_ENOUGH = 1.0  #: what speaks for one measure must add up to
_TELLING, _SIGN, _RESULT = 0.5, 0.4, 0.3  #: of a rare value, of a sign in a sentence, of results told beside it
_SURELY = 0.7  #: a target
_ROUND = 5  #: a value that is a multiple of this is common to many targets
_RULES = re.compile(
    r"得\d|满分|分值|权重|扣\d?分|按照?|规定|制度|办法|凡|对照|约束|每季|每月|每年"
)  #: a rule says what should be
_DONE_BEFORE = re.compile(
    r"(?:完成|实际(?:完成)?|达到?|实现)[值数为：:]?(?:不(?:低于|少于|高于|超过|小于|大于)|[≥≤><＞＜])?$"
)
_SIGNS = "≥≤＞＜><"
_NEAR = 24
_TAIL, _TAIL_WORDS = 4, 10
_BOUND_BEHIND = re.compile(r"以[上下内外]|之[内上]|内$")
_OVERALL = re.compile(r"(?<!平)均|[都各]|保持|始终|稳定|一直|控制在|总体|总的|整体")
_KEPT = (Verdict.MET, Verdict.EXCEEDED)
_HELD = re.compile(r"[，,（(]")


def repeated_bounds(case: Case) -> Iterator[Repeated]:
    """Each figure of the text that repeats a target's bound as a result, with that target."""
    yield from _beside_targets(case)
    goals = _goals(case)
    bounded = (claim for claim in case.told if claim.quantity.approx in TARGET_BOUNDS and claim.role is not Role.SCORE)
    for claim in bounded:
        is_goal = _speaks_of_goals(case, claim) or is_answered_beside(case, claim) or is_rule(case, claim)
        goal = None if is_goal or says_more(case, claim) else _likeliest(case, claim, goals.get(_bound(claim), []))
        if goal is not None and not _sums_up(case, goal, claim):
            yield goal, claim


def says_more(case: Case, claim: Claim) -> bool:
    """Whether a figure of its unit behind a bound in its sentence keeps it: 在98%以上，其中蔬菜99.2%."""
    if _has_sign(case, claim):
        return False
    behind = (c for c in case.claims_beside(claim) if c.span.start > claim.span.start)
    told = (c for c in behind if tells_of_goal("keeps", words_before(case, c, _TAIL_WORDS)))
    exact = (c for c in told if c.quantity.unit == claim.quantity.unit and c.quantity.approx is Approx.EXACT)
    return any(compared(claim, each, "") in _KEPT for each in exact)


def _has_sign(case: Case, claim: Claim) -> bool:
    """Whether a sign in a sentence gives the bound: it was copied from a form."""
    around = words_before(case, claim, _REACH)[-1:] + claim.span.of(case.document.text)[:1]
    return any(sign in around for sign in _SIGNS)


def _sums_up(case: Case, goal: Claim, claim: Claim) -> bool:
    """Whether 以上 or 保持 sums up what the target's row tells exactly: 始终保持在95%以上."""
    if _has_sign(case, claim):
        return False
    cell = goal.cell
    row = () if cell is None else case.claims_in_row.get((cell.table, cell.row), ())
    if not any(
        c.cell is not None and c.cell.kind is ColumnKind.ACTUAL and c.quantity.approx is Approx.EXACT for c in row
    ):
        return False
    behind = claim.span.of(case.document.text) + case.document.text[claim.span.end : claim.span.end + _TAIL]
    return _BOUND_BEHIND.search(behind) is not None or _OVERALL.search(words_before(case, claim, _REACH)) is not None


def _beside_targets(case: Case) -> Iterator[Repeated]:
    """目标不低于90%；完成不低于90%, and the other way round: 合格率不低于99%，达到“不低于99%”的要求."""
    for earlier, claim in pairwise(case.told):
        if claim.quantity.approx not in TARGET_BOUNDS or _bound(claim) != _bound(earlier):
            continue
        between = "".join(case.document.text[earlier.span.end : claim.span.start].split())
        if len(between) < _BESIDE and _DONE_BEFORE.search(between):
            yield earlier, claim
        elif _is_held_against(case, earlier, claim, between):
            yield claim, earlier


def _is_held_against(case: Case, told: Claim, goal: Claim, between: str) -> bool:
    """Whether the first of two equal bounds is a result, which the clause behind it holds against its aim."""
    if told.segment is not goal.segment or len(between) > _NEAR or not _HELD.match(between):
        return False
    behind = re.split(r"[，。；;,]", case.document.text[goal.span.end : goal.segment.span.end])[0][:_BEHIND]
    return is_aim(between + behind) and not is_aim(re.split(r"[，。；,;]", words_before(case, told, _REACH))[-1])


def _goals(case: Case) -> dict[object, list[Claim]]:
    """The targets of tables, and what sentences call one, by their bounds."""
    found: dict[object, list[Claim]] = {}
    for claim in case.claims:
        if claim.quantity.approx not in TARGET_BOUNDS:
            continue
        if claim.role is Role.TARGET if claim.cell is not None else _speaks_of_goals(case, claim):
            found.setdefault(_bound(claim), []).append(claim)
    return found


def _bound(claim: Claim) -> object:
    quantity = claim.quantity
    return quantity.approx, quantity.value, quantity.unit.partition("/")[0]


def _speaks_of_goals(case: Case, claim: Claim) -> bool:
    if claim.role is Role.TARGET and claim.role_confidence >= _SURELY and not _tells_results(case, claim):
        return True
    before = "，".join(re.split(r"[，。；,;]", words_before(case, claim, _REACH))[-_CLAUSES:])
    behind = "".join(case.document.text[claim.span.end : claim.span.end + _BEHIND].split())
    heading = " ".join(claim.segment.section)
    spoken = GOALS.search(before + behind) is not None or _RULES.search(before) is not None
    return spoken or (GOALS.search(heading) is not None and not RESULTS.search(heading))


def _likeliest(case: Case, claim: Claim, goals: list[Claim]) -> Claim | None:
    others = [goal for goal in goals if goal.segment is not claim.segment]
    rare = len({goal.indicator for goal in others}) == 1
    scored = [(_likeness(case, goal, claim, rare=rare), goal) for goal in others]
    best = max(scored, key=lambda each: each[0], default=None)
    return best[1] if best is not None and best[0] >= _ENOUGH else None


def _likeness(case: Case, goal: Claim, claim: Claim, *, rare: bool) -> float:
    """What speaks for a figure of the text measuring what the target does: names, value, signs, results beside it."""
    name = character_pairs(goal.indicator)
    words = words_before(case, claim, _REACH)
    told = character_pairs(f"{claim.indicator} {words} {' '.join(claim.segment.section[-1:])}")
    likeness = len(name & told) / len(name) if name else 0.0
    value = claim.quantity.value
    likeness += _TELLING if rare and value is not None and value % _ROUND else 0.0
    likeness += _SIGN if words[-1:] and words[-1] in _SIGNS else 0.0
    return likeness + (_RESULT if _tells_results(case, claim) else 0.0)


def _tells_results(case: Case, claim: Claim) -> bool:
    roles = Counter(other.role for other in case.claims_beside(claim) if other is not claim)
    return roles[Role.ACTUAL] > roles[Role.TARGET]
