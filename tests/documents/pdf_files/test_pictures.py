"""Pictures of pages: the figure lies where its box says, and no page makes a picture beyond the bounds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents.pdf import pictures
from extract.documents.pdf.pictures import page_pictures
from extract.documents.pdf.png import grey_png
from extract.documents.pdf.reader import read_pdf
from extract.errors import ReadError
from extract.offsets import CharSpan
from extract.records import Document
from tests.documents.pdf_files.png_files import read_grey_png
from tests.documents.pdf_files.test_places import SIDEWAYS
from tests.documents.pdf_files.writer import Page, pdf_of, text_at

HERE = Path(__file__).parent
BARE = "0 0 m\n"


@given(st.sampled_from([1, 2, 4, 8]), st.integers(1, 19), st.integers(1, 5), st.randoms(use_true_random=False))
def test_a_picture_holds_each_pixel_in_its_nearest_shade(
    bits: int, width: int, height: int, chance: random.Random
) -> None:
    pixels = bytes(chance.randrange(256) for _ in range(width * height))
    picture = read_grey_png(grey_png(pixels, width=width, height=height, bits=bits))
    assert (picture.width, picture.height, picture.bits) == (width, height, bits)
    most = (1 << bits) - 1
    shades = [shade for row in picture.rows for shade in row]
    assert all(
        abs(shade / most - pixel / 255) <= 0.5 / most + 1e-9 for shade, pixel in zip(shades, pixels, strict=True)
    )


@pytest.mark.parametrize("page", [page for page, _ in SIDEWAYS.values()], ids=SIDEWAYS.keys())
def test_a_figure_is_drawn_where_its_box_says_however_the_page_is_turned(page: Page) -> None:
    data = pdf_of(page)
    content = read_pdf(data, where="t.pdf")
    document = Document(name="t", text=content.text, stretches=content.stretches)
    start = document.text.index("500")
    ((_, (left, top, right, bottom)),) = document.boxes_of(CharSpan(start, start + 3))
    (shown,) = page_pictures(data, where="t.pdf", pages=[1]).shown
    picture = read_grey_png(shown.png)
    scale = picture.width / shown.width
    assert picture.height == pytest.approx(shown.height * scale, abs=1)
    assert picture.darkest(*(edge * scale for edge in (left, top, right, bottom))) < 0.3
    assert picture.darkest(0, 0, picture.width, (top - 30) * scale) == 1
    assert picture.darkest(0, (bottom + 100) * scale, picture.width, picture.height) == 1


def test_pages_come_in_order_each_once_and_only_those_there_are() -> None:
    data = pdf_of(text_at(90, 700, "500"), BARE, text_at(90, 700, "600"))
    found = page_pictures(data, where="t.pdf", pages=[3, 1, 3, 0, 9])
    assert [picture.number for picture in found.shown] == [1, 3]
    assert found.too_many == found.undrawn == ()


def test_beyond_the_most_pictures_the_less_important_pages_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PICTURES", 2)
    found = page_pictures(pdf_of(BARE, BARE, BARE, BARE), where="t.pdf", pages=[4, 2, 3, 1])
    assert ([picture.number for picture in found.shown], found.too_many) == ([2, 4], (1, 3))


def test_pictures_together_stay_below_their_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (HERE / "office.pdf").read_bytes()
    one = len(page_pictures(data, where="t.pdf", pages=[1]).shown[0].png)
    monkeypatch.setattr(pictures, "MAX_TOGETHER", pictures.MAX_PICTURE + one - 1)
    found = page_pictures(data, where="t.pdf", pages=[1, 2, 3])
    assert ([picture.number for picture in found.shown], found.too_many) == ([1], (2, 3))


def test_a_page_too_large_in_fine_shades_is_drawn_coarser_and_in_the_end_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = (HERE / "office.pdf").read_bytes()
    fine = page_pictures(data, where="t.pdf", pages=[1]).shown[0]
    monkeypatch.setattr(pictures, "MAX_PICTURE", len(fine.png) // 2)
    (coarse,) = page_pictures(data, where="t.pdf", pages=[1]).shown
    assert len(coarse.png) <= len(fine.png) // 2
    assert (coarse.width, coarse.height) == (fine.width, fine.height)
    assert read_grey_png(coarse.png).bits < read_grey_png(fine.png).bits
    monkeypatch.setattr(pictures, "MAX_PICTURE", 1000)
    assert page_pictures(data, where="t.pdf", pages=[1]) == ((), (), (1,))


@pytest.mark.parametrize(
    ("box", "most"),
    [((0, 0, 14400, 14400), 2400), ((0, 0, 14400, 40), 2400), ((0, 0, 40, 14400), 2400)],
    ids=["a wall", "a strip", "a column"],
)
def test_no_page_is_drawn_with_more_pixels_than_the_bound(box: tuple[float, float, float, float], most: int) -> None:
    (shown,) = page_pictures(pdf_of(Page(BARE, box=box)), where="t.pdf", pages=[1]).shown
    picture = read_grey_png(shown.png)
    assert max(picture.width, picture.height) == most


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ReadError, match="get the file anew"):
        page_pictures(b"%PDF-1.7\nnothing\nstartxref\n0\n%%EOF", where="t.pdf", pages=[1])
