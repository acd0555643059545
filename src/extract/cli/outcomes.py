"""Exit codes, and the one line on stderr that goes with them."""

from __future__ import annotations

import sys

from extract.controls import visible

DONE, FINDINGS, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130


def say(language: str, *, en: str, zh: str) -> None:
    """One line for the person at the terminal, on stderr."""
    if sys.stderr is not None:
        sys.stderr.write(f"extract: {visible(zh if language == 'zh' else en)}\n")
        sys.stderr.flush()
