"""R17: what the conclusion says against what problems, tables or marks say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.targets.left_undone import Mention, find_left_undone
from extract.errors import LexiconError
from extract.lexicons import compiled, data_text, table_rows
from extract.offsets import CharSpan
from extract.records import Claim, FindingType, Segment, Severity

RULE = "R17"
_PLANS = re.compile(r"下一步|今后|进一步|将|明年|下年|应当|要求|力争|确保|防止|避免|杜绝|严禁|目标[:：]|计划")


class Contradiction(NamedTuple):
    claim: re.Pattern[str]
    against: re.Pattern[str]
    about: str


def parse_contradictions(text: str, name: str = "contradictions.tsv") -> tuple[Contradiction, ...]:
    """The rows of ``contradictions.tsv``, each tried on its own examples.

    Raises:
        LexiconError: if a row's patterns do not find its examples, or find what they must not.
    """
    rows = []
    for where, cells in table_rows(name, text, ("claim", "against", "about", "example", "but_not")):
        claim, against = compiled(cells["claim"], where), compiled(cells["against"], where)
        says, denies = (part.strip() for part in cells["example"].split("/", 1))
        if not claim.search(says) or not against.search(denies):
            raise LexiconError(f"{where}: the patterns do not find their examples {cells['example']!r}")
        if claim.search(cells["but_not"]) or against.search(cells["but_not"]):
            raise LexiconError(f"{where}: a pattern finds {cells['but_not']!r}, which it must not")
        rows.append(Contradiction(claim, against, cells["about"]))
    return tuple(rows)


@cache
def default_contradictions() -> tuple[Contradiction, ...]:
    return parse_contradictions(data_text("contradictions.tsv"))


class _Said(NamedTuple):
    segment: Segment
    span: CharSpan
    words: str


def check_contradictions(case: Case) -> Iterator[Checked]:
    """One finding for each matter on which the report says one thing and its opposite."""
    said = [(segment, case.words_of(segment)) for segment in case.document.segments]
    text = "\n".join(words for _, words in said)
    for row in default_contradictions():
        if row.claim.search(text) is None or row.against.search(text) is None:
            continue
        claim = _first(case, said, row.claim)
        against = None if claim is None else _first(case, said, row.against)
        if claim is not None and against is not None and _are_apart(claim, against):
            yield _contradiction(case, row.about, claim, against)
    for whole, rest in find_left_undone(case):
        yield _contradiction(case, "完成情况", _said(case, whole), _said(case, rest))


def _are_apart(one: _Said, other: _Said) -> bool:
    """Whether two sentences say so; of one sentence, the figure in it speaks against its words."""
    return one.segment is not other.segment or ("%" in other.words) != ("%" in one.words)


def _said(case: Case, mention: Mention) -> _Said:
    return _Said(mention.claim.segment, mention.span, "".join(mention.span.of(case.document.text).split()))


def _first(case: Case, said: list[tuple[Segment, str]], pattern: re.Pattern[str]) -> _Said | None:
    """The first place where a sentence or cell says so of what was; plans and warnings say nothing of it."""
    for segment, words in said:
        found = pattern.search(words)
        if found is not None and not _PLANS.search(words[max(0, found.start() - 20) : found.start()]):
            return _Said(segment, case.span_of(segment, found), found[0])
    return None


def _contradiction(case: Case, about: str, claim: _Said, against: _Said) -> Checked:
    return finding(
        case.document,
        FindingType.CONTRADICTION,
        RULE,
        _claims_in(case, claim) + _claims_in(case, against),
        severity=Severity.MEDIUM,
        confidence=0.6,
        stated=claim.words,
        expected=against.words,
        spans=(claim.span, against.span),
        message=f"关于{about}，一处称“{claim.words}”，另一处称“{against.words}”，前后矛盾。请核对并说明以何处为准。",
    )


def _claims_in(case: Case, said: _Said) -> tuple[Claim, ...]:
    return tuple(c for c in case.claims if said.span.start <= c.span.start and c.span.end <= said.span.end)
