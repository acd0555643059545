"""What must hold of any text at all, and the name of a fault when it does not."""

from __future__ import annotations

import traceback
import zlib
from pathlib import Path
from types import TracebackType

import extract

SHORT = 200  #: characters of a text that the whole program reads too, which costs far more than its quantities
ONE_IN_CLAIMS = 4  #: short texts of which the whole program reads one
ONE_IN_STRETCHED = 32  #: texts of which one is read over and over as well
STRETCHED = 2500  #: characters
_SOURCES = str(Path(extract.__file__).parent)


class BrokenPromiseError(AssertionError):
    """The reader came back, with something that it promises never to give."""


def check(text: str) -> None:
    """Reads ``text`` as a user would; whatever is raised is a fault."""
    check_quantities(text)
    if len(text) <= SHORT:
        check_claims(text)


def check_some_claims(text: str) -> None:
    """The whole program on one short text in four."""
    if len(text) <= SHORT and _draw(text) % ONE_IN_CLAIMS == 0:
        check_claims(text)


def stretched(text: str) -> str | None:
    """The beginning of ``text`` over and over, for a few of the texts: what only great length brings to light."""
    draw = _draw(text)
    piece = text[: 1 + draw // ONE_IN_STRETCHED % 8]
    return (piece * STRETCHED)[:STRETCHED] if text and draw % ONE_IN_STRETCHED == 1 else None


def _draw(text: str) -> int:
    """A number that is the same for a text in every run."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def check_quantities(text: str) -> None:
    """Everything numeric lies in the text, in order and apart."""
    position = 0
    for quantity in extract.find_quantities(text, everything=True):
        span = quantity.span
        if not position <= span.start < span.end <= len(text):
            raise BrokenPromiseError(f"span [{span.start}, {span.end}) after {position} in {len(text)} characters")
        position = span.end


def check_claims(text: str) -> None:
    """Every claim lies in the text of its document."""
    extraction = extract.extract(text)
    for claim in extraction.claims:
        if claim.span.end > len(extraction.document.text):
            raise BrokenPromiseError(f"claim at [{claim.span.start}, {claim.span.end}) ends behind the text")


def fault_of(text: str) -> str | None:
    """The name of the fault that ``text`` shows, None when it shows none."""
    try:
        check(text)
    except Exception as error:
        return name_of(error)
    return None


def name_of(error: BaseException) -> str:
    """The kind of error and the place in the program that raised it: faults of one name are taken for the same.

    A recursion is cut off anywhere, so its place is the module alone.
    """
    place = _innermost(error.__traceback__)
    if isinstance(error, RecursionError):
        place = place.partition(":")[0]
    return f"{type(error).__name__} in {place}"


def _innermost(trace: TracebackType | None) -> str:
    """``module.py:function`` of the last frame that is the program's own."""
    own = [frame for frame in traceback.extract_tb(trace) if frame.filename.startswith(_SOURCES)]
    return f"{Path(own[-1].filename).name}:{own[-1].name}" if own else "the check itself"


def decoded(data: bytes) -> str:
    """Any bytes as text; what is no UTF-8 becomes lone surrogates, which a text may hold as well."""
    return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    """The bytes of a text; the inverse of ``decoded`` wherever one exists."""
    return text.encode("utf-8", "surrogateescape" if _only_escapes(text) else "replace")


def _only_escapes(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" and not "\udc80" <= c <= "\udcff" for c in text)


def seed_texts() -> dict[str, str]:
    """Name → text that the loop starts from, in the order of their files."""
    folder = Path(__file__).parent / "seeds"
    return {path.stem: path.read_text(encoding="utf-8").rstrip("\n") for path in sorted(folder.glob("*.txt"))}
