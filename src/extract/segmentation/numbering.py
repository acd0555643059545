"""List numbers and headings: 一、（一）1、（1）, and the path of headings above a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.lexicons import heading_cue
from extract.offsets import folded

LABEL_RANK = 9
TITLE_RANK = 8.5  #: of a title without a number: inside all numbered headings above it, around the lists below it
SIMPLE_RANK = 3  #: of 1、
OUTLINE_RANK = 3  #: of 1.1, with a tenth for each of its parts
_CHINESE = "一二三四五六七八九十"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_VALUES = {c: n for n, c in enumerate(_CHINESE, 1)} | {c: n for n, c in enumerate(_STEMS, 1)}
_STYLES = (
    (
        0,
        re.compile(
            rf"\s*(?:第(?P<n>[{_CHINESE}]+)部分|附(?:件|表|录)?\s*(?P<m>\d{{0,2}}|[{_CHINESE}]?)(?:\s*[:：]|(?=\s|$)))"
        ),
    ),
    (1, re.compile(rf"\s*(?P<n>[{_CHINESE}]+)\s*、")),
    (2, re.compile(rf"\s*[(（]\s*(?P<n>[{_CHINESE}]+|[{_STEMS}])\s*[)）]\s*、?|\s*【(?P<m>[{_CHINESE}]+)】")),
    (SIMPLE_RANK, re.compile(r"\s*(?P<n>\d{1,2})\s*(?:、|[.．](?!\d)|[.．](?=20\d\d年))")),
    (4, re.compile(r"\s*[(（]\s*(?P<n>\d{1,2})\s*[)）]")),
    (5, re.compile(r"\s*指标\s*(?P<n>\d{1,2})(?=\s+[一-鿿])")),
    (5, re.compile(r"\s*(?P<n>[①②③④⑤⑥⑦⑧⑨⑩])|\s*(?P<m>\d{1,2})[)）]")),
)
_FIRST = frozenset(f"第附{_CHINESE}(（【指①②③④⑤⑥⑦⑧⑨⑩")  #: what list numbers begin with, digits aside
_OTHER_STYLE: dict[float, float] = {4: 2, 3: 1, 2: 4, 1: 3}  #: in which a list may go on
_CLOSING = "、.．)）】:："
_TITLE_END = re.compile(r"[。：:；;！？]")
_BRACKETED = re.compile(r"\s*【(?P<title>(?:20\d\d年)?[^【】\d]{0,14}(?<!【))】")
_INNER_LABEL = re.compile(r"(?:^|[，；。,;])\s*(?P<title>[^。；，,：:\n\d]{2,28})[：:]")
_LABEL = re.compile(r"\s*(?P<title>[^。；，,\n\d]{2,24})[：:]")
MAX_TITLE = 40


@dataclass(frozen=True, slots=True)
class Numbered:
    """The list number at the beginning of a line, and the title behind it."""

    rank: float  #: 0 (第一部分) to 5 (①); the smaller, the further out
    number: int | None
    length: int  #: characters of the number itself
    title: str  #: the line's first sentence, if it reads like a title
    apart: bool = False  #: whether only a space parts it from the words, which must not be read as its unit


@dataclass(frozen=True, slots=True)
class _Open:
    rank: float
    style: float
    number: int | None
    title: str


def numbered(line: str) -> Numbered | None:
    """The list number that ``line`` begins with.

    >>> numbered("（一）主要职能。负责")
    Numbered(rank=2, number=1, length=3, title='主要职能', apart=False)
    """
    first = line.lstrip()[:1]
    if first not in _FIRST and not first.isdecimal():
        return None
    for rank, style in _STYLES:
        match = style.match(line)
        if match:
            groups = match.groupdict()
            value, rest = _value(groups.get("n") or groups.get("m") or ""), line[match.end() :]
            apart = value is not None and match.end() > 1 and rest[:1].isspace()
            return Numbered(rank, value, match.end(), title_of(rest), apart=apart and match[0][-1] not in _CLOSING)
    return None


def title_of(rest: str) -> str:
    """The title behind a list number: up to its first stop, if it is short."""
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

    def titled(self, title: str) -> SectionPath:
        """The path under a title without a number."""
        kept = tuple(node for node in self.open if node.rank < TITLE_RANK)
        return replace(self, open=(*kept, _Open(TITLE_RANK, TITLE_RANK, None, title)))

    def _rank_of(self, heading: Numbered, opens_list: bool) -> float:
        """Where the heading stands: beside the node whose list it continues, else where its style belongs."""
        if heading.rank == 0:
            return 0
        if heading.number is not None and heading.number > 1:
            for style in (heading.rank, _OTHER_STYLE.get(heading.rank)):
                for node in reversed(self.open):
                    if node.style == style and node.number == heading.number - 1:
                        return node.rank
        titled = any(node.style == TITLE_RANK for node in self.open)
        same = [node.rank for node in self.open if node.style == heading.rank]
        begins_inside = titled and heading.number == 1 and heading.rank > 1
        if same and not (begins_inside and same[-1] < TITLE_RANK):
            return same[-1]
        inner = self.open[-1].rank if self.open else -1
        if heading.number == 1 and opens_list and inner >= heading.rank:
            return inner + 0.5
        return TITLE_RANK + heading.rank / 20 if begins_inside else heading.rank
