"""Inputs that cannot be read: each has its line, its exit code, and never a traceback."""

from __future__ import annotations

import json
import os
import time
import warnings
import zipfile
from pathlib import Path

import pytest

from extract.cli.run import uniquely_named
from extract.documents import find_documents
from tests.cli.commands import started
from tests.samples import SMALL_REPORT

BAD_FILES = {
    "empty": (b"", "empty", "空文件"),
    "blank": ("　\n\n".encode(), "empty", "空文件"),
    "binary": (bytes(range(256)) * 20, "binary", "二进制"),
    "pdf": (b"%PDF-1.7\n", "cut off", "不完整"),
    "undecodable": (b"\x81\xff\xfe\x80" * 30, "not decodable", "无法解码"),
}


def error_of(out: bytes) -> dict[str, str]:
    (line,) = out.splitlines()
    return dict(json.loads(line))


@pytest.mark.parametrize(("data", "en", "zh"), BAD_FILES.values(), ids=BAD_FILES)
@pytest.mark.parametrize("command", ["run", "text", "quantities"])
def test_unreadable_file_gets_one_line_and_code_3(command: str, data: bytes, en: str, zh: str, tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_bytes(data)
    for language, expected in (("en", en), ("zh", zh)):
        ended = started(command, path, "--lang", language)
        assert ended.code == 3
        assert expected in ended.said
        assert ended.said.count("\n") == 1
        assert str(path) in ended.said


@pytest.mark.parametrize("command", ["run", "text", "quantities"])
def test_missing_path_gets_one_line_and_code_3(command: str, tmp_path: Path) -> None:
    assert "No such file" in started(command, tmp_path / "none.txt").said
    ended = started(command, tmp_path / "none.txt", "--lang", "zh")
    assert (ended.code, ended.said.count("\n")) == (3, 1)
    assert "文件不存在" in ended.said


def test_unreadable_file_is_an_error_record(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_bytes(b"")
    record = error_of(started("run", tmp_path).out)
    assert (record["kind"], record["doc"], record["stage"]) == ("error", "r.txt", "read")
    assert "empty" in record["reason"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "nothing to read in {}: no file of a kind that is read (.txt, .docx, .doc"),
        ("zh", "{} 中没有可读的文件（.txt、.docx、.doc"),
    ],
)
def test_folder_with_nothing_readable_is_told_what_is_read(language: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    ended = started("run", tmp_path, "--lang", language)
    assert (ended.code, ended.out) == (3, b"")
    assert expected.format(tmp_path) in ended.said


def test_documents_of_kinds_that_are_not_read_are_named_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SMALL_REPORT, encoding="utf-8")
    for name in ("b.rar", "c.RAR", "~$d.doc", "notes.py"):
        (tmp_path / name).write_bytes(b"x")
    ended = started("run", tmp_path)
    assert ended.code == 0
    assert "not read: 2 files of kinds that cannot be read yet (.rar)" in ended.said
    assert ended.said.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "not read: 6 pictures in folders (.bmp, .jpeg, .jpg, .png, .tif, .tiff); to read one, name it; that needs",
        ),
        (
            "zh",
            "未读取：文件夹中的 6 张图片（.bmp, .jpeg, .jpg, .png, .tif, .tiff）；如需读取请逐一指明图片文件，并安装",
        ),
    ],
)
def test_pictures_of_folders_are_told_with_what_to_do(language: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SMALL_REPORT, encoding="utf-8")
    for name in ("b.JPG", "c.jpeg", "d.png", "e.tif", "f.tiff", "g.bmp", "h.rar"):
        (tmp_path / name).write_bytes(b"x")
    ended = started("run", tmp_path, "--lang", language)
    assert ended.code == 0
    assert expected in ended.said
    assert "zh-claim-extract[ocr]" in ended.said
    assert "(.rar)" in ended.said.replace("（", "(").replace("）", ")")
    assert ended.said.count("\n") == 2


