"""The list numbers that Word writes in front of paragraphs: 一、 （一） 1. (1) ①, counted as Word counts them.

ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats). Bullets are no numbers and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from extract.documents.wordml import attribute, child, children, is_on, number_of, value_of

_MAX_LEVEL = 8
_MAX_VALUE = 32767  #: Word's own limit of a list number
_MAX_LABEL = 60
_PLACE = re.compile(r"%([1-9])")
_NO_SPACE_BEHIND = tuple("、）】〕》：．。")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = ""  #: ``（%1）``: %1 stands for the number of the outermost level
    start: int = 1
    restart: int | None = None  #: the level (from 1) that starts this one anew; None: any further out; 0: none
    gap: str = " "
    legal: bool = False  #: all numbers of the label in Arabic digits
    style: str | None = None


@dataclass(frozen=True, slots=True)
class NumberedList:
    """What a ``w:num`` says: the counters that it shares, its levels, and where it starts anew."""

    counters: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    list_id: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class ListDefinitions:
    """The lists and the paragraph styles that number by them."""

    lists: dict[str, NumberedList] = field(default_factory=dict)
    styles: dict[str, _Style] = field(default_factory=dict)
    default_style: str | None = None

    def place_of(self, properties: Any) -> tuple[str, int] | None:
        """(list, level) of a paragraph with these ``w:pPr``; None if it is in no list."""
        own = child(properties, "w:numPr")
        style = value_of(child(properties, "w:pStyle"), self.default_style)
        list_id = value_of(child(own, "w:numId"))
        level = number_of(child(own, "w:ilvl"), -1, at_most=_MAX_LEVEL)
        inherited = None if list_id else self._place_by_style(style)
        if inherited:
            list_id = inherited[0]
        if not list_id or list_id not in self.lists:
            return None
        if level < 0:
            level = inherited[1] if inherited else self._linked_level(list_id, style) or 0
        return list_id, level

    def _place_by_style(self, style: str | None) -> tuple[str, int] | None:
        for name in self._ancestry(style):
            told = self.styles[name]
            if told.list_id:
                linked = self._linked_level(told.list_id, name)
                return told.list_id, linked if linked is not None else told.level or 0
        return None

    def _linked_level(self, list_id: str, style: str | None) -> int | None:
        levels = self.lists[list_id].levels if list_id in self.lists else {}
        return next((n for n, level in sorted(levels.items()) if style and level.style == style), None)

    def _ancestry(self, style: str | None) -> Iterator[str]:
        seen: set[str] = set()
        while style in self.styles and style is not None and style not in seen:
            seen.add(style)
            yield style
            style = self.styles[style].based_on


def parse_lists(numbering: Any, styles: Any) -> ListDefinitions:
    """The lists of a document from the roots of its numbering and styles parts, each of which may be missing."""
    told = {attribute(s, "styleId") or "": _style(s) for s in children(styles, "w:style")}
    default = next(
        (
            attribute(s, "styleId")
            for s in children(styles, "w:style")
            if attribute(s, "type") == "paragraph" and attribute(s, "default") in ("1", "true", "on")
        ),
        None,
    )
    abstracts = {attribute(a, "abstractNumId") or "": a for a in children(numbering, "w:abstractNum")}
    nums = {attribute(n, "numId") or "": n for n in children(numbering, "w:num")}
    lists = {key: _list(num, abstracts, nums, told) for key, num in nums.items() if key != "0"}
    return ListDefinitions({key: made for key, made in lists.items() if made is not None}, told, default)


def _style(style: Any) -> _Style:
    numbered = child(style, "w:pPr", "w:numPr")
    level = number_of(child(numbered, "w:ilvl"), -1, at_most=_MAX_LEVEL)
    return _Style(
        based_on=value_of(child(style, "w:basedOn")),
        list_id=value_of(child(numbered, "w:numId")),
        level=level if level >= 0 else None,
    )


def _list(num: Any, abstracts: dict[str, Any], nums: dict[str, Any], styles: dict[str, _Style]) -> NumberedList | None:
    key = value_of(child(num, "w:abstractNumId"), "") or ""
    link = value_of(child(abstracts.get(key), "w:numStyleLink"))
    if link in styles and link is not None:
        linked = nums.get(styles[link].list_id or "")
        key = value_of(child(linked, "w:abstractNumId"), key) or key
    if key not in abstracts:
        return None
    levels, starts = dict(_levels(abstracts[key])), dict[int, int]()
    for override in children(num, "w:lvlOverride"):
        levels |= dict(_levels(override))
        start = child(override, "w:startOverride")
        if start is not None:
            starts[_level_number(override)] = number_of(start, 1, at_most=_MAX_VALUE)
    return NumberedList(key, levels, starts)


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for level in children(parent, "w:lvl"):
        restart = number_of(child(level, "w:lvlRestart"), -1, at_most=_MAX_LEVEL + 1)
        yield (
            _level_number(level),
            Level(
                form=value_of(child(level, "w:numFmt"), "decimal") or "decimal",
                text=(value_of(child(level, "w:lvlText"), "") or "")[:_MAX_LABEL],
                start=number_of(child(level, "w:start"), 0, at_most=_MAX_VALUE),
                restart=restart if restart >= 0 else None,
                gap="" if value_of(child(level, "w:suff")) == "nothing" else " ",
                legal=is_on(child(level, "w:isLgl")),
                style=value_of(child(level, "w:pStyle")),
            ),
        )


def _level_number(element: Any) -> int:
    written = attribute(element, "ilvl") or "0"
    return min(int(written), _MAX_LEVEL) if written.isascii() and written.isdigit() and len(written) < 3 else 0


class ListCounter:
    """Counts the paragraphs of one document, in text order."""

    def __init__(self, definitions: ListDefinitions) -> None:
        self.definitions = definitions
        self.values: dict[str, dict[int, int]] = {}
        self.started: set[tuple[str, int]] = set()

    def label(self, properties: Any) -> str:
        """The label in front of the next paragraph, which has these ``w:pPr``; empty when it has none."""
        place = self.definitions.place_of(properties)
        return "" if place is None else self.label_at(place)

    def label_at(self, place: tuple[str, int]) -> str:
        """The label in front of the next paragraph at that list and level; empty when it has none."""
        made = self.definitions.lists.get(place[0])
        if made is None:
            return ""
        level = made.levels.get(place[1])
        if level is None:
            return ""
        self._count(*place, made, level)
        if level.form == "bullet":
            return ""
        label = _PLACE.sub(lambda mark: self._written(made, int(mark[1]) - 1, level), level.text)
        return label and label + ("" if label.endswith(_NO_SPACE_BEHIND) else level.gap)

    def _count(self, list_id: str, number: int, made: NumberedList, level: Level) -> None:
        values = self.values.setdefault(made.counters, {})
        starts_anew = number in made.starts and (list_id, number) not in self.started
        if number in values and not starts_anew:
            values[number] = min(values[number] + 1, _MAX_VALUE)
        else:
            values[number] = made.starts.get(number, level.start)
        self.started.add((list_id, number))
        for deeper in [n for n in values if n > number]:
            restart = made.levels[deeper].restart if deeper in made.levels else None
            if restart is None or number < restart:
                del values[deeper]

    def _written(self, made: NumberedList, number: int, shown_in: Level) -> str:
        level = made.levels.get(number, Level())
        value = self.values[made.counters].get(number, made.starts.get(number, level.start))
        return number_written(value, "decimal" if shown_in.legal else level.form)


def number_written(value: int, form: str) -> str:
    """``value`` in a number format of WordprocessingML.

    >>> [number_written(12, form) for form in ("decimal", "chineseCounting", "decimalEnclosedCircle", "upperRoman")]
    ['12', '十二', '⑫', 'XII']
    """
    if form == "none":
        return ""
    writer = _FORMS.get(form)
    return writer(value) if writer is not None and value > 0 else str(value)


def _series(characters: str) -> Callable[[int], str]:
    """One character a number; plain digits beyond the last."""
    return lambda value: characters[value - 1] if value <= len(characters) else str(value)


def _digits(characters: str) -> Callable[[int], str]:
    return lambda value: "".join(characters[int(digit)] for digit in str(value))


_CHINESE = "零一二三四五六七八九"


def _counted(digits: str, ranks: tuple[str, str, str], *, bare_ten: bool) -> Callable[[int], str]:
    """Numbers below 10,000 in words: 二十一, 一百零五; ``bare_ten`` for 十一, not 一十一."""

    def written(value: int) -> str:
        if value >= 10_000:
            return str(value)
        out, gap = "", False
        for place in range(len(str(value)) - 1, -1, -1):
            digit = value // 10**place % 10
            if digit:
                out += (digits[0] if gap and out else "") + digits[digit] + (ranks[place - 1] if place else "")
            gap = not digit
        ten = digits[1] + ranks[0]
        return out[1:] if bare_ten and out.startswith(ten) else out

    return written


def _below_hundred(value: int) -> str:
    """Chinese counting up to 99, digit by digit from there: 十一, 一〇一."""
    return _THOUSANDS(value) if value < 100 else _digits("〇一二三四五六七八九")(value)


def _japanese(value: int) -> str:
    """As in 百一: no 零 for a gap, no 一 before 百 and 千."""
    written = _THOUSANDS(value).replace("零", "")
    return written.replace("一百", "百").replace("一千", "千")


def _letters(first: str) -> Callable[[int], str]:
    """A … Z, AA … ZZ, as Word goes on."""
    return lambda value: chr(ord(first) + (value - 1) % 26) * min((value - 1) // 26 + 1, _MAX_LABEL)


def _roman(value: int) -> str:
    out, rest = "", value if value < 4000 else 0
    marks = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    for worth, mark in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), marks, strict=True):
        out, rest = out + mark * (rest // worth), rest % worth
    return out or str(value)


_THOUSANDS = _counted(_CHINESE, ("十", "百", "千"), bare_ten=True)
_CIRCLES = "".join(map(chr, [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)]))
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = "０１２３４５６７８９"
_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": _digits(_FULL_WIDTH),
    "decimalFullWidth2": _digits(_FULL_WIDTH),
    "decimalEnclosedCircle": _series(_CIRCLES),
    "decimalEnclosedCircleChinese": _series(_CIRCLES),
    "decimalEnclosedFullstop": _series("".join(map(chr, range(0x2488, 0x249C)))),
    "decimalEnclosedParen": _series("".join(map(chr, range(0x2474, 0x2488)))),
    "ideographEnclosedCircle": _series("".join(map(chr, range(0x3280, 0x328A)))),
    "chineseCounting": _below_hundred,
    "taiwaneseCounting": _below_hundred,
    "chineseCountingThousand": _THOUSANDS,
    "taiwaneseCountingThousand": _THOUSANDS,
    "japaneseCounting": _japanese,
    "koreanCounting": _THOUSANDS,
    "ideographDigital": _digits("〇一二三四五六七八九"),
    "taiwaneseDigital": _digits("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _digits("〇一二三四五六七八九"),
    "chineseLegalSimplified": _counted("零壹贰叁肆伍陆柒捌玖", ("拾", "佰", "仟"), bare_ten=False),
    "ideographLegalTraditional": _counted("零壹貳參肆伍陸柒捌玖", ("拾", "佰", "仟"), bare_ten=False),
    "ideographTraditional": _series(_STEMS),
    "ideographZodiac": _series(_BRANCHES),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "ordinal": str,
}
