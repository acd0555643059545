"""``extract quantities``: numbers and units of each line, as JSON Lines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from extract.cli.outcomes import DONE, UNREADABLE, say
from extract.cli.output import Stdout, drop_stdout
from extract.documents import read_document
from extract.documents.decoding import decoded
from extract.errors import ReadError, message_in
from extract.export.jsonl import json_line, quantity_record
from extract.quantities import find_quantities


def command(arguments: argparse.Namespace) -> int:
    output = Stdout()
    try:
        text = (
            decoded(sys.stdin.buffer.read(), "stdin") if arguments.path == "-" else read_document(arguments.path).text
        )
        for head, line in _inputs(text, arguments.jsonl):
            found = [quantity_record(q, line) for q in find_quantities(line, everything=arguments.everything)]
            output.write([json_line({**head, "quantities": found})])
    except ReadError as error:
        message = message_in(error, arguments.lang)
        say(arguments.lang, en=message, zh=message)
        return UNREADABLE
    except BrokenPipeError:
        drop_stdout()
    return DONE


def _inputs(text: str, as_jsonl: bool) -> Iterator[tuple[dict[str, Any], str]]:
    """(what identifies the line, its text) of every line."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, 1):
        if not as_jsonl:
            yield {"line": number}, line
        elif line.strip():
            yield _item(line, number)


def _item(line: str, number: int) -> tuple[dict[str, Any], str]:
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise ReadError(
            f'line {number}: no JSON ({error.msg} at character {error.colno}); each line is {{"id", "text"}}',
            zh=f'第 {number} 行不是 JSON（第 {error.colno} 字符）；每行应为 {{"id", "text"}}',
        ) from error
    if not isinstance(item, dict) or "id" not in item or not isinstance(item.get("text"), str):
        raise ReadError(
            f'line {number}: no {{"id", "text"}} with a string as text',
            zh=f'第 {number} 行应为 {{"id", "text"}}，text 为字符串',
        )
    return {"id": item["id"]}, item["text"]
