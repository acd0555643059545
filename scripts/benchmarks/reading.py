"""Reading documents: PDF pages beside pdfminer's text of the same pages, and pages of Word a second."""

from __future__ import annotations

import io
import logging
import statistics
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import cpu_seconds

ROUNDS = 5  #: in which the readers take turns; the median counts
WORD_PARAGRAPHS, WORD_ROWS = 400, 120  #: of the Word report that is made for this
CHARACTERS_ON_A_PAGE = 1000  #: of a Word report, which knows no pages: 38 lines of 26 characters are full
_SENTENCE = "全年新建改建泵站{n}座，完成投资{m}.5万元，比上年增长{n}%，受益农田{m}亩，群众满意度达到9{d}%。"


def print_reading(folder: Path) -> None:
    """``folder`` holds PDF files made by real programs, with tables and without."""
    logging.disable(logging.WARNING)
    print(f"\n{'PDF read':28}  {'pages':>5}  {'pages/s':>8}  {'x pdfminer':>10}")
    for path in sorted(folder.glob("*.pdf")):
        if "locked" not in path.name:
            _print_pdf(path)
    characters, seconds = _word_reading()
    pages = characters / CHARACTERS_ON_A_PAGE
    print(f"{'Word (.docx), 1,000 char.':28}  {pages:5.0f}  {pages / seconds:8.0f}", flush=True)


def _print_pdf(path: Path) -> None:
    from pdfminer.high_level import extract_text

    from extract.documents.pdf.reader import read_pdf

    data = path.read_bytes()
    content = read_pdf(data, where=path.name)
    own, other = _medians(lambda: read_pdf(data, where=path.name), lambda: extract_text(io.BytesIO(data)))
    pages = content.pages or 0
    name = f"{path.name}, {len(content.grids or ())} tables"
    print(f"{name:28}  {pages:5}  {pages / own:8.1f}  {other / own:10.1f}", flush=True)


def _medians(*readers: Callable[[], object]) -> list[float]:
    """CPU seconds of each, the median over rounds in which they take turns."""
    rounds = [[cpu_seconds(read) for read in readers] for _ in range(ROUNDS + 1)][1:]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def _word_reading() -> tuple[int, float]:
    """(characters of a long Word report with a table, CPU seconds to read it)."""
    import docx

    from extract.documents.docx import read_docx

    word = docx.Document()
    for n in range(WORD_PARAGRAPHS):
        word.add_paragraph(_SENTENCE.format(n=n, m=n * 7, d=n % 10) * 3)
    table = word.add_table(rows=WORD_ROWS, cols=8)
    for n, row in enumerate(table.rows):
        for place, cell in enumerate(row.cells):
            cell.text = f"指标{n}" if place == 0 else str(n * place)
    buffer = io.BytesIO()
    word.save(buffer)
    data = buffer.getvalue()
    (seconds,) = _medians(lambda: read_docx(data, where="report.docx"))
    return len(read_docx(data, where="report.docx").text), seconds
