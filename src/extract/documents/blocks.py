"""Paragraphs and tables as a reader found them, and how they are laid out as one text with grids.

Every format that marks its tables is read in two steps: the file into blocks, the blocks into text. So a report says
the same in each of them: paragraphs are ended by line feeds, a table's cells come row by row, parted by tabs, and a
merged cell's text stands once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.offsets import CharSpan, Pieces
from extract.records import Grid, Stretch


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    stretches: tuple[Stretch, ...] = ()  #: where its characters came from; spans count in ``text``


@dataclass(frozen=True, slots=True)
class BlockCell:
    """A cell as the file has it: the first column that it covers, and how many."""

    blocks: tuple[Block, ...]
    column: int
    width: int
    merges: bool = False  #: merged with others above or below it
    goes_on: bool = False  #: the lower part of the cell above


@dataclass(frozen=True, slots=True)
class BlockTable:
    rows: tuple[tuple[BlockCell, ...], ...]
    width: int  #: columns of the widest row


Block = Paragraph | BlockTable


class LaidOut(NamedTuple):
    text: str
    grids: tuple[Grid, ...]
    stretches: tuple[Stretch, ...]


_CAPTION_LINES = 4  #: as for text tables: the lines above that are looked at, and the longest that is taken
_MAX_CAPTION = 40


def laid_out(blocks: Sequence[Block]) -> LaidOut:
    r"""The text of ``blocks``, the grids of the tables among them, and where its characters came from.

    >>> laid_out([Paragraph("供地764宗"), Paragraph("完成")]).text
    '供地764宗\n完成'
    """
    text, grids, stretches, above = list[str](), list[Grid](), list[Stretch](), list[str]()
    position = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            written = f"{block.text}\n"
            stretches += shifted(block.stretches, position)
            above = [*above, *block.text.split("\n")][-_CAPTION_LINES:]
        else:
            written, rows, inside = _table_text(block, position)
            stretches += inside
            if any(cell for row in rows for cell in row):
                grids.append(
                    Grid(rows=rows, span=CharSpan(position, position + len(written) - 1), caption=_title(above))
                )
            above = []
        text.append(written)
        position += len(written)
    written = "".join(text)
    whole = written[:-1] if blocks and isinstance(blocks[-1], Paragraph) else written
    return LaidOut(whole, tuple(grids), tuple(stretches))


def shifted(stretches: Iterable[Stretch], by: int) -> list[Stretch]:
    """``stretches`` of a text that begins at ``by`` of another one."""
    return [stretch.moved(by) for stretch in stretches]


def _title(above: list[str]) -> str:
    """The last one or two written lines above a table, where they are short: its title and 单位：万元."""
    written = [" ".join(line.split()) for line in above if line.strip()]
    return " ".join(line for line in written[-2:] if len(line) <= _MAX_CAPTION)


def _table_text(table: BlockTable, start: int) -> tuple[str, tuple[tuple[Pieces | None, ...], ...], list[Stretch]]:
    """A table's text, which will begin at ``start``, the cell at each place, and where its characters came from."""
    text, position, stretches = list[str](), start, list[Stretch]()
    rows: list[tuple[Pieces | None, ...]] = []
    for row in table.rows:
        places: list[Pieces | None] = [None] * table.width
        for number, cell in enumerate(row):
            written, inside = _cell_text(cell)
            stretches += shifted(inside, position)
            pieces: Pieces | None = (CharSpan(position, position + len(written)),) if written else None
            pieces = rows[-1][cell.column] if cell.goes_on else pieces
            places[cell.column : cell.column + cell.width] = [pieces] * cell.width
            text.append(written + ("\t" if number + 1 < len(row) else ""))
            position += len(text[-1])
        text.append("\n")
        position += 1
        rows.append(tuple(places))
    return "".join(text), tuple(rows), stretches


def _cell_text(cell: BlockCell) -> tuple[str, list[Stretch]]:
    """The text of a cell without space around it, and where its characters came from."""
    if not cell.blocks:
        return "", []
    text, stretches = _joined((block, "\n") for block in cell.blocks)
    stripped = text.strip()
    first = text.index(stripped) if stripped else 0
    inside = (stretch.within(first, first + len(stripped)) for stretch in stretches)
    return stripped, shifted((stretch for stretch in inside if stretch is not None), -first)


def _joined(parts: Iterable[tuple[Block, str]]) -> tuple[str, list[Stretch]]:
    """The texts of ``parts``, each (but the last) followed by its separator."""
    text, stretches, behind = "", list[Stretch](), ""
    for block, separator in parts:
        text += behind
        if isinstance(block, Paragraph):
            stretches += shifted(block.stretches, len(text))
            text += block.text
        else:
            written, inside = _nested_text(block)
            stretches += shifted(inside, len(text))
            text += written
        behind = separator
    return text, stretches


def _nested_text(table: BlockTable) -> tuple[str, list[Stretch]]:
    """The text of a table inside a cell: its cells parted by tabs, its rows by line feeds."""
    text, stretches = "", list[Stretch]()
    for number, row in enumerate(table.rows):
        text += "\n" if number else ""
        for place, cell in enumerate(row):
            text += "\t" if place else ""
            written, inside = _cell_text(cell)
            stretches += shifted(inside, len(text))
            text += written
    return text, stretches
