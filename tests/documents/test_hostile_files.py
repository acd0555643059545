"""Broken and hostile files of every format end in a clear line, within their limits, and harm no other file."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path

import pytest

from extract.documents import read_document
from extract.errors import ReadError
from tests.cli.commands import started
from tests.documents.hostile_files import SAMPLES, hostile_files

FILES = hostile_files()
SECONDS = 12.0  #: that refusing one may take on a busy machine


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 60


@pytest.mark.parametrize("what", FILES)
def test_each_ends_in_a_clear_line(what: str, tmp_path: Path) -> None:
    name, data = FILES[what]
    path = tmp_path / name
    path.write_bytes(data)
    began = time.monotonic()
    with pytest.raises(ReadError) as caught:
        read_document(path)
    assert time.monotonic() - began < SECONDS
    for message in (str(caught.value), caught.value.zh):
        assert message.startswith(str(path))
        assert "\n" not in message
        assert len(message) < len(str(path)) + 400
    assert any(
        word in str(caught.value) for word in ("save", "get the file", "check", "give", "split", "install", "scan")
    )


def test_a_run_over_all_of_them_reads_the_good_one(tmp_path: Path) -> None:
    paths = []
    for number, (name, data) in enumerate(FILES.values()):
        path = tmp_path / f"{number:03}{Path(name).suffix}"
        path.write_bytes(data)
        paths.append(path)
    good = tmp_path / "good.doc"
    good.write_bytes((SAMPLES / "report.doc").read_bytes())
    ended = started("run", *paths[:40], good, *paths[40:])
    records = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 3
    assert [r["doc"] for r in records if r["kind"] == "error"] == [path.name for path in paths]
    assert [r["doc"] for r in records if r["kind"] == "document"] == ["good.doc"]
    assert any(r["kind"] == "claim" and r["text"] == "1388.2万元" for r in records)
    assert ended.said.count("\n") == len(paths)


def test_nothing_is_asked_for_outside(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        for what, (name, data) in hostile_files(url).items():
            if url.encode() in data or "outside" in what or "network" in what:
                (tmp_path / name).write_bytes(data)
                for guarded in (True, False):
                    with pytest.raises(ReadError):
                        read_document(tmp_path / name, guarded=guarded)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.system
@pytest.mark.office
def test_libreoffice_asks_for_nothing_and_runs_no_macro(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        port = server.getsockname()[1]
        linked = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "http://127.0.0.1:{port}/x.png" \\\\d}}{{\\fldrslt }}}}'
        macro = f'{{\\field{{\\*\\fldinst MACROBUTTON Shell("touch {marker}") x}}{{\\fldrslt }}}}'
        (tmp_path / "a.rtf").write_text("{\\rtf1\\ansi 764 " + linked + macro + "\\par}", encoding="ascii")
        for guarded in (True, False):
            assert "764" in read_document(tmp_path / "a.rtf", guarded=guarded).text
        with pytest.raises(TimeoutError):
            server.accept()
    assert not marker.exists()
