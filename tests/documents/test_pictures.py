"""Text recognised in pictures of printed pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.documents import read_document, recognition
from extract.errors import ReadError
from extract.offsets import CharSpan, joined
from extract.records import Origin
from tests.cli.commands import started

SCAN = Path(__file__).parent / "samples" / "scan.png"


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_NEEDED", ("no_such_module",))
    with pytest.raises(ReadError, match=r"install zh-claim-extract\[ocr\]") as caught:
        read_document(SCAN, guarded=False)
    assert "请安装 zh-claim-extract[ocr]" in caught.value.zh


@pytest.mark.system
@pytest.mark.ocr
class TestRecognised:
    def test_a_scan_gives_its_text_its_table_and_where_they_stand(self) -> None:
        document = read_document(SCAN)
        assert "支出1388.2万元" in document.text
        assert document.grids is not None
        (grid,) = document.grids
        shown = [[joined(document.text, cell) if cell else "" for cell in row] for row in grid.rows]
        assert ["满意度", "满意度", "≥95%", "96.5%"] in shown
        start = document.text.index("1388.2")
        place = document.place_of(CharSpan(start, start + 6))
        assert (place.page, place.origin) == (1, Origin.OCR)
        assert place.box is not None
        assert 0 < place.box[0] < place.box[2] < 595
        assert "mean score" in document.notes[0]

    def test_the_run_says_that_figures_were_recognised(self) -> None:
        ended = started("run", SCAN)
        assert ended.code == 0
        assert ended.said.count("\n") == 1
        assert "scan.png: text recognised in pictures" in ended.said
        assert b'"origin":"ocr"' in ended.out.replace(b": ", b":")
