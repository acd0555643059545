"""The scripts that install and check: what they say when something is missing, fails or takes too long."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = [
    "scripts/run",
    "scripts/test",
    "scripts/bench",
    "scripts/mutations",
    "scripts/fuzz",
    "scripts/check-package",
    ".ci/run",
]
#: programs that the shell functions call, stood in for: nothing is installed and no test runs
STUBS = """
is_root() { return 0; }
dpkg-query() { [ -f "$STATE/installed" ] && echo installed; }
apt-get() { echo "apt-get $*" >>"$STATE/log"; return "$APT"; }
env() { shift; "$@"; }
within() { shift; "$@"; }
sleep() { :; }
pytest() { case $1 in --collect-only) return "$COLLECTED" ;; *) echo "pytest $*"; return "$TESTED" ;; esac; }
"""


def _bash(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-uc", code], cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, timeout=60
    )


def _parts(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return _bash(f". scripts/venv.sh; . scripts/parts.sh; {code}\nreport", **env)


def _system_part(state: Path, **env: str) -> subprocess.CompletedProcess[str]:
    given = {"STATE": str(state), "COLLECTED": "0", "TESTED": "0", "APT": "0", "CI": "", **env}
    return _parts(f"{STUBS}\nsystem_part screen 9 'screen-one screen-two' 'system and screen'", **given)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_can_be_called_and_parsed(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert _bash(f"bash -n {script}").returncode == 0


@pytest.mark.parametrize("language", ["C", "zh_CN.UTF-8"])
def test_without_python_one_line_says_what_to_install(tmp_path: Path, language: str) -> None:
    done = _bare(tmp_path, {}, language)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "3.11" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr


def test_a_python_that_is_too_old_is_none(tmp_path: Path) -> None:
    done = _bare(tmp_path, {"python3": "exit 1"})
    assert done.returncode == 2
    assert "no Python 3.11 or newer" in done.stderr


def test_without_venv_one_line_names_the_package_of_that_version(tmp_path: Path) -> None:
    python = "case $2 in *ensurepip*) exit 1 ;; *print*) echo 3.12 ;; esac"
    done = _bare(tmp_path, {"python3": python})
    assert done.returncode == 2
    assert done.stderr == (
        "run: python3 has no venv module; install it (Debian, Ubuntu: apt install python3.12-venv)\n"
    )


def _bare(folder: Path, programs: dict[str, str], language: str = "C") -> subprocess.CompletedProcess[str]:
    """``scripts/run`` of a checkout without ``.venv`` on a machine that has these programs alone."""
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "bin").mkdir()
    for name in ("bash", "dirname", "cat", "cmp", "head", "grep", "rm", "mkdir"):
        found = shutil.which(name)
        assert found
        (folder / "bin" / name).symlink_to(found)
    for name, body in programs.items():
        (folder / "bin" / name).write_text(f"#!{folder}/bin/bash\n{body}\n")
        (folder / "bin" / name).chmod(0o755)
    env = {"PATH": str(folder / "bin"), "LANG": language, "HOME": str(folder)}
    command = [str(folder / "bin" / "bash"), str(folder / "scripts" / "run")]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_a_failed_part_does_not_stop_the_others() -> None:
    done = _parts("part one 5 false; part two 5 true")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == ["one            FAILED: exit code 1", "two            passed"]


def test_a_part_is_stopped_at_its_limit() -> None:
    done = _parts("part slow 1 sleep 30")
    assert done.returncode == 1
    assert "FAILED: over its limit of 1 s" in done.stdout


def test_no_tests_is_a_failure_of_a_plain_part() -> None:
    done = _parts('empty() { return 5; }; within() { shift; "$@"; }; part tests 5 empty')
    assert done.returncode == 1
    assert "FAILED: exit code 5" in done.stdout


def test_a_system_part_without_tests_says_so_and_installs_nothing(tmp_path: Path) -> None:
    done = _system_part(tmp_path, COLLECTED="5", CI="true")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "screen         no tests yet"
    assert not (tmp_path / "log").exists()


def test_a_system_part_runs_its_expression_when_its_packages_are_there(tmp_path: Path) -> None:
    (tmp_path / "installed").touch()
    done = _system_part(tmp_path)
    assert done.returncode == 0
    assert "pytest -m system and screen" in done.stdout
    assert done.stdout.splitlines()[-1] == "screen         passed"
    assert not (tmp_path / "log").exists()


def test_a_system_part_that_fails_fails_the_whole(tmp_path: Path) -> None:
    (tmp_path / "installed").touch()
    assert _system_part(tmp_path, TESTED="1").returncode == 1


def test_packages_that_cannot_be_had_skip_the_part_by_name(tmp_path: Path) -> None:
    done = _system_part(tmp_path, APT="100")
    assert done.returncode == 0
    assert "skipped: install screen-one screen-two to run it" in done.stdout


def test_packages_that_cannot_be_had_fail_the_part_in_ci(tmp_path: Path) -> None:
    done = _system_part(tmp_path, APT="100", CI="true")
    assert done.returncode == 1
    assert "FAILED: screen-one screen-two could not be installed" in done.stdout


def test_an_install_is_tried_twice(tmp_path: Path) -> None:
    _system_part(tmp_path, APT="100")
    assert (tmp_path / "log").read_text().splitlines() == ["apt-get update -qq"] * 2


def test_the_markers_of_system_parts_are_known_to_pytest() -> None:
    table = (ROOT / "scripts" / "test").read_text(encoding="utf-8")
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    expressions = [line.split('"')[3] for line in table.splitlines() if line.strip().startswith("system_part ")]
    assert expressions
    for expression in expressions:
        system, _, marker = expression.partition(" and ")
        assert system == "system"
        assert f'"{marker}: ' in settings
