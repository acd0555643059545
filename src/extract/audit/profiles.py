"""What differs between places, years and kinds of form: parameters of the rules, in YAML files that people can edit.

A profile says what holds where a document prints nothing itself. One may build on another (``base``) and say only what
differs. The files lie in ``data/profiles``; the head of ``national-department.yaml`` explains the keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from extract.errors import LexiconError, UsageError

DEPARTMENT, PROJECT = "national-department", "national-project"
_SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade, and the total score from which it is given."""

    name: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class DatedDocument:
    """A rule that reports cite, and since when it is no longer in force."""

    name: str
    number: str
    ended: date
    replaced_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Parameters of the rules."""

    name: str
    title: str
    total: Decimal
    fund_weight: Decimal
    weights: Mapping[str, Decimal]
    grades: tuple[Grade, ...]
    over_completion: Decimal
    plainly_low: Decimal
    low_execution: Decimal
    far_below: Decimal
    over_spending: Decimal
    carry_over: Decimal
    unmeasurable_share: Decimal
    unexplained_share: Decimal
    positive: str
    negative: tuple[str, ...]
    qualitative_bands: tuple[tuple[Decimal, Decimal], ...]
    not_applied: frozenset[str]
    documents: tuple[DatedDocument, ...]


_POSITIVE, _NEGATIVE = ("proportional", "free"), ("inverse", "excess")
_FIGURES = (
    *("total", "fund_weight", "over_completion", "plainly_low", "low_execution", "far_below"),
    *("over_spending", "carry_over", "unmeasurable_share", "unexplained_share"),
)
_KEYS = frozenset(
    (
        *_FIGURES,
        "title",
        "base",
        "weights",
        "grades",
        "positive",
        "negative",
        "qualitative_bands",
        "not_applied",
        "documents",
    )
)
_RULE = re.compile(r"R\d\d")


@cache
def profile_names() -> tuple[str, ...]:
    """Names that ``--profile`` takes, in alphabetical order."""
    folder = files("extract") / "data" / "profiles"
    return tuple(sorted(each.name.removesuffix(_SUFFIX) for each in folder.iterdir() if each.name.endswith(_SUFFIX)))


@cache
def read_profile(name: str) -> Profile:
    """The profile of that name.

    Raises:
        UsageError: if there is none; the message lists those that there are.
        LexiconError: if its file breaks the rules; the message names file and field.
    """
    if name not in profile_names():
        known = ", ".join(profile_names())
        raise UsageError(
            f"--profile {name!r}: no such profile; use one of {known}",
            zh=f"--profile {name!r}：没有此配置；可选：{known}",
        )
    return parse_profile(_values(name), name=name, where=f"{name}{_SUFFIX}")


def profile_for(report_type: str | None) -> Profile:
    """The national profile of a kind of report; what is no project is taken for a department."""
    return read_profile(PROJECT if report_type == "project" else DEPARTMENT)


def _values(name: str, above: tuple[str, ...] = ()) -> dict[str, Any]:
    """The keys of a profile's file over those of the profile that it builds on."""
    where = f"{name}{_SUFFIX}"
    text = (files("extract") / "data" / "profiles" / where).read_text(encoding="utf-8")
    own = parse_yaml(text, where)
    base = own.pop("base", None)
    if base is None:
        return own
    if base in (*above, name) or base not in profile_names():
        raise LexiconError(f"{where}: base {base!r} is no other profile; use one of {', '.join(profile_names())}")
    return {**_values(base, (*above, name)), **own}


