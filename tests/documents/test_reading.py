"""What is opened is a regular file, and no more of it is read than a document may have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extract.documents.reading import file_bytes
from extract.errors import ReadError

needs_posix = pytest.mark.skipif(os.name == "nt", reason="pipes and devices with names are POSIX")


def refusal(path: Path, at_most: int = 10) -> ReadError:
    with pytest.raises(ReadError) as caught:
        file_bytes(path, at_most=at_most)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.zh.startswith(f"{path}：")
    return caught.value


@pytest.mark.parametrize("size", [0, 9, 10])
def test_a_file_is_read_whole(size: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(size))
    assert file_bytes(tmp_path / "a.txt", at_most=10) == bytes(size)


@needs_posix
def test_a_pipe_that_nobody_writes_to_is_told_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    error = refusal(tmp_path / "a.txt")
    assert "a pipe or device, not a file" in str(error)
    assert "是管道或设备而不是文件" in error.zh


@needs_posix
def test_a_device_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/dev/zero")
    assert "a pipe or device, not a file" in str(refusal(tmp_path / "a.txt"))


@pytest.mark.parametrize("told", [11, 0], ids=["as it says", "though it says otherwise"])
def test_a_file_that_is_too_large_is_told(told: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(11))
    if not told:
        status = os.fstat
        monkeypatch.setattr(os, "fstat", lambda number: _resized(status(number), told))
    assert "11 bytes or more" in str(refusal(tmp_path / "a.txt"))


def _resized(status: os.stat_result, size: int) -> os.stat_result:
    fields = list(status[:10])
    fields[6] = size
    return os.stat_result(fields)
