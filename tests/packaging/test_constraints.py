"""constraints.txt pins every dependency that pyproject.toml asks for, and says nothing else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in LINES)}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *(line for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra),
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_one_name_with_one_version(line: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][0-9A-Za-z.+!]*", line)


def test_no_name_is_pinned_twice() -> None:
    assert len(PINS) == len(LINES)


@pytest.mark.parametrize("asked", [line for line in ASKED if not line.startswith(PROJECT["project"]["name"])])
def test_the_pinned_version_is_one_that_pyproject_accepts(asked: str) -> None:
    requirement = Requirement(asked)
    name = canonicalize_name(requirement.name)
    assert name in PINS, f"{name} is asked for in pyproject.toml but not pinned in constraints.txt"
    assert requirement.specifier.contains(PINS[name])
