"""Characters → printed lines, with the place of every character.

A glyph that is struck again at its own place (fake bold, shadows) counts once. Space is what can be seen: a space that
the file has but the page does not show is none, and a wide gap is one even if the file has none; neither letter
spacing nor the gap that programs leave between digits and 汉字 is wide.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.documents.pages.characters import SPACES, Character
from extract.records import Box, Origin

_SAME_LINE = 0.4  #: of the height of a character: how far the middles of two on one line may lie apart
_STRUCK_AGAIN = 0.4  #: of the width of a character
_OFTEN_TWICE = frozenset("—…")  #: fonts draw two of them as one glyph, at one place
_LOOK_BACK = 6  #: characters in which the first strike of a glyph is looked for
_WIDE_GAP, _WIDE_GAP_OF_DIGITS, _WIDE_GAP_OF_LETTERS = 1.0, 0.7, 0.2  #: of the font's size
APART = 1.6  #: of the font's size: a gap that parts what stands in one row
_RAISED, _SMALL = 0.15, 0.8  #: of the font's size: marks of footnotes
_MARKS = frozenset("0123456789①②③④⑤⑥⑦⑧⑨⑩[]*")
_MOST_SPACES = 50
_SEEN = 0.15  #: of the font's size: a space that is narrower cannot be seen


class Line(NamedTuple):
    """Characters that are printed in one row; places as they are read."""

    text: str
    boxes: tuple[Box, ...]  #: of each character of ``text``
    size: float
    top: float
    bottom: float
    page: int = 0  #: counted from 0
    light: bool = False
    turned: int = 0
    origin: Origin = Origin.TEXT

    @property
    def left(self) -> float:
        return self.boxes[0][0]

    @property
    def right(self) -> float:
        return self.boxes[-1][2]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


def lines_among(characters: Iterable[Character], page: int) -> list[Line]:
    """The lines that ``characters`` of one region stand in, from above; gaps do not part them."""
    return [line for row in rows_of(characters) if (line := line_of(row, page)) is not None]


def runs_among(characters: Iterable[Character], page: int) -> list[list[Line]]:
    """As ``lines_among``, each row parted where a wide gap stands."""
    rows = []
    for row in rows_of(characters):
        runs = [line for part in _parted(row) if (line := line_of(part, page)) is not None]
        if runs:
            rows.append(runs)
    return rows


def rows_of(characters: Iterable[Character]) -> list[list[Character]]:
    """Characters by the row they stand in, rows from above, each from the left and without second strikes."""
    rows: list[list[Character]] = []
    middle, height = 0.0, 0.0
    for character in sorted(characters, key=lambda each: each.top + each.bottom):
        own, tall = (character.top + character.bottom) / 2, character.bottom - character.top
        if rows and own - middle <= _SAME_LINE * max(height, tall):
            rows[-1].append(character)
            if tall >= height * 0.9:  # superscripts do not pull the line up or down
                middle, height = own, max(height, tall)
        else:
            rows.append([character])
            middle, height = own, tall
    return [_once(sorted(row, key=lambda each: each.left)) for row in rows]


def line_of(row: Sequence[Character], page: int) -> Line | None:
    """The text of one row; None if nothing is written in it."""
    shown = [each for each in row if each.text not in SPACES]
    if not shown:
        return None
    size = sorted(each.size for each in shown)[len(shown) // 2]
    if min(each.size for each in shown) <= _SMALL * size:
        shown = _without_marks(shown, size)
        marks = {id(each) for each in row if each.text not in SPACES} - {id(each) for each in shown}
        row = [each for each in row if id(each) not in marks]
    text, boxes = _spaced(row, size, spread=_is_spread(shown))
    light = shown[0].light and all(each.light for each in shown)
    origin = Origin.OCR if any(each.origin is Origin.OCR for each in shown) else Origin.TEXT
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return Line("".join(text), tuple(boxes), size, top, bottom, page, light, origin=origin)


def turned_line(characters: Sequence[Character], page: int, turned: int) -> Line | None:
    """Text that runs upwards (1), upside down (2) or downwards (3) against the rest of its page, as one line."""

    def laid(character: Character) -> Character:
        left, top, right, bottom = character.left, character.top, character.right, character.bottom
        if turned == 1:
            return character._replace(left=-bottom, top=left, right=-top, bottom=right)
        if turned == 2:
            return character._replace(left=-right, top=-bottom, right=-left, bottom=-top)
        return character._replace(left=top, top=-right, right=bottom, bottom=-left)

    places = {id(upright := laid(each)): (upright, each) for each in characters}
    ordered = [places[id(upright)][1] for row in rows_of(one for one, _ in places.values()) for upright in row]
    shown = [each for each in ordered if each.text not in SPACES]
    if not shown:
        return None
    boxes = tuple((each.left, each.top, each.right, each.bottom) for each in shown)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return Line("".join(each.text for each in shown), boxes, shown[0].size, top, bottom, page, shown[0].light, turned)


def _once(row: list[Character]) -> list[Character]:
    """A row, ordered from the left, with each glyph that is struck again at its own place once."""
    kept: list[Character] = []
    for character in row:
        text, left, _, right, *_ = character
        if kept and max(other.right for other in kept[-2:]) > left and text not in SPACES and text not in _OFTEN_TWICE:
            reach = _STRUCK_AGAIN * (right - left)
            if any(other.text == text and abs(other.left - left) <= reach for other in kept[-_LOOK_BACK:]):
                continue
        kept.append(character)
    return kept


def _without_marks(shown: Sequence[Character], size: float) -> list[Character]:
    """The characters of a line but for raised small digits, which are marks of footnotes unless of units."""
    usual = sorted(each.bottom for each in shown if each.size > _SMALL * size)
    low = usual[len(usual) // 2]
    kept, last = [], ""
    for character in shown:
        raised = character.size <= _SMALL * size and low - character.bottom >= _RAISED * size
        if not (raised and character.text in _MARKS and not _of_unit(last)):
            kept.append(character)
            last = character.text
    return kept or list(shown)


def _of_unit(before: str) -> bool:
    """Whether a raised digit behind ``before`` is part of a unit: m², km³."""
    return before == "" or (before.isascii() and before.isalpha())


def _spaced(row: Sequence[Character], size: float, *, spread: bool) -> tuple[list[str], list[Box]]:
    """The characters of a row with the spaces that can be seen between them, and the box of each."""
    text, boxes = list[str](), list[Box]()
    right = space = 0.0  #: where the last character ends, and the width of the spaces that the file has behind it
    least = min(_SEEN, _WIDE_GAP_OF_LETTERS) * size
    for character, left, top, end, bottom, *_ in row:
        if character in SPACES:
            space = max(space, end - left)
            continue
        gap = left - right
        if text and gap > least:
            count = 0 if spread else _spaces_in(gap, text[-1], character, size)
            if space and gap > _SEEN * size:
                count = min(max(count, round(gap / space), 1), _MOST_SPACES)
            for place in range(count):
                start = right + place * gap / count
                text.append(" ")
                boxes.append((start, top, start + gap / count, bottom))
        text.append(character)
        boxes.append((left, top, end, bottom))
        right, space = end, 0.0
    return text, boxes


def _spaces_in(gap: float, before: str, behind: str, size: float) -> int:
    if gap <= _WIDE_GAP_OF_LETTERS * size:
        return 0
    if gap > APART * size:
        return 2
    plain = before.isascii() and behind.isascii()
    if plain and before.isalpha() and behind.isalpha():
        return int(gap > _WIDE_GAP_OF_LETTERS * size)
    if plain and before.isdigit() and behind.isdigit():
        return int(gap > _WIDE_GAP_OF_DIGITS * size)
    return int(gap > _WIDE_GAP * size)


def _is_spread(shown: Sequence[Character]) -> bool:
    """Whether a few characters are spread evenly over a width, as 单 位 名 称 in a form."""
    gaps = [behind.left - before.right for before, behind in itertools.pairwise(shown)]
    return (
        1 <= len(gaps) <= 12
        and all("一" <= each.text <= "鿿" for each in shown)
        and min(gaps) > 0.3 * shown[0].size
        and max(gaps) <= 1.3 * min(gaps) + 1
        and (len(gaps) > 1 or max(gaps) <= 3 * shown[0].size)
    )


def _parted(row: Sequence[Character]) -> Iterator[list[Character]]:
    """A row parted at gaps that are wide, but not those of evenly spread characters."""
    shown = [each for each in row if each.text not in SPACES]
    if _is_spread(shown):
        yield list(row)
        return
    part: list[Character] = []
    right = 0.0
    for character in row:
        if character.text in SPACES:
            part.append(character)
            continue
        if part and right and character.left - right > APART * character.size:
            yield part
            part = []
        part.append(character)
        right = character.right
    if part:
        yield part


def joined_runs(row: Sequence[Line]) -> Line:
    """The runs of one row as one line, two spaces between them."""
    line = row[0]
    for run in row[1:]:
        middle = (line.right + run.left) / 2
        gap = (line.right, run.top, middle, run.bottom), (middle, run.top, run.left, run.bottom)
        top, bottom = min(line.top, run.top), max(line.bottom, run.bottom)
        text, boxes = f"{line.text}  {run.text}", line.boxes + gap + run.boxes
        line = line._replace(text=text, boxes=boxes, top=top, bottom=bottom)
    return line
