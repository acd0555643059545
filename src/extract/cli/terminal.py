"""What the terminal can show."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from extract.controls import visible

if TYPE_CHECKING:
    from rich.text import Text


def is_colourful() -> bool:
    """Whether to colour: a terminal that did not ask for none."""
    return sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ


def plain(words: str, style: str = "") -> Text:
    """``words`` of a report or a file's name as they stand: nothing in them commands the terminal or is markup."""
    from rich.text import Text

    return Text(visible(words), style=style)
