"""What a document's reader must know is one line on stderr, in the language of the messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.documents.recognition import is_installed
from tests.cli.commands import started
from tests.documents.pdf_files.writer import pdf_of, picture, text_at


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "r.pdf: pages that need text recognition (install zh-claim-extract[ocr]): 2",
                "r.pdf: pages that are pictures in which no text was recognised: 2",
            ),
        ),
        (
            "zh",
            (
                "r.pdf：以下页面需要文字识别（请安装 zh-claim-extract[ocr]）：2",
                "r.pdf：以下页面为图片，未识别出文字：2",
            ),
        ),
    ],
)
def test_pages_without_text_are_told_and_the_rest_is_read(language: str, said: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(pdf_of(text_at(90, 700, "计划供地700宗，实际供地764宗。"), picture(0, 0, 595, 842)))
    ended = started("run", path, "--lang", language)
    assert ended.code == 0
    assert ended.said.splitlines() == [f"extract: {said[is_installed()]}"]
    assert b'"text": "764\xe5\xae\x97"' in ended.out
