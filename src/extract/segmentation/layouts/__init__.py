"""The ways in which text dumps write tables, one module a layout.

A layout is a function (text, lines, first line) → rows, if a table written in its way begins at that line.
"""

from collections.abc import Callable

from extract.segmentation.layouts.comma_rows import comma_rows, slash_rows
from extract.segmentation.layouts.even_cells import even_cells
from extract.segmentation.layouts.keyed_lines import keyed_lines
from extract.segmentation.layouts.labelled_columns import labelled_columns, listed_columns
from extract.segmentation.layouts.paired_lines import paired_lines
from extract.segmentation.layouts.piped_rows import piped_rows
from extract.segmentation.layouts.single_cells import single_cells
from extract.segmentation.layouts.spaced_columns import spaced_columns
from extract.segmentation.layouts.spaced_words import spaced_words
from extract.segmentation.layouts.tab_cells import tab_cells
from extract.segmentation.layouts.tab_rows import tab_rows
from extract.segmentation.layouts.written import Written
from extract.segmentation.lines import Line

LAYOUTS: tuple[Callable[[str, tuple[Line, ...], int], Written | None], ...] = (
    tab_rows,
    tab_cells,
    piped_rows,
    comma_rows,
    slash_rows,
    keyed_lines,
    labelled_columns,
    listed_columns,
    even_cells,
    single_cells,
    spaced_columns,
    spaced_words,
    paired_lines,
)
