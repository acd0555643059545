"""Where tables stand in a text dump: every layout is tried at every line, the first that fits takes its lines."""

from __future__ import annotations

from extract.offsets import CharSpan
from extract.records import Grid
from extract.segmentation.captions import is_caption
from extract.segmentation.layouts import LAYOUTS
from extract.segmentation.lines import Line
from extract.segmentation.numbering import MAX_TITLE


def find_grids(text: str, lines: tuple[Line, ...]) -> tuple[Grid, ...]:
    """The stretches of ``lines`` that are tables, in text order."""
    grids, position, behind = [], 0, 0
    while position < len(lines):
        found = None
        line = lines[position]
        if (not line.blank or line.text.startswith("\t")) and not is_caption(line.text):
            found = next((table for layout in LAYOUTS if (table := layout(text, lines, position))), None)
        if found is None:
            position += 1
            continue
        span = CharSpan(lines[position].start, max(lines[found.last].end, lines[position].start + 1))
        grids.append(Grid(rows=found.rows, span=span, caption=_caption(lines[behind:position])))
        position = behind = found.last + 1
    return tuple(grids)


def _caption(lines: tuple[Line, ...]) -> str:
    """The last of the written ``lines`` above a grid, where its title and 单位：万元 stand."""
    above = [line.text.strip() for line in lines[-4:] if not line.blank]
    return " ".join(piece for line in above[-2:] if len(piece := " ".join(line.split())) <= MAX_TITLE)
