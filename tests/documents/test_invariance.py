"""A report says the same as text, as a Word document, as a web page and in a workbook."""

from __future__ import annotations

from collections import Counter

import pytest

from extract.documents.reading import document_from_bytes
from extract.extraction import extract
from tests.documents.other_forms import as_docx, as_html, as_xlsx
from tests.samples import sample_texts

REPORTS = ("chengling-renshe-2022", "hualin-transport-2022", "qishan-education-2020", "xunan-finance-2023")
FORMS = {"a.html": as_html, "a.xlsx": as_xlsx, "b.xlsx": lambda text: as_xlsx(text, numbers=False, gap=0)}


def _said(data: bytes, name: str) -> tuple[Counter[object], Counter[object]]:
    """The claims and the pairs of a report, without where they stand."""
    found = extract(document_from_bytes(data, name=name, where=name))
    claims = Counter((c.quantity.number, c.quantity.unit, c.role, c.slot) for c in found.claims)
    pairs = Counter(
        (p.target.quantity.number, p.actual.quantity.number if p.actual else None, p.verdict) for p in found.pairs
    )
    return claims, pairs


def _agreement(one: Counter[object], other: Counter[object]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


@pytest.mark.parametrize("report", REPORTS)
def test_other_forms_say_what_the_word_document_says(report: str) -> None:
    text = sample_texts()[report]
    word = _said(as_docx(text), "a.docx")
    for name, form in FORMS.items():
        said = _said(form(text), name)
        assert min(_agreement(*both) for both in zip(word, said, strict=True)) >= 0.99, name
