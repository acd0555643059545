"""Another program sees the same cells: pdfplumber, which finds them by its own reading of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.documents.pages.tables import ruled_tables
from extract.documents.pdf.reader import read_pages
from extract.records import Box

HERE = Path(__file__).parent
_NEAR = 2.0  #: points


def _near(box: Box, other: Box) -> bool:
    return all(abs(one - two) <= _NEAR for one, two in zip(box, other, strict=True))


@pytest.mark.parametrize("name", ["office.pdf", "browser.pdf"])
def test_pdfplumber_finds_the_same_cells(name: str) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    pages = read_pages((HERE / name).read_bytes(), where=name)
    with pdfplumber.open(HERE / name) as pdf:
        theirs = [[cell for table in page.find_tables() for cell in table.cells] for page in pdf.pages]
    ours = [
        [table.box_of(cell) for table in ruled_tables(page.shown.rulings) for cell in table.cells] for page in pages
    ]
    assert [len(boxes) for boxes in ours] == [len(boxes) for boxes in theirs]
    assert sum(map(len, ours)) > 80
    for mine, others in zip(ours, theirs, strict=True):
        assert all(any(_near(box, other) for other in others) for box in mine)
