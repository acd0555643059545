"""Claims out of mentions: id, role, period, indicator, and which statement repeats which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.claims.indicators import indicator_of
from extract.claims.mentions import Mention, find_mentions
from extract.claims.roles import decide_role
from extract.claims.sections import section_roles
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
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")


def find_claims(
    document: Document, reading: Reading, quantities: tuple[Quantity, ...], *, units: UnitTable | None = None
) -> Iterator[tuple[Claim, Mention]]:
    """Each claim of the document with the mention it was read from; slots are still open.

    ``quantities`` were found in ``reading.words``.
    """
    sections = section_roles(document.segments, document.year)
    previous: tuple[Mention, str] | None = None
    neighbour: tuple[Mention, Role] | None = None
    for mention in find_mentions(reading, quantities, default_units() if units is None else units):
        role, share, reasons = decide_role(mention, sections[mention.segment.section], document.year, neighbour)
        before = previous[1] if previous and previous[0].segment is mention.segment else ""
        indicator = indicator_of(mention, before)
        previous, neighbour = (mention, indicator), (mention, role)
        yield (
            Claim(
                id=f"{document.name}#{mention.span.start}-{mention.span.end}",
                quantity=mention.quantity,
                segment=mention.segment,
                role=role,
                role_confidence=share,
                stage=_stage(mention),
                indicator=indicator,
                period=_period(mention, role, document.year),
                organisation=_organisation(mention),
                reasons=reasons,
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
    named = _YEAR.findall(mention.before)
    if named:
        return str(named[-1])
    if year is None:
        return None
    return f"{year}/prev" if role is Role.BASELINE else year


def _organisation(mention: Mention) -> str:
    named = _ORGANISATION.findall(mention.before)
    return str(named[-1]) if named else ""
