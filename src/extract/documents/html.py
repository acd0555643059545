"""Web pages (HTML): the text that a reader sees, and a grid for every table of figures.

Read in three steps, each to be looked at by itself: bytes into a tree, the tree into blocks, the blocks into text.

What is read, and how:

* Only the content: the page's ``main`` or ``article``, or an element known to hold it on government sites, where it
  holds a good part of the text; otherwise everything but navigation, page header, page footer and side notes.
* What no reader sees is absent: hidden elements, scripts, styles, comments, text that is marked as deleted.
* White space is one space, and none where a line of the source ends between two Chinese characters. ``<br>`` is a line
  feed. Items of a numbered list carry their numbers.
* A raised digit behind a unit is a power (m²), behind ``10`` an exponent; any other raised mark leads to a note and is
  left out, since a digit behind a figure would change it.
* Tables keep merged cells. A table that only arranges other things (one cell, one column, tables inside it that hold
  most of its text) is no table: what it holds is read as if it stood outside.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from extract.documents.blocks import Block, BlockTable, Paragraph, laid_out
from extract.documents.content import Content, Note
from extract.documents.decoding import decoded
from extract.documents.html_lists import ItemCounter
from extract.documents.placed_cells import MAX_PLACES, PlacedCell, blocks_of_cells, too_large
from extract.errors import ReadError

MEDIA_TYPE = "text/html"
MAX_SPAN, MAX_ROW_SPAN = 1000, 65534  #: as browsers bound colspan and rowspan
MAX_COLUMNS = 4096
MAX_TAGS = 3_000_000


def read_html(data: bytes, *, where: str) -> Content:
    """The text of a web page, and the grids of its tables in text order.

    Raises:
        ReadError: if ``data`` are not decodable, hold no markup, or are nested or spread beyond any page.
    """
    page, notes = page_text(data, where=where)
    return content_of_page(page, where=where, media_type=MEDIA_TYPE, notes=notes)


def content_of_page(page: str, *, where: str, media_type: str, notes: tuple[str, ...] = ()) -> Content:
    """What the markup ``page`` shows; without a marked table, tables are looked for in the text."""
    text, grids, stretches = laid_out(read_blocks(page_tree(page, where=where), where=where))
    return Content(text=text, media_type=media_type, grids=grids or None, stretches=stretches, notes=notes)


# Bytes into a tree

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.I)
_HEAD = 4096
_MOST_REPLACED = 1000  #: at most one character in so many may be unreadable
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_END = re.compile(r"</(?:html|body)\s*>", re.I)
_BEGIN = re.compile(r"<html\b", re.I)


def page_text(data: bytes, *, where: str, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """The markup that ``data`` spell, and what to note: the content tells the encoding better than the page does.

    Raises:
        ReadError: if they spell no text, neither by themselves nor as they (or ``charset``) say.
    """
    notes: tuple[str, ...] = ()
    try:
        page = decoded(data, where)
    except ReadError:
        page, notes = _as_declared(data, where, charset or _declared(data))
    if _BEGIN.search(page[:_HEAD]) and not _END.search(page[-_HEAD:]) and not _END.search(page):
        notes = (*notes, Note("the page has no end; it may be cut off", zh="网页没有结尾，可能不完整"))
    return page, notes


def _declared(data: bytes) -> str:
    found = _XML_ENCODING.match(data) or _CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii") if found else ""


def _as_declared(data: bytes, where: str, charset: str) -> tuple[str, tuple[str, ...]]:
    """The text in the declared encoding, where next to nothing of it is unreadable."""
    try:
        encoding = "gb18030" if charset.lower() in ("gb2312", "gbk") else codecs.lookup(charset).name
        page = data.decode(encoding, errors="replace")
    except (LookupError, ValueError, UnicodeError):
        page, encoding = decoded(data, where), ""
    unreadable = page.count("\ufffd")
    if b"\x00" in data or unreadable * _MOST_REPLACED > len(page):
        page = decoded(data, where)  # which says what is wrong
    if not unreadable:
        return page, ()
    note = Note(
        f"{unreadable} characters of the page are not {encoding} and could not be read",
        zh=f"网页中有 {unreadable} 个字符不符合 {encoding} 编码，无法读出",
    )
    return page, (note,)


def page_tree(page: str, *, where: str) -> Any:
    """The tree of a page; None where there is nothing.

    Raises:
        ReadError: if it has more elements, or more inside one another, than any page.
    """
    if page.count("<") > MAX_TAGS:
        raise _hostile(where, f"more than {MAX_TAGS:,} elements", "元素过多")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(_CONTROL.sub("", page).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(
            f"{where}: no web page ({error}); open it in a browser and save it anew",
            zh=f"{where}：不是可读的网页（{error}）；请用浏览器打开后另存",
        ) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise _hostile(where, "elements nested too deeply or too large", "元素嵌套过深或过大")
    return tree


# The tree into blocks

_DROPPED = frozenset(
    (
        *("head", "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg"),
        *("canvas", "audio", "video", "map", "button", "datalist", "rt", "rp", "del", "dialog", "comment"),
    )
)
_FRAMING = frozenset(("nav", "header", "footer", "aside"))
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl"),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre"),
        *("section", "summary", "ul", "xmp", "caption", "tr"),
    )
)
_HEADINGS = frozenset(("h1", "h2"))
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.I)
_BORDER = re.compile(r"\bborder(?:-\w+)?\s*:(?!\s*(?:none|0))", re.I)
_SHOWN_INPUTS = ("", "text", "number", "date")
_SOFT, _BREAK = "\x01", "\x02"  #: white space, and white space in which a line of the source ends
_WHITE = re.compile(r"[ \t\r\n\f]+")
_GAPS = re.compile(f"[{_SOFT}{_BREAK}]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u3000-\u303f“”‘’—…]")
_RAISED_UNIT = re.compile(r"(?:[A-Za-z㎜㎝㎞]|米)$")
_TEN = re.compile(r"[×xX*·]\s*10$")
_RAISED = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_MARK = re.compile(r"\s*[\[〔【(（]?\s*(?:注?\s*[\d①-⑳]{1,3}|[*†‡a-z])(?:\s*[,，、]\s*\d{1,3})*\s*[\])）】〕]?\s*")
#: Ids and classes of the element that holds the text, as the publishing systems of government sites name it.
_CONTENT_NAMES = (
    *("zoom", "UCAP-CONTENT", "TRS_Editor", "TRS_UEDITOR", "vsb_content", "articleContent", "article-content"),
    *("article_content", "news_content", "newsContent", "content_body", "ContentRegion", "conTxt", "pages_content"),
)
_ENOUGH = 0.4  #: of the page's text, for an element to be its content


@dataclass(slots=True)
class _Flow:
    """Lines one below the other: a page, or what a cell holds."""

    element: Any
    blocks: list[Block] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    label: str = ""  #: the number of a list item whose text is to come

    def end_line(self) -> None:
        text = _collapsed("".join(self.line))
        self.line.clear()
        if text.strip():
            self.blocks.append(Paragraph(self.label + text))
            self.label = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    blocks: tuple[Block, ...]
    width: int
    height: int  #: 0: to the end of its group of rows
    framed: bool  #: drawn with a border of its own


@dataclass(slots=True)
class _Table:
    """A table being read: its groups of rows (head, bodies, foot)."""

    element: Any
    groups: list[tuple[str, list[list[_Cell]]]] = field(default_factory=list)
    caption: list[Block] = field(default_factory=list)


def read_blocks(tree: Any, *, where: str) -> tuple[Block, ...]:
    """The paragraphs and tables of a page's content in reading order."""
    if tree is None:
        return ()
    root = content_of(tree)
    return (*_heading_above(tree, root), *_Reader(where).blocks(root))


