"""Every command that stands in README.md works as written."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(?:console|bash)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
#: they install into the checkout; scripts/test runs one of them, and `package` what they install
SKIPPED = ("./scripts/run", "./scripts/test")


def readme_commands() -> list[str]:
    """Lines that begin with ``$`` in the console and bash blocks, in order, each once."""
    lines = [line for block in _BLOCK.findall(README) for line in block.splitlines()]
    commands = dict.fromkeys(line.removeprefix("$ ") for line in lines if line.startswith("$ "))
    return [command for command in commands if not command.startswith(SKIPPED)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout after ``./scripts/run``."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "annotations", folder / "annotations")
    _run("extract annotate export annotations/*.ann -o out/samples", folder)
    _run("extract run out/samples/*.txt -o out/claims.jsonl", folder)
    return folder


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    programs = folder / ".programs"
    if not programs.exists():
        programs.mkdir()
        for name, words in {"extract": "-m extract", "python": ""}.items():
            (programs / name).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {words} "$@"\n')
            (programs / name).chmod(0o755)
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    bash = ["bash", "-o", "pipefail", "-c", command]
    return subprocess.run(bash, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("command", readme_commands())
def test_a_command_of_the_readme_works_as_written(command: str, checkout: Path) -> None:
    done = _run(command, checkout)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout or " -o " in command or " check " in command, "it says nothing and writes nothing"


def test_the_readme_shows_every_command_of_the_program(checkout: Path) -> None:
    shown = " ".join(readme_commands())
    for command in ("run", "text", "quantities", "annotate check", "annotate export", "annotate import"):
        assert f"extract {command} " in shown


def test_the_only_commands_not_run_here_are_those_that_install() -> None:
    lines = {line for block in _BLOCK.findall(README) for line in block.splitlines() if line.startswith("$ ")}
    assert {line.removeprefix("$ ") for line in lines} - set(readme_commands()) == set(SKIPPED)


@pytest.mark.parametrize("link", sorted(set(_LINK.findall(README))))
def test_a_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
