"""Printed lines → paragraphs: which lines a page's or a cell's width cut, and which ended by themselves.

A line goes on in the next one if there was no room left for what that one begins with, and neither an indentation, a
wider gap, another size of font nor a number of a list or heading says that something new begins. Where paragraphs are
indented, indentation decides; where they are not, a sentence's end at the margin ends the paragraph.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from extract.documents.blocks import Paragraph
from extract.documents.pages.frames import Frame
from extract.documents.pages.lines import Line
from extract.offsets import CharSpan
from extract.records import Origin, Stretch

_ENDS = re.compile(r"[。！？!?；;：:]\s*[”’」）)]?\s*$")
_STOPS = re.compile(r"[。！？!?]\s*[”’」）)]?\s*$")
_OPENS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节部条]"
    r"|\d{1,2}[、．](?!\d)|\d{1,2}\.(?=\s|[一-鿿])|[①-⑳●○■◆▪•]"
)
#: What programs do not part at a line's end: brackets and quotes from what they hold, stops from what they end.
_WORD = r"[0-9A-Za-z.%+\-~≥≤°²³µ‰Ͱ-ϿⅠ-ⅿ]"
_CLOSING = r"[，。；：、）》】％！？),;:!?]"
_TOKEN = re.compile(
    rf"[（《【“‘(]*(?:(?:{_WORD}|,(?=\d))+|.)(?:{_CLOSING}+{_WORD}*|[“”‘’/](?:{_WORD}+|.))*",
    re.S,
)
_FIGURE = frozenset("0123456789.,")
_TAIL, _HEAD = re.compile(r"[\d.,]+$"), re.compile(r"[\d.,]+")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[.,]?")
_NEVER_FIRST = frozenset("，。；、）)》】％！？")  #: what only begins a line where the words before were cut
_SAME_SIZE = 1.15
_WIDE_PITCH = 1.5  #: against the usual distance of lines
_INDENT = 1.0  #: of the font's size
_NEAR = 3.0  #: points within which edges count as one
_SLACK = 0.25  #: of the font's size
_SLACK_OF_OCR = 0.9  #: recognised characters are only known to stand about there
_SUPPORTED = 3  #: lines that end at one place show where the margin is


class Margins(NamedTuple):
    """Where the lines of a column begin and end."""

    left: float
    right: float
    pitch: float  #: distance between lines; 0 if unknown
    indented: bool  #: whether paragraphs begin with an indented line


Goes = Callable[[Line, Line], bool]


def joined_paragraphs(lines: Sequence[Line], goes_on: Goes, frames: Sequence[Frame]) -> list[Paragraph]:
    """``lines`` as paragraphs; ``goes_on`` tells whether a line goes on in the next."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and (line.text[0] in _NEVER_FIRST or goes_on(groups[-1][-1], line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [paragraph_of(group, frames) for group in groups]


def paragraph_of(lines: Iterable[Line], frames: Sequence[Frame]) -> Paragraph:
    """Lines that read as one; a space parts two words of letters."""
    text, stretches = "", list[Stretch]()
    for line in lines:
        if text and _are_words(text[-1], line.text[0]):
            text += " "
        stretches += _stretches(line, frames[line.page], len(text))
        text += line.text
    return Paragraph(text, tuple(stretches))


def _are_words(before: str, behind: str) -> bool:
    return before.isascii() and behind.isascii() and before.isalpha() and behind.isalpha()


def _stretches(line: Line, frame: Frame, start: int) -> list[Stretch]:
    """Where a line stands for a viewer; of turned text each character by itself."""
    page = line.page + 1
    if frame.upright and not line.turned:
        edges = tuple((round(box[0], 2), round(box[2], 2)) for box in line.boxes)
        lefts, tops, rights, bottoms = zip(*line.boxes, strict=True)
        box = (round(min(lefts), 2), round(min(tops), 2), round(max(rights), 2), round(max(bottoms), 2))
        span = CharSpan(start, start + len(line.text))
        return [Stretch(span=span, page=page, box=box, edges=edges, origin=line.origin)]
    made = []
    for place, read in enumerate(line.boxes, start):
        left, top, right, bottom = (round(edge, 2) for edge in frame.box(read))
        span = CharSpan(place, place + 1)
        made.append(Stretch(span=span, page=page, box=(left, top, right, bottom), origin=line.origin))
    return made


def goes_on_in_cell(room: float, lines: Sequence[Line]) -> Goes:
    """For the lines of a cell that is ``room`` points wide."""
    if _is_stacked(lines):
        return lambda line, following: True
    inline = _inline_marks(lines)

    def goes_on(line: Line, following: Line) -> bool:
        if not _is_full(line, following, line.width, room):
            return False
        opens = _OPENS.match(following.text)
        if opens is not None:
            return _kind_of_mark(opens[0]) in inline
        return not _STOPS.search(line.text) or bool(inline)

    return goes_on


def _inline_marks(lines: Sequence[Line]) -> frozenset[str]:
    """The kinds of list numbers that stand inside the lines of a cell: 1、…；2、…."""
    found = (mark[0] for line in lines for mark in _OPENS.finditer(line.text, 1))
    return frozenset(_kind_of_mark(mark) for mark in found)


def _kind_of_mark(mark: str) -> str:
    """A list number without what it counts.

    >>> _kind_of_mark("（十二）"), _kind_of_mark("3、")
    ('（#）', '#、')
    """
    return re.sub(r"[一二三四五六七八九十\d]+", "#", mark)


