"""``extract text``: the text that every span counts in, byte for byte."""

from __future__ import annotations

import argparse

from extract.cli.input import refuse_markup, standard_input
from extract.cli.outcomes import DONE, UNREADABLE, say
from extract.cli.output import Stdout, drop_stdout
from extract.documents import read_document
from extract.documents.reading import document_from_bytes
from extract.errors import ReadError, message_in


def command(arguments: argparse.Namespace) -> int:
    try:
        if arguments.path == "-":
            document = document_from_bytes(standard_input(), name="stdin.txt", where="stdin")
        else:
            refuse_markup(arguments.path)
            document = read_document(arguments.path)
        Stdout().write([document.text])
    except ReadError as error:
        message = message_in(error, arguments.lang)
        say(arguments.lang, en=message, zh=message)
        return UNREADABLE
    except BrokenPipeError:
        drop_stdout()
    return DONE
