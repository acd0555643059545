"""Writes a form as Word files and text dumps have it, one function a layout."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from docx.document import Document as WordDocument

from tests.documents.docx_files.builder import built
from tests.segmentation.layouts.forms import ABOVE, LEFT, Form, Rows, Table

_MERGED = (ABOVE, LEFT)
_Write = Callable[[Form, Table], str]


def word_file(form: Form) -> bytes:
    """A Word file whose cells are really merged."""

    def build(word: WordDocument) -> None:
        word.add_paragraph(form.title)
        for table in form.tables:
            for line in table.caption:
                word.add_paragraph(line)
            _word_table(word, table.rows)

    return built(build)


def _word_table(word: WordDocument, rows: Rows) -> None:
    made = word.add_table(rows=len(rows), cols=len(rows[0]))
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text not in _MERGED:
                bottom, right = _corner(rows, top, left)
                made.cell(top, left).merge(made.cell(bottom, right)).text = text


def _corner(rows: Rows, top: int, left: int) -> tuple[int, int]:
    """The lower right place of the cell that begins at ``top``, ``left``."""
    right = left
    while right + 1 < len(rows[top]) and rows[top][right + 1] == LEFT:
        right += 1
    bottom = top
    while bottom + 1 < len(rows) and rows[bottom + 1][left] == ABOVE:
        bottom += 1
    return bottom, right


def _text(form: Form, write: _Write, *, gap: str = "\n") -> str:
    parts = [form.title + "\n"]
    for table in form.tables:
        parts += [*(line + "\n" for line in table.caption), write(form, table)]
    return gap.join(parts) + "\n"


def _emptied(row: Sequence[str]) -> list[str]:
    """The places of a row; merged ones are empty."""
    return ["" if cell in _MERGED else cell for cell in row]


def _left_out(row: Sequence[str]) -> list[str]:
    """The places of a row without merged ones."""
    return [cell for cell in row if cell not in _MERGED]


def tab_rows(form: Form) -> str:
    return _text(form, lambda _, t: "\n".join("\t".join(_emptied(row)) for row in t.rows) + "\n")


def tab_rows_left_out(form: Form) -> str:
    return _text(form, lambda _, t: "\n".join("\t".join(_left_out(row)) for row in t.rows) + "\n")


def tab_rows_broken_headers(form: Form) -> str:
    """Header cells of two lines stay so in the dump."""
    return _text(form, lambda f, t: "\n".join("\t".join(_broken(f, c) for c in _emptied(row)) for row in t.rows) + "\n")


def _broken(form: Form, cell: str) -> str:
    return "\n".join(form.broken.get(cell, (cell,)))


def tab_rows_over_pages(form: Form) -> str:
    """A page ends in the middle of each table: its number stands there, and the header comes again."""

    def write(_: Form, table: Table) -> str:
        lines = ["\t".join(_emptied(row)) for row in table.rows]
        head = max(n for n, row in enumerate(table.rows) if not any(c.isdigit() for cell in row for c in cell))
        middle = (head + 1 + len(lines)) // 2
        return "\n".join([*lines[:middle], "", "- 2 -", "", lines[head], *lines[middle:]]) + "\n"

    return _text(form, write)


def tab_rows_with_left_overs(form: Form) -> str:
    """What a converter forgot: paragraph tags and bookmarks inside cells."""

    def write(_: Form, table: Table) -> str:
        rows = ["\t".join(f"<p>{cell}</p>" if cell else "" for cell in _emptied(row)) for row in table.rows]
        return "[bookmark: _Toc7031]" + "\n".join(rows) + "\n"

    return _text(form, write)


def cell_a_line(form: Form) -> str:
    """One cell a line behind a tab, its own further lines without one, and a blank line between rows."""
    return _text(form, lambda _, t: "\n".join("".join(f"\t{cell}\n" for cell in _left_out(row)) for row in t.rows))


def single_cells(form: Form) -> str:
    return _text(form, lambda _, t: "\n".join(f"{cell}\n" for cell in _written(t)))


def single_cells_split(form: Form) -> str:
    """Cells of a narrow column: words go on in the next line."""
    return _text(form, lambda f, t: "\n".join("\n".join(_lines(f, cell)) + "\n" for cell in _written(t)))


def single_cells_every_line_parted(form: Form) -> str:
    """A blank line behind every line, those inside a cell too."""
    return _text(form, lambda f, t: "\n".join(f"{line}\n" for cell in _written(t) for line in _lines(f, cell)))


def _written(table: Table) -> Iterator[str]:
    yield from (cell for row in table.rows for cell in _left_out(row) if cell)


def _lines(form: Form, cell: str, width: int = 7) -> list[str]:
    """A cell in lines no longer than ``width``; figures with their units stay whole."""
    if cell in form.broken:
        return list(form.broken[cell])
    if "\n" in cell:
        return cell.split("\n")
    if any(c.isdigit() for c in cell):
        return [cell]
    return [cell[n : n + width] for n in range(0, len(cell), width)]


def bars(form: Form) -> str:
    return _text(form, lambda _, t: "\n".join("｜".join(f" {c} " for c in _emptied(row)) for row in t.rows) + "\n")


def framed_bars(form: Form) -> str:
    def write(_: Form, table: Table) -> str:
        rows = [f"| {' | '.join(_emptied(row))} |" for row in table.rows]
        return "\n".join([rows[0], "|" + "---|" * len(table.rows[0]), *rows[1:]]) + "\n"

    return _text(form, write)


def cell_a_line_with_bar(form: Form) -> str:
    """One cell a line with a bar behind it; an empty cell is a bar alone, a merged one is left out."""
    return _text(form, lambda _, t: "\n".join(f"{cell} |" for row in t.rows for cell in _left_out(row)) + "\n")


def comma_rows(form: Form) -> str:
    return _text(form, lambda _, t: "\n".join(",".join(map(_quoted, _emptied(row))) for row in t.rows) + "\n")


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\n') else cell


def spaced_words(form: Form) -> str:
    """Rows whose cells single spaces part; merged and empty cells leave nothing."""
    return _text(form, lambda _, t: "\n".join(" ".join(c for c in _left_out(row) if c) for row in t.rows) + "\n")


def spaced_columns(form: Form) -> str:
    """Columns of spaces; wide characters count two, and long names go on in the next line."""

    def write(form: Form, table: Table) -> str:
        rows = [[_lines(form, cell, 8) for cell in _emptied(row)] for row in table.rows]
        widths = [max(_width(line) for row in rows for line in row[n]) + 3 for n in range(len(table.rows[0]))]
        return "".join(f"{line}\n" for row in rows for line in _page_lines(row, widths))

    return _text(form, write)


def _page_lines(row: list[list[str]], widths: list[int]) -> Iterator[str]:
    for n in range(max(len(cell) for cell in row)):
        line = ""
        for cell, width in zip(row, widths, strict=True):
            words = cell[n] if n < len(cell) else ""
            line += words + " " * (width - _width(words))
        yield line.rstrip()


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def targets_before_actuals(form: Form) -> str:
    """Column after column: the header of the first and all its lines, then those of the next."""

    def write(_: Form, table: Table) -> str:
        return "".join(f"{cell}\n" for column in zip(*table.rows, strict=True) for cell in column)

    return _text(form, write)