def test_entries_of_one_name_are_three_documents(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "r.zip", "w") as archive:
        for number in range(3):
            with warnings.catch_warnings(action="ignore"):
                archive.writestr("a.txt", f"完成{number}个。")
    records = [json.loads(line) for line in started("run", tmp_path / "r.zip").out.splitlines()]
    whole = f"{(tmp_path / 'r.zip').as_posix()}/a.txt"
    assert [r["doc"] for r in records if r["kind"] == "document"] == ["r.zip/a.txt", whole, f"{whole} (2)"]


def test_standard_input_twice_is_two_documents() -> None:
    names = [found.name for found in uniquely_named(find_documents(["-", "-", "-"]))]
    assert names == ["stdin.txt", "stdin.txt (2)", "stdin.txt (3)"]


def test_pipe_in_a_folder_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("pipes with names are POSIX")
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(SMALL_REPORT, encoding="utf-8")
    ended = started("run", tmp_path)
    assert ended.code == 3
    assert "a.txt: a pipe or device, not a file" in ended.said
    assert b'"doc":"b.txt"' in ended.out.replace(b": ", b":")


@pytest.mark.parametrize("command", ["run", "text", "quantities"])
@pytest.mark.parametrize("on_stdin", [False, True])
def test_fifty_megabytes_on_one_line_end_within_seconds(command: str, on_stdin: bool, tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    data = "完成5个，".encode() * (50 * 1024 * 1024 // 13)
    path.write_bytes(b"" if on_stdin else data)
    began = time.monotonic()
    ended = started(command, "-", given=data) if on_stdin else started(command, path)
    assert ended.code == 3
    assert "split the file" in ended.said
    assert ended.said.count("\n") == 1
    assert time.monotonic() - began < 5


def test_good_files_beside_bad_ones_are_done(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SMALL_REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.txt").write_text(SMALL_REPORT, encoding="utf-8")
    ended = started("run", tmp_path, tmp_path / "none.txt", "--fail-on", "low")
    records = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 3
    assert [r["doc"] for r in records if r["kind"] == "document"] == ["a.txt", "sub/c.txt"]
    assert [r["doc"] for r in records if r["kind"] == "error"] == ["b.txt", "none.txt"]
    assert ended.said.count("\n") == 2


@pytest.mark.skipif(os.name == "nt", reason="such names cannot exist there")
def test_file_name_that_is_no_utf8_is_no_crash(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(path)).write_text(SMALL_REPORT, encoding="utf-8")
    ended = started("run", tmp_path)
    assert ended.code == 0
    assert all(json.loads(line) for line in ended.out.splitlines())


def test_two_files_of_one_name_keep_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "r.txt").write_text(SMALL_REPORT, encoding="utf-8")
    ended = started("run", tmp_path / "one" / "r.txt", tmp_path / "two" / "r.txt")
    names = [r["doc"] for r in map(json.loads, ended.out.splitlines()) if r["kind"] == "document"]
    assert len(set(names)) == 2


@pytest.mark.parametrize(
    ("line", "en", "zh"),
    [
        ("{", "line 2: no JSON", "第 2 行不是 JSON"),
        ('{"text": "5元"}', "line 2: no", "第 2 行应为"),
        ('{"id": 1}', "line 2: no", "第 2 行应为"),
        ('{"id": 1, "text": 5}', "line 2: no", "第 2 行应为"),
        ("[1]", "line 2: no", "第 2 行应为"),
        ("[" * 100_000, "line 2: no JSON", "第 2 行不是 JSON"),
    ],
)
def test_bad_jsonl_line_is_named_and_the_others_are_done(line: str, en: str, zh: str) -> None:
    given = '{"id": "a", "text": "5元"}\n' + line + '\n\n{"id": "b", "text": "第一批"}\n'
    for language, expected in (("en", en), ("zh", zh)):
        ended = started("quantities", "-", "--jsonl", "--lang", language, given=given.encode())
        assert ended.code == 3
        assert expected in ended.said
        assert ended.said.count("\n") == 1
        assert [json.loads(row)["id"] for row in ended.out.splitlines()] == ["a", "b"]
