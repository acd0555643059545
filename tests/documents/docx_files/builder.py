"""Word documents made for a test: with python-docx where it can, else by putting XML into their parts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence

import docx
from docx.document import Document as WordDocument

from extract.documents.reading import document_from_bytes
from extract.offsets import joined
from extract.records import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = {
    "w": W,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(word: WordDocument) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def built(build: Callable[[WordDocument], object]) -> bytes:
    """The bytes of a document that ``build`` fills."""
    word = docx.Document()
    build(word)
    return saved(word)


def with_parts(data: bytes, parts: Mapping[str, str | bytes | None]) -> bytes:
    """``data`` with parts put in place of those of the same name; None takes one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def part_of(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def with_body(
    body: str, *, numbering: str = "", footnotes: str = "", endnotes: str = "", styles: str = "", namespace: str = W
) -> bytes:
    """A document whose body is the XML ``body``; the other parts hold the XML given for them."""
    told = DECLARED.replace(f'"{W}"', f'"{namespace}"')
    data = saved(docx.Document())
    parts: dict[str, str | bytes | None] = {
        "word/document.xml": f"<w:document {told}><w:body>{body}<w:sectPr/></w:body></w:document>"
    }
    inner = {"numbering": numbering, "footnotes": footnotes, "endnotes": endnotes, "styles": styles}
    relations = part_of(data, "word/_rels/document.xml.rels")
    for name, content in inner.items():
        if content:
            parts[f"word/{name}.xml"] = f"<w:{name} {told}>{content}</w:{name}>"
            relations = re.sub(rf'<Relationship [^>]*/{name}"[^>]*/>', "", relations)
            link = f'<Relationship Id="rX{name}" Type="{_RELATIONS}/{name}" Target="{name}.xml"/>'
            relations = relations.replace("</Relationships>", f"{link}</Relationships>")
    parts["word/_rels/document.xml.rels"] = relations
    return with_parts(data, parts)


def p(text: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text) if text else ''}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str = "", properties: str = "") -> str:
    """A cell; plain text counts as its paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cell if cell.startswith('<') else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def read(data: bytes, name: str = "report.docx") -> Document:
    return document_from_bytes(data, name=name, where=name, guarded=False)


def text_of(body: str, **parts: str) -> str:
    return read(with_body(body, **parts)).text


def places(document: Document, grid: int = 0) -> list[list[str]]:
    """What a grid's places show; an empty one is an empty string."""
    assert document.grids is not None
    return [[joined(document.text, cell) if cell else "" for cell in row] for row in document.grids[grid].rows]


def table(word: WordDocument, rows: Sequence[Sequence[str]], *merges: tuple[tuple[int, int], tuple[int, int]]) -> None:
    """A table of ``rows``; each of ``merges`` joins the cells between two corners under the text of the first."""
    made = word.add_table(rows=len(rows), cols=len(rows[0]))
    for place, row in zip(made.rows, rows, strict=True):
        for cell, text in zip(place.cells, row, strict=True):
            cell.text = text
    for (top, left), (bottom, right) in merges:
        written = rows[top][left]
        made.cell(top, left).merge(made.cell(bottom, right)).text = written
