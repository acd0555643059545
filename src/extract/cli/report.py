"""``extract report``: the page that a reviewer hands in."""

from __future__ import annotations

import argparse
from pathlib import Path

from extract.cli import run
from extract.errors import UsageError


def command(arguments: argparse.Namespace) -> int:
    suffix = Path(arguments.output).suffix.lower()
    if suffix not in (".html", ".htm"):
        raise UsageError(
            f"{arguments.output}: a report is written as .html, and in no other form yet; give -o OUT.html",
            zh=f"{arguments.output}：目前只能生成 .html 报告；请用 -o OUT.html",
        )
    return run.command(arguments)