def content_of(tree: Any) -> Any:
    """The element that holds a page's text: ``main``, ``article`` or one known by name; else the whole body."""
    whole = _length(tree)
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = tree.findall(path)
        if len(found) == 1 and _length(found[0]) >= _ENOUGH * whole:
            return found[0]
    for element in tree.iter("div", "td", "section", "span"):
        names = (element.get("id", ""), *element.get("class", "").split())
        if any(name in _CONTENT_NAMES for name in names) and _length(element) >= _ENOUGH * whole:
            return element
    return tree


def _length(element: Any) -> int:
    """Written characters of the text that an element shows."""
    walk = etree.iterwalk(element, events=("start", "end"))
    length, skipped = 0, None
    for event, inner in walk:
        if event == "start":
            if skipped is None and _is_hidden(inner):
                skipped = inner
                walk.skip_subtree()
            elif skipped is None:
                length += len("".join((inner.text or "").split()))
        else:
            skipped = None if inner is skipped else skipped
            if inner is not element:
                length += len("".join((inner.tail or "").split()))
    return length


def _heading_above(tree: Any, root: Any) -> list[Block]:
    """The page's only main heading, where it stands outside its content and the content has none."""
    if root is tree or any(True for _ in root.iter(*_HEADINGS)):
        return []
    outside = [heading for heading in tree.iter("h1") if not _is_hidden(heading)]
    words = " ".join("".join(outside[0].itertext()).split()) if len(outside) == 1 else ""
    return [Paragraph(words)] if words else []


