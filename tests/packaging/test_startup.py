"""What is imported before the first character is read: start-up time is mostly that."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import json, sys
before = set(sys.modules)
{code}
loaded = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(json.dumps(sorted(loaded - set(sys.stdlib_module_names))), file=sys.stderr)
"""
COMMAND = "from extract.cli import main\ntry: main({words!r})\nexcept SystemExit: pass"
READS_TABLES = {"extract", "regex", "yaml", "_yaml"}
#: compiled parts of PyYAML register these under names of their own
COMPILED = ("cython_runtime", "_cython_")


def _third_party(code: str, folder: Path) -> set[str]:
    """Top-level modules from outside the standard library that ``code`` imports in a fresh Python."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(code=code)], cwd=folder, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return {name for name in json.loads(done.stderr.splitlines()[-1]) if not name.startswith(COMPILED)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "report.txt").write_text("计划新建泵站14座，实际建成12座，完成率85.7%。\n", encoding="utf-8")
    return tmp_path


def test_import_of_the_package_loads_nothing_else(folder: Path) -> None:
    assert _third_party("import extract", folder) == {"extract"}


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["--version"]])
def test_help_loads_nothing_else(folder: Path, words: list[str]) -> None:
    assert _third_party(COMMAND.format(words=words), folder) == {"extract"}


@pytest.mark.parametrize("words", [["run", "report.txt", "-o", "claims.jsonl"], ["quantities", "report.txt"]])
def test_reading_a_text_loads_only_what_reads_the_tables(folder: Path, words: list[str]) -> None:
    assert _third_party(COMMAND.format(words=words), folder) <= READS_TABLES


def test_a_summary_loads_no_model_library(folder: Path) -> None:
    loaded = _third_party(COMMAND.format(words=["run", "report.txt", "--summary"]), folder)
    assert "rich" in loaded
    assert not loaded & {"spacy", "thinc", "sklearn", "numpy", "scipy", "pandas", "pyarrow", "jieba"}
