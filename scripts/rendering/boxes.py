"""Whether the box that a claim names encloses its figure: the crop is read again from the page."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.records import Extraction

_SLACK = 1.0  #: points around a box that the second reading may see
_SPACES = re.compile(r"\s+")


class Boxes(NamedTuple):
    claims: int
    placed: int  #: that name a page and a box
    right: int  #: whose crop reads as the claim does
    wrong: tuple[tuple[str, str], ...]  #: (the claim's text, what the crop reads)


def boxes_read_again(found: Extraction, pdf: bytes) -> Boxes:
    """Reads the crop of every claim's box by the page's own text."""
    import pypdfium2

    pages = pypdfium2.PdfDocument(pdf)
    text = found.document.text
    placed, wrong = 0, []
    for claim in found.claims:
        place = found.document.place_of(claim.span)
        if place.page is None or place.box is None:
            continue
        placed += 1
        page = pages[place.page - 1]
        left, top, right, bottom = place.box
        height = page.get_height()
        crop = page.get_textpage().get_text_bounded(
            left - _SLACK, height - bottom - _SLACK, right + _SLACK, height - top + _SLACK
        )
        stated = _SPACES.sub("", claim.span.of(text))
        if not stated.startswith(_SPACES.sub("", crop)[: len(stated)] or "?") and stated not in _SPACES.sub("", crop):
            wrong.append((stated, crop))
    return Boxes(len(found.claims), placed, placed - len(wrong), tuple(wrong))
