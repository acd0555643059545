"""Names and attributes of XML elements without their namespaces, which the strict and the usual formats differ in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def local_name(element: Any) -> str:
    """``sheetData`` of an element ``{http://…}sheetData``."""
    return _local(str(element.tag))


def attribute(element: Any, name: str) -> str:
    """The value of the attribute ``name`` of whatever namespace; empty without one."""
    return next((str(value) for key, value in element.attrib.items() if _local(key) == name), "")


def whole_number(written: str | None, default: int) -> int:
    """A written whole number below a thousand million that has no sign; ``default`` for anything else."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 10 else default
