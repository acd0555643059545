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
from tests.documents.hostile_files import SAMPLES, drawing_itself, hostile_archives, hostile_files, strange_files

FILES = hostile_files()
SECONDS = 30.0  #: that refusing one may take on a busy machine


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 90


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


STRANGE = strange_files()


@pytest.mark.parametrize("what", STRANGE)
def test_what_only_lies_about_itself_is_read_or_refused_in_time(what: str, tmp_path: Path) -> None:
    name, data = STRANGE[what]
    (tmp_path / name).write_bytes(data)
    began = time.monotonic()
    said = _text_or_refusal(tmp_path / name)
    assert "764宗" in said or said.startswith(str(tmp_path / name))
    assert time.monotonic() - began < SECONDS


def _text_or_refusal(path: Path) -> str:
    try:
        return read_document(path).text
    except ReadError as error:
        return str(error)


def test_what_would_be_read_forever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACT_READ_SECONDS", "3")
    (tmp_path / "a.pdf").write_bytes(drawing_itself())
    with pytest.raises(ReadError, match="not read within 3 seconds"):
        read_document(tmp_path / "a.pdf")
    assert "1388.2" in read_document(SAMPLES / "report.doc").text


ARCHIVES = hostile_archives()


@pytest.mark.parametrize("what", ARCHIVES)
def test_archives_end_in_a_clear_line_and_unpack_nowhere(what: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(ARCHIVES[what])
    outside = Path("/tmp/extract-out.txt")
    began = time.monotonic()
    ended = started("run", tmp_path / "in" / "a.zip")
    assert time.monotonic() - began < SECONDS
    assert ended.code in (0, 3)
    kinds = {json.loads(line)["kind"] for line in ended.out.splitlines()}
    assert kinds <= {"error"}
    assert "Traceback" not in ended.said
    assert not outside.exists()
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.zip"]


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
