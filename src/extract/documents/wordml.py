"""Names, attributes and children in WordprocessingML, the transitional and the strict kind alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_PREFIXES = dict.fromkeys(_WORD, "w") | {
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_OFF = ("0", "false", "off", "none")


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    namespace, _, local = tag[1:].partition("}")
    return f"{_PREFIXES.get(namespace, 'other')}:{local}"


def name_of(element: Any) -> str:
    """The element's name with the usual prefix: ``w:p``, ``m:t``, ``mc:Choice``; ``other:…`` for the rest."""
    return _short(element.tag)


def attribute(element: Any, name: str) -> str | None:
    """The value of the attribute ``w:name``."""
    for namespace in _WORD:
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return str(value)
    return None


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children with one of ``names``; none when there is no element."""
    if element is not None:
        yield from (inner for inner in element if name_of(inner) in names)


def child(element: Any, *path: str) -> Any:
    """The first child at ``path``, one name a level; None when there is none."""
    for name in path:
        for inner in () if element is None else element:
            if _short(inner.tag) == name:
                element = inner
                break
        else:
            return None
    return element


def value_of(element: Any, default: str | None = None) -> str | None:
    """``w:val`` of an element that may be missing."""
    return default if element is None else (attribute(element, "val") or default)


def number_of(element: Any, default: int, *, at_most: int) -> int:
    """``w:val`` of an element as a whole number between 0 and ``at_most``; ``default`` where it says none."""
    written = value_of(element) or ""
    return min(int(written), at_most) if written.isascii() and written.isdigit() and len(written) < 12 else default


def is_on(element: Any) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not turned off."""
    return element is not None and (attribute(element, "val") or "on") not in _OFF
