"""OFD documents (GB/T 33190): text in reading order with its place on the page, and tables that lines draw."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from extract.documents.blocks import laid_out
from extract.documents.content import Content
from extract.documents.packages import Package, opened_package
from extract.documents.pages.characters import Character
from extract.documents.pages.frames import Frame
from extract.documents.pages.reading_order import PrintedPage, read_blocks
from extract.documents.pages.rulings import rulings_along
from extract.errors import ReadError
from extract.records import Box

MEDIA_TYPE = "application/ofd"
MAX_PAGES = 2000
MAX_CHARACTERS = 5_000_000
MAX_PAGE_CHARACTERS = 100_000
MAX_RULINGS = 20_000  #: of a page
_POINTS = 72 / 25.4  #: OFD counts in millimetres
_MAX_NESTING = 16
_THIN = 0.8  #: millimetres; a filled box that is no thicker is drawn as a line
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEP = re.compile(r"([MSLQBAC])([^MSLQBAC]*)")

_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _Drawn(NamedTuple):
    """What a page draws, in points."""

    characters: list[Character]
    lines: list[Box]


def read_ofd(data: bytes, *, where: str) -> Content:
    """The text of an OFD document, the grids of its tables, and where each printed line stands.

    Raises:
        ReadError: if ``data`` is damaged, encrypted, no OFD document, or built to do harm.
    """
    package = opened_package(data, where=where)
    pages = list(_pages(package))
    if not any(page.characters for page in pages):
        raise ReadError(
            f"{where}: an OFD document without text (its pages are pictures or drawings); "
            "save its pages as pictures and give those, or export it as text",
            zh=f"{where}：OFD 文件中没有文字（页面为图片或图形）；请将页面存为图片后读取，或导出为文本",
        )
    text, grids, stretches = laid_out(read_blocks(pages))
    return Content(
        text=text,
        media_type=MEDIA_TYPE,
        grids=grids,
        stretches=stretches,
        pages=len(pages),
    )


def _pages(package: Package) -> Iterator[PrintedPage]:
    root = package.xml("OFD.xml")
    count = 0
    characters = 0
    for body in _all(root, "DocBody"):
        main = _resolved("", _text(_first(body, "DocRoot")))
        document = package.xml(main)
        if document is None:
            raise _broken(package.where, main)
        folder = posixpath.dirname(main)
        common = _first(document, "CommonData")
        area = _first(_first(common, "PageArea"), "PhysicalBox")
        templates = {t.get("ID"): _resolved(folder, t.get("BaseLoc", "")) for t in _all(common, "TemplatePage")}
        for entry in _all(_first(document, "Pages"), "Page"):
            count += 1
            part = _resolved(folder, entry.get("BaseLoc", ""))
            page = package.xml(part)
            if page is None or count > MAX_PAGES:
                raise (
                    _broken(package.where, part)
                    if page is None
                    else _too_much(package.where, f"over {MAX_PAGES} pages")
                )
            own = _numbers(_text(_first(_first(page, "Area"), "PhysicalBox")) or _text(area))
            drawn = _Drawn([], [])
            for used in _all(page, "Template"):
                template = package.xml(templates.get(used.get("TemplateID"), ""))
                _gather(_first(template, "Content"), _SAME, drawn, 0)
            _gather(_first(page, "Content"), _SAME, drawn, 0)
            characters += len(drawn.characters)
            if (
                characters > MAX_CHARACTERS
                or len(drawn.characters) > MAX_PAGE_CHARACTERS
                or len(drawn.lines) > MAX_RULINGS
            ):
                raise _too_much(package.where, "more text or lines than any report has")
            frame = Frame(0.0, 0.0, *_size(own))
            yield PrintedPage(frame, tuple(drawn.characters), tuple(rulings_along(drawn.lines, frame.size)))
    if not count:
        raise _broken(package.where, "OFD.xml")


def _gather(container: Any, matrix: _Matrix, drawn: _Drawn, nesting: int) -> None:
    """Adds what stands in a layer or a block of a page."""
    if nesting > _MAX_NESTING:
        return
    for element in () if container is None else container:
        name = _name(element)
        if element.get("Visible", "true").lower() == "false":
            continue
        if name in ("Layer", "PageBlock", "CompositeObject", "Content"):
            _gather(element, matrix, drawn, nesting + 1)
        elif name == "TextObject":
            drawn.characters.extend(_characters(element, _placed(element, matrix)))
        elif name == "PathObject":
            drawn.lines.extend(_lines(element, _placed(element, matrix)))


def _placed(element: Any, matrix: _Matrix) -> _Matrix:
    """From an object's own coordinates to the page's: its matrix, then the corner of its boundary."""
    a, b, c, d, e, f = (*_numbers(element.get("CTM", "")), *([0.0] * 6))[:6] if element.get("CTM") else _SAME
    corner = _numbers(element.get("Boundary", ""))[:2]
    x, y = corner if len(corner) == 2 else (0.0, 0.0)
    return _after((a, b, c, d, e + x, f + y), matrix)


def _after(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    first = (oa * a + oc * b, ob * a + od * b, oa * c + oc * d, ob * c + od * d)
    return (*first, oa * e + oc * f + oe, ob * e + od * f + of)


def _at(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _characters(element: Any, matrix: _Matrix) -> Iterator[Character]:
    """The characters of a text object; a text code without a place goes on behind the one before."""
    size = next(iter(_numbers(element.get("Size", ""))), 0.0) or 3.5
    x = y = 0.0
    for code in _all(element, "TextCode"):
        text = "".join(c for c in str(code.text or "") if c >= " ").strip()
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        steps = _deltas(code.get("DeltaX", ""), len(text) - 1)
        downward = _deltas(code.get("DeltaY", ""), len(text) - 1)
        is_upright = any(downward) and not any(steps)
        for number, character in enumerate(text):
            wide = size if ord(character) > 0x2E7F else size * 0.55
            step = steps[number] if number < len(steps) and steps[number] > 0 else wide
            yield _character(character, x, y, min(step, wide * 1.1), size, matrix)
            if is_upright:  # set downwards
                y += downward[number] if number < len(downward) and downward[number] else size
            else:
                x += step


def _character(text: str, x: float, y: float, width: float, size: float, matrix: _Matrix) -> Character:
    """A character that stands on (x, y) of its object."""
    high = size * _scale(matrix)
    left, base = _at(matrix, x, y)
    left, right = sorted((left, _at(matrix, x + width, y)[0]))
    top, bottom = base - 0.86 * high, base + 0.14 * high
    return Character(text, left * _POINTS, top * _POINTS, right * _POINTS, bottom * _POINTS, high * _POINTS)


def _scale(matrix: _Matrix) -> float:
    return math.hypot(matrix[2], matrix[3]) or 1.0


def _lines(element: Any, matrix: _Matrix) -> Iterator[Box]:
    """The straight lines of a path that are level or upright; a thin filled box is one."""
    corner: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    found = list[Box]()
    for step, written in _STEP.findall(_text(_first(element, "AbbreviatedData"))[:100_000]):
        numbers = _numbers(written)
        end = start if step == "C" else _at(matrix, *numbers[-2:]) if len(numbers) >= 2 else None
        if end is None:
            continue
        if step in "LC" and corner is not None:
            found.append(_ordered(corner, end))
        elif step in "MS":
            start = end
        corner = end
    if not found:
        return
    left, top = min(line[0] for line in found), min(line[1] for line in found)
    right, bottom = max(line[2] for line in found), max(line[3] for line in found)
    if len(found) >= 3 and min(right - left, bottom - top) <= _THIN:
        found = [(left, top, right, bottom)]
    for line in found:
        if min(line[2] - line[0], line[3] - line[1]) <= _THIN:
            yield (line[0] * _POINTS, line[1] * _POINTS, line[2] * _POINTS, line[3] * _POINTS)


def _ordered(one: tuple[float, float], two: tuple[float, float]) -> Box:
    return (min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))


def _deltas(written: str, at_most: int) -> list[float]:
    """Steps between characters; ``g 5 3.2`` stands for five of 3.2 (GB/T 33190, 11.3)."""
    parts, made, at = written.split(), list[float](), 0
    while at < len(parts) and len(made) < at_most:
        if parts[at] == "g" and at + 2 < len(parts):
            count = int(_number(parts[at + 1], 0.0))
            made += [_number(parts[at + 2], 0.0)] * max(0, min(count, at_most - len(made)))
            at += 3
        else:
            made.append(_number(parts[at], 0.0))
            at += 1
    return made


def _size(box: list[float]) -> tuple[float, float]:
    """Width and height of a page in points; of A4 where the file does not say."""
    return (box[2] * _POINTS, box[3] * _POINTS) if len(box) > 3 and min(box[2:4]) > 0 else (595.0, 842.0)


def _number(written: str | None, default: float) -> float:
    return float(written) if written is not None and len(written) < 40 and _NUMBER.fullmatch(written) else default


def _numbers(written: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(written[:100_000]) if len(number) < 40]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Any, name: str) -> Iterator[Any]:
    yield from (inner for inner in (() if element is None else element) if _name(inner) == name)


def _first(element: Any, name: str) -> Any:
    return next(_all(element, name), None)


def _text(element: Any) -> str:
    return "" if element is None else str(element.text or "").strip()


def _resolved(folder: str, place: str) -> str:
    """A part's name from where it is named; ``/`` begins at the package's root."""
    return posixpath.normpath(posixpath.join("/", folder, place.strip())).lstrip("/")


def _broken(where: str, part: str) -> ReadError:
    return ReadError(
        f"{where}: a damaged OFD document: part {part!r} is missing or empty; get the file anew",
        zh=f"{where}：OFD 文件已损坏：缺少部件 {part!r}；请重新获取文件",
    )


def _too_much(where: str, what: str) -> ReadError:
    return ReadError(
        f"{where}: {what}; no report is like that, so it is not read; split it",
        zh=f"{where}：内容过多，不像正常的报告，不予读取；请拆分",
    )
