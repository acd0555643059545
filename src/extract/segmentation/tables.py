"""Grids into tables: what each cell's row and column are, and the unit that it inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.lexicons import heading_cue, is_never_money, unit_of_name
from extract.offsets import Pieces, folded, hull
from extract.records import Cell, ColumnKind, Grid, Table
from extract.segmentation.captions import is_caption
from extract.segmentation.headers import Column, bare_name, bracketed_unit, columns_of, repeats_header, table_blocks
from extract.segmentation.layouts.written import LONG, NUMBER_CELL, PLACEHOLDER, Row, header_kind
from extract.segmentation.numbering import MAX_TITLE
from extract.segmentation.placement import MONEY_KINDS, is_unit, place_under, placed_row
from extract.segmentation.reading import pieces_text
from extract.segmentation.unnamed_columns import with_unnamed

_CAPTION_UNIT = re.compile(r"(?:金额)?单位\s*[:：]\s*([^\s，。；)）]{1,6})")
_UNIT_KINDS = (ColumnKind.TARGET, ColumnKind.ACTUAL, ColumnKind.BASELINE, ColumnKind.CONTEXT, None)
_LONGEST_NAME = 80
_PART = re.compile(r"\s*其中[:：]?")
_TOTAL = re.compile(r"[合小总共]计|总分")  #: where a row has no number, in the column of the numbers
_ORGANISATIONS = re.compile(
    r"(?:预算|所属|下属|二级|基层|填报|用款)(?:单位|部门|机构)(?:名称)?|(?:单位|部门|机构|科室|学校|医院|乡镇)名称|部门|机构|科室|乡镇|地区|县区"
)
_YEAR = re.compile(r"(?:19|20)\d\d年度?[一-鿿]{0,6}(?:[(（][^()（）]{1,8}[)）])?")  #: names a row
_NUMBERED = re.compile(r"^[(（]?[\d一二三四五六七八九十]{1,3}[)）]?[、.．]?\s*(?=[一-鿿])")


def build_tables(text: str, grid: Grid, first_index: int) -> Iterator[Table]:
    """The tables of a grid: each header begins a new one; indexes count on from ``first_index``."""
    words = folded(text)
    index, caption, note = first_index, grid.caption, ""
    for start, header_end, end in table_blocks(words, grid.rows):
        header, body = grid.rows[start:header_end], grid.rows[header_end:end]
        columns = with_unnamed(words, columns_of(words, header, body), body)
        caption = _caption_row(words, grid.rows, start) or caption
        unit = _table_unit(words, header, caption) or note
        below = _body_cells(words, header, body, columns, index, unit)
        cells = _once([*_header_cells(header, 0, index), *below])
        caption = grid.caption if header else " ".join([caption, *(pieces_text(c.pieces, words) for c in cells[-3:])])
        note = note if header else _noted_unit(words, cells)
        spans = [cell.span for cell in cells if cell.span]
        if spans:
            yield Table(index=index, span=hull(tuple(spans)), cells=cells, caption=grid.caption)
            index += 1


def _caption_row(words: str, rows: Sequence[Row], first: int) -> str:
    """The caption that alone fills the row above a header, or what names the unit there; empty where none does."""
    written = {cell for cell in rows[first - 1] if cell} if first else set()
    title = pieces_text(written.pop(), words) if len(written) == 1 else ""
    names_unit = len(title) <= MAX_TITLE and (bracketed_unit(title) or _caption_money(title)).endswith("元")
    return title if names_unit or is_caption(title) else ""


def _without(header: Sequence[Row], body: Sequence[Row]) -> tuple[Row, ...]:
    """``body`` without the cells of ``header`` that are merged down into it."""
    above = {cell for row in header for cell in row if cell}
    return tuple(tuple(None if cell in above else cell for cell in row) for row in body)


def _once(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Each cell once: one that is merged over several places counts at the first."""
    seen: set[Pieces] = set()
    kept = []
    for cell in cells:
        if cell.pieces and cell.pieces not in seen:
            seen.add(cell.pieces)
            kept.append(cell)
    return tuple(kept)


def _table_unit(words: str, header: Sequence[Row], caption: str) -> str:
    """The unit of the table's money: of its caption, or of any header cell."""
    match = _CAPTION_UNIT.search(folded(caption))
    if match and is_unit(match[1]):
        return match[1]
    titles = [pieces_text(cell, words) for row in header for cell in row if cell]
    for title in [caption, *titles]:
        found = bracketed_unit(folded(title)) or _caption_money(title)
        if found.endswith("元"):
            return found
    return ""


