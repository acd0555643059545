"""The forms of ``forms.yaml`` as records, and what else can be made of a form before it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ABOVE, LEFT = "^", "<"
Rows = tuple[tuple[str, ...], ...]
_HALF_WIDTH = str.maketrans("（）：，；。％", "():,;.%")
_BOUND_AND_UNIT = re.compile(r"(?P<sign>[≥≤]?)(?P<number>[\d.,]+)(?P<unit>\D*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of equally long rows; ``^`` and ``<`` stand where the cell above or to the left is merged."""

    caption: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    name: str
    title: str
    tables: tuple[Table, ...]
    broken: dict[str, tuple[str, ...]]  #: header cells and the lines that a narrow column breaks them into


@cache
def forms() -> dict[str, Form]:
    """The forms by name."""
    written: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "forms.yaml").read_text(encoding="utf-8"))
    return {
        each["name"]: Form(
            name=each["name"],
            title=each["title"],
            tables=tuple(
                Table(caption=tuple(t["caption"]), rows=tuple(tuple(c.rstrip("\n") for c in row) for row in t["rows"]))
                for t in each["tables"]
            ),
            broken={cell: tuple(lines) for cell, lines in each.get("broken", {}).items()},
        )
        for each in written
    }


def mapped(form: Form, change: dict[int, Rows]) -> Form:
    """``form`` with other rows in the tables of these numbers."""
    tables = (replace(table, rows=change.get(n, table.rows)) for n, table in enumerate(form.tables))
    return replace(form, tables=tuple(tables))


def half_width(form: Form) -> Form:
    """``form`` as typed with half-width punctuation."""
    return mapped(
        form,
        {n: tuple(tuple(c.translate(_HALF_WIDTH) for c in row) for row in t.rows) for n, t in enumerate(form.tables)},
    )


def on_one_line(form: Form) -> Form:
    """``form`` with the lines of every cell put behind one another."""
    return mapped(
        form, {n: tuple(tuple(c.replace("\n", "") for c in row) for row in t.rows) for n, t in enumerate(form.tables)}
    )


def with_sign_and_unit_columns(form: Form) -> Form:
    """``form`` with ≥ ≤ and the unit of target and actual in columns of their own."""
    return mapped(
        form, {n: _spread(table.rows) for n, table in enumerate(form.tables) if "年度指标值" in table.rows[0]}
    )


def _spread(rows: Rows) -> Rows:
    target, actual = rows[0].index("年度指标值"), rows[0].index("实际完成值")
    out = []
    for n, row in enumerate(rows):
        goal, done = _BOUND_AND_UNIT.fullmatch(row[target]), _BOUND_AND_UNIT.fullmatch(row[actual])
        if n == 0:
            middle = ("指标方向", row[target], "计量单位", row[actual])
        elif goal is None or done is None:
            middle = (row[target],) * 2 + (row[actual],) * 2
        else:
            middle = (goal["sign"] or "＝", goal["number"], goal["unit"], done["number"])
        out.append((*row[:target], *middle, *row[actual + 1 :]))
    return tuple(out)
