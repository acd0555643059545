"""Pictures of a document's pages with a box around each claim, by the places where the claims are printed."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extract.controls import visible
from extract.documents.content import PagePicture, Pictures
from extract.documents.guarded import guarded_pictures
from extract.documents.pdf.reader import MEDIA_TYPE
from extract.errors import ReadError, message_in
from extract.export.html.layout import pieces_of
from extract.export.html.links import Link
from extract.export.html.words import Words, default_words
from extract.records import Box, Document, Extraction, PageBox

Boxes = Mapping[str, tuple[PageBox, ...]]  #: of each claim, by its id

NOTHING = Pictures()
_ROOM = 1.0  #: points between a figure and its box


@dataclass(frozen=True, slots=True)
class Drawn:
    """What can be shown of a document's pages; ``note`` says why nothing can."""

    boxes: Boxes
    pictures: Pictures = NOTHING
    note: str = ""

    def first_of(self, claim: str) -> PageBox | None:
        """The first box of a claim on a page that is shown."""
        shown = {picture.number for picture in self.pictures.shown}
        return next((each for each in self.boxes.get(claim, ()) if each.page in shown), None)


class BoxMark(NamedTuple):
    """What a claim's box says and where it leads."""

    id: str
    to: str
    role: str
    title: str
    flags: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BoxView:
    id: str  #: none but the first of a claim's boxes
    mark: BoxMark
    style: str
    flags: tuple[Link, ...]  #: shown at it: at a claim's first box


@dataclass(frozen=True, slots=True)
class SheetView:
    """A page: its picture, and what stands over and beside it."""

    id: str
    name: str
    size: tuple[str, str]  #: width and height in points
    source: str
    boxes: tuple[BoxView, ...]
    findings: tuple[Link, ...]  #: in the order of their first boxes


@dataclass(frozen=True, slots=True)
class SheetsView:
    sheets: tuple[SheetView, ...]
    notes: tuple[str, ...]  #: which pages are not shown, and why


def drawn(extraction: Extraction, source: bytes) -> Drawn:
    """The pages of ``extraction`` that have claims; ``source`` is the file that it was read from."""
    document, labels = extraction.document, default_words().labels
    if document.media_type != MEDIA_TYPE:
        return Drawn({}, note=labels["pages_none"])
    boxes = claim_boxes(extraction)
    try:
        pictures = guarded_pictures(source, where=document.name, pages=pages_by_weight(extraction, boxes))
    except ReadError as error:
        return Drawn({}, note=visible(message_in(error, "zh")))
    return Drawn(boxes, pictures)


def claim_boxes(extraction: Extraction) -> Boxes:
    """Where each claim is printed, one box for each line of print; lines of other cells in between are left out."""
    document = extraction.document
    return {
        claim.id: tuple(
            box
            for piece in pieces_of(claim.span, claim.segment.pieces, document.text)
            for box in document.boxes_of(piece)
        )
        for claim in extraction.claims
    }


def pages_by_weight(extraction: Extraction, boxes: Boxes) -> list[int]:
    """Pages with claims, those that findings rest on before the others."""
    rested_on = {claim.id for finding in extraction.findings for claim in finding.claims}
    with_findings = {each.page for claim in rested_on for each in boxes.get(claim, ())}
    with_claims = {each.page for claim in boxes.values() for each in claim}
    return [*sorted(with_findings), *sorted(with_claims - with_findings)]


def sheets_view(
    drawn: Drawn, marks: Mapping[str, BoxMark], *, document: Document, prefix: str, words: Words
) -> SheetsView:
    """The pages as the template shows them; ``marks`` says of each claim what its boxes say."""
    held = _by_page(drawn, marks)
    sheets = tuple(
        SheetView(
            id=f"{prefix}-s{picture.number}",
            name=words.label("page_number", n=picture.number),
            size=(f"{picture.width:.4g}", f"{picture.height:.4g}"),
            source=f"data:image/png;base64,{base64.b64encode(picture.png).decode('ascii')}",
            boxes=tuple(_box_view(mark, box, picture, first) for mark, box, first in held[picture.number]),
            findings=_findings(mark for mark, _, _ in held[picture.number]),
        )
        for picture in drawn.pictures.shown
    )
    return SheetsView(sheets, (drawn.note,) if drawn.note else tuple(_notes(drawn, document.pages or 0, words)))


def _by_page(drawn: Drawn, marks: Mapping[str, BoxMark]) -> Mapping[int, list[tuple[BoxMark, Box, bool]]]:
    """Page → the boxes on it, and whether each is its claim's first that is shown."""
    held: dict[int, list[tuple[BoxMark, Box, bool]]] = defaultdict(list)
    for claim, mark in marks.items():
        first = drawn.first_of(claim)
        for each in drawn.boxes.get(claim, ()):
            held[each.page].append((mark, each.box, each is first))
    return held


def _box_view(mark: BoxMark, box: Box, picture: PagePicture, is_first: bool) -> BoxView:
    return BoxView(
        id=mark.id if is_first else "",
        mark=mark,
        style=placed(box, width=picture.width, height=picture.height),
        flags=mark.flags if is_first else (),
    )


def placed(box: Box, *, width: float, height: float) -> str:
    """CSS that lays a box over the picture of a page of this size, with a little room around the figure.

    >>> placed((100, 50, 148, 60), width=200, height=100)
    'left:49.5%;top:49%;width:25%;height:12%'
    """
    left, right = (_share(edge, width) for edge in (box[0] - _ROOM, box[2] + _ROOM))
    top, bottom = (_share(edge, height) for edge in (box[1] - _ROOM, box[3] + _ROOM))
    sides = {"left": left, "top": top, "width": max(right - left, 0), "height": max(bottom - top, 0)}
    return ";".join(f"{side}:{round(share, 2):g}%" for side, share in sides.items())


def _share(edge: float, whole: float) -> float:
    """Per cent, within the page."""
    return min(max(edge / whole, 0.0), 1.0) * 100


def _findings(marks: Iterable[BoxMark]) -> tuple[Link, ...]:
    return tuple({flag.id: flag for mark in marks for flag in mark.flags}.values())


def _notes(drawn: Drawn, pages: int, words: Words) -> Iterator[str]:
    """One line for each reason why pages are not shown."""
    pictures = drawn.pictures
    wanted = {each.page for boxes in drawn.boxes.values() for each in boxes}
    bare = [number for number in range(1, pages + 1) if number not in wanted]
    for name, numbers in (
        ("pages_bare", bare),
        ("pages_too_many", pictures.too_many),
        ("pages_undrawn", pictures.undrawn),
    ):
        if numbers:
            yield words.label(name, pages=ranges(numbers))


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in order, those in a row as from–to.

    >>> ranges([1, 3, 4, 5, 9, 10])
    '1、3–5、9、10'
    """
    breaks = [0, *(place for place, (one, two) in enumerate(pairwise(numbers), 1) if two != one + 1), len(numbers)]
    runs = (numbers[start:end] for start, end in pairwise(breaks))
    return "、".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)
