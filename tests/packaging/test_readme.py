"""What README.md says is so: its commands run, what it shows is what they print, its rules are those that run."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import extract.audit.rules
from extract.annotation.checker import check_report
from extract.annotation.markup import parse_markup
from extract.cli.arguments import parse_arguments
from extract.lexicons import default_units
from extract.slots.catalogue import default_catalogue

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ANNOTATIONS = (ROOT / "annotations" / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"""\]\((?!https?://|#)([^)#]+)|<img src="([^"]+)""")
_RULE_ROW = re.compile(r"^\| (R\d\d) \|", re.MULTILINE)
_MOST_OF_A_PICTURE = 300_000  #: bytes
#: they install into the checkout, or train for minutes; scripts/test runs one of them, and `package` what they install
SKIPPED = ("./scripts/run", "./scripts/test", "./scripts/train", ".venv/bin/pip install")


class Shown(NamedTuple):
    """A command, and what the page shows of its output."""

    command: str
    lines: tuple[str, ...]


def blocks(page: str, language: str) -> list[str]:
    return [body for named, body in _BLOCK.findall(page) if named == language]


def shown_commands(page: str = README) -> Iterator[Shown]:
    """What stands behind ``$`` in the console blocks, with the lines below it; ``…`` stands for lines left out."""
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.splitlines()
            yield Shown(command, tuple(line for line in lines if line.strip() not in ("", "…")))


def readme_commands() -> list[str]:
    commands = dict.fromkeys(shown.command for shown in shown_commands())
    return [command for command in commands if not command.startswith(SKIPPED)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout after ``./scripts/run``."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "annotations", folder / "annotations")
    shutil.copytree(ROOT / "models", folder / "models")
    shutil.copytree(ROOT / "tests/documents/pdf_files", folder / "tests/documents/pdf_files")
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


@pytest.mark.parametrize("shown", [shown for shown in shown_commands() if shown.lines], ids=lambda shown: shown.command)
def test_what_the_readme_shows_is_what_the_command_prints(shown: Shown, checkout: Path) -> None:
    printed = iter([" ".join(line.split()) for line in _run(shown.command, checkout).stdout.splitlines()])
    for line in shown.lines:
        assert " ".join(line.split()) in printed, f"README.md shows a line that is not printed there: {line}"


@pytest.mark.parametrize("number", range(len(blocks(README, "python"))))
def test_a_python_example_of_the_readme_gives_what_it_shows(number: int, checkout: Path) -> None:
    example = blocks(README, "python")[number]
    if "to_dataframe" in example:
        pytest.importorskip("pandas")
        pytest.importorskip("pyarrow")
    (checkout / "example.txt").write_text(example, encoding="utf-8")
    done = _run("python -X utf8 -m doctest example.txt", checkout)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("markup", [*blocks(README, "text"), *blocks(ANNOTATIONS, "text")])
def test_an_annotated_example_is_in_order(markup: str) -> None:
    report = parse_markup(markup, name="example", units=default_units())
    assert report.mentions
    assert report.pairs
    assert list(check_report(report, slots=frozenset(default_catalogue().slots))) == []


def test_the_readme_shows_every_command_of_the_program(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(["--lang", "en", "--help"])
    listed = re.findall(r"^    (\w+) ", capsys.readouterr().out.partition("COMMAND\n")[2], flags=re.MULTILINE)
    shown = " ".join(readme_commands())
    assert {"run", "report", "quantities", "text", "annotate"} <= set(listed)
    for command in (*listed, "annotate check", "annotate export", "annotate import"):
        assert f"extract {command} " in shown, f"no example of 'extract {command}' in README.md"


def test_the_readme_tells_in_both_languages_which_rules_run() -> None:
    names = (
        found.name for found in pkgutil.iter_modules(extract.audit.rules.__path__) if re.match(r"r\d\d_", found.name)
    )
    rules = sorted(importlib.import_module(f"extract.audit.rules.{name}").RULE for name in names)
    assert rules
    for page in README.split("\n## English\n"):
        assert _RULE_ROW.findall(page) == rules, "the table of rules in README.md has other rows than rules that run"


def test_the_only_commands_not_run_here_are_those_that_install() -> None:
    skipped = {shown.command for shown in shown_commands()} - set(readme_commands())
    assert all(any(command.startswith(start) for command in skipped) for start in SKIPPED)
    assert len(skipped) == len(SKIPPED)


@pytest.mark.parametrize("link", sorted({one or other for one, other in _LINK.findall(README)}))
def test_a_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


def test_the_picture_of_the_readme_is_small() -> None:
    pictures = re.findall(r'<img src="([^"]+)', README)
    assert pictures
    assert all((ROOT / picture).stat().st_size < _MOST_OF_A_PICTURE for picture in pictures)
