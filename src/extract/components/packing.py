"""Records as a plain string and back, the same records: no pickle, nothing that could run code.

The string is JSON: a digest of the record types, and a pool in which every record stands once and names the ones it
holds by their place. So a segment that ten claims share is written once, and shared again when it is read.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from extract import records
from extract.errors import ExtractError


class PackingError(ExtractError, TypeError):
    """A value is no record and holds no records."""


def packed(value: object) -> str:
    """``value`` (records, tuples of records) as one string; equal values give equal strings.

    Raises:
        PackingError: if something in it is neither a record nor a plain value.
    """
    pool = _Pool()
    root = pool.place(value)
    return json.dumps([_SHAPE, pool.entries, root], ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> object | None:
    """What ``packed`` was given; None when the records had other fields then, so that they cannot be read now."""
    shape, entries, root = json.loads(text)
    if shape != _SHAPE:
        return None
    built: list[object] = []
    for name, *parts in entries:
        built.append(_build(name, [_resolved(part, built) for part in parts]))
    return _resolved(root, built)


class _Pool:
    """Every record once; a plain value stands for itself, anything else is ``[its place]``."""

    def __init__(self) -> None:
        self.entries: list[list[Any]] = []
        self._places: dict[str, int] = {}
        self._seen: dict[int, tuple[object, int]] = {}  # by identity; the object is held so that its id stays its own

    def place(self, value: object) -> object:
        if value is None or type(value) in (str, int, float, bool):
            return value
        if id(value) not in self._seen:
            entry = [_name_of(value), *map(self.place, _parts_of(value))]
            key = repr(entry)  # not the value: Decimal("1.0") equals Decimal("1") and is another record
            if key not in self._places:
                self._places[key] = len(self.entries)
                self.entries.append(entry)
            self._seen[id(value)] = (value, self._places[key])
        return [self._seen[id(value)][1]]


def _resolved(part: Any, built: list[object]) -> object:
    return built[part[0]] if isinstance(part, list) else part


def _name_of(value: object) -> str:
    name = type(value).__name__
    if _PACKABLE.get(name) is not type(value):
        raise PackingError(f"{value!r} of type {name} is no record of extract.records and cannot travel in a Doc")
    return name


def _parts_of(value: Any) -> list[object]:
    if isinstance(value, tuple):
        return list(value)
    names = _FIELDS.get(type(value).__name__)
    if names is None:
        return [value.value if isinstance(value, StrEnum) else str(value)]
    return [getattr(value, name) for name in names]


def _build(name: str, parts: list[Any]) -> object:
    kind = _PACKABLE[name]
    if kind is tuple:
        return tuple(parts)
    if name in _FIELDS and not issubclass(kind, tuple):
        return kind(**dict(zip(_FIELDS[name], parts, strict=True)))
    return kind(*parts)


def _field_names(kind: type) -> list[str]:
    if is_dataclass(kind):
        return [field.name for field in fields(kind)]
    return list(getattr(kind, "_fields", ()))


def _shape() -> str:
    """Stands for the record types and their fields as this version of the program has them."""
    return hashlib.sha256(json.dumps(_FIELDS, sort_keys=True).encode("ascii")).hexdigest()[:16]


_PACKABLE: dict[str, type] = {"tuple": tuple, "Decimal": Decimal} | {
    name: kind
    for name, kind in vars(records).items()
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, StrEnum | tuple))
}
_FIELDS = {name: names for name, kind in _PACKABLE.items() if (names := _field_names(kind))}
_SHAPE = _shape()