def parse_yaml(text: str, where: str) -> dict[str, Any]:
    """The keys that a profile's text gives, known ones only, each once.

    Raises:
        LexiconError: if it is no mapping of such keys; the message names the line.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        raise LexiconError(f"{where}{line}: not YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(value, dict) or not isinstance(node, yaml.MappingNode):
        raise LexiconError(f"{where}:1: a profile is a mapping of keys to values")
    lines: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if key.value not in _KEYS:
            raise LexiconError(f"{where}:{line}: nobody reads {key.value!r}; use {', '.join(sorted(_KEYS))}")
        if key.value in lines:
            raise LexiconError(f"{where}:{line}: {key.value!r} already stands on line {lines[key.value]}; keep one")
        lines[key.value] = line
    return value


def parse_profile(values: Mapping[str, Any], *, name: str, where: str) -> Profile:
    """A profile of the values of all its keys.

    Raises:
        LexiconError: if one is missing or means nothing; the message names the field.
    """
    missing = sorted(_KEYS - {"base"} - set(values))
    if missing:
        raise LexiconError(f"{where}: {', '.join(missing)} missing; give them here or in the profile named by base")
    weights = _mapping(values["weights"], f"{where}: weights")
    return Profile(
        name=name,
        title=str(values["title"]),
        weights=MappingProxyType({str(key): _number(weights[key], f"{where}: weights.{key}") for key in weights}),
        grades=_grades(values["grades"], f"{where}: grades"),
        positive=_choice(values["positive"], _POSITIVE, f"{where}: positive"),
        negative=tuple(
            _choice(each, _NEGATIVE, f"{where}: negative") for each in _list(values["negative"], f"{where}: negative")
        ),
        qualitative_bands=_bands(values["qualitative_bands"], f"{where}: qualitative_bands"),
        not_applied=_rules(values["not_applied"], f"{where}: not_applied"),
        documents=_documents(values["documents"], f"{where}: documents"),
        **{key: _number(values[key], f"{where}: {key}") for key in _FIGURES},
    )


def _number(value: object, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LexiconError(f"{where}: {value!r} is no number")
    if value < 0:
        raise LexiconError(f"{where}: {value!r} is below 0")
    return Decimal(str(value))


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise LexiconError(f"{where}: {value!r} is no list")
    return value


def _mapping(value: object, where: str, keys: frozenset[str] | None = None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise LexiconError(f"{where}: {value!r} is no mapping")
    if keys is not None and set(value) != keys:
        raise LexiconError(f"{where}: {sorted(value)} must be {sorted(keys)}")
    return value


def _choice(value: object, choices: tuple[str, ...], where: str) -> str:
    if value not in choices:
        raise LexiconError(f"{where}: {value!r} is none of {', '.join(choices)}")
    return str(value)


def _grades(value: object, where: str) -> tuple[Grade, ...]:
    rows = [_mapping(row, where, frozenset({"name", "least"})) for row in _list(value, where)]
    grades = tuple(Grade(str(row["name"]), _number(row["least"], f"{where}.least")) for row in rows)
    if [grade.least for grade in grades] != sorted({grade.least for grade in grades}, reverse=True):
        raise LexiconError(f"{where}: must go from the best to the worst, each with a lower least score")
    return grades


def _bands(value: object, where: str) -> tuple[tuple[Decimal, Decimal], ...]:
    bands = []
    for row in _list(value, where):
        if not isinstance(row, list) or len(row) != 2:
            raise LexiconError(f"{where}: {row!r} is no pair of shares, as [0.8, 1]")
        low, high = (_number(each, where) for each in row)
        if not low < high:
            raise LexiconError(f"{where}: {row!r}: the lower share goes first")
        bands.append((low, high))
    return tuple(bands)


def _rules(value: object, where: str) -> frozenset[str]:
    rules = [str(each) for each in _list(value, where)]
    for rule in rules:
        if not _RULE.fullmatch(rule):
            raise LexiconError(f"{where}: {rule!r} is no rule, as R21")
    return frozenset(rules)


def _documents(value: object, where: str) -> tuple[DatedDocument, ...]:
    documents = []
    for number, entry in enumerate(_list(value, where), 1):
        row = _mapping(entry, f"{where}[{number}]", frozenset({"name", "number", "ended", "replaced_by"}))
        if not isinstance(row["ended"], date):
            raise LexiconError(f"{where}[{number}].ended: {row['ended']!r} is no date, as 2020-02-25")
        documents.append(DatedDocument(str(row["name"]), str(row["number"]), row["ended"], str(row["replaced_by"])))
    return tuple(documents)
