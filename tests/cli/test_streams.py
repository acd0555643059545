"""Closed and full streams, interruption in mid-run, and going on from there."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.commands import LIMIT, command_line, environment, started
from tests.samples import SMALL_REPORT, sample_texts


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of reports that take a run some seconds."""
    folder = tmp_path / "reports"
    folder.mkdir()
    text = next(iter(sample_texts().values()))
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"第{number}份\n{text}", encoding="utf-8")
    (folder / "02.txt").write_bytes(b"")
    return folder


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "r.txt"
    path.write_text(SMALL_REPORT, encoding="utf-8")
    return path


@pytest.mark.parametrize(("language", "expected"), [("en", "standard output is closed"), ("zh", "标准输出已关闭")])
@pytest.mark.parametrize("command", ["run", "text", "quantities"])
def test_closed_stdout_is_said(command: str, language: str, expected: str, report: Path) -> None:
    line = 'exec "$@" >&-'
    words = ["sh", "-c", line, "sh", *command_line(command, report, "--lang", language)]
    done = subprocess.run(words, stderr=subprocess.PIPE, timeout=LIMIT, env=environment(), check=False)
    assert done.returncode == 2
    assert expected in done.stderr.decode("utf-8")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", ["run", "text", "quantities"])
def test_full_device_is_said(command: str, report: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command_line(command, report),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=LIMIT,
            env=environment(),
            check=False,
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_closed_stdin_is_said() -> None:
    words = ["sh", "-c", 'exec "$@" <&-', "sh", *command_line("run", "-")]
    done = subprocess.run(words, capture_output=True, timeout=LIMIT, env=environment(), check=False)
    assert done.returncode == 3
    assert b"standard input is closed" in done.stderr


def test_closed_stderr_is_no_crash(report: Path) -> None:
    words = ["sh", "-c", 'exec "$@" 2>&-', "sh", *command_line("run", report, report.parent / "none.txt")]
    done = subprocess.run(words, stdout=subprocess.PIPE, timeout=LIMIT, env=environment(), check=False)
    assert done.returncode == 3
    assert [json.loads(line)["kind"] for line in done.stdout.splitlines()][-1] == "error"


@pytest.mark.parametrize("command", ["run", "quantities"])
def test_reader_that_goes_away_ends_the_run_quietly(command: str, reports: Path) -> None:
    path = reports if command == "run" else reports / "00.txt"
    with subprocess.Popen(
        command_line(command, path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline().startswith(b"{")
        child.stdout.close()
        said = child.stderr.read()
        assert child.wait(LIMIT) == 0
    assert b"Traceback" not in said
    assert b"Exception ignored" not in said


def interrupted(words: list[str], partial: Path, *, documents: int) -> tuple[int, str]:
    """(exit code, stderr) of a run that gets SIGINT when so many documents stand in ``partial``."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment()) as child:
        ends = time.monotonic() + LIMIT
        while time.monotonic() < ends and child.poll() is None:
            if partial.is_file() and partial.read_bytes().count(b'"kind": "document"') >= documents:
                break
            time.sleep(0.005)
        child.send_signal(signal.SIGINT)
        assert child.stderr is not None
        said = child.stderr.read().decode("utf-8")
        return child.wait(LIMIT), said


def test_interrupted_run_keeps_what_was_finished_and_resumes_to_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    partial = out.with_name("out.jsonl.part")
    assert started("run", reports, "-o", whole).code == 3
    code, said = interrupted(command_line("run", reports, "-o", out), partial, documents=3)
    assert code == 130
    assert "--resume goes on" in said
    assert "Traceback" not in said
    assert not out.exists()
    kept = {json.loads(line)["doc"] for line in partial.read_bytes().splitlines()}
    assert 3 <= len(kept) < 12
    resumed = started("run", reports, "-o", out, "--resume", "--fail-on", "low")
    assert resumed.code == 3, "the file that could not be read was met before the interruption"
    assert "00.txt" not in resumed.said
    assert out.read_bytes() == whole.read_bytes()
    assert not partial.exists()


def test_resume_cuts_a_half_written_document(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "s.txt"
    other.write_text(SMALL_REPORT, encoding="utf-8")
    whole = started("run", report, other).out
    partial = tmp_path / "out.jsonl.part"
    for cut in (0, 1, 400, len(whole) // 2, len(whole) - 3, len(whole)):
        partial.write_bytes(whole[:cut])
        assert started("run", report, other, "-o", tmp_path / "out.jsonl", "--resume").code == 0
        assert (tmp_path / "out.jsonl").read_bytes() == whole


def test_resume_remembers_findings_of_the_finished_documents(tmp_path: Path) -> None:
    for name, text in (("a", "争取资金8.000.00余万元。"), ("b", "完成5个。"), ("c", "完成6个。")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    whole = started("run", tmp_path, "--fail-on", "low")
    (tmp_path / "out.part").write_bytes(whole.out)
    assert whole.code == 1
    assert started("run", tmp_path, "-o", tmp_path / "out", "--resume", "--fail-on", "low").code == 1


def test_resume_of_something_else_is_refused(report: Path, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl.part").write_text("no records\nat all\n", encoding="utf-8")
    for language, expected in (("en", "line 1 is no record"), ("zh", "第 1 行不是记录")):
        ended = started("run", report, "-o", tmp_path / "out.jsonl", "--resume", "--lang", language)
        assert ended.code == 2
        assert expected in ended.said


@pytest.mark.parametrize(
    ("where", "en", "zh"), [("", "is a folder", "是文件夹"), ("none/out.jsonl", "no such folder", "文件夹不存在")]
)
def test_output_that_cannot_be_written_is_said_before_the_work(
    where: str, en: str, zh: str, report: Path, tmp_path: Path
) -> None:
    for language, expected in (("en", en), ("zh", zh)):
        ended = started("run", report, "-o", tmp_path / where, "--lang", language)
        assert ended.code == 2
        assert expected in ended.said
        assert ended.said.count("\n") == 1


def test_failed_run_leaves_an_earlier_result_alone(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("earlier\n", encoding="utf-8")
    assert started("run", report, "-o", out, "--format", "docx").code == 2
    assert out.read_text(encoding="utf-8") == "earlier\n"
