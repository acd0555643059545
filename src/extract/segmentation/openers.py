"""What opens a section at a line: a list number, an outline number that counts up, a label, or a bare title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.lexicons import heading_cue
from extract.offsets import folded
from extract.segmentation.lines import Line, trimmed
from extract.segmentation.numbering import OUTLINE_RANK, SIMPLE_RANK, Numbered, label_title, numbered, title_of

_OUTLINE = re.compile(r"\s*(?P<number>\d{1,2}(?:[.．]\d{1,2}){0,2})(?P<gap>[ 　]*)(?=[一-鿿“\"《〈‘'(（]|20\d\d年)")
_LONGEST_TITLE = 20  #: of a bare outline number: 2 年度目标
_LONGEST_CUED, _LONGEST_BARE = 16, 10  #: of a title without a number, with words known from headings and without
_TITLE_WORDS = re.compile(r"(?:20\d\d年度?)?[一-鿿“”、]{2,}")
_BULLET = re.compile(r"\s*[●◆■▲★◎]\s*(?P<title>[^\d\s。；;]{2,24})\s*$")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]\s*$")
_FORM = re.compile(r"自评|评价|报告|[表附]$|说明$|单位|名称|填报|盖章|^(?:其中|合计|小计|总计)")
_ENDS = re.compile(r"[。！？!?；;：:”）)]\s*$")
_LEAST_PROSE = 20


class Opener(NamedTuple):
    """What stands at the beginning of a line and opens a section."""

    number: Numbered | None = None
    label: str | None = None
    title: str | None = None  #: the whole line, where it is a title without a number


def openers(text: str, lines: Sequence[Line]) -> dict[int, Opener]:
    """Where the words of a line begin that opens a section → what opens it."""
    outline, titles = _outline_numbers(lines), _bare_titles(lines)
    found: dict[int, Opener] = {}
    for line in lines:
        span = trimmed(text, line.start, line.end)
        if span is None:
            continue
        words = span.of(text)
        opener = opener_of(words, outline.get(line.number), titles.get(line.number))
        if opener != Opener():
            found[span.start] = opener
    return found


def opener_of(words: str, outline: Numbered | None = None, title: str | None = None) -> Opener:
    """What opens a section at the beginning of a line's ``words``."""
    number = outline or numbered(words)
    label = None if number else label_title(words)
    return Opener(number, label, None if number or label else title)


def _outline_numbers(lines: Sequence[Line]) -> dict[int, Numbered]:
    """Lines that begin with 1, 1.1, 1.2, 2, 2.1 …: each goes on from one before it, so that amounts are none."""
    found: dict[int, Numbered] = {}
    opened: set[tuple[int, ...]] = set()
    places: list[tuple[tuple[int, ...], int]] = []
    for line in lines:
        mark = _OUTLINE.match(line.text)
        if mark is None:
            continue
        number = tuple(int(part) for part in re.split("[.．]", mark["number"]))
        if not _goes_on(number, opened, 2 if mark["gap"] else 1) or not _reads_as_number(
            number, mark["gap"], line.text[mark.end() :]
        ):
            continue
        opened.add(number)
        places.append((number, line.number))
        rank = SIMPLE_RANK if len(number) == 1 else OUTLINE_RANK + 0.1 * len(number)
        length = len(line.text[: mark.end()].lstrip())
        found[line.number] = Numbered(rank, number[-1], length, title_of(line.text[mark.end() :]), apart=True)
    return {place: found[place] for number, place in places if _has_company(number, opened)}


def _goes_on(number: tuple[int, ...], opened: set[tuple[int, ...]], most: int) -> bool:
    """Whether a number is the first of its list or stands at most ``most`` behind one that was opened."""
    return number[-1] == 1 or any((*number[:-1], number[-1] - step) in opened for step in range(1, most + 1))


def _reads_as_number(number: tuple[int, ...], gap: str, rest: str) -> bool:
    """Whether what follows is no unit: 2 年度目标, 1.2 收支情况 and 1.1收支情况, but neither 2亩 nor 1.2 公里."""
    if len(number) == 1:
        written = rest.strip()
        return bool(gap) and len(written) <= _LONGEST_TITLE and not _ENDS.search(written) and len(written.split()) == 1
    return len(rest.strip()) > 3


def _has_company(number: tuple[int, ...], others: set[tuple[int, ...]]) -> bool:
    """Whether a number has one beside it or under it, so that it counts something."""
    beside = ((*number[:-1], number[-1] + step) for step in (-1, 1))
    return any(each in others for each in beside) or (*number, 1) in others


def _bare_titles(lines: Sequence[Line]) -> dict[int, str]:
    """Short lines that stand above prose, by their number; those of unknown words only where others are known."""
    written = [line for line in lines if not line.blank]
    titles: dict[int, str] = {}
    known = False
    for index, line in enumerate(written):
        title = _BRACKETS.sub("", line.text.strip())
        if not 0 < index < len(written) - 1 or not _may_be_title(title):
            continue
        if not _stands_alone(written[index - 1], line) or not _is_prose(written[index + 1], line):
            continue
        cue = heading_cue(folded(title))
        if cue is None and len(title) > _LONGEST_BARE:
            continue
        known = known or (cue is not None and not cue.weak)
        titles[line.number] = title
    return _bulleted_titles(written) | (titles if known else {})


def _bulleted_titles(written: Sequence[Line]) -> dict[int, str]:
    """Short lines behind a bullet that stand above prose, by their number: ● 年初绩效目标."""
    marked = ((_BULLET.match(line.text), line, below) for line, below in pairwise(written))
    return {line.number: mark["title"] for mark, line, below in marked if mark and _is_prose(below, line)}


def _may_be_title(title: str) -> bool:
    return bool(_TITLE_WORDS.fullmatch(title)) and len(title) <= _LONGEST_CUED and not _FORM.search(title)


def _stands_alone(above: Line, line: Line) -> bool:
    """Whether a line begins something new: behind a blank line or the end of a paragraph."""
    return line.number - above.number > 1 or _ENDS.search(above.text) is not None


def _is_prose(below: Line, line: Line) -> bool:
    """Whether what stands right below is told in sentences, or counted in a list."""
    words = below.text.strip()
    if below.number - line.number > 2 or "\t" in words or "|" in words:
        return False
    return numbered(words) is not None or len(words) >= _LEAST_PROSE or words.endswith(("。", "；"))
