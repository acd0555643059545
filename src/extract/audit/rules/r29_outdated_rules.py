"""R29: a cited rule that is no longer in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extract.audit.case import Case
from extract.audit.findings import Checked, finding
from extract.audit.profiles import DatedDocument
from extract.documents.masthead import read_masthead
from extract.offsets import CharSpan
from extract.records import FindingType, Severity

RULE = "R29"
_BRACKETS = tuple(zip("[]［］【】()", "〔〕〔〕〔〕（）", strict=True))
_KNOWN_AS_OLD = re.compile(r"废止|失效|原《|修订|停止执行|已被|替代|取代|之前执行")
_REACH = 20


def check_outdated_rules(case: Case) -> Iterator[Checked]:
    """A finding for each rule of the profile's table that a report of a later year cites as its basis."""
    told = case.document.year or read_masthead(case.document.text).year
    if told is None or not told.isdigit():
        return
    year = int(told)
    text, plain = _in_plain_brackets(case.document.text), _in_plain_brackets(case.plain)
    for document in case.profile.documents:
        if document.ended <= date(year, 1, 1):
            place = _cited(document, text, plain)
            if place is not None:
                yield _outdated(case, document, place)


def _in_plain_brackets(text: str) -> str:
    for bracket, plain in _BRACKETS:
        text = text.replace(bracket, plain)
    return text


def _cited(document: DatedDocument, text: str, plain: str) -> CharSpan | None:
    """Where it is cited by its number, or, if it has none, by its name; not where the text calls it old.

    ``plain`` is ``text`` without white space.
    """
    sought = [document.number, f"《{document.name}》"] if not document.number else [document.number]
    for words in filter(None, sought):
        if "".join(words.split()) not in plain:
            continue
        pattern = r"\s*".join(re.escape(character) for character in words)
        for found in re.finditer(pattern, text):
            around = text[max(0, found.start() - _REACH - len(document.name)) : found.end() + _REACH]
            if not _KNOWN_AS_OLD.search(around):
                return CharSpan(found.start(), found.end())
    return None


def _outdated(case: Case, document: DatedDocument, place: CharSpan) -> Checked:
    said = place.of(case.document.text)
    name = f"《{document.name}》" + (f"（{document.number}）" if document.number else "")
    ended = f"{document.ended.year}年{document.ended.month}月{document.ended.day}日"
    return finding(
        case.document,
        FindingType.EVIDENCE,
        RULE,
        (),
        severity=Severity.LOW,
        confidence=0.8,
        stated=said,
        expected=document.replaced_by,
        spans=(place,),
        message=f"报告引用{name}，该文件自{ended}起不再执行，已由{document.replaced_by}替代。请核对依据并更正。",
    )
