"""The programs that made this folder's PDFs still make them so that they read the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract.documents.pdf.reader import read_pdf
from tests.documents.pdf_files.make import make_all

HERE = Path(__file__).parent


@pytest.mark.system
def test_pdfs_made_anew_read_like_those_kept(tmp_path: Path) -> None:
    for program in ("soffice", "chromium"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    pytest.importorskip("pypdf")
    for path in make_all(tmp_path):
        if path.name != "locked.pdf":
            kept = (HERE / path.name).read_bytes()
            assert read_pdf(path.read_bytes(), where=path.name).text == read_pdf(kept, where=path.name).text