def _is_hidden(element: Any) -> bool:
    if element.tag in _DROPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDING.search(style) is not None


class _Reader:
    """Walks a tree in reading order; what is open (cells, tables, lists) stands on a stack."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.open: list[_Flow | _Table] = []
        self.items = ItemCounter()
        self.places = 0
        self.verbatim = 0  #: how many ``pre`` are open

    def blocks(self, root: Any) -> list[Block]:
        page = _Flow(root)
        self.open = [page]
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            if event == "end":
                if element is skipped:
                    skipped = None
                else:
                    self._end(element)
                if element is not root and element.tail:
                    self._write(element.tail)
            elif self._is_set_aside(element, root) or self._is_shown_whole(element):
                skipped = element
                walk.skip_subtree()
            else:
                self._start(element)
        page.end_line()
        return page.blocks

    def _is_set_aside(self, element: Any, root: Any) -> bool:
        """Whether a part of the page is hidden, or stands around its content."""
        if _is_hidden(element):
            return True
        if element.tag not in _FRAMING and element.get("role") not in ("navigation", "banner", "contentinfo"):
            return False
        parent = element.getparent()
        inside = root.tag in ("article", "main") or any(True for _ in element.iterancestors("article", "main"))
        keeps = element.tag == "header" and (inside or next(element.iter("h1"), None) is not None)
        return element is not root and parent is not None and not keeps and element.tag != "form"

    def _is_shown_whole(self, element: Any) -> bool:
        """Whether an element's text is no plain run of what it holds; if so it is written."""
        if element.tag == "sup":
            self._write_raised(" ".join("".join(element.itertext()).split()), element.find(".//a") is not None)
        elif element.tag == "input":
            if element.get("type", "").lower() in _SHOWN_INPUTS:
                self._write(element.get("value", ""))
        elif element.tag == "select":
            chosen = [option for option in element.iter("option") if option.get("selected") is not None]
            self._write("".join(chosen[0].itertext()) if chosen else "")
        elif element.tag == "br":
            self.flow.line.append("\n")
        else:
            return False
        return True

    @property
    def flow(self) -> _Flow:
        """The innermost open flow; text between a table's cells belongs to the one around the table."""
        return next(part for part in reversed(self.open) if isinstance(part, _Flow))

    def _write(self, text: str) -> None:
        if not self.verbatim:
            text = _WHITE.sub(lambda gap: _BREAK if "\n" in gap[0] else _SOFT, text)
        elif len(self.open) > 1:
            text = text.replace("\t", " ")
        self.flow.line.append(text.replace("\xa0", " "))

    def _write_raised(self, words: str, leads_on: bool) -> None:
        before = _collapsed("".join(self.flow.line[-4:]))
        if not leads_on and (
            (words in ("2", "3") and _RAISED_UNIT.search(before)) or (words.isascii() and _TEN.search(before))
        ):
            self.flow.line.append(words.translate(_RAISED))
        elif not leads_on and not _MARK.fullmatch(words):
            self._write(words)

    def _start(self, element: Any) -> None:
        tag = element.tag
        if tag == "table":
            self.flow.end_line()
            self.open.append(_Table(element, [("tbody", [])]))
        elif tag in ("tr", "thead", "tbody", "tfoot") and isinstance(self.open[-1], _Table):
            _start_rows(self.open[-1], tag)
        elif tag in ("td", "th", "caption") and isinstance(self.open[-1], _Table):
            self.open.append(_Flow(element))
        elif tag in _BLOCKS:
            self.flow.end_line()
            if tag in ("ol", "ul", "menu", "dir"):
                self.items.open_list(element)
            elif tag == "li":
                self.flow.label = self.items.label(element)
        self.verbatim += tag in ("pre", "xmp", "listing")
        if element.text:
            self._write(element.text)

    def _end(self, element: Any) -> None:
        tag, innermost = element.tag, self.open[-1]
        self.verbatim -= tag in ("pre", "xmp", "listing")
        if innermost.element is element and isinstance(innermost, _Flow) and len(self.open) > 1:
            self._end_cell(innermost)
        elif innermost.element is element and isinstance(innermost, _Table):
            self.open.pop()
            self.flow.end_line()
            self.flow.blocks += [*innermost.caption, *self._table(innermost)]
        elif tag in ("thead", "tbody", "tfoot") and isinstance(innermost, _Table):
            innermost.groups.append(("tbody", []))
        elif tag in _BLOCKS:
            self.flow.end_line()
            if tag in ("ol", "ul", "menu", "dir"):
                self.items.close_list()
            elif tag == "li":
                self.flow.label = ""

    def _end_cell(self, flow: _Flow) -> None:
        flow.end_line()
        self.open.pop()
        table = self.open[-1]
        if not isinstance(table, _Table):  # a cell is opened in a table only
            return
        if flow.element.tag == "caption":
            table.caption += flow.blocks
            return
        rows = table.groups[-1][1]
        if not rows:
            rows.append([])
        rows[-1].append(_cell(flow))

    # Tables

    def _table(self, table: _Table) -> list[Block]:
        groups = [rows for _, rows in sorted(table.groups, key=lambda group: group[0] == "tfoot")]
        written = [[cell for cell in row if cell.blocks] for rows in groups for row in rows]
        if table.element.get("role") in ("presentation", "none") or _only_arranges([row for row in written if row]):
            return [block for row in written for cell in row for block in cell.blocks]
        has_border = table.element.get("border", "0").strip() not in ("", "0")
        rows = [row for group in groups for row in group]
        framed = (number for number, row in enumerate(rows) if has_border or any(cell.framed for cell in row))
        cells = tuple(self._placed(groups))
        return list(blocks_of_cells(cells, where=self.where, framed=frozenset(framed)))

    def _placed(self, groups: list[list[list[_Cell]]]) -> Iterator[PlacedCell]:
        """Each cell with text at the place that a browser gives it."""
        first = 0
        for rows in groups:
            open_until: dict[int, int] = {}  #: column → the row at which it is free again
            for number, row in enumerate(rows, first):
                column = 0
                for cell in row:
                    while open_until.get(column, 0) > number:
                        column += 1
                    height = min(cell.height or MAX_ROW_SPAN, first + len(rows) - number)
                    self._count_places(column + cell.width, cell.width if height > 1 else 1)
                    if height > 1:
                        open_until |= dict.fromkeys(range(column, column + cell.width), number + height)
                    if cell.blocks:
                        yield PlacedCell(number, column, cell.blocks, height, cell.width)
                    column += cell.width
            first += len(rows)

    def _count_places(self, columns: int, places: int) -> None:
        self.places += places
        if columns > MAX_COLUMNS or self.places > 4 * MAX_PLACES:
            raise too_large(self.where, 1, columns)


