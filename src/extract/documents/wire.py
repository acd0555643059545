"""What a reader returns as JSON and back, and how messages are parted in a pipe."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import IO, Any

from extract.documents.content import Content, Note, PagePicture, Pictures, said
from extract.errors import ReadError
from extract.offsets import CharSpan, Pieces
from extract.records import Grid, Origin, Stretch

MAX_LENGTH_DIGITS = 12
_HALF = re.compile("[\ud800-\udfff]")
_PNG = b"\x89PNG\r\n\x1a\n"


def framed(message: bytes) -> bytes:
    """``message`` behind a line that says how long it is."""
    return b"%d\n%b" % (len(message), message)


def next_frame(pipe: IO[bytes], *, at_most: int) -> bytes | None:
    """The next message in ``pipe``; None at its end, also one in the middle of a message.

    Raises:
        ValueError: if what comes is no message, or one of more than ``at_most`` bytes.
    """
    length = pipe.readline(MAX_LENGTH_DIGITS + 1)
    if not length.endswith(b"\n"):
        if len(length) > MAX_LENGTH_DIGITS:
            raise ValueError(f"no length of a message: {length!r}")
        return None
    count = int(length)
    if not 0 <= count <= at_most:
        raise ValueError(f"a message of {count:,} bytes")
    message = pipe.read(count)
    return message if len(message) == count else None


def answer_of(outcome: Content | Pictures | ReadError) -> bytes:
    """A message that says what was read or drawn, or why nothing was."""
    if isinstance(outcome, ReadError):
        return _written({"error": {"en": str(outcome), "zh": outcome.zh}})
    if isinstance(outcome, Pictures):
        return _written({"pictures": _pictures_as_json(outcome)})
    return _written({"content": content_as_json(outcome)})


def outcome_of(answer: bytes) -> Content | Pictures | ReadError:
    """What ``answer_of`` put into a message; its writer is not trusted.

    Raises:
        ValueError: if the message is none of ``answer_of``.
    """
    try:
        given = json.loads(answer)
        if "error" in given:
            return ReadError(_message(given["error"]["en"]), zh=_message(given["error"]["zh"]))
        if "pictures" in given:
            return _pictures(given["pictures"])
        return content_from_json(given["content"])
    except (KeyError, IndexError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError(f"no answer of a reader: {type(error).__name__}: {error}") from error


def _written(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def content_as_json(content: Content) -> dict[str, Any]:
    """Everything that ``content`` holds, in lists, strings and numbers."""
    return {
        "text": content.text,
        "media_type": content.media_type,
        "grids": None if content.grids is None else [_grid_as_json(grid) for grid in content.grids],
        "stretches": [_stretch_as_json(stretch) for stretch in content.stretches],
        "pages": content.pages,
        "notes": [[str(note), said(note, "zh")] for note in content.notes],
        "unread": content.unread,
    }


def content_from_json(value: dict[str, Any]) -> Content:
    """The content that ``content_as_json`` wrote.

    Raises:
        ValueError, TypeError, KeyError: if it was not written so.
    """
    grids, text = value["grids"], _text(value["text"])
    content = Content(
        text=text,
        media_type=_text(value["media_type"]),
        grids=None if grids is None else tuple(_grid(grid) for grid in grids),
        stretches=tuple(_stretch(stretch) for stretch in value["stretches"]),
        pages=None if value["pages"] is None else _whole(value["pages"]),
        notes=tuple(Note(_text(en), zh=_text(zh)) for en, zh in value["notes"]),
        unread=_whole(value["unread"]),
    )
    _check_spans(content)
    return content


def _check_spans(content: Content) -> None:
    """Refuses spans that no text of this length has, and stretches that overlap or do not follow one another."""
    last = max((span.end for span in _spans(content)), default=0)
    if last > len(content.text):
        raise ValueError(f"a span that ends at {last:,} of {len(content.text):,} characters")
    for before, behind in pairwise(stretch.span for stretch in content.stretches):
        if behind.start < before.end:
            raise ValueError(f"a stretch at {behind.start:,} behind one that ends at {before.end:,}")


def _spans(content: Content) -> Iterable[CharSpan]:
    yield from (stretch.span for stretch in content.stretches)
    for grid in content.grids or ():
        yield grid.span
        yield from {piece for row in grid.rows for pieces in row for piece in pieces or ()}


def _pictures_as_json(pictures: Pictures) -> list[Any]:
    shown = [[*picture[:3], base64.b64encode(picture.png).decode("ascii")] for picture in pictures.shown]
    return [shown, pictures.too_many, pictures.undrawn]


def _pictures(value: list[Any]) -> Pictures:
    shown, too_many, undrawn = value
    pictures = tuple(_picture(*picture) for picture in shown)
    return Pictures(pictures, tuple(map(_whole, too_many)), tuple(map(_whole, undrawn)))


def _picture(number: object, width: object, height: object, png: object) -> PagePicture:
    picture = PagePicture(_whole(number), _number(width), _number(height), base64.b64decode(_text(png), validate=True))
    if not all(side > 0 for side in (picture.width, picture.height)):
        raise ValueError(f"a page of {picture.width} by {picture.height} points")
    if not picture.png.startswith(_PNG):
        raise ValueError("a picture that is no PNG")
    return picture


def _grid_as_json(grid: Grid) -> list[Any]:
    """Span, caption, the different cells, and which of them stands at each place: a merged one stands at many."""
    cells: dict[Pieces | None, int] = {}
    places = [[cells.setdefault(pieces, len(cells)) for pieces in row] for row in grid.rows]
    return [*grid.span, grid.caption, list(cells), places]


def _grid(value: list[Any]) -> Grid:
    start, end, caption, written, places = value
    cells = [None if pieces is None else tuple(_span(*piece) for piece in pieces) for pieces in written]
    rows = tuple(tuple(cells[_whole(place)] for place in row) for row in places)
    return Grid(rows=rows, span=_span(start, end), caption=_text(caption))


def _stretch_as_json(stretch: Stretch) -> list[Any]:
    edges = [edge for pair in stretch.edges for edge in pair]
    return [*stretch.span, stretch.page, stretch.box, edges, stretch.part, stretch.origin.value]


def _stretch(value: list[Any]) -> Stretch:
    start, end, page, box, edges, part, origin = value
    numbers = [_number(edge) for edge in edges]
    if any(left > right for left, right in zip(numbers[::2], numbers[1::2], strict=True)):
        raise ValueError("a character whose left edge is right of its right one")
    return Stretch(
        span=_span(start, end),
        page=None if page is None else _whole(page),
        box=None if box is None else _box(*box),
        edges=tuple(zip(numbers[::2], numbers[1::2], strict=True)),
        part=_text(part),
        origin=Origin(origin),
    )


def _box(left: object, top: object, right: object, bottom: object) -> tuple[float, float, float, float]:
    box = (_number(left), _number(top), _number(right), _number(bottom))
    if box[0] > box[2] or box[1] > box[3]:
        raise ValueError(f"a box from {box[:2]} to {box[2:]}")
    return box


def _span(start: object, end: object) -> CharSpan:
    return CharSpan(_whole(start), _whole(end))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    if not value.isascii() and _HALF.search(value):
        raise ValueError("half of a character")
    return value


def _message(value: object) -> str:
    """As ``_text``; but a path that is named may hold bytes of another encoding, which Python keeps as halves."""
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"no whole number: {value!r}")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"no number: {value!r}")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"no finite number: {value!r}")
    return number
