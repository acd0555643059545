"""The environments of the peers, made on first use and kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).with_name("peers.txt")
INSTALL_LIMIT = 300  #: seconds


class Peer(NamedTuple):
    name: str
    packages: tuple[str, ...]  #: each with its exact version


def listed_peers() -> list[Peer]:
    lines = (line.split() for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [Peer(name, tuple(packages)) for name, *packages in lines]


def environments(cache: Path) -> dict[str, str]:
    """Peer → the Python of its environment; one that cannot be installed is left out, with a line that says so."""
    pythons = {}
    for peer in listed_peers():
        complaint = complaint_about(peer, cache / peer.name)
        if complaint:
            print(f"{peer.name}: skipped, pip could not install {' '.join(peer.packages)}: {complaint}")
        else:
            pythons[peer.name] = python_in(cache / peer.name)
    return pythons


def complaint_about(peer: Peer, folder: Path) -> str:
    """Installs the peer unless it is there as listed; empty, or the last words of pip."""
    stamp = folder / "installed"
    wanted = "\n".join((str(folder), sys.version, *peer.packages))
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return ""
    print(f"bench: installing {peer.name} …", file=sys.stderr)
    pip = [python_in(folder), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [*pip, "--only-binary", ":all:", *peer.packages],
    ):
        complaint = _complaint(command)
        if complaint:
            return complaint
    stamp.write_text(wanted, encoding="utf-8")
    return ""


def python_in(folder: Path) -> str:
    return str(folder / "bin" / "python")


def _complaint(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return f"over its limit of {INSTALL_LIMIT} s"
    if not done.returncode:
        return ""
    said = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()
    told = next((line for line in said if line.startswith("ERROR")), said[-1])
    return told.partition(" (from versions")[0]
