"""The commands of ``extract``: thin, with everything heavy imported only when a command needs it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper

from extract.cli.outcomes import INTERRUPTED, USAGE, say


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code (0 done, 1 findings, 2 usage, 3 unreadable input, 130 interrupted)."""
    from extract.cli.arguments import parse_arguments

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a console that knows no Chinese must not end the program
    arguments = parse_arguments(sys.argv[1:] if argv is None else argv)
    from extract.errors import ExtractError, message_in

    try:
        return int(arguments.command(arguments))
    except KeyboardInterrupt:
        say(arguments.lang, en="interrupted", zh="已中断")
        return INTERRUPTED
    except ExtractError as error:
        message = message_in(error, arguments.lang)
        say(arguments.lang, en=message, zh=message)
        return USAGE
