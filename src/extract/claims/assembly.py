"""Claims out of mentions: id, role, period, indicator, and which statement repeats which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.claims.indicators import indicator_of
from extract.claims.mentions import Mention, find_mentions
from extract.claims.periods import period_of
from extract.claims.roles import RoleDecision, RoleModel, decide_roles, default_role_model
from extract.lexicons import UnitTable, default_units
from extract.records import Claim, ColumnKind, Document, Quantity, Role, Stage
from extract.segmentation.reading import Reading

_STAGE_OF_COLUMN = {
    ColumnKind.OPENING: Stage.OPENING,
    ColumnKind.ADJUSTED: Stage.ADJUSTED,
    ColumnKind.RECEIVED: Stage.RECEIVED,
    ColumnKind.SPENT: Stage.SPENT,
    ColumnKind.CARRIED_IN: Stage.CARRIED_IN,
    ColumnKind.CARRIED_OUT: Stage.CARRIED_OUT,
}
_STAGE_WORDS = (
    (Stage.CARRIED_IN, re.compile(r"(?:上年|年初|上年末|以前年度)(?:结转|结余)")),
    (Stage.CARRIED_OUT, re.compile(r"(?:结转|结余)")),
    (Stage.OPENING, re.compile(r"年初预算|年初批复|预算批复|年初安排")),
    (Stage.ADJUSTED, re.compile(r"全年预算|调整后?预算|预算调整|预算数|预算安排|预算投入")),
    (Stage.SPENT, re.compile(r"决算|执行|支出|开支|支付|使用")),
    (Stage.RECEIVED, re.compile(r"收入|到位|拨款|下达|拨付")),
)
_ORGANISATION = re.compile(r"全省|全市|全县|全区|市本级|县本级|区本级|本级|局机关|机关|中心城区|全乡|全镇|全系统|全局")


def find_claims(
    document: Document,
    reading: Reading,
    quantities: tuple[Quantity, ...],
    *,
    units: UnitTable | None = None,
    model: RoleModel | None = None,
) -> Iterator[tuple[Claim, Mention]]:
    """Each claim of the document with the mention it was read from; slots are still open.

    ``quantities`` were found in ``reading.words``.
    """
    mentions = tuple(find_mentions(reading, quantities, default_units() if units is None else units))
    decisions = decide_roles(document, mentions, default_role_model() if model is None else model)
    return draft_claims(document, mentions, decisions)


def draft_claims(
    document: Document, mentions: Iterable[Mention], decisions: Iterable[RoleDecision]
) -> Iterator[tuple[Claim, Mention]]:
    """A claim for each mention, with the role decided for it."""
    previous: tuple[Mention, str] | None = None
    for mention, decision in zip(mentions, decisions, strict=True):
        before = previous[1] if previous and previous[0].segment is mention.segment else ""
        indicator = indicator_of(mention, before)
        previous = (mention, indicator)
        yield (
            Claim(
                id=f"{document.name}#{mention.span.start}-{mention.span.end}",
                quantity=mention.quantity,
                segment=mention.segment,
                role=decision.role,
                role_confidence=decision.confidence,
                stage=_stage(mention),
                indicator=indicator,
                period=_period(mention, decision.role, document.year),
                organisation=_organisation(mention),
                reasons=decision.reasons,
            ),
            mention,
        )


def _stage(mention: Mention) -> Stage | None:
    if mention.quantity.dimension != "money":
        return None
    if mention.kind in _STAGE_OF_COLUMN:
        return _STAGE_OF_COLUMN[mention.kind]
    for stage, pattern in _STAGE_WORDS:
        if pattern.search(mention.clause):
            return stage
    return None


def _period(mention: Mention, role: Role, year: str | None) -> str | None:
    cell = mention.segment.cell
    if cell is None:
        return period_of(role, year, mention.before)
    return period_of(role, year, mention.before, cell.column_header, cell.row_header)


def _organisation(mention: Mention) -> str:
    """The unit or area that a figure is about: as its sentence names it, or as the row of a table does."""
    named = _ORGANISATION.findall(mention.before)
    if named:
        return str(named[-1])
    return mention.segment.cell.organisation if mention.segment.cell else ""
