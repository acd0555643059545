"""Files of separated values (.csv, .tsv): their cells as those of one sheet, quotes taken off."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from extract.documents.blocks import Paragraph, laid_out
from extract.documents.content import Content
from extract.documents.decoding import decoded
from extract.documents.placed_cells import PlacedCell, blocks_of_cells
from extract.documents.workbooks import Place, name_of
from extract.errors import ReadError
from extract.offsets import CharSpan
from extract.records import Stretch

MEDIA_TYPE = "text/csv"
_SEPARATORS = ",\t;|"
_SAID = re.compile(r"sep=([,\t;|])\r?\n", re.I)  #: how a file tells Excel what parts its cells
_SAMPLE = 64
_LONGEST = 1 << 20  #: characters of one cell; more means a quotation mark that nobody closed


def read_separated(data: bytes, *, where: str) -> Content:
    """The text of a file of separated values, and the grids of its tables; one without separators is plain text.

    Raises:
        ReadError: if ``data`` is not decodable, or a quotation mark is never closed.
    """
    text = decoded(data, where)
    said = _SAID.match(text)
    separator = said[1] if said else separator_of(text)
    if separator is None:
        return Content(text=text, media_type="text/plain")
    rows = read_rows(text[said.end() :] if said else text, separator, where=where)
    cells = [
        PlacedCell(row, column, (_paragraph(written, Place(row, column)),))
        for row, values in enumerate(rows)
        for column, written in enumerate(values)
        if written.strip()
    ]
    text, grids, stretches = laid_out(blocks_of_cells(cells, where=where))
    return Content(text=text, media_type=MEDIA_TYPE, grids=grids, stretches=stretches)


def separator_of(text: str) -> str | None:
    r"""What parts the cells: the sign that parts the same number of them in most lines; None where none does.

    >>> separator_of("指标,目标值\n供地,764宗"), separator_of("甲;1.5\n乙;2.5"), separator_of("全年供地764宗。")
    (',', ';', None)
    """
    best, found = 0, None
    for separator in _SEPARATORS:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            widths = Counter(len(row) for _, row in zip(range(_SAMPLE), reader, strict=False) if row)
        except csv.Error:
            continue
        likeness = max((count * (width - 1) for width, count in widths.items() if width > 1), default=0)
        if likeness > best:
            best, found = likeness, separator
    return found


def read_rows(text: str, separator: str, *, where: str) -> Sequence[Sequence[str]]:
    """The rows, each of them its cells."""
    csv.field_size_limit(max(_LONGEST, csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return [row if any(row) else [] for row in reader]
    except csv.Error as error:
        raise ReadError(
            f"{where}: line {reader.line_num}: no separated values ({error}); look for a quotation mark that is not "
            "closed, or name the file .txt to read it as text",
            zh=f"{where}：第 {reader.line_num} 行不是规范的分隔文本（{error}）；"
            "请检查未闭合的引号，或改名为 .txt 按文本读取",
        ) from error


def _paragraph(written: str, place: Place) -> Paragraph:
    words = written.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return Paragraph(words, (Stretch(span=CharSpan(0, len(words)), part=name_of(place)),))
