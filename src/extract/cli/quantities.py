"""``extract quantities``: numbers and units of each line, as JSON Lines."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from extract.cli.input import standard_input
from extract.cli.outcomes import DONE, UNREADABLE, say
from extract.cli.output import Stdout, drop_stdout
from extract.documents import read_document
from extract.documents.reading import text_from_bytes
from extract.errors import ReadError, message_in
from extract.export.jsonl import json_line, quantity_record
from extract.quantities import find_quantities

_Item = tuple[dict[str, Any], str]  #: what identifies a line, and its text


def command(arguments: argparse.Namespace) -> int:
    output, outcome = Stdout(), DONE
    try:
        for item in _inputs(_text(arguments.path), arguments.jsonl):
            if isinstance(item, ReadError):
                outcome = _unreadable(item, arguments.lang)
                continue
            head, line = item
            found = [quantity_record(q, line) for q in find_quantities(line, everything=arguments.everything)]
            output.write([json_line({**head, "quantities": found})])
    except ReadError as error:
        return _unreadable(error, arguments.lang)
    except BrokenPipeError:
        drop_stdout()
    return outcome


def _unreadable(error: ReadError, language: str) -> int:
    message = message_in(error, language)
    say(language, en=message, zh=message)
    return UNREADABLE


def _text(path: str) -> str:
    return text_from_bytes(standard_input(), where="stdin") if path == "-" else read_document(path).text


def _inputs(text: str, as_jsonl: bool) -> Iterator[_Item | ReadError]:
    """Every line as (what identifies it, its text), or why it cannot be read."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, 1):
        if not as_jsonl:
            yield {"line": number}, line
        elif line.strip():
            yield _item(line, number)


def _item(line: str, number: int) -> _Item | ReadError:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        return ReadError(
            f'line {number}: no JSON ({error}); each line is {{"id", "text"}}',
            zh=f'第 {number} 行不是 JSON（{error}）；每行应为 {{"id", "text"}}',
        )
    if not isinstance(item, dict) or "id" not in item or not isinstance(item.get("text"), str):
        return ReadError(
            f'line {number}: no {{"id", "text"}} with a string as text',
            zh=f'第 {number} 行应为 {{"id", "text"}}，text 为字符串',
        )
    return {"id": item["id"]}, item["text"]