def _caption_money(title: str) -> str:
    match = _CAPTION_UNIT.search(folded(title))
    return match[1] if match else ""


def _noted_unit(words: str, cells: Sequence[Cell]) -> str:
    """The unit of money that a cell above all headers states: 金额单位：万元."""
    found = (_caption_money(pieces_text(cell.pieces, words)) for cell in cells)
    return next((unit for unit in found if unit.endswith("元") and is_unit(unit)), "")


def _header_cells(header: Sequence[Row], first_row: int, index: int) -> Iterator[Cell]:
    for number, row in enumerate(header, first_row):
        for column, pieces in enumerate(row):
            if pieces:
                yield Cell(table=index, row=number, column=column, pieces=pieces, is_header=True)


def _body_cells(
    words: str, header: Sequence[Row], body: Sequence[Row], columns: tuple[Column, ...], index: int, unit: str
) -> Iterator[Cell]:
    above: dict[int, str] = {}
    whole = ""  #: the unit that the name of a row gives, which rows of its parts have too
    goals_row: int | None = None  #: rows of goals and of results that stand below one another count as one
    for number, row in enumerate(_without(header, body), len(header)):
        if repeats_header(words, body[number - len(header)], header):
            yield from _header_cells([row], number, index)
            continue
        label = _label_of_row(words, row)
        if label is not None:
            goals_row = number if goals_row is None else goals_row
            yield from _labelled_cells(words, row, label, (goals_row, index))
            continue
        placed = _placed(words, row, columns)
        if _is_key_and_text(words, placed, columns):
            yield from _key_and_text(words, placed, number, index)
            continue
        names = {column: _text(words, cell) for cell, column in placed if _names_row(words, cell, columns, column)}
        above = {column: name for column, name in above.items() if column < min(names, default=99)} | names
        title = next(reversed(names.values()), "")
        is_part = _PART.match(title) is not None
        whole = whole if is_part else bracketed_unit(title)
        cells = _row_cells(words, placed, columns, above, (number, index, unit or (whole if is_part else "")))
        yield from _of_organisation(tuple(cells), columns, above)


def _row_cells(
    words: str,
    placed: list[tuple[Pieces, int]],
    columns: tuple[Column, ...],
    above: dict[int, str],
    place: tuple[int, int, str],
) -> Iterator[Cell]:
    number, index, unit = place
    own_unit = next((_text(words, c) for c, n in placed if _kind(columns, n) is ColumnKind.UNIT), "")
    operator = next((_text(words, c) for c, n in placed if _kind(columns, n) is ColumnKind.OPERATOR), "")
    left = ""
    for cell, column in placed:
        name = _row_name(above, column, left)
        yield Cell(
            table=index,
            row=number,
            column=column,
            pieces=cell,
            kind=_kind(columns, column),
            row_header=name,
            column_header=columns[column].header if column < len(columns) else "",
            unit_hint=_unit_hint(columns, column, name, own_unit, unit),
            operator=operator,
        )
        text = _text(words, cell)
        left = text if len(text) <= 2 * LONG and not NUMBER_CELL.fullmatch(text) else left


def _of_organisation(cells: tuple[Cell, ...], columns: tuple[Column, ...], above: dict[int, str]) -> tuple[Cell, ...]:
    """``cells`` of a row; where nothing but a unit of government names the row, each belongs to that unit."""
    if len(above) != 1:
        return cells
    ((place, title),) = above.items()
    if place >= len(columns) or not _ORGANISATIONS.fullmatch(columns[place].header):
        return cells
    name = _NUMBERED.sub("", title)
    return tuple(replace(cell, organisation=name) if cell.column > place else cell for cell in cells)


def _label_of_row(words: str, row: Row) -> int | None:
    """Where in a row the label 预期目标 or 实际完成情况 stands, when all behind it are its items."""
    texts = [_text(words, cell) if cell else "" for cell in row]
    for place, text in enumerate(texts[:2]):
        if header_kind(text) in (ColumnKind.TARGET, ColumnKind.ACTUAL):
            items = [t for t in texts[place + 1 :] if t]
            told = sum(len(t) > LONG for t in items)
            if 2 * told >= len(items) > 0 and not any(header_kind(t) for t in items):
                return place
    return None


