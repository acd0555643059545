"""List numbers and headings: 一、（一）1、（1）, and the path of headings above a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.lexicons import heading_cue
from extract.offsets import folded

LABEL_RANK = 9
_CHINESE = "一二三四五六七八九十"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_VALUES = {c: n for n, c in enumerate(_CHINESE, 1)} | {c: n for n, c in enumerate(_STEMS, 1)}
_STYLES = (
    (0, re.compile(rf"\s*(?:第(?P<n>[{_CHINESE}]+)部分|附件\s*(?P<m>\d*)\s*(?=[:：\s]|$))")),
    (1, re.compile(rf"\s*(?P<n>[{_CHINESE}]+)\s*、")),
    (2, re.compile(rf"\s*[(（]\s*(?P<n>[{_CHINESE}]+|[{_STEMS}])\s*[)）]\s*、?|\s*【(?P<m>[{_CHINESE}]+)】")),
    (3, re.compile(r"\s*(?P<n>\d{1,2})\s*(?:、|[.．](?!\d)|[.．](?=20\d\d年))")),
    (4, re.compile(r"\s*[(（]\s*(?P<n>\d{1,2})\s*[)）]")),
    (5, re.compile(r"\s*(?P<n>[①②③④⑤⑥⑦⑧⑨⑩])|\s*(?P<m>\d{1,2})[)）]")),
)
_TITLE_END = re.compile(r"[。：:；;！？]")
_BRACKETED = re.compile(r"\s*【(?P<title>[^【】\d]{2,14})】")
_INNER_LABEL = re.compile(r"(?:^|[，；。,;])\s*(?P<title>[^。；，,：:\n\d]{2,16})[：:]")
_LABEL = re.compile(r"\s*(?P<title>[^。；，,\n\d]{2,24})[：:]")
MAX_TITLE = 40


@dataclass(frozen=True, slots=True)
class Numbered:
    """The list number at the beginning of a line, and the title behind it."""

    rank: int  #: 0 (第一部分) to 5 (①); the smaller, the further out
    number: int | None
    length: int  #: characters of the number itself
    title: str  #: the line's first sentence, if it reads like a title


@dataclass(frozen=True, slots=True)
class _Open:
    rank: float
    style: int
    number: int | None
    title: str


def numbered(line: str) -> Numbered | None:
    """The list number that ``line`` begins with.

    >>> numbered("（一）主要职能。负责")
    Numbered(rank=2, number=1, length=3, title='主要职能')
    """
    for rank, style in _STYLES:
        match = style.match(line)
        if match:
            groups = match.groupdict()
            return Numbered(
                rank, _value(groups.get("n") or groups.get("m") or ""), match.end(), _title(line[match.end() :])
            )
    return None


def _title(rest: str) -> str:
    end = _TITLE_END.search(rest)
    title = rest[: end.start() if end else len(rest)].strip()
    return title if len(title) <= MAX_TITLE else ""


def _value(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    if text and text[0] in "①②③④⑤⑥⑦⑧⑨⑩":
        return "①②③④⑤⑥⑦⑧⑨⑩".index(text[0]) + 1
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _VALUES.get(tens, 1) * 10 + _VALUES.get(ones, 0)
    return _VALUES.get(text)


def label_title(line: str) -> str | None:
    """The label that a line begins with, if it opens a section of its own: ``总体绩效目标：``, ``【资金】``."""
    match = _BRACKETED.match(line)
    if match is not None:
        return match["title"].strip()
    match = _LABEL.match(line)
    return match["title"].strip() if match is not None and _opens_section(match["title"]) else None


def label_inside(sentence: str) -> str | None:
    """The last label of ``sentence`` that opens a section for what follows it (围绕中心工作，年初设定：)."""
    found = [match["title"] for match in _INNER_LABEL.finditer(sentence) if _opens_section(match["title"])]
    return found[-1].strip() if found else None


def _opens_section(title: str) -> bool:
    cue = heading_cue(folded(title))
    return cue is not None and cue.label


@dataclass(frozen=True, slots=True)
class SectionPath:
    """The headings that are open at a line, outermost first."""

    open: tuple[_Open, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(node.title for node in self.open if node.title)

    def entered(self, heading: Numbered, *, opens_list: bool = False) -> SectionPath:
        """The path inside ``heading``.

        A number that goes on in another style keeps its level (（一） … （2）); a list that a heading or a colon opens
        (``opens_list``) lies inside it, whatever its style.
        """
        rank = self._rank_of(heading, opens_list)
        kept = tuple(node for node in self.open if node.rank < rank)
        return replace(self, open=(*kept, _Open(rank, heading.rank, heading.number, heading.title)))

    def labelled(self, title: str) -> SectionPath:
        kept = tuple(node for node in self.open if node.rank < LABEL_RANK)
        return replace(self, open=(*kept, _Open(LABEL_RANK, LABEL_RANK, None, title)))

    def _rank_of(self, heading: Numbered, opens_list: bool) -> float:
        """Where the heading stands: beside the node whose list it continues, else where its style belongs."""
        if heading.rank == 0:
            return 0
        if heading.number is not None and heading.number > 1:
            for style in (heading.rank, {4: 2, 3: 1, 2: 4, 1: 3}.get(heading.rank)):
                for node in reversed(self.open):
                    if node.style == style and node.number == heading.number - 1:
                        return node.rank
        same = [node.rank for node in self.open if node.style == heading.rank]
        if same:
            return same[-1]
        inner = self.open[-1].rank if self.open else -1
        if heading.number == 1 and opens_list and inner >= heading.rank:
            return inner + 0.5
        return heading.rank