def _start_rows(table: _Table, tag: str) -> None:
    if tag == "tr":
        table.groups[-1][1].append([])
    else:
        table.groups.append((tag, []))


def _cell(flow: _Flow) -> _Cell:
    width = _span(flow.element, "colspan", MAX_SPAN, least=1)
    height = _span(flow.element, "rowspan", MAX_ROW_SPAN, least=0)
    framed = _BORDER.search(flow.element.get("style") or "") is not None
    return _Cell(tuple(flow.blocks), width, height, framed)


def _only_arranges(rows: list[list[_Cell]]) -> bool:
    """Whether rows (of cells with text) put things beside or below each other, and are no table of figures."""
    if all(len(row) == 1 for row in rows):
        return True
    cells = [cell for row in rows for cell in row]
    inner = sum(_text_length(block) for cell in cells for block in cell.blocks if isinstance(block, BlockTable))
    whole = sum(_text_length(block) for cell in cells for block in cell.blocks)
    return 2 * inner > whole or (len(rows) == 1 and any(len(cell.blocks) > 3 for cell in cells))


def _text_length(block: Block) -> int:
    if isinstance(block, Paragraph):
        return len(block.text)
    return sum(_text_length(inner) for row in block.rows for cell in row for inner in cell.blocks)


def _span(element: Any, name: str, most: int, *, least: int) -> int:
    written = (element.get(name) or "").strip()
    if not (written.isascii() and written.isdigit()):
        return 1
    return max(least, min(int(written[:7]), most))


def _collapsed(text: str) -> str:
    """A line with one space for each gap; none at its ends, nor where a source line ends between wide characters."""

    def space(gap: re.Match[str]) -> str:
        before, behind = text[max(gap.start() - 1, 0) : gap.start()], text[gap.end() : gap.end() + 1]
        if before in ("", "\n") or behind in ("", "\n"):
            return ""
        ends_line = _BREAK in gap[0] and _WIDE.match(before) and _WIDE.match(behind)
        return "" if ends_line else " "

    return _GAPS.sub(space, text).strip(" \n")


def _hostile(where: str, what: str, what_zh: str) -> ReadError:
    return ReadError(
        f"{where}: {what}; no page is like that, so it is not read; open it in a browser and save its text",
        zh=f"{where}：{what_zh}，不像正常的网页，不予读取；请用浏览器打开后另存文本",
    )