def _labelled_cells(words: str, row: Row, label: int, place: tuple[int, int]) -> Iterator[Cell]:
    """Every item of a labelled row as a cell of the same row and the label's kind."""
    number, index = place
    title = _text(words, row[label] or ())
    for column, cell in enumerate(row):
        if cell and column <= label:
            yield Cell(table=index, row=number, column=column, pieces=cell, is_header=True)
        elif cell:
            kind = header_kind(title)
            yield Cell(table=index, row=number, column=column, pieces=cell, kind=kind, column_header=title)


def _is_key_and_text(words: str, placed: list[tuple[Pieces, int]], columns: tuple[Column, ...]) -> bool:
    """Whether a row has a heading of its own instead of the table's columns: 问题与改进措施 beside a long text."""
    kinds = {column.kind for column in columns}
    if len(placed) != 2 or not {ColumnKind.TARGET, ColumnKind.ACTUAL} <= kinds:
        return False
    key, value = (_text(words, cell) for cell, _ in placed)
    cue = heading_cue(key)
    return len(key) <= LONG < len(value) and cue is not None and cue.role not in ("target", "actual")


def _key_and_text(words: str, placed: list[tuple[Pieces, int]], number: int, index: int) -> Iterator[Cell]:
    (key, first), (value, second) = placed
    yield Cell(table=index, row=number, column=first, pieces=key)
    yield Cell(table=index, row=number, column=second, pieces=value, row_header=_text(words, key))


def _text(words: str, cell: Pieces) -> str:
    return pieces_text(cell, words)


def _kind(columns: tuple[Column, ...], column: int) -> ColumnKind | None:
    return columns[column].kind if column < len(columns) else None


def _names_row(words: str, cell: Pieces, columns: tuple[Column, ...], column: int) -> bool:
    text, kind = _text(words, cell), _kind(columns, column)
    if kind is ColumnKind.SERIAL:
        return _TOTAL.fullmatch(text) is not None
    names = kind in (ColumnKind.NAME, None) and len(text) <= _LONGEST_NAME
    is_year = not column and _YEAR.fullmatch(text) is not None
    return names and (is_year or not NUMBER_CELL.fullmatch(text)) and not PLACEHOLDER.fullmatch(text)


def _row_name(above: dict[int, str], column: int, left: str) -> str:
    """What the row is about: the names to the left of a cell, outermost first."""
    names = [name for place, name in sorted(above.items()) if place < column]
    return " ".join(dict.fromkeys(names)) or left


def _unit_hint(columns: tuple[Column, ...], column: int, name: str, own_unit: str, table_unit: str) -> str:
    """The unit of a bare number: of its column, the row's unit cell, the row's name, or the table's money."""
    kind = _kind(columns, column)
    if kind in (ColumnKind.WEIGHT, ColumnKind.SCORE):
        return "分"
    own = columns[column].unit if column < len(columns) else ""
    if own:
        return own
    if kind in MONEY_KINDS:
        return table_unit or bracketed_unit(name)
    if kind is ColumnKind.RATE:
        return "%"
    if kind not in _UNIT_KINDS:
        return ""
    if is_unit(own_unit):
        return own_unit
    last = name.rsplit(" ", 1)[-1]
    header = columns[column].header if column < len(columns) else ""
    named = bracketed_unit(last) or unit_of_name(bare_name(last)) or unit_of_name(bare_name(header))
    is_other = own_unit or (
        table_unit.endswith("元") and any(map(is_never_money, (bare_name(last), bare_name(header))))
    )
    return named or ("" if is_other else table_unit)


def _placed(words: str, row: Row, columns: tuple[Column, ...]) -> list[tuple[Pieces, int]]:
    """Each written cell of a row with its column."""
    cells = [(cell, n) for n, cell in enumerate(row) if cell]
    if len(row) == len(columns) or len(cells) > len(columns) or not any(column.kind for column in columns):
        return cells
    texts = [_text(words, cell) for cell, _ in cells]
    places = [place_under(column.header.rsplit(" ", 1)[-1], column.kind) for column in columns]
    found = placed_row(texts, [n for _, n in cells], places, len(row))
    return [(cell, column) for (cell, _), column in zip(cells, found, strict=True)]