def _is_stacked(lines: Sequence[Line]) -> bool:
    """Whether 汉字 are stacked to be read downwards, as the name of a group of indicators at a table's side."""
    short = [line.text.strip() for line in lines]
    return len(short) > 1 and all(len(text) == 1 and "一" <= text <= "鿿" for text in short)


def goes_on_in_column(margins: Margins) -> Goes:
    """For the lines of a page's column."""

    def goes_on(line: Line, following: Line) -> bool:
        if not 1 / _SAME_SIZE <= line.size / following.size <= _SAME_SIZE:
            return False
        if line.page == following.page and 0 < margins.pitch * _WIDE_PITCH < following.middle - line.middle:
            return False
        end = margins.left + line.width if _are_centred(line, following, margins) else line.right
        if not _is_full(line, following, end, margins.right):
            return False
        return _continues(line, following, margins)

    return goes_on


def cuts_a_figure(line: Line, following: Line, room: float) -> bool:
    """Whether a cell that is ``room`` points wide cut a figure between two of its lines."""
    return _is_cut(line, following) and _is_one_figure(line, following) and _is_full(line, following, line.width, room)


def _is_full(line: Line, following: Line, end: float, room: float) -> bool:
    """Whether what the following line begins with had no room left in a line that ends at ``end``."""
    if _is_cut(line, following) and not _is_one_figure(line, following):
        return False
    token = _TOKEN.match(following.text)
    length = 1 if token is None or _is_cut(line, following) else token.end()
    width = following.boxes[length - 1][2] - following.boxes[0][0]
    slack = _SLACK_OF_OCR if line.origin is Origin.OCR else _SLACK
    return end + width > room - slack * line.size


def _is_cut(line: Line, following: Line) -> bool:
    """Whether a figure would go on from one line into the next."""
    return line.text[-1] in _FIGURE and following.text[0] in _FIGURE


def _is_one_figure(line: Line, following: Line) -> bool:
    """Whether the digits at a line's end and those that the next begins with can be one figure.

    12.50 and 3.40 cannot, and 4 and 6 stand below one another rather than being 46.
    """
    tail, head = _TAIL.search(line.text), _HEAD.match(following.text)
    return (
        tail is not None and head is not None and len(tail[0]) > 1 and _NUMBER.fullmatch(tail[0] + head[0]) is not None
    )


def _continues(line: Line, following: Line, margins: Margins) -> bool:
    """Whether a full line's sentence or paragraph goes on."""
    if _are_centred(line, following, margins):
        return not _ENDS.search(line.text)
    if following.left - margins.left > _INDENT * following.size:
        return abs(following.left - line.left) <= _NEAR and not (
            _ENDS.search(line.text) or _OPENS.match(following.text)
        )
    if _ENDS.search(line.text):
        if margins.indented and not _STOPS.search(line.text):
            return True
        return margins.indented and not _OPENS.match(following.text)
    return not (re.match(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]", following.text))


def _are_centred(line: Line, following: Line, margins: Margins) -> bool:
    """Whether two lines stand in the middle of their column and the lower one does not fill it, as titles do."""
    middle = margins.left + margins.right
    centred = all(abs(each.left + each.right - middle) <= 2 * _NEAR for each in (line, following))
    return centred and following.left - margins.left > _INDENT * following.size


def margins_of(lines: Sequence[Line], width: float) -> Margins:
    """The margins that ``lines`` of pages of one ``width`` keep."""
    left = _shared([line.left for line in lines], lowest=True)
    widest = max(line.width for line in lines)
    long = [line for line in lines if line.width >= 0.6 * widest]
    right = _shared([line.right for line in long], lowest=False)
    if sum(abs(line.right - right) <= _NEAR for line in long) < _SUPPORTED:
        right = max(right, width - left)
    return Margins(left, right, _pitch(lines), _is_indented(lines, left, right))


def _shared(edges: Sequence[float], *, lowest: bool) -> float:
    """The outermost edge that several lines share; without such, the outermost."""
    ordered = sorted(edges, reverse=not lowest)
    least = max(2, len(ordered) // 12)
    for place, edge in enumerate(ordered[: len(ordered) - least + 1]):
        if abs(ordered[place + least - 1] - edge) <= _NEAR:
            near = (round(other, 1) for other in ordered[place:] if abs(other - edge) <= _NEAR)
            return Counter(near).most_common(1)[0][0]
    return ordered[0]


def _pitch(lines: Sequence[Line]) -> float:
    steps = sorted(
        after.middle - line.middle
        for line, after in itertools.pairwise(lines)
        if line.page == after.page and after.middle > line.middle
    )
    return steps[len(steps) // 2] if steps else 0.0


def _is_indented(lines: Sequence[Line], left: float, right: float) -> bool:
    """Whether lines that are indented by some two characters follow lines that are not."""
    indents = sum(1.5 * line.size <= line.left - left <= 2.6 * line.size and line.right > right - 40 for line in lines)
    return indents > 0 and any(line.left - left < 0.5 * line.size for line in lines)


def columns_by_margin(lines: Iterable[tuple[Line, tuple[float, int]]]) -> dict[tuple[float, int], Margins]:
    """The margins of each kind of column: (width of the page, number of the column) → margins."""
    groups: dict[tuple[float, int], list[Line]] = defaultdict(list)
    for line, key in lines:
        groups[key].append(line)
    return {key: margins_of(group, key[0]) for key, group in groups.items()}
