"""What the terminal can show."""

from __future__ import annotations

import os
import sys


def is_colourful() -> bool:
    """Whether to colour: a terminal that did not ask for none."""
    return sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
