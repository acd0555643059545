"""Things that one sentence calls all done and another calls not done in part: 全部24处投用 beside 仍有3处未通电."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.audit.case import Case
from extract.claims.names import character_pairs
from extract.offsets import CharSpan
from extract.records import Claim, Dimension

_NEAR = 40  #: characters on either side that may belong to the clause of a figure
_SHARED = 2  #: neighbouring characters that both sentences have, at least
_BREAK = re.compile(r"[，。；：,;:！\n]")
_ALL = re.compile(r"(?:全部|所有|均已|都已|悉数)[^，。；]{0,4}$")
_DONE = re.compile(r"^[^，。；]{0,12}(?:完成|建成|投用|使用|完工|竣工|整改|到位|验收|交付|办结|销号|达标|开通|运行)")
_STILL = re.compile(r"(?:仍|尚|还|另)有(?:约)?$")
_NOT_YET = re.compile(r"^[^，。；]{0,10}(?:没有|尚?未|未能|没能|不能)")


class Mention(NamedTuple):
    """A count with the words about it in its clause."""

    claim: Claim
    before: str
    after: str

    @property
    def span(self) -> CharSpan:
        """Its clause."""
        return CharSpan(self.claim.span.start - len(self.before), self.claim.span.end + len(self.after))


def find_left_undone(case: Case) -> Iterator[tuple[Mention, Mention]]:
    """(what is all done, what of it is not), each rest once."""
    told = [_mention(case, claim) for claim in case.claims if _is_count(claim)]
    wholes = [each for each in told if _ALL.search(each.before) and _DONE.match(each.after)]
    for rest in told:
        if _STILL.search(rest.before) and _NOT_YET.match(rest.after):
            whole = next((each for each in wholes if _holds(case, each, rest)), None)
            if whole is not None:
                yield whole, rest


def _is_count(claim: Claim) -> bool:
    return claim.quantity.dimension is Dimension.COUNT and claim.cell is None and claim.quantity.number is not None


def _mention(case: Case, claim: Claim) -> Mention:
    text, sentence = case.document.text, claim.segment.span
    before = text[max(sentence.start, claim.span.start - _NEAR) : claim.span.start]
    after = text[claim.span.end : min(sentence.end, claim.span.end + _NEAR)]
    return Mention(claim, _BREAK.split(before)[-1], _BREAK.split(after)[0])


def _holds(case: Case, whole: Mention, rest: Mention) -> bool:
    """Whether ``rest`` may be some of ``whole``: fewer, counted alike, in another sentence that names the same."""
    more, less = whole.claim.quantity, rest.claim.quantity
    if more.unit != less.unit or more.number is None or less.number is None or more.number <= less.number:
        return False
    if whole.claim.segment is rest.claim.segment:
        return False
    named = character_pairs(whole.before + whole.after) & character_pairs(case.words_of(rest.claim.segment))
    return len(named) >= _SHARED
