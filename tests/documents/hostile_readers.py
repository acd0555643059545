"""Readers that do what a hostile file would make a real one do; a test gives their names to the child."""

from __future__ import annotations

import ctypes
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from extract.documents.content import Content

_SERVED: list[int] = []


def _content(text: str) -> Content:
    return Content(text=text, media_type="text/plain")


def counts(data: bytes, *, where: str) -> Content:
    """How many documents this process has read, and which process it is."""
    _SERVED.append(1)
    return _content(f"{len(_SERVED)} {os.getpid()}")


def hangs(data: bytes, *, where: str) -> Content:
    time.sleep(600)
    return _content("")


def hangs_with_company(data: bytes, *, where: str) -> Content:
    """Starts a program that would outlive it, tells its number, and hangs."""
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(data.decode()).write_text(str(other.pid), encoding="ascii")
    return hangs(data, where=where)


def spins(data: bytes, *, where: str) -> Content:
    while True:
        pass


def eats_memory(data: bytes, *, where: str) -> Content:
    held = []
    while True:
        held.append(bytearray(64 * 1024 * 1024))


def crashes(data: bytes, *, where: str) -> Content:
    ctypes.string_at(0)
    return _content("")


def crashes_when_used(data: bytes, *, where: str) -> Content:
    """Crashes in a child that has read before."""
    _SERVED.append(1)
    return crashes(data, where=where) if len(_SERVED) > 1 else _content("read")


def exits(data: bytes, *, where: str) -> Content:
    sys.exit(0)


def leaves(data: bytes, *, where: str) -> Content:
    os._exit(7)


def recurses(data: bytes, *, where: str) -> Content:
    return recurses(data, where=where)


def stumbles(data: bytes, *, where: str) -> Content:
    raise KeyError("a part that nobody foresaw")


def returns_nothing(data: bytes, *, where: str) -> object:
    return None


def chatters(data: bytes, *, where: str) -> Content:
    """Prints where answers go, and reads where requests come from."""
    os.write(1, b"9999\nnonsense")
    sys.stdout.write("more of it\n")
    sys.stdout.flush()
    return _content(f"unharmed{os.read(0, 10)!r}")


def looks_around(data: bytes, *, where: str) -> Content:
    """What a reader can see of the process that asked."""
    fds = sorted(kind for fd in Path("/proc/self/fd").iterdir() if (kind := _kind(fd)))
    return _content(json.dumps({"environment": sorted(os.environ), "open": fds, "folder": str(Path.cwd())}))


def _kind(fd: Path) -> str:
    try:
        return str(fd.readlink()).split(":")[0]
    except OSError:
        return ""


def calls(data: bytes, *, where: str) -> Content:
    """Tries to reach the port that the file names."""
    try:
        socket.create_connection(("127.0.0.1", int(data)), timeout=2).close()
    except OSError:
        return _content("no way")
    return _content("reached")


def writes_much(data: bytes, *, where: str) -> Content:
    with Path("huge").open("wb") as file:
        file.truncate(1 << 40)
    return _content("written")
