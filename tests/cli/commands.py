"""Commands as people start them: what they print, what they say, and the exit code."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from extract.cli import main

LIMIT = 20.0  #: seconds that no command of these tests may take


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: bytes
    said: str  #: what stood on stderr


def environment(**changes: str) -> dict[str, str]:
    """A plain English environment, with changes."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHONIO"))}
    return plain | {"LC_ALL": "C.UTF-8", "NO_COLOR": "1"} | changes


def started(*words: str | Path, given: bytes = b"", **changes: str) -> Ended:
    """``extract WORDS…`` in this process, with ``given`` on stdin; ``changes`` to the environment."""
    out, said = io.BytesIO(), io.BytesIO()
    with (
        patch.dict(os.environ, environment(**changes), clear=True),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")),
        patch.object(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", write_through=True)) as stdout,
        patch.object(sys, "stderr", io.TextIOWrapper(said, encoding="utf-8", write_through=True)) as stderr,
    ):
        try:
            code = main([str(word) for word in words])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        stdout.detach()
        stderr.detach()
    return Ended(code, out.getvalue(), said.getvalue().decode("utf-8"))


def command_line(*words: str | Path) -> list[str]:
    """The command as a process of its own."""
    return [sys.executable, "-m", "extract", *map(str, words)]


def started_alone(*words: str | Path, given: bytes = b"", **changes: str) -> Ended:
    """As ``started``, in a process of its own."""
    done = subprocess.run(
        command_line(*words), input=given, capture_output=True, timeout=LIMIT, env=environment(**changes), check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr.decode("utf-8"))
