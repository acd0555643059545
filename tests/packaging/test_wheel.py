"""What travels in the wheel, built from the source archive as an index would build it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytest.importorskip("hatchling", reason="the build backend is in the dev extra")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, unpacked."""
    folder = tmp_path_factory.mktemp("source")
    _build("sdist", checkout=ROOT, folder=folder)
    (archive,) = folder.glob("*.tar.gz")
    shutil.unpack_archive(archive, folder)
    return folder / archive.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    _build("wheel", checkout=source, folder=folder)
    (archive,) = folder.glob("*.whl")
    return zipfile.ZipFile(archive)


def _build(target: str, *, checkout: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True, timeout=120)


def _metadata(wheel: zipfile.ZipFile, name: str) -> str:
    (path,) = (path for path in wheel.namelist() if path.endswith(f".dist-info/{name}"))
    return wheel.read(path).decode("utf-8")


def _described(wheel: zipfile.ZipFile) -> Message:
    return Parser().parsestr(_metadata(wheel, "METADATA"))


def test_every_file_of_the_package_travels_unchanged(wheel: zipfile.ZipFile) -> None:
    package = ROOT / "src" / "extract"
    files = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert files
    for path in files:
        name = path.relative_to(package.parent).as_posix()
        assert name in wheel.namelist()
        assert wheel.read(name) == path.read_bytes()


def test_weights_travel_inside_the_package(wheel: zipfile.ZipFile) -> None:
    for path in (ROOT / "models").rglob("*"):
        if path.is_file():
            assert f"extract/models/{path.relative_to(ROOT / 'models').as_posix()}" in wheel.namelist()


def test_nothing_lands_outside_the_package(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"extract"}


def test_types_are_announced(wheel: zipfile.ZipFile) -> None:
    assert "extract/py.typed" in wheel.namelist()


def test_the_command_is_extract(wheel: zipfile.ZipFile) -> None:
    entries = ConfigParser()
    entries.read_string(_metadata(wheel, "entry_points.txt"))
    assert entries["console_scripts"]["extract"] == "extract.cli:main"


def test_name_and_licences_are_told(wheel: zipfile.ZipFile) -> None:
    described = _described(wheel)
    assert described["Name"] == "zh-claim-extract"
    assert described["License-Expression"] == "Apache-2.0"
    assert described.get_all("License-File") == ["LICENSE", "annotations/LICENSE"]


def test_the_source_archive_holds_what_is_needed_to_check_it(source: Path) -> None:
    for name in ("annotations", "tests/packaging", "scripts/test", "constraints.txt", "CHANGELOG.md", "models"):
        assert (source / name).exists(), name
    assert not (source / ".venv").exists()
